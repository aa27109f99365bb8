"""What training puts into the cabinet."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.cabinet import CabinetTask, register_cabinet_section, register_cabinet_tasks
from people.enums import TrainingState
from people.models import User
from people.queries.training import own_trainings, trainings_waiting_for
from people.views.training import ROOM

register_cabinet_section(order=310, title=ROOM, url_name="trainings")


@register_cabinet_tasks
def correct_training(user: User, limit: int) -> Iterable[CabinetTask]:
    """The author hears what the school has returned."""
    for training in own_trainings(user).filter(state=TrainingState.RETURNED)[:limit]:
        yield CabinetTask(
            title=_("Correct: %(programme)s") % {"programme": training.programme},
            note=_("Remark: {remark}").format(remark=training.remark),
            url=reverse("training", args=[training.pk]),
            action=_("Correct"),
            state="returned",
            state_words=_("Returned"),
        )


@register_cabinet_tasks
def decide_on_training(user: User, limit: int) -> Iterable[CabinetTask]:
    """Who keeps records hears how many training records wait."""
    waiting = trainings_waiting_for(user).order_by().count()
    if waiting:
        yield CabinetTask(
            title=ngettext(
                "%(n)s training record waits for confirmation",
                "%(n)s training records wait for confirmation",
                waiting,
            )
            % {"n": waiting},
            note=_("Look at the document and confirm or return."),
            url=reverse("trainings_waiting"),
            action=_("Look"),
        )
