"""What the review of practices puts into the cabinet."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.cabinet import CabinetTask, register_cabinet_section, register_cabinet_tasks
from people.models import User
from practices.permissions import user_checks_practices, user_sees_reviews
from practices.queries.queue import own_sheets, waiting_for
from practices.views.review_queue import ROOM as QUEUE

register_cabinet_section(
    order=220, title=QUEUE, url_name="practice_queue", shown_to=user_sees_reviews
)


@register_cabinet_tasks
def score_practices(user: User, limit: int) -> Iterable[CabinetTask]:
    """An expert hears what to score and until when.

    It is the way into the own list: a room in the navigation would ask the database on every page
    of the cabinet whether there is anything in it.
    """
    for sheet in own_sheets(user).open()[:limit]:
        yield CabinetTask(
            title=_("Score the practice: %(title)s") % {"title": sheet.practice.draft_title},
            url=reverse("own_review", args=[sheet.pk]),
            action=_("Open the sheet"),
            due=sheet.due_on,
        )


@register_cabinet_tasks
def review_practices(user: User, limit: int) -> Iterable[CabinetTask]:
    """A methodist hears how many practices wait."""
    if not user_checks_practices(user):
        return
    waiting = waiting_for(user)
    if waiting:
        yield CabinetTask(
            title=ngettext("%(n)s practice waits for you", "%(n)s practices wait for you", waiting)
            % {"n": waiting},
            note=_("Check, decide or enter the minutes of the council."),
            url=reverse("practice_queue"),
            action=_("Open the queue"),
        )
