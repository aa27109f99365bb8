"""The teaching staff of the district in numbers that give nobody away: see queries.disclosure.

Each person counts once, at the main job; only organisations of the public directory count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, When
from django.utils.translation import gettext as _

from people.enums import Category, Employment, OrganisationKind
from people.models import Organisation, StaffPosition, StaffRecord, TeachingLoad
from people.queries.disclosure import Shown, hide_small, hide_small_cells, is_small

AGES = ((0, 24), (25, 29), (30, 34), (35, 39), (40, 44), (45, 49), (50, 54), (55, 59), (60, 200))
SERVICE = ((0, 2), (3, 4), (5, 9), (10, 14), (15, 19), (20, 29), (30, 200))


@dataclass(frozen=True)
class Group:
    """A group with its number; None is hidden."""

    title: str
    count: Shown


@dataclass(frozen=True)
class Division:
    """The people divided into groups. ``apart`` is False where one person is in several."""

    name: str
    title: str
    groups: list[Group]
    apart: bool = True

    @property
    def hides(self) -> bool:
        """Something here is not shown."""
        return any(group.count is None for group in self.groups)

    @property
    def largest(self) -> int:
        """The largest number that is shown."""
        return max((group.count or 0 for group in self.groups), default=0)


@dataclass(frozen=True)
class Table:
    """Organisations by categories, with totals both ways."""

    columns: list[str]
    rows: list[tuple[str, list[tuple[str, Shown]], int]]
    totals: list[int]


@dataclass(frozen=True)
class Totals:
    """Everything the page shows; ``people`` is None while there are too few."""

    people: Shown
    divisions: list[Division]
    table: Table | None


@dataclass(frozen=True)
class _Person:
    kind: str
    organisation: str
    category: str
    age: int
    service: int | None


def staff_totals(day: date) -> Totals:
    """The people who work on ``day``; two queries."""
    people = _people(day)
    if is_small(len(people)) or not people:
        return Totals(None if people else 0, [], None)
    kinds = hide_small(Counter(person.kind for person in people))
    categories = hide_small(Counter(person.category for person in people))
    divisions = [
        _division("kinds", _("By kind of organisation"), kinds, _words(OrganisationKind)),
        _division("categories", _("By category"), categories, _words(Category)),
        _by_years("ages", _("By age"), AGES, [person.age for person in people]),
        _by_years(
            "service",
            _("By teaching service"),
            SERVICE,
            [person.service for person in people if person.service is not None],
        ),
        _subjects(day),
    ]
    found = [division for division in divisions if division.groups]
    return Totals(len(people), found, _table(people, kinds, categories))


def _people(day: date) -> list[_Person]:
    main = Case(When(employment=Employment.MAIN, then=0), default=1, output_field=IntegerField())
    rows = (
        StaffPosition.objects.held_on(day)
        .filter(organisation__in=Organisation.objects.in_directory().order_by())
        .order_by("record_id", main, F("rate").desc(), "starts_on", "pk")
        .values_list(
            *("record_id", "organisation__kind", "organisation__name", "record__category"),
            *("record__birth_date", "record__teaching_since"),
        )
    )
    found: dict[int, _Person] = {}
    for pk, kind, organisation, category, born, since in rows:
        if pk not in found:
            known = StaffRecord(birth_date=born, teaching_since=since)
            found[pk] = _Person(
                *(kind, organisation, category, known.age_on(day), known.teaching_years_on(day))
            )
    return list(found.values())


def _words(choices: Any) -> Callable[[str], str]:
    return lambda value: str(choices(value).label)


def _division(
    name: str, title: str, counts: Mapping[Any, Shown], words: Callable[[Any], str]
) -> Division:
    order = sorted(counts, key=lambda key: (-(counts[key] or 0), words(key)))
    return Division(name, title, [Group(words(key), counts[key]) for key in order])


def _by_years(
    name: str, title: str, bands: Sequence[tuple[int, int]], years: Sequence[int]
) -> Division:
    counts: dict[tuple[int, int], int] = dict.fromkeys(bands, 0)
    for number in years:
        band = next(item for item in bands if item[0] <= max(number, 0) <= item[1])
        counts[band] += 1
    shown = hide_small(counts)
    return Division(name, title, [Group(_band(*band), shown[band]) for band in bands])


def _band(first: int, last: int) -> str:
    if first == 0:
        return _("under %(n)s years") % {"n": last + 1}
    if last >= 200:
        return _("%(n)s years and more") % {"n": first}
    return _("%(first)s–%(last)s years") % {"first": first, "last": last}


def _subjects(day: date) -> Division:
    """People by the subjects they teach; who teaches two is counted in both."""
    working = StaffRecord.objects.working_on(day).order_by().values("pk")
    counts = (
        TeachingLoad.objects.filter(record__in=working)
        .order_by()
        .values("subject__name")
        .annotate(people=Count("record", distinct=True))
        .values_list("subject__name", "people")
    )
    # Nothing adds up here, so a small group alone is hidden, and its name with it.
    shown = {name: people for name, people in counts if not is_small(people)}
    title = _("By subject")
    return Division("subjects", title, _division("subjects", title, shown, str).groups, apart=False)


def _table(
    people: Sequence[_Person], kinds: Mapping[str, Shown], categories: Mapping[str, Shown]
) -> Table | None:
    """Organisations by categories; those that may not be named stand together in the last row."""
    named = _organisations_that_may_be_named(people, kinds)
    shown_categories = [value for value in Category.values if categories.get(value)]
    # Categories that are hidden alone are shown together: their sum is known anyway.
    others = any(count is None for count in categories.values())
    columns = [*shown_categories, *([None] if others else [])]
    counts = Counter(
        (
            person.organisation if person.organisation in named else "",
            person.category if person.category in shown_categories else None,
        )
        for person in people
    )
    organisations = [*sorted(named), *([""] if any(key[0] == "" for key in counts) else [])]
    if len(organisations) < 2 or len(columns) < 2:
        return None
    cells = [[counts[name, column] for column in columns] for name in organisations]
    shown = hide_small_cells(cells)
    if shown is None:
        return None
    titles = [
        str(Category(column).label) if column is not None else _("other") for column in columns
    ]
    rows = [
        (name or _("Other organisations"), list(zip(titles, line, strict=True)), sum(counted))
        for name, line, counted in zip(organisations, shown, cells, strict=True)
    ]
    return Table(titles, rows, [sum(column) for column in zip(*cells, strict=True)])


def _organisations_that_may_be_named(
    people: Sequence[_Person], kinds: Mapping[str, Shown]
) -> set[str]:
    """Totals of organisations add up to that of their kind, so kind by kind."""
    named: set[str] = set()
    for kind, total in kinds.items():
        if total is None:
            continue
        counts = Counter(person.organisation for person in people if person.kind == kind)
        named |= {name for name, count in hide_small(counts).items() if count is not None}
    return named
