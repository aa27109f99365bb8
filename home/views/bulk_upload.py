"""Many documents at once: a draft for each file, with progress and a result beside each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.models import PortalDocument
from core.uploads import allowed_endings
from home.forms import BulkUploadForm, collections_for, libraries_for
from home.services.documents import draft_from_file, title_from_name


class BulkUploadView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows the form; POST takes one file and answers with its result as JSON."""

    template_name = "home/admin/bulk_upload.html"
    page_title = gettext_lazy("Upload many documents")
    header_icon = "upload"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if not libraries_for(user).exists() or not collections_for(user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        explorer = {"url": reverse_lazy("wagtailadmin_explore_root"), "label": _("Pages")}
        return [*self.breadcrumbs_items, explorer, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        initial = {"library": self.request.GET.get("library")}
        form = BulkUploadForm(user=self.request.user, initial=initial)
        return {
            **context,
            "form": form,
            "form_media": form.media,
            "max_size": settings.WAGTAILDOCS_MAX_UPLOAD_SIZE,
            "max_size_words": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE),
            "endings": ", ".join(ending.upper() for ending in allowed_endings()),
        }

    def post(self, request: HttpRequest) -> JsonResponse:
        form = BulkUploadForm(request.POST, user=request.user)
        file = request.FILES.get("files[]")
        if file is None:
            return _refused(_("No file arrived. Choose it again."))
        if not form.is_valid():
            fields = [
                f"{form.fields[name].label}: {' '.join(errors)}"
                for name, errors in form.errors.items()
            ]
            return _refused(" ".join(fields))
        chosen = form.cleaned_data
        document = PortalDocument(
            title=title_from_name(file.name or ""), file=file, collection=chosen["collection"]
        )
        try:
            document.full_clean()
        except ValidationError as error:
            return _refused(" ".join(error.messages))
        result = draft_from_file(
            document=document,
            library=chosen["library"],
            document_type=chosen["document_type"],
            day=chosen["day"],
            issuer=chosen["issuer"],
            access=chosen["access"],
            user=request.user,  # type: ignore[arg-type]
        )
        html = render_to_string("home/admin/bulk_upload_result.html", {"result": result})
        return JsonResponse(
            {"success": True, "created": result.created, "page_id": result.page.pk, "form": html}
        )


def _refused(reason: str) -> JsonResponse:
    # The script puts the reason into the page as HTML.
    return JsonResponse({"success": False, "error_message": escape(reason)})
