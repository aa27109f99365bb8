"""What is sent for translation is shown when it is translated, by somebody who may publish."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, TestCase
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource
from wagtail_localize.operations import translate_object

from core.models import Card
from home.models import NewsPage
from home.services.roles import set_up_roles
from monitoring.models import Measure
from people.enums import Role
from tests.factories.home import NewsPageFactory, StandardPageFactory
from tests.factories.people import UserFactory
from tests.home.test_language_addresses import links
from tests.home.test_languages import translate

pytestmark = pytest.mark.django_db


def admin(role: Role) -> Client:
    """A browser in which somebody of this role has signed in."""
    set_up_roles()
    client = Client()
    client.force_login(UserFactory(groups=[role.value]))
    return client


def send(client: Client, address: str, **data: Any) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post(address, data).status_code == 302


def submit(page: Page, locale: Locale, client: Client) -> Page:
    """Send ``page`` for translation as the button does; returns the page to be translated."""
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    send(client, address, locales=[locale.pk])
    return page.get_translation(locale).specific


def fill_in(page: Page, locale: Locale, *, all_but: int = 0) -> TranslationSource:
    """Translate the strings of ``page``, but for the last ones."""
    source = TranslationSource.objects.get_for_instance(page)
    segments = list(StringSegment.objects.filter(source=source).select_related("string"))
    for segment in segments[: len(segments) - all_but]:
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context_id=segment.context_id,
            defaults={"data": f"EN {segment.string.data}"},
        )
    return source


def is_shown(page: Page, source: Page) -> bool:
    """Whether a visitor meets ``page`` anywhere: all places must say the same."""
    visitor = Client()
    html = visitor.get(source.url).content.decode()
    site_map = visitor.get("/sitemap-pages.xml").content.decode()
    address = page.get_url()
    places = {
        Page.objects.get(pk=page.pk).live,
        visitor.get(address).status_code == 200,
        bool(links(visitor.get(source.url))),
        f'href="{address}"' in html,
        f"{address}<" in site_map,
        Card.objects.filter(page_id=page.pk).exists(),
    }
    assert len(places) == 1
    return places.pop()


@pytest.fixture
def news(site_tree: Any, english: Locale) -> NewsPage:
    """A published news item of a site whose home page and list of news are translated."""
    translate(site_tree.home, english)
    translate(site_tree.news, english)
    return NewsPageFactory(parent=site_tree.news)


def test_sent_by_a_methodist_shown_by_a_coordinator(news: NewsPage, english: Locale) -> None:
    methodist, coordinator = admin(Role.METHODIST), admin(Role.COORDINATOR)
    page = submit(news, english, methodist)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert not is_shown(page, news)

    fill_in(news, english, all_but=1)
    send(coordinator, edit, action="publish")
    assert not is_shown(page, news), "a string is not translated yet"

    fill_in(news, english)
    with TestCase.captureOnCommitCallbacks(execute=True):
        methodist.post(edit, {"action": "publish"})
    assert not is_shown(page, news), "a methodist may not publish"

    send(coordinator, edit, action="publish")
    assert is_shown(page, news)
    assert Page.objects.get(pk=page.pk).title == f"EN {news.title}"


def test_taking_changes_over_publishes_no_more(news: NewsPage, english: Locale) -> None:
    methodist, coordinator = admin(Role.METHODIST), admin(Role.COORDINATOR)
    page = submit(news, english, methodist)
    source = TranslationSource.objects.get_for_instance(news)
    update = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert b'type="checkbox"' not in methodist.get(update).content
    assert b'type="checkbox"' in coordinator.get(update).content

    send(coordinator, update, publish_translations="on")
    assert not is_shown(page, news), "nothing is translated yet"

    fill_in(news, english)
    send(methodist, update, publish_translations="on")
    assert not is_shown(page, news), "a methodist may not publish"

    send(coordinator, update, publish_translations="on")
    assert is_shown(page, news)


def test_an_alias_sent_for_translation_is_a_draft(site_tree: Any, english: Locale) -> None:
    translate(site_tree.home, english)
    page = StandardPageFactory()
    alias = page.copy_for_translation(english, alias=True)
    assert alias.live

    translated = submit(page, english, admin(Role.METHODIST))

    assert (translated.pk, translated.alias_of_id) == (alias.pk, None)
    assert not is_shown(translated, page)


def test_a_record_is_a_draft_and_leaves_published_ones_alone(portal: None, english: Locale) -> None:
    first, second = Measure.objects.order_by("pk")[:2]
    published = translate(first, english)
    assert published.live
    road_map = translate(first.road_map, english)
    assert road_map.live

    with TestCase.captureOnCommitCallbacks(execute=True):
        translate_object(second, [english])
        translate_object(first, [english])

    assert not second.get_translation(english).live
    published.refresh_from_db()
    road_map.refresh_from_db()
    assert published.live
    assert road_map.live
