"""Every address of the admin, tried by every role; an address that no line names is closed to all.

The list is read from the program. Addresses with a number are tried by test_admin_records, what a
role does with a page or a record (docs/roles.md) by tests/home/test_roles.py.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from types import SimpleNamespace

import pytest
from django.test import Client

from home.services.roles import set_up_roles
from people.enums import OrganisationRoleKind, Role
from tests.admin_table.addresses import FOR_ALL, ask, filled, of_admin, opened
from tests.factories.people import OrganisationRoleFactory, UserFactory
from tests.walks import refusals_once, rights_read_once

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
    ("wagtailsnippet*_practices_practicekind:create", CENTRE),
    ("wagtailsnippets_practices_practicekind:*", CENTRE),
    ("wagtailsnippetchoosers_practices_*:create", CHIEFS),
    ("wagtailsnippetchoosers_core_calendarday:create", CHIEFS),
    ("wagtailsnippetchoosers_*:create", CENTRE),
    ("wagtailsnippetchoosers_*", DESK),
    ("wagtailsnippets_practices_*", CHIEFS),
    ("wagtailsnippets_core_calendarday:*", CHIEFS),
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
    ("practices:*", DESK),
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


@pytest.mark.parametrize("role", list(Role))
@refusals_once()
@rights_read_once()
def test_each_role_opens_what_the_table_names(site_tree: SimpleNamespace, role: Role) -> None:
    set_up_roles()
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(groups=[role.value]))
    wrong = []
    for name, form in of_admin():
        if "<" in form or name in FOR_ALL:
            continue
        allowed = next((roles for mask, roles in OPEN if fnmatchcase(name, mask)), frozenset())
        answer, _written = ask(client, "get", filled(form, {}))
        if opened(answer) != (role in allowed):
            wrong.append((name, form))
        # An empty choice says in words that nothing is chosen.
        assert answer.streaming or b">---------<" not in answer.content, name
    assert wrong == []


@refusals_once()
@rights_read_once()
def test_nobody_without_a_desk_comes_in(site_tree: SimpleNamespace) -> None:
    """A visitor, a teacher and the head of a school: no room of the admin at all."""
    set_up_roles()
    head = OrganisationRoleFactory(kind=OrganisationRoleKind.HEAD).user
    for person in (None, UserFactory(), head):
        client = Client()
        if person is not None:
            client.force_login(person)
        for name, form in of_admin():
            if name in FOR_ALL or "<" in form:
                continue
            for method in ("get", "post"):
                answer = getattr(client, method)(filled(form, {}))
                assert not opened(answer) or answer.status_code == 404, (name, method, person)


def test_wagtails_trials_of_errors_are_closed(site_tree: SimpleNamespace) -> None:
    set_up_roles()
    administrator = Client(raise_request_exception=False)
    administrator.force_login(UserFactory(is_superuser=True))
    for address in ("/admin/failwhale/", "/admin/test404/"):
        assert [c.get(address).status_code for c in (administrator, Client())] == [404, 404]
