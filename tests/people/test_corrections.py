"""A person says what is wrong and what is right; who keeps the record corrects it or refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.models import Notice, PrivateFile
from core.services.private_files import private_file_visible_to, store_private_file
from people.enums import ConsentKind, RequestState, Role, TrainingState
from people.models import (
    Consent,
    CorrectionRequest,
    Organisation,
    RetentionRules,
    StaffRecord,
    User,
)
from people.queries.corrections import corrections_waiting_for, target_of
from people.services.consent_texts import text_in_force
from people.services.consents import enter_paper_consent
from people.services.corrections import (
    accept_correction,
    ask_correction,
    refuse_correction,
    remind_deciders,
    withdraw_correction,
)
from people.services.retention import purge_expired
from people.services.staff import change_staff
from tests.core.test_upload_checks import pdf
from tests.factories.people import (
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles_and_texts")]


@pytest.fixture
def record(school: Organisation, teacher: User) -> StaffRecord:
    made: StaffRecord = StaffRecordFactory(
        organisation=school, user=teacher, last_name="Петрова", birth_date=date(1980, 5, 6)
    )
    made.save_revision()
    return made


def asked(user: User, slug: str, text: str = "", **values: Any) -> CorrectionRequest:
    target = target_of(user, slug)
    assert target is not None
    return ask_correction(user=user, target=target, values=values, text=text)


def accepted(request: CorrectionRequest, user: User) -> CorrectionRequest:
    opened = StaffRecord.objects.get(pk=request.record_id).latest_revision_id
    return accept_correction(request=request, user=user, opened_revision=opened)


def test_a_field_of_the_card_is_corrected_with_its_history(
    record: StaffRecord, teacher: User, head: User
) -> None:
    request = asked(teacher, "card-birth_date", birth_date=date(1981, 5, 6))
    assert asked(teacher, "card-birth_date", birth_date=date(1982, 5, 6)) == request
    assert request.due_on == timezone.localdate() + timedelta(days=9)
    assert Notice.objects.get(recipient=head).url.endswith(f"/corrections/{request.pk}/")
    before = record.revisions.count()
    assert accepted(request, head) == accepted(request, head)
    record.refresh_from_db()
    assert record.birth_date == date(1981, 5, 6)
    assert record.revisions.count() == before + 1
    assert record.latest_revision is not None
    assert record.latest_revision.user == head
    assert ModelLogEntry.objects.filter(action="people.accept_correction", user=head).count() == 1
    told = Notice.objects.get(recipient=teacher)
    assert "Исправлено" in told.subject


def test_what_could_not_be_so_is_refused_at_once(record: StaffRecord, teacher: User) -> None:
    with pytest.raises(ValidationError, match="Так и записано"):
        asked(teacher, "card-birth_date", birth_date=date(1980, 5, 6))
    with pytest.raises(ValidationError, match="такого возраста"):
        asked(teacher, "card-birth_date", birth_date=date(1780, 5, 6))
    with pytest.raises(ValidationError, match="что неверно"):
        asked(teacher, "card-positions")
    assert target_of(teacher, f"training-{TrainingRecordFactory().pk}") is None
    assert target_of(teacher, "card-user") is None
    assert not CorrectionRequest.objects.exists()


def test_a_confirmed_training_is_corrected_and_stays_confirmed(
    record: StaffRecord, teacher: User, head: User
) -> None:
    training = TrainingRecordFactory(record=record, state=TrainingState.CONFIRMED, hours=36)
    request = asked(teacher, f"training-{training.pk}", hours=72)
    assert (request.before, request.changes) == ({"hours": 36}, {"hours": 72})
    accepted(request, head)
    training.refresh_from_db()
    assert (training.hours, training.state) == (72, TrainingState.CONFIRMED)
    assert ModelLogEntry.objects.get(action="people.correct_training").data == {"fields": ["hours"]}
    gone = TrainingRecordFactory(record=record, programme="Другая")
    request = asked(teacher, f"training-{gone.pk}", hours=18)
    gone.delete()
    with pytest.raises(ValidationError, match="больше нет"):
        accepted(request, head)


def test_a_line_is_corrected_by_hand_before_it_is_said_to_be(
    record: StaffRecord, teacher: User, head: User
) -> None:
    request = asked(teacher, "card-positions", "Я учитель физики, а не химии")
    with pytest.raises(ValidationError, match="Сначала исправьте"):
        accepted(request, head)
    card = StaffRecord.objects.get(pk=record.pk)
    position = card.positions.all()[0]
    position.title = "учитель физики"
    card.positions.add(position)
    change_staff(record=card, user=head, opened_revision=card.latest_revision_id)
    assert accepted(request, head).state == RequestState.DONE


def test_a_paper_consent_is_entered_anew(record: StaffRecord, teacher: User, head: User) -> None:
    def enter(day: date) -> Consent:
        text = text_in_force(ConsentKind.PROCESSING)
        assert text is not None
        scan = store_private_file(upload=ContentFile(pdf(), name="Согласие.pdf"), user=head)
        return enter_paper_consent(record=record, text=text, given_on=day, scan=scan, user=head)

    paper = enter(date(2024, 9, 1))
    request = asked(teacher, f"consent-{paper.pk}", "Подписано в 2023 году")
    with pytest.raises(ValidationError, match="Сначала исправьте"):
        accepted(request, head)
    enter(date(2023, 9, 1))
    assert accepted(request, head).state == RequestState.DONE


CLOSED = (RequestState.DONE, RequestState.REFUSED, RequestState.WITHDRAWN)


@pytest.mark.parametrize("action", ["accept", "refuse", "withdraw"])
@pytest.mark.parametrize("state", RequestState)
def test_states(
    state: RequestState, action: str, record: StaffRecord, teacher: User, head: User
) -> None:
    """From waiting everywhere, from a closed state nowhere; the same again changes nothing."""
    ends = {"accept": CLOSED[0], "refuse": CLOSED[1], "withdraw": CLOSED[2]}
    request = asked(teacher, "card-last_name", last_name="Сидорова")
    CorrectionRequest.objects.update(state=state)

    def act() -> CorrectionRequest:
        if action == "accept":
            return accepted(request, head)
        if action == "refuse":
            return refuse_correction(request=request, remark="По паспорту иначе", user=head)
        return withdraw_correction(request=request, user=teacher)

    if state in (RequestState.WAITING, ends[action]):
        assert act().state == ends[action]
    else:
        with pytest.raises(ValidationError, match="уже закрыт"):
            act()
    record.refresh_from_db()
    changed = state == RequestState.WAITING and action == "accept"
    assert record.last_name == ("Сидорова" if changed else "Петрова")


def test_who_decides(record: StaffRecord, teacher: User, head: User, methodist: User) -> None:
    request = asked(teacher, "card-last_name", last_name="Сидорова")
    # A head is a teacher too, and does not decide about the own card.
    own = OrganisationRoleFactory(organisation=record.positions.get().organisation, user=teacher)
    others = (
        OrganisationRoleFactory().user,
        UserFactory(groups=[Role.COORDINATOR.value]),
        UserFactory(),
        own.user,
    )
    for person in others:
        assert request not in corrections_waiting_for(person)
        with pytest.raises(PermissionDenied):
            accepted(request, person)
        with pytest.raises(PermissionDenied):
            refuse_correction(request=request, remark="Нет", user=person)
    with pytest.raises(PermissionDenied):
        withdraw_correction(request=request, user=head)
    for person in (head, methodist, UserFactory(groups=[Role.ADMINISTRATOR.value])):
        assert request in corrections_waiting_for(person)
    with pytest.raises(ValidationError):
        refuse_correction(request=request, remark=" ", user=methodist)
    refuse_correction(request=request, remark="По паспорту иначе", user=methodist)
    assert "По паспорту иначе" in Notice.objects.get(recipient=teacher).text


def test_the_proof_is_for_the_person_and_who_decides(
    record: StaffRecord, teacher: User, head: User, client_of: Callable[[User | None], Client]
) -> None:
    client = client_of(teacher)
    address = reverse("ask_correction", args=["card-last_name"])
    upload = ContentFile(pdf(), name="Паспорт.pdf")
    answer = client.post(address, {"last_name": "Петрова", "text": "Так", "proof": upload})
    page = answer.content.decode()
    # Refused, the words and the file are still there.
    assert "Так и записано" in page
    file = PrivateFile.objects.get()
    assert f'value="{file.pk}"' in page
    assert "Паспорт.pdf" in page
    data = {"last_name": "Сидорова", "text": "Вышла замуж", "proof-kept": str(file.pk)}
    assert client.post(address, data).status_code == 302
    request = CorrectionRequest.objects.get()
    assert (request.proof, request.text) == (file, "Вышла замуж")
    assert "Сидорова" in client.get(reverse("own_corrections")).content.decode()
    seen = {
        person: private_file_visible_to(file, person)
        for person in (teacher, head, UserFactory(), UserFactory(groups=[Role.COORDINATOR.value]))
    }
    assert list(seen.values()) == [True, True, False, False]

    keeper = client_of(head)
    assert "1 запрос на исправление" in keeper.get(reverse("cabinet")).content.decode()
    decide = reverse("correction", args=[request.pk])
    page = keeper.get(decide).content.decode()
    assert "Вышла замуж" in page
    assert "Паспорт.pdf" in page
    answer = keeper.post(decide, {"action": "refuse", "remark": " "})
    assert f'id="remark-{request.pk}-error"' in answer.content.decode()
    record.refresh_from_db()
    stale = {"action": "accept", "revision": "1"}
    assert "изменил кто-то ещё" in keeper.post(decide, stale).content.decode()
    assert CorrectionRequest.objects.get().state == RequestState.WAITING
    good = {"action": "accept", "revision": str(record.latest_revision_id)}
    assert keeper.post(decide, good).status_code == 302
    record.refresh_from_db()
    assert record.last_name == "Сидорова"

    # The proof goes with the request when its term ends.
    long_ago = timezone.now() - timedelta(days=32 * RetentionRules.load().requests)
    CorrectionRequest.objects.update(decided_at=long_ago)
    assert purge_expired()["requests"] == 1
    assert not PrivateFile.objects.exists()


def test_who_decides_is_reminded_once_before_the_end_and_once_after(
    record: StaffRecord, teacher: User, head: User, methodist: User
) -> None:
    request = asked(teacher, "card-last_name", last_name="Сидорова")
    Notice.objects.all().delete()

    def due_in(days: int) -> set[int]:
        due = timezone.localdate() + timedelta(days=days)
        reminded = CorrectionRequest.objects.get().reminded_on
        # Time passes: the reminder of before lies before the end.
        CorrectionRequest.objects.update(due_on=due, reminded_on=reminded and due)
        remind_deciders()
        told = set(Notice.objects.values_list("recipient", flat=True))
        Notice.objects.all().delete()
        return told

    assert due_in(4) == set()
    assert due_in(3) == {head.pk}
    assert due_in(1) == set()
    assert due_in(-1) == {head.pk, methodist.pk}
    assert remind_deciders() == 0
    withdraw_correction(request=request, user=teacher)
    CorrectionRequest.objects.update(reminded_on=None)
    assert remind_deciders() == 0


@pytest.mark.parametrize("count", [1, 3, 25])
def test_lists_cost_the_same_for_many(
    count: int,
    school: Organisation,
    head: User,
    record: StaffRecord,
    teacher: User,
    client_of: Callable[[User | None], Client],
    django_assert_num_queries: Callable[..., object],
) -> None:
    for number in range(count):
        training = TrainingRecordFactory(record=record, programme=f"Программа {number}")
        asked(teacher, f"training-{training.pk}", hours=72)
    spared = "cached" in settings.SESSION_ENGINE
    for person, name, queries in (
        (head, "corrections", 15),
        (teacher, "own_corrections", 15),
        (teacher, "correction_choose", 17),
    ):
        client = client_of(person)
        client.get(reverse(name))
        with django_assert_num_queries(queries - spared):
            assert client.get(reverse(name)).status_code == 200
