"""What the staff register puts into the cabinet."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.cabinet import CabinetTask, register_cabinet_section, register_cabinet_tasks
from core.cabinet_shelves import REQUESTS, ShelfItem, drawn, register_shelf_items
from people.enums import Role
from people.models import User
from people.permissions import acts_for_somebody, has_district_role, user_keeps_staff
from people.queries.moves import moves_asked_for, moves_waiting_for
from people.queries.quarters import Quarter, quarter_states
from people.queries.staff import StaffState, sees_others, staff_list

REMIND_DAYS = 31

register_cabinet_section(
    order=200, title=gettext_lazy("Staff register"), url_name="staff", shown_to=sees_others
)


@register_cabinet_tasks
def confirm_records(user: User, limit: int) -> Iterable[CabinetTask]:
    """A methodist hears how many records wait for confirmation."""
    if not has_district_role(user, Role.METHODIST):
        return
    waiting = staff_list(user=user, chosen={"state": StaffState.WAITING}).order_by().count()
    if waiting:
        yield CabinetTask(
            title=ngettext(
                "%(n)s record of the staff register waits for confirmation",
                "%(n)s records of the staff register wait for confirmation",
                waiting,
            )
            % {"n": waiting},
            note=_("Each shows what has changed since it was confirmed."),
            url=f"{reverse('staff')}?state={StaffState.WAITING}",
            action=_("Look"),
        )


@register_cabinet_tasks
def decide_on_moves(user: User, limit: int) -> Iterable[CabinetTask]:
    """Who keeps records hears how many organisations ask for people."""
    waiting = moves_waiting_for(user).order_by().count() if user_keeps_staff(user) else 0
    if waiting:
        yield CabinetTask(
            title=ngettext(
                "%(n)s move waits for your decision", "%(n)s moves wait for your decision", waiting
            )
            % {"n": waiting},
            note=_("Another organisation asks for a person of the register."),
            url=reverse("staff_moves"),
            action=_("Look"),
        )


@register_shelf_items(
    REQUESTS, room=(gettext_lazy("Requests for moves"), "staff_moves"), shown_to=acts_for_somebody
)
def moves_asked(user: User, limit: int) -> Iterable[ShelfItem]:
    """Moves that this person has asked for."""
    for move in moves_asked_for(user).filter(asked_by=user)[:limit]:
        yield ShelfItem(
            title=_("Move: %(name)s") % {"name": move.record.full_name},
            url=reverse("staff_moves"),
            day=move.created_at,
            note=move.organisation.name,
            state=drawn(move.state),
            state_words=move.get_state_display(),
        )


@register_cabinet_tasks
def confirm_the_quarter(user: User, limit: int) -> Iterable[CabinetTask]:
    """In the last month of a quarter a school is reminded of what it has not confirmed."""
    today = timezone.localdate()
    last_day = Quarter.of(today).last_day
    if (last_day - today).days >= REMIND_DAYS:
        return
    owed = [item for item in quarter_states(user=user, today=today) if item.confirmation is None]
    for item in owed[:limit]:
        yield CabinetTask(
            title=_("Confirm the register of the quarter: %(organisation)s")
            % {"organisation": item.organisation},
            note=_("People in the register: %(people)s") % {"people": item.people},
            url=reverse("staff_quarter"),
            action=_("Look and confirm"),
            due=last_day,
        )
