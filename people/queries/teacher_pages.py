"""Teachers' own pages: what of each is public now. Every answer asks the consent (ADR 0014)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Prefetch
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.chrome import Chrome
from core.facets import Selection, select
from core.light_text import light_words
from core.page_cache import valid_until
from core.page_cache.schedule import next_midnight
from people.enums import ConsentItem
from people.models import StaffPosition, StaffRecord, TeacherPage, TeachingLoad
from people.queries.publishing import Items, display_name, published_items_of
from people.registries import teacher_blocks

if TYPE_CHECKING:
    from people.models import User
    from people.models.teacher_page import TeacherPageQuerySet


class PageState(models.TextChoices):
    """Whether visitors see a page, and why not."""

    OFF = "off", _("Switched off")
    OPEN = "open", _("Open to everybody")
    NO_CONSENT = "no_consent", _("Hidden: no consent to publish the name")
    HIDDEN = "hidden", _("Hidden by an editor")


@dataclass(frozen=True)
class ShownTeacher:
    """A page with exactly what the consent of its author allows to be shown."""

    page: TeacherPage
    record: StaffRecord
    items: Items
    # Shown to its author alone: pictures are asked for as private files.
    is_preview: bool = False

    @cached_property
    def name(self) -> str:
        """The name of the register, which the school has confirmed, not of the account."""
        return display_name(self.record, self.items)

    @property
    def positions(self) -> list[StaffPosition]:
        """Positions held today; each says its organisation only where that is allowed."""
        held: list[StaffPosition] = self.record.held  # type: ignore[attr-defined]
        return held if {ConsentItem.POSITION, ConsentItem.ORGANISATION} & self.items else []

    @property
    def titles(self) -> list[str]:
        """Names of the positions, without organisations."""
        if ConsentItem.POSITION not in self.items:
            return []
        return list(dict.fromkeys(position.title for position in self.positions))

    @property
    def organisations(self) -> list[Any]:
        """Where the person works today."""
        if ConsentItem.ORGANISATION not in self.items:
            return []
        return list(dict.fromkeys(position.organisation for position in self.positions))

    @property
    def subjects(self) -> list[Any]:
        """What the person teaches."""
        if ConsentItem.POSITION not in self.items:
            return []
        taught: list[TeachingLoad] = self.record.taught  # type: ignore[attr-defined]
        return list(dict.fromkeys(load.subject for load in taught))

    @property
    def about(self) -> str:
        return self.page.about if ConsentItem.MATERIALS in self.items else ""

    @property
    def topics(self) -> list[str]:
        return self.page.topics if ConsentItem.MATERIALS in self.items else []

    @property
    def links(self) -> list[dict[str, str]]:
        return self.page.links if ConsentItem.CONTACTS in self.items else []

    @property
    def portrait_url(self) -> str:
        """The address of the photograph; empty without one or without the consent to show it."""
        if ConsentItem.PHOTO not in self.items:
            return ""
        if self.is_preview:
            photo = self.page.photo
            return photo.view_url if photo is not None else ""
        # Another photograph is another address: no browser shows the old one from its cache.
        portrait = self.page.portrait
        mark = portrait.checksum[:8] if portrait is not None else ""
        return f"{self.page.get_absolute_url()}portrait/?v={mark}" if mark else ""

    @property
    def summary(self) -> str:
        """Position, organisation and subjects in one line, as lists and search show it."""
        parts = [*self.titles, *(organisation.name for organisation in self.organisations)]
        return ", ".join(parts)

    @property
    def description(self) -> str:
        """One or two sentences for search engines."""
        subjects = ", ".join(subject.name for subject in self.subjects)
        said = (self.summary, subjects, light_words(self.about))
        return ". ".join(part for part in said if part)[:300]

    @cached_property
    def blocks(self) -> list[tuple[str, dict[str, Any]]]:
        """Template and context of what the teacher has chosen and the consent allows."""
        chosen = (
            block
            for block in teacher_blocks()
            if block.name in self.page.blocks and block.item in self.items
        )
        filled = ((block.template, block.context(self)) for block in chosen)
        return [(template, context) for template, context in filled if context is not None]

    def get_structured_data(self, request: Any) -> dict[str, Any]:
        """JSON-LD (schema.org ``Person``); what may not be shown is not there either."""
        root = Chrome.of(request).root
        address = root + self.page.get_absolute_url()
        portrait = self.portrait_url
        known = {
            "jobTitle": ", ".join(self.titles),
            "worksFor": [
                {
                    "@type": "EducationalOrganization",
                    "name": organisation.name,
                    "url": root + organisation.get_absolute_url(),
                }
                for organisation in self.organisations
            ],
            "knowsAbout": [subject.name for subject in self.subjects],
            "description": light_words(self.about),
            "sameAs": [link["url"] for link in self.links],
            "image": root + portrait if portrait else "",
        }
        return {
            "@context": "https://schema.org",
            "@type": "ProfilePage",
            "url": address,
            "mainEntity": {
                "@type": "Person",
                "name": self.name,
                "url": address,
                **{name: value for name, value in known.items() if value},
            },
        }

    # What the directory is filtered by (``core.facets``).
    @cached_property
    def values(self) -> Mapping[str, frozenset[str]]:
        return {
            TeacherFacet.SUBJECT: frozenset(subject.slug for subject in self.subjects),
            TeacherFacet.SCHOOL: frozenset(found.slug for found in self.organisations),
        }


class TeacherFacet(models.TextChoices):
    """By what the directory is filtered; the value is the name in the address."""

    SUBJECT = "subject", _("Subject")
    SCHOOL = "school", _("Organisation")


@dataclass(frozen=True)
class PageOfAuthor:
    """A page as its author or an editor sees it: its state, and what the consent leaves out."""

    shown: ShownTeacher
    state: PageState
    missing: list[ConsentItem] = field(default_factory=list)


def shown_teacher(page: TeacherPage) -> ShownTeacher | None:
    """What everybody may see of ``page``; None when that is nothing."""
    switched_on = TeacherPage.objects.switched_on().filter(pk=page.pk)
    return next(_public(with_register(switched_on)), None)


def teacher_of(slug: str) -> ShownTeacher | None:
    """What everybody may see under an address; None when that is nothing."""
    switched_on = TeacherPage.objects.switched_on().filter(slug=slug)
    return next(_public(with_register(switched_on)), None)


def public_teachers() -> list[ShownTeacher]:
    """Every page that is public now, by name. Five queries, however many pages."""
    found = _public(with_register(TeacherPage.objects.switched_on()))
    return sorted(found, key=lambda shown: shown.name)


def allowed_pages(pages: TeacherPageQuerySet) -> list[TeacherPage]:
    """Those of ``pages``, all switched on, that are public now; two queries for all of them."""
    return [shown.page for shown in _public(pages.select_related("user__staff_record"))]


def teachers_directory(query: QueryDict) -> Selection[ShownTeacher]:
    """The public pages that ``query`` chooses, with facets by subject and organisation."""
    found = public_teachers()
    subjects = {subject.slug: subject.name for shown in found for subject in shown.subjects}
    schools = {place.slug: place.name for shown in found for place in shown.organisations}
    labels: dict[str, dict[str, str]] = {
        TeacherFacet.SUBJECT: dict(sorted(subjects.items(), key=lambda item: item[1])),
        TeacherFacet.SCHOOL: dict(sorted(schools.items(), key=lambda item: item[1])),
    }
    return select(found, names=TeacherFacet, labels=labels, query=query)


def page_of_author(page: TeacherPage, record: StaffRecord) -> PageOfAuthor:
    """The page of ``record`` with its state, for its author; ``page`` may not be saved yet."""
    (record,) = with_work(StaffRecord.objects.filter(pk=record.pk))
    items = published_items_of([record])[record]
    return PageOfAuthor(
        shown=ShownTeacher(page=page, record=record, items=items, is_preview=True),
        state=_state(page, items),
        missing=[item for item in ConsentItem if item not in items],
    )


def pages_to_watch() -> TeacherPageQuerySet:
    """Pages that editors look after: switched on by their authors, hidden ones too."""
    opened = TeacherPage.objects.filter(is_open=True, user__staff_record__isnull=False)
    return with_register(opened).order_by(
        "user__staff_record__last_name", "user__staff_record__first_name", "pk"
    )


def states_of(pages: Iterable[TeacherPage]) -> dict[int, PageState]:
    """The state of each page by its number; one query."""
    asked = list(pages)
    items = published_items_of(page.user.staff_record for page in asked)
    return {page.pk: _state(page, items[page.user.staff_record]) for page in asked}


def own_page(user: User) -> TeacherPage | None:
    """The page of ``user``, if there is one already."""
    return TeacherPage.objects.filter(user=user).select_related("photo", "portrait").first()


def with_register(pages: TeacherPageQuerySet) -> TeacherPageQuerySet:
    """``pages`` with the work of their authors; two queries more."""
    return pages.select_related("user__staff_record", "portrait").prefetch_related(
        *_work("user__staff_record__")
    )


def with_work(records: models.QuerySet[StaffRecord]) -> models.QuerySet[StaffRecord]:
    """``records`` with what is held and taught today; two queries more."""
    return records.prefetch_related(*_work(""))


def _work(path: str) -> list[Prefetch]:
    held = StaffPosition.objects.held_on(timezone.localdate()).select_related("organisation")
    taught = TeachingLoad.objects.select_related("subject")
    return [
        Prefetch(f"{path}positions", queryset=held, to_attr="held"),
        Prefetch(f"{path}loads", queryset=taught, to_attr="taught"),
    ]


def _public(pages: Iterable[TeacherPage]) -> Iterator[ShownTeacher]:
    found = list(pages)
    # Who holds which position is another thing tomorrow.
    valid_until(next_midnight(timezone.now()))
    items = published_items_of(page.user.staff_record for page in found)
    for page in found:
        record = page.user.staff_record
        if ConsentItem.NAME in items[record]:
            yield ShownTeacher(page=page, record=record, items=items[record])


def _state(page: TeacherPage, items: Items) -> PageState:
    if not page.is_open:
        return PageState.OFF
    if page.hidden_at is not None:
        return PageState.HIDDEN
    return PageState.OPEN if ConsentItem.NAME in items else PageState.NO_CONSENT
