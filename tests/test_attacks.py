"""What comes from elsewhere, at every address: posts, ways back to other hosts, letters, guesses.

Addresses and letters are read from the program and from its templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, resolve, reverse
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect

from core.services.notices import read_token, unsubscribe_url
from home.services.editorial import set_up_editorial
from people.models import User
from tests.admin_table.addresses import FOR_ALL, ask, filled, of_admin, targets
from tests.admin_table.world import things_of, things_of_the_portal
from tests.factories.home import NewsPageFactory
from tests.factories.people import OrganisationFactory, UserFactory
from tests.people.accounts import LOG_IN, PASSWORD, code_of, log_in, signed_in, with_app
from tests.test_every_address import ELSEWHERE, RULES
from tests.walks import drawing, refusals_once, rights_read_once
from tests.world import given_world, made_world  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
EVIL = "evil.example"


def outside_the_admin(place: SimpleNamespace) -> dict[str, str]:
    """Every address outside the admin that is of no page of the tree."""
    found = {name: reverse(name, kwargs=rule.parts(place)) for name, rule in RULES.items()}
    for name in ELSEWHERE:
        for arguments in ([], ["1"]):
            try:
                found.setdefault(name, reverse(name, args=arguments))
            except NoReverseMatch:
                continue
    return found


# --- Posts from other sites -----------------------------------------------------------------------


# Programs of the admin ask for the secret in their own way; that they do is tried below.
ASK_THEMSELVES = {
    *("listing", "detail", "action", "find", "snippets_api_listing", "snippets_api_detail"),
    *("edit_string_translation", "edit_override"),
}


def exempt(patterns: list[Any]) -> Iterator[str]:
    """Names of the addresses whose view asks for no secret of a form."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from exempt(pattern.url_patterns)
        elif getattr(pattern.callback, "csrf_exempt", False):
            yield pattern.name or ""


def test_views_without_the_secret_of_a_form_are_named() -> None:
    assert set(exempt(get_resolver().url_patterns)) == {"notice_unsubscribe", *ASK_THEMSELVES}


@refusals_once()
@rights_read_once()
def test_a_post_from_elsewhere_changes_nothing_anywhere(
    world: SimpleNamespace,
    site_tree: SimpleNamespace,
) -> None:
    set_up_editorial()
    victim = UserFactory(superuser=True)
    scopes = {
        "portal": things_of_the_portal(site_tree),
        "foreign": things_of(UserFactory(), site_tree, live=True),
    }
    posts = [(it.name, it.address, it.data) for it in targets(scopes)]
    posts += [(name, filled(form, {}), {}) for name, form in of_admin() if "<" not in form]
    posts += [(name, address, {}) for name, address in outside_the_admin(world).items()]
    client = Client(enforce_csrf_checks=True)
    client.force_login(victim)
    # What the first page of a person writes is there already.
    client.get("/admin/")
    client.post("/admin/")
    wrong = []
    for name, address, data in posts:
        for method in [
            "post",
            *(["put", "delete"] if name.startswith("wagtail_localize:") else []),
        ]:
            answer, written = ask(client, method, address, data)
            if written or (answer.status_code < 300 and name not in FOR_ALL):
                wrong.append((name, method, answer.status_code, written))
    assert len(posts) > 400
    assert wrong == []


# --- Ways back ------------------------------------------------------------------------------------


WAYS_BACK = ("next", "next_url", "url", "back", "return", "return_to", "redirect", "redirect_to")


@pytest.mark.parametrize("who", ["visitor", "administrator"])
@drawing(lambda _name: False)
@rights_read_once()
def test_no_address_leads_to_another_host(
    world: SimpleNamespace,
    who: str,
) -> None:
    addresses = list(outside_the_admin(world).values())
    if who != "visitor":
        addresses += [filled(form, {}) for _name, form in of_admin() if "<" not in form]
    client = Client(raise_request_exception=False)

    def leads_on(method: str, address: str, target: str) -> bool:
        if who != "visitor" and SESSION_KEY not in client.session:
            # A way out is among them.
            client.force_login(world.people[who])
        referer = {"referer": f"https:{target[-16:]}"}
        asked = dict.fromkeys(WAYS_BACK, target)
        answer = getattr(client, method)(address, asked, headers=referer)
        # No page shows them here, so they would pile up, and every request would read them all.
        client.cookies.pop("messages", None)
        place = urljoin("http://testserver" + address, answer.headers.get("Location", ""))
        assert urlsplit(place).netloc == "testserver", (address, method, place)
        return "Location" in answer.headers

    leading = [
        (method, address)
        for address in addresses
        for method in ("get", "post")
        if leads_on(method, address, f"//{EVIL}/")
    ]
    # Who leads nowhere needs no second way of writing it.
    for method, address in leading:
        leads_on(method, address, f"http://testserver//{EVIL}/")


