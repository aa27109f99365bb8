"""A step of the approval of pages and records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState
from wagtail.models.workflows import AbstractGroupApprovalTask


class ReturnForm(forms.Form):
    """What has to be changed; without a word the author would not know."""

    comment = forms.CharField(label=_("What to correct"), widget=forms.Textarea({"rows": 4}))


class ReviewTask(AbstractGroupApprovalTask):
    """A step that members of chosen groups approve or return with a comment.

    Two people (or two tabs of one) may decide at the same moment. The decision is taken under a
    lock of the step: the first one counts, the second changes nothing and sends nothing.
    """

    class Meta:
        verbose_name = _("review by a group")
        verbose_name_plural = _("reviews by a group")

    def reviewers(self) -> Any:
        """Accounts of the groups, each once."""
        return get_user_model().objects.filter(groups__in=self.groups.all()).distinct()

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """A return asks for a comment, an approval may have one."""
        return ReturnForm if action == "reject" else super().get_form_for_action(action)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """What ``user`` may decide; the third part says whether a form is shown first."""
        if not (user.is_superuser or self._user_in_groups(user)):
            return []
        return [
            ("reject", _("Return for correction"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Take the decision unless somebody has taken one meanwhile."""
        if action_name == "reject" and not kwargs.get("comment", "").strip():
            raise PermissionDenied("A return needs a comment.")
        locked = TaskState.objects.select_for_update().get(pk=task_state.pk)
        if locked.status != TaskState.STATUS_IN_PROGRESS:
            return
        super().on_action(locked.specific, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        """Shown where an administrator chooses the kind of a step."""
        return _("Members of the chosen groups approve or return with a comment")
