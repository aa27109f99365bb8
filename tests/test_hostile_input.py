"""Markup and forged fields in every form of the cabinet that takes words.

The forms are read from the pages themselves, so a new one is tried without being named here.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from lxml import html

from core.page_cache.versions import store
from people.enums import TrainingState
from people.models import OrganisationRole, StaffLink, TrainingRecord, User
from tests.role_tables import ROLES, allowed_by_address
from tests.test_every_address import RULES
from tests.walks import drawing, rights_read_once
from tests.world import given_world, made_world  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

MARK = '"><script>alert(64)</script>'
WORDS = {"text", "search", "url", "email", "tel"}
# What no form of the cabinet takes from anybody, whatever it is called.
FORGED = {
    "is_superuser": "on",
    "is_staff": "on",
    "is_active": "",
    "groups": "1",
    "user_permissions": "1",
    "password": "forged",
    "state": "confirmed",
    "decided_by": "1",
    "entered_by": "1",
    "confirmed_at": "2026-01-01",
    "user": "1",
    "user_id": "1",
    "record_id": "1",
    "pk": "1",
    "id": "1",
}


def forms_of(page: bytes) -> list[tuple[str, dict[str, Any]]]:
    """Action and filled fields of every form that is posted and takes words."""
    found = []
    for form in html.fromstring(page).forms:
        if form.method != "POST":
            continue
        values: dict[str, Any] = {}
        takes_words = False
        for field in form.inputs:
            kind = field.get("type", "text") if field.tag == "input" else field.tag
            if not field.name or kind in ("file", "submit", "password"):
                continue
            if kind == "textarea" or kind in WORDS:
                takes_words = True
                values[field.name] = "http://example.org/" if kind == "url" else MARK
            elif kind == "select":
                options = [value for value in field.value_options if value]
                values[field.name] = field.value or next(iter(options), "")
            elif kind == "date":
                values[field.name] = field.value or "2020-02-02"
            elif kind == "number":
                values[field.name] = field.value or "36"
            elif kind in ("checkbox", "radio"):
                values[field.name] = getattr(field, "value", None) or "on"
            else:
                values[field.name] = field.value or ""
        if takes_words:
            found.append((form.action or "", {k: v for k, v in values.items() if v is not None}))
    return found


def rights() -> list[Any]:
    """Everything by which a person may do more than before."""
    names = ("id", "is_superuser", "is_active", "password", "email")
    return [
        list(User.objects.order_by("pk").values_list(*names, "groups")),
        list(Group.objects.values_list("pk", "permissions").order_by("pk", "permissions")),
        [model_to_dict(role) for role in OrganisationRole.objects.order_by("pk")],
        list(StaffLink.objects.order_by("pk").values_list("pk", "user", "state", "record")),
        set(TrainingRecord.objects.filter(state=TrainingState.CONFIRMED).values_list("pk")),
    ]


@drawing(lambda _name: True)
@rights_read_once()
def test_words_stay_words_and_forged_fields_change_nothing(
    world: SimpleNamespace, page_cache: None
) -> None:
    # Header, menu and footer are kept between the pages, as on a running site.
    before, posted, allowed = rights(), set(), allowed_by_address()
    # What is a file for one is a file for all; they are dear to make, and have no forms.
    files: set[str] = set()
    clients: dict[str, Client] = {}
    for role in ROLES:
        clients[role] = Client()
        if world.people[role] is not None:
            clients[role].force_login(world.people[role])
    for role, client in clients.items():
        for name, rule in RULES.items():
            if rule.method != "get" or role not in allowed[name] or role == "visitor":
                continue
            if name in files:
                continue
            address = reverse(name, kwargs=rule.parts(world))
            page = client.get(address)
            if page.status_code != 200:
                continue
            if "text/html" not in page.headers["Content-Type"]:
                files.add(name)
                continue
            for action, values in forms_of(page.content):
                answer = client.post(action or address, FORGED | values)
                assert answer.status_code < 500, (name, answer.status_code)
                posted.add(name)
                if hasattr(answer, "content"):
                    assert MARK.encode() not in answer.content, name
    assert len(posted) >= 8, posted
    after = rights()
    # A request for a link may be new; nobody's decision, role, right or password is.
    assert after[:3] == before[:3]
    assert after[4] == before[4]
    assert {link[2] for link in after[3]} <= {"requested", "refused", "withdrawn"}
    assert all(link[3] is None for link in after[3])

    # What was typed may stand in them, too.
    store().clear()
    shown = 0
    for role, client in clients.items():
        for name, rule in RULES.items():
            if rule.method != "get" or role not in allowed[name] or name in files:
                continue
            page = client.get(reverse(name, kwargs=rule.parts(world)))
            if page.status_code == 200 and "text/html" in page.headers["Content-Type"]:
                assert b"<script>alert(64)" not in page.content, (role, name)
                shown += b"&lt;script&gt;alert(64)" in page.content
    assert shown > 3, "what was typed is shown somewhere, as words"
