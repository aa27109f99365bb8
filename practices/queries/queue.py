"""The queue of the review: what waits, for whom, since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.working_days import calendar_of
from practices.enums import Section, Standing
from practices.models import ExpertReview, PracticeAuthor, PracticeCase, PracticeSectionPage
from practices.review_enums import OPEN_STEPS

if TYPE_CHECKING:
    from people.models import User


class QueueState(models.TextChoices):
    """Parts of the queue; without one everything that is open."""

    SUBMITTED = "submitted", _("With the methodist")
    EXPERTISE = "expertise", _("With the experts")
    DECISION = "decision", _("Waits for the decision")
    COUNCIL = "council", _("Waits for the methodical council")
    RETURNED = "returned", _("Returned for correction")
    CLOSED = "closed", _("Closed: published or turned down")


_CLOSED = (Standing.PUBLISHED, Standing.REJECTED)


@dataclass(frozen=True)
class QueueCounts:
    """How much stands where, over the whole queue."""

    states: Mapping[str, int]
    open: int
    overdue: int
    mine: int


def queue(*, chosen: Mapping[str, Any], user: User) -> QuerySet[PracticeCase]:
    """Cases of the chosen part, what is due first first.

    ``chosen``: ``state`` of QueueState, ``section`` of Section, ``overdue``, ``mine``, ``query``
    (words of the title).
    """
    found = PracticeCase.objects.filter(_in_state(chosen.get("state") or ""))
    if chosen.get("overdue"):
        found = found.filter(_overdue())
    if chosen.get("mine"):
        found = found.filter(assigned_to=user)
    if words := " ".join(str(chosen.get("query") or "").split()):
        found = found.filter(practice__draft_title__icontains=words)
    if section := chosen.get("section"):
        found = found.filter(_below(section))
    return found.order_by("due_on", "standing_since", "pk")


def with_people(found: QuerySet[PracticeCase]) -> QuerySet[PracticeCase]:
    """The same with title, authors, experts and who looks after each; three queries for all."""
    authors = PracticeAuthor.objects.select_related("user", "organisation")
    sheets = ExpertReview.objects.select_related("expert")
    return found.select_related("practice", "assigned_to").prefetch_related(
        Prefetch("practice__authors", authors), Prefetch("practice__expert_reviews", sheets)
    )


def counts(user: User) -> QueueCounts:
    """Counts of all parts; one query."""
    parts = {f"n_{state}": Count("pk", filter=_in_state(state)) for state in QueueState.values}
    found = PracticeCase.objects.aggregate(
        n_open=Count("pk", filter=_in_state("")),
        n_overdue=Count("pk", filter=_overdue()),
        n_mine=Count("pk", filter=_in_state("") & Q(assigned_to=user)),
        **parts,
    )
    states = {state: found[f"n_{state}"] for state in QueueState.values}
    return QueueCounts(states, found["n_open"], found["n_overdue"], found["n_mine"])


def mark_ages(cases: Iterable[PracticeCase]) -> None:
    """Give each case ``age`` (working days in its state) and ``late`` (working days after the term,
    0 while it is in time); one query for all."""
    today = timezone.localdate()
    rows = list(cases)
    since = [timezone.localdate(case.standing_since) for case in rows]
    calendar = calendar_of(today, *since)
    for case, day in zip(rows, since, strict=True):
        case.age = calendar.between(day, today)  # type: ignore[attr-defined]
        due = case.due_on if case.standing in OPEN_STEPS else None
        case.late = calendar.between(due, today) if due else 0  # type: ignore[attr-defined]
        case.is_overdue = bool(due and due < today)  # type: ignore[attr-defined]


def waiting_for(user: User) -> int:
    """How many open cases ``user`` looks after or nobody does, without the own works."""
    found = PracticeCase.objects.filter(
        Q(assigned_to=user) | Q(assigned_to=None),
        standing__in=(Standing.SUBMITTED, Standing.DECISION, Standing.COUNCIL),
    )
    return found.exclude(practice__authors__user=user).count()


def own_sheets(user: User) -> QuerySet[ExpertReview]:
    """Everything that ``user`` was asked to score, what waits first."""
    first = models.Case(
        models.When(state__in=["asked", "accepted"], then=0),
        default=1,
        output_field=models.IntegerField(),
    )
    found = ExpertReview.objects.of(user).select_related("practice").annotate(done=first)
    return found.prefetch_related("scores").order_by("done", "due_on", "pk")


def _in_state(state: str) -> Q:
    if state == QueueState.CLOSED:
        return Q(standing__in=_CLOSED)
    if state in QueueState.values:
        return Q(standing=state)
    return Q(standing__in=OPEN_STEPS)


def _overdue() -> Q:
    return Q(standing__in=OPEN_STEPS, due_on__lt=timezone.localdate())


def _below(section: str) -> Q:
    """Cases of pages that stand below the pages of ``section``, in every language."""
    found = Q(pk=None)
    if section in Section.values:
        paths = PracticeSectionPage.objects.filter(section=section).values_list("path", flat=True)
        for path in paths:
            found |= Q(practice__path__startswith=path)
    return found
