"""Several lines of one kind of one person go out into a file and come back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from people.models import (
    Award,
    Education,
    StaffImport,
    StaffPosition,
    StaffRecord,
    SupportForm,
)
from people.register_files.columns import columns, titles
from people.services.staff_imports import apply_import, confirm_import, work_on_imports
from tests.factories.people import StaffRecordFactory
from tests.people.staff_file import EXPORT, IMPORT, brought, row

pytestmark = pytest.mark.django_db
BORN = date(1985, 3, 3)
PART_TIME = "Внутреннее совместительство"


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


def test_posts_of_one_title_are_told_apart(school, head, client_of) -> None:
    """The main post and a part-time one of a teacher, and a post that was held years ago."""
    person = StaffRecordFactory(
        organisation=None, last_name="Совместителева", patronymic="", birth_date=BORN
    )
    for employment, rate, first, last in (
        ("main", "1", date(2012, 9, 1), None),
        ("internal", "0.5", date(2012, 9, 1), None),
        ("internal", "0.25", date(2020, 9, 1), None),
        ("main", "1", date(2001, 9, 1), date(2005, 8, 31)),
    ):
        person.positions.add(
            StaffPosition(
                organisation=school,
                title="учитель",
                employment=employment,
                rate=Decimal(rate),
                starts_on=first,
                ends_on=last,
            )
        )
    person.save()
    person.save_revision()
    client = client_of(head)
    data = b"".join(client.get(EXPORT).streaming_content)
    client.post(IMPORT, {"file": SimpleUploadedFile("Список.xlsx", data)})
    work_on_imports()
    load = StaffImport.objects.get()
    shown = [item.words for item in load.rows.all()]
    assert (load.same, load.changed, load.refused) == (3, 0, 0), shown

    # Each row finds its own post, and a first day after the end of one is the day of another.
    who = {"patronymic": None, "day": BORN}
    load = brought(
        client,
        [
            [*row("Совместителева", since=date(2012, 9, 1), **who), 0.75, "Основная работа"],
            [*row("Совместителева", since=date(2012, 9, 1), **who), 0.25, PART_TIME],
            [*row("Совместителева", since=date(2012, 9, 1), **who), 0.1, PART_TIME],
        ],
        ("Ставка", "Занятость"),
    )
    words = {item.number: item.words for item in load.rows.all()}
    assert (load.changed, load.refused) == (1, 1), words
    assert "строка 4" in words[5][0]
    confirm_import(load=load, user=head)
    apply_import(pk=load.pk)
    posts = StaffPosition.objects.filter(record=person).order_by("starts_on", "rate")
    assert [(str(item.rate), item.employment, item.starts_on.year) for item in posts] == [
        ("1.00", "main", 2001),
        ("0.25", "internal", 2012),
        ("0.75", "main", 2012),
        ("0.25", "internal", 2020),
    ]


def test_an_award_of_another_year_is_another_award(school, head, client_of) -> None:
    def awards(cell: str) -> list[tuple[str, int | None]]:
        load = brought(client, [[*row("Наградная"), cell]], ("Награды и годы",))
        if load.created or load.changed:
            confirm_import(load=load, user=head)
            apply_import(pk=load.pk)
        return list(Award.objects.values_list("name", "year"))

    client = client_of(head)
    assert awards("Грамота") == [("Грамота", None)]
    assert awards("Грамота (2015); Грамота (2020)") == [("Грамота", 2015), ("Грамота", 2020)]
    assert awards("грамота (2020); Грамота") == [("Грамота", 2015), ("Грамота", 2020)]
