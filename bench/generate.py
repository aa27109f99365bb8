"""Fills an empty database with a portal of a given size: `python -m bench.generate SIZE`.

Half are documents, half news, as an editor would have made them: rows of pages, their cards, topics
and search index, written in bulk. Words follow a known frequency, so that searches can be compared:
see WORDS. The text comes from the order that the project carries, so it is real Russian.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import time
import uuid
from datetime import date, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

# What share of the texts holds the word. The searches of the benchmark ask for these.
WORDS = {"педагог": 0.85, "аттестация": 0.08, "метеорология": 0.0003}
ABSENT = "дирижабль"
DAYS = 3650
BATCH = 2000


def main(size: int) -> None:
    """Make ``size`` pages; a database that already has them is left alone."""
    from django.core.management import call_command
    from wagtail.models import Page

    from core.models import Card

    call_command("migrate", verbosity=0)
    if Card.objects.count() >= size:
        return
    call_command("setup_portal", verbosity=0)
    began = time.monotonic()
    # The same numbers give the same portal.
    chance = random.Random(size)
    from home.models import DocumentLibraryPage, NewsIndexPage

    for parent, make, amount in (
        (DocumentLibraryPage.objects.get(locale__language_code="ru"), _document, size // 2),
        (NewsIndexPage.objects.get(locale__language_code="ru"), _news, size - size // 2),
    ):
        _fill(parent, make, amount, chance)
        Page.objects.filter(pk=parent.pk).update(numchild=parent.get_children().count())
        print(f"  {amount} below {parent.url_path}: {time.monotonic() - began:.0f} s", flush=True)
    _index()
    _tell_the_planner()
    print(f"  all indexed: {time.monotonic() - began:.0f} s", flush=True)


def _fill(parent: Any, make: Any, amount: int, chance: random.Random) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, transaction
    from django.utils import timezone
    from wagtail.models import Page

    from core.models import Card, CardTopic, Topic

    topics = list(Topic.objects.filter(locale=parent.locale))
    pool = _pool()
    first = parent.get_children().count() + 1
    last_path = parent.get_children().order_by("path").values_list("path", flat=True).last()
    number = Page._str2int(last_path[-Page.steplen :]) if last_path else 0
    for start in range(0, amount, BATCH):
        pages, specifics, cards, wanted = [], [], [], []
        for index in range(start, min(start + BATCH, amount)):
            number += 1
            text = _text(chance, pool)
            specific = make(chance, first + index, text)
            moment = timezone.now() - timedelta(minutes=amount - index)
            page = Page(
                path=parent.path + Page._int2str(number).rjust(Page.steplen, "0"),
                depth=parent.depth + 1,
                title=specific.title,
                draft_title=specific.title,
                slug=f"bench-{first + index}",
                url_path=f"{parent.url_path}bench-{first + index}/",
                content_type=ContentType.objects.get_for_model(type(specific)),
                locale=parent.locale,
                translation_key=uuid.uuid4(),
                live=True,
                has_unpublished_changes=False,
                first_published_at=moment,
                last_published_at=moment,
            )
            pages.append(page)
            specifics.append(specific)
            wanted.append((text, chance.sample(topics, chance.choice((0, 1, 1, 2)))))
        with transaction.atomic():
            Page.objects.bulk_create(pages, batch_size=500)
            model = type(specifics[0])
            fields = list(model._meta.local_concrete_fields)
            with connection.cursor() as cursor:
                columns = ", ".join(f'"{field.column}"' for field in fields)
                marks = "(" + ", ".join(["%s"] * len(fields)) + ")"
                rows = []
                for page, specific in zip(pages, specifics, strict=True):
                    specific.pk = specific.page_ptr_id = page.pk
                    rows.append(
                        [f.get_db_prep_save(f.pre_save(specific, True), connection) for f in fields]
                    )
                for part in range(0, len(rows), 200):
                    chunk = rows[part : part + 200]
                    cursor.execute(
                        f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES '
                        + ", ".join([marks] * len(chunk)),
                        [value for row in chunk for value in row],
                    )
            for page, specific, (text, chosen) in zip(pages, specifics, wanted, strict=True):
                cards.append(_card(page, specific, text))
                cards[-1].bench_topics = chosen
            Card.objects.bulk_create(cards, batch_size=500)
            CardTopic.objects.bulk_create(
                CardTopic(card=card, topic=topic, kind=card.kind, date=card.date)
                for card in cards
                for topic in card.bench_topics
            )


def _card(page: Any, specific: Any, text: str) -> Any:
    from core.models import Card
    from core.services.card_writing import number_key

    is_document = specific.card_kind == "document"
    group = specific.document_type if is_document else specific.rubric
    return Card(
        page_id=page.pk,
        kind=specific.card_kind,
        language=page.locale.language_code,
        translation_key=page.translation_key,
        title=page.title,
        summary=specific.summary,
        url="/" + page.url_path.split("/", 2)[2],
        date=specific.date,
        year=specific.date.year,
        group=group.slug,
        group_label=group.name,
        status=specific.status if is_document else "",
        direction=specific.direction if is_document else "",
        number=specific.number if is_document else "",
        number_key=number_key(specific.number) if is_document else "",
        details={"files": []} if is_document else {},
        text=text,
    )


def _body(text: str) -> str:
    half = len(text) // 2
    parts = [text[:half], text[half:]]
    return json.dumps(
        [{"type": "text", "value": f"<p>{part}</p>", "id": str(uuid.uuid4())} for part in parts]
    )


def _document(chance: random.Random, number: int, text: str) -> Any:
    from home.enums import Direction, DocumentStatus
    from home.models import DocumentPage

    statuses = list(DocumentStatus.values)
    return DocumentPage(
        title=f"{text[:60].strip().capitalize()} № {number}",
        summary=text[60:200],
        document_type=chance.choice(_all("home.DocumentType")),
        number=f"{number}",
        date=date.today() - timedelta(days=chance.randrange(DAYS)),
        issuer="Отдел образования",
        status=chance.choices(statuses, [10] + [1] * (len(statuses) - 1))[0],
        direction=chance.choice(list(Direction.values)),
        body=_body(text),
    )


def _news(chance: random.Random, number: int, text: str) -> Any:
    from home.models import NewsPage

    return NewsPage(
        title=f"{text[:60].strip().capitalize()} {number}",
        summary=text[60:200],
        date=date.today() - timedelta(days=chance.randrange(DAYS)),
        rubric=chance.choice(_all("home.Rubric")),
        body=_body(text),
    )


_cache: dict[str, list] = {}


def _all(label: str) -> list:
    from django.apps import apps

    if label not in _cache:
        model = apps.get_model(label)
        _cache[label] = list(model.objects.filter(locale__language_code="ru"))
    return _cache[label]


def _pool() -> list[str]:
    from portal.settings.environment import BASE_DIR

    text = (BASE_DIR / "home" / "data" / "order_64.txt").read_text(encoding="utf-8")
    found = sorted(set(re.findall(r"[а-яё]{4,}", text.lower())))
    return [word for word in found if not word.startswith(("педагог", "аттестац"))]


def _text(chance: random.Random, pool: list[str]) -> str:
    # Few words are said often, most seldom, as in any language.
    words = [pool[int(len(pool) * chance.random() ** 2)] for _ in range(100)]
    for word, share in WORDS.items():
        if chance.random() < share:
            words[chance.randrange(len(words))] = word
    return " ".join(words)


def _index() -> None:
    from django.core.management import call_command

    call_command("update_index", verbosity=0)


def _tell_the_planner() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
