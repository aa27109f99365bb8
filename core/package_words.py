"""Words of packages that their catalogues cannot reach: nobody marked them for translation.

Said once, when the portal starts. What a catalogue can reach stands in ``locale_upstream``.
"""

from __future__ import annotations

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.workflows import WorkflowContentTypeForm, WorkflowPageForm
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.documents.views.documents import IndexView as FilesIndexView
from wagtail.models import Locale
from wagtail.sites.views import IndexView as SiteIndexView
from wagtail_localize import models as localize_models
from wagtail_localize.models import (
    LocaleSynchronization,
    LocaleSynchronizationModelForm,
    Translation,
)
from wagtail_localize.views.report import TranslationsReportFilterSet


class SynchronizationForm(LocaleSynchronizationModelForm):
    """The package adds a switch to the form and leaves it in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "enabled" in self.fields:
            self.fields["enabled"].label = _("Switched on")


def _count_of_a_list(paginator: WagtailPaginator) -> str:
    return gettext("in all: %(count)s") % {"count": intcomma(paginator.count)}


def put_into_words() -> None:
    """Give every such model, field and column a name that is translated."""
    Locale._meta.verbose_name = _("site language")
    Locale._meta.verbose_name_plural = _("site languages")
    Translation._meta.verbose_name = _("translation of a page")
    Translation._meta.verbose_name_plural = _("translations of pages")
    LocaleSynchronization._meta.get_field("sync_from").verbose_name = _("language to copy from")
    LocaleSynchronization.base_form_class = SynchronizationForm
    NameEmailSettingsPanel.title = pgettext_lazy("person", "Name")
    # Beside each string it would name an English month.
    localize_models.DATE_FORMAT = "%d.%m.%Y"
    # «Документы» are pages of the library here.
    FilesIndexView.page_title = _("Files")
    columns = {
        "port": _("Port"),
        "site_name": _("Name of the site"),
        "root_page": pgettext_lazy("site", "Home page"),
    }
    for column in SiteIndexView.columns:
        column.label = columns.get(column.name, column.label)
    filters = TranslationsReportFilterSet.base_filters
    filters["source_locale"].label = _("From language")
    filters["target_locale"].label = _("Into language")
    WorkflowPageForm.base_fields["page"].label = _("Page")
    WorkflowContentTypeForm.base_fields["content_types"].label = _("Kinds of records")
    # The package puts the number before a plural, and «10 новости» is no Russian.
    WagtailPaginator.items_count_label = property(_count_of_a_list)
    # The report names no order, and without one its pages overlap.
    Translation._meta.ordering = ["-pk"]
