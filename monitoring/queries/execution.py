"""Loads a road map with everything in it: three queries in the source language, four in others.

Only what is published is read. Wording comes from the translation where one is published; figures,
dates, states and evidence always come from the record in the source language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import get_language

from core.enums import Access
from core.models import Card
from core.page_cache import depends_on, tags
from monitoring.enums import SETTLED
from monitoring.models import Indicator, IndicatorYear, Measure, MeasureResponsible, RoadMap
from monitoring.queries.records import (
    Direction,
    ExecutionReport,
    IndicatorLine,
    Link,
    MeasureLine,
    Plan,
    YearFigure,
)

SOURCE = settings.LANGUAGE_CODE
EVERYBODY = AnonymousUser()


def plans(language: str | None = None) -> list[Plan]:
    """All published road maps, the newest period first, in the words of ``language``; one query."""
    language = language or get_language() or SOURCE
    rows = list(
        RoadMap.objects.visible_to(EVERYBODY)
        .filter(locale__language_code__in={SOURCE, language})
        .order_by("-start_year", "slug", "work_items__sort_order")
        .values(
            *("pk", "translation_key", "title", "slug", "start_year", "end_year"),
            *("goal", "purpose", "basis", "locale__language_code"),
            *("work_items__code", "work_items__direction", "work_items__text"),
            *_card_fields("basis_page"),
        )
    )
    found: list[Plan] = []
    for versions in _by_translation(rows):
        source = versions.get(SOURCE)
        if source is None:
            continue
        words = versions.get(language, source)
        found.append(
            Plan(
                pk=source["pk"],
                key=str(source["translation_key"]),
                pks=frozenset(row["pk"] for row in versions.values()),
                title=words["title"],
                slug=source["slug"],
                start_year=source["start_year"],
                end_year=source["end_year"],
                goal=words["goal"],
                purpose=words["purpose"],
                basis=words["basis"],
                basis_link=_link(source, "basis_page"),
                directions=_directions(rows, words["pk"]) or _directions(rows, source["pk"]),
            )
        )
    return found


def execution_report(
    plan: Plan, *, language: str | None = None, on: date | None = None
) -> ExecutionReport:
    """Indicators, measures and directions of ``plan`` as everybody may see them; two queries.

    One more where the language is not the source language: evidence that is translated leads to
    its translation.
    """
    language = language or get_language() or SOURCE
    today = on or timezone.localdate()
    indicators = _load_indicators(plan, language)
    measures = _load_measures(plan, language)
    links = _Links(language)
    links.collect(
        [
            *(figure["evidence"] for item in indicators for figure in item.years),
            *(card for item in measures for card in item.evidence.values()),
        ]
    )
    numbers = {item.source["number"] for item in measures}
    return ExecutionReport(
        plan=plan,
        on=today,
        directions=plan.directions,
        indicators=tuple(_indicator_line(item, links) for item in indicators),
        measures=tuple(_measure_line(item, links, today, numbers) for item in measures),
    )


def indicator_lines(plan: Plan, *, language: str | None = None) -> list[IndicatorLine]:
    """Only the indicators of ``plan``, without links; one query."""
    links = _Links(SOURCE)
    items = _load_indicators(plan, language or get_language() or SOURCE)
    return [_indicator_line(item, links) for item in items]


# --- Reading ------------------------------------------------------------------------------------


def _card_fields(path: str) -> list[str]:
    """What is read of a linked page: its card exists exactly while everybody can find the page."""
    names = ("title", "url", "access", "translation_key")
    return [f"{path}_id", *(f"{path}__card__{name}" for name in names)]


def _card(row: dict[str, Any], path: str) -> dict[str, Any] | None:
    """The card of a linked page, or None where not everybody may open it."""
    if row[f"{path}_id"] is not None:
        depends_on(tags.page(row[f"{path}_id"]), tags.address(row[f"{path}_id"]))
    if row[f"{path}__card__access"] != Access.PUBLIC:
        return None
    return {name: row[f"{path}__card__{name}"] for name in ("title", "url", "translation_key")}


def _link(row: dict[str, Any], path: str) -> Link | None:
    card = _card(row, path)
    return None if card is None else Link(card["title"], card["url"])


def _by_translation(rows: Iterable[dict[str, Any]]) -> list[dict[str, dict[str, Any]]]:
    """Rows by translation key, then by language, in the order of the query."""
    found: dict[Any, dict[str, dict[str, Any]]] = {}
    for row in rows:
        versions = found.setdefault(row["translation_key"], {})
        versions.setdefault(row["locale__language_code"], row)
    return list(found.values())


@dataclass
class _IndicatorRows:
    source: dict[str, Any]
    words: dict[str, Any]
    years: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _MeasureRows:
    source: dict[str, Any]
    words: dict[str, Any]
    responsible: dict[int, str] = field(default_factory=dict)
    evidence: dict[int, dict[str, Any] | None] = field(default_factory=dict)


def _load_indicators(plan: Plan, language: str) -> list[_IndicatorRows]:
    year_fields = [
        f"years__{name}"
        for name in (
            *("pk", "year", "target", "fact", "numerator", "denominator", "comment"),
            *("confirmed_value", "confirmed_at"),
        )
    ]
    rows = list(
        Indicator.objects.visible_to(EVERYBODY)
        .filter(road_map__translation_key=plan.key, locale__language_code__in={SOURCE, language})
        .order_by("number", "years__year")
        .values(
            *("pk", "translation_key", "locale__language_code", "number", "name"),
            *("short_name", "unit", "unit_note", "method"),
            *year_fields,
            *_card_fields("years__evidence_page"),
        )
    )
    found = {}
    for versions in _by_translation(rows):
        if source := versions.get(SOURCE):
            found[source["pk"]] = _IndicatorRows(source, versions.get(language, source))
    for row in rows:
        if row["pk"] in found and row["years__pk"] is not None:
            row["evidence"] = _card(row, "years__evidence_page")
            found[row["pk"]].years.append(row)
    return list(found.values())


def _load_measures(plan: Plan, language: str) -> list[_MeasureRows]:
    rows = list(
        Measure.objects.visible_to(EVERYBODY)
        .filter(road_map__translation_key=plan.key, locale__language_code__in={SOURCE, language})
        .order_by("order", "number", "responsible__sort_order", "evidence__sort_order")
        .values(
            *("pk", "translation_key", "locale__language_code", "number", "title", "start"),
            *("end", "planned_result", "status", "status_comment", "see_also"),
            *("responsible__pk", "responsible__name", "responsible__position"),
            *("evidence__pk", "evidence__title", "evidence__role"),
            *_card_fields("evidence__page"),
        )
    )
    found = {}
    by_pk: dict[int, _MeasureRows] = {}
    for versions in _by_translation(rows):
        if source := versions.get(SOURCE):
            item = _MeasureRows(source, versions.get(language, source))
            found[source["pk"]] = item
            by_pk[item.words["pk"]] = item
    for row in rows:
        if row["responsible__pk"] and row["pk"] in by_pk:
            person = MeasureResponsible(
                name=row["responsible__name"], position=row["responsible__position"]
            )
            by_pk[row["pk"]].responsible[row["responsible__pk"]] = str(person)
        if row["evidence__pk"] and row["pk"] in found:
            card = _card(row, "evidence__page")
            if card is not None:
                card |= {"words": row["evidence__title"], "role": row["evidence__role"]}
            found[row["pk"]].evidence[row["evidence__pk"]] = card
    return list(found.values())


def _directions(rows: list[dict[str, Any]], road_map_pk: int) -> tuple[Direction, ...]:
    """The tasks of one record, gathered by the number of their direction («2.1» of «2.1.4»)."""
    found: dict[str, Direction] = {}
    for row in rows:
        number = row["work_items__code"]
        if row["pk"] != road_map_pk or number is None:
            continue
        code = number.rpartition(".")[0]
        before = found.get(code, Direction(code, row["work_items__direction"], ()))
        tasks = (*before.tasks, (number, row["work_items__text"]))
        found[code] = Direction(code, before.title, tasks)
    return tuple(found.values())


class _Links:
    """Links to cards, in the language of the reader where the page is translated."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.translated: dict[Any, tuple[str, str]] = {}

    def collect(self, cards: Iterable[dict[str, Any] | None]) -> None:
        """Find the translations of all cards at once; no query in the source language."""
        keys = {card["translation_key"] for card in cards if card} - set(self.translated)
        if self.language == SOURCE or not keys:
            return
        rows = (
            Card.objects.visible_to(EVERYBODY)
            .in_language(self.language)
            .filter(translation_key__in=keys)
        )
        for key, title, url in rows.values_list("translation_key", "title", "url"):
            self.translated[key] = (title, url)

    def link(self, card: dict[str, Any] | None) -> Link | None:
        if card is None:
            return None
        title, url = self.translated.get(card["translation_key"], (card["title"], card["url"]))
        words = card.get("words") if self.language == SOURCE else ""
        return Link(words or title, url, card.get("role", ""))


