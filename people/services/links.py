"""Accounts and records of the register: a person asks, the school decides."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from people.enums import LinkState
from people.models import CorrectionRequest, StaffLink, StaffRecord, TeacherPage, User
from people.names import name_key
from people.permissions import user_can_edit_staff, user_can_keep_staff_of
from people.services.consents import settle_papers
from people.services.corrections import refuse_correction
from people.services.data_copies import drop_copies
from people.services.notices import tell_link_asked, tell_link_decided, tell_unlinked
from people.services.teacher_pages import close_page
from people.services.waiting import check_waiting

if TYPE_CHECKING:
    from people.models import Organisation


@transaction.atomic
def ask_link(
    *,
    user: User,
    organisation: Organisation,
    last_name: str,
    first_name: str,
    patronymic: str,
    birth_date: date,
) -> StaffLink:
    """Ask the school to link ``user`` with a record of the register.

    The answer is the same whether there is such a record or not. Raises ValidationError when the
    account is linked already or another request is being considered.
    """
    # One at a time for each account: the second click finds the request of the first.
    User.objects.select_for_update().get(pk=user.pk)
    if StaffRecord.objects.filter(user=user).exists():
        raise ValidationError(_("Your account is linked with the register already."), code="linked")
    waiting = StaffLink.objects.filter(user=user, state=LinkState.REQUESTED).first()
    if waiting is not None:
        raise ValidationError(
            _("A request of yours is being considered already."), code="requested"
        )
    found = (
        StaffRecord.objects.working_at(organisation, timezone.localdate())
        .filter(
            name_key=name_key(last_name, first_name, patronymic),
            birth_date=birth_date,
            user__isnull=True,
        )
        .first()
    )
    link = StaffLink.objects.create(
        user=user,
        organisation=organisation,
        last_name=last_name,
        first_name=first_name,
        patronymic=patronymic,
        birth_date=birth_date,
        record=found,
    )
    log(instance=link, action="people.ask_link", user=user)
    tell_link_asked(link=link)
    return link


@transaction.atomic
def confirm_link(*, link: StaffLink, record: StaffRecord, user: User) -> StaffLink:
    """The school (or a methodist) knows the person: account and record belong together.

    A second click changes nothing. Raises ValidationError when the record or the account has been
    linked otherwise meanwhile, PermissionDenied for one's own request.
    """
    link = StaffLink.objects.select_for_update().get(pk=link.pk)
    _check_right_to_decide(link, user)
    record = StaffRecord.objects.select_for_update().get(pk=record.pk)
    if link.state == LinkState.CONFIRMED and record.user_id == link.user_id:
        return link
    check_waiting(link)
    works_here = StaffRecord.objects.working_at(link.organisation, timezone.localdate())
    if not works_here.filter(pk=record.pk).exists():
        raise ValidationError(
            _("This person does not work at this organisation."), code="elsewhere"
        )
    if record.user_id not in (None, link.user_id):
        raise ValidationError(_("This record is linked with another account."), code="taken")
    if StaffRecord.objects.filter(user=link.user).exclude(pk=record.pk).exists():
        raise ValidationError(_("This account is linked with another record."), code="linked")
    record.user = link.user
    record.save(update_fields=["user"])
    settle_papers(record)
    _decide(link, LinkState.CONFIRMED, user, record=record)
    log(instance=record, action="people.confirm_link", user=user)
    tell_link_decided(link=link)
    return link


@transaction.atomic
def refuse_link(*, link: StaffLink, remark: str, user: User) -> StaffLink:
    """The school does not know the person; ``remark`` is what the person reads."""
    link = StaffLink.objects.select_for_update().get(pk=link.pk)
    _check_right_to_decide(link, user)
    if link.state == LinkState.REFUSED:
        return link
    check_waiting(link)
    if not remark.strip():
        raise ValidationError({"remark": _("Say why, so that the person can correct it.")})
    _decide(link, LinkState.REFUSED, user, remark=remark)
    log(instance=link, action="people.refuse_link", user=user)
    tell_link_decided(link=link)
    return link


@transaction.atomic
def withdraw_link(*, link: StaffLink, user: User) -> StaffLink:
    """The person takes the request back while nobody has decided."""
    link = StaffLink.objects.select_for_update().get(pk=link.pk)
    if link.user_id != user.pk:
        raise PermissionDenied
    if link.state == LinkState.WITHDRAWN:
        return link
    check_waiting(link)
    _decide(link, LinkState.WITHDRAWN, user)
    log(instance=link, action="people.withdraw_link", user=user)
    return link


@transaction.atomic
def unlink(*, record: StaffRecord, remark: str, user: User) -> None:
    """Record and account do not belong together after all; ``remark`` is what the account reads.

    From the commit on the account sees nothing of the record, and what it has published or taken
    out of it goes; the record itself keeps everything. A second click changes nothing. Raises
    PermissionDenied for those who do not keep the record.
    """
    # In the order of a confirmation: the request, then the record.
    links = list(
        StaffLink.objects.select_for_update().filter(record=record, state=LinkState.CONFIRMED)
    )
    record = StaffRecord.objects.select_for_update().get(pk=record.pk)
    if not user_can_edit_staff(user, record):
        raise PermissionDenied
    account = record.user
    if account is None:
        return
    if not remark.strip():
        raise ValidationError({"remark": _("Say why, so that the person can correct it.")})
    waiting = CorrectionRequest.objects.waiting().filter(user=account, record=record)
    for request in waiting:
        refuse_correction(request=request, remark=remark, user=user)
    if TeacherPage.objects.filter(user=account).exists():
        close_page(user=account, by=user)
    drop_copies(user=account)
    record.user = None
    record.save(update_fields=["user"])
    for link in links:
        _decide(link, LinkState.REFUSED, user, remark=remark)
    log(instance=record, action="people.unlink", user=user, data={"account": account.pk})
    tell_unlinked(user=account, remark=remark)


def _check_right_to_decide(link: StaffLink, user: User) -> None:
    if link.user_id == user.pk or not user_can_keep_staff_of(user, link.organisation):
        raise PermissionDenied


def _decide(
    link: StaffLink,
    state: LinkState,
    user: User,
    *,
    record: StaffRecord | None = None,
    remark: str = "",
) -> None:
    link.state, link.decided_by, link.decided_at = state, user, timezone.now()
    link.remark, link.record = remark, record
    link.save()
