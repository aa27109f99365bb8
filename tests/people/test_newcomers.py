"""Who is to begin at a school is in its register from the day of entering on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from people.models import StaffRecord
from tests.factories.people import OrganisationFactory, OrganisationRoleFactory, StaffRecordFactory
from tests.people.staff_file import EXPORT, brought, row
from tests.people.test_staff_form import NEW, shown, typed

pytestmark = pytest.mark.django_db


def test_a_school_enters_somebody_who_begins_next_month(school, head, client_of) -> None:
    first = timezone.localdate() + timedelta(days=30)
    client = client_of(head)
    answer = client.post(NEW, typed(school, **{"positions-0-starts_on": first.isoformat()}))
    record = StaffRecord.objects.get()
    card = f"/cabinet/staff/{record.pk}/"
    assert answer.headers["Location"] == card
    assert client.get(card).status_code == 200
    assert record.last_name not in client.get("/cabinet/staff/").content.decode(), "does not work"
    coming = client.get("/cabinet/staff/?list=coming").content.decode()
    assert record.last_name in coming
    assert f"{first:%d.%m.%Y}" in coming
    assert record.last_name not in client.get("/cabinet/staff/?list=left").content.decode()
    form = shown(client.get(f"{card}edit/"))
    assert client.post(f"{card}edit/", form | {"degree": "кандидат наук"}).status_code == 302
    record.refresh_from_db()
    assert record.degree == "кандидат наук"
    # Another school has nothing to do with the person.
    stranger = client_of(OrganisationRoleFactory(organisation=OrganisationFactory()).user)
    assert stranger.get(card).status_code == 404
    assert stranger.get(f"{card}edit/").status_code == 404


def test_the_file_knows_who_is_to_begin(school, head, client_of, tmp_path) -> None:
    first = timezone.localdate() + timedelta(days=30)
    StaffRecordFactory(
        organisation=school,
        organisation__starts_on=first,
        last_name="Новая",
        patronymic="Петровна",
        birth_date="1990-05-17",
    )
    client = client_of(head)
    load = brought(client, [row("Новая", since=first)])
    assert load.rows.get().outcome == "same", load.rows.get().words
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"".join(client.get(f"{EXPORT}?list=coming").streaming_content))
    rows = list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
    assert [line[0] for line in rows] == ["Фамилия", "Новая"]
    assert any(getattr(cell, "date", lambda: None)() == first for cell in rows[1])


def test_nobody_is_entered_who_has_left_already(school, head, methodist, client_of) -> None:
    """The school would not see the card that it has just filled in."""
    ended = {"positions-0-ends_on": "2021-01-01"}
    answer = client_of(head).post(NEW, typed(school, **ended))
    assert answer.status_code == 422
    assert "ещё не закончилась" in answer.content.decode()
    assert not StaffRecord.objects.exists()
    assert client_of(methodist).post(NEW, typed(school, **ended)).status_code == 302


def test_who_ends_the_last_position_comes_to_the_list(school, head, client_of) -> None:
    record = StaffRecordFactory(organisation=school)
    client, card = client_of(head), f"/cabinet/staff/{record.pk}/"
    form = shown(client.get(f"{card}edit/"))
    answer = client.post(f"{card}edit/", form | {"positions-0-ends_on": "2021-01-01"})
    assert answer.headers["Location"] == "/cabinet/staff/"
