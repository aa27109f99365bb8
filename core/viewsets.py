"""Views of the admin that every app shares."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import StatusTagColumn, UpdatedAtColumn
from wagtail.admin.utils import get_latest_str, get_user_display_name
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import DraftStateMixin, TaskState
from wagtail.snippets.views.snippets import SnippetViewSet


def _publication(record: DraftStateMixin) -> str:
    """Whether visitors see the record; asks nothing of the database, unlike Wagtail's column."""
    if not record.live:
        return str(_("Expired") if record.expired else _("Not published"))
    return str(_("Published, edited") if record.has_unpublished_changes else _("Published"))


class PublicationColumn(StatusTagColumn):
    """«На сайте»: published or not."""

    def __init__(self) -> None:
        super().__init__(
            "publication",
            label=gettext_lazy("On the site"),
            accessor=_publication,
            primary=lambda record: record.live,
        )


class ListViewSet(SnippetViewSet):
    """A short list in an order that editors choose by dragging."""

    list_display = ["name", "slug", PublicationColumn(), UpdatedAtColumn()]
    search_fields = ["name"]
    sort_order_field = "order"
    copy_view_enabled = False
    list_per_page = 50


def decision_words(item: Any) -> str:
    """What came of the decision that was just taken about ``item``, for whoever took it."""
    item = type(item).objects.get(pk=item.pk)
    title = get_latest_str(item)
    flow = item.current_workflow_state
    if flow is not None and flow.status == flow.STATUS_NEEDS_CHANGES:
        return _("“%(title)s” is returned to the author with your remark.") % {"title": title}
    if flow is not None:
        step = flow.current_task_state.task.name
        return _("“%(title)s” is approved and goes on: %(step)s.") % {"title": title, "step": step}
    ahead = item.latest_revision and item.latest_revision.approved_go_live_at
    if ahead:
        moment = date_format(localtime(ahead), "j E Y H:i")
        words = _("“%(title)s” is approved. It will be published on %(moment)s.")
        return words % {"title": title, "moment": moment}
    return _("“%(title)s” is approved and published.") % {"title": title}


class DecidedAlreadyMixin:
    """Says who has decided a step when a second person decides it too (another tab, a race).

    Stands before a view of a workflow action, of pages or of snippets.
    """

    task_state: TaskState
    redirect_url: str
    object: Any

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
            elif decided.finished_by_id is not None:
                messages.success(request, decision_words(self.object))
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


class PortalEditView(EditView):
    """The form of a page; a decision taken in it is told as one."""

    def add_save_confirmation_message(self) -> None:
        if self.request.POST.get("action-workflow-action"):
            messages.success(self.request, decision_words(self.page))
        else:
            super().add_save_confirmation_message()

    def form_invalid(self, form: Any) -> HttpResponse:
        """A decision about a page with mistakes is not taken; its remark comes back."""
        if remark := remark_of(self.request):
            words = _("Your remark was not sent: %(remark)s")
            messages.warning(self.request, words % {"remark": remark})
        return super().form_invalid(form)


def remark_of(request: HttpRequest) -> str:
    """What a reviewer wrote to a decision that is sent with a form; empty when nothing."""
    try:
        data = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except json.JSONDecodeError:
        return ""
    return str(data.get("comment", "")) if isinstance(data, dict) else ""
