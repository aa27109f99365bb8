"""Every address of the admin, tried by every role; an address that no line names is closed to all.

The list is read from the program. What a role does there with a page or a record stands in
docs/roles.md and is tried by tests/home/test_roles.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.models import Collection, Locale, Site, Workflow

from core.services.letters import write_letter
from home.services.roles import set_up_roles
from people.enums import OrganisationRoleKind, Role
from tests.factories.core import TopicFactory
from tests.factories.people import OrganisationFactory, OrganisationRoleFactory, UserFactory

pytestmark = pytest.mark.django_db

DESK = frozenset(Role)
CENTRE = DESK - {Role.EDITOR}
CHIEFS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

# Who gets a page under a name; the first line that fits counts.
OPEN: tuple[tuple[str, frozenset[Role]], ...] = (
    # Lists of what people write about, and the records of the road map.
    ("wagtailsnippets_monitoring_*:list*", CENTRE),
    ("wagtailsnippets_monitoring_*", CHIEFS),
    ("wagtailsnippetchoosers_monitoring_*:create", CHIEFS),
    ("wagtailsnippetchoosers_*:create", CENTRE),
    ("wagtailsnippetchoosers_*", DESK),
    ("wagtailsnippets:index", frozenset()),
    ("wagtailsnippets_*", CENTRE),
    # The arrangement of the portal.
    ("wagtailusers_*", ADMINISTRATOR),
    ("wagtailsites:*", ADMINISTRATOR),
    ("wagtaillocales:*", ADMINISTRATOR),
    ("letters:*", ADMINISTRATOR),
    ("wagtailadmin_workflows:task_chooser*", DESK),
    ("wagtailadmin_workflows:*", ADMINISTRATOR),
    ("wagtailadmin_collections:*", CHIEFS),
    ("wagtailredirects:*", CHIEFS),
    ("wagtailsearchpromotions:chooser*", DESK),
    ("wagtailsearchpromotions:search_terms*", frozenset()),
    ("wagtailsearchpromotions:*", CHIEFS),
    ("wagtailadmin_reports:locked_pages*", CHIEFS),
    # The desk itself: pages, files, reports about them, one's own account.
    ("wagtailadmin_reports:*", DESK),
    ("wagtailadmin_api:*", DESK),
    ("wagtailadmin_pages:*", DESK),
    ("wagtailadmin_choose_page*", DESK),
    ("wagtaildocs*", DESK),
    ("wagtailimages*", DESK),
    ("wagtailembeds:*", DESK),
    ("wagtail_localize:*", DESK),
    ("news:*", DESK),
    ("library:*", DESK),
    ("texts:*", DESK),
    *((name, DESK) for name in ("bulk_upload", "editors_guide", "wagtailadmin_home")),
    *((f"wagtailadmin_{name}", DESK) for name in ("account", "explore_root", "logout")),
    *(
        (f"wagtailadmin_{name}", DESK)
        for name in ("tag_autocomplete", "dismissibles", "block_preview")
    ),
    # Icons and words of scripts.
    *((f"wagtailadmin_{name}", DESK) for name in ("sprite", "javascript_catalog")),
    ("", DESK),
)
# They say nothing and ask nothing of who comes.
FOR_ALL = {
    *("wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_password_reset", ""),
    *("wagtailadmin_password_reset_done", "wagtailadmin_password_reset_complete"),
    *("wagtailadmin_password_reset_confirm", "wagtailadmin_javascript_catalog"),
    *("wagtailadmin_sprite", "wagtail_localize:javascript_catalog"),
    # Whoever is signed in hears so, whoever is not is sent to the log-in.
    "still_signed_in",
    # Closed to everybody, by the test at the end.
    "wagtailadmin_error_test",
}
PARTS = {"int": "1", "slug": "x", "str": "x", "uuid": "00000000-0000-0000-0000-000000000000"}


def addresses(
    patterns: list[Any], before: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    """Full name and form of every address below ``patterns``."""
    for pattern in patterns:
        form = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern.url_patterns, form, inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or "")).strip(":"), form


def of_admin() -> list[tuple[str, str]]:
    """Name and form of every address below /admin/."""
    found = addresses(get_resolver().url_patterns)
    return [(name, form) for name, form in found if form.lstrip("^").startswith("admin/")]


def path_of(form: str, number: str = "1") -> str:
    """An address of this form; its numbers are those of nothing in particular."""
    filled = re.sub(
        r"<(?:(\w+):)?\w+>",
        lambda part: PARTS[part[1] or "str"].replace("1", number) if part[1] in PARTS else number,
        re.sub(r"\(\?P<\w+>[^)]*\)", number, form),
    )
    return "/" + re.sub(r"[\^$\\]|\.\*", "", filled)


def opened(answer: Any) -> bool:
    """Whether the address is open: not sent to the first page or the entrance, not forbidden."""
    sent_away = answer.status_code == 302 and re.match(
        r"/admin/$|/account/log-in/", answer.headers["Location"]
    )
    return not sent_away and answer.status_code != 403


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_the_table_names(site_tree: SimpleNamespace, role: Role) -> None:
    set_up_roles()
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(groups=[role.value]))
    wrong = []
    for name, form in of_admin():
        if "<" in form or name in FOR_ALL:
            continue
        allowed = next((roles for mask, roles in OPEN if fnmatchcase(name, mask)), frozenset())
        answer = client.get(path_of(form))
        if opened(answer) != (role in allowed):
            wrong.append((name, form))
        # An empty choice says in words that nothing is chosen.
        assert answer.streaming or b">---------<" not in answer.content, name
    assert wrong == []


def test_nobody_without_a_desk_comes_in(site_tree: SimpleNamespace) -> None:
    """A visitor, a teacher and the head of a school: no address at all, whatever its numbers."""
    set_up_roles()
    head = OrganisationRoleFactory(kind=OrganisationRoleKind.HEAD).user
    for person in (None, UserFactory(), head):
        client = Client()
        if person is not None:
            client.force_login(person)
        for name, form in of_admin():
            if name in FOR_ALL:
                continue
            for method in ("get", "post"):
                answer = getattr(client, method)(path_of(form))
                assert not opened(answer) or answer.status_code == 404, (name, method, person)


def test_records_of_closed_rooms_stay_closed(site_tree: SimpleNamespace) -> None:
    """Real numbers in the addresses: who may not see the list may not open one of it either."""
    set_up_roles()
    workflow = Workflow.objects.create(name="Проверка")
    folder = Collection.get_first_root_node().add_child(name="Папка")
    person = UserFactory()
    letter = write_letter(
        recipient="anna@example.org", message="second_factor_removed", context={}, user=person
    )
    numbers = {
        "wagtailusers_users": person.pk,
        "wagtailusers_groups": Group.objects.first().pk,  # type: ignore[union-attr]
        "wagtailsites": Site.objects.get().pk,
        "wagtaillocales": Locale.objects.first().pk,
        "letters": letter.pk,
        "wagtailadmin_workflows": workflow.pk,
        "wagtailadmin_collections": folder.pk,
        "wagtailsnippets_people_organisation": OrganisationFactory().pk,
        "wagtailsnippets_core_topic": TopicFactory().pk,
    }
    tried = 0
    for role in Role:
        client = Client()
        client.force_login(UserFactory(groups=[role.value]))
        for name, form in of_admin():
            space = name.partition(":")[0]
            allowed = next((roles for mask, roles in OPEN if fnmatchcase(name, mask)), frozenset())
            if "<" not in form or space not in numbers or role in allowed:
                continue
            address = path_of(form, str(numbers[space]))
            for method in ("get", "post"):
                answer = getattr(client, method)(address)
                refused = not opened(answer) or answer.status_code in (404, 405)
                assert refused, (role, name, method, answer.status_code)
                tried += 1
    assert tried > 100


def test_wagtails_trials_of_errors_are_closed(site_tree: SimpleNamespace) -> None:
    set_up_roles()
    administrator = Client(raise_request_exception=False)
    administrator.force_login(UserFactory(is_superuser=True))
    for address in ("/admin/failwhale/", "/admin/test404/"):
        assert [c.get(address).status_code for c in (administrator, Client())] == [404, 404]
