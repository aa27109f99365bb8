"""Finds every page that signed-in people meet, inside the portal that a browser test has started.

Run by ``manage.py shell`` on the data of the running portal; what it prints the test reads.
"""

from __future__ import annotations

import inspect
import json
import time
from types import SimpleNamespace
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from wagtail.models import Site

from home.models import DocumentLibraryPage, NewsIndexPage
from people.models import User
from tests.admin_table.addresses import FOR_ALL, filled, numbered, numbers_for, of_admin
from tests.admin_table.world import things_of, things_of_the_portal
from tests.people.accounts import with_app
from tests.test_every_address import ELSEWHERE, RULES
from tests.world import make_world

HOST = "127.0.0.1"
OWN_APPS = ("core.", "home.", "people.", "monitoring.", "practices.")
# Who is asked to open a room, the one with most in it first; the teacher meets it empty.
PEOPLE = ("owner", "head", "methodist", "coordinator", "administrator", "teacher")


def print_rooms() -> None:
    """Sessions by role, rooms by role, and the addresses that are a page for nobody."""
    world = make_world()
    owner = with_app(world.people["owner"])
    key = Authenticator.objects.create(
        user=owner,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Телефон", "passwordless": True, "credential": {}},
    )
    clients = {name: _signed_in(world.people[name]) for name in PEOPLE}
    asked = {**_of_cabinet(world, key.pk), **_of_admin(world)}
    rooms: list[tuple[str, str, str]] = []
    for name, address in asked.items():
        # The fullest, and the emptiest; whoever stands between is not asked.
        found = next((role for role in PEOPLE if _is_page(clients[role], address)), None)
        if found:
            rooms.append((found, name, address))
        if found and found != PEOPLE[-1] and _is_page(clients[PEOPLE[-1]], address):
            rooms.append((PEOPLE[-1], name, address))
    sessions = {
        role: client.cookies[settings.SESSION_COOKIE_NAME].value for role, client in clients.items()
    }
    closed = sorted(asked.keys() - {name for _role, name, _address in rooms})
    print("ROOMS", json.dumps({"sessions": sessions, "rooms": rooms, "closed": closed}))  # noqa: T201


def _signed_in(user: User) -> Client:
    """A session that has just shown its password, and will have for an hour."""
    client = Client(HTTP_HOST=HOST, raise_request_exception=False)
    client.force_login(user)
    session = client.session
    method = {"method": "password", "at": time.time() + 3600, "email": user.email}
    session["account_authentication_methods"] = [method]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def _of_cabinet(world: SimpleNamespace, key: int) -> dict[str, str]:
    """Every address outside the admin that may be read and is of no page of the tree."""
    found = {
        name: reverse(name, kwargs=rule.parts(world))
        for name, rule in RULES.items()
        if rule.method == "get"
    }
    for name in ELSEWHERE:
        for arguments in ([], [key]):
            try:
                found.setdefault(name, reverse(name, args=arguments))
            except NoReverseMatch:
                continue
    return found


def _of_admin(world: SimpleNamespace) -> dict[str, str]:
    """Addresses of the admin behind which a view of our own stands."""
    tree = SimpleNamespace(
        home=Site.objects.get().root_page.specific,
        news=NewsIndexPage.objects.live().filter(alias_of=None).first(),
        library=DocumentLibraryPage.objects.live().filter(alias_of=None).first(),
    )
    numbers = {**things_of_the_portal(tree), **things_of(world.people["owner"], tree, live=True)}
    found = {name: filled(form, {}) for name, form in of_admin() if "<" not in form}
    for name, form, words in numbered():
        things = numbers_for(numbers, name)
        if things is not None or name.startswith("wagtailsettings:"):
            found[name] = filled(form, {**(things or {}), **words})
    return {
        name: address
        for name, address in found.items()
        if name not in FOR_ALL and _is_ours(address)
    }


def _is_ours(address: str) -> bool:
    view: Any = inspect.unwrap(resolve(address).func)
    made = getattr(view, "view_class", view)
    return made.__module__.startswith(OWN_APPS)


def _is_page(client: Client, address: str) -> bool:
    """A whole page: not a file, and not the rows that a script puts into a page."""
    answer = client.get(address)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return False
    return b"<html" in answer.content
