"""Pages that appear and go at a set time, translations, whole branches and sites."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.core.conftest import Committed, Visitor, publish
from tests.factories.home import (
    NewsPageFactory,
)


def test_translation_appears_in_the_language_switch(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    english, _made = Locale.objects.get_or_create(language_code="en")
    visitor.warm(pages.unrelated, pages.section)
    with committed():
        pages.home.copy_for_translation(english).save_revision().publish()
        copy = pages.section.copy_for_translation(english)
        copy.title = "A section"
        copy.save_revision().publish()
    assert 'hreflang="en"' in visitor.client.get(pages.section.url).content.decode()


def test_scheduled_page_appears_when_its_time_has_come(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    with committed():
        news = NewsPageFactory(
            title="Отложенная", go_live_at=timezone.now() + datetime.timedelta(hours=1)
        )
    visitor.warm(pages.news, pages.unrelated)
    revision = news.latest_revision
    with committed():
        moment = timezone.now() - datetime.timedelta(seconds=1)
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=moment)
        content = revision.content | {"go_live_at": moment.isoformat()}
        type(revision).objects.filter(pk=revision.pk).update(content=content)
        call_command("publish_scheduled")
    assert "Отложенная" in visitor.client.get(pages.news.url).content.decode()
    assert visitor.see(pages.unrelated.url) == "hit"


def test_expired_page_goes_when_the_schedule_runs(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    news = NewsPageFactory(title="Временная")
    visitor.warm(pages.news, news, pages.unrelated)
    with committed():
        Page.objects.filter(pk=news.pk).update(expire_at=timezone.now())
        call_command("publish_scheduled")
    assert "Временная" not in visitor.client.get(pages.news.url).content.decode()
    assert visitor.client.get(news.url).status_code == 404
    assert visitor.see(pages.unrelated.url) == "hit"


def test_expired_page_is_not_shown_even_when_no_schedule_runs(
    pages: SimpleNamespace,
    visitor: Visitor,
    committed: Committed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import time

    soon = timezone.now() + datetime.timedelta(seconds=100)
    with committed():
        news = NewsPageFactory(title="Временная", expire_at=soon)
    visitor.warm(news)
    real = time.time
    monkeypatch.setattr("core.page_cache.middleware.time.time", lambda: real() + 101)
    monkeypatch.setattr(
        "django.utils.timezone.now",
        lambda: datetime.datetime.fromtimestamp(real() + 101, datetime.UTC),
    )
    assert visitor.client.get(news.url).status_code == 404


def test_large_branch_is_purged_as_a_whole(
    pages: SimpleNamespace,
    visitor: Visitor,
    committed: Committed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("core.page_cache.changes.MAX_BRANCH", 1)
    visitor.warm(pages.linking, pages.unrelated)
    with committed():
        pages.section.slug = "drugoi"
        publish(pages.section)
    assert visitor.see(pages.linking.url) == "miss"
    assert visitor.see(pages.unrelated.url) == "miss"


def test_site_in_another_host_renews_everything(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    visitor.warm(pages.unrelated)
    with committed():
        site = Site.objects.get()
        site.site_name = "Портал"
        site.save()
    assert visitor.see(pages.unrelated.url) == "miss"
