"""Translations: everything readable translates, and only real translations are offered."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import TestCase
from wagtail.models import Locale
from wagtail_localize.models import (
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.operations import translate_object

from core.blocks import BodyBlock
from core.models import Card, Topic
from home.models import DocumentType, Rubric, TopicPage
from monitoring.models import Indicator, Measure
from tests.factories.core import PortalDocumentFactory, PortalImageFactory, TopicFactory
from tests.factories.home import (
    DocumentPageFactory,
    NewsPageFactory,
    StandardPageFactory,
    TopicPageFactory,
)

pytestmark = pytest.mark.django_db


def translate(instance: Any, locale: Locale) -> Any:
    """Translate every string of ``instance`` as a translator does; «EN » stands before each."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        translate_object(instance, [locale])
    source = TranslationSource.objects.get_for_instance(instance)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": f"EN {segment.string.data}"},
        )
    publish(source, locale)
    return source.get_translated_instance(locale)


def publish(source: TranslationSource, locale: Locale) -> None:
    """Publish the translation as the translator's button does."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        Translation.objects.get(source=source, target_locale=locale).save_target(publish=True)


def every_block() -> list[dict[str, Any]]:
    """One block of every type, every text of it different."""
    image, file = PortalImageFactory(), PortalDocumentFactory()
    picture = {
        "image": {"image": image.pk, "alt_text": "Описание снимка", "decorative": False},
        "caption": "Подпись снимка",
    }
    link = {"text": "Слова ссылки", "page": None, "url": "https://example.ru/"}
    blocks: dict[str, Any] = {
        "heading": {"text": "Заголовок", "anchor": "zagolovok"},
        "text": "<p>Абзац с <b>жирным</b> словом.</p><ul><li>Пункт</li></ul>",
        "quote": {"text": "Цитата", "author": "Автор", "role": "Роль"},
        "table": {
            "caption": "Подпись таблицы",
            "table": {
                "caption": "Внутренняя подпись",
                "columns": [
                    {"type": "text", "heading": "Колонка"},
                    {"type": "number", "heading": "Число"},
                    {"type": "rich_text", "heading": "Пояснение"},
                ],
                "rows": [
                    {"values": ["Ячейка", "12.5", "<p>Богатая ячейка</p>"]},
                    {"values": ["Вторая ячейка", None, ""]},
                    {"values": ["Ячейка", "0", "<p>Богатая ячейка</p>"]},
                ],
            },
        },
        "image": picture,
        "gallery": {"title": "Галерея", "images": [picture, picture]},
        "documents": {
            "title": "Список файлов",
            "items": [{"title": "Имя файла", "document": file.pk}],
        },
        "video": {
            "title": "Фильм",
            "file": file.pk,
            "captions": None,
            "poster": None,
            "transcript": "<p>Расшифровка</p>",
        },
        "accordion": {"items": [{"title": "Вопрос", "text": "<p>Ответ</p>"}]},
        "call_to_action": {"title": "Призыв", "text": "Текст призыва", "link": link},
        "contact": {
            "name": "Кабинет",
            "position": "Должность",
            "phone": "+7 900",
            "email": "a@example.ru",
            "address": "Адрес",
            "hours": "Часы",
        },
        "steps": {"title": "Шаги", "items": [{"title": "Шаг", "text": "<p>Что делать</p>"}] * 2},
        "people": {
            "title": "Люди",
            "people": [
                {"name": "Имя", "position": "Пост", "photo": None, "phone": "1", "email": ""}
            ],
        },
    }
    assert set(blocks) == set(BodyBlock().child_blocks), "a new block needs its line here"
    raw = [{"type": name, "value": value} for name, value in blocks.items()]
    value = BodyBlock().to_python(raw)
    # As the editor's form does: every item of a list has its mark.
    for child in value:
        child.get_prep_value()
    return value.get_prep_value()


# What a translation keeps as it is: addresses, numbers, links to files, technical words.
KEPT = {"anchor", "url", "email", "id", "type", "document", "file", "page", "decorative", "poster"}


def texts(value: Any, key: str = "") -> list[str]:
    """All readable strings of raw block data, in their order."""
    if isinstance(value, dict):
        return [text for name, part in value.items() for text in texts(part, name)]
    if isinstance(value, list):
        return [text for part in value for text in texts(part, key)]
    return [value] if isinstance(value, str) and value and key not in KEPT else []


def shape(value: Any) -> Any:
    """Raw block data without its readable strings."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items() if name != "id"}
    if isinstance(value, list):
        return [shape(part) for part in value]
    return "text" if isinstance(value, str) else value


def test_every_block_translates_with_its_structure(site_tree: Any, english: Locale) -> None:
    page = StandardPageFactory(title="Все блоки", body=every_block())
    source = page.body.get_prep_value()

    translated = translate(page, english)

    result = translated.body.get_prep_value()
    assert translated.title == "EN Все блоки"
    assert shape(result) == shape(source)
    numbers = {"12.5", "0"}
    for before, after in zip(texts(source), texts(result), strict=True):
        if before in numbers:
            assert after == before
        elif before.startswith("<p>"):
            assert "EN " in after, before
        else:
            assert after == f"EN {before}"


