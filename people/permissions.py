"""Who may do what with accounts and with the data of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from core.services.private_files import register_private_file
from people.enums import OrganisationRoleKind, Role
from people.models import (
    Consent,
    CorrectionRequest,
    DataArchive,
    Organisation,
    OrganisationRole,
    StaffImport,
    StaffPosition,
    StaffRecord,
    TeacherPage,
    TrainingRecord,
    User,
)

if TYPE_CHECKING:
    from core.permissions import Visitor
    from people.models import OrganisationQuerySet


def user_can_manage_account(user: User, account: User) -> bool:
    """Only a superuser touches a superuser, or an administrator could take that account over."""
    return user.is_superuser or not account.is_superuser


def user_can_remove_second_factor(user: User, account: User) -> bool:
    """Whoever edits accounts, but not of oneself: whoever took over a session could do it, too."""
    return (
        user.has_perm("people.change_user")
        and user_can_manage_account(user, account)
        and user.pk != account.pk
    )


def has_district_role(user: Visitor, *roles: Role) -> bool:
    """Whether ``user`` has one of these roles for the whole district."""
    return user.is_authenticated and not user.district_roles.isdisjoint(roles)


def acts_for(user: Visitor, organisation: Organisation, *kinds: OrganisationRoleKind) -> bool:
    """Whether ``user`` acts for ``organisation`` today, in any role or in one of ``kinds``."""
    return Organisation.objects.in_charge_of(user, *kinds).filter(pk=organisation.pk).exists()


def acts_for_somebody(user: Visitor) -> bool:
    """Whether ``user`` acts for any organisation today."""
    return bool(user.is_authenticated and user.organisation_role_kinds)


def user_keeps_all_staff(user: Visitor) -> bool:
    """Whether ``user`` keeps the staff records of every organisation."""
    return has_district_role(user, Role.METHODIST, Role.ADMINISTRATOR)


def user_sees_quarters(user: Visitor) -> bool:
    """Whether ``user`` sees which schools have confirmed their registers."""
    return has_district_role(user, Role.METHODIST, Role.COORDINATOR, Role.ADMINISTRATOR)


def user_keeps_staff(user: Visitor) -> bool:
    """Whether ``user`` keeps the staff records of any organisation."""
    return user_keeps_all_staff(user) or acts_for_somebody(user)


def user_can_keep_staff_of(user: Visitor, organisation: Organisation) -> bool:
    """Whether ``user`` keeps the staff records of ``organisation``."""
    return user_keeps_all_staff(user) or acts_for(user, organisation)


def organisations_kept_by(user: Visitor) -> OrganisationQuerySet:
    """The organisations whose staff records ``user`` keeps; closed ones among them."""
    if user_keeps_all_staff(user):
        return Organisation.objects.all()
    return Organisation.objects.in_charge_of(user)


def user_can_edit_staff(user: Visitor, record: StaffRecord) -> bool:
    """Whether ``user`` may change ``record``: the school that employs the person, or a methodist.

    Nobody changes the record of oneself: a teacher asks the school for a correction.
    """
    if not (user.is_authenticated and user.is_active) or record.user_id == user.pk:
        return False
    if user_keeps_all_staff(user):
        return True
    own = Organisation.objects.in_charge_of(user).order_by().values("pk")
    kept = StaffPosition.objects.not_over_on(timezone.localdate())
    return kept.filter(record=record, organisation__in=own).exists()


def user_can_confirm_staff(user: Visitor, record: StaffRecord) -> bool:
    """Whether ``user`` confirms what a school has entered; never about oneself."""
    return has_district_role(user, Role.METHODIST) and record.user_id != user.pk


def user_can_confirm_training(user: Visitor, training: TrainingRecord) -> bool:
    """Whether ``user`` confirms a training record: the school of the person; never one's own."""
    return user_can_edit_staff(user, training.record)


@register_private_file(TrainingRecord)
def training_scan_visible_to(training: TrainingRecord, user: Visitor) -> bool:
    """The scan is for those who may open the card of the person, and for that person."""
    return TrainingRecord.objects.visible_to(user).filter(pk=training.pk).exists()


