"""The second factor: codes, recovery codes, and whom the portal lets no further without it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.cabinet import cabinet_tasks
from core.models import Letter
from home.services.roles import set_up_roles
from people.enums import OrganisationRoleKind, Role
from people.models import User
from people.second_factor import lacks_second_factor
from people.services.second_factor import remove_second_factor
from tests.factories.people import OrganisationRoleFactory, UserFactory
from tests.people.accounts import (
    LOG_IN,
    PASSWORD,
    SECRET,
    code_of,
    log_in,
    signed_in,
    sure,
    with_app,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("letters_at_once", "site_tree"),
]
CODE = "/account/log-in/code/"


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna@example.org", PASSWORD, first_name="Анна")


def recovery_codes(user: User) -> list[str]:
    return Authenticator.objects.get(user=user, type="recovery_codes").wrap().get_unused_codes()


# --- Codes ----------------------------------------------------------------------------------------


def test_the_app_is_set_up_with_its_first_code_and_gives_recovery_codes(
    anna: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    client = sure(log_in(anna.email)[0])
    page = client.get("/account/security/app/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    assert client.post("/account/security/app/", {"code": "000000"}).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/security/app/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/account/security/codes/"
    html = client.get("/account/security/codes/").content.decode()
    codes = recovery_codes(anna)
    assert len(codes) == 10
    assert all(code in html for code in codes)
    file = client.get("/account/security/codes/file/")
    assert "attachment" in file.headers["Content-Disposition"]
    assert all(code in file.content.decode() for code in codes)
    subjects = [letter.subject for letter in mail.outbox]
    assert "Подключено приложение-аутентификатор" in subjects


def test_the_log_in_asks_for_the_code(anna: User) -> None:
    with_app(anna)
    client, place = log_in(anna.email, next="/novosti/")
    assert place == CODE
    assert not signed_in(client)
    assert client.get("/cabinet/").status_code == 302
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert not signed_in(client)
    assert client.post(CODE, {"code": code_of()}).headers["Location"] == "/novosti/"
    assert signed_in(client)


def test_a_code_that_was_seen_does_not_work_again(anna: User) -> None:
    with_app(anna)
    code = code_of()
    for expected in (True, False):
        client, _place = log_in(anna.email)
        client.post(CODE, {"code": code})
        assert signed_in(client) is expected


def test_a_code_of_half_a_minute_ago_works_an_older_one_does_not(anna: User) -> None:
    with_app(anna)
    for step, expected in ((-1, True), (-3, False), (3, False)):
        client, _place = log_in(anna.email)
        client.post(CODE, {"code": code_of(step=step)})
        assert signed_in(client) is expected


def test_a_recovery_code_works_once(anna: User) -> None:
    with_app(anna)
    code = recovery_codes(anna)[0]
    for expected in (True, False):
        client, _place = log_in(anna.email)
        client.post(CODE, {"code": code})
        assert signed_in(client) is expected
    assert len(recovery_codes(anna)) == 9


def test_guessing_codes_ends(anna: User) -> None:
    with_app(anna)
    client, _place = log_in(anna.email)
    for number in range(11):
        client.post(CODE, {"code": f"{number:06}"})
    client.post(CODE, {"code": code_of()})
    assert not signed_in(client)


def test_the_password_alone_does_not_switch_the_factor_off(anna: User) -> None:
    with_app(anna)
    client, _place = log_in(anna.email)
    answer = client.post("/account/security/app/off/")
    assert answer.status_code == 302
    assert Authenticator.objects.filter(user=anna, type="totp").exists()


def test_switching_off_asks_for_the_password_and_is_told(
    anna: User,
    client_of: Callable[..., Client],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with_app(anna)
    client = client_of(anna)
    assert (
        client.post("/account/security/app/off/").headers["Location"].startswith("/account/sure/")
    )
    with django_capture_on_commit_callbacks(execute=True):
        sure(client).post("/account/security/app/off/")
    assert not Authenticator.objects.filter(user=anna).exists()
    assert "отключено" in mail.outbox[-1].subject.lower()


def test_a_forgotten_password_does_not_go_round_the_factor(anna: User) -> None:
    with_app(anna)
    client = Client()
    client.post("/account/password/forgotten/", {"email": anna.email})
    anna.set_password("Другой-стол-2021")
    anna.save()
    assert log_in(anna.email, "Другой-стол-2021")[1] == CODE


def test_secrets_are_not_readable_in_the_database(anna: User, settings: object) -> None:
    with_app(anna)
    stored = [str(one.data) for one in Authenticator.objects.filter(user=anna)]
    assert not any(SECRET in text for text in stored)
    totp: TOTP = Authenticator.objects.get(user=anna, type="totp").wrap()
    assert totp.validate_code(code_of())
    old = settings.SECRET_KEY  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    settings.SECRET_KEY_FALLBACKS = [old]  # type: ignore[attr-defined]
    box = get_adapter()
    assert box.decrypt(totp.instance.data["secret"]) == SECRET


def test_a_secret_whose_key_is_lost_fits_no_code(anna: User, settings: object) -> None:
    with_app(anna)
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    first, second = (get_adapter().decrypt("broken") for _time in range(2))
    assert first != second
    assert len(first) == 32


# --- Who may not go on without one ----------------------------------------------------------------


def person(kind: str) -> User:
    user = UserFactory()
    today = timezone.localdate()
    if kind in Role.__members__:
        user.groups.add(Group.objects.get_or_create(name=Role[kind].value)[0])
    elif kind == "superuser":
        user.is_superuser = True
        user.save()
    elif kind in OrganisationRoleKind.values:
        OrganisationRoleFactory(user=user, kind=kind)
    elif kind == "former":
        OrganisationRoleFactory(user=user, ends_on=today - timedelta(days=1))
    elif kind == "future":
        OrganisationRoleFactory(user=user, starts_on=today + timedelta(days=1))
    return user


TRUSTED = [*Role.__members__, "superuser", *OrganisationRoleKind.values]
OTHERS = ["teacher", "former", "future"]


@pytest.mark.parametrize("state", ["none", "codes", "totp", "webauthn"])
@pytest.mark.parametrize("kind", [*TRUSTED, *OTHERS])
@pytest.mark.parametrize("mode", ["required", "offered"])
def test_role_by_state(
    settings: object, client_of: Callable[..., Client], kind: str, state: str, mode: str
) -> None:
    settings.SECOND_FACTOR = mode  # type: ignore[attr-defined]
    user = person(kind)
    if state != "none":
        name = {"codes": "recovery_codes"}.get(state, state)
        Authenticator.objects.create(user=user, type=name, data={"name": "x"})
    lacks = kind in TRUSTED and state in ("none", "codes")
    assert lacks_second_factor(user) is lacks
    answer = client_of(user).get("/cabinet/")
    if lacks and mode == "required":
        assert answer.headers["Location"] == "/account/security/"
    else:
        assert answer.status_code == 200
    titles = [task.title for task in cabinet_tasks(user, limit=5)]
    assert any("вторым фактором" in title for title in titles) is lacks


def test_who_lacks_it_sees_nothing_else(
    settings: object, client_of: Callable[..., Client], superuser: User
) -> None:
    settings.SECOND_FACTOR = "required"  # type: ignore[attr-defined]
    client = client_of(superuser)
    for closed in (
        *("/", "/admin/", "/admin/users/", "/cabinet/", "/search/?q=x", "/nothing-here/"),
        *("/account/security/password/", "/account/security/sessions/", "/files/x/"),
        *("/staticfiles", "/account/security/codes/"),
    ):
        answer = client.get(closed)
        assert (answer.status_code, answer.headers.get("Location")) == (302, "/account/security/")
        assert client.post(closed).status_code == 302
    html = client.get("/account/security/").content.decode().replace("\xa0", " ")
    assert "Чтобы продолжить, подключите второй фактор" in html
    assert client.get("/static/site.css").status_code == 200
    assert client.get("/account/security/app/").headers["Location"].startswith("/account/sure/")
    sure(client)
    page = client.get("/account/security/app/")
    client.post("/account/security/app/", {"code": code_of(page.context["form"].secret)})
    assert client.get("/admin/").status_code == 200


def test_who_lacks_it_can_leave(
    settings: object, client_of: Callable[..., Client], superuser: User
) -> None:
    settings.SECOND_FACTOR = "required"  # type: ignore[attr-defined]
    client = client_of(superuser)
    client.post("/account/log-out/")
    assert not signed_in(client)
    assert client.get("/").status_code == 200


def test_the_question_costs_one_query_and_none_where_it_is_not_asked(settings: object) -> None:
    user = User.objects.get(pk=person("METHODIST").pk)
    with CaptureQueriesContext(connection) as asked:
        assert lacks_second_factor(user)
    assert len(asked) == 1


def test_a_role_given_works_from_the_next_request_on(
    settings: object, client_of: Callable[..., Client]
) -> None:
    settings.SECOND_FACTOR = "required"  # type: ignore[attr-defined]
    user = UserFactory()
    client = client_of(user)
    assert client.get("/cabinet/").status_code == 200
    OrganisationRoleFactory(user=user, starts_on=date(2020, 9, 1))
    assert client.get("/cabinet/").status_code == 302


def test_the_entrance_of_the_admin_is_no_way_round(settings: object, anna: User) -> None:
    with_app(anna)
    User.objects.update(is_superuser=True)
    client = Client()
    client.post("/admin/login/", {"username": anna.email, "password": PASSWORD})
    assert not signed_in(client)
    client.post(f"{LOG_IN}?next=/admin/", {"login": anna.email, "password": PASSWORD})
    assert client.get("/admin/").status_code == 302


# --- A lost telephone -----------------------------------------------------------------------------


def administrator() -> User:
    set_up_roles()
    user = User.objects.create_user("admin@example.org", PASSWORD, last_name="Админова")
    user.groups.add(Group.objects.get(name=Role.ADMINISTRATOR.value))
    return user


def test_an_administrator_takes_a_lost_second_factor_away(
    anna: User,
) -> None:
    """Only after the password, with a reason; the owner is logged out and gets a letter."""
    hers, _place = log_in(anna.email)
    with_app(anna)
    admin = administrator()
    client, _place = log_in(admin.email)
    address = f"/admin/users/{anna.pk}/second-factor/"
    assert address in client.get(f"/admin/users/edit/{anna.pk}/").content.decode()

    assert client.get(address).headers["Location"].startswith("/account/sure/")
    sure(client)
    assert "Приложение-аутентификатор, Коды восстановления" in client.get(address).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 200
    assert Authenticator.objects.filter(user=anna).exists(), "a reason is needed"
    answer = client.post(address, {"reason": "Пришла с паспортом\r\nBcc: x@example.org"})
    assert answer.headers["Location"] == f"/admin/users/edit/{anna.pk}/"
    assert not Authenticator.objects.filter(user=anna).exists()
    assert not signed_in(hers)
    letter = Letter.objects.get(recipient=anna.email)
    assert "Админова" in letter.text
    assert "Причина: Пришла с паспортом Bcc" in letter.text
    entry = ModelLogEntry.objects.get(action="people.remove_second_factor")
    assert (entry.user, entry.object_id) == (admin, str(anna.pk))
    assert "Пришла с паспортом" in entry.message

    # Pressed twice: nothing is left to remove, and no second letter leaves.
    again = client.post(address, {"reason": "ещё раз"})
    assert "второго фактора нет" in again.content.decode()
    assert Letter.objects.filter(recipient=anna.email).count() == 1


def test_nobody_takes_away_the_own_or_a_superusers_second_factor(anna: User) -> None:
    admin = with_app(administrator())
    superuser = with_app(UserFactory(superuser=True))
    methodist = UserFactory()
    methodist.groups.add(Group.objects.get(name=Role.METHODIST.value))
    with_app(anna)
    for who, whose in ((admin, admin), (admin, superuser), (methodist, anna)):
        client = Client()
        client.force_login(who)
        answer = client.post(f"/admin/users/{whose.pk}/second-factor/", {"reason": "надо"})
        # The admin sends whom it refuses back to its first page.
        assert answer.headers["Location"] == "/admin/", (who, whose)
        with pytest.raises(PermissionDenied):
            remove_second_factor(account=whose, user=who, reason="надо")
    assert Authenticator.objects.count() == 6
