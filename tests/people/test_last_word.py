"""Of several consents of one person the last word counts; none that was taken back comes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.models import PrivateFile
from people.enums import ConsentItem
from people.models import Consent, ConsentText, StaffRecord, User
from people.queries.publishing import published_items
from people.services.consents import enter_paper_consent, give_consent, withdraw_consent
from people.services.links import confirm_link
from tests.factories.people import StaffRecordFactory, UserFactory
from tests.people.test_links import asked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles_and_texts")]
NAME, PHOTO = ConsentItem.NAME, ConsentItem.PHOTO
KIND = "distribution"


def paper(record: StaffRecord, user: User, day: date, items: list[str]) -> Consent:
    scan = PrivateFile.objects.create(
        file="people/scan.pdf", original_name="Согласие.pdf", size=10, checksum="0" * 64
    )
    text = ConsentText.objects.get(kind=KIND)
    return enter_paper_consent(
        record=record, text=text, items=items, given_on=day, scan=scan, user=user
    )


def own(user: User, items: list[str], valid_until: date | None = None) -> Consent:
    text = ConsentText.objects.get(kind=KIND)
    return give_consent(user=user, text=text, items=items, valid_until=valid_until)


@pytest.mark.parametrize("age", [0, 1, 400])
def test_a_paper_of_before_the_withdrawal_brings_nothing_back(school, head, teacher, age) -> None:
    record = StaffRecordFactory(organisation=school, user=teacher)
    own(teacher, [NAME])
    withdraw_consent(user=teacher, kind=KIND)
    today = timezone.localdate()
    with pytest.raises(ValidationError) as refused:
        paper(record, head, today - timedelta(days=age), [NAME, PHOTO])
    words = refused.value.message_dict["given_on"][0]
    assert f"{today:%d.%m.%Y}" in words
    assert published_items(teacher) == frozenset()
    # What was taken back a while ago may be given anew, on paper too.
    Consent.objects.update(given_at=timezone.now() - timedelta(days=3))
    Consent.objects.update(withdrawn_at=timezone.now() - timedelta(days=2))
    paper(record, head, today, [PHOTO])
    assert published_items(teacher) == {PHOTO}


def test_a_consent_that_has_run_out_opens_no_wider_paper(school, head, teacher) -> None:
    record = StaffRecordFactory(organisation=school, user=teacher)
    today = timezone.localdate()
    paper(record, head, today - timedelta(days=30), [NAME, PHOTO])
    given = own(teacher, [NAME], valid_until=today)
    assert published_items(teacher) == published_items(record) == {NAME}
    Consent.objects.filter(pk=given.pk).update(valid_until=today - timedelta(days=1))
    assert published_items(teacher) == published_items(record) == frozenset()
    assert Consent.objects.get(on_paper=True).is_replaced


@pytest.mark.parametrize(("age", "counts"), [(3, False), (0, True)])
def test_the_later_word_counts_when_account_and_record_meet(school, head, age, counts) -> None:
    """The person has withdrawn with the account; the school holds a paper of the record."""
    record = StaffRecordFactory(
        organisation=school, last_name="Семенова", first_name="Анна", patronymic="Петровна"
    )
    account = UserFactory(last_name="Семёнова", first_name="Анна")
    own(account, [NAME])
    withdraw_consent(user=account, kind=KIND)
    Consent.objects.update(given_at=timezone.now() - timedelta(days=2))
    Consent.objects.update(withdrawn_at=timezone.now() - timedelta(days=1))
    paper(record, head, timezone.localdate() - timedelta(days=age), [NAME, PHOTO])
    confirm_link(link=asked(school, account), record=record, user=head)
    record.refresh_from_db()
    assert record.user == account
    assert bool(published_items(account)) is counts
    assert bool(published_items(record)) is counts


def test_days_out_of_reason_are_refused_in_words(client_of, school, head, teacher) -> None:
    record = StaffRecordFactory(organisation=school, user=teacher)
    with pytest.raises(ValidationError, match="Проверьте год"):
        paper(record, head, date(1, 1, 1), [NAME])
    form = {"version": "1", "items": ["name"], "last_name": "Ива", "first_name": "Яна"}
    answer = client_of(teacher).post(
        "/cabinet/consents/distribution/", form | {"valid_until": "9999-12-31"}
    )
    assert answer.status_code == 200
    assert "Оставьте поле пустым" in answer.content.decode()
    assert not Consent.objects.exists()


def test_the_room_shows_the_consent_that_counts(client_of, school, head, teacher) -> None:
    """A paper entered for the record of somebody who decides with the account afterwards."""
    record = StaffRecordFactory(organisation=school)
    signed = paper(record, head, timezone.localdate(), [NAME, PHOTO])
    given = own(teacher, [NAME])
    Consent.objects.filter(pk=given.pk).update(given_at=timezone.now() - timedelta(days=9))
    record.user = teacher
    record.save()
    assert signed.withdrawn_at is None
    page = client_of(teacher).get("/cabinet/consents/")
    shown = {item["name"]: item["consent"] for item in page.context["documents"]}
    assert given in shown.values()


def test_one_consent_is_not_the_other(client_of) -> None:
    """Who takes the processing back reads that what is published stands on another consent."""
    user = UserFactory()
    give_consent(user=user, text=ConsentText.objects.get(kind="processing"))
    own(user, [NAME])
    client = client_of(user)
    for address, said in (("processing", True), (KIND, False), ("processing", False)):
        answer = client.post(f"/cabinet/consents/{address}/", {"action": "withdraw"}, follow=True)
        words = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
        assert ("остаётся на портале" in words) == said, address
        assert (published_items(user) == {NAME}) == (said and address == "processing")