@register_private_file(StaffImport)
def import_file_visible_to(load: StaffImport, user: Visitor) -> bool:
    """The file of an import is for the person who brought it."""
    return user.is_authenticated and load.user_id == user.pk


def user_can_invite(
    user: Visitor,
    *,
    district_role: Role | None,
    organisation: Organisation | None,
    organisation_role: str,
) -> bool:
    """Whether ``user`` may hand this out by an invitation: nobody gives more than is his to give.

    An administrator gives every role. A head gives the own organisation its methodical service, or
    invites a teacher without a role.
    """
    if has_district_role(user, Role.ADMINISTRATOR):
        return True
    if district_role is not None or organisation is None:
        return False
    return organisation_role in (
        "",
        OrganisationRoleKind.METHODICAL_SERVICE,
    ) and acts_for(user, organisation, OrganisationRoleKind.HEAD)


def user_can_invite_somebody(user: Visitor) -> bool:
    """Whether ``user`` has anything to hand out at all."""
    return has_district_role(user, Role.ADMINISTRATOR) or (
        user.is_authenticated and OrganisationRoleKind.HEAD in user.organisation_role_kinds
    )


def user_can_end_role(user: Visitor, role: OrganisationRole) -> bool:
    """Whether ``user`` may take ``role`` back: who could hand it out."""
    return user_can_invite(
        user, district_role=None, organisation=role.organisation, organisation_role=role.kind
    )


def user_keeps_consents(user: Visitor) -> bool:
    """Whether ``user`` answers for the consents of the operator (152-FZ, article 22.1)."""
    return has_district_role(user, Role.ADMINISTRATOR)


def user_reads_consent_texts(user: Visitor) -> bool:
    """Whether ``user`` opens every version of a consent: to write one, or to print a blank."""
    return user_keeps_consents(user) or user_keeps_staff(user)


def user_watches_pages(user: Visitor) -> bool:
    """Whether ``user`` looks after what teachers publish of themselves."""
    return has_district_role(user, Role.METHODIST, Role.ADMINISTRATOR)


def user_can_hide_page(user: Visitor, page: TeacherPage) -> bool:
    """Whether ``user`` may hide a teacher's page and give it back; not one's own."""
    return user_watches_pages(user) and page.user_id != user.pk


@register_private_file(TeacherPage)
def photo_visible_to(page: TeacherPage, user: Visitor) -> bool:
    """The photograph as it was uploaded is its author's; visitors get a copy while allowed."""
    return user.is_authenticated and page.user_id == user.pk


def user_reads_openings(user: Visitor) -> bool:
    """Whether ``user`` reads who opened whose card."""
    return has_district_role(user, Role.ADMINISTRATOR)


def user_sees_retention(user: Visitor) -> bool:
    """Whether ``user`` reads how long data is kept and what is removed next."""
    return has_district_role(user, Role.ADMINISTRATOR)


@register_private_file(DataArchive)
def copy_visible_to(archive: DataArchive, user: Visitor) -> bool:
    """A copy of somebody's data is that person's alone."""
    return user.is_authenticated and user.is_active and archive.user_id == user.pk


@register_private_file(Consent)
def consent_scan_visible_to(consent: Consent, user: Visitor) -> bool:
    """A signed paper is for the person, for the school that keeps the record, for the operator."""
    if not (user.is_authenticated and user.is_active):
        return False
    record = consent.record
    own = consent.user_id == user.pk or (record is not None and record.user_id == user.pk)
    return (
        own
        or user_keeps_consents(user)
        or (record is not None and user_can_edit_staff(user, record))
    )


def user_can_decide_correction(user: Visitor, request: CorrectionRequest) -> bool:
    """Whether ``user`` answers a request: who keeps the record; never one's own."""
    own = user.is_authenticated and request.user_id == user.pk
    return not own and user_can_edit_staff(user, request.record)


@register_private_file(CorrectionRequest)
def proof_visible_to(request: CorrectionRequest, user: Visitor) -> bool:
    """What proves a request is for the person and for those who decide on it."""
    own = user.is_authenticated and user.is_active and request.user_id == user.pk
    return own or user_can_decide_correction(user, request)
