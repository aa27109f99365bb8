"""What the bank of practices puts into the cabinet of an author."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.cabinet import CabinetTask, register_cabinet_section, register_cabinet_tasks
from core.cabinet_shelves import ShelfItem, register_cabinet_shelf, register_shelf_items
from people.models import User
from practices.enums import Standing
from practices.permissions import user_writes_practices
from practices.queries.own import own_practices, told, with_remarks
from practices.views.own import ROOM, NewPracticeView

SHELF = "practices"

register_cabinet_section(
    order=190,
    title=NewPracticeView.title,
    url_name="practice_new",
    shown_to=user_writes_practices,
)
register_cabinet_section(
    order=200, title=ROOM, url_name="own_practices", shown_to=user_writes_practices
)
register_cabinet_shelf(
    SHELF,
    order=5,
    title=ROOM,
    empty=gettext_lazy("Share your experience: what you describe stands here."),
    shown_to=user_writes_practices,
)


@register_shelf_items(SHELF, room=(ROOM, "own_practices"), shown_to=user_writes_practices)
def practices_on_shelf(user: User, limit: int) -> Iterable[ShelfItem]:
    """The practices of the person, each with what happens next."""
    for practice in with_remarks(own_practices(user))[:limit]:
        own = told(practice)
        yield ShelfItem(
            title=own.title,
            url=own.url,
            day=practice.latest_revision_created_at or own.since,
            note=own.next_step,
            state=own.state,
            state_words=own.state_words,
        )


@register_cabinet_tasks
def correct_practice(user: User, limit: int) -> Iterable[CabinetTask]:
    """What reviewers have returned waits for its author."""
    returned = own_practices(user).filter(case__standing=Standing.RETURNED)
    for practice in with_remarks(returned)[:limit]:
        own = told(practice)
        yield CabinetTask(
            title=_("Correct the practice “%(title)s”") % {"title": own.title},
            note=own.next_step,
            url=reverse("own_practice", args=[practice.pk]),
            action=_("Correct"),
            state="returned",
            state_words=own.state_words,
        )
