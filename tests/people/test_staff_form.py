"""The form of the register: adding, changing, two at once, dismissal and moves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from people.enums import Category
from people.models import StaffPosition, StaffRecord
from tests.factories.people import (
    OrganisationFactory,
    StaffRecordFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db
NEW = "/cabinet/staff/new/"
KINDS = ("positions", "loads", "educations", "awards", "support_forms")


def typed(organisation, **values: Any) -> dict[str, Any]:
    """What a browser sends for a new person with one position."""
    counts = {f"{kind}-{part}": "0" for kind in KINDS for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {
        **counts,
        "last_name": "Семёнова",
        "first_name": "Анна",
        "patronymic": "Петровна",
        "birth_date": "1990-05-17",
        "positions-TOTAL_FORMS": "1",
        "positions-0-organisation": organisation.pk,
        "positions-0-title": "учитель",
        "positions-0-employment": "main",
        "positions-0-rate": "1",
        "positions-0-starts_on": "2020-09-01",
        **values,
    }


def shown(answer) -> dict[str, Any]:
    """What the browser would send of the form on the screen."""
    form = answer.context["form"]
    sent = form.as_posted() if not form.is_bound else {key: form.data[key] for key in form.data}
    revision = answer.context.get("revision")
    return {key: value for key, value in sent.items() if not key.startswith("choose-")} | (
        {"revision": revision} if revision else {}
    )


def test_a_school_adds_a_person_with_everything(school, head, client_of) -> None:
    subject = SubjectFactory(name="физика")
    client = client_of(head)
    empty = client.get(NEW).context["form"].formsets
    # One line of what everybody has; more are asked for by a button.
    assert [len(empty[kind].forms) for kind in KINDS] == [1, 1, 1, 0, 0]
    nobody = client.post(NEW, typed(school, last_name="", first_name="")).context["form"]
    assert [len(nobody.errors[name]) for name in ("last_name", "first_name")] == [1, 1]
    data = typed(
        school,
        **{
            "category": Category.FIRST,
            "category_date": "2024-03-01",
            "loads-TOTAL_FORMS": "1",
            "loads-0-subject": subject.pk,
            "loads-0-hours": "18.5",
            "educations-TOTAL_FORMS": "1",
            "educations-0-level": "higher_pedagogical",
            "awards-TOTAL_FORMS": "1",
            "awards-0-name": "Почётная грамота",
            "support_forms-TOTAL_FORMS": "1",
            "support_forms-0-kind": "mentor",
            "support_forms-0-starts_on": "2025-09-01",
        },
    )
    # Another line is asked for: nothing is saved, nothing typed is lost, nothing is blamed.
    answer = client.post(NEW, {**data, "last_name": "", "add-positions": ""})
    assert answer.status_code == 200
    assert answer.context["form"].mistakes == []
    assert 'name="positions-1-title"' in answer.content.decode()
    assert "Почётная грамота" in answer.content.decode()
    assert not StaffRecord.objects.exists()
    assert client.post(NEW, data).status_code == 302
    record = StaffRecord.objects.get()
    assert record.revisions.get().user == head
    assert [item.hours for item in record.loads.all()] == [18.5]
    assert record.educations.get().level == "higher_pedagogical"
    assert record.awards.get().name == "Почётная грамота"
    assert record.support_forms.get().kind == "mentor"


def test_what_is_wrong_is_said_at_its_field(school, head, client_of) -> None:
    other = OrganisationFactory()
    client = client_of(head)
    data = typed(
        other,
        **{
            "birth_date": "2090-01-01",
            "positions-0-ends_on": "2019-01-01",
            "loads-TOTAL_FORMS": "x",
            "educations-INITIAL_FORMS": "1",
            "educations-TOTAL_FORMS": "1",
            "educations-0-id": "77",
        },
    )
    answer = client.post(NEW, data)
    assert answer.status_code == 422
    words = " ".join(item.words for item in answer.context["form"].mistakes)
    assert "Проверьте год" in words
    assert "Организация: Выберите корректный вариант" in words
    assert "раньше его начала" in words or "раньше начала" in words
    assert 'value="2090-01-01"' in answer.content.decode()
    empty = client.post(NEW, {**typed(school), "positions-TOTAL_FORMS": "0"})
    assert "Укажите хотя бы одну должность." in empty.content.decode()
    assert client.post(NEW, {}).status_code == 422
    assert not StaffRecord.objects.exists()


def test_the_same_and_the_similar_person(school, head, methodist, client_of) -> None:
    hidden = StaffRecordFactory(
        organisation=OrganisationFactory(),
        last_name="СЕМЕНОВА",
        first_name="Анна",
        patronymic="Петровна",
        birth_date=date(1990, 5, 17),
    )
    for user, seen in ((head, False), (methodist, True)):
        answer = client_of(user).post(NEW, typed(school)).content.decode()
        assert "уже есть в реестре" in answer
        assert (f"/cabinet/staff/{hidden.pk}/" in answer) is seen
        assert ("Попросить перевести к себе" in answer) is not seen
        assert ("у человека сейчас нет должности" in answer) is not seen
    # A letter, a missing patronymic, day and month changed over.
    client = client_of(methodist)
    for slip in (
        {"last_name": "Семёнава"},
        {"patronymic": ""},
        {"birth_date": "1990-06-17"},
    ):
        answer = client.post(NEW, typed(school, **slip)).content.decode()
        assert "очень похожий человек" in answer
    assert StaffRecord.objects.count() == 1
    other = typed(school, last_name="Семёнава", another="on")
    assert client.post(NEW, other).status_code == 302
    assert client.post(NEW, typed(school, birth_date="1971-02-03")).status_code == 302


def test_two_who_change_at_once_both_decide(school, head, methodist, client_of) -> None:
    record = StaffRecordFactory(organisation=school, degree="", category="")
    address = f"/cabinet/staff/{record.pk}/edit/"
    first, second = client_of(methodist), client_of(head)
    mine, theirs = shown(second.get(address)), shown(first.get(address))
    theirs |= {"category": Category.HIGHEST, "degree": "кандидат наук"}
    theirs["positions-0-title"] = "учитель физики"
    assert first.post(address, theirs).status_code == 302
    answer = second.post(address, mine | {"degree": "доктор наук"})
    assert answer.status_code == 409
    chosen = {item.name: item.choice for item in answer.context["conflicts"]}
    assert chosen == {"category": "theirs", "degree": "mine", "positions": "theirs"}
    html = answer.content.decode()
    assert "кандидат наук" in html
    assert "доктор наук" in html
    assert StaffRecord.objects.get().degree == "кандидат наук"
    choices = {f"choose-{name}": choice for name, choice in chosen.items()}
    assert second.post(address, shown(answer) | choices).status_code == 302
    record = StaffRecord.objects.get()
    assert (record.category, record.degree) == (Category.HIGHEST, "доктор наук")
    assert record.positions.get().title == "учитель физики"
    assert record.revisions.count() == 3


def test_positions_elsewhere_stay(school, head, client_of) -> None:
    record = StaffRecordFactory(organisation=school)
    other = OrganisationFactory(name="Гимназия")
    StaffPosition.objects.create(
        record=record, organisation=other, title="педагог", starts_on=date(2023, 9, 1), sort_order=1
    )
    record.save_revision()
    client = client_of(head)
    address = f"/cabinet/staff/{record.pk}/edit/"
    data = shown(client.get(address))
    number = next(n for n in "01" if data[f"positions-{n}-title"] == "педагог")
    forged = {f"positions-{number}-title": "директор", f"positions-{number}-DELETE": "on"}
    assert client.post(address, data | forged | {"degree": "доктор наук"}).status_code == 302
    record.refresh_from_db()
    assert record.degree == "доктор наук"
    assert record.positions.get(organisation=other).title == "педагог"


def test_dismissal_and_move(school, head, methodist, client_of) -> None:
    record = StaffRecordFactory(organisation=school)
    position = record.positions.get()
    other = OrganisationFactory(name="Гимназия")
    today = timezone.localdate()
    move = {
        "positions": [position.pk],
        "last_day": f"{today - timedelta(days=1):%Y-%m-%d}",
        "organisation": other.pk,
        "title": "методист",
    }
    address = f"/cabinet/staff/{record.pk}/move/"
    answer = client_of(head).post(address, move)
    assert answer.status_code == 200, "a school does not give people to another one"
    assert "organisation" in answer.context["form"].errors
    assert client_of(methodist).post(address, move).status_code == 302
    held = StaffRecord.objects.get().positions.get(ends_on=None)
    assert (held.organisation, held.title, held.starts_on) == (other, "методист", today)
    assert record.revisions.count() == 2
    assert client_of(head).get(f"/cabinet/staff/{record.pk}/").status_code == 404
    leave = f"/cabinet/staff/{record.pk}/leave/"
    early = {"positions": [held.pk], "last_day": "2001-01-01"}
    assert "начал работать здесь позже" in client_of(methodist).post(leave, early).content.decode()
    done = {"positions": [held.pk], "last_day": f"{today:%Y-%m-%d}"}
    for _click in range(2):
        assert client_of(methodist).post(leave, done).status_code == 302
    assert record.revisions.count() == 3
