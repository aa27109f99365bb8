"""Values that no form of the browser sends: whoever writes or reviews practices gets words."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from people.models import User
from practices.models import PracticePage
from tests.world import given_world, made_world  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
ODD = ("9" * 20, "9" * 5000, "\0", "²", "-1", "1e9", "x" * 3000)
ABOUT = ("title", "kind", "level", "grade_from", "subjects", "topics", "keywords")
RESULTS = ("before", "after", "unit", "results", "small_school")
SECTIONS: dict[str, tuple[str, ...]] = {
    "authors": ("organisation",),
    "about": ABOUT,
    "description": ("goal", "b", "b-1-type", "b-1-steps", "do", "blocks"),
    "results": RESULTS,
    "materials": ("material-file", "material-title", "do", "new_title"),
}


def failed(client: Client, method: str, address: str, names: tuple[str, ...]) -> list[str]:
    """The odd values, at the beginning, that end in an error of the program."""
    found = []
    for odd in ODD:
        answer: Any = getattr(client, method)(address, dict.fromkeys(names, odd))
        if answer.status_code >= 500:
            found.append(f"{method} {address} {names[0]}={odd[:20]!r}")
    return found


def signed_in(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def test_odd_values_end_in_words(world: SimpleNamespace) -> None:
    owner, methodist = signed_in(world.people["owner"]), signed_in(world.people["methodist"])
    wrong = []
    for section, names in SECTIONS.items():
        address = f"/cabinet/practices/{world.practice.pk}/{section}/"
        wrong += failed(owner, "post", address, (*names, "opened"))
    case = f"/cabinet/review/{world.reviewed_practice.pk}/"
    # Also the forms of steps that are not open: a tab that was left open sends them.
    for form in (
        ("kind", "step", "seen", "reasons"),
        ("outcome", "number", "date", "step"),
        ("point_1", "note_1", "step", "seen", "skip_reason"),
    ):
        wrong += failed(methodist, "post", case, form)
    wrong += failed(methodist, "get", case, ("who",))
    wrong += failed(methodist, "post", f"{case}experts/", ("action", "expert", "sheet", "step"))
    wrong += failed(methodist, "get", "/cabinet/review/", ("query", "state", "section", "page"))
    wrong += failed(methodist, "post", "/cabinet/review/act/", ("practice", "action", "query"))
    page: PracticePage = world.published_practice
    bank = page.get_parent().get_parent()
    for address in (page.url, bank.url, "/feeds/practices/rss.xml"):
        names = ("q", "subject", "class", "year", "school", "sort", "after", "before")
        wrong += failed(signed_in(None), "get", address, names)
    assert wrong == []


def test_a_form_of_a_closed_step_gives_its_words_back(world: SimpleNamespace) -> None:
    """Sent with gaps from a tab that was left open, it met the form of another step."""
    client = signed_in(world.people["methodist"])
    address = f"/cabinet/review/{world.reviewed_practice.pk}/"
    answer = client.post(address, {"kind": "", "reasons": "Слова методиста"}, follow=True)
    html = answer.content.decode().replace("\xa0", " ")
    assert "Этот шаг уже закрыт" in html or "больше не открыт" in html
    assert "Слова методиста" in html
