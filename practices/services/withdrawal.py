"""An author takes a practice back: out of the review, or off the site, also by a consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from people.enums import ConsentItem, ConsentKind
from people.models import Consent
from people.queries.publishing import published_items, published_items_of
from people.services.consents import register_consent_listener
from practices.enums import Standing
from practices.models import PracticeAuthor, PracticeCase, PracticePage
from practices.services.writing import WITH_THE_CENTRE, locked_case

if TYPE_CHECKING:
    from people.models import StaffRecord, User


@transaction.atomic
def take_back(*, practice: PracticePage, user: User) -> PracticeCase:
    """Stop the review; the text is open for its author again. A second time changes nothing.

    What is published stays published. Raises PermissionDenied unless ``user`` is an author.
    """
    case = locked_case(practice, user)
    if case.standing not in WITH_THE_CENTRE:
        return case
    practice = PracticePage.objects.get(pk=practice.pk)
    _stop_review(practice, user)
    _set(case, Standing.PUBLISHED if practice.live else Standing.WITHDRAWN)
    log(instance=practice, action="practices.take_back", user=user)
    return case


@transaction.atomic
def take_off_site(*, practice: PracticePage, user: User) -> PracticeCase:
    """Unpublish at once and stop any review; a second time changes nothing.

    Raises PermissionDenied unless ``user`` is an author, ValidationError for what was never
    published.
    """
    case = locked_case(practice, user)
    practice = PracticePage.objects.get(pk=practice.pk)
    if case.standing == Standing.WITHDRAWN and not practice.live:
        return case
    if not practice.live:
        raise ValidationError(_("This practice is not published."), code="not_published")
    _stop_review(practice, user)
    # Authors have no rights over the tree of pages; over their own experience they have this one.
    UnpublishPageAction(practice, user=user).execute(skip_permission_checks=True)
    _set(case, Standing.WITHDRAWN)
    log(instance=practice, action="practices.withdraw", user=user)
    return case


@register_consent_listener
def follow_the_consent(user: User | None, record: StaffRecord | None) -> None:
    """Who withdraws the consent to publish own materials takes the practices off the site.

    Who has never given it is published without a name, and stays so. A practice of several stays
    while one of the others allows it.
    """
    account = user or (record.user if record is not None else None)
    if account is None or ConsentItem.MATERIALS in published_items(account):
        return
    whose = Q(user=account) | Q(record__user=account)
    ended = Consent.objects.filter(whose, kind=ConsentKind.DISTRIBUTION, withdrawn_at__isnull=False)
    last = ended.order_by("-withdrawn_at").first()
    if last is None or last.withdrawn_at is None or ConsentItem.MATERIALS not in last.items:
        return
    # What was published since then stands on no consent.
    practices = PracticePage.objects.live().filter(last_published_at__lte=last.withdrawn_at)
    for practice in practices.filter(
        pk__in=PracticeAuthor.objects.of(account).values("practice")
    ).order_by("pk"):
        if not _allowed_by_others(practice, account):
            _take_off(practice, account)


def _allowed_by_others(practice: PracticePage, account: User) -> bool:
    rows = PracticeAuthor.objects.confirmed().filter(practice=practice, user__is_active=True)
    others = [row.user for row in rows.exclude(user=account).select_related("user") if row.user]
    return any(ConsentItem.MATERIALS in items for items in published_items_of(others).values())


def _take_off(practice: PracticePage, account: User) -> None:
    case, _created = PracticeCase.objects.select_for_update().get_or_create(practice=practice)
    _stop_review(practice, account)
    UnpublishPageAction(practice, user=account).execute(skip_permission_checks=True)
    _set(case, Standing.WITHDRAWN)
    data = {"ground": "consent"}
    log(instance=practice, action="practices.withdraw", user=account, data=data)


def _stop_review(practice: PracticePage, user: User) -> None:
    for state in WorkflowState.objects.active().for_instance(practice):
        state.cancel(user=user)


def _set(case: PracticeCase, standing: Standing) -> None:
    case.standing, case.standing_since, case.due_on = standing, timezone.now(), None
    case.save()
