"""An author takes a practice back: out of the review, or off the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import WorkflowState

from practices.enums import Standing
from practices.models import PracticePage
from practices.services.writing import WITH_THE_CENTRE, locked_case

if TYPE_CHECKING:
    from people.models import User
    from practices.models import PracticeCase


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


def _stop_review(practice: PracticePage, user: User) -> None:
    for state in WorkflowState.objects.active().for_instance(practice):
        state.cancel(user=user)


def _set(case: PracticeCase, standing: Standing) -> None:
    case.standing, case.standing_since, case.due_on = standing, timezone.now(), None
    case.save()
