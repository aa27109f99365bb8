"""Pages of the admin that the lists of Wagtail do not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, ButtonWithDropdown
from wagtail.models import Locale
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView

from core.publishing import RefusedPublicationError
from core.viewsets import decision_words
from monitoring.models import Indicator
from monitoring.permissions import can_confirm_facts
from monitoring.services import confirm_fact


class ConfirmFactsView(WagtailAdminTemplateMixin, TemplateView):
    """The published facts of one indicator; whoever may, vouches for each with a button."""

    model = Indicator
    page_title = gettext_lazy("Confirmation of facts")
    header_icon = "check"
    template_name = "monitoring/admin/confirm_facts.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can_confirm_facts(request.user):
            raise PermissionDenied
        self.object = get_object_or_404(
            Indicator.objects.in_source_language().select_related("road_map"), pk=kwargs["pk"]
        )
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        namespace = Indicator.snippet_viewset.get_url_name("list")
        edit = Indicator.snippet_viewset.get_url_name("edit")
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse(namespace), "label": _("Indicators")},
            {"url": reverse(edit, args=[self.object.pk]), "label": str(self.object)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = self.object.years.select_related("confirmed_by", "evidence_page")
        return super().get_context_data(
            indicator=self.object, years=years if self.object.live else [], **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Confirm the fact of one year."""
        year = request.POST.get("year", "")
        try:
            row = confirm_fact(
                indicator=self.object, year=int(year) if year.isdecimal() else 0, user=request.user
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The fact of %(year)s is confirmed.") % {"year": row.year})
        return redirect(request.path)


class RecordIndexView(IndexView):
    """Records by number; the wording leads to the form and carries the buttons of the row.

    The buttons are made here: the hook of wagtail-localize asks the database twice for each row.
    """

    def _get_custom_column(
        self, field_name: str, column_class: type[Column] = Column, **kwargs: Any
    ) -> Column:
        # Wagtail makes a link of the first column alone, and that is the number here.
        if field_name != "list_title" or column_class is not Column:
            return super()._get_custom_column(field_name, column_class, **kwargs)
        column = self._get_title_column(field_name)
        column.label = capfirst(self.model._meta.verbose_name)
        # The wording of the order is long; narrower, its words would break.
        column.width = "40%"
        return column

    def get_list_buttons(self, record: Any) -> list[Any]:
        """One menu of what may be done with a record."""
        user = self.request.user
        items = [item for item in self.get_list_more_buttons(record) if item.is_shown(user)]
        buttons = [Button.from_menu_item(item) for item in items]
        if isinstance(record, Indicator) and can_confirm_facts(user):
            buttons.append(confirm_button(record))
        if user.has_perm("wagtail_localize.submit_translation"):
            buttons += self._translation_buttons(record)
        if not buttons:
            return []
        words = _("More options for '%(title)s'") % {"title": str(record)}
        return [
            ButtonWithDropdown(
                buttons=sorted(buttons), icon_name="dots-horizontal", attrs={"aria-label": words}
            )
        ]

    def _translation_buttons(self, record: Any) -> Iterator[Button]:
        if record.languages < self._languages:
            model = record._meta
            arguments = [model.app_label, model.model_name, record.pk]
            yield Button(
                _("Translate"),
                url=reverse("wagtail_localize:submit_snippet_translation", args=arguments),
                icon_name="wagtail-localize-language",
                priority=100,
            )
        if record.translation_source:
            address = reverse(
                "wagtail_localize:update_translations", args=[record.translation_source]
            )
            yield Button(
                _("Sync translated snippets"),
                url=f"{address}?{urlencode({'next': self.request.path})}",
                icon_name="resubmit",
                priority=106,
            )

    @cached_property
    def _languages(self) -> int:
        return Locale.objects.count()


class RecordCreateView(CreateView):
    """The form of a new record; a number that another person took meanwhile is refused in it."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except RefusedPublicationError as refusal:
            form.add_error(None, refusal.messages)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class RecordEditView(EditView):
    """The form of a record; a decision taken in it is told as one."""

    def get_success_message(self, instance: Any = None) -> str:
        if self.action == "workflow-action":
            return decision_words(self.object)
        return str(super().get_success_message(instance))


class IndicatorEditView(RecordEditView):
    """The form of an indicator, with the way to the confirmation of its facts."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if can_confirm_facts(self.request.user):
            buttons.append(confirm_button(self.object))
        return buttons


def confirm_button(indicator: Indicator) -> Button:
    """The way to the confirmation of the facts of an indicator."""
    name = Indicator.snippet_viewset.get_url_name("confirm")
    return Button(
        _("Confirm facts"), url=reverse(name, args=[indicator.pk]), icon_name="check", priority=30
    )
