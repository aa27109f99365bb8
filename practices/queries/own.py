"""The practices of one author: where each is, since when, until when, what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.enums import Standing
from practices.models import PracticeAuthor, PracticeCase, PracticePage
from practices.sections import NAMELESS
from practices.services.writing import WITH_THE_CENTRE

if TYPE_CHECKING:
    from core.permissions import Visitor

# How the tag ``state`` draws a standing.
DRAWN = {
    Standing.DRAFT: "draft",
    Standing.SUBMITTED: "waiting",
    Standing.EXPERTISE: "review",
    Standing.DECISION: "waiting",
    Standing.COUNCIL: "review",
    Standing.RETURNED: "returned",
    Standing.PUBLISHED: "published",
    Standing.REJECTED: "rejected",
    Standing.WITHDRAWN: "closed",
}


@dataclass(frozen=True)
class OwnPractice:
    """One practice as its author reads about it."""

    practice: PracticePage
    standing: Standing
    title: str
    url: str
    state: str
    state_words: str
    since: datetime | None
    due: date | None
    # What happens next, in plain words.
    next_step: str
    # What the author does: words of the button.
    action: str

    @property
    def is_with_the_centre(self) -> bool:
        """Whether nothing can be changed now."""
        return self.standing in WITH_THE_CENTRE


def own_practices(user: Visitor) -> QuerySet[PracticePage]:
    """What ``user`` is a confirmed author of, the newest change first, with the review."""
    own = PracticeAuthor.objects.of(user)
    return (
        PracticePage.objects.filter(authors__in=own)
        .select_related("case")
        .order_by("-latest_revision_created_at", "-pk")
    )


def with_remarks(practices: QuerySet[PracticePage]) -> QuerySet[PracticePage]:
    """The same with the number of remarks that are open, as ``open_remarks``."""
    still_open = Count("remarks", filter=Q(remarks__closed_at=None), distinct=True)
    return practices.annotate(open_remarks=still_open)


def told(practice: PracticePage) -> OwnPractice:
    """``practice`` in words; costs no query when it was read by ``own_practices``."""
    case = case_of(practice)
    standing = Standing(case.standing)
    title = practice.draft_title or practice.title
    return OwnPractice(
        practice=practice,
        standing=standing,
        title=_("Practice without a title") if title in ("", NAMELESS) else title,
        url=reverse("own_practice", args=[practice.pk]),
        state=DRAWN[standing],
        state_words=str(standing.label),
        since=case.standing_since,
        due=case.due_on if standing in WITH_THE_CENTRE else None,
        next_step=_next_step(practice, case, standing),
        action=_action(practice, standing),
    )


def case_of(practice: PracticePage) -> PracticeCase:
    """The review of a practice; what an editor made in the admin has none until it is sent."""
    found: PracticeCase | None = getattr(practice, "case", None)
    if found is None:
        standing = Standing.PUBLISHED if practice.live else Standing.DRAFT
        found = PracticeCase(practice=practice, standing=standing)
    return found


def _next_step(practice: PracticePage, case: PracticeCase, standing: Standing) -> str:
    if standing == Standing.RETURNED:
        count: int = getattr(practice, "open_remarks", 0)
        if not count:
            return _("Correct what the reviewer asked for and send it again.")
        return ngettext(
            "Correct %(n)s remark and send it again.",
            "Correct %(n)s remarks and send it again.",
            count,
        ) % {"n": count}
    if standing == Standing.PUBLISHED and practice.has_unpublished_changes:
        return _("Everybody sees the published version. Your changes are not sent for review yet.")
    words: dict[Standing, Any] = {
        Standing.DRAFT: _("Only you see the draft. Finish it and send it for review."),
        Standing.SUBMITTED: _("The methodist checks it. Nothing is asked of you now."),
        Standing.EXPERTISE: _("Experts read it. Nothing is asked of you now."),
        Standing.DECISION: _("The centre decides about it. Nothing is asked of you now."),
        Standing.COUNCIL: _(
            "The methodical council decides about it. Nothing is asked of you now."
        ),
        Standing.PUBLISHED: _("Everybody sees it in the bank of practices."),
        Standing.REJECTED: _("You can rewrite it and send it again."),
        Standing.WITHDRAWN: _("Only you see it. You can change it and send it again."),
    }
    said = str(words[standing])
    if standing == Standing.SUBMITTED and case.due_on:
        day = date_format(case.due_on, "j E")
        said = _("The methodist checks it until %(day)s. Nothing is asked of you now.") % {
            "day": day
        }
    return said


def _action(practice: PracticePage, standing: Standing) -> str:
    if standing in WITH_THE_CENTRE:
        return _("Look")
    if standing == Standing.RETURNED:
        return _("Correct")
    if standing == Standing.PUBLISHED:
        return _("Go on") if practice.has_unpublished_changes else _("Open")
    return _("Go on")
