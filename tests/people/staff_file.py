"""A file of the register as an office brings it, for several files of tests."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from people.models import StaffImport
from people.services.staff_imports import work_on_imports

IMPORT = "/cabinet/staff/import/"
EXPORT = "/cabinet/staff/export.xlsx"
HEAD = ["Фамилия", "Имя", "Отчество", "Дата рождения", "Организация", "Должность", "Работает с"]


def workbook(rows: list[list[Any]], more: tuple[str, ...] = ()) -> SimpleUploadedFile:
    book = Workbook()
    book.active.append(["Список педагогов"])
    book.active.append([*HEAD, *more])
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("Список.xlsx", out.getvalue())


def row(last: str, first: str = "Анна", **more: Any) -> list[Any]:
    values = {
        "patronymic": "Петровна",
        "day": "17.05.1990",
        "organisation": "лицей",
        "title": "учитель",
        "since": date(2020, 9, 1),
        **more,
    }
    return [last, first, *values.values()]


def brought(client, rows: list[list[Any]], more: tuple[str, ...] = ()) -> StaffImport:
    """An import that has been read."""
    answer = client.post(IMPORT, {"file": workbook(rows, more)})
    assert answer.status_code == 302, answer.context["form"].errors
    work_on_imports()
    return StaffImport.objects.latest("pk")
