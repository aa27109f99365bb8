"""The catalogue of practices: what it is filtered by, and one page of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation

from core.facets import FacetGroup
from core.lists.catalogue import CardCatalogue
from core.lists.counting import Names
from core.models import Card, Topic
from core.page_cache import remember
from people.models import Organisation, Subject
from practices.enums import Generalisation, SchoolLevel, Section, SmallSchool
from practices.queries.authors import ShownAuthor, authors_of
from practices.queries.selection import Enclosed, FacetName
from practices.words import LAST_GRADE, generalised_in_words, grade_in_words

# Of a facet with more values the rest is chosen from a list.
MOST_BOXES = 12


def _names(language: str) -> Names:
    """Words of what the cards hold as codes, in the order in which they are shown."""
    with translation.override(language):
        return {
            FacetName.SUBJECT: _kept("subjects", language, Subject),
            FacetName.LEVEL: {it.value: str(it.label) for it in SchoolLevel},
            FacetName.GRADE: {str(n): grade_in_words(str(n)) for n in range(1, LAST_GRADE + 1)},
            FacetName.SECTION: {it.value: str(it.label) for it in Section},
            FacetName.GENERALISATION: {
                it.value: generalised_in_words(it.value) for it in Generalisation
            },
            FacetName.SMALL_SCHOOL: {
                it.value: str(it.label) for it in SmallSchool if it != SmallSchool.NO
            },
            FacetName.WITH: {it.value: str(it.label) for it in Enclosed},
            FacetName.ORGANISATION: remember("practices:organisations", _organisation_names),
            FacetName.TOPIC: _kept("topics", language, Topic),
        }


def _kept(name: str, language: str, model: type[Subject] | type[Topic]) -> dict[str, str]:
    def read() -> dict[str, str]:
        entries: Any = model._default_manager.filter(locale__language_code=language, live=True)
        return dict(entries.values_list("slug", "name"))

    return remember(f"practices:{name}:{language}", read)


def _organisation_names() -> dict[str, str]:
    return dict(Organisation.objects.values_list("slug", "name"))


def _arranged(group: FacetGroup) -> FacetGroup:
    """A long facet shows what is chosen and what most practices have."""
    if len(group.options) <= MOST_BOXES or group.name == FacetName.GRADE:
        return group
    often = sorted(group.options, key=lambda it: (not it.checked, -(it.count or 0)))[:MOST_BOXES]
    return replace(group, options=[it for it in group.options if it in often])


BANK = CardCatalogue(
    kind="practice",
    names=_names,
    named_by=(Subject, Topic, Organisation),
    form="practices/selection.html",
    arrange=_arranged,
)


@dataclass(frozen=True)
class PracticeRow:
    """A practice in a list; names of people are asked for when it is shown, never kept."""

    title: str
    url: str
    summary: str
    subject: str
    grades: str
    kind: str
    section: str
    files: int
    day: Any
    authors: tuple[str, ...]
    organisations: tuple[str, ...]


def rows_of(cards: Iterable[Card]) -> list[PracticeRow]:
    """The rows of ``cards``; three queries, however many there are."""
    shown = list(cards)
    authors = authors_of(card.page_id for card in shown)
    return [_row(card, authors.get(card.page_id or 0, [])) for card in shown]


def _row(card: Card, authors: list[ShownAuthor]) -> PracticeRow:
    details = card.details
    places = (author.organisation for author in authors)
    subjects = details.get("subjects", [])
    return PracticeRow(
        title=card.title,
        url=card.url,
        summary=card.summary,
        subject=subjects[0] if subjects else "",
        grades=details.get("grades", ""),
        kind=card.group_label,
        section=str(Section(card.status).label) if card.status in Section.values else "",
        files=len(details.get("files", [])),
        day=card.date,
        authors=tuple(dict.fromkeys(author.name for author in authors if author.is_named)),
        organisations=tuple(dict.fromkeys(place.name for place in places if place is not None)),
    )
