"""The register as a file: export of the list, template, import with its preview."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, FormView, View
from wagtail.log_actions import log

from core.chrome import Link
from core.office import attachment
from core.office.response import CONTENT_TYPES
from people.enums import RowOutcome
from people.forms.staff import StaffFilterForm
from people.forms.staff_import import StaffImportForm
from people.models import StaffImport, StaffRecord
from people.permissions import user_keeps_staff
from people.queries.staff import sees_others, staff_list
from people.register_files.export import export_staff
from people.register_files.template import write_template
from people.services.openings import note_openings
from people.services.staff_imports import begin_import, confirm_import, drop_import
from people.tasks import work_soon
from people.views.staff import RegisterMixin

PER_PAGE = 25
ROOM = gettext_lazy("Import of the register")


class StaffExportView(RegisterMixin, View):
    """The list as it is narrowed; everybody in it counts as opened."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not sees_others(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> FileResponse:
        user: Any = request.user
        found = staff_list(user=user, chosen=StaffFilterForm(request.GET, user=user).chosen)
        people = 0

        def note(records: list[StaffRecord]) -> None:
            nonlocal people
            people += len(records)
            note_openings(records=records, viewer=user, place="export")

        file = export_staff(found, seen=note)
        log(instance=user, action="people.export_staff", user=user, data={"people": people})
        name = f"{_('Staff register')} {timezone.localdate():%d.%m.%Y}.xlsx"
        return FileResponse(
            file, as_attachment=True, filename=name, content_type=CONTENT_TYPES["xlsx"]
        )


class _KeeperMixin(RegisterMixin):
    """For those who keep records of people."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_keeps_staff(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def own_imports(self) -> Any:
        """What this person has brought."""
        return StaffImport.objects.filter(user=self.request.user)  # type: ignore[misc]


class StaffTemplateView(_KeeperMixin, View):
    """The empty file with the lists of this person."""

    def get(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        return attachment(write_template(user), name=_("Template of the register"), kind="xlsx")


class StaffImportsView(_KeeperMixin, FormView):
    """A file is brought here; below stand the earlier ones."""

    title = ROOM
    template_name = "people/staff/imports.html"
    form_class = StaffImportForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.own_imports(), PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)

    def form_valid(self, form: StaffImportForm) -> HttpResponse:
        user: Any = self.request.user
        load = begin_import(file=form.cleaned_data["file"], user=user)
        work_soon()
        return redirect("staff_import", pk=load.pk)


class StaffImportView(_KeeperMixin, DetailView):
    """How far it is, then what it would do, row by row."""

    template_name = "people/staff/import.html"
    object: StaffImport

    def get_queryset(self) -> Any:
        return self.own_imports()

    def get_title(self) -> str:
        return self.object.file_name

    def get_trail(self) -> list[Link]:
        return [*super().get_trail(), Link(str(ROOM), reverse("staff_imports"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        load = self.object
        asked = self.request.GET.get("rows", "")
        rows = load.rows.order_by("number")
        if asked in RowOutcome.values:
            rows = rows.filter(outcome=asked)
        counts = {
            RowOutcome.CREATED: load.created,
            RowOutcome.CHANGED: load.changed,
            RowOutcome.SAME: load.same,
            RowOutcome.REFUSED: load.refused,
        }
        return super().get_context_data(
            load=load,
            page_obj=Paginator(rows, PER_PAGE).get_page(self.request.GET.get("page")),
            groups=[
                (outcome.value, outcome.label, count) for outcome, count in counts.items() if count
            ],
            asked=asked,
            may_apply=load.state == "ready" and load.created + load.changed > 0,
            may_drop=load.state in ("ready", "failed"),
            **kwargs,
        )


class _DecideView(_KeeperMixin, View):
    """A button of the preview."""

    http_method_names = ["post"]

    def found(self) -> StaffImport:
        """The import of the address; there is none of somebody else's."""
        load: StaffImport = get_object_or_404(self.own_imports(), pk=self.kwargs["pk"])
        return load


class ApplyImportView(_DecideView):
    """Write it into the register."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        try:
            confirm_import(load=self.found(), user=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            work_soon()
        return redirect("staff_import", pk=pk)


class DropImportView(_DecideView):
    """Give it up: the file and what was read of it go."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        drop_import(load=self.found(), user=user)
        return redirect("staff_imports")
