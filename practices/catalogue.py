"""The practices in the catalogue of the portal: what their cards hold, and what renews them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone, translation

from core.light_text import light_words
from core.models.page import CardData, date_in_words
from core.registries import register_scheduled_job
from core.services.cards import follow_page
from people.models import Consent, StaffRecord, User
from people.services.consents import register_consent_listener
from practices.enums import Section, SmallSchool
from practices.models import PracticeAuthor, PracticePage
from practices.queries.authors import authors_of
from practices.queries.selection import Enclosed, FacetName
from practices.words import LAST_GRADE, grades_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

SUITED = (SmallSchool.TRIED, SmallSchool.LIKELY)
FILM_ENDINGS = {"mp4", "webm"}
_WRITTEN = ("relevance", "goal", "tasks", "novelty", "conditions", "risks", "results", "standards")


def describe_practice(page: PracticePage) -> CardData:
    """Everything the card of a published practice holds beyond title, lead and address."""
    with translation.override(page.locale.language_code):
        return _describe(page)


def _describe(page: PracticePage) -> CardData:
    locale = page.locale_id
    kind = page.kind if page.kind is not None and page.kind.shown_in(locale) else None
    subjects = [it for it in page.subjects.all() if it.shown_in(locale)]
    materials = list(page.materials.select_related("file"))
    endings = {material.file.ending for material in materials}
    films = not endings.isdisjoint(FILM_ENDINGS) or any(
        block.block_type == "video" for block in page.technology
    )
    enclosed = [Enclosed.FILES] * bool(materials) + [Enclosed.VIDEO] * films
    authors = authors_of([page.pk]).get(page.pk, [])
    places = {it.organisation.slug: it.organisation for it in authors if it.organisation}
    day = page.published_on or timezone.localdate()
    facets: dict[str, Iterable[str]] = {
        FacetName.SUBJECT: [it.slug for it in subjects],
        FacetName.LEVEL: [page.level] if page.level else [],
        FacetName.GRADE: grades_of(page),
        FacetName.GENERALISATION: [page.generalisation] if page.generalisation else [],
        FacetName.SMALL_SCHOOL: [page.small_school] if page.small_school in SUITED else [],
        FacetName.WITH: [it.value for it in enclosed],
        FacetName.ORGANISATION: places,
    }
    text = [
        *(light_words(getattr(page, name)) for name in _WRITTEN),
        page.get_card_text(),
        page.keywords,
        *(material.title for material in materials),
    ]
    return CardData(
        date=day,
        group=kind.slug if kind else "",
        group_label=kind.name if kind else "",
        status=_section_of(page),
        # Names of people are found, and leave no words behind for corrections.
        found_by="\n".join(
            [
                date_in_words(day, page.locale.language_code),
                grades_in_words(page),
                *(it.name for it in subjects),
                *(author.name for author in authors if author.is_named),
                *(place.name for place in places.values()),
            ]
        ),
        text="\n".join(part for part in text if part),
        details={
            "subjects": [it.name for it in subjects],
            "grades": grades_in_words(page),
            "files": [
                {
                    "title": material.title,
                    "extension": material.file.ending.upper(),
                    "size": material.file.size,
                }
                for material in materials
            ],
        },
        topic_ids=tuple(topic.pk for topic in page.topics.all()),
        facets={name: tuple(values) for name, values in facets.items()},
    )


def grades_of(page: PracticePage) -> list[str]:
    """Every class the practice suits: 7–9 is found under 8, too."""
    if page.grade_from is None:
        return []
    last = min(page.grade_to or page.grade_from, LAST_GRADE)
    return [str(number) for number in range(page.grade_from, last + 1)]


def _section_of(page: PracticePage) -> str:
    section = getattr(page.get_parent().specific, "section", "")
    return section if section in Section.values else ""


@register_consent_listener
def follow_the_consent(user: User | None, record: StaffRecord | None) -> None:
    """What a consent no longer allows leaves lists and search in the same transaction."""
    _refresh_practices_of(user.pk if user is not None else record and record.user_id)


@receiver(post_save, sender=StaffRecord)
def follow_the_register(instance: StaffRecord, raw: bool = False, **kwargs: Any) -> None:
    """A name that the register corrects is found as it is now."""
    if not raw:
        _refresh_practices_of(instance.user_id)


@receiver(post_save, sender=User)
def follow_the_account(
    instance: User, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """A closed account is named nowhere; signing in changes nothing of it."""
    if not raw and (update_fields is None or "is_active" in update_fields):
        _refresh_practices_of(instance.pk)


@receiver([post_save, post_delete], sender=PracticeAuthor)
def follow_the_authors(instance: PracticeAuthor, raw: bool = False, **kwargs: Any) -> None:
    """Another author, another organisation."""
    if not raw:
        _refresh(PracticePage.objects.filter(pk=instance.practice_id, live=True))


@register_scheduled_job(every=timedelta(minutes=5))
def forget_ended_consents() -> None:
    """A consent that ended by its date: the page knows at once, lists and search follow here."""
    ended = Consent.objects.filter(withdrawn_at__isnull=True, valid_until__lt=timezone.localdate())
    accounts = {
        account
        for pair in ended.values_list("user", "record__user")
        for account in pair
        if account is not None
    }
    stale = PracticePage.objects.filter(live=True, authors__user__in=accounts).distinct()
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    # Once a day for each practice, not at every run.
    _refresh(stale.filter(card__updated_at__lt=midnight))


def _refresh_practices_of(account: int | None) -> None:
    if account:
        _refresh(PracticePage.objects.filter(live=True, authors__user=account).distinct())


def _refresh(pages: Any) -> None:
    for page in pages:
        follow_page(page=page)
