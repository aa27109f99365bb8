"""Every address of the admin that takes a number: with one's own, another's, and nobody's.

The addresses are read from the program; one without a rule fails. A refusal changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from home.services.editorial import set_up_editorial
from people.enums import OrganisationRoleKind, Role
from people.models import User
from tests.admin_table import rules
from tests.admin_table.addresses import (
    MISSING,
    Target,
    ask,
    numbered,
    opened,
    targets,
)
from tests.admin_table.world import (
    BETWEEN,
    Numbers,
    things_elsewhere,
    things_of,
    things_of_the_portal,
)
from tests.factories.people import OrganisationRoleFactory, UserFactory
from tests.walks import drawn_for_one, refusals_once, rights_read_once

pytestmark = pytest.mark.django_db
# What is done with a form alone: asking for the form says nothing, only the deed counts.
BY_FORM = (
    "wagtail_bulk_action:",
    "wagtailadmin_api:pages:action:",
    "wagtailadmin_editing_sessions:r",
)

# They say the same whether there is such a thing or not.
SILENT = {"wagtailadmin_pages:revisions_index", "wagtailadmin_editing_sessions:release"}


@pytest.fixture(scope="module")
def made_things(
    made_site: SimpleNamespace,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[dict[str, Numbers], Path]]:
    """The things of all scopes but one's own, and where their files lie."""
    folder = tmp_path_factory.mktemp("things")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=folder):
            set_up_editorial()
            other = UserFactory()
            things = {
                "portal": things_of_the_portal(made_site),
                "foreign": things_of(other, made_site, live=True),
                "elsewhere": things_elsewhere(other, made_site),
            }
        yield things, folder
        transaction.set_rollback(True)


@pytest.fixture
def things(
    site_tree: SimpleNamespace,
    made_things: tuple[dict[str, Numbers], Path],
    temporary_files: Path,
    settings: Settings,
) -> dict[str, Numbers]:
    """By scope: of somebody else, outside the branches of editors, of nobody."""
    things, folder = made_things
    copytree(folder, settings.MEDIA_ROOT)
    return dict(things)


def reached(answer: HttpResponse, written: set[str], name: str) -> bool:
    """Whether the person was let in, or changed anything."""
    shown = opened(answer) and answer.status_code not in (404, 405)
    return bool(written) or (shown and not name.startswith(BY_FORM))


def comes_through(client: Client, target: Target) -> bool:
    """Whether any method comes through; what was done is undone."""
    acting = target.name.startswith(BY_FORM)
    address, data = target.address, None
    if acting:
        address, data = f"{address}?id={target.data.get('id')}", target.data
    methods, absent = ["get", "post"], 0
    for method in methods:
        with transaction.atomic():
            answer, written = ask(client, method, address, data)
            transaction.set_rollback(True)
        if reached(answer, written, target.name):
            return True
        absent += answer.status_code == 405
        if method == "post" and absent == 2:
            methods += ["put", "delete"]
    return False


@pytest.mark.parametrize("role", list(Role))
@rights_read_once()
def test_a_role_reaches_what_the_table_names(
    site_tree: SimpleNamespace, things: dict[str, Numbers], role: Role
) -> None:
    person = UserFactory(groups=[role.value])
    things["own"] = things_of(person, site_tree, live=False)
    client = Client(raise_request_exception=False)
    client.force_login(person)
    wrong, tried = [], set()
    for target in targets(things):
        allowed = rules.allowed(target.name, target.scope)
        if allowed is None:
            continue
        tried.add(target.name)
        with drawn_for_one(role, allowed):
            came = comes_through(client, target)
        if came != (role.value in allowed):
            wrong.append(f"{target.name}, {target.scope}: {'можно' if came else 'нельзя'}")
    assert {name for name, _form, _words in numbered()} - tried == set()
    assert wrong == []


@pytest.mark.parametrize("kind", ["visitor", "teacher", *OrganisationRoleKind.values])
@refusals_once()
@rights_read_once()
def test_without_a_desk_no_number_opens_anything(
    site_tree: SimpleNamespace, things: dict[str, Numbers], kind: str
) -> None:
    """Heads and keepers of a school, too: not even with the number of their own school."""
    client = Client()
    if kind != "visitor":
        person: User = UserFactory()
        client.force_login(person)
        things["own"] = {"wagtailusers_users:*": {"pk": person.pk}}
    if kind in OrganisationRoleKind.values:
        school = OrganisationRoleFactory(user=person, kind=kind).organisation
        own = {"pk": school.pk, "revision_id": 1, **BETWEEN}
        things["own"]["wagtailsnippets_people_organisation:*"] = own
    tried = 0
    for target in targets(things):
        for method in ("get", "post"):
            answer, written = ask(client, method, target.address)
            assert not opened(answer), (target, method, answer.status_code)
            assert written == set(), (target, method)
            tried += 1
    assert tried > 400


@refusals_once()
@rights_read_once()
def test_a_number_that_nobody_has_is_nothing(
    site_tree: SimpleNamespace, things: dict[str, Numbers], superuser: User
) -> None:
    client = Client(raise_request_exception=True)
    client.force_login(superuser)
    wrong = []
    for target in targets(things, number=MISSING):
        if target.name in SILENT:
            continue
        for method in ("get", "post"):
            answer, written = ask(client, method, target.address)
            if written or (opened(answer) and answer.status_code not in (400, 404, 405)):
                wrong.append((target.name, target.address, method, answer.status_code, written))
    assert wrong == []