def test_a_new_row_leaves_the_translations_of_other_cells(site_tree: Any, english: Locale) -> None:
    page = StandardPageFactory(body=[block for block in every_block() if block["type"] == "table"])
    translate(page, english)
    raw = page.body.get_prep_value()
    raw[0]["value"]["table"]["rows"].insert(0, {"values": ["Новая строка", "1", ""]})
    page.body = page.body.stream_block.to_python(raw)
    page.save_revision().publish()

    source = TranslationSource.objects.get_for_instance(page)
    source.update_from_db()
    translation = Translation.objects.get(source=source, target_locale=english)
    assert translation.get_progress() == (11, 10)
    translate(page, english)

    table = source.get_translated_instance(english).body[0].value["table"]
    cells = [row["values"][0] for row in table.row_data]
    assert cells == ["EN Новая строка", "EN Ячейка", "EN Вторая ячейка", "EN Ячейка"]


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Topic, {"name": "Аттестация", "slug": "attestaciya"}),
        (Rubric, {"name": "Конкурсы", "slug": "konkursy"}),
        (DocumentType, {"name": "приказ", "slug": "prikaz"}),
    ],
)
def test_snippets_translate_and_keep_their_slug(
    english: Locale, model: Any, values: dict[str, str]
) -> None:
    item = model.objects.create(locale=Locale.get_default(), **values)

    translated = translate(item, english)

    assert translated.name == f"EN {values['name']}"
    assert translated.slug == values["slug"]
    assert translated.locale == english


def test_news_points_to_topics_and_rubric_of_its_language(site_tree: Any, english: Locale) -> None:
    known, unknown = TopicFactory(name="Известная"), TopicFactory(name="Без перевода")
    translate(site_tree.home, english)
    english_topic = translate(known, english)
    page = NewsPageFactory(topics=[known, unknown])
    translate(page.rubric, english)

    translated = translate(page, english)

    assert translated.rubric.locale == english
    assert list(translated.topics.order_by("pk")) == [unknown, english_topic]
    assert translated.date == page.date
    card = Card.objects.get(page=translated)
    assert card.language == "en"
    assert card.group_label == f"EN {page.rubric.name}"


def test_document_keeps_number_and_date(site_tree: Any, english: Locale) -> None:
    page = DocumentPageFactory(number="64", with_file=True)
    translate(page.document_type, english)
    translated = translate(page, english)
    assert (translated.number, translated.date) == ("64", page.date)
    assert translated.files.count() == 1
    assert translated.document_type.name == f"EN {page.document_type.name}"


def test_topic_page_translates_with_its_topic(site_tree: Any, english: Locale) -> None:
    page = TopicPageFactory()
    translated = translate(page, english)
    assert translated.topic.locale == english
    assert translated.topic.translation_key == page.topic.translation_key
    assert TopicPage.objects.count() == 2


def test_a_topic_has_one_page_in_a_language(site_tree: Any) -> None:
    page = TopicPageFactory()
    twin = TopicPage(title="Вторая", slug="vtoraya", topic=page.topic, locale=page.locale)
    with pytest.raises(Exception, match="topic"):
        site_tree.topics.add_child(instance=twin)


def test_changed_address_is_carried_to_the_translation(site_tree: Any, english: Locale) -> None:
    page = StandardPageFactory(slug="staryj")
    translate(page, english)
    page.slug = "novyj"
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()

    translated = page.get_translation(english)
    assert translated.slug == "novyj"
    source = TranslationSource.objects.get_for_instance(page)
    publish(source, english)
    assert page.get_translation(english).slug == "novyj"


def test_address_that_a_translator_chose_stays(site_tree: Any, english: Locale) -> None:
    page = StandardPageFactory(slug="staryj")
    translated = translate(page, english)
    translated.slug = "own"
    translated.save_revision().publish()
    page.slug = "novyj"
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    assert page.get_translation(english).slug == "own"


def test_records_of_the_road_map_translate(portal: None, english: Locale) -> None:
    measure = Measure.objects.get(number="4.13")
    indicator = Indicator.objects.get(number=1)

    translated = translate(measure, english)
    figure = translate(indicator, english)

    assert translated.title == f"EN {measure.title}"
    assert (translated.number, translated.start, translated.end) == (
        measure.number,
        measure.start,
        measure.end,
    )
    assert translated.road_map.locale == english
    assert translated.road_map.translation_key == measure.road_map.translation_key
    assert figure.name == f"EN {indicator.name}"
    assert [(item.year, item.target) for item in figure.years.all()] == [
        (item.year, item.target) for item in indicator.years.all()
    ]
    assert measure.road_map.measures.count() == 32
