"""Views of the admin that every app shares."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import TaskState
from wagtail.snippets.views.snippets import SnippetViewSet


class ListViewSet(SnippetViewSet):
    """A short list in an order that editors choose by dragging."""

    list_display = ["name", "slug", UpdatedAtColumn()]
    search_fields = ["name"]
    sort_order_field = "order"
    copy_view_enabled = False
    list_per_page = 50


class DecidedAlreadyMixin:
    """Says who has decided a step when a second person decides it too (another tab, a race).

    Stands before a view of a workflow action, of pages or of snippets.
    """

    task_state: TaskState
    redirect_url: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.task_state.status != TaskState.STATUS_IN_PROGRESS:
            self._tell(request)
            return redirect(self.redirect_url)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        if request.method == "POST":
            decided = TaskState.objects.get(pk=self.task_state.pk)
            if decided.finished_by_id not in (None, request.user.pk):
                self.task_state = decided
                self._tell(request)
        return response

    def _tell(self, request: HttpRequest) -> None:
        person = self.task_state.finished_by
        messages.warning(
            request,
            _("This step is already closed: %(status)s, %(person)s.")
            % {
                "status": self.task_state.get_status_display().lower(),
                "person": get_user_display_name(person) if person else "—",
            },
        )


class PortalWorkflowActionView(DecidedAlreadyMixin, WorkflowActionView):
    """Approve or return a page."""
