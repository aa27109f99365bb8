"""What the portal knows of people: accounts, the register, consents (see core.rights)."""

from __future__ import annotations

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import PrivateFile
from core.rights import DataSubject, Fate, register_impersonal, register_personal_data
from core.services.private_files import is_referred_to
from people.models import (
    Award,
    CardOpening,
    Consent,
    ConsentAnswer,
    ConsentText,
    DataArchive,
    Education,
    Invitation,
    Organisation,
    OrganisationRole,
    OrganisationStatus,
    QuarterConfirmation,
    RetentionRules,
    StaffLink,
    StaffPosition,
    StaffRecord,
    StaffRules,
    Subject,
    SupportForm,
    TeacherPage,
    TeachingLoad,
    TrainingRecord,
    User,
)
from people.services.nameless import (
    make_account_nameless,
    make_record_nameless,
    make_trainings_nameless,
)

_OFFICE = _("What was decided in office stays; who decided has no name any more.")


# --- The account ------------------------------------------------------------------------------


def _end_sessions(subject: DataSubject) -> None:
    for session in UserSession.objects.filter(user=subject.user):
        session.end()


def _invitations(subject: DataSubject) -> models.QuerySet[Invitation]:
    mine = Q(accepted_by=subject.user)
    for address in subject.emails:
        mine |= Q(email__iexact=address)
    return Invitation.objects.filter(mine)


def _end_roles(subject: DataSubject) -> None:
    today = timezone.localdate()
    roles = OrganisationRole.objects.filter(user=subject.user)
    roles.filter(starts_on__gt=today).delete()
    roles.filter(Q(ends_on=None) | Q(ends_on__gt=today)).update(ends_on=today)


register_personal_data(
    User,
    title=_("account"),
    fate=Fate.NAMELESS,
    why=_(
        "An empty account with a number stays, so that the journal and decisions have an author. "
        "Nobody can enter it."
    ),
    found=lambda subject: User.objects.filter(pk=subject.user.pk),
    fields=("last_name", "first_name", "patronymic", "email", "date_joined", "last_login"),
    erase=make_account_nameless,
    part_models=(User.groups.through, User.user_permissions.through),
    order=900,
    is_the_person=True,
)
register_personal_data(
    EmailAddress,
    title=_("e-mail addresses"),
    found=lambda subject: EmailAddress.objects.filter(user=subject.user),
    fields=("email", "verified", "primary"),
    part_models=(EmailConfirmation,),
    is_the_person=True,
)
register_personal_data(
    Authenticator,
    title=_("second factor"),
    found=lambda subject: Authenticator.objects.filter(user=subject.user),
    # The secret itself stays where it is: a copy of it would open the account.
    fields=("type", "created_at", "last_used_at"),
)
register_personal_data(
    UserSession,
    title=_("where you are logged in"),
    found=lambda subject: UserSession.objects.filter(user=subject.user),
    fields=("ip", "user_agent", "created_at", "last_seen_at"),
    erase=_end_sessions,
)
register_personal_data(
    Invitation,
    found=_invitations,
    fields=("email", "organisation", "organisation_role", "created_at", "accepted_at"),
    is_the_person=True,
)
register_personal_data(
    OrganisationRole,
    fate=Fate.NAMELESS,
    why=_OFFICE,
    found=lambda subject: OrganisationRole.objects.filter(user=subject.user),
    fields=("organisation", "kind", "starts_on", "ends_on"),
    erase=_end_roles,
)


# --- The register -----------------------------------------------------------------------------


def _records(subject: DataSubject) -> models.QuerySet[StaffRecord]:
    return StaffRecord.objects.filter(pk__in=subject.records)


def _trainings(subject: DataSubject) -> models.QuerySet[TrainingRecord]:
    return TrainingRecord.objects.filter(record__in=subject.records)


def _erase_trainings(subject: DataSubject) -> None:
    for record in _records(subject):
        make_trainings_nameless(record)


def _erase_record(subject: DataSubject) -> None:
    for record in _records(subject):
        make_record_nameless(record)


