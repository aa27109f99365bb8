"""Three pages of the demonstration in English, translated as a translator does it in the admin."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from core.bulk import writing_much
from home.services.seeding import find_page, once
from home.services.structure import read_data

LANGUAGE = "en"


@writing_much()
def load_demo_translations() -> None:
    """Translate the pages once; editors find them in the list of translations like any other."""
    locale = Locale.objects.filter(language_code=LANGUAGE).first()
    if locale is None:
        return
    for key, words in read_data("demo_english.json").items():
        page = find_page(key)
        if page is not None and page.live and once(f"translation:{LANGUAGE}:{key}"):
            translate_page(page=page, locale=locale, words=words)


@transaction.atomic
def translate_page(*, page: Page, locale: Locale, words: dict[str, str]) -> None:
    """Publish ``page`` in ``locale``; ``words`` gives the translation of each string.

    A string without a translation stays in the source language, as the admin shows it.
    """
    translate_object(page, [locale])
    source = TranslationSource.objects.get_for_instance(page)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    for segment in segments:
        if segment.string.data in words:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={
                    "data": words[segment.string.data],
                    "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                },
            )
    Translation.objects.get(source=source, target_locale=locale).save_target(publish=True)
