"""Nothing is kept longer than its term."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from core import batches
from core.enums import LetterState
from core.models import Letter, Notice
from core.services.letter_sending import forget_old_letters
from home.services.roles import set_up_roles
from people.enums import ArchiveState, ConsentKind, ImportState, RequestState, Role
from people.models import (
    CardOpening,
    Consent,
    DataArchive,
    ErasureRequest,
    RetentionRules,
    StaffImport,
    StaffPosition,
    StaffRecord,
    User,
)
from people.services import retention
from people.services.consent_texts import set_up_consent_texts, text_in_force
from people.services.consents import give_consent, withdraw_consent
from people.services.data_copies import remove_expired_copies
from people.services.erasure_by_letter import forget_who_left
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    SubjectFactory,
    TrainingRecordFactory,
    UserFactory,
)
from tests.people.traces import EMAIL, FIRST, SURNAME, everything, traces

pytestmark = pytest.mark.django_db


def test_every_term_has_its_purge() -> None:
    fields = {field.name for field in RetentionRules._meta.get_fields()} - {"id"}
    assert fields == retention.retention_names()


def test_only_what_is_older_goes_and_is_counted(
    teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    # More parts than one; the next turn goes on where this one ends.
    monkeypatch.setattr(retention, "BATCH", 2)
    rules = RetentionRules.load()
    rules.notices = 2
    rules.save()
    set_up_consent_texts()
    text = text_in_force(ConsentKind.PROCESSING)
    assert text is not None
    give_consent(user=teacher, text=text)
    withdraw_consent(user=teacher, kind=ConsentKind.PROCESSING)
    standing = give_consent(user=teacher, text=text)
    long_ago = timezone.now() - timedelta(days=4000)
    Consent.objects.update(given_at=long_ago)
    Consent.objects.exclude(pk=standing.pk).update(withdrawn_at=long_ago)
    record = StaffRecordFactory()
    for _ in range(3):
        CardOpening.objects.create(record=record, viewer=teacher, place="card")
    old = [Notice.objects.create(recipient=teacher, kind="notice") for _ in range(5)]
    fresh = Notice.objects.create(recipient=teacher, kind="notice")
    Notice.objects.filter(pk__in=[item.pk for item in old]).update(
        created_at=timezone.now() - timedelta(days=70)
    )

    counts = retention.purge_expired()

    assert {name: count for name, count in counts.items() if count} == {"consents": 1, "notices": 5}
    # A consent in force has no age.
    assert list(Consent.objects.all()) == [standing]
    assert list(Notice.objects.all()) == [fresh]
    entry = ModelLogEntry.objects.get(action="people.purge_expired")
    assert entry.data == {"consents": 1, "notices": 5}
    retention.purge_expired()
    assert ModelLogEntry.objects.filter(action="people.purge_expired").count() == 1


def test_evidence_is_not_kept_shorter_than_claims_live() -> None:
    with pytest.raises(ValidationError):
        RetentionRules(consents=35).full_clean()


@pytest.fixture
def long_ago() -> datetime:
    return timezone.now() - timedelta(days=4000)


def due() -> dict[str, int]:
    """What the page says of the next run."""
    return {item.title: item.count for item in retention.due_at_next_run() if item.count}


def left_on(day: date | None, **values: Any) -> StaffRecord:
    record: StaffRecord = StaffRecordFactory(organisation=OrganisationFactory(), **values)
    record.positions.update(ends_on=day)
    return record


def test_one_record_that_fails_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch, long_ago: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(retention, "ACTS", 3)
    stuck, *others = (left_on(long_ago.date()) for _ in range(4))

    def fails(record: StaffRecord) -> None:
        if record == stuck:
            raise ValidationError("No.")
        forget_who_left(record=record)

    term = retention.Term(retention._terms["left_staff"].expired, act=fails)
    monkeypatch.setitem(retention._terms, "left_staff", term)
    assert due() == {"Карточки тех, кто уволился из школ": 3}
    assert retention.purge_expired()["left_staff"] == 2
    assert str(stuck.pk) in caplog.text
    # What one turn leaves, the next one takes.
    assert retention.purge_expired()["left_staff"] == 1
    assert list(StaffRecord.objects.filter(erased_at=None)) == [stuck]
    assert len(others) == 3


@pytest.mark.usefixtures("roles_and_texts")
def test_who_has_left_long_ago_stays_without_a_name(teacher: User, long_ago: datetime) -> None:
    today = timezone.localdate()
    gone = left_on(today - timedelta(days=36 * 31 + 1), last_name=SURNAME, first_name=FIRST)
    TrainingRecordFactory(record=gone, confirmed=True, document_number="У-1")
    with_account = left_on(today - timedelta(days=36 * 31 + 1), user=teacher)
    nowhere = StaffRecordFactory(organisation=None)
    StaffRecord.objects.filter(pk=nowhere.pk).update(changed_at=long_ago)
    back = left_on(today - timedelta(days=36 * 31 + 1))
    StaffPosition.objects.create(
        record=back, organisation=OrganisationFactory(), title="учитель", starts_on=today
    )
    staying = [
        *(left_on(None), left_on(today - timedelta(days=36 * 31)), back),
        StaffRecordFactory(organisation=None),
    ]
    assert due() == {"Карточки тех, кто уволился из школ": 3}

    assert retention.purge_expired()["left_staff"] == 3

    assert set(StaffRecord.objects.filter(erased_at=None)) == set(staying)
    # What was counted is still there, the number of the document is not.
    training = gone.trainings.get()
    assert (training.hours, training.document_number) == (36, "")
    certificate = ErasureRequest.objects.get(record=gone)
    assert (certificate.state, certificate.decided_by) == (RequestState.DONE, None)
    assert certificate.outcome["people_trainingrecord"] == 1
    # Who has an account keeps it, and asks about it alone.
    teacher.refresh_from_db()
    assert (teacher.erased_at, teacher.is_active) == (None, True)
    with_account.refresh_from_db()
    assert with_account.user is None
    table = set(traces())
    assert table == set()
    assert due() == {}
    assert retention.purge_expired()["left_staff"] == 0


def test_accounts_that_nobody_has_confirmed_go_with_everything(
    teacher: User, long_ago: datetime
) -> None:
    def account(address: str, **values: Any) -> User:
        user = UserFactory(email=address, last_name=SURNAME, date_joined=long_ago)
        EmailAddress.objects.filter(user=user).update(verified=False)
        User.objects.filter(pk=user.pk).update(**values)
        return user

    nobody = account(EMAIL)
    EmailConfirmation.objects.create(
        email_address=EmailAddress.objects.get(user=nobody), key="k" * 64, sent=long_ago
    )
    kept = [
        account("new@example.org", date_joined=timezone.now()),
        account("came@example.org", last_login=long_ago),
        account("desk@example.org", is_staff=True),
        OrganisationRoleFactory(user=account("school@example.org")).user,
        StaffRecordFactory(user=account("known@example.org")).user,
        UserFactory(email="confirmed@example.org", date_joined=long_ago),
        teacher,
    ]
    assert due() == {"Учётные записи, почта которых не подтверждена": 1}
    assert retention.purge_expired()["unconfirmed_accounts"] == 1
    assert set(User.objects.all()) == set(kept)
    assert EMAIL not in str(everything())


def test_the_journal_of_people_ends_and_that_of_the_portal_does_not(
    teacher: User, long_ago: datetime
) -> None:
    record, subject = StaffRecordFactory(), SubjectFactory()
    log(instance=record, action="wagtail.edit", user=teacher, title=SURNAME)
    log(instance=subject, action="wagtail.edit", user=teacher)
    ModelLogEntry.objects.update(timestamp=long_ago)
    fresh = log(instance=record, action="wagtail.edit", user=teacher)
    assert due() == {"Журнал действий с персональными данными": 1}
    retention.purge_expired()
    kept = ModelLogEntry.objects.exclude(action="people.purge_expired")
    assert {entry.object_id for entry in kept} == {str(subject.pk), str(record.pk)}
    assert fresh in kept


def test_requests_and_certificates_have_terms_of_their_own(
    teacher: User, long_ago: datetime
) -> None:
    year_and_more = timezone.now() - timedelta(days=400)
    requests = [
        ErasureRequest.objects.create(user=teacher, state=state, decided_at=when)
        for state in (RequestState.DONE, RequestState.REFUSED)
        for when in (long_ago, year_and_more, timezone.now())
    ]
    waiting = ErasureRequest.objects.create(user=teacher)
    ErasureRequest.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    loads = [StaffImport.objects.create(user=teacher, state=state) for state in ImportState]
    StaffImport.objects.update(touched_at=year_and_more)
    counts = retention.purge_expired()
    assert (counts["erasures"], counts["requests"]) == (1, 4)
    # Three years for what was done, one for what was not; what waits has no age.
    assert set(ErasureRequest.objects.all()) == {requests[1], requests[2], requests[5], waiting}
    closed = (ImportState.APPLIED, ImportState.DROPPED)
    assert set(StaffImport.objects.all()) == {load for load in loads if load.state not in closed}


def test_letters_go_in_parts(long_ago: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 2)

    def letter(state: LetterState) -> Letter:
        made = {"recipient": "a@example.org", "message_id": str(uuid4())}
        return Letter.objects.create(**made, state=state, due_at=long_ago)

    letters = [letter(LetterState.SENT) for _ in range(5)]
    waiting = letter(LetterState.WAITING)
    Letter.objects.update(created_at=long_ago)
    fresh = letter(LetterState.SENT)
    assert due() == {"Отправленные письма": 5}
    assert forget_old_letters() == len(letters)
    assert set(Letter.objects.all()) == {waiting, fresh}


def test_what_changes_between_two_parts_disturbs_nothing(teacher: User) -> None:
    notices = [Notice.objects.create(recipient=teacher, kind="notice") for _ in range(5)]
    found = []
    for numbers in batches.in_batches(Notice.objects.all(), size=2):
        found += numbers
        Notice.objects.filter(pk__in=numbers[:1]).delete()
    assert found == [item.pk for item in notices]


def test_the_page_says_what_the_next_run_takes(
    teacher: User, client_of: Callable[[User | None], Client]
) -> None:
    set_up_roles()
    Notice.objects.create(recipient=teacher, kind="notice")
    Notice.objects.update(created_at=timezone.now() - timedelta(days=400))
    client = client_of(UserFactory(groups=[Role.ADMINISTRATOR.value]))
    page = client.get(reverse("retention")).content.decode().replace("\xa0", " ")
    row = page[page.index("Уведомления в кабинете") :]
    assert "12 месяцев" in row[:200]
    assert ">1</td>" in row[:400]
    assert "Копии персональных данных" in page
    settings_url = re.search(r'href="(/admin/settings/[^"]+)"', page)
    assert settings_url is not None
    assert client.get(settings_url.group(1), follow=True).status_code == 200
    assert Notice.objects.exists()


def test_copies_of_a_week_ago_are_read_in_parts(
    teacher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "BATCH", 2)
    made = [DataArchive.objects.create(user=teacher, state=ArchiveState.READY) for _ in range(5)]
    DataArchive.objects.update(created_at=timezone.now() - timedelta(days=8))
    fresh = DataArchive.objects.create(user=teacher, state=ArchiveState.READY)
    with CaptureQueriesContext(connection) as queries:
        assert remove_expired_copies() == len(made)
    read = [item["sql"] for item in queries if item["sql"].startswith("SELECT")]
    # Three parts and a last look: no question asks for more than its part.
    assert sum("LIMIT 2" in sql for sql in read) == 4
    assert all("LIMIT 2" in sql or " IN (" in sql for sql in read if "dataarchive" in sql)
    assert list(DataArchive.objects.all()) == [fresh]
