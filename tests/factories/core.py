"""Factories of the ground: topics, images, files, and the base of every page factory."""

from __future__ import annotations

import io
import uuid
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import factory
from anyascii import anyascii
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify
from factory.django import DjangoModelFactory
from PIL import Image as PillowImage
from wagtail.models import Collection, Locale, Page, PageViewRestriction

from core.bulk import writing_much
from core.models import CalendarDay, PortalDocument, PortalImage, Topic

# The smallest files that a check by content takes for what their names say.
PDF_BYTES = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n161\n%%EOF\n"
)


def png_bytes(*, width: int = 32, height: int = 32, colour: str = "#2f6f4e") -> bytes:
    """A real picture of one colour."""
    buffer = io.BytesIO()
    PillowImage.new("RGB", (width, height), colour).save(buffer, "PNG")
    return buffer.getvalue()


def source_locale() -> Locale:
    """The language in which editors write."""
    return Locale.get_default()


def root_collection() -> Collection:
    """The collection at the top, which a migration made."""
    return Collection.get_first_root_node()


class TopicFactory(DjangoModelFactory):
    """A topic in the source language."""

    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"Тема {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")
    order = factory.Sequence(lambda n: n)
    locale = factory.LazyFunction(source_locale)
    translation_key = factory.LazyFunction(uuid.uuid4)


class PortalImageFactory(DjangoModelFactory):
    """An uploaded picture with alternative text."""

    class Meta:
        model = PortalImage

    title = factory.Sequence(lambda n: f"Фотография {n}")
    description = "Учителя за круглым столом"
    collection = factory.LazyFunction(root_collection)
    file = factory.LazyFunction(lambda: ContentFile(png_bytes(), "photo.png"))


class PortalDocumentFactory(DjangoModelFactory):
    """An uploaded PDF; ``content`` and ``filename`` make another kind of file."""

    class Meta:
        model = PortalDocument
        exclude = ["content", "filename"]

    content = PDF_BYTES
    filename = "приказ.pdf"
    title = factory.Sequence(lambda n: f"Файл {n}")
    collection = factory.LazyFunction(root_collection)
    file = factory.LazyAttribute(lambda obj: ContentFile(obj.content, obj.filename))
    file_size = factory.LazyAttribute(lambda obj: len(obj.content))


class PortalPageFactory(DjangoModelFactory):
    """A page as an editor makes it: below its parent, with a revision, published.

    Traits: ``draft``, ``scheduled`` (tomorrow), ``expired_yesterday``, ``signed_in_only`` and
    ``restricted`` (a password that lists must not know). A subclass says where its pages stand.
    """

    class Meta:
        abstract = True

    class Params:
        draft = factory.Trait(live=False)
        scheduled = factory.Trait(
            go_live_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
        )
        expired_yesterday = factory.Trait(
            live=False,
            expired=True,
            expire_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
        )
        signed_in_only = factory.Trait(restriction=PageViewRestriction.LOGIN)
        restricted = factory.Trait(restriction=PageViewRestriction.PASSWORD)

    title = factory.Sequence(lambda n: f"Страница {n}")
    slug = factory.LazyAttributeSequence(lambda obj, n: f"{slugify(anyascii(obj.title))[:60]}-{n}")
    live = True
    restriction: Any = None
    parent: Any = None

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        parent: Page = kwargs.pop("parent")
        wants_live = kwargs.pop("live")
        restriction = kwargs.pop("restriction")
        kwargs.setdefault("locale", parent.locale if parent.depth > 1 else source_locale())
        page = model_class(live=False, **kwargs)
        with writing_much():
            Page.objects.get(pk=parent.pk).add_child(instance=page)
            if restriction:
                PageViewRestriction.objects.create(
                    page=page, restriction_type=restriction, password="слово"
                )
            # It was cleaned a moment ago, when it came into the tree.
            with patch.object(model_class, "full_clean"):
                revision = page.save_revision()
                if wants_live:
                    revision.publish()
        return model_class.objects.get(pk=page.pk)

    @classmethod
    def _build(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        kwargs.pop("parent")
        kwargs.pop("restriction")
        return model_class(**kwargs)


class CalendarDayFactory(DjangoModelFactory):
    """A day off that no calendar knows."""

    class Meta:
        model = CalendarDay

    day = factory.Sequence(lambda n: date(2031, 1, 1) + timedelta(days=n))
    name = "Выходной по указу"
