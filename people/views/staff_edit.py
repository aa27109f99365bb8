"""A person is added to the register and changed there; two who change at once both decide."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.models import Revision

from core.chrome import Link
from people.forms.staff_record import StaffRecordForm
from people.models import StaffRecord
from people.permissions import user_can_edit_staff, user_keeps_staff
from people.queries.staff_history import Conflict, conflicts
from people.services.openings import note_openings
from people.services.staff import ChangedMeanwhileError, add_staff, change_staff
from people.views.staff import RegisterMixin

THEIRS = "theirs"


class _RecordFormView(RegisterMixin, TemplateView, ABC):
    """The long form: a button adds a line, another one saves."""

    template_name = "people/staff/form.html"
    record: StaffRecord | None = None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.get_form()))

    def get_form(self, data: QueryDict | None = None) -> StaffRecordForm:
        """The form, filled with ``data``."""
        user: Any = self.request.user
        return StaffRecordForm(data, user=user, instance=self.record)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = self.with_choices(request.POST.copy())
        form = self.get_form(data)
        for name in form.formsets:
            if f"add-{name}" in data:
                count = data.get(f"{name}-TOTAL_FORMS", "")
                data[f"{name}-TOTAL_FORMS"] = str(int(count) + 1 if count.isdecimal() else 1)
                form = self.get_form(data)
                form.keep_quiet()
                return self.render_to_response(self.get_context_data(form=form))
        if not form.is_valid():
            return self.refuse(form)
        form.save(commit=False)
        return self.saved(form)

    @abstractmethod
    def saved(self, form: StaffRecordForm) -> HttpResponse:
        """Hand the filled record to the service."""

    def with_choices(self, data: QueryDict) -> QueryDict:
        """``data`` after the choices between two versions."""
        return data

    def refuse(self, form: StaffRecordForm, **context: Any) -> HttpResponse:
        """The form again with what is wrong, and the records it may be about."""
        user: Any = self.request.user
        visible = StaffRecord.objects.visible_to(user).filter(
            pk__in=[item.pk for item in form.found]
        )
        return self.render_to_response(
            self.get_context_data(
                form=form,
                found=visible,
                hidden_found=len(form.found) > len(visible),
                **context,
            ),
            status=422,
        )


class AddStaffView(_RecordFormView):
    """Somebody new."""

    title = gettext_lazy("Add a person to the register")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not user_keeps_staff(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def saved(self, form: StaffRecordForm) -> HttpResponse:
        user: Any = self.request.user
        try:
            record = add_staff(record=form.instance, user=user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.refuse(form)
        messages.success(self.request, _("The person is in the register."))
        return self.to_card(record)


class EditableMixin(RegisterMixin):
    """A screen about one record, for those who may change it."""

    record: StaffRecord | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_authenticated:
            self.record = get_object_or_404(StaffRecord.objects.visible_to(user), pk=kwargs["pk"])
            if not user_can_edit_staff(user, self.record):
                raise PermissionDenied
            if request.method == "GET":
                note_openings(records=[self.record], viewer=user, place="form")
        return super().dispatch(request, *args, **kwargs)

    def get_trail(self) -> list[Link]:
        assert self.record is not None
        card = reverse("staff_card", args=[self.record.pk])
        return [*super().get_trail(), Link(self.record.full_name, card)]


class EditStaffView(EditableMixin, _RecordFormView):
    """Somebody who is there. Whoever saves second sees what the first one saved, and chooses."""

    title = gettext_lazy("Change the record")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.record is not None
        posted = self.request.POST.get("revision", "")
        revision = posted if posted.isdecimal() else self.record.latest_revision_id
        return super().get_context_data(**{"record": self.record, "revision": revision, **kwargs})

    def saved(self, form: StaffRecordForm) -> HttpResponse:
        user: Any = self.request.user
        posted = self.request.POST.get("revision", "")
        opened = int(posted) if posted.isdecimal() and len(posted) < 18 else None
        try:
            record = change_staff(record=form.instance, user=user, opened_revision=opened)
        except ChangedMeanwhileError:
            return self._compare(form, opened)
        except ValidationError as error:
            form.add_error(None, error)
            return self.refuse(form)
        messages.success(self.request, _("The record is saved."))
        return self.to_card(record)

    def with_choices(self, data: QueryDict) -> QueryDict:
        """Fields for which the person has chosen the other version take what stands there."""
        chosen = {
            name.removeprefix("choose-")
            for name, value in data.items()
            if name.startswith("choose-") and value == THEIRS
        }
        if not chosen:
            return data
        theirs = self.get_form().as_posted()
        for name in chosen:
            for key in [key for key in data if key == name or key.startswith(f"{name}-")]:
                del data[key]
            for key, value in theirs.items():
                if key == name or key.startswith(f"{name}-"):
                    data[key] = value
        return data

    def _compare(self, form: StaffRecordForm, opened: int | None) -> HttpResponse:
        mine = form.instance.serializable_data()
        current = StaffRecord.objects.get(pk=form.instance.pk)
        before = Revision.objects.for_instance(current).filter(pk=opened).first()
        theirs = current.serializable_data()
        found: list[Conflict] = conflicts(
            opened=before.content if before else theirs, theirs=theirs, mine=mine
        )
        form.keep_quiet()
        latest = current.latest_revision
        return self.render_to_response(
            self.get_context_data(
                form=form,
                conflicts=found,
                by=latest.user if latest else None,
                at=latest.created_at if latest else None,
                revision=current.latest_revision_id,
            ),
            status=409,
        )
