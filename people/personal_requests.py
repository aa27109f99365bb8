"""What people ask about their own data, and what fills the register (see core.rights)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.rights import DataSubject, Fate, register_personal_data
from people.models import (
    CorrectionRequest,
    DataArchive,
    ErasureRequest,
    StaffImport,
    StaffImportRow,
    StaffMove,
)

# --- Requests about one's own data ------------------------------------------------------------


def _erasures(subject: DataSubject) -> models.QuerySet[ErasureRequest]:
    return ErasureRequest.objects.filter(Q(user=subject.user) | Q(record__in=subject.records))


register_personal_data(
    DataArchive,
    found=lambda subject: DataArchive.objects.filter(user=subject.user),
    fields=("state", "created_at", "ready_at"),
)
register_personal_data(
    CorrectionRequest,
    found=lambda subject: CorrectionRequest.objects.filter(
        Q(user=subject.user) | Q(record__in=subject.records)
    ),
    fields=(
        *("title", "before", "changes", "text", "state", "created_at", "due_on", "decided_at"),
        "remark",
    ),
)
register_personal_data(
    ErasureRequest,
    fate=Fate.NAMELESS,
    why=_("That you asked and what was decided stays without your words and your name."),
    found=_erasures,
    fields=("text", "state", "created_at", "decided_at", "remark"),
    erase=lambda subject: _erasures(subject).update(text="", remark=""),
)
register_personal_data(
    StaffMove,
    found=lambda subject: StaffMove.objects.filter(record__in=subject.records),
    fields=("organisation", "title", "starts_on", "state", "remark", "created_at", "decided_at"),
    is_the_person=True,
)


# --- Files that fill the register; forgotten within a week anyway ------------------------------


def _import_rows(subject: DataSubject) -> models.QuerySet[StaffImportRow]:
    names = [" ".join(filter(None, name)) for name in subject.names]
    return StaffImportRow.objects.filter(Q(record__in=subject.records) | Q(name__in=names))


register_personal_data(
    StaffImport,
    found=lambda subject: StaffImport.objects.filter(user=subject.user),
    fields=("file_name", "state", "created_at"),
)
register_personal_data(StaffImportRow, found=_import_rows, fields=("number", "name", "outcome"))
