"""What people and their accounts put into the cabinet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.cabinet import CabinetTask, register_cabinet_section, register_cabinet_tasks
from people.enums import ConsentKind
from people.models import User
from people.permissions import (
    user_can_invite_somebody,
    user_keeps_consents,
    user_reads_openings,
    user_sees_retention,
)
from people.queries.consent_texts import questions_for
from people.queries.publishing import may_process
from people.queries.rights import erasures_waiting, user_decides_erasure
from people.second_factor import lacks_second_factor
from people.views.consent_texts import ROOM as CONSENT_TEXTS
from people.views.invitations import ROOM as INVITATIONS
from people.views.my_data import ROOM as MY_DATA
from people.views.security import ROOM

register_cabinet_section(order=850, title=gettext_lazy("Profile"), url_name="profile")
register_cabinet_section(
    order=800, title=INVITATIONS, url_name="invitations", shown_to=user_can_invite_somebody
)
register_cabinet_section(order=860, title=gettext_lazy("Consents"), url_name="consents")
register_cabinet_section(
    order=870,
    title=gettext_lazy("Register of consents"),
    url_name="consent_register",
    shown_to=user_keeps_consents,
)
register_cabinet_section(
    order=875,
    title=CONSENT_TEXTS,
    url_name="consent_texts",
    shown_to=user_keeps_consents,
)
register_cabinet_section(order=880, title=MY_DATA, url_name="my_data")
register_cabinet_section(
    order=890,
    title=gettext_lazy("Requests for erasure"),
    url_name="erasures",
    shown_to=user_decides_erasure,
)
register_cabinet_section(
    order=895,
    title=gettext_lazy("Who opened personal cards"),
    url_name="openings",
    shown_to=user_reads_openings,
)
register_cabinet_section(
    order=897,
    title=gettext_lazy("Terms of keeping data"),
    url_name="retention",
    shown_to=user_sees_retention,
)
register_cabinet_section(order=900, title=ROOM, url_name="mfa_index")


@register_cabinet_tasks
def protect_account(user: User, limit: int) -> Iterable[CabinetTask]:
    """A role that opens other people's data asks for a second factor."""
    if lacks_second_factor(user):
        yield CabinetTask(
            title=_("Protect your account with a second factor"),
            note=_(
                "Your role opens data of other people; a password alone is not enough for them."
            ),
            url=reverse("mfa_index"),
            action=_("Set up"),
            state="returned",
            state_words=_("Attention"),
        )


@register_cabinet_tasks
def read_the_consent(user: User, limit: int) -> Iterable[CabinetTask]:
    """Apart from everything else; leaving it out closes nothing else."""
    if not may_process(user):
        yield CabinetTask(
            title=_("Read the consent to processing of personal data"),
            note=_(
                "Without it the portal keeps nothing of you but the account: the profile, the link "
                "with the staff register and applications wait for it."
            ),
            url=reverse("consent", args=[ConsentKind.PROCESSING.value]),
            action=_("Read the text"),
            state_words=_("Your decision"),
        )
        return
    for text in questions_for(user):
        yield CabinetTask(
            title=_("%(consent)s: the text has a new version")
            % {"consent": text.get_kind_display()},
            note=_("Your consent to the earlier one stays in force until you decide."),
            url=reverse("consent", args=[text.kind]),
            action=_("Read the text"),
            state_words=_("Your decision"),
        )


@register_cabinet_tasks
def decide_on_erasures(user: User, limit: int) -> Iterable[CabinetTask]:
    """The law gives ten working days, counted here as fourteen."""
    if not user_decides_erasure(user):
        return
    first = erasures_waiting().exclude(user=user).first()
    if first is not None:
        waiting = erasures_waiting().exclude(user=user).count()
        yield CabinetTask(
            title=ngettext(
                "%(n)s person asks to erase personal data",
                "%(n)s people ask to erase personal data",
                waiting,
            )
            % {"n": waiting},
            url=reverse("erasures"),
            action=_("Look"),
            due=timezone.localdate(first.created_at) + timedelta(days=14),
        )
