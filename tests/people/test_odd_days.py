"""A slip in the year of a day is told in words; nothing of it is kept or breaks a page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from people.enums import RowOutcome
from people.models import StaffLink, StaffMove, StaffRecord, TrainingRecord
from people.queries.lookalikes import records_like
from people.services.move_requests import ask_move
from people.services.staff_moves import move
from people.services.training import correct_training
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
)
from tests.people.staff_file import brought, row
from tests.people.test_links import data as link_data
from tests.people.test_links import person  # noqa: F401
from tests.people.test_staff_form import NEW, typed

pytestmark = pytest.mark.django_db
FIRST, LAST = date(1, 1, 1), date.max


@pytest.mark.parametrize("day", [FIRST, date(1939, 12, 31), LAST])
def test_no_move_is_asked_for_an_odd_day(school, site_tree, client_of, head, day) -> None:
    """The page where the other school decides reckons with the day."""
    record = StaffRecordFactory(organisation=school)
    asker = OrganisationRoleFactory(organisation=OrganisationFactory())
    names = {name: getattr(record, name) for name in ("last_name", "first_name", "patronymic")}
    form = {
        **names,
        "birth_date": record.birth_date.isoformat(),
        "organisation": asker.organisation_id,
        "title": "учитель",
        "starts_on": day.isoformat(),
    }
    answer = client_of(asker.user).post("/cabinet/staff/moves/new/", form)
    assert answer.status_code == 200
    assert "starts_on" in answer.context["form"].errors
    assert not StaffMove.objects.exists()
    # As early and as late as it may be, it is decided on.
    early = ask_move(
        user=asker.user,
        organisation=asker.organisation,
        birth_date=record.birth_date,
        title="учитель",
        starts_on=date(1940, 1, 1),
        **names,
    )
    assert client_of(head).get(f"/cabinet/staff/moves/{early.pk}/").status_code == 200
    # A row of before the check is still decided on.
    StaffMove.objects.update(starts_on=day)
    assert client_of(head).get(f"/cabinet/staff/moves/{early.pk}/").status_code == 200


def test_nobody_moves_on_the_last_day_of_the_calendar(school, methodist) -> None:
    record = StaffRecordFactory(organisation=school)
    positions = [record.positions.get().pk]
    with pytest.raises(ValidationError) as refused:
        move(
            record=record,
            positions=positions,
            last_day=LAST,
            organisation=OrganisationFactory(),
            title="учитель",
            user=methodist,
        )
    assert "last_day" in refused.value.message_dict


def test_a_known_name_with_a_year_of_three_digits(school, head, client_of) -> None:
    known = StaffRecordFactory(
        organisation=school, last_name="Семёнова", first_name="Анна", patronymic="Петровна"
    )
    answer = client_of(head).post(NEW, typed(school, birth_date="0198-05-17"))
    assert answer.status_code == 422
    assert "birth_date" in answer.context["form"].errors
    assert records_like(known.name_key, FIRST) == []
    load = brought(client_of(head), [row("Семёнова", day="17.05.0198"), row("Другая")])
    found = dict(load.rows.values_list("name", "outcome"))
    assert found == {
        "Семёнова Анна Петровна": RowOutcome.REFUSED,
        "Другая Анна Петровна": RowOutcome.CREATED,
    }


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("positions-0-starts_on", "0001-01-01", "1990-09-01"),
        ("positions-0-ends_on", "9999-12-31", "2030-12-31"),
        ("category_date", "9999-12-31", "2020-12-31"),
        ("category_date", "0001-01-01", "1990-12-31"),
        ("assessed_on", "0001-01-01", "2020-01-01"),
        ("next_attestation", "9999-12-31", "2028-01-01"),
    ],
)
def test_the_register_keeps_no_odd_day(school, head, client_of, field, value, right) -> None:
    client = client_of(head)
    refused = client.post(NEW, typed(school, **{field: value}))
    assert refused.status_code == 422
    assert "Проверьте год: с 1940" in refused.content.decode()
    assert not StaffRecord.objects.exists()
    assert client.post(NEW, typed(school, **{field: right})).status_code == 302


@pytest.mark.parametrize("field", ["starts_on", "ends_on"])
def test_training_of_an_odd_day_is_neither_entered_nor_corrected(school, head, field) -> None:
    training = TrainingRecordFactory(record=StaffRecordFactory(organisation=school), confirmed=True)
    ahead = timezone.localdate() + timedelta(days=1)
    for day in (FIRST, date(1939, 1, 1), ahead):
        with pytest.raises(ValidationError):
            correct_training(training=training, values={field: day}, user=head)
    assert TrainingRecord.objects.filter(pk=training.pk, ends_on=training.ends_on).exists()


@pytest.mark.usefixtures("roles_and_texts")
def test_no_link_is_asked_for_somebody_of_another_century(
    school,
    person,  # noqa: F811
    client_of,
) -> None:
    form = link_data(school, birth_date="0190-02-03")
    answer = client_of(person).post("/cabinet/staff/link/", form)
    assert answer.status_code == 200
    assert "birth_date" in answer.context["form"].errors
    assert not StaffLink.objects.exists()
