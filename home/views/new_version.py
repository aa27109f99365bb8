"""A new version of a file of a document: the old one stays as history by itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.models import PortalDocument
from home.enums import FileRole
from home.forms import NewVersionForm, collections_for
from home.models import DocumentFile, DocumentPage
from home.services.documents import add_version


class NewVersionView(WagtailAdminTemplateMixin, FormView):
    """GET shows the form; POST saves a draft of the document with the new file in it."""

    form_class = NewVersionForm
    template_name = "home/admin/new_version.html"
    page_title = gettext_lazy("New version of a file")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rights = self.document_page.permissions_for_user(request.user)
        if not rights.can_edit() or rights.page_locked():
            raise PermissionDenied
        if not self.replaceable or not collections_for(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    @cached_property
    def document_page(self) -> DocumentPage:
        """The latest draft of the document."""
        page = get_object_or_404(DocumentPage, pk=self.kwargs["page_id"])
        return page.get_latest_revision_as_object()

    @cached_property
    def replaceable(self) -> list[DocumentFile]:
        """The files of the draft that are no history already."""
        files: Any = self.document_page.files
        return [file for file in files.all() if file.role != FileRole.EARLIER]

    def get_page_subtitle(self) -> str:
        return self.document_page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        page = self.document_page
        editor = {"url": self.get_success_url(), "label": page.get_admin_display_title()}
        return [*self.breadcrumbs_items, editor, {"url": "", "label": self.get_page_title()}]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "replaceable": self.replaceable}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "form_media": context["form"].media, "cancel": self.get_success_url()}

    def form_valid(self, form: NewVersionForm) -> HttpResponse:
        chosen = form.cleaned_data
        file: DocumentFile = chosen["file"]
        folders = collections_for(self.request.user)
        document = PortalDocument(
            title=file.document.title,
            file=chosen["upload"],
            # Beside the earlier version, where this person may store files at all.
            collection=folders.filter(pk=file.document.collection_id).first() or folders[0],
        )
        try:
            document.full_clean()
        except ValidationError as error:
            form.add_error("upload", error.messages)
            return self.form_invalid(form)
        add_version(
            page=self.document_page,
            file=file,
            document=document,
            day=chosen["day"],
            what_changed=chosen["what_changed"],
            user=self.request.user,  # type: ignore[arg-type]
        )
        messages.success(
            self.request,
            _("The new version stands in the draft; readers see it when the draft is published."),
        )
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.document_page.pk])
