"""Letters of the approval: to whoever decides next, and back to the author.

They replace Wagtail's own, which go out before the transaction ends (and so also when it fails)
and speak of «rejection in a moderation stage».
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url, get_latest_str
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected
from wagtail.users.models import UserProfile

from core.models import ReviewTask
from core.services.letters import language_of, write_letter


def ask_reviewers(sender: Any, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """A step has begun: its group is asked, except the person who brought it here."""
    step = instance.task.specific
    if not isinstance(step, ReviewTask):
        return
    flow = instance.workflow_state
    people = step.reviewers()
    if user is not None:
        people = people.exclude(pk=user.pk)
    _write(
        "review_asked",
        people,
        wish="submitted",
        item=flow.content_object,
        step=step.name,
        author=flow.requested_by,
    )


def tell_returned(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """The author hears what to correct."""
    step = instance.current_task_state
    if not _is_ours(step):
        return
    _write(
        "review_returned",
        _author(instance, user),
        wish="rejected",
        item=instance.content_object,
        step=step.task.name,
        comment=step.comment,
        reviewer=step.finished_by,
    )


def tell_approved(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """The author hears that it is on the site, or when it will be."""
    if not _is_ours(instance.current_task_state):
        return
    item = type(instance.content_object).objects.get(pk=instance.content_object.pk)
    scheduled = item.latest_revision.approved_go_live_at if item.latest_revision else None
    live = item.live and scheduled is None
    _write(
        "review_approved",
        _author(instance, user),
        wish="approved",
        item=item,
        live=live,
        go_live_at=scheduled,
        address=item.full_url if isinstance(item, Page) and live else "",
    )


def _is_ours(step: TaskState | None) -> bool:
    """Whether the letters of a step are ours: steps of a higher app write their own."""
    return step is not None and isinstance(step.task.specific, ReviewTask)


def connect() -> None:
    """Take the places of Wagtail's receivers: it connects later, and finds the names taken."""
    for signal, receiver, sender, uid in (
        (task_submitted, ask_reviewers, TaskState, "group_approval_task_submitted"),
        (workflow_rejected, tell_returned, WorkflowState, "workflow_state_rejected"),
        (workflow_approved, tell_approved, WorkflowState, "workflow_state_approved"),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=f"{uid}_email_notification")


def _author(flow: WorkflowState, actor: Any) -> list[Any]:
    author = flow.requested_by
    return [author] if author is not None and author != actor else []


def _write(message: str, people: Iterable[Any], *, wish: str, item: Any, **context: Any) -> None:
    """Write ``message`` to those of ``people`` who want it; it leaves through the outbox."""
    for person in people:
        profile = UserProfile.get_for_user(person)
        if not (person.is_active and person.email and getattr(profile, f"{wish}_notifications")):
            continue
        with override(language_of(person)):
            values = {
                **context,
                "item": item,
                "kind": item.page_type_display_name
                if isinstance(item, Page)
                else item._meta.verbose_name,
                "title": get_latest_str(item),
                "edit_url": get_admin_base_url() + _edit_path(item),
                "account_url": get_admin_base_url() + reverse("wagtailadmin_account"),
            }
        write_letter(recipient=person.email, message=message, context=values, user=person)


def _edit_path(item: Any) -> str:
    if isinstance(item, Page):
        return reverse("wagtailadmin_pages:edit", args=[item.pk])
    return reverse(item.snippet_viewset.get_url_name("edit"), args=[item.pk])