# --- Records ------------------------------------------------------------------------------------


def _indicator_line(item: _IndicatorRows, links: _Links) -> IndicatorLine:
    source, words = item.source, item.words
    in_words = Indicator(number=source["number"], name=words["name"], unit=words["unit"])
    return IndicatorLine(
        pk=source["pk"],
        number=source["number"],
        name=words["name"],
        heading=in_words.heading,
        short_name=words["short_name"] or in_words.heading,
        unit=words["unit"],
        unit_sign=in_words.unit_sign,
        unit_note=words["unit_note"],
        method=words["method"],
        anchor=in_words.anchor,
        years=tuple(_figure(row, links) for row in item.years),
    )


def _figure(row: dict[str, Any], links: _Links) -> YearFigure:
    year = IndicatorYear(
        fact=row["years__fact"],
        confirmed_at=row["years__confirmed_at"],
        confirmed_value=row["years__confirmed_value"],
    )
    return YearFigure(
        year=row["years__year"],
        target=row["years__target"],
        fact=row["years__fact"],
        numerator=row["years__numerator"],
        denominator=row["years__denominator"],
        comment=row["years__comment"],
        evidence=links.link(row["evidence"]),
        confirmed_at=year.confirmed_at if year.confirmed else None,
    )


def _measure_line(item: _MeasureRows, links: _Links, today: date, numbers: set[str]) -> MeasureLine:
    source, words = item.source, item.words
    evidence = (links.link(card) for card in item.evidence.values())
    return MeasureLine(
        pk=source["pk"],
        number=source["number"],
        title=words["title"],
        start=source["start"],
        end=source["end"],
        responsible=tuple(item.responsible.values()),
        planned_result=words["planned_result"],
        status=source["status"],
        status_comment=words["status_comment"],
        overdue=source["end"] < today and source["status"] not in SETTLED,
        evidence=tuple(link for link in evidence if link is not None),
        see_also=tuple(n.strip() for n in source["see_also"].split(",") if n.strip() in numbers),
    )
