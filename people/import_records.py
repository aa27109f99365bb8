"""What files that fill the register say of people; forgotten within a week anyway."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.rights import DataSubject, register_personal_data
from people.models import StaffImport, StaffImportRow


def _import_rows(subject: DataSubject) -> models.QuerySet[StaffImportRow]:
    names = [" ".join(filter(None, name)) for name in subject.names]
    return StaffImportRow.objects.filter(Q(record__user=subject.user) | Q(name__in=names))


register_personal_data(
    StaffImport,
    found=lambda subject: StaffImport.objects.filter(user=subject.user),
    fields=("file_name", "state", "created_at"),
)
register_personal_data(StaffImportRow, found=_import_rows, fields=("number", "name", "outcome"))
