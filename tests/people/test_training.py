"""Training: the person enters it with a scan, the school looks and decides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from core.cabinet import cabinet_tasks
from core.models import PrivateFile
from people.enums import Role, TrainingState
from people.models import ConsentText, TrainingRecord
from people.services.consents import give_consent
from tests.core.test_upload_checks import pdf
from tests.factories.people import (
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles_and_texts")]
OWN, QUEUE = "/cabinet/training/", "/cabinet/staff/training/"


def consenting(user=None):
    user = user or UserFactory()
    give_consent(user=user, text=ConsentText.objects.get(kind="processing"))
    return user


@pytest.fixture
def record(school):
    return StaffRecordFactory(organisation=school, user=consenting())


def data(**values):
    return {
        "kind": "cpd",
        "programme": "Функциональная грамотность",
        "provider": "Институт развития образования",
        "form": "distance",
        "hours": "36",
        "starts_on": "2026-03-01",
        "ends_on": "2026-03-31",
        "document_number": "У-15",
    } | values


def scan(name="Удостоверение.pdf"):
    return SimpleUploadedFile(name, pdf())


def page(client, address):
    return client.get(address).content.decode().replace("\xa0", " ")


def test_only_linked_people_who_agreed(client_of, school, record) -> None:
    assert client_of().get(OWN).headers["Location"].startswith("/account/log-in/")
    without = client_of(StaffRecordFactory(organisation=school, user=UserFactory()).user)
    for address in (OWN, f"{OWN}new/"):
        assert "/cabinet/consents/processing/" in without.get(address).headers["Location"]
    unlinked = client_of(consenting())
    for address in (OWN, f"{OWN}new/"):
        assert unlinked.get(address).headers["Location"] == "/cabinet/staff/link/"
        unlinked.post(address, data())
    without.post(f"{OWN}new/", data())
    assert not TrainingRecord.objects.exists()


def test_from_the_form_to_the_confirmation(client_of, head, record) -> None:
    client = client_of(record.user)
    assert 'enctype="multipart/form-data"' in page(client, f"{OWN}new/")
    assert client.post(f"{OWN}new/", data(scan=scan())).headers["Location"] == OWN
    training = TrainingRecord.objects.get()
    assert (training.record, training.entered_by) == (record, record.user)
    assert training.scan.original_name == "Удостоверение.pdf"
    school_client = client_of(head)
    html = page(school_client, QUEUE)
    assert "Функциональная грамотность" in html
    assert f"{training.scan.get_absolute_url()}" in html
    assert school_client.get(training.scan.get_absolute_url()).status_code == 200
    stranger = client_of(OrganisationRoleFactory().user)
    assert stranger.get(training.scan.get_absolute_url()).status_code == 404
    assert "1 запись о повышении квалификации ждёт" in page(school_client, "/cabinet/")
    seen = {"seen": training.content_mark}
    assert f'value="{training.content_mark}"' in html
    for _click in range(2):
        answer = school_client.post(f"{QUEUE}{training.pk}/confirm/", seen)
        assert answer.headers["Location"] == QUEUE
    training.refresh_from_db()
    assert training.state == TrainingState.CONFIRMED
    assert "Всё подтверждено" in page(school_client, QUEUE)
    assert f"{OWN}{training.pk}/delete/" not in page(client, OWN)
    assert record.user.notices.get().url == OWN


@pytest.mark.parametrize(
    "change", [{"hours": "144"}, {"programme": "Другая программа"}, {"document_number": "9"}]
)
def test_only_what_was_looked_at_is_confirmed(client_of, head, record, change) -> None:
    """The teacher changes the record while it stands on the screen of the school."""
    teacher_client, school_client = client_of(record.user), client_of(head)
    teacher_client.post(f"{OWN}new/", data(scan=scan()))
    training = TrainingRecord.objects.get()
    opened = school_client.get(QUEUE).context["page_obj"][0].content_mark
    kept = {"scan-kept": str(training.scan_id)}
    teacher_client.post(f"{OWN}{training.pk}/", data(**kept, **change))
    for seen in ({"seen": opened}, {}):
        answer = school_client.post(f"{QUEUE}{training.pk}/confirm/", seen, follow=True)
        assert "Посмотрите ещё раз" in answer.content.decode()
        training.refresh_from_db()
        assert training.state == TrainingState.ENTERED
    school_client.post(f"{QUEUE}{training.pk}/confirm/", {"seen": training.content_mark})
    training.refresh_from_db()
    assert training.state == TrainingState.CONFIRMED


@pytest.mark.parametrize(("hours", "bound"), [("-1", "1"), ("0", "1"), ("2001", "2000")])
def test_the_bound_of_hours_that_is_told_is_the_one_that_holds(
    client_of, record, hours, bound
) -> None:
    form = client_of(record.user).post(f"{OWN}new/", data(hours=hours)).context["form"]
    assert [words.rstrip(".").split()[-1] for words in form.errors["hours"]] == [bound]
    assert 'min="1"' in str(form["hours"])


def test_a_double_click_enters_once(client_of, record) -> None:
    client = client_of(record.user)
    client.post(f"{OWN}new/", data())
    again = client.post(f"{OWN}new/", data())
    assert again.status_code == 200
    assert "Это обучение уже внесено" in again.content.decode()
    assert TrainingRecord.objects.count() == 1


def test_returned_then_corrected(client_of, head, record) -> None:
    training = TrainingRecordFactory(record=record)
    school_client, client = client_of(head), client_of(record.user)
    for remark in ("", "  ", "я" * 501):
        answer = school_client.post(f"{QUEUE}{training.pk}/return/", {"remark": remark})
        assert f">{remark}</textarea>" in answer.content.decode(), "nothing typed is lost"
        training.refresh_from_db()
        assert training.state == TrainingState.ENTERED
    for _click in range(2):
        school_client.post(f"{QUEUE}{training.pk}/return/", {"remark": "Приложите скан"})
    assert record.user.notices.count() == 1
    html = page(client, "/cabinet/")
    assert f"Исправьте: {training.programme}" in html
    assert "Замечание: Приложите скан" in html
    assert "Приложите скан" in page(client, OWN)
    assert "Приложите скан" in page(client, f"{OWN}{training.pk}/")
    client.post(f"{OWN}{training.pk}/", data(hours="72", scan=scan()))
    training.refresh_from_db()
    assert (training.state, training.hours, training.remark) == (TrainingState.ENTERED, 72, "")
    assert f"Исправьте: {training.programme}" not in page(client, "/cabinet/")


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": "0"},
        {"programme": ""},
        {"starts_on": "2026-04-01"},
        {"ends_on": (timezone.localdate() + timedelta(days=1)).isoformat()},
        {"kind": "other"},
    ],
)
def test_what_makes_no_sense_is_not_entered(client_of, record, wrong) -> None:
    answer = client_of(record.user).post(f"{OWN}new/", data(**wrong))
    assert answer.status_code == 200
    assert "__all__" not in answer.context["form"].errors, "it is said at the field"
    assert not TrainingRecord.objects.exists()


def test_the_scan_goes_with_the_training(client_of, record) -> None:
    client = client_of(record.user)
    client.post(f"{OWN}new/", data(scan=scan()))
    training = TrainingRecord.objects.get()
    first = training.scan_id
    # Saved again without a new file the scan stays.
    client.post(f"{OWN}{training.pk}/", data(**{"scan-kept": first, "hours": "40"}))
    assert PrivateFile.objects.get().pk == first
    client.post(f"{OWN}{training.pk}/", data(scan=scan("Другой.pdf")))
    assert PrivateFile.objects.get().original_name == "Другой.pdf"
    for _click in range(2):
        assert client.post(f"{OWN}{training.pk}/delete/").headers["Location"] == OWN
    assert not TrainingRecord.objects.exists()
    assert not PrivateFile.objects.exists()


def test_the_file_of_somebody_else_is_not_taken(client_of, school, record) -> None:
    other = StaffRecordFactory(organisation=school, user=consenting())
    client_of(other.user).post(f"{OWN}new/", data(scan=scan()))
    foreign = TrainingRecord.objects.get()
    answer = client_of(record.user).post(f"{OWN}new/", data(**{"scan-kept": foreign.scan_id}))
    assert answer.status_code == 200
    assert not record.trainings.exists()


def test_what_is_confirmed_stays(client_of, record) -> None:
    training = TrainingRecordFactory(record=record, confirmed=True)
    client = client_of(record.user)
    assert client.get(f"{OWN}{training.pk}/").headers["Location"] == OWN
    assert client.post(f"{OWN}{training.pk}/", data()).status_code == 200
    client.post(f"{OWN}{training.pk}/delete/")
    training.refresh_from_db()
    assert (training.state, training.document_number) == (TrainingState.CONFIRMED, "")


def test_the_training_of_somebody_else_is_not_there(client_of, school, head, record) -> None:
    training = TrainingRecordFactory(record=record)
    other = StaffRecordFactory(organisation=school, user=consenting())
    for user in (other.user, consenting(head)):
        client = client_of(user)
        assert client.get(f"{OWN}{training.pk}/").status_code == 404
        assert client.post(f"{OWN}{training.pk}/", data()).status_code == 404
        assert client.post(f"{OWN}{training.pk}/delete/").status_code == 404
    assert TrainingRecord.objects.get().document_number == ""


@pytest.mark.parametrize("state", TrainingState)
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("visitor", 403),
        ("teacher", 403),
        ("editor", 403),
        ("coordinator", 403),
        ("other head", 404),
        ("author", 403),
        ("head", 302),
        ("methodist", 302),
        ("administrator", 302),
    ],
)
def test_roles_states_and_actions(client_of, school, head, record, role, status, state) -> None:
    # The author acts for the school too, and still does not confirm the own training.
    OrganisationRoleFactory(organisation=school, user=record.user)
    training = TrainingRecordFactory(record=record)
    people = {
        "visitor": lambda: None,
        "teacher": UserFactory,
        "other head": lambda: OrganisationRoleFactory().user,
        "author": lambda: record.user,
        "head": lambda: head,
    }
    user = people.get(role, lambda: UserFactory(groups=[Role[role.upper()].value]))()
    decides = role in ("head", "methodist", "administrator")
    may_confirm = decides and state == TrainingState.ENTERED
    for action, becomes in (
        ("confirm", TrainingState.CONFIRMED if may_confirm else state),
        ("return", TrainingState.RETURNED if decides else state),
    ):
        TrainingRecord.objects.filter(pk=training.pk).update(state=state)
        form = {"remark": "Нет скана", "seen": training.content_mark}
        answer = client_of(user).post(f"{QUEUE}{training.pk}/{action}/", form)
        assert answer.status_code == status
        training.refresh_from_db()
        assert training.state == becomes
    TrainingRecord.objects.filter(pk=training.pk).update(state=TrainingState.ENTERED)
    if role not in ("visitor", "teacher", "editor", "coordinator"):
        assert (training.programme in page(client_of(user), QUEUE)) is decides


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_do_not_grow(
    client_of, school, head, record, number, settings, django_assert_num_queries
) -> None:
    for one in range(number):
        file = PrivateFile.objects.create(
            file=f"people/{one}.pdf", original_name="Скан.pdf", size=4, checksum="0" * 64
        )
        TrainingRecordFactory(record=record, scan=file, ends_on=date(2026, 3, 1))
    for user, address, queries in ((head, QUEUE, 16), (record.user, OWN, 17)):
        client = client_of(user)
        client.get(address)
        with django_assert_num_queries(queries - ("cached" in settings.SESSION_ENGINE)):
            client.get(address)


@pytest.mark.parametrize(("years_ago", "reminded"), [(2, False), (2.6, True), (4, True)])
def test_who_needs_training_soon_hears_it_in_time(record, years_ago, reminded) -> None:
    ended = timezone.localdate() - timedelta(days=int(365 * years_ago))
    TrainingRecordFactory(record=record, ends_on=ended, state=TrainingState.CONFIRMED)
    # What the school has not confirmed renews nothing.
    TrainingRecordFactory(record=record, programme="Ещё не подтверждено")
    titles = [task.title for task in cabinet_tasks(record.user, limit=5)]
    assert ("Пора запланировать обучение" in titles) is reminded
