"""The register as a file: export, template, import with preview, all or nothing."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from people.enums import Category, ImportState
from people.models import CardOpening, StaffImport, StaffRecord, User
from people.register_files.columns import columns, titles
from people.services.staff_imports import apply_import, confirm_import, work_on_imports
from tests.factories.people import (
    OrganisationFactory,
    StaffRecordFactory,
    SubjectFactory,
    UserFactory,
)
from tests.people.staff_file import EXPORT, HEAD, IMPORT, brought, row

pytestmark = pytest.mark.django_db


def test_what_an_import_would_do_is_shown_and_then_done(school, head, client_of) -> None:
    physics = SubjectFactory(name="физика")
    known = StaffRecordFactory(
        organisation=school, last_name="Алёхина", patronymic="", birth_date=date(1980, 5, 17)
    )
    StaffRecordFactory(
        organisation=OrganisationFactory(name="Чужая"),
        last_name="Чужова",
        patronymic="Петровна",
        birth_date=date(1990, 5, 17),
    )
    client = client_of(head)
    more = ("Категория", "Предметы и часы", "Проверено: другой человек")
    load = brought(
        client,
        [
            [*row("Новая"), "Первая категория", "Физика: 18,5"],
            [*row("Новая", title="методист")],
            [*row("АЛЕХИНА", patronymic=None, day=date(1980, 5, 17)), "Высшая категория"],
            [*row("Алёхана", patronymic=None, day="17.05.1980")],
            [*row("Алёхино", patronymic=None, day="17.05.1980"), None, None, "да"],
            [*row("Чужова")],
            [*row("Кривая", day="31.02.1990", organisation="Чужая"), "Третья"],
            [*row("Новая")],
            [*row("=1+1", "Анна", day="01.01.1991")],
            [],
        ],
        more,
    )
    words = {item.number: " ".join(map(str, item.words)) for item in load.rows.all()}
    outcomes = {item.number: item.outcome for item in load.rows.all()}
    assert outcomes == {
        3: "created",
        4: "created",
        5: "changed",
        6: "refused",
        7: "created",
        8: "refused",
        9: "refused",
        10: "refused",
        11: "refused",
    }, words
    assert (load.state, load.created, load.changed, load.refused) == ("ready", 2, 1, 5)
    assert "Алёхина" in words[6]
    assert "ведёте не вы" in words[8]
    assert "не дата" in words[9]
    assert "не ведёте людей" in words[9]
    assert "Третья" in words[9]
    assert "строка 3" in words[10]
    assert "Высшая" in words[5]
    html = client.get(f"{IMPORT}{load.pk}/?rows=refused").content.decode()
    assert "Чужова" in html
    assert "новый человек" not in html, "only the rows that were asked for"
    assert 'data-l="ФИО"' in html, "on a phone as at the head of the table"
    assert client_of(UserFactory()).get(f"{IMPORT}{load.pk}/").status_code == 403
    assert StaffRecord.objects.count() == 2, "nothing is written by looking"
    for _click in range(2):
        assert client.post(f"{IMPORT}{load.pk}/apply/").status_code == 302
    for _turn in range(2):
        work_on_imports()
    load.refresh_from_db()
    assert (load.state, load.file, load.rows.count()) == (ImportState.APPLIED, None, 0)
    new = StaffRecord.objects.get(last_name="Новая")
    assert {item.title for item in new.positions.all()} == {"учитель", "методист"}
    assert (new.loads.get().subject, new.loads.get().hours) == (physics, 18.5)
    assert new.revisions.get().user == head
    known.refresh_from_db()
    assert (known.last_name, known.category) == ("АЛЕХИНА", Category.HIGHEST)
    assert known.revisions.count() == 2
    assert StaffRecord.objects.filter(last_name="Алёхино").exists()


def test_all_or_nothing_when_the_register_has_moved_on(school, head, client_of) -> None:
    client = client_of(head)
    load = brought(client, [row("Первая"), row("Вторая", first="Ольга")])
    StaffRecordFactory(
        organisation=school,
        last_name="Вторая",
        first_name="Ольга",
        patronymic="Петровна",
        birth_date=date(1990, 5, 17),
    )
    confirm_import(load=load, user=head)
    apply_import(pk=load.pk)
    load.refresh_from_db()
    assert load.state == ImportState.WAITING
    assert "Ничего не записано" in load.problem
    assert "Строка 4" in load.problem
    assert not StaffRecord.objects.filter(last_name="Первая").exists()
    work_on_imports()
    load.refresh_from_db()
    assert (load.state, load.created, load.changed) == (ImportState.READY, 1, 1)
    html = client.get(f"{IMPORT}{load.pk}/").content.decode().replace("\xa0", " ")
    assert "Ничего не записано" in html


@pytest.mark.parametrize(
    ("rows", "head_row", "said"),
    [
        ([["x"]], None, "нет строки с названиями"),
        ([], HEAD, "ни одной строки"),
        ([], HEAD[:3], "Не хватает столбцов: Дата рождения"),
        ([], [*HEAD, "Имя"], "повторяются: Имя"),
        ([["Новая"]] * 5001, HEAD, "больше 5000 строк"),
    ],
)
def test_a_file_that_is_none_of_ours(school, head, client_of, rows, head_row, said) -> None:
    book = Workbook()
    for values in [head_row or [], *rows]:
        book.active.append(values)
    out = BytesIO()
    book.save(out)
    client = client_of(head)
    client.post(IMPORT, {"file": SimpleUploadedFile("Список.xlsx", out.getvalue())})
    work_on_imports()
    load = StaffImport.objects.get()
    assert load.state == ImportState.FAILED
    assert said in load.problem
    assert client.post(f"{IMPORT}{load.pk}/apply/", follow=True).status_code == 200
    client.post(f"{IMPORT}{load.pk}/drop/")
    load.refresh_from_db()
    assert (load.state, load.file) == (ImportState.DROPPED, None)


def test_what_is_no_spreadsheet_is_refused_at_its_field(school, head, client_of) -> None:
    answer = client_of(head).post(IMPORT, {"file": SimpleUploadedFile("Список.xlsx", b"PK no")})
    assert answer.context["form"].errors["file"]
    assert not StaffImport.objects.exists()


def test_the_template_offers_only_what_may_be_written(school, head, client_of) -> None:
    OrganisationFactory(name="Чужая")
    SubjectFactory(name="физика")
    book = load_workbook(BytesIO(client_of(head).get(f"{IMPORT}template.xlsx").content))
    sheet, values = book.worksheets
    heads = [cell.value.removesuffix(" *") for cell in sheet[1]]
    assert heads == titles(columns(educations=2, supports=2))
    assert {"Уровень образования 2", "Форма поддержки 2"} <= set(heads)
    words = {cell.value for line in values.iter_rows() for cell in line}
    assert {"Лицей", "физика", "Первая категория", "да"} <= words
    assert "Чужая" not in words
    rules = {rule.type for rule in sheet.data_validations.dataValidation}
    assert rules == {"list", "date"}


@pytest.mark.parametrize("number", [1, 3, 30])
def test_the_export_is_the_list_and_comes_back_unchanged(
    school, head, client_of, number, settings, django_assert_num_queries
) -> None:
    StaffRecordFactory.create_batch(
        number, organisation=school, degree="=HYPERLINK(1)", category=Category.FIRST
    )
    StaffRecordFactory(organisation=OrganisationFactory(), last_name="Чужова")
    client = client_of(head)
    client.get(EXPORT)
    CardOpening.objects.all().delete()
    with django_assert_num_queries(18 - ("cached" in settings.SESSION_ENGINE)):
        data = b"".join(client.get(f"{EXPORT}?category=first").streaming_content)
    lines = list(load_workbook(BytesIO(data)).worksheets[0].iter_rows())
    assert len(lines) == number + 1
    assert [cell.value for cell in lines[0]] == titles()
    degree = lines[1][titles().index("Учёная степень, звание")]
    assert (degree.value, degree.data_type) == ("=HYPERLINK(1)", "s")
    assert CardOpening.objects.filter(viewer=head, place="export").count() == number
    client.post(IMPORT, {"file": SimpleUploadedFile("Список.xlsx", data)})
    work_on_imports()
    load = StaffImport.objects.get()
    shown = [item.words for item in load.rows.all()]
    assert (load.same, load.changed, load.created) == (number, 0, 0), shown


def test_a_district_is_imported_by_a_methodist(school, methodist, client_of) -> None:
    OrganisationFactory(name="Гимназия")
    load = brought(client_of(methodist), [row("Первая"), row("Вторая", organisation="Гимназия")])
    assert (load.created, load.refused) == (2, 0), [item.words for item in load.rows.all()]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_of_the_preview(
    school, head, client_of, number, settings, django_assert_num_queries
) -> None:
    letters = "абвгдежзиклмнопрстуфхцчшщэюябв"
    rows = [row(f"Новая{letters[n]}{letters[-n]}", day=date(1960 + n, 1, 1)) for n in range(number)]
    client = client_of(head)
    load = brought(client, rows)
    client.get(f"{IMPORT}{load.pk}/")
    with django_assert_num_queries(16 - ("cached" in settings.SESSION_ENGINE)):
        answer = client.get(f"{IMPORT}{load.pk}/")
    assert len(answer.context["page_obj"].object_list) == min(number, 25)
    assert User.objects.filter(pk=load.user_id).exists()


def test_one_person_is_spelt_in_two_ways_in_one_file(school, head, client_of) -> None:
    """Two positions; the first row says how the name is written."""
    client = client_of(head)
    load = brought(
        client,
        [row("Семёнова", first="Алёна"), row("СЕМЕНОВА", first="Алена", title="методист")],
    )
    assert [item.outcome for item in load.rows.all()] == ["created"] * 2, load.rows.last().words
    assert load.created == 1
    confirm_import(load=load, user=head)
    work_on_imports()
    record = StaffRecord.objects.get()
    assert (record.last_name, record.first_name) == ("Семёнова", "Алёна")
    assert set(record.positions.values_list("title", flat=True)) == {"учитель", "методист"}


def test_the_own_record_is_not_changed_by_a_file(school, head, client_of) -> None:
    StaffRecordFactory(
        organisation=school,
        user=head,
        last_name="Своя",
        patronymic="Петровна",
        birth_date=date(1990, 5, 17),
    )
    load = brought(client_of(head), [row("Своя", title="директор")])
    assert load.rows.get().outcome == "refused"
    assert "ваша собственная карточка" in load.rows.get().words[0]
