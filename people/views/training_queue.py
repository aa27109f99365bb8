"""Training that waits for the school: the document is looked at, then confirmed or returned."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, View

from people.forms.remarks import RemarkForm
from people.models import TrainingRecord
from people.queries.training import trainings_waiting_for, with_places
from people.services.training import confirm_training, return_training
from people.views.links import KeeperMixin
from people.views.lists import PagedMixin


class QueueView(PagedMixin, KeeperMixin, ListView):
    """The records that wait, the oldest first."""

    title = gettext_lazy("Training to be confirmed")
    template_name = "people/training/queue.html"
    request: HttpRequest

    def get_queryset(self) -> Any:
        user: Any = self.request.user
        return with_places(trainings_waiting_for(user))


class _Decision(KeeperMixin, View):
    """A button of the list."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        training = get_object_or_404(TrainingRecord.objects.visible_to(request.user), pk=pk)
        try:
            messages.success(request, self.decide(training))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("trainings_waiting")

    def decide(self, training: TrainingRecord) -> str:
        """Do what the button says; returns the words for the person."""
        raise NotImplementedError


class ConfirmView(_Decision):
    """The document is as it should be."""

    def decide(self, training: TrainingRecord) -> str:
        user: Any = self.request.user
        confirm_training(training=training, user=user)
        return _("Confirmed: %(programme)s.") % {"programme": training.programme}


class ReturnView(_Decision):
    """Something has to be corrected."""

    def decide(self, training: TrainingRecord) -> str:
        user: Any = self.request.user
        length = TrainingRecord._meta.get_field("remark").max_length
        form = RemarkForm(self.request.POST, max_length=length)  # type: ignore[arg-type]
        if not form.is_valid():
            raise ValidationError(form.errors["remark"].as_data())
        return_training(training=training, remark=form.cleaned_data["remark"], user=user)
        return _("Returned: %(programme)s.") % {"programme": training.programme}
