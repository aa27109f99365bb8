"""What the page of one practice shows beside its own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import Card, CardFacet, CardQuerySet
from core.page_cache import hold
from core.permissions import is_signed_in
from monitoring.queries.belonging import Belonging, measures_of, topics_of
from practices.queries.authors import ShownAuthor, authors_with_work
from practices.queries.expertise import Expertise, expertise_of
from practices.queries.selection import FacetName
from practices.words import generalised_in_words, grades_in_words

if TYPE_CHECKING:
    from core.permissions import Visitor
    from practices.models import PracticePage

RELATED = 3


@dataclass(frozen=True)
class Part:
    """A part of the description: its anchor in the contents list, its heading, its template."""

    anchor: str
    text: str
    template: str


@dataclass(frozen=True)
class MaterialLink:
    """A file of the published version."""

    title: str
    url: str
    view_url: str
    extension: str
    content_type: str
    size: int


@dataclass(frozen=True)
class PracticeView:
    """Everything beside the fields of a practice, as plain values."""

    parts: list[Part]
    subjects: list[str]
    kind: str
    grades: str
    generalised: str
    materials: list[MaterialLink]
    authors: list[ShownAuthor]
    topics: list[Belonging]
    measures: list[Belonging]
    adapted_from: Belonging | None
    related: list[Card]
    expertise: Expertise | None

    @property
    def subject_line(self) -> str:
        """Subjects and classes in one line: «физика, 7–9 классы»."""
        return ", ".join([*self.subjects, *([self.grades] if self.grades else [])])

    @property
    def cited_authors(self) -> list[str]:
        """Whom a citation names."""
        return [author.cited for author in self.authors if author.is_named]

    @property
    def organisations(self) -> list[Any]:
        """Where the experience was made, as far as it may be told."""
        found = (author.organisation for author in self.authors)
        return list(dict.fromkeys(place for place in found if place is not None))


def practice_view(page: PracticePage, user: Visitor, *, is_preview: bool = False) -> PracticeView:
    """Everything beside the fields of ``page``; neighbours only as far as ``user`` may see them.

    Held for the published page until anything on the site changes; a draft is read anew.
    """
    if is_preview or not page.live:
        return _read(page, user)
    audience = "in" if is_signed_in(user) else "out"
    return hold(f"practice:{page.pk}:{audience}", lambda: _read(page, user))


def _read(page: PracticePage, user: Visitor) -> PracticeView:
    materials = _materials(page)
    authors = authors_with_work(page.pk)
    topics, measures = topics_of(page, user), measures_of(page)
    subjects = [it for it in page.subjects.all() if it.shown_in(page.locale_id)]
    expertise = expertise_of(page)
    given = {
        "expertise": expertise is not None,
        "materials": bool(materials),
        "standards": bool(page.standards or topics or measures),
    }
    return PracticeView(
        parts=_parts(page, given),
        subjects=[subject.name for subject in subjects],
        kind=page.kind_name,
        grades=grades_in_words(page),
        generalised=generalised_in_words(page.generalisation),
        materials=materials,
        authors=authors,
        topics=topics,
        measures=measures,
        adapted_from=_adapted_from(page, user),
        related=_related(page, user, [subject.slug for subject in subjects]),
        expertise=expertise,
    )


def _parts(page: PracticePage, given: dict[str, bool]) -> list[Part]:
    """The parts in the order in which experience is described; what is empty is left out."""
    beware = bool(page.risks)
    conditions = _("Conditions and what to beware of") if beware else _("Conditions")
    parts = [
        (page.relevance or page.goal or page.tasks, "why", _("Why it is needed")),
        (page.novelty, "novelty", _("What is new")),
        (len(page.technology or ()), "how", _("How it is done")),
        (
            page.conditions or page.risks or page.effort or page.small_school,
            "conditions",
            conditions,
        ),
        (page.results or page.after is not None, "results", _("Results")),
        (given["expertise"], "expertise", _("Review of the experts")),
        (given["materials"], "materials", _("Materials")),
        (given["standards"], "standards", _("Standards and topics")),
        (True, "authors", _("Authors and use")),
    ]
    return [
        Part(f"p-{name}", title, f"practices/parts/{name}.html")
        for is_given, name, title in parts
        if is_given
    ]


def _materials(page: PracticePage) -> list[MaterialLink]:
    rows: Any = page.materials
    # A draft holds its materials in memory.
    found = rows.select_related("file") if page.live else rows.all()
    links = []
    for row in found:
        file = row.file
        links.append(
            MaterialLink(
                title=row.title,
                url=file.get_absolute_url(),
                view_url=file.view_url,
                extension=file.ending,
                content_type=file.content_type.partition(";")[0],
                size=file.size,
            )
        )
    return links


def _adapted_from(page: PracticePage, user: Visitor) -> Belonging | None:
    """The practice this one began from; nothing where it is not public any more."""
    if page.adapted_from_id is None:
        return None
    card = Card.objects.visible_to(user).filter(page=page.adapted_from_id).first()
    return Belonging(card.title, card.url) if card is not None else None


def _related(page: PracticePage, user: Visitor, subjects: list[str]) -> list[Card]:
    """The newest of the same first subject; where they are too few, of the kind, of the level."""
    language = page.locale.language_code
    cards = Card.objects.visible_to(user).of_kind(page.card_kind).in_language(language)
    found: list[Card] = []
    if subjects:
        found = _newest(cards.filter(_carries(FacetName.SUBJECT, subjects[0])), page)
    if len(found) < RELATED:
        kind = page.kind_part
        alike = Q(_carries(FacetName.LEVEL, page.level))
        others = _newest(cards.filter(alike | Q(group=kind) if kind else alike), page)
        known = {card.pk for card in found}
        others = [card for card in others if card.pk not in known]
        found += sorted(others, key=lambda card: card.group != kind)
    return found[:RELATED]


def _newest(cards: CardQuerySet, page: PracticePage) -> list[Card]:
    """The newest but the practice itself; a few more than are shown, to choose among."""
    newest = cards.defer("text").newest_first()[: 4 * RELATED]
    return [card for card in newest if card.page_id != page.pk]


def _carries(name: str, value: str) -> Exists:
    return Exists(CardFacet.objects.filter(card=OuterRef("pk"), name=name, value=value))


def citation(page: PracticePage, view: PracticeView, portal: str) -> str:
    """How to refer to the practice; it names only those who allow it."""
    names = ", ".join(view.cited_authors)
    title = page.title.strip(" .")
    begin = f"{names} {title}" if names else title
    published = page.published_on
    if published is None:
        return f"{begin} // {portal}."
    day = _("Published on %(day)s") % {"day": f"{published:%d.%m.%Y}"}
    return f"{begin} // {portal}. — {date_format(published, 'Y')}. — {day}."
