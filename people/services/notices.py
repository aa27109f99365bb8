"""What the register tells people: written in the transaction of the decision it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.services.notices import notify, register_notice_kind
from people.enums import LinkState, RequestState, TrainingState
from people.models import TeacherPage, User
from people.permissions import acts_for_somebody, user_keeps_staff
from people.queries.corrections import deciders_on, keepers_of_the_district
from people.queries.rights import user_decides_erasure
from people.queries.staff import is_in_register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from people.models import (
        CorrectionRequest,
        ErasureRequest,
        StaffLink,
        StaffMove,
        TrainingRecord,
    )

LINK_ASKED = "staff_link_asked"
LINK_DECIDED = "staff_link_decided"
TRAINING_DECIDED = "training_decided"
PAGE_DECIDED = "teacher_page_decided"

MOVE_ASKED = "staff_move_asked"
MOVE_DECIDED = "staff_move_decided"

RIGHTS_ASKED = "rights_asked"
RIGHTS_DECIDED = "rights_decided"


def _may_be_linked(user: User) -> bool:
    """Whether somebody may still decide on a link with the register."""
    return not is_in_register(user)


def _answers_requests(user: User) -> bool:
    """Administrators answer who wants to be erased, who keeps records whoever finds them wrong."""
    return user_decides_erasure(user) or user_keeps_staff(user)


def _has_page(user: User) -> bool:
    return TeacherPage.objects.filter(user=user).exists()


# Without them a decision about a person would stay unheard.
register_notice_kind(
    LINK_DECIDED,
    title=_("Decision on the link with the staff register"),
    for_whom=_may_be_linked,
    may_be_off=False,
    order=10,
)
register_notice_kind(
    TRAINING_DECIDED,
    title=_("My training: confirmed or returned"),
    for_whom=is_in_register,
    order=20,
)
register_notice_kind(
    RIGHTS_DECIDED,
    title=_("Decisions on requests about my data"),
    for_whom=bool,
    may_be_off=False,
    order=15,
)
register_notice_kind(
    RIGHTS_ASKED,
    title=_("Requests of people about their own data"),
    for_whom=_answers_requests,
    # The law gives ten working days (152-FZ, article 20).
    may_be_off=False,
    order=35,
)
register_notice_kind(
    PAGE_DECIDED,
    title=_("My own page: hidden or given back"),
    for_whom=_has_page,
    may_be_off=False,
    order=25,
)
register_notice_kind(
    LINK_ASKED,
    title=_("Requests of people who ask to be linked with the register"),
    for_whom=acts_for_somebody,
    order=30,
)
register_notice_kind(
    MOVE_ASKED,
    title=_("Requests of organisations for moves"),
    for_whom=user_keeps_staff,
    order=31,
)
register_notice_kind(
    MOVE_DECIDED,
    title=_("Decisions on moves that I have asked for"),
    for_whom=acts_for_somebody,
    order=32,
)


def tell_link_asked(*, link: StaffLink) -> None:
    """Those who act for the organisation today hear of the request, except who asks."""
    today = timezone.localdate()
    roles = link.organisation.roles.in_force_on(today)
    people = User.objects.filter(pk__in=roles.values("user"), is_active=True).exclude(
        pk=link.user_id
    )
    name = " ".join(part for part in (link.last_name, link.first_name, link.patronymic) if part)
    for person in people.order_by("pk"):
        notify(
            recipient=person,
            kind=LINK_ASKED,
            subject=format_lazy(_("{name} asks to be linked with the register"), name=name),
            text=format_lazy(
                _("Organisation: {organisation}. Compare the request with the record and decide."),
                organisation=link.organisation.name,
            ),
            url=reverse("staff_links"),
        )


def tell_link_decided(*, link: StaffLink) -> None:
    """The person hears what the school has decided, and why it has refused."""
    confirmed = link.state == LinkState.CONFIRMED
    notify(
        recipient=link.user,
        kind=LINK_DECIDED,
        subject=_("Your account is linked with the staff register")
        if confirmed
        else _("The school has not confirmed your request"),
        text=_("You now see your record and enter your training.")
        if confirmed
        else format_lazy(_("Remark: {remark}"), remark=link.remark),
        url=reverse("staff_link"),
    )


def tell_unlinked(*, user: User, remark: str) -> None:
    """The person hears that the account was linked with the record of somebody else."""
    notify(
        recipient=user,
        kind=LINK_DECIDED,
        subject=_("Your account is no longer linked with the staff register"),
        text=format_lazy(_("Remark: {remark}"), remark=remark),
        url=reverse("staff_link"),
    )


def tell_move_asked(*, move: StaffMove) -> None:
    """Those who answer for the person where it works today hear of it."""
    for person in deciders_on(move.record):
        if person.pk == move.asked_by_id:
            continue
        notify(
            recipient=person,
            kind=MOVE_ASKED,
            subject=format_lazy(
                _("{organisation} asks for a move"), organisation=move.organisation.name
            ),
            text=format_lazy(_("Of: {name}. Confirm or refuse."), name=move.record.full_name),
            url=reverse("staff_move_request", args=[move.pk]),
        )


def tell_move_decided(*, move: StaffMove) -> None:
    """Who has asked hears whether the person comes."""
    if move.asked_by is None:
        return
    done = move.state == RequestState.DONE
    subject = _("The move is confirmed: {name}") if done else _("The move is refused: {name}")
    notify(
        recipient=move.asked_by,
        kind=MOVE_DECIDED,
        subject=format_lazy(subject, name=move.record.full_name),
        text="" if done else format_lazy(_("Remark: {remark}"), remark=move.remark),
        url=reverse("staff_moves"),
    )


def tell_training_decided(*, training: TrainingRecord) -> None:
    """The person hears that a training counts or has to be corrected.

    People without an account are told by their school.
    """
    person = training.record.user
    if person is None:
        return
    confirmed = training.state == TrainingState.CONFIRMED
    subject = _("Training confirmed: {programme}") if confirmed else _("Correct: {programme}")
    notify(
        recipient=person,
        kind=TRAINING_DECIDED,
        subject=format_lazy(subject, programme=training.programme),
        text="" if confirmed else format_lazy(_("Remark: {remark}"), remark=training.remark),
        url=reverse("trainings"),
    )


def tell_erasure_asked(*, request: ErasureRequest, administrators: Iterable[User]) -> None:
    """Administrators hear that somebody asks to be erased."""
    for person in administrators:
        notify(
            recipient=person,
            kind=RIGHTS_ASKED,
            subject=format_lazy(_("{name} asks to erase personal data"), name=str(request.user)),
            text=_("The law gives ten working days for the answer."),
            url=reverse("erasures"),
        )


def tell_erasure_refused(*, request: ErasureRequest) -> None:
    """The person hears why the data is kept."""
    if request.user is None:
        return
    notify(
        recipient=request.user,
        kind=RIGHTS_DECIDED,
        subject=_("Your data has not been erased"),
        text=format_lazy(_("Reason: {remark}"), remark=request.remark),
        url=reverse("my_data"),
    )


def tell_correction_asked(*, request: CorrectionRequest) -> None:
    """Who keeps the record hears what the person finds wrong."""
    for person in deciders_on(request.record):
        _ask_decider(
            person,
            request,
            _("{name} asks to correct personal data"),
            _("{title}. Answer by {day}."),
        )


def tell_correction_due(*, request: CorrectionRequest) -> None:
    """A reminder before the term ends; once it has passed the district hears of it, too."""
    people = list(deciders_on(request.record))
    if request.overdue:
        people += keepers_of_the_district().exclude(pk=request.user_id)
    subject = (
        _("The term has passed: {name} waits for a correction")
        if request.overdue
        else _("The term ends soon: {name} waits for a correction")
    )
    for person in dict.fromkeys(people):
        _ask_decider(person, request, subject, _("{title}. The answer was due by {day}."))


def _ask_decider(person: User, request: CorrectionRequest, subject: Any, text: Any) -> None:
    notify(
        recipient=person,
        kind=RIGHTS_ASKED,
        subject=format_lazy(subject, name=request.record.full_name),
        text=format_lazy(text, title=request.title, day=f"{request.due_on:%d.%m.%Y}"),
        url=reverse("correction", args=[request.pk]),
    )


def tell_correction_decided(*, request: CorrectionRequest) -> None:
    """The person hears that the data is corrected, or why it is not."""
    done = request.state == RequestState.DONE
    subject = _("Corrected: {title}") if done else _("Not corrected: {title}")
    notify(
        recipient=request.user,
        kind=RIGHTS_DECIDED,
        subject=format_lazy(subject, title=request.title),
        text=format_lazy(_("Reason: {remark}"), remark=request.remark) if request.remark else "",
        url=reverse("own_corrections"),
    )


def tell_copy_ready(*, user: User) -> None:
    """The copy of the data waits to be downloaded."""
    notify(
        recipient=user,
        kind=RIGHTS_DECIDED,
        subject=_("The copy of your data is ready"),
        url=reverse("my_data"),
    )


def tell_page_decided(*, page: TeacherPage) -> None:
    """The author hears that an editor has hidden the page, and why, or has given it back."""
    hidden = page.hidden_at is not None
    notify(
        recipient=page.user,
        kind=PAGE_DECIDED,
        subject=_("Your page on the portal is hidden")
        if hidden
        else _("Your page on the portal may be seen again"),
        text=format_lazy(_("Remark: {remark}"), remark=page.hidden_reason) if hidden else "",
        url=reverse("own_page"),
    )
