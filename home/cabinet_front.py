"""What the work on pages puts into the cabinet of those who do it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.cabinet import CabinetTask, register_cabinet_tasks
from core.cabinet_shelves import DRAFTS, ShelfItem, register_shelf_items
from home.queries import editorial
from people.models import User


def works_on_pages(user: User) -> bool:
    """Whether the admin is open to ``user``."""
    return user.has_perm("wagtailadmin.access_admin")


@register_cabinet_tasks
def decide_on_pages(user: User, limit: int) -> Iterable[CabinetTask]:
    """Pages and records that wait for the review of this person."""
    if not works_on_pages(user):
        return
    for row in editorial.waiting_for(user).rows[:limit]:
        yield CabinetTask(
            title=row.title,
            url=row.url,
            action=_("Look"),
            note=row.remark,
            state="review",
            state_words=_("In review: %(step)s") % {"step": row.note},
        )


@register_shelf_items(DRAFTS, shown_to=works_on_pages)
def unfinished_pages(user: User, limit: int) -> Iterable[ShelfItem]:
    """Pages that this person has begun or changed and that are not published yet."""
    for row in editorial.drafts_of(user).rows[:limit]:
        yield ShelfItem(
            title=row.title,
            url=row.url,
            day=row.when,
            note=row.remark,
            state="draft",
            state_words=row.note,
        )
