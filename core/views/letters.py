"""The outbox in the admin: what waits, what was given up, what a crash has left behind."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from django_filters import BooleanFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from core.enums import LetterState
from core.models import Letter
from core.permissions import user_can_manage_letters
from core.services.letter_sending import give_up_letter, is_stuck, retry_letter, stuck


class LetterFilters(WagtailFilterSet):
    """By state, and those that need a look."""

    attention = BooleanFilter(
        label=gettext_lazy("Needs a look"), method="filter_attention", field_name="state"
    )

    class Meta:
        model = Letter
        fields = ["state"]

    def filter_attention(self, letters: QuerySet[Letter], _name: str, value: bool) -> Any:
        needs = Q(state=LetterState.FAILED) | stuck()
        return letters.filter(needs) if value else letters.exclude(needs)


class LetterIndex(IndexView):
    """All letters; what they say is shown to nobody."""

    any_permission_required = ["change"]
    default_ordering = "-created_at"

    def get_list_buttons(self, instance: Letter) -> list[Button]:
        """Only what may be done with this letter."""
        names = []
        if instance.state == LetterState.FAILED or is_stuck(instance):
            names.append(("retry", _("Send again"), "rotate"))
        if instance.state == LetterState.WAITING or is_stuck(instance):
            names.append(("give_up", _("Give up"), "cross"))
        return [
            Button(
                label,
                url=reverse(f"letters:{name}", args=[instance.pk]),
                icon_name=icon,
                attrs={"aria-label": f"{label}: {instance.subject}"},
            )
            for name, label, icon in names
        ]

    def get_edit_url(self, instance: Letter) -> None:
        """A letter is not edited."""


class LetterAction(WagtailAdminTemplateMixin, TemplateView):
    """Asks once more, then does it."""

    template_name = "wagtailadmin/letters/confirm.html"
    header_icon = "mail"
    action = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not user_can_manage_letters(request.user):
            raise PermissionDenied
        self.letter = get_object_or_404(Letter, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Send again") if self.action == "retry" else _("Give up")

    def get_page_subtitle(self) -> str:
        return self.letter.subject

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Only a crash leaves such a letter: the person may have got it.
        unsure = self.action == "retry" and self.letter.state == LetterState.SENDING
        return super().get_context_data(letter=self.letter, unsure=unsure, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        change = retry_letter if self.action == "retry" else give_up_letter
        try:
            change(letter=self.letter, user=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            done = _("Letter sent again") if self.action == "retry" else _("Letter given up")
            messages.success(request, f"{done}: {self.letter.recipient}")
        return redirect("letters:index")


class LetterPolicy(ModelPermissionPolicy):
    """Letters are neither written nor edited nor deleted by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "change" and user_can_manage_letters(user)


register_permission_policy(Letter, LetterPolicy(Letter))


class LetterViewSet(ModelViewSet):
    """The list and two actions."""

    model = Letter
    name = "letters"
    icon = "mail"
    menu_label = gettext_lazy("Letters")
    menu_order = 900
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = LetterIndex
    filterset_class = LetterFilters
    list_per_page = 50
    search_fields = ["recipient", "subject"]
    exclude_form_fields: list[str] = []
    list_display = [
        "recipient",
        "subject",
        Column("get_state_display", label=gettext_lazy("state"), sort_key="state"),
        Column("attempts", label=gettext_lazy("attempts")),
        Column("error", label=gettext_lazy("error")),
        DateColumn("created_at", label=gettext_lazy("written at"), sort_key="created_at"),
    ]

    def get_urlpatterns(self) -> list[Any]:
        action = "<int:pk>/{}/"
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path(action.format("retry"), LetterAction.as_view(action="retry"), name="retry"),
            path(action.format("give-up"), LetterAction.as_view(action="give_up"), name="give_up"),
        ]
