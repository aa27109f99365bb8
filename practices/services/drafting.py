"""A new draft: an empty one, or one that starts from the practice of a colleague."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.permissions import page_visible_to
from people.models import StaffPosition, User
from practices.enums import Section, Standing
from practices.models import PracticeAuthor, PracticeCase, PracticePage, PracticeSectionPage
from practices.permissions import user_writes_practices
from practices.sections import NAMELESS

if TYPE_CHECKING:
    from people.models import Organisation

_COPIED = (
    *("title", "summary", "kind", "level", "grade_from", "grade_to", "audience", "relevance"),
    *("goal", "tasks", "novelty", "technology", "conditions", "risks", "effort", "small_school"),
    *("keywords", "standards", "age_mark"),
)


@transaction.atomic
def begin_practice(*, user: User) -> PracticePage:
    """An empty draft of ``user``; one that nothing was written into yet is given once more.

    Raises PermissionDenied for closed accounts, ValidationError while the portal has no bank.
    """
    return _untouched(user, source=None) or _made(user, title=NAMELESS, source=None)


@transaction.atomic
def adapt_practice(*, source: PracticePage, user: User) -> PracticePage:
    """A draft of ``user`` with the text of ``source``, which it names as its source.

    Files, results and confirmations are not taken over. Raises PermissionDenied unless ``user``
    may read the published source.
    """
    if not page_visible_to(source, user):
        raise PermissionDenied
    found = _untouched(user, source=source)
    if found is not None:
        return found
    made = _made(user, title=source.title, source=source)
    for name in ("subjects", "topics"):
        getattr(made, name).set(getattr(source, name).all())
    for name in _COPIED:
        setattr(made, name, getattr(source, name))
    made.borrowings = _("Adapted from “%(title)s”.") % {"title": source.title}
    made.save()
    return made


def _untouched(user: User, *, source: PracticePage | None) -> PracticePage | None:
    """The second click of two finds what the first one made: one at a time for each account."""
    if not user_writes_practices(user):
        raise PermissionDenied
    User.objects.select_for_update().get(pk=user.pk)
    found = PracticePage.objects.filter(
        owner=user,
        authors__user=user,
        case__standing=Standing.DRAFT,
        latest_revision=None,
        live=False,
        adapted_from=source,
    )
    return found.first()


def _made(user: User, *, title: str, source: PracticePage | None) -> PracticePage:
    above = (
        PracticeSectionPage.objects.filter(section=Section.BANK, alias_of=None)
        .order_by("-live", "path")
        .first()
    )
    if above is None:
        raise ValidationError(
            _("The bank of practices is not open yet: the portal has no section for it."),
            code="no_bank",
        )
    practice = PracticePage(
        title=title,
        draft_title=title,
        # Its address is made from the title when it is sent for the first time.
        slug=f"praktika-{uuid.uuid4().hex[:10]}",
        owner=user,
        live=False,
        has_unpublished_changes=True,
        adapted_from=source,
    )
    above.add_child(instance=practice)
    PracticeAuthor.objects.create(
        practice=practice,
        user=user,
        organisation=_workplace(user),
        confirmed_at=timezone.now(),
    )
    PracticeCase.objects.create(practice=practice)
    log(instance=practice, action="wagtail.create", user=user)
    return practice


def _workplace(user: User) -> Organisation | None:
    """Where the person works, when there is no doubt about it."""
    places = StaffPosition.objects.all().held_on(timezone.localdate())
    found = {
        item.organisation
        for item in places.filter(record__user=user).select_related("organisation")
    }
    return found.pop() if len(found) == 1 else None