register_personal_data(
    StaffRecord,
    title=_("record of the staff register"),
    fate=Fate.NAMELESS,
    why=_(
        "Name, day of birth, education, category and awards are erased, the versions too. Years, "
        "positions and trainings stay without a name: past figures of the road map rest on them."
    ),
    found=_records,
    fields=(
        *("last_name", "first_name", "patronymic", "sex", "birth_date", "degree", "total_since"),
        *("teaching_since", "category", "category_date", "category_order", "next_attestation"),
        *("assessed_on", "assessment_result", "in_reserve", "changed_at", "confirmed_at"),
    ),
    parts={
        "positions": (
            *("title", "organisation", "employment", "rate", "is_head", "starts_on", "ends_on"),
        ),
        "loads": ("subject", "hours"),
        "educations": ("level", "institution", "speciality", "year"),
        "awards": ("name", "year"),
        "support_forms": ("kind", "note", "starts_on", "ends_on"),
    },
    part_models=(StaffPosition, TeachingLoad, Education, Award, SupportForm),
    erase=_erase_record,
    # The account it is found by is still there; its trainings are done.
    order=200,
    is_the_person=True,
)
register_personal_data(
    TrainingRecord,
    fate=Fate.NAMELESS,
    why=_(
        "Programme, hours and dates stay without a name; number and scan of the document and "
        "remarks are erased."
    ),
    found=_trainings,
    fields=(
        *("kind", "programme", "provider", "form", "hours", "starts_on", "ends_on"),
        *("document_number", "state", "remark", "created_at"),
    ),
    erase=_erase_trainings,
)
register_personal_data(
    TeacherPage,
    found=lambda subject: TeacherPage.objects.filter(user=subject.user),
    fields=("slug", "is_open", "about", "topics", "links", "blocks", "changed_at", "hidden_reason"),
)
register_personal_data(
    StaffLink,
    found=lambda subject: StaffLink.objects.filter(user=subject.user),
    fields=(
        *("organisation", "last_name", "first_name", "patronymic", "birth_date"),
        *("state", "remark", "created_at", "decided_at"),
    ),
    is_the_person=True,
)
register_personal_data(
    CardOpening,
    fate=Fate.NAMELESS,
    why=_("Who opened which card stays as the term of the log says, without the name."),
    found=lambda subject: CardOpening.objects.filter(record__in=subject.records),
    fields=("place", "opened_at"),
)
register_personal_data(
    QuarterConfirmation,
    fate=Fate.NAMELESS,
    why=_OFFICE,
    found=lambda subject: QuarterConfirmation.objects.filter(confirmed_by=subject.user),
    fields=("organisation", "year", "quarter", "confirmed_at"),
)


# --- Consents and files -----------------------------------------------------------------------


def _consents(subject: DataSubject) -> models.QuerySet[Consent]:
    return Consent.objects.filter(Q(user=subject.user) | Q(record__in=subject.records))


def _files(subject: DataSubject) -> models.QuerySet[PrivateFile]:
    """What the person uploaded about the own affairs, and scans that others entered about it.

    Scans of other people that a school uploaded in office are not the uploader's data.
    """
    user = subject.user
    of_others = TrainingRecord.objects.exclude(record__in=subject.records).filter(
        scan__isnull=False
    )
    evidence = Consent.objects.filter(scan__isnull=False)
    strangers = evidence.exclude(Q(user=user) | Q(record__in=subject.records))
    uploaded = (
        Q(uploaded_by=user)
        & ~Q(pk__in=of_others.order_by().values("scan"))
        & ~Q(pk__in=strangers.order_by().values("scan"))
    )
    entered = Q(pk__in=_trainings(subject).order_by().values("scan"))
    paper = Q(pk__in=_consents(subject).order_by().values("scan"))
    copies = DataArchive.objects.filter(file__isnull=False).order_by().values("file")
    return PrivateFile.objects.filter(uploaded | entered | paper).exclude(pk__in=copies)


def _erase_files(subject: DataSubject) -> None:
    """All but scans of consents, and what a record of somebody else still needs."""
    for file in _files(subject):
        if not is_referred_to(file):
            file.delete()


register_personal_data(
    Consent,
    fate=Fate.KEPT,
    why=_(
        "The operator has to prove that you agreed (152-FZ, article 9, part 3): the text with your "
        "name and, for paper, its scan are kept for the term of claims, three years after the end "
        "of the consent, and then deleted."
    ),
    found=_consents,
    fields=("kind", "wording", "items", "given_at", "valid_until", "withdrawn_at", "on_paper"),
)
register_personal_data(
    ConsentAnswer,
    found=lambda subject: ConsentAnswer.objects.filter(user=subject.user),
    fields=("text", "answer", "answered_at"),
)
register_personal_data(
    PrivateFile,
    found=_files,
    fields=("original_name", "size", "created_at", "checksum"),
    file="file",
    erase=_erase_files,
    why=_("Scans of signed consents are kept with them."),
    order=150,
)


# --- Kept by law, and nobody's ----------------------------------------------------------------


def _headed(subject: DataSubject) -> models.QuerySet[Organisation]:
    named = Q(pk__in=[])
    for last, first, middle in subject.names:
        full = " ".join(part for part in (last, first, middle) if part)
        if first:
            named |= Q(head_name__iexact=full)
    return Organisation.objects.filter(named)


register_personal_data(
    Organisation,
    title=_("organisations that name you as their head"),
    fate=Fate.KEPT,
    why=_(
        "The law makes an organisation publish the name and the contacts of its head (273-FZ, "
        "article 29); the entry changes when the head does."
    ),
    found=_headed,
    fields=("name", "head_name", "head_position"),
    part_models=(OrganisationStatus,),
)
register_impersonal(
    *(Subject, StaffRules, RetentionRules, ConsentText),
    why="Lists, rules and wordings: nobody is named in them.",
)
register_impersonal(
    *(Group, Group.permissions.through, Permission, ContentType),
    why="Which rights there are; whose they are stands with the account.",
)
