"""Invitations: one person, one time, a limited time, and nobody gives more than is his."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from core.models import Letter
from people.enums import OrganisationRoleKind, Role
from people.models import Invitation, Organisation, OrganisationRole, User
from people.services import invitations as services
from tests.factories.people import OrganisationFactory, OrganisationRoleFactory, UserFactory
from tests.people.accounts import PASSWORD, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]
HEAD = OrganisationRoleKind.HEAD
SERVICE = OrganisationRoleKind.METHODICAL_SERVICE


@pytest.fixture
def school() -> Organisation:
    return OrganisationFactory(name="СОШ № 1")


@pytest.fixture
def administrator() -> User:
    for role in Role:
        Group.objects.get_or_create(name=role.value)
    return UserFactory(groups=[Role.ADMINISTRATOR.value])


@pytest.fixture
def head(school: Organisation) -> User:
    return OrganisationRoleFactory(organisation=school, kind=HEAD).user


def path_in_letter() -> str:
    found = re.search(
        r"http://testserver(/account/invitation/\S+/)", Letter.objects.latest("pk").text
    )
    assert found
    return found[1]


def token_in_letter() -> str:
    return path_in_letter().split("/")[-2]


# --- Who may invite whom --------------------------------------------------------------------------


def everything(school: Organisation) -> list[dict]:
    district = [{"district_role": role} for role in Role]
    acting = [
        {"organisation": school, "organisation_role": kind} for kind in ("", *OrganisationRoleKind)
    ]
    return [*district, *acting, {}]


def given_by(user: User, school: Organisation) -> list[dict]:
    """What ``user`` may hand out, found by trying everything."""
    found = []
    for number, what in enumerate(everything(school)):
        try:
            services.invite(email=f"guest-{number}@example.org", user=user, **what)
        except PermissionDenied:
            continue
        found.append(what)
    return found


def test_an_administrator_hands_out_every_role(administrator: User, school: Organisation) -> None:
    assert given_by(administrator, school) == everything(school)


def test_a_head_hands_out_the_service_of_the_own_school(head: User, school: Organisation) -> None:
    allowed = [{"organisation": school, "organisation_role": kind} for kind in ("", SERVICE)]
    assert given_by(head, school) == allowed
    assert given_by(head, OrganisationFactory()) == []


@pytest.mark.parametrize("kind", ["teacher", "service", "former", "METHODIST", "COORDINATOR"])
def test_others_hand_out_nothing(administrator: User, school: Organisation, kind: str) -> None:
    user = UserFactory()
    if kind == "service":
        OrganisationRoleFactory(user=user, organisation=school)
    elif kind == "former":
        ended = timezone.localdate() - timedelta(days=1)
        OrganisationRoleFactory(user=user, organisation=school, kind=HEAD, ends_on=ended)
    elif kind in Role.__members__:
        user.groups.add(Group.objects.get(name=Role[kind].value))
    assert given_by(user, school) == []


def test_a_role_in_no_organisation_is_refused(administrator: User) -> None:
    with pytest.raises(ValidationError):
        services.invite(email="a@example.org", user=administrator, organisation_role=HEAD)


# --- The link -------------------------------------------------------------------------------------


def test_the_link_is_not_kept(administrator: User) -> None:
    invitation = services.invite(email="A@Example.org ", user=administrator)
    assert invitation.email == "a@example.org"
    assert len(token_in_letter()) >= 43
    assert token_in_letter() not in str(Invitation.objects.values().get())


def test_a_new_person_registers_by_the_link_alone(
    administrator: User, school: Organisation
) -> None:
    services.invite(
        email="new@example.org",
        user=administrator,
        organisation=school,
        organisation_role=SERVICE,
    )
    client, link = Client(), path_in_letter()
    html = client.get(link).content.decode()
    assert "СОШ № 1" in html.replace("\xa0", " ")
    assert client.post(link).headers["Location"] == "/account/register/"
    assert 'value="new@example.org"' in client.get("/account/register/").content.decode()
    letters = Letter.objects.count()
    answer = client.post("/account/register/", REGISTRATION | {"email": "new@example.org"})
    assert answer.headers["Location"] == "/cabinet/"
    assert signed_in(client)
    assert Letter.objects.count() == letters, "the link has confirmed the address"
    user = User.objects.get(email="new@example.org")
    role = OrganisationRole.objects.get(user=user)
    assert (role.organisation, role.kind, role.given_by) == (school, SERVICE, administrator)
    assert Invitation.objects.get().accepted_by == user


REGISTRATION = {"password1": PASSWORD, "password2": PASSWORD}


def test_another_address_gets_no_role_and_has_to_be_confirmed(administrator: User) -> None:
    services.invite(email="new@example.org", user=administrator, district_role=Role.METHODIST)
    client = Client()
    client.post(path_in_letter())
    answer = client.post("/account/register/", REGISTRATION | {"email": "other@example.org"})
    assert answer.headers["Location"] == "/account/confirm/"
    assert not signed_in(client)
    user = User.objects.get(email="other@example.org")
    assert not user.groups.exists()
    assert [(one.email, one.verified) for one in user.emailaddress_set.all()] == [
        ("other@example.org", False)
    ]
    assert Invitation.objects.get().usable


def test_who_has_an_account_accepts_after_the_log_in(
    administrator: User, client_of: Callable[[User], Client]
) -> None:
    user = UserFactory(email="anna@example.org")
    services.invite(email="Anna@example.org", user=administrator, district_role=Role.METHODIST)
    link = path_in_letter()
    assert Client().post(link).headers["Location"] == f"/account/log-in/?next={link}"
    client = client_of(user)
    assert client.get(link).status_code == 200
    assert not user.groups.exists(), "a mail scanner only opens the link"
    assert client.post(link).headers["Location"] == "/cabinet/"
    assert [group.name for group in user.groups.all()] == [Role.METHODIST.value]
    assert client.post(link).status_code == 410


def test_somebody_else_cannot_accept(
    administrator: User, client_of: Callable[[User], Client]
) -> None:
    services.invite(email="anna@example.org", user=administrator, district_role=Role.METHODIST)
    thief = UserFactory()
    client = client_of(thief)
    assert "другой адрес" in client.get(path_in_letter()).content.decode()
    assert client.post(path_in_letter()).status_code == 403
    assert not thief.groups.exists()
    assert Invitation.objects.get().usable


@pytest.mark.parametrize("why", ["used", "revoked", "late", "again", "inviter", "unknown"])
def test_a_link_that_works_no_more(
    administrator: User, client_of: Callable[[User], Client], why: str
) -> None:
    user = UserFactory(email="anna@example.org")
    invitation = services.invite(
        email="anna@example.org", user=administrator, district_role=Role.METHODIST
    )
    link, token = path_in_letter(), token_in_letter()
    if why == "used":
        services.accept(token=token, user=user)
        user.groups.clear()
    elif why == "revoked":
        services.revoke(invitation=invitation, user=administrator)
    elif why == "late":
        Invitation.objects.update(expires_at=timezone.now())
    elif why == "again":
        services.send_again(invitation=invitation, user=administrator)
        assert token_in_letter() != token
    elif why == "inviter":
        administrator.groups.clear()
    else:
        link, token = "/account/invitation/nothing/", "nothing"
    client = client_of(user)
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    with pytest.raises(ValidationError):
        services.accept(token=token, user=user)
    assert not user.groups.exists()


def test_a_role_held_already_is_not_given_twice(head: User, school: Organisation) -> None:
    held = OrganisationRoleFactory(organisation=school, kind=SERVICE)
    services.invite(
        email=held.user.email, user=head, organisation=school, organisation_role=SERVICE
    )
    services.accept(token=token_in_letter(), user=held.user)
    assert OrganisationRole.objects.filter(user=held.user).count() == 1


def test_the_same_invitation_is_not_sent_twice(administrator: User) -> None:
    services.invite(email="anna@example.org", user=administrator)
    with pytest.raises(ValidationError):
        services.invite(email="ANNA@example.org", user=administrator)
    services.invite(email="anna@example.org", user=administrator, district_role=Role.EDITOR)


# --- The room -------------------------------------------------------------------------------------


def test_a_head_invites_in_the_cabinet(
    head: User, school: Organisation, client_of: Callable[[User], Client]
) -> None:
    client = client_of(head)
    assert 'href="/cabinet/invitations/"' in client.get("/cabinet/").content.decode()
    page = client.get("/cabinet/invitations/new/").content.decode()
    assert Role.ADMINISTRATOR.value not in page
    sent = {"email": "anna@example.org", "role": SERVICE, "organisation": school.pk}
    assert client.post("/cabinet/invitations/new/", sent).headers["Location"] == (
        "/cabinet/invitations/"
    )
    html = client.get("/cabinet/invitations/").content.decode()
    assert "anna@example.org" in html
    assert "Ждёт ответа" in html
    pk = Invitation.objects.get().pk
    client.post(f"/cabinet/invitations/{pk}/again/")
    assert Letter.objects.count() == 2
    client.post(f"/cabinet/invitations/{pk}/revoke/")
    assert "отозвано" in client.get("/cabinet/invitations/").content.decode().lower()


@pytest.mark.parametrize(
    "forged",
    [
        {"role": Role.ADMINISTRATOR.value},
        {"role": HEAD},
        {"organisation": "0"},
        {"email": "a@example.org\r\nBcc: b@example.org"},
        {"role": "superuser"},
    ],
)
def test_forged_fields_are_refused(
    head: User, school: Organisation, client_of: Callable[[User], Client], forged: dict
) -> None:
    sent = {"email": "anna@example.org", "role": "", "organisation": school.pk} | forged
    answer = client_of(head).post("/cabinet/invitations/new/", sent)
    assert answer.status_code == 200
    assert not Invitation.objects.exists()


def test_other_peoples_invitations_are_not_there(
    head: User, administrator: User, client_of: Callable[[User], Client]
) -> None:
    foreign = services.invite(
        email="a@example.org",
        user=administrator,
        organisation=OrganisationFactory(),
        organisation_role=HEAD,
    )
    client = client_of(head)
    assert "a@example.org" not in client.get("/cabinet/invitations/").content.decode()
    for action in ("again", "revoke"):
        assert client.post(f"/cabinet/invitations/{foreign.pk}/{action}/").status_code == 404
        assert client.get(f"/cabinet/invitations/{foreign.pk}/{action}/").status_code == 405
    assert Invitation.objects.get().usable


def test_an_invitation_above_the_own_rights_is_not_touched(
    head: User, administrator: User, school: Organisation, client_of: Callable[[User], Client]
) -> None:
    """A head sees the next head coming, but neither withdraws nor renews that invitation."""
    above = services.invite(
        email="a@example.org", user=administrator, organisation=school, organisation_role=HEAD
    )
    client = client_of(head)
    for action in ("again", "revoke"):
        assert client.post(f"/cabinet/invitations/{above.pk}/{action}/").status_code == 403
    assert Invitation.objects.get().invited_by == administrator


@pytest.mark.parametrize("path", ["", "new/", "1/again/", "1/revoke/"])
def test_the_room_is_closed_to_others(client_of: Callable[[User], Client], path: str) -> None:
    client = client_of(UserFactory())
    assert client.get(f"/cabinet/invitations/{path}").status_code in (403, 405)
    assert client.post(f"/cabinet/invitations/{path}").status_code == 403
    assert Client().get(f"/cabinet/invitations/{path}").status_code in (302, 405)
    assert "/cabinet/invitations/" not in client.get("/cabinet/").content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_list_costs_the_same_for_many(
    administrator: User,
    client_of: Callable[[User], Client],
    number: int,
    school: Organisation,
    settings: Settings,
) -> None:
    client = client_of(administrator)
    for one in range(number):
        services.invite(email=f"guest-{one}@example.org", user=administrator, organisation=school)
    client.get("/cabinet/invitations/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/cabinet/invitations/")
    # With Redis the session costs no query.
    assert len(asked) == 14 - ("cached" in settings.SESSION_ENGINE)
