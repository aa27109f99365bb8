"""What is sent for translation is shown when it is translated, by somebody who may publish."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client, RequestFactory, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from core.models import Card
from core.publishing import RefusedPublicationMiddleware
from core.translation_drafts import IncompleteTranslationError
from home.models import NewsPage
from home.services.editorial import set_up_editorial
from home.services.roles import set_up_roles
from monitoring.models import Measure
from people.enums import Role
from tests.factories.core import TopicFactory
from tests.factories.home import (
    DocumentPageFactory,
    DocumentTypeFactory,
    NewsPageFactory,
    RubricFactory,
    StandardPageFactory,
)
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


def fill_in(page: Any, locale: Locale, *, all_but: int = 0) -> TranslationSource:
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


def test_no_way_of_publishing_shows_untranslated_words(news: NewsPage, english: Locale) -> None:
    page = submit(news, english, admin(Role.METHODIST))
    coordinator = admin(Role.COORDINATOR)
    fill_in(news, english, all_but=1)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = coordinator.post(f"{bulk}?id={page.pk}&next={edit}", follow=True)
    assert "есть строки без перевода" in answer.content.decode()
    above = page.get_parent().pk
    with_children = {"include_descendants": "on"}
    answer = coordinator.post(f"{bulk}?id={above}&next={edit}", with_children, follow=True)
    assert "есть строки без перевода" in answer.content.decode()
    answer = coordinator.post(edit, {"action-publish": "1", "action": "publish"}, follow=True)
    assert "не все строки переведены" in answer.content.decode()
    revision = page.save_revision()
    with pytest.raises(ValidationError, match="есть строки без перевода"):
        revision.publish()
    with pytest.raises(ValidationError, match="есть строки без перевода"):
        PublishPageRevisionAction(revision).execute(skip_permission_checks=True)
    assert not is_shown(page, news)


def test_what_becomes_incomplete_before_its_time_waits(news: NewsPage, english: Locale) -> None:
    page = submit(news, english, admin(Role.METHODIST))
    fill_in(news, english, all_but=1)
    revision = page.save_revision()
    due = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=due)
    other = NewsPageFactory(draft=True, rubric=news.rubric)
    Revision.objects.filter(pk=other.save_revision().pk).update(approved_go_live_at=timezone.now())

    call_command("publish_scheduled")

    assert not is_shown(page, news)
    assert Page.objects.get(pk=other.pk).live, "what else is due does not wait for it"


def test_approval_refuses_untranslated_words(news: NewsPage, english: Locale) -> None:
    page = submit(news, english, admin(Role.METHODIST))
    fill_in(news, english, all_but=1)
    set_up_editorial()
    page.save_revision()
    flow = page.get_workflow().start(page, page.owner or UserFactory())
    flow.current_task_state.approve(user=UserFactory(superuser=True))
    coordinator = admin(Role.COORDINATOR)
    task = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])

    answer = coordinator.post(address, {"comment": ""}, follow=True)

    assert "есть строки без перевода" in answer.content.decode()
    assert not is_shown(page, news)
    task.refresh_from_db()
    assert task.status == task.STATUS_IN_PROGRESS, "the step can be decided when it is translated"


def test_one_language_holds_no_other_back(english: Locale) -> None:
    tatar = Locale.objects.create(language_code="tt")
    topic = TopicFactory()
    coordinator = admin(Role.COORDINATOR)
    translate_object(topic, [english, tatar])
    source = fill_in(topic, english)
    update = reverse("wagtail_localize:update_translations", args=[source.pk])

    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = coordinator.post(update, {"publish_translations": "on"}, follow=True)

    assert f"есть строки без перевода: {tatar}." in answer.content.decode()
    assert topic.get_translation(english).live
    assert not topic.get_translation(tatar).live


def test_a_refusal_leads_to_the_record_it_speaks_of(
    news: NewsPage, english: Locale, rf: RequestFactory
) -> None:
    topic = TopicFactory()
    for record in (news, topic):
        translate_object(record, [english])
        translation = Translation.objects.get(source__object_id=record.translation_key)
        with pytest.raises(IncompleteTranslationError, match="есть строки без перевода") as refused:
            translation.save_target(publish=True)
        request = rf.get("/admin/")
        request._messages = CookieStorage(request)
        answer = RefusedPublicationMiddleware(HttpResponse).process_exception(
            request, refused.value
        )
        assert answer is not None
        assert f"/{record.get_translation(english).pk}/" in answer.url


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


def test_names_of_lists_wait_for_their_translation(site_tree: Any, english: Locale) -> None:
    for index in (site_tree.home, site_tree.news, site_tree.library):
        translate(index, english)
    topic = TopicFactory(name="Наставничество")
    rubric = RubricFactory(name="Конкурсы")
    news = NewsPageFactory(parent=site_tree.news, topics=[topic], rubric=rubric)
    document = DocumentPageFactory(
        parent=site_tree.library,
        topics=[topic],
        document_type=DocumentTypeFactory(name="Приказ", slug="prikaz-en"),
    )
    entries = [news.rubric, topic, document.document_type]
    for entry in entries:
        translate_object(entry, [english])
    pages = [translate(page, english) for page in (news, document)]
    names = ("Конкурсы", "Наставничество", "Приказ")
    addresses = [page.get_url() for page in pages]
    addresses += [page.get_parent().get_url() for page in pages]
    addresses += ["/en/search/?q=EN"]

    def offered() -> str:
        cache.clear()
        answers = [Client().get(address) for address in addresses]
        assert [answer.status_code for answer in answers] == [200] * len(answers)
        return "".join(answer.content.decode() for answer in answers)

    assert not any(entry.get_translation(english).live for entry in entries)
    assert [name for name in names if name in offered()] == []
    rubric_list = f"{pages[0].get_parent().get_url()}rubrika/{news.rubric.slug}/"
    assert Client().get(rubric_list).status_code == 404

    for entry in entries:
        translate(entry, english)
    assert [name for name in names if f"EN {name}" not in offered()] == []
    assert Client().get(rubric_list).status_code == 200


def test_a_draft_of_a_name_changes_no_card(site_tree: Any) -> None:
    page = NewsPageFactory(rubric=RubricFactory(name="Конкурсы"))
    page.rubric.name = "Черновик"
    revision = page.rubric.save_revision()
    assert Card.objects.get(page=page).group_label == "Конкурсы"
    revision.publish()
    assert Card.objects.get(page=page).group_label == "Черновик"
    page.rubric.refresh_from_db()
    page.rubric.unpublish()
    assert Card.objects.get(page=page).group_label == ""
