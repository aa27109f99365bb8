"""The staff register in the cabinet: list, card, history, confirmation."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from people.ages import years_before
from people.enums import Category
from people.models import CardOpening, StaffRecord, StaffRules, TeachingLoad
from people.services.staff import change_staff
from tests.factories.people import (
    OrganisationFactory,
    StaffRecordFactory,
    SubjectFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def surnames(answer) -> list[str]:
    """Whom the list names, in its order."""
    html = answer.content.decode()
    return re.findall(r'<a href="/cabinet/staff/\d+/">(\S+) ', html)


def test_each_sees_the_own_people(school, head, methodist, client_of, teacher) -> None:
    StaffRecordFactory(organisation=school, last_name="Своя")
    StaffRecordFactory(organisation=OrganisationFactory(), last_name="Чужая")
    assert surnames(client_of(head).get("/cabinet/staff/")) == ["Своя"]
    assert "/cabinet/staff/quarter/" in client_of(head).get("/cabinet/staff/").content.decode()
    everybody = client_of(methodist).get("/cabinet/staff/")
    assert surnames(everybody) == ["Своя", "Чужая"]
    assert "/cabinet/staff/quarter/" not in everybody.content.decode()
    assert client_of(teacher).get("/cabinet/staff/").status_code == 403
    assert client_of().get("/cabinet/staff/").status_code == 302
    assert "/cabinet/staff/" in client_of(head).get("/cabinet/").content.decode()
    assert '"/cabinet/staff/"' not in client_of(teacher).get("/cabinet/").content.decode()


def test_search_and_filters(school, methodist, client_of) -> None:
    physics = SubjectFactory(name="физика")
    one = StaffRecordFactory(
        organisation=school, last_name="Алёхина", category=Category.FIRST, birth_date="1990-01-01"
    )
    TeachingLoad.objects.create(record=one, subject=physics)
    StaffRecordFactory(organisation=OrganisationFactory(), last_name="Борисова")
    client = client_of(methodist)

    def found(query: str) -> list[str]:
        return surnames(client.get(f"/cabinet/staff/?{query}"))

    assert found("q=алехина анна") == ["Алёхина"]
    assert found("q=нет-такой") == []
    assert found(f"organisation={school.pk}") == ["Алёхина"]
    assert found("position=учитель") == ["Алёхина", "Борисова"]
    assert found(f"subject={physics.pk}") == ["Алёхина"]
    assert found("category=first") == ["Алёхина"]
    assert found("category=none") == ["Борисова"]
    assert found("state=confirmed") == []
    assert found("sort=youngest") == ["Алёхина", "Борисова"]
    assert found("sort=changed&organisation=x&page=99") == ["Борисова", "Алёхина"]


def test_lists_of_the_order(school, methodist, client_of) -> None:
    today = timezone.localdate()

    def person(name: str, **values):
        return StaffRecordFactory(organisation=school, last_name=name, **values)

    person("Ровно", birth_date=years_before(today, 35), teaching_since=years_before(today, 3))
    person("Старше", birth_date=years_before(today, 36), teaching_since=years_before(today, 4))
    several = person("Разное", next_attestation=date(today.year, 1, 1))
    for subject in SubjectFactory.create_batch(2):
        TeachingLoad.objects.create(record=several, subject=subject)
    TrainingRecordFactory(record=several, ends_on=today, confirmed=True)
    TrainingRecordFactory(record=StaffRecord.objects.get(last_name="Ровно"), ends_on=today)
    old = {"category": Category.CONFORMITY, "category_date": date(today.year - 5, 3, 1)}
    person("Срок", **old)
    StaffRecordFactory(
        organisation=school, organisation__ends_on=today - timedelta(days=1), last_name="Ушла"
    )
    client = client_of(methodist)

    def found(name: str) -> set[str]:
        return set(surnames(client.get(f"/cabinet/staff/?list={name}")))

    assert found("young") == found("early") == {"Ровно"}
    rules = StaffRules.load()
    rules.young_age_inclusive = rules.early_service_inclusive = False
    rules.save()
    assert found("young") == found("early") == set()
    assert found("several") == {"Разное"}
    assert found("attestation") == {"Разное", "Срок"}
    assert found("untrained") == {"Ровно", "Старше", "Срок"}, "unconfirmed training does not count"
    assert found("left") == {"Ушла"}
    assert "Ушла" not in found("")


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_of_the_list(
    school, methodist, client_of, number, settings, django_assert_num_queries
) -> None:
    StaffRecordFactory.create_batch(number, organisation=school)
    client = client_of(methodist)
    client.get("/cabinet/staff/")
    with django_assert_num_queries(23 - ("cached" in settings.SESSION_ENGINE)):
        answer = client.get("/cabinet/staff/")
    assert len(surnames(answer)) == min(number, 25)


# What each selection costs; the form reads the two that it names once more.
FILTER_QUERIES = {
    "list=young": 23,
    "list=early": 23,
    "list=several": 23,
    "list=attestation": 23,
    "list=untrained": 23,
    "list=left": 22,
    "q=иванова анна": 23,
    "organisation={school}": 24,
    "subject={subject}": 24,
    "position=учитель": 23,
    "category=first": 23,
    "state=waiting": 23,
    "state=confirmed": 20,
    "sort=service": 23,
    "list=young&organisation={school}&subject={subject}&category=first&q=анна&sort=youngest": 25,
}


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_of_every_filter(
    school, methodist, client_of, number, settings, django_assert_num_queries
) -> None:
    today = timezone.localdate()
    subjects = SubjectFactory.create_batch(2)
    for index in range(number):
        # Belongs to every list at once, but for those who have left.
        values = {
            "birth_date": years_before(today, 30),
            "teaching_since": years_before(today, 2),
            "category": Category.FIRST,
            "next_attestation": today,
            "last_name": f"Иванова{'абвгдежзиклмнопрстуфхцчшщэюяьъ'[index]}",
        }
        record = StaffRecordFactory(organisation=school, **values)
        for subject in subjects:
            TeachingLoad.objects.create(record=record, subject=subject)
        TrainingRecordFactory(record=record, confirmed=True, ends_on=years_before(today, 5))
        gone = StaffRecordFactory(organisation=school)
        gone.positions.update(ends_on=today - timedelta(days=1))
    client = client_of(methodist)
    client.get("/cabinet/staff/")
    for query, queries in FILTER_QUERIES.items():
        address = query.format(school=school.pk, subject=subjects[0].pk)
        with django_assert_num_queries(queries - ("cached" in settings.SESSION_ENGINE), info=query):
            answer = client.get(f"/cabinet/staff/?{address}")
        found = 0 if "confirmed" in query else min(number, 25)
        assert len(answer.context["page_obj"].object_list) == found, query


def test_a_card_opens_to_whom_it_may_and_is_written_down(school, head, teacher, client_of) -> None:
    record = StaffRecordFactory(organisation=school, user=teacher)
    foreign = StaffRecordFactory(organisation=OrganisationFactory())
    client = client_of(head)
    assert client.get(f"/cabinet/staff/{record.pk}/").status_code == 200
    assert client.get(f"/cabinet/staff/{foreign.pk}/").status_code == 404
    assert client_of(teacher).get(f"/cabinet/staff/{record.pk}/").status_code == 200
    assert client_of(UserFactory()).get(f"/cabinet/staff/{record.pk}/").status_code == 404
    assert list(CardOpening.objects.values_list("record", "viewer")) == [(record.pk, head.pk)]


def changed(record: StaffRecord, user, **values) -> StaffRecord:
    """A change as the service makes it."""
    record = StaffRecord.objects.get(pk=record.pk)
    for name, value in values.items():
        setattr(record, name, value)
    return change_staff(record=record, user=user, opened_revision=record.latest_revision_id)


def test_history_says_who_changed_what(school, head, client_of) -> None:
    record = StaffRecordFactory(organisation=school)
    changed(record, head, category=Category.FIRST, category_date=date(2026, 3, 2), in_reserve=True)
    kept = StaffRecord.objects.get(pk=record.pk)
    position = kept.positions.get()
    position.title = "учитель-логопед"
    kept.positions = [position]
    change_staff(record=kept, user=head, opened_revision=kept.latest_revision_id)
    html = client_of(head).get(f"/cabinet/staff/{record.pk}/").content.decode()
    history = html[html.index('id="history"') :]
    assert str(head) in history
    assert "Без категории" in history
    assert "Первая" in history
    assert "02.03.2026" in history
    assert "учитель; Основная работа" in history
    assert "учитель-логопед; Основная работа" in history
    assert "name_key" not in history


def test_a_methodist_confirms_what_was_on_the_screen(school, head, methodist, client_of) -> None:
    record = StaffRecordFactory(organisation=school)
    client = client_of(methodist)
    address = f"/cabinet/staff/{record.pk}/"
    stale = record.latest_revision_id
    changed(record, head, degree="кандидат наук")
    answer = client.post(f"{address}confirm/", {"revision": stale}, follow=True)
    assert "изменилась" in answer.content.decode()
    assert not StaffRecord.objects.get().confirmed
    client.post(f"{address}confirm/", {"revision": StaffRecord.objects.get().latest_revision_id})
    assert StaffRecord.objects.get().confirmed
    changed(record, head, degree="доктор наук")
    html = client.get(address).content.decode()
    waiting = html[html.index('id="confirm"') : html.index('id="person"')]
    assert "кандидат наук" in waiting
    assert "доктор наук" in waiting
    assert client_of(head).post(f"{address}confirm/", {"revision": "1"}).status_code == 403
    assert client.post(f"{address}confirm/", {"revision": "²"}).status_code == 302
    assert client_of(UserFactory()).post(f"{address}confirm/").status_code == 404


def test_a_methodist_hears_what_waits(school, head, methodist, client_of) -> None:
    StaffRecordFactory.create_batch(2, organisation=school)
    html = client_of(methodist).get("/cabinet/").content.decode().replace("\xa0", " ")
    assert "2 записи реестра педагогов ждут подтверждения" in html
    assert 'href="/cabinet/staff/?state=waiting"' in html
    assert "ждут подтверждения" not in client_of(head).get("/cabinet/").content.decode()
