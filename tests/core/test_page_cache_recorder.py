"""What a page is noted to depend on."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from core.page_cache import keys
from core.page_cache.recorder import recording
from tests.factories.home import NewsPageFactory


def test_recorder_knows_rows_lists_and_tables(site_tree: SimpleNamespace) -> None:
    from core.models import Card, SiteSettings, Topic
    from home.models import NewsPage

    news = NewsPageFactory()
    with recording() as recorder:
        list(Card.objects.of_kind("news").in_language("ru"))
        list(Topic.objects.all())
        NewsPage.objects.get(pk=news.pk)
        SiteSettings.objects.first()
    assert recorder.cacheable
    assert {"cards:news:ru", "core.topic", f"page:{news.pk}", "core.sitesettings"} <= recorder.tags
    assert "cards:*:*" not in recorder.tags


def test_recorder_refuses_what_belongs_to_one_visitor(db: None) -> None:
    from django.contrib.sessions.models import Session

    with recording() as recorder:
        list(Session.objects.all())
    assert not recorder.cacheable


def test_canonical_query_is_bounded() -> None:
    assert keys.canonical_query("") == ""
    assert keys.canonical_query("utm_source=a&gclid=b") == ""


def test_recorder_reads_the_conditions_of_lists(db: None) -> None:
    from core.models import Card, CardTopic
    from home.models import DocumentPage

    cards = Card.objects.of_kind("news").in_language("ru")

    def noted(*querysets: Any) -> set[str]:
        with recording() as recorder:
            for queryset in querysets:
                list(queryset)
        return {tag for tag in recorder.tags if tag.startswith(("cards", "topic", "pages"))}

    assert noted(cards.filter(title="а")) == {"cards:news:ru"}
    assert noted(cards.filter(card_topics__topic=7)) == {"topic:7"}
    assert noted(Card.objects.filter(kind="news") | Card.objects.filter(kind="document")) == {
        "cards:*:*"
    }
    assert noted(CardTopic.objects.filter(card__in=cards.values("pk"))) == {"cards:news:ru"}
    other = Card.objects.of_kind("document").in_language("ru")
    assert noted(cards.values("pk").union(other.values("pk"))) == {
        "cards:news:ru",
        "cards:document:ru",
    }
    assert noted(DocumentPage.objects.filter(replaced_by=5)) == {
        "pages:home.documentpage:replaced_by=5"
    }
    assert noted(DocumentPage.objects.filter(title="а")) == {"pages:home.documentpage"}
