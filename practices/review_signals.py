"""What the review does when something happens elsewhere."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState
from wagtail.signals import workflow_cancelled

from people.models import User
from practices.models import PracticePage
from practices.services.review_experts import release_all, release_erased


def connect() -> None:
    """Nobody waits for an expert who is gone, and no expert for a practice that is taken back."""
    pre_delete.connect(_on_account_deleted, sender=User, dispatch_uid="practice_experts")
    workflow_cancelled.connect(
        _on_cancelled, sender=WorkflowState, dispatch_uid="practice_cancelled"
    )


def _on_account_deleted(sender: Any, instance: User, **kwargs: Any) -> None:
    release_erased(account=instance.pk)


def _on_cancelled(sender: Any, instance: WorkflowState, **kwargs: Any) -> None:
    if instance.content_type.model_class() is PracticePage:
        practice = PracticePage.objects.get(pk=instance.object_id)
        release_all(practice=practice, reason=_("The practice is not in review any more."))
