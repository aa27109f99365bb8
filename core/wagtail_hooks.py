"""What the ground adds to the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import LogActionRegistry
from wagtail.models import DraftStateMixin, Page, TaskState, WorkflowMixin, WorkflowState

from core.content_checks import findings
from core.schedule_words import schedule_words
from core.translation_drafts import is_incomplete
from core.userbar import PortalContentChecker
from core.views.letters import LetterViewSet
from core.views.still_signed_in import still_signed_in
from core.views.update_translations import CarefulUpdateView
from core.viewsets import remark_of

SHOWN = 8


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    """The admin in the colours and the letters of the portal."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin.css"))


@hooks.register("insert_editor_js")
def translation_editor_words() -> str:
    """What the translation editor of the package says in English whatever the language."""
    return format_html(
        '<script src="{}" data-more="{}" data-publish="{}"></script>',
        static("translation-editor.js"),
        _("More actions"),
        _("Publish: %(language)s"),
    )


@hooks.register("insert_global_admin_js")
def editing_session() -> str:
    """Nothing that was written is lost when the session has ended meanwhile."""
    words = {
        "address": reverse("still_signed_in"),
        "log-in": reverse("wagtailadmin_login"),
        "log-out": reverse("wagtailadmin_logout"),
        "text": _(
            "Not saved yet: you are signed out, or the connection is broken. What you wrote stays "
            "on this page. Sign in in another tab, come back and press the button again."
        ),
        "waits": _(
            "Not saved yet: you are signed out, or the connection is broken. What you wrote waits "
            "on this page and is saved as soon as you sign in in another tab."
        ),
        "link": _("Sign in in a new tab"),
        "other": _(
            "Not saved: %(person)s has signed in in this browser meanwhile. What you wrote stays "
            "on this page. Sign out in another tab, sign in there as yourself, come back and save "
            "again."
        ),
        "leave": _("Sign out in a new tab"),
        "note": "help-block help-critical",
    }
    return format_html(
        '<script src="{}"{}></script>',
        static("editing-session.js"),
        format_html_join("", ' data-{}="{}"', words.items()),
    )


@hooks.register("register_admin_urls")
def still_signed_in_url() -> list[URLPattern]:
    """Where the editor asks before it sends a form."""
    return [path("still-signed-in/", still_signed_in, name="still_signed_in")]


@hooks.register("insert_editor_js")
def schedule_window() -> str:
    """The window of the schedule shows what is wrong in it at once."""
    return format_html('<script src="{}"></script>', static("schedule.js"))


@hooks.register("construct_wagtail_userbar")
def content_checker(request: HttpRequest, items: list[Any], page: Page) -> None:
    """Our checks in the place of Wagtail's."""
    items[:] = [
        PortalContentChecker(in_editor=item.in_editor)
        if isinstance(item, ContentCheckerItem)
        else item
        for item in items
    ]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_findings(request: HttpRequest, page: Page) -> None:
    """After a save by hand: what would be hard to read. A save of itself stays silent."""
    if not request.accepts("text/html"):
        return
    saved = page.specific.get_latest_revision_as_object()
    found = findings(saved)
    if found:
        lines = format_html_join("", "<li>{}</li>", ((text,) for text in found[:SHOWN]))
        messages.warning(
            request,
            format_html(
                "{}<ul>{}</ul>", _("Some readers will have difficulties with this page:"), lines
            ),
        )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_schedule(request: HttpRequest, record: Any) -> None:
    """After a save by hand: when the record goes live and when it leaves, or what it waits for."""
    if not isinstance(record, DraftStateMixin) or not request.accepts("text/html"):
        return
    # A decision says itself what came of it.
    if request.POST.get("action-workflow-action"):
        return
    for words in schedule_words(record):
        messages.info(request, words)


@hooks.register("register_admin_urls", order=-1)
def update_translations_url() -> list[URLPattern]:
    """Our screen under the address of the package's, which keeps its name."""
    address = "localize/update/<int:translation_source_id>/"
    return [path(address, CarefulUpdateView.as_view())]


@hooks.register("before_edit_page", order=-1)
@hooks.register("before_edit_snippet", order=-1)
def refuse_untranslated(request: HttpRequest, record: Any) -> HttpResponse | None:
    """The button «publish» of the translator's screen waits for the last string."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    if not is_incomplete(record):
        return None
    messages.error(request, _("Nothing is published: there are strings without a translation."))
    return redirect(request.get_full_path())


@hooks.register("before_bulk_action")
def refuse_untranslated_together(
    request: HttpRequest, action_type: str, records: list[Any], action: Any
) -> HttpResponse | None:
    """Publishing many at once names those that lack a translation, and publishes none."""
    if action_type != "publish":
        return None
    asked = list(records)
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        for page in records:
            asked += page.get_descendants().not_live()
    found = [str(record) for record in asked if is_incomplete(record)]
    if not found:
        return None
    words = _("Nothing is published: these have strings without a translation: %(titles)s.")
    messages.error(request, words % {"titles": ", ".join(found)})
    return redirect(action.next_url)


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def tell_remark(request: HttpRequest, record: Any) -> None:
    """On what was returned for changes: who returned it and what must be changed."""
    if request.method != "GET" or not isinstance(record, WorkflowMixin):
        return
    state = record.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    task = state.current_task_state
    if task is None or not task.comment:
        return
    messages.warning(
        request,
        _("Returned for changes by %(person)s: %(remark)s")
        % {
            "person": get_user_display_name(task.finished_by) if task.finished_by else "—",
            "remark": task.comment,
        },
    )


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def refuse_late_decision(request: HttpRequest, record: Any) -> HttpResponse | None:
    """Two open the same record: the second decision finds the first one, and says whose it is."""
    if "action-workflow-action" not in request.POST or not isinstance(record, WorkflowMixin):
        return None
    task = record.current_workflow_task
    offered = [name for name, *_rest in task.get_actions(record, request.user)] if task else []
    if request.POST.get("workflow-action-name") in offered:
        return None
    states = WorkflowState.objects.for_instance(record)
    finished = TaskState.objects.filter(workflow_state__in=states, finished_at__isnull=False)
    decided = finished.select_related("finished_by").order_by("-finished_at", "-pk").first()
    if decided is None:
        return None
    messages.error(
        request,
        _("Your decision came too late: %(person)s has decided already (%(status)s).")
        % {
            "person": get_user_display_name(decided.finished_by) if decided.finished_by else "—",
            "status": decided.get_status_display(),
        },
    )
    if remark := remark_of(request):
        messages.warning(request, _("Your remark was not sent: %(remark)s") % {"remark": remark})
    return redirect(request.get_full_path())


@hooks.register("register_admin_viewset")
def outbox() -> LetterViewSet:
    """Letters that wait, were given up or left by a crash."""
    return LetterViewSet()


@hooks.register("register_log_actions")
def letter_actions(actions: LogActionRegistry) -> None:
    """What the journal calls the decisions of an operator about the outbox."""
    for action, label, message in (
        ("core.retry_letter", gettext_lazy("Send again"), gettext_lazy("Letter sent again")),
        ("core.give_up_letter", gettext_lazy("Give up"), gettext_lazy("Letter given up")),
    ):
        actions.register_action(action, label, message)
