"""Fixtures of the tests of people."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from home.services.roles import set_up_roles
from people.enums import Role
from people.models import Organisation, TeacherPage, User
from people.services.consent_texts import set_up_consent_texts
from tests.factories.people import OrganisationFactory, OrganisationRoleFactory, UserFactory
from tests.kept import standing_on
from tests.people.accounts import PASSWORD
from tests.people.teacher_page import page_of_kovylkina


@pytest.fixture
def letters_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters of accounts leave at once instead of waiting in the outbox."""
    monkeypatch.setattr("people.adapters.queue_email", lambda letter: letter.send())


@pytest.fixture
def anna(db: None) -> User:
    """An account whose address is confirmed by nobody yet."""
    return User.objects.create_user("anna@example.org", PASSWORD, first_name="Анна")


@pytest.fixture(scope="module")
def made_roles(
    request: pytest.FixtureRequest, made_site: SimpleNamespace | None, django_db_blocker: Any
) -> Iterator[bool]:
    """Groups and texts, for a file of which every test wants them; False: each makes its own."""
    wanted = [item for item in request.session.items if item.path == request.path]
    if made_site is None or not all("roles_and_texts" in item.fixturenames for item in wanted):
        yield False
        return
    with django_db_blocker.unblock(), standing_on("roles", _make_roles):
        yield True


@pytest.fixture
def roles_and_texts(made_roles: bool, site_tree: SimpleNamespace) -> None:
    """The groups of the district and the texts of consents, as the first start makes them."""
    if not made_roles:
        _make_roles()


def _make_roles() -> None:
    set_up_roles()
    set_up_consent_texts()


@pytest.fixture
def school(site_tree: SimpleNamespace) -> Organisation:
    return OrganisationFactory(name="Лицей")


@pytest.fixture
def head(school: Organisation) -> User:
    """Who acts for the school."""
    return OrganisationRoleFactory(organisation=school).user


@pytest.fixture
def methodist(site_tree: SimpleNamespace) -> User:
    set_up_roles()
    return UserFactory(groups=[Role.METHODIST.value])


@pytest.fixture
def own_page(site_tree: SimpleNamespace) -> TeacherPage:
    """The page of one teacher, with everything and allowed everything."""
    return page_of_kovylkina()
