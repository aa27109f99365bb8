"""What training puts into the cabinet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.cabinet import CabinetTask, register_cabinet_section, register_cabinet_tasks
from people.ages import years_before
from people.enums import TrainingState
from people.models import StaffRules, User
from people.queries.training import last_training_of, own_trainings, trainings_waiting_for
from people.views.training import ROOM

# Long enough to get a place in a course.
REMINDED_AHEAD = timedelta(days=183)

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
def renew_training(user: User, limit: int) -> Iterable[CabinetTask]:
    """A person of the register hears half a year ahead that the last training becomes too old."""
    in_register, last = last_training_of(user)
    if not in_register or last is None:
        return
    # The term is that of the rules of the register (273-FZ, article 47, part 5: three years).
    due = years_before(last, -StaffRules.load().training_years)
    if due <= timezone.localdate() + REMINDED_AHEAD:
        yield CabinetTask(
            title=_("It is time to plan training"),
            note=_("Your last confirmed training ended on %(day)s.")
            % {"day": date_format(last, "j E Y")},
            url=reverse("trainings"),
            action=_("Look"),
            due=due,
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
