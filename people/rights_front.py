"""What requests about one's own data put into the cabinet."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.cabinet import CabinetTask, register_cabinet_tasks
from core.cabinet_shelves import REQUESTS, ShelfItem, drawn, register_shelf_items
from people.models import User
from people.permissions import user_keeps_staff
from people.queries.corrections import corrections_waiting_for, own_corrections
from people.views.corrections import LIST


@register_cabinet_tasks
def decide_on_corrections(user: User, limit: int) -> Iterable[CabinetTask]:
    """Who keeps records hears how many people find theirs wrong, and when the first term ends."""
    if not user_keeps_staff(user):
        return
    waiting = corrections_waiting_for(user)
    first = waiting.first()
    if first is not None:
        count = waiting.order_by().count()
        yield CabinetTask(
            title=ngettext(
                "%(n)s request for correction of personal data waits",
                "%(n)s requests for correction of personal data wait",
                count,
            )
            % {"n": count},
            note=_("Compare with the document, correct or refuse with a reason."),
            url=reverse("corrections"),
            action=_("Look"),
            due=first.due_on,
        )


@register_shelf_items(REQUESTS, room=(LIST, "own_corrections"))
def corrections_of_mine(user: User, limit: int) -> Iterable[ShelfItem]:
    """What the person has found wrong, with what has become of it."""
    for asked in own_corrections(user)[:limit]:
        yield ShelfItem(
            title=_("Correct: %(title)s") % {"title": asked.title},
            url=reverse("own_corrections"),
            day=asked.created_at,
            note=asked.remark,
            state=drawn(asked.state),
            state_words=asked.get_state_display(),
        )
