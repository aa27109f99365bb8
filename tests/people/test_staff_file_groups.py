"""Several educations and forms of support of one person go out into a file and come back."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from people.models import Education, StaffImport, StaffRecord, SupportForm
from people.register_files.columns import columns, titles
from people.services.staff_imports import confirm_import, work_on_imports
from tests.factories.people import StaffRecordFactory
from tests.people.staff_file import EXPORT, IMPORT, brought, row

pytestmark = pytest.mark.django_db


def studied(record: StaffRecord) -> list[tuple[Any, ...]]:
    return list(record.educations.values_list("level", "institution", "speciality", "year"))


def supported(record: StaffRecord) -> list[tuple[Any, ...]]:
    return list(record.support_forms.values_list("kind", "starts_on", "ends_on"))


def test_several_educations_and_forms_of_support_come_back(school, head, client_of) -> None:
    record = StaffRecordFactory(organisation=school, last_name="Алёхина")
    StaffRecordFactory(organisation=school, last_name="Борисова")
    # Two that differ in the last cell alone, one without an institution before one with it.
    educations = [
        ("higher", "", "", None),
        ("higher", "ОГУ", "Физика", 2003),
        ("higher", "ОГУ", "Физика", 2010),
        ("secondary_pedagogical", "Колледж", "", 1999),
    ]
    for level, institution, speciality, year in educations:
        Education.objects.create(
            record=record, level=level, institution=institution, speciality=speciality, year=year
        )
    supports = [
        ("mentor", date(2024, 9, 1), date(2025, 5, 31)),
        ("mentor", date(2025, 9, 1), None),
        ("school", date(2025, 9, 1), None),
    ]
    for kind, starts_on, ends_on in supports:
        SupportForm.objects.create(record=record, kind=kind, starts_on=starts_on, ends_on=ends_on)
    client = client_of(head)
    data = b"".join(client.get(EXPORT).streaming_content)
    lines = list(load_workbook(BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert list(lines[0]) == titles(columns(educations=4, supports=3))
    client.post(IMPORT, {"file": SimpleUploadedFile("Список.xlsx", data)})
    work_on_imports()
    load = StaffImport.objects.get()
    assert (load.same, load.changed) == (2, 0), [item.words for item in load.rows.all()]
    # The same file fills an empty register.
    StaffRecord.objects.all().delete()
    client.post(IMPORT, {"file": SimpleUploadedFile("Список.xlsx", data)})
    work_on_imports()
    confirm_import(load=StaffImport.objects.latest("pk"), user=head)
    work_on_imports()
    again = StaffRecord.objects.get(last_name="Алёхина")
    assert (studied(again), supported(again)) == (educations, supports)


def test_a_group_adds_changes_and_says_what_is_missing(school, head, client_of) -> None:
    known = StaffRecordFactory(
        organisation=school,
        last_name="Алёхина",
        patronymic="Петровна",
        birth_date=date(1990, 5, 17),
    )
    Education.objects.create(record=known, level="higher", institution="ОГУ")
    SupportForm.objects.create(record=known, kind="mentor", starts_on=date(2025, 9, 1))
    more = (
        *("Уровень образования 1", "Год окончания", "Уровень образования 3"),
        *("Учебное заведение 3", "Форма поддержки", "Поддержка с", "Поддержка по"),
        *("Учебное заведение 2", "Форма поддержки 2"),
    )
    mentor = ["Закреплённый наставник", "01.09.2025", "31.05.2026"]
    load = brought(
        client_of(head),
        [
            [*row("Алёхина"), "Высшее", 2003, "Среднее общее", "Лицей", *mentor],
            [*row("Новая"), *[None] * 7, "Колледж", "Стажировка"],
        ],
        more,
    )
    words = {item.number: " ".join(map(str, item.words)) for item in load.rows.all()}
    assert (load.changed, load.refused) == (1, 1), words
    assert "Уровень образования 2" in words[4]
    assert "Поддержка с 2" in words[4]
    confirm_import(load=load, user=head)
    work_on_imports()
    assert studied(known) == [("higher", "ОГУ", "", 2003), ("secondary", "Лицей", "", None)]
    assert supported(known) == [("mentor", date(2025, 9, 1), date(2026, 5, 31))]
