"""Training that waits for the school: the document is looked at, then confirmed or returned."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from people.models import TrainingRecord
from people.queries.training import trainings_waiting_for, with_places
from people.services.training import confirm_training, return_training
from people.views.decisions import DecisionView
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


class _Decision(KeeperMixin, DecisionView):
    """A button of the list."""

    queue = QueueView
    queue_name = "trainings_waiting"

    def get_things(self) -> QuerySet[TrainingRecord]:
        return TrainingRecord.objects.visible_to(self.request.user)


class ConfirmView(_Decision):
    """The document is as it should be."""

    def decide(self, thing: TrainingRecord) -> str:
        user: Any = self.request.user
        confirm_training(training=thing, user=user, seen=self.request.POST.get("seen", ""))
        return _("Confirmed: %(programme)s.") % {"programme": thing.programme}


class ReturnView(_Decision):
    """Something has to be corrected."""

    def decide(self, thing: TrainingRecord) -> str:
        user: Any = self.request.user
        return_training(training=thing, remark=self.remark(thing), user=user)
        return _("Returned: %(programme)s.") % {"programme": thing.programme}
