"""The document library: facets with counts, the number of documents, one page of the list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from core.facets import Chosen, FacetGroup, Option
from core.models import Card, CardFacet, CardQuerySet, CardTopic, Topic
from core.page_cache import depends_on, remember, silenced, tags
from core.permissions import is_signed_in
from core.search.catalogue import CAP, candidates
from core.search.query import parse
from home.enums import Direction, DocumentStatus
from home.queries.keyset import KeysetPage, page_of
from home.queries.selection import FacetName, Selection, Sort
from monitoring.models import Measure

if TYPE_CHECKING:
    from core.permissions import Visitor

PAGE_SIZE = 20
COUNT_LIMIT = 10_000
KIND = "document"
_ALL = "all"
_COLUMNS = {
    FacetName.TYPE: "group",
    FacetName.STATUS: "status",
    FacetName.DIRECTION: "direction",
    FacetName.YEAR: "year",
}
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@dataclass(frozen=True)
class Library:
    """Everything the library page shows; ``key`` names all that the facets depend on, if kept."""

    page: KeysetPage
    groups: list[FacetGroup]
    total: int
    is_capped: bool
    chosen: list[Chosen]
    key: str = ""


Counts = list[tuple[str, str, str, int]]


def library(*, selection: Selection, user: Visitor, language: str) -> Library:
    """What the library shows to ``user``; reads cards alone.

    One query when the counts are kept, two when they are not.
    """
    everything = Card.objects.of_kind(KIND).in_language(language).visible_to(user)
    words_capped, key = False, ""
    if selection.words:
        everything, words_capped = with_words(everything, selection.words)
        groups, total = _facets(everything, selection, language)
    else:
        key = _key(selection, user, language)
        groups, total = _kept_facets(key, everything, selection, language)
    return Library(
        page=page_of(selection.filter(everything), selection, PAGE_SIZE),
        groups=groups,
        total=min(total, COUNT_LIMIT),
        is_capped=words_capped or total > COUNT_LIMIT,
        chosen=_chosen(groups, selection) if selection.is_narrowed else [],
        key=key,
    )


def facets_of(*, selection: Selection, user: Visitor, language: str) -> list[FacetGroup]:
    """The facets alone, where no words are asked for."""
    cards = Card.objects.of_kind(KIND).in_language(language).visible_to(user)
    return _kept_facets(_key(selection, user, language), cards, selection, language)[0]


def _key(selection: Selection, user: Visitor, language: str) -> str:
    audience = "in" if is_signed_in(user) else "out"
    chosen = blake2b(selection.key.encode(), digest_size=12).hexdigest()
    return f"library:{language}:{audience}:{chosen}"


def _kept_facets(
    key: str, cards: CardQuerySet, selection: Selection, language: str
) -> tuple[list[FacetGroup], int]:
    """The facets, kept until a document of this language changes."""

    def build() -> tuple[list[FacetGroup], int]:
        with silenced():
            found = _facets(cards, selection, language)
        depends_on(tags.cards(KIND, language), Topic, Measure)
        return found

    return remember(key, build)


def _facets(
    cards: CardQuerySet, selection: Selection, language: str
) -> tuple[list[FacetGroup], int]:
    counts, total = _count(cards, selection, language)
    return _groups(counts, selection), total


def with_words(cards: CardQuerySet, words: str) -> tuple[CardQuerySet, bool]:
    """The cards that hold the words, carry them as their number or were issued on that date.

    Also says whether older hits were left out: only the newest few hundred are looked at.
    """
    found = candidates(cards=cards, terms=parse(words))
    condition = Q(pk__in=list(found))
    number = words.lstrip("№ ").strip()
    if number:
        condition |= Q(number__iexact=number)
    if (match := _DATE.fullmatch(words)) and (day := _date_of(match)):
        condition |= Q(date=day)
    return cards.filter(condition), len(found) > CAP


def _date_of(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def _count(cards: CardQuerySet, selection: Selection, language: str) -> tuple[Counts, int]:
    """Counts of every value of every facet with their names, and the number of all; one query.

    The counts of a facet leave out what is chosen in it: they say what another choice would give.
    """
    parts = [
        _by_column(selection.filter(cards, leave_out=name), name, column)
        for name, column in _COLUMNS.items()
    ]
    for name, model, value in (
        (FacetName.TOPIC, CardTopic, "topic__slug"),
        (FacetName.MEASURE, CardFacet, "value"),
    ):
        inside = selection.filter(cards, leave_out=name).order_by().values("pk")
        rows: QuerySet[Any] = model.objects.filter(card__in=inside)
        if model is CardFacet:
            rows = rows.filter(name=name)
        parts.append(_counted(rows, name, value, Value("")))
    parts.append(_counted(selection.filter(cards), _ALL, "kind", Value("")))
    counts: Counts = sorted(parts[0].union(*parts[1:], all=True))
    total = sum(n for name, _value, _label, n in counts if name == _ALL)
    return _named(counts, language), total


def _by_column(cards: CardQuerySet, name: str, column: str) -> QuerySet[Any]:
    label = F("group_label") if name == FacetName.TYPE else Value("")
    return _counted(
        cards.exclude(**{column: ""}) if column != "year" else cards, name, column, label
    )


def _counted(rows: QuerySet[Any], name: str, value: str, label: Any) -> QuerySet[Any]:
    return (
        rows.order_by()
        .annotate(
            facet=Value(name, CharField()),
            facet_value=Cast(F(value), CharField()),
            facet_label=Cast(label, CharField()),
        )
        .values_list("facet", "facet_value", "facet_label")
        .annotate(n=Count("pk"))
        .values_list("facet", "facet_value", "facet_label", "n")
    )


def _named(counts: Counts, language: str) -> Counts:
    """The counts with words instead of codes, in the order in which people expect them."""
    names: dict[str, dict[str, str]] = {
        FacetName.STATUS: dict.fromkeys(DocumentStatus.values, ""),
        FacetName.DIRECTION: dict.fromkeys(Direction.values, ""),
        FacetName.TOPIC: remember(f"topic-names:{language}", lambda: _topic_names(language)),
        FacetName.MEASURE: remember(f"measure-names:{language}", lambda: _measure_names(language)),
    }
    named: Counts = []
    for name in FacetName.values:
        rows = [row for row in counts if row[0] == name]
        if name in names:
            order = list(names[name])
            rows = [
                (name, value, names[name][value], n)
                for _facet, value, _label, n in rows
                if value in order
            ]
            rows.sort(key=lambda row: order.index(row[1]))
        elif name == FacetName.YEAR:
            rows.sort(key=lambda row: row[1], reverse=True)
        else:
            # A type that is not published in this language has no name here.
            rows = sorted((row for row in rows if row[2]), key=lambda row: row[2].casefold())
        named += rows
    return named


def _topic_names(language: str) -> dict[str, str]:
    topics = Topic.objects.filter(locale__language_code=language, live=True)
    return dict(topics.values_list("slug", "name"))


def _measure_names(language: str) -> dict[str, str]:
    measures = Measure.objects.filter(locale__language_code=language).order_by(
        "road_map__start_year", "order"
    )
    names = {}
    for slug, number, title in measures.values_list("road_map__slug", "number", "title"):
        names[measure_value(slug, number)] = f"{number.rstrip('.')}. {_shortened(title)}"
    return names


def measure_value(road_map_slug: str, number: str) -> str:
    """How a measure stands in the address: «2020-2024:4.1»."""
    return f"{road_map_slug}:{number.rstrip('.')}"


def _shortened(text: str, length: int = 70) -> str:
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]}…"


def _groups(counts: Counts, selection: Selection) -> list[FacetGroup]:
    groups = []
    for name in FacetName:
        chosen = selection.chosen.get(name, ())
        options = [
            Option(value, _label(name, value, label), n, value in chosen)
            for facet, value, label, n in counts
            if facet == name
        ]
        # What is chosen stays in sight, so that it can be taken away.
        known = {option.value for option in options}
        options += [
            Option(value, _label(name, value, ""), 0, True)
            for value in chosen
            if value not in known
        ]
        if options and name == FacetName.MEASURE and len(chosen) < 2:
            options.insert(0, Option("", str(_("any measure")), None, not chosen))
            groups.append(FacetGroup(name, str(name.label), options, "select"))
        else:
            groups.append(FacetGroup(name, str(name.label), options))
    return groups


def _label(name: str, value: str, label: str) -> str:
    if name == FacetName.STATUS and value in DocumentStatus.values:
        return str(DocumentStatus(value).label)
    if name == FacetName.DIRECTION and value in Direction.values:
        return str(Direction(value).label)
    return label or value


def _chosen(groups: Iterable[FacetGroup], selection: Selection) -> list[Chosen]:
    chosen = [
        Chosen(option.label, selection.without(group.name, option.value))
        for group in groups
        for option in group.options
        if option.checked and option.value
    ]
    if selection.words:
        chosen.insert(0, Chosen(f"«{selection.words}»", selection.address(words="")))
    return chosen


def sort_group(selection: Selection) -> FacetGroup:
    """The order of the list, shown with the facets so that one form holds the whole choice."""
    options = [
        Option(value, str(label), None, value == selection.sort) for value, label in Sort.choices
    ]
    return FacetGroup("sort", _("Order"), options, "select")


def is_number(number: str) -> bool:
    """Whether «№» belongs before it: «без номера» is words."""
    return number[:1].isdigit()
