"""What an editor has to do today. Every function reads a bounded number of rows and queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from core.models import ReviewTask
from monitoring.models import Measure
from people.models import User

LIMIT = 8
EXPIRES_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """A line of a panel: what, where it leads, what is said of it, since or until when."""

    title: str
    url: str
    note: str = ""
    remark: str = ""
    when: date | datetime | None = None


@dataclass(frozen=True)
class Rows:
    """The first rows of a list; ``more`` when there are others."""

    rows: list[Row]
    more: bool = False

    @classmethod
    def of(cls, rows: list[Row]) -> Rows:
        return cls(rows[:LIMIT], more=len(rows) > LIMIT)


def waiting_for(user: User) -> Rows:
    """Reviews that ``user`` may decide, the longest waiting first."""
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
    )
    if not user.is_superuser:
        tasks = ReviewTask.objects.filter(groups__in=user.groups.all())
        states = states.filter(task__in=tasks.values("pk"))
    found = (
        states.select_related("task", "workflow_state__requested_by")
        .prefetch_related("workflow_state__content_object")
        .order_by("started_at", "pk")[: LIMIT + 1]
    )
    rows = []
    for state in found:
        item = state.workflow_state.content_object
        if item is None:
            continue
        author = state.workflow_state.requested_by
        rows.append(
            Row(
                title=_title(item),
                url=_edit_url(item),
                note=state.task.name,
                remark=str(author) if author else "",
                when=state.started_at,
            )
        )
    return Rows.of(rows)


def drafts_of(user: User) -> Rows:
    """Pages that ``user`` made or changed last and that are not (fully) published yet."""
    pages = list(
        Page.objects.filter(Q(owner=user) | Q(latest_revision__user=user), expired=False)
        .filter(Q(has_unpublished_changes=True) | Q(live=False))
        .annotate_approved_schedule()
        .order_by("-latest_revision_created_at", "-pk")[: LIMIT + 1]
    )
    reviews = {
        state.object_id: state
        for state in WorkflowState.objects.active()
        .filter(
            base_content_type=Page.get_base_content_type(Page()),
            object_id__in=[str(page.pk) for page in pages],
        )
        .select_related("current_task_state__task")
    }
    rows = []
    for page in pages:
        note, remark = _state_of(page, reviews.get(str(page.pk)))
        rows.append(
            Row(page.draft_title, _edit_url(page), note, remark, page.latest_revision_created_at)
        )
    return Rows.of(rows)


def expiring_for(user: User) -> Rows:
    """Published pages that leave the site within 30 days and that ``user`` may change."""
    now = timezone.now()
    policy = policy_registry.get_by_type(Page)
    pages = (
        policy.instances_user_has_permission_for(user, "change")
        .filter(live=True, expire_at__gt=now, expire_at__lte=now + EXPIRES_WITHIN)
        .select_related("content_type")
        .order_by("expire_at", "pk")[: LIMIT + 1]
    )
    return Rows.of(
        [
            Row(page.title, _edit_url(page), str(page.page_type_display_name), when=page.expire_at)
            for page in pages
        ]
    )


def overdue_measures_for(user: User | AnonymousUser) -> Rows:
    """Measures that the site calls overdue, for those who may change them."""
    if not user.has_perm("monitoring.change_measure"):
        return Rows([])
    measures = (
        Measure.objects.overdue().select_related("road_map").order_by("end", "order")[: LIMIT + 1]
    )
    return Rows.of(
        [
            Row(
                str(measure),
                _edit_url(measure),
                str(measure.get_status_display()),
                f"{measure.road_map.start_year}–{measure.road_map.end_year}",
                measure.end,
            )
            for measure in measures
        ]
    )


def _state_of(page: Page, review: WorkflowState | None) -> tuple[str, str]:
    """In words: where a draft is, and what the reviewer wrote when it came back."""
    if review and review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        step = review.current_task_state
        return _("Returned for correction"), step.comment if step else ""
    if review and review.current_task_state:
        return _("In review: %(step)s") % {"step": review.current_task_state.task.name}, ""
    if page.approved_schedule:
        return _("Scheduled"), ""
    return (_("Changed after publication") if page.live else _("Draft")), ""


def _title(item: Any) -> str:
    return item.draft_title if isinstance(item, Page) else str(item)


def _edit_url(item: Any) -> str:
    if isinstance(item, Page):
        return reverse("wagtailadmin_pages:edit", args=[item.pk])
    viewset = getattr(item, "snippet_viewset", None)
    return reverse(viewset.get_url_name("edit"), args=[item.pk]) if viewset else ""
