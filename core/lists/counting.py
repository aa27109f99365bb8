"""How many cards every value of every facet would leave; one query for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast

from core.facets import Chosen, FacetGroup, Option
from core.lists.selection import TOPIC, YEAR, CardSelection
from core.models import CardFacet, CardQuerySet, CardTopic

# Facet, value, its words where the cards tell them, number of cards.
Counts = list[tuple[str, str, str, int]]
# Words of the values by facet, in the order in which people expect them.
Names = Mapping[str, Mapping[str, str]]
_ALL = "all"
# The column whose words stand on the card itself.
_LABELS = {"group": "group_label"}


def count(cards: CardQuerySet, selection: CardSelection) -> tuple[Counts, int]:
    """Counts of every value of every facet, and the number of all cards.

    The counts of a facet leave out what is chosen in it: they say what another choice would give.
    """
    parts = [
        _of_column(selection.filter(cards, leave_out=name), name, column)
        for name, column in selection.columns.items()
    ]
    rows = [name for name in selection.facets.values if name not in selection.columns]
    if TOPIC in rows:
        rows.remove(TOPIC)
        parts.append(_of_topics(selection.filter(cards, leave_out=TOPIC)))
    # What nothing is chosen in is counted over the same cards, all at once.
    free = [name for name in rows if name not in selection.chosen]
    together = [free] if free else []
    together += [[name] for name in rows if name in selection.chosen]
    parts += [_of_rows(selection.filter(cards, leave_out=names[0]), names) for names in together]
    parts.append(_counted(selection.filter(cards), Value(_ALL, CharField()), "kind"))
    counts: Counts = sorted(parts[0].union(*parts[1:], all=True))
    return counts, sum(n for name, _value, _label, n in counts if name == _ALL)


def _of_column(cards: CardQuerySet, name: str, column: str) -> QuerySet[Any]:
    if column != YEAR:
        cards = cards.exclude(**{column: ""})
    return _counted(cards, Value(name, CharField()), column, _LABELS.get(column, ""))


def _of_topics(cards: CardQuerySet) -> QuerySet[Any]:
    rows = CardTopic.objects.filter(card__in=cards.order_by().values("pk"))
    return _counted(rows, Value(TOPIC, CharField()), "topic__slug")


def _of_rows(cards: CardQuerySet, names: list[str]) -> QuerySet[Any]:
    rows = CardFacet.objects.filter(card__in=cards.order_by().values("pk"), name__in=names)
    return _counted(rows, Cast(F("name"), CharField()), "value")


def _counted(rows: QuerySet[Any], facet: Any, value: str, label: str = "") -> QuerySet[Any]:
    return (
        rows.order_by()
        .annotate(
            facet=facet,
            facet_value=Cast(F(value), CharField()),
            facet_label=Cast(F(label) if label else Value(""), CharField()),
        )
        .values_list("facet", "facet_value", "facet_label")
        .annotate(n=Count("pk"))
        .values_list("facet", "facet_value", "facet_label", "n")
    )


def named(counts: Counts, selection: CardSelection, names: Names) -> Counts:
    """The counts with words instead of codes, in the order in which people expect them."""
    found: Counts = []
    for facet in selection.facets.values:
        rows = [row for row in counts if row[0] == facet]
        if facet in names:
            order = list(names[facet])
            rows = [
                (facet, value, names[facet][value], n)
                for _facet, value, _label, n in rows
                if value in names[facet]
            ]
            rows.sort(key=lambda row: order.index(row[1]))
        elif selection.columns.get(facet) == YEAR:
            rows.sort(key=lambda row: row[1], reverse=True)
        else:
            # What is not published in this language has no name here.
            rows = sorted((row for row in rows if row[2]), key=lambda row: row[2].casefold())
        found += rows
    return found


def groups_of(counts: Counts, selection: CardSelection, names: Names) -> list[FacetGroup]:
    """The facets as their component shows them."""
    groups = []
    for name, title in selection.facets.choices:
        chosen = selection.chosen.get(name, ())
        options = [
            Option(value, label or value, n, value in chosen)
            for facet, value, label, n in counts
            if facet == name
        ]
        # What is chosen stays in sight, so that it can be taken away.
        known = {option.value for option in options}
        options += [
            Option(value, names.get(name, {}).get(value, value), 0, True)
            for value in chosen
            if value not in known
        ]
        groups.append(FacetGroup(name, str(title), options))
    return groups


def chosen_of(groups: list[FacetGroup], selection: CardSelection) -> list[Chosen]:
    """What is chosen, each with the address without it."""
    chosen = [
        Chosen(option.label, selection.without(group.name, option.value))
        for group in groups
        for option in group.options
        if option.checked and option.value
    ]
    if selection.words:
        chosen.insert(0, Chosen(f"«{selection.words}»", selection.address(words="")))
    return chosen
