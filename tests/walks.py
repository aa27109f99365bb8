"""What a walk through hundreds of addresses leaves out: bodies that nobody reads.

Whether somebody is let in is known before the body of the answer is drawn, so a walk that asks for
that alone draws each page for one of those who are let in, and the page of a refusal once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from unittest.mock import patch

from django.contrib.auth import SESSION_KEY
from django.template.backends.django import Template
from django.test import Client

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
def bodies(drawn: bool) -> Iterator[None]:
    """Draw the answers, or none of them."""
    with drawing(lambda _name: drawn):
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