# --- Sessions and guesses -------------------------------------------------------------------------


@pytest.fixture
def anna(site_tree: SimpleNamespace) -> User:
    return with_app(User.objects.create_user("anna@example.org", PASSWORD, first_name="Анна"))


def test_a_planted_session_does_not_live_through_the_second_factor(anna: User) -> None:
    client = Client()
    client.get(LOG_IN)
    session = client.session
    session["planted"] = True
    session.save()
    keys = [session.session_key]
    client.cookies[settings.SESSION_COOKIE_NAME] = keys[0]
    client.post(LOG_IN, {"login": anna.email, "password": PASSWORD})
    keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    client.post("/account/log-in/code/", {"code": code_of()})
    assert signed_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value not in keys
    for key in keys:
        planted = Client()
        planted.cookies[settings.SESSION_COOKIE_NAME] = key
        assert not signed_in(planted)
        assert planted.get("/cabinet/").status_code == 302


@pytest.mark.parametrize(
    ("address", "field", "wrong", "right"),
    [
        ("/account/sure/", "password", "неверный", lambda: PASSWORD),
        ("/account/sure/code/", "code", "000000", code_of),
    ],
)
def test_guessing_ends_where_one_is_asked_once_more(
    anna: User, address: str, field: str, wrong: str, right: Any
) -> None:
    client = Client()
    client.force_login(anna)
    for _attempt in range(11):
        client.post(address, {field: wrong})
    answer = client.post(address, {field: right()})
    assert answer.status_code in (200, 429)
    sure = client.get("/account/security/codes/new/")
    assert sure.status_code == 302
    assert sure.headers["Location"].startswith("/account/sure/")


def test_guessing_ends_before_a_recovery_code_is_found(anna: User) -> None:
    codes = anna.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()
    client, _place = log_in(anna.email)
    for number in range(11):
        client.post("/account/log-in/code/", {"code": f"{number:08}"})
    client.post("/account/log-in/code/", {"code": codes[0]})
    assert not signed_in(client)


@pytest.mark.parametrize(
    ("action", "address"),
    [
        ("invitation", "/account/invitation/forged/"),
        ("reset_password_from_key", "/account/password/new/1-forged/"),
    ],
)
def test_links_of_letters_are_not_guessed(
    site_tree: SimpleNamespace, settings: Any, action: str, address: str
) -> None:
    assert action in settings.ACCOUNT_RATE_LIMITS
    settings.ACCOUNT_RATE_LIMITS = {action: "2/h/ip"}
    statuses = [Client().post(address).status_code for _attempt in range(4)]
    assert statuses[-1] == 429


def test_a_signed_link_of_one_person_is_no_key_to_another(anna: User) -> None:
    """Of a confirmation and of the way out of letters: a changed link is a wrong one."""
    links = [unsubscribe_url(user, "digest") for user in (anna, UserFactory())]
    mine, theirs = (link.rstrip("/").split("/")[-1] for link in links)
    body, rest = theirs.split(":", 1)
    assert read_token(mine) == (anna.pk, "digest")
    for forged in (mine[:-1], f"{body}:{mine.split(':', 1)[1]}", f"{body}:", "", rest):
        assert read_token(forged) is None
    address = anna.emailaddress_set.get()
    anna.emailaddress_set.update(verified=False)
    for key in ("forged", f"{address.pk}:forged", f"{address.pk}:1test:forged"):
        Client().post(f"/account/confirm/{key}/")
    address.refresh_from_db()
    assert not address.verified


# --- Tables of the admin --------------------------------------------------------------------------


def test_no_table_of_the_admin_runs_a_formula(
    site_tree: SimpleNamespace, superuser: User, client_of: Any
) -> None:
    formula = '=HYPERLINK("http://evil.example")'
    NewsPageFactory(parent=site_tree.news, title=formula, owner=superuser)
    OrganisationFactory(name=formula)
    Redirect.objects.create(old_path="/old", redirect_link="+7")
    client, tables, held = client_of(superuser), 0, 0
    for _name, form in of_admin():
        if "<" in form:
            continue
        address = filled(form, {})
        view = getattr(resolve(address).func, "view_class", object)
        if not issubclass(view, SpreadsheetExportMixin):
            continue
        answer = client.get(address, {"export": "csv"})
        if not answer.headers.get("Content-Type", "").startswith("text/csv"):
            continue
        tables += 1
        text = b"".join(answer.streaming_content).decode()
        held += "'=HYPERLINK" in text
        cells = [cell.strip('"') for line in text.splitlines()[1:] for cell in line.split(",")]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))], address
    assert tables > 5
    assert held > 1
