"""Pages that appear and go at a set time, translations, whole branches and sites."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from tests.core.conftest import Visitor
from tests.factories.home import (
    DocumentPageFactory,
    NewsPageFactory,
    SectionPageFactory,
    StandardPageFactory,
)

Committed = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def pages(site_tree: SimpleNamespace, page_cache: None) -> SimpleNamespace:
    """A page that is changed, pages that show it, and one that has nothing to do with it."""
    section = SectionPageFactory(title="Раздел")
    touched = StandardPageFactory(title="Изменяемая", parent=section)
    linking = StandardPageFactory(
        title="Со ссылкой",
        body=[
            {"type": "text", "value": f'<p><a linktype="page" id="{touched.pk}">туда</a></p>'},
        ],
    )
    unrelated = DocumentPageFactory(title="Посторонний")
    return SimpleNamespace(
        **vars(site_tree), section=section, touched=touched, linking=linking, unrelated=unrelated
    )


def _warm(visitor: Visitor, *shown: Page) -> None:
    for page in shown:
        visitor.see(page.url)
        assert visitor.see(page.url) == "hit", page.url


def _publish(page: Page) -> None:
    page.save_revision().publish()


def test_translation_appears_in_the_language_switch(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    english, _made = Locale.objects.get_or_create(language_code="en")
    _warm(visitor, pages.unrelated, pages.section)
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
    _warm(visitor, pages.news, pages.unrelated)
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
    _warm(visitor, pages.news, news, pages.unrelated)
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
    _warm(visitor, news)
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
    _warm(visitor, pages.linking, pages.unrelated)
    with committed():
        pages.section.slug = "drugoi"
        _publish(pages.section)
    assert visitor.see(pages.linking.url) == "miss"
    assert visitor.see(pages.unrelated.url) == "miss"


def test_site_in_another_host_renews_everything(
    pages: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    _warm(visitor, pages.unrelated)
    with committed():
        site = Site.objects.get()
        site.site_name = "Портал"
        site.save()
    assert visitor.see(pages.unrelated.url) == "miss"
