"""What the search, its hints, the feed and the site map show, by kind and state: docs/roles.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.syndication.views import Feed
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from home.registries import search_kinds
from home.services.roles import set_up_roles
from home.urls import localized_urls, service_urls
from people.services.consent_texts import set_up_consent_texts
from people.services.consents import withdraw_consent
from people.services.teacher_pages import close_page, hide_page
from tests.factories.core import TopicFactory
from tests.factories.home import (
    DocumentPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    TopicPageFactory,
)
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.practices import PracticePageFactory, PracticeSectionPageFactory
from tests.people.teacher_page import make_teacher
from tests.role_tables import table_of

pytestmark = pytest.mark.django_db
TABLE = table_of("Поиск, подсказки, лента и карта сайта")
WORD = "Тайнослов"
MAP = "Карта сайта"
FEEDS = {"news_rss": "news", "news_atom": "news", "practices_rss": "practice"}
# Parts of the site map beside that of the pages.
SECTIONS = {"organisation": "organisations", "teacher": "teachers"}
STATES: dict[str, dict[str, Any]] = {
    "опубликован": {},
    "черновик": {"draft": True},
    "выйдет завтра": {"scheduled": True},
    "снят": {"expired_yesterday": True},
    "для вошедших": {"signed_in_only": True},
    "под паролем": {"restricted": True},
}
FACTORIES: dict[str, Callable[..., Any]] = {
    "news": NewsPageFactory,
    "document": DocumentPageFactory,
    "practice": PracticePageFactory,
    "page": StandardPageFactory,
    "topic": lambda **state: TopicPageFactory(topic=TopicFactory(name=WORD), **state),
}


def _make(kind: str, state: str) -> None:
    if kind in FACTORIES:
        given = next(given for words, given in STATES.items() if state.startswith(words))
        FACTORIES[kind](title=WORD, **given)
    elif kind == "organisation":
        closed = timezone.localdate() - timedelta(days=1) if state == "закрыта" else None
        OrganisationFactory(name=WORD, closed_on=closed)
    else:
        _teacher(state)


def _teacher(state: str) -> None:
    page = make_teacher(last_name=WORD)
    match state:
        case "страница закрыта самим педагогом":
            close_page(user=page.user)
        case "страница скрыта методистом":
            hide_page(page=page, reason="Проверка", user=UserFactory(superuser=True))
        case "согласие отозвано":
            withdraw_consent(user=page.user, kind="distribution")


def _addresses(kind: str) -> set[str]:
    """What the part of the site map for this kind names."""
    text = Client().get(reverse("sitemap_file", args=[SECTIONS.get(kind, "pages")])).content
    return set(re.findall("<loc>(.+?)</loc>", text.decode()))


def _shown(place: str, kind: str) -> bool:
    where, _colon, who = place.partition(": ")
    client = Client()
    if who == "вошедший":
        client.force_login(UserFactory())
    if where == "Поиск":
        found = client.get(reverse("search"), {"q": WORD.lower()}).context["results"]
        return any(WORD in row["hit"].card.title for row in found)
    if where == "Подсказки":
        return bool(client.get(reverse("search_suggest"), {"q": WORD[:6].lower()}).json()["items"])
    shown = {name for name in FEEDS if WORD in client.get(reverse(name)).content.decode()}
    assert shown in (set(), {name for name, told in FEEDS.items() if told == kind})
    return bool(shown)


@pytest.fixture(scope="module")
def rules(made_site: SimpleNamespace, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Roles and the words of consents, for all rows."""
    with django_db_blocker.unblock(), transaction.atomic():
        set_up_roles()
        set_up_consent_texts()
        # Where practices stand is no find of its own.
        PracticeSectionPageFactory()
        yield
        transaction.set_rollback(True)


def test_every_kind_is_named() -> None:
    """A new kind of the search, part of the site map or feed has to find its rows here."""
    assert {row.split("`")[1] for row in TABLE.rows} == set(search_kinds())
    maps = next(it.default_args for it in service_urls if it.name == "sitemap_file")["sitemaps"]
    assert set(maps) == {"pages", *SECTIONS.values()}
    assert {it.name for it in localized_urls if isinstance(it.callback, Feed)} == set(FEEDS)


@pytest.mark.parametrize("row", TABLE.rows)
def test_what_is_found(site_tree: SimpleNamespace, rules: None, row: str) -> None:
    _mark, kind, state = row.split("`")
    before = _addresses(kind)
    _make(kind, state.strip())
    found = {place for place in TABLE.head if place != MAP and _shown(place, kind)}
    if _addresses(kind) - before:
        found.add(MAP)
    assert found == TABLE.allowed(row)
