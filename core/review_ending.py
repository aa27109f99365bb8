"""What the end of an approval publishes. Wagtail asks for it while its own models are loading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.workflows import publish_workflow_state

if TYPE_CHECKING:
    from wagtail.models import WorkflowState


def publish_reviewed(flow: WorkflowState, user: Any = None) -> None:
    """Publish the newest version, as Wagtail does.

    A step that ``publishes_what_was_decided`` publishes the version it was decided on: what the
    author has written since waits for the next review.
    """
    state = flow.current_task_state
    if state is not None and getattr(state.task.specific, "publishes_what_was_decided", False):
        # Whoever closes such a step was asked for the right to; the tree may belong to others.
        state.revision.publish(user=user, skip_permission_checks=True)
        return
    publish_workflow_state(flow, user=user)
