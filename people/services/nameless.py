"""Accounts and records that stay, with nobody in them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, Revision

from core.models import PrivateFile
from core.services.private_files import is_referred_to
from people.models import StaffLink, StaffMove, StaffRecord, User

if TYPE_CHECKING:
    from core.rights import DataSubject

# A domain that no mail reaches (RFC 2606).
NOWHERE = "erased.invalid"


def substitute_of(user: User) -> str:
    """What stands where the name of ``user`` stood."""
    return _("Erased user No. %(number)s") % {"number": user.pk}


def substitute_of_record(record: StaffRecord) -> str:
    """What stands where the name of somebody without an account stood."""
    return _("Erased teacher No. %(number)s") % {"number": record.pk}


def make_account_nameless(subject: DataSubject) -> None:
    """Close the account of ``subject`` and empty it; its number stays."""
    if not subject.has_account:
        return
    account = User.objects.get(pk=subject.user.pk)
    account.last_name, account.first_name, account.patronymic = subject.substitute, "", ""
    account.email = f"erased-{account.pk}@{NOWHERE}"
    account.is_active = account.is_staff = account.is_superuser = False
    account.last_login = None
    account.erased_at = timezone.now()
    account.set_unusable_password()
    account.save()
    account.groups.clear()
    account.user_permissions.clear()


@transaction.atomic
def make_trainings_nameless(record: StaffRecord) -> None:
    """Leave of the trainings what was counted; scans go with their files."""
    scans = list(PrivateFile.objects.filter(pk__in=record.trainings.values("scan")))
    record.trainings.update(scan=None, document_number="", remark="")
    for file in scans:
        if not is_referred_to(file):
            file.delete()


@transaction.atomic
def make_record_nameless(record: StaffRecord) -> None:
    """Leave of a record of the register what past figures are counted from.

    Positions end today, days become the first of their year; a second time changes nothing.
    """
    if record.erased_at is not None:
        return
    make_trainings_nameless(record)
    today = timezone.localdate()
    record.positions.filter(starts_on__gt=today).delete()
    record.positions.filter(Q(ends_on=None) | Q(ends_on__gt=today)).update(ends_on=today)
    record.educations.all().delete()
    record.awards.all().delete()
    record.support_forms.update(note="")
    StaffLink.objects.filter(record=record).delete()
    StaffMove.objects.filter(record=record).delete()
    Revision.objects.for_instance(record).delete()
    record.refresh_from_db()
    record.last_name = substitute_of_record(record)
    record.first_name = record.patronymic = record.sex = record.degree = ""
    record.category = record.category_order = record.assessment_result = ""
    record.birth_date = _year_of(record.birth_date)
    for name in ("total_since", "teaching_since", "assessed_on"):
        day = getattr(record, name)
        setattr(record, name, day and _year_of(day))
    record.category_date = record.next_attestation = record.confirmed_at = None
    record.in_reserve = False
    record.user = record.confirmed_by = None
    record.erased_at = timezone.now()
    record.save()
    # As text: the journal keeps numbers of any kind.
    told = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(StaffRecord), object_id=str(record.pk)
    )
    told.update(label=record.last_name, data={})


def _year_of(day: date) -> date:
    return date(day.year, 1, 1)
