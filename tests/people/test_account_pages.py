"""Every page of accounts is Russian, stands in our frame and brings no script of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from people import account_urls
from people.models import User
from tests.people.accounts import PASSWORD, sure, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters_at_once")]

# English words that a Russian page may show: names of things.
NAMES = {"wcag", "pdf", "rss", "vk", "google", "authenticator", "aegis", "qr", "html", "en"}
VISITORS = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_email_verification_sent",
    "account_inactive",
]
ROOMS = [
    "mfa_index",
    "account_email",
    "account_change_password",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
]
ROOMS_WITH_APP = ["mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes"]
ROOMS_WITH_APP += ["mfa_generate_recovery_codes"]
# Opened by tests of their own below.
APART = {
    "account_confirm_email",
    "account_logout",
    "account_reset_password_from_key",
    "account_reauthenticate",
    "account_set_password",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",  # in a browser: it needs a real key
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}
NO_PAGES = {"mfa_login_webauthn", "mfa_download_recovery_codes"}


def words_of(html: str) -> str:
    """What a reader of the page reads, with labels for screen readers."""
    body = html[html.index("<main") : html.index("</main>")]
    spoken = " ".join(re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', body))
    text = re.sub(r"<code>.*?</code>|<svg.*?</svg>", " ", body, flags=re.S)
    return unescape(re.sub(r"<[^>]+>", " ", text) + spoken)


def check(html: str) -> None:
    assert '<main id="main">' in html
    assert '<footer class="footer' in html or "<footer" in html
    assert html.count("<h1") == 1
    assert not re.search(r"<script(?![^>]*\bsrc=)", html), "script inside the page"
    assert not re.search(r"\s(style|on[a-z]+)=\"", html[html.index("<body") :]), "inline code"
    words = re.sub(r"\S+@\S+|https?://\S+", " ", words_of(html))
    english = {word for word in re.findall(r"[A-Za-z]{2,}", words) if word.lower() not in NAMES}
    assert english == set()


def look(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code, answer.headers)
    html = answer.content.decode()
    check(html)
    assert "no-store" in answer.headers.get("Cache-Control", "no-store")
    return html


@pytest.fixture
def owner(site_tree: object) -> User:
    return User.objects.create_user("anna@example.org", PASSWORD, first_name="Анна")


@pytest.fixture
def inside(owner: User, client_of: Callable[[User], Client]) -> Client:
    return sure(client_of(owner))


def test_every_address_is_looked_at() -> None:
    def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
        found = set()
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                found |= names(pattern.url_patterns)
            else:
                found.add(pattern.name)
        return found

    looked_at = {*VISITORS, *ROOMS, *ROOMS_WITH_APP} | APART | NO_PAGES
    ours = {name for name in names(account_urls.urlpatterns) if "invitation" not in name}
    assert ours == looked_at


@pytest.mark.parametrize("name", VISITORS)
def test_pages_of_a_visitor(site_tree: object, name: str) -> None:
    look(Client(), reverse(name))


@pytest.mark.parametrize("name", ROOMS)
def test_rooms(inside: Client, name: str) -> None:
    html = look(inside, reverse(name))
    assert "Вход и безопасность" in html.replace("\xa0", " ")
    assert 'class="side' in html


@pytest.mark.parametrize("name", ROOMS_WITH_APP)
def test_rooms_with_a_second_factor(owner: User, inside: Client, name: str) -> None:
    with_app(owner)
    look(inside, reverse(name))


@pytest.mark.parametrize("name", ROOMS)
def test_rooms_are_closed_to_visitors(site_tree: object, name: str) -> None:
    answer = Client().get(reverse(name))
    assert answer.headers["Location"].startswith("/account/")


def test_pages_of_one_key(owner: User, inside: Client) -> None:
    key = Authenticator.objects.create(
        user=owner, type="webauthn", data={"name": "Телефон", "credential": {}}
    )
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        look(inside, reverse(name, kwargs={"pk": key.pk}))
    stranger = User.objects.create_user("boris@example.org", PASSWORD)
    other = Client()
    other.force_login(stranger)
    sure(other)
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert other.get(reverse(name, kwargs={"pk": key.pk})).status_code == 404
    assert other.post(reverse("mfa_remove_webauthn", kwargs={"pk": key.pk})).status_code == 404


def test_pages_that_ask_once_more(owner: User, client_of: Callable[[User], Client]) -> None:
    with_app(owner)
    client = client_of(owner)
    look(client, "/account/sure/")
    look(client, "/account/sure/code/")
    look(client, "/account/log-out/")


def test_the_page_of_the_code(owner: User) -> None:
    with_app(owner)
    client = Client()
    client.post("/account/log-in/", {"login": owner.email, "password": PASSWORD})
    html = look(client, "/account/log-in/code/")
    assert "data-passkey" in html


def test_pages_behind_links(owner: User) -> None:
    address = EmailAddress.objects.get(user=owner)
    address.verified = False
    address.save()
    look(Client(), f"/account/confirm/{EmailConfirmationHMAC(address).key}/")
    look(Client(), "/account/confirm/broken/")
    client = Client()
    client.post("/account/password/forgotten/", {"email": owner.email})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    look(client, client.get(found[1]).headers["Location"])
    look(Client(), "/account/password/new/1-broken/")


def test_a_password_for_an_account_that_has_none(client_of: Callable, site_tree: object) -> None:
    owner = User.objects.create_user("keys@example.org")
    client = client_of(owner)
    assert client.get("/account/security/password/").headers["Location"].endswith("/first/")
    look(client, "/account/security/password/first/")


def test_forms_speak_russian_and_keep_what_was_typed(site_tree: object) -> None:
    answer = Client().post(
        "/account/register/",
        {"email": "wrong", "password1": "12345"},
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    check(html)
    for words in ('value="wrong"', "электронной почты", "Требуется заполнить"):
        assert words.lower() in html.lower(), words
    assert 'aria-invalid="true"' in html
    assert "12345" not in html


def test_too_many_requests_get_a_page_of_ours(site_tree: object, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}  # type: ignore[attr-defined]
    client = Client()
    client.post("/account/log-in/", {})
    answer = client.post("/account/log-in/", {})
    assert answer.status_code == 429
    check(answer.content.decode())
