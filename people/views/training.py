"""The training of the person who is signed in: list, form, deletion."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, ListView, View

from core.cabinet import CabinetMixin
from core.chrome import Link
from people.enums import TrainingState
from people.forms.training import TrainingForm
from people.models import StaffRecord, TrainingRecord
from people.queries.training import own_trainings
from people.services.training import delete_training, enter_training
from people.views.consents import ProcessingConsentMixin
from people.views.lists import PagedMixin

ROOM = gettext_lazy("My training")


class WithRecordMixin(CabinetMixin):
    """For people whom their school has linked with a record; others are led there first."""

    record: StaffRecord

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_authenticated and "pk" not in kwargs:
            record = StaffRecord.objects.filter(user=user).first()
            if record is None:
                messages.info(
                    request, _("Find yourself in the register first: training is kept there.")
                )
                return redirect("staff_link")
            self.record = record
        return super().dispatch(request, *args, **kwargs)


class TrainingsView(ProcessingConsentMixin, PagedMixin, WithRecordMixin, ListView):
    """Everything the person has finished, with its state."""

    title = ROOM
    template_name = "people/training/list.html"

    def get_queryset(self) -> Any:
        user: Any = self.request.user
        return own_trainings(user).select_related("scan")


class _TrainingFormView(ProcessingConsentMixin, WithRecordMixin, FormView, ABC):
    """The form of one record; the service says whether it may be saved."""

    template_name = "people/training/form.html"
    form_class = TrainingForm
    request: HttpRequest

    def get_trail(self) -> list[Link]:
        return [Link(str(ROOM), reverse("trainings"))]

    @abstractmethod
    def get_training(self) -> TrainingRecord:
        """The record that the form fills."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "user": self.request.user,
            "instance": self.get_training(),
        }

    def form_valid(self, form: TrainingForm) -> HttpResponse:
        try:
            enter_training(training=form.instance, user=self.request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The training is saved and waits for your school."))
        return redirect("trainings")


class AddTrainingView(_TrainingFormView):
    """A new record."""

    title = gettext_lazy("Add training")

    def get_training(self) -> TrainingRecord:
        return TrainingRecord(record=self.record)


class EditTrainingView(_TrainingFormView):
    """A record that waits or has come back."""

    title = gettext_lazy("Change the training")

    def get_training(self) -> TrainingRecord:
        user: Any = self.request.user
        return get_object_or_404(own_trainings(user), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.get_training().state == TrainingState.CONFIRMED:
            messages.info(
                request, _("A confirmed record is not changed. Ask the school to return it.")
            )
            return redirect("trainings")
        return super().get(request, *args, **kwargs)


class DeleteTrainingView(ProcessingConsentMixin, WithRecordMixin, View):
    """The button «Delete» of the list."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        user: Any = request.user
        if not TrainingRecord.objects.filter(pk=pk).exists():
            # The second click of two: what was asked for is done.
            return redirect("trainings")
        training = get_object_or_404(own_trainings(user), pk=pk)
        try:
            delete_training(training=training, user=user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The training is deleted."))
        return redirect("trainings")
