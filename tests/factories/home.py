"""Factories of the public site. Each page finds its own place: below the index of its kind."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page, Site

from core.enums import Access
from home.enums import DocumentStatus
from home.models import (
    DocumentFile,
    DocumentLibraryPage,
    DocumentPage,
    DocumentType,
    HomePage,
    NewsIndexPage,
    NewsPage,
    Rubric,
    SectionPage,
    StandardPage,
    TopicIndexPage,
    TopicPage,
)
from tests.factories.core import (
    PortalDocumentFactory,
    PortalPageFactory,
    TopicFactory,
    source_locale,
)


def body(*paragraphs: str) -> list[dict[str, Any]]:
    """A page body of rich-text paragraphs."""
    return [{"type": "text", "value": f"<p>{text}</p>"} for text in paragraphs]


def _first(model: type[Page], make: Callable[[], Page]) -> Any:
    """The one index page of a kind, made when nobody has made it yet."""
    return factory.LazyFunction(lambda: model.objects.first() or make())


class DocumentTypeFactory(DjangoModelFactory):
    """A kind of official paper; the same slug gives the same row."""

    class Meta:
        model = DocumentType
        django_get_or_create = ["slug"]

    name = "Приказ"
    slug = "order"
    locale = factory.LazyFunction(source_locale)
    translation_key = factory.LazyFunction(uuid.uuid4)


class RubricFactory(DjangoModelFactory):
    """A rubric of the news; the same slug gives the same row."""

    class Meta:
        model = Rubric
        django_get_or_create = ["slug"]

    name = "Новости центра"
    slug = "centre"
    locale = factory.LazyFunction(source_locale)
    translation_key = factory.LazyFunction(uuid.uuid4)


class HomePageFactory(PortalPageFactory):
    """The home page; it becomes the root of the default site in place of what stood there."""

    class Meta:
        model = HomePage
        skip_postgeneration_save = True

    title = "Главная"
    slug = "home-page"
    parent = factory.LazyFunction(lambda: Page.get_first_root_node())

    @factory.post_generation
    def site(self: HomePage, create: bool, extracted: Any, **kwargs: Any) -> None:
        if not create:
            return
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={"hostname": "testserver", "port": 80, "root_page": self},
        )
        Site.clear_site_root_paths_cache()


class SectionPageFactory(PortalPageFactory):
    """A section below the home page, shown in the menu."""

    class Meta:
        model = SectionPage

    title = factory.Sequence(lambda n: f"Раздел {n}")
    show_in_menus = True
    summary = "О чём этот раздел."
    body = factory.LazyFunction(lambda: body("Текст раздела."))
    parent = _first(HomePage, lambda: HomePageFactory())


class StandardPageFactory(PortalPageFactory):
    """A page of text below the home page."""

    class Meta:
        model = StandardPage

    summary = "О чём эта страница."
    body = factory.LazyFunction(lambda: body("Текст страницы."))
    parent = _first(HomePage, lambda: HomePageFactory())


class NewsIndexPageFactory(PortalPageFactory):
    """The list of news."""

    class Meta:
        model = NewsIndexPage

    title = "Новости"
    slug = "news"
    show_in_menus = True
    parent = _first(HomePage, lambda: HomePageFactory())


class NewsPageFactory(PortalPageFactory):
    """A news item of today."""

    class Meta:
        model = NewsPage

    title = factory.Sequence(lambda n: f"Новость {n}")
    summary = "Коротко о событии."
    date = factory.LazyFunction(timezone.localdate)
    rubric = factory.SubFactory(RubricFactory)
    body = factory.LazyFunction(lambda: body("Подробности события."))
    parent = _first(NewsIndexPage, lambda: NewsIndexPageFactory())


class DocumentLibraryPageFactory(PortalPageFactory):
    """The document library."""

    class Meta:
        model = DocumentLibraryPage

    title = "Документы"
    slug = "documents"
    show_in_menus = True
    parent = _first(HomePage, lambda: HomePageFactory())


class DocumentPageFactory(PortalPageFactory):
    """An order in force without files; ``with_file=True`` gives it one PDF."""

    class Meta:
        model = DocumentPage

    class Params:
        with_file = factory.Trait(
            files=factory.LazyFunction(lambda: [DocumentFile(document=PortalDocumentFactory())])
        )
        # A document says itself who may open it; page privacy stays out of it.
        signed_in_only = factory.Trait(access=Access.SIGNED_IN)

    title = factory.Sequence(lambda n: f"Документ {n}")
    summary = "О чём этот документ."
    document_type = factory.SubFactory(DocumentTypeFactory)
    number = factory.Sequence(lambda n: str(n + 1))
    date = datetime.date(2020, 6, 11)
    issuer = "Отдел образования"
    status = DocumentStatus.IN_FORCE
    body = factory.LazyFunction(lambda: body("Полный текст документа."))
    parent = _first(DocumentLibraryPage, lambda: DocumentLibraryPageFactory())


class TopicIndexPageFactory(PortalPageFactory):
    """The list of topics."""

    class Meta:
        model = TopicIndexPage

    title = "Темы"
    slug = "topics"
    parent = _first(HomePage, lambda: HomePageFactory())


class TopicPageFactory(PortalPageFactory):
    """A topic hub with a topic of its own."""

    class Meta:
        model = TopicPage

    topic = factory.SubFactory(TopicFactory)
    title = factory.LazyAttribute(lambda obj: obj.topic.name)
    body = factory.LazyFunction(lambda: body("Всё по теме."))
    parent = _first(TopicIndexPage, lambda: TopicIndexPageFactory())
