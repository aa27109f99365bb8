"""What a walk through hundreds of addresses leaves out: bodies that nobody reads.

Whether somebody is let in is known before the body of the answer is drawn, so a walk that asks for
that alone draws each page for one of those who are let in, and the page of a refusal once.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from unittest.mock import patch

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.backends import ModelBackend
from django.template.backends.django import Template
from django.test import Client

from people.enums import Role
from people.models import User

REFUSALS = {"400.html", "403.html", "403_csrf.html", "404.html"}


@contextmanager
def drawing(drawn: Callable[[str], bool]) -> Iterator[None]:
    """Draw only the answers of whose template ``drawn`` says so; status and headers stay.

    Letters are written as ever: they are no answer to anybody. What was drawn cannot be asked for
    its context, of which a copy would be made for every part of a page.
    """
    whole = Template.render

    def render(self: Template, context: Any = None, request: Any = None) -> str:
        if request is None or drawn(self.template.name):
            return whole(self, context, request)
        return ""

    with (
        patch.object(Template, "render", render),
        patch("django.test.client.store_rendered_templates", lambda *_given, **_named: None),
    ):
        yield


@contextmanager
def refusals_once() -> Iterator[None]:
    """Draw what lets in, and each page of a refusal the first time: it says the same every time."""
    seen: set[str] = set()

    def first(name: str) -> bool:
        if name not in REFUSALS:
            return True
        new = name not in seen
        seen.add(name)
        return new

    with drawing(first):
        yield


@contextmanager
def drawn_for_one(role: Role, allowed: Container[str]) -> Iterator[None]:
    """Draw what lets in for one of the ``allowed``: the administrator, who is shown the most.

    Where the administrator is not let in, for the first role that is.
    """
    order = [Role.ADMINISTRATOR, *Role]
    if role == next((it for it in order if it.value in allowed), None):
        with refusals_once():
            yield
    else:
        with drawing(lambda _name: False):
            yield


@contextmanager
def rights_read_once() -> Iterator[None]:
    """Read the rights of a person from the database once: none are given or taken on the way.

    They are some hundreds of rows, and every request of a walk would read them anew.
    """
    read, kept = ModelBackend._get_permissions, {}

    def once(self: ModelBackend, user: Any, obj: Any, source: str) -> set[str]:
        if obj is not None or not user.is_active or user.is_anonymous:
            return read(self, user, obj, source)
        key = (source, user.pk, user.is_superuser)
        if key not in kept:
            kept[key] = read(self, user, obj, source)
        return kept[key]

    with patch.object(ModelBackend, "_get_permissions", once):
        yield


def entrance(person: User | None, **options: Any) -> Callable[[], Client]:
    """Makes clients that have asked for nothing yet, all in the one session of this person."""
    first = Client(**options)
    if person is not None:
        first.force_login(person)

    def come() -> Client:
        client = Client(**options)
        client.cookies = deepcopy(first.cookies)
        assert person is None or client.session[SESSION_KEY] == str(person.pk), "signed out"
        return client

    return come
