"""What the public catalogue says of people and organisations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from core.light_text import light_words
from core.models.page import CardData
from core.registries import register_scheduled_job
from core.services.record_cards import (
    CardSource,
    drop_record_cards,
    refresh_record_card,
    register_card_source,
)
from people.models import (
    Organisation,
    OrganisationQuerySet,
    OrganisationStatus,
    StaffRecord,
    TeacherPage,
    User,
)
from people.models.teacher_page import TeacherPageQuerySet
from people.queries.teacher_pages import public_teachers, shown_teacher
from people.services.consents import register_consent_listener


def listed_organisations() -> OrganisationQuerySet:
    """What the directory shows, with the statuses in the words of the order."""
    return Organisation.objects.in_directory().prefetch_related("statuses")


def describe_organisation(organisation: Organisation) -> tuple[str, str, CardData]:
    """Name, full name with the settlement, and what an organisation is also looked for by."""
    in_force = [status for status in organisation.statuses.all() if status.in_force]
    lead = ", ".join(filter(None, [organisation.full_name, organisation.village]))
    told = [
        *(f"{status.get_kind_display()} {status.order_words}" for status in in_force),
        organisation.head_name,
        organisation.address,
        organisation.about,
    ]
    data = CardData(
        date=timezone.localdate(),
        is_dated=False,
        group=organisation.kind,
        group_label=str(organisation.get_kind_display()),
        text="\n".join(filter(None, told)),
    )
    return organisation.name, lead, data


register_card_source(
    CardSource(
        model=Organisation,
        kind="organisation",
        shown=listed_organisations,
        describe=describe_organisation,
        parts={OrganisationStatus: "organisation_id"},
    )
)


def listed_teachers() -> TeacherPageQuerySet:
    """The pages of teachers that their consent lets be seen now."""
    return TeacherPage.objects.filter(pk__in=[shown.page.pk for shown in public_teachers()])


def describe_teacher(page: TeacherPage) -> tuple[str, str, CardData]:
    """Name, position with organisation, and what a teacher is also looked for by."""
    shown = shown_teacher(page)
    if shown is None:
        raise ValueError("Only what is public stands in the catalogue.")
    told = [
        *(subject.name for subject in shown.subjects),
        *shown.topics,
        light_words(shown.about),
    ]
    data = CardData(
        date=timezone.localdate(),
        is_dated=False,
        text="\n".join(told),
        # A name that was withdrawn is offered to nobody as a correction.
        teaches_words=False,
    )
    return shown.name, shown.summary, data


register_card_source(
    CardSource(model=TeacherPage, kind="teacher", shown=listed_teachers, describe=describe_teacher)
)


@register_consent_listener
def follow_the_consent(user: User | None, record: StaffRecord | None) -> None:
    """What a consent no longer allows leaves lists and search in the same transaction."""
    account = user.pk if user is not None else record and record.user_id
    _refresh_page_of(account)


@receiver(post_save, sender=StaffRecord)
def follow_the_register(instance: StaffRecord, raw: bool = False, **kwargs: Any) -> None:
    """A name or a position that the register corrects; its parts are saved with the record."""
    if not raw:
        _refresh_page_of(instance.user_id)


@receiver(post_save, sender=User)
def follow_the_account(
    instance: User, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """A closed account shows no page; signing in changes nothing of it."""
    if not raw and (update_fields is None or "is_active" in update_fields):
        _refresh_page_of(instance.pk)


@register_scheduled_job(every=timedelta(minutes=5))
def drop_ended_pages() -> None:
    """A consent that ended by its date leaves lists and search; the page itself knows at once."""
    drop_record_cards(model=TeacherPage)


def _refresh_page_of(account: int | None) -> None:
    page = TeacherPage.objects.filter(pk=account).first() if account else None
    if page is not None:
        refresh_record_card(thing=page)
