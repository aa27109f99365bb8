"""What the links between accounts and the register put into the cabinet."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.cabinet import CabinetTask, register_cabinet_section, register_cabinet_tasks
from people.enums import LinkState
from people.models import StaffRecord, User
from people.queries.links import last_link, links_waiting_for

register_cabinet_section(
    order=300, title=gettext_lazy("I am in the register"), url_name="staff_link"
)


@register_cabinet_tasks
def find_yourself(user: User, limit: int) -> Iterable[CabinetTask]:
    """A teacher without a record and a request; those of the centre are in no school's register."""
    if user.district_roles or StaffRecord.objects.filter(user=user).exists():
        return
    link = last_link(user)
    if link is not None and link.state == LinkState.REQUESTED:
        return
    if link is not None and link.state == LinkState.REFUSED:
        yield CabinetTask(
            title=_("The organisation has not found you in the register"),
            note=_("Remark: {remark}").format(remark=link.remark),
            url=reverse("staff_link"),
            action=_("Correct the request"),
            state="returned",
            state_words=_("Refused"),
        )
        return
    yield CabinetTask(
        title=_("Find yourself in the register"),
        note=_("Your school links your account with your record; then you enter your training."),
        url=reverse("staff_link"),
        action=_("Find"),
    )


@register_cabinet_tasks
def decide_on_links(user: User, limit: int) -> Iterable[CabinetTask]:
    """Who keeps records hears how many people ask to be linked."""
    waiting = links_waiting_for(user).order_by().count()
    if waiting:
        yield CabinetTask(
            title=ngettext(
                "%(n)s person asks to be linked with the register",
                "%(n)s people ask to be linked with the register",
                waiting,
            )
            % {"n": waiting},
            note=_("Compare each request with the records and decide."),
            url=reverse("staff_links"),
            action=_("Look"),
        )
