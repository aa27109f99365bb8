"""Somebody known only on paper is erased by the service of everybody, and nothing is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page

from core.models import Notice, PrivateFile
from core.services.private_files import store_private_file
from people.enums import ConsentKind, Role
from people.models import (
    Award,
    Consent,
    ErasureRequest,
    Invitation,
    Organisation,
    StaffImport,
    StaffImportRow,
    StaffRecord,
    User,
)
from people.services.consent_texts import text_in_force
from people.services.consents import enter_paper_consent
from people.services.erasure_by_letter import erase_invited_by_letter, erase_record_by_letter
from people.services.invitations import invite
from people.services.openings import note_openings
from people.services.training import enter_training
from tests.core.test_upload_checks import pdf
from tests.factories.people import StaffRecordFactory, TrainingRecordFactory, UserFactory
from tests.people.test_my_data import proved
from tests.people.traces import BORN, EMAIL, FIRST, KEPT_TABLES, MIDDLE, SURNAME, traces

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("roles_and_texts")]

LETTER = {"ground": "17-04", "ground_date": date(2026, 11, 2)}


@pytest.fixture
def admin() -> User:
    made: User = UserFactory(groups=[Role.ADMINISTRATOR.value])
    return made


@pytest.fixture
def record(school: Organisation, head: User) -> StaffRecord:
    """Somebody without an account, of whom the school has entered everything."""
    made: StaffRecord = StaffRecordFactory(
        organisation=school,
        last_name="Шестопалова",
        first_name=FIRST,
        patronymic=MIDDLE,
        birth_date=BORN,
    )
    made.save_revision(user=head)
    made.last_name = SURNAME
    made.save()
    made.save_revision(user=head)
    log(instance=made, action="wagtail.edit", user=head)
    Award.objects.create(record=made, name=f"Медаль {SURNAME}ой")
    scan, paper = (
        store_private_file(upload=ContentFile(pdf(), name=f"{SURNAME}{n}.pdf"), user=head)
        for n in range(2)
    )
    training = TrainingRecordFactory.build(record=made, document_number=f"{SURNAME}-1", scan=scan)
    enter_training(training=training, user=head)
    text = text_in_force(ConsentKind.PROCESSING)
    assert text is not None
    enter_paper_consent(record=made, text=text, given_on=date(2024, 9, 1), scan=paper, user=head)
    note_openings(records=[made], viewer=UserFactory(), place="card")
    load = StaffImport.objects.create(user=head, file_name="Список.xlsx")
    StaffImportRow.objects.create(
        load=load,
        number=1,
        person_row=1,
        name=f"{SURNAME} {FIRST} {MIDDLE}",
        record=made,
        outcome="same",
    )
    Notice.objects.create(
        recipient=head, kind="notice", subject="Слова", text=f"{SURNAME} Е. А. уволена"
    )
    return made


def test_nothing_is_left_of_somebody_without_an_account(
    record: StaffRecord, head: User, admin: User
) -> None:
    bystander: StaffRecord = StaffRecordFactory(organisation=record.positions.get().organisation)
    owners = list(Page.objects.filter(owner=None).values_list("pk", flat=True))
    assert {
        *("people_staffrecord", "people_trainingrecord", "people_award", "core_privatefile"),
        *("people_staffimportrow", "core_notice", "wagtailcore_revision", "people_consent"),
        "wagtailcore_modellogentry",
    } <= traces().keys()

    reason = f"Просит удалить {SURNAME} {FIRST}"
    done = erase_record_by_letter(record=record, reason=reason, by=admin, **LETTER)

    # The scan of the consent is kept with it: its name is the evidence's.
    assert set(traces()) - KEPT_TABLES == {"core_privatefile"}
    assert PrivateFile.objects.get() == Consent.objects.get().scan
    assert Consent.objects.get().withdrawn_at is not None
    record.refresh_from_db()
    assert (record.full_name, record.birth_date) == (
        f"Удалённый педагог № {record.pk}",
        date(1987, 1, 1),
    )
    assert record.trainings.get().hours == 36
    # The certificate: what there was of each kind, and nobody in its words.
    assert done.outcome["people_staffrecord"] == done.outcome["people_trainingrecord"] == 1
    assert done.outcome["people_consent"] == 1
    assert done.remark == f"Просит удалить Удалённый педагог № {record.pk}"
    assert (done.decided_by, done.ground, done.state) == (admin, "17-04", "done")
    entry = ModelLogEntry.objects.get(action="people.erase_person")
    assert (entry.user, entry.object_id) == (admin, str(done.pk))
    # Whoever has no account is not everybody who has none.
    bystander.refresh_from_db()
    assert bystander.erased_at is None
    assert bystander.trainings.count() == 0
    assert list(Page.objects.filter(owner=None).values_list("pk", flat=True)) == owners
    # A second click finds the certificate of the first.
    assert erase_record_by_letter(record=record, reason="Ещё раз", by=admin, **LETTER) == done
    assert ErasureRequest.objects.count() == 1


def test_somebody_invited_is_erased_with_the_letters(
    admin: User, head: User, school: Organisation
) -> None:
    invitation = invite(email=EMAIL, user=admin, organisation=school)
    other = invite(email="other@example.org", user=admin, organisation=school)
    assert {"people_invitation", "core_letter", "wagtailcore_modellogentry"} <= traces().keys()
    done = erase_invited_by_letter(invitation=invitation, reason="Просит", by=admin, **LETTER)
    assert traces() == {}
    assert (done.user, done.record, done.outcome["people_invitation"]) == (None, None, 1)
    assert list(Invitation.objects.all()) == [other]
    UserFactory(email="other@example.org")
    with pytest.raises(ValidationError, match="учётная запись"):
        erase_invited_by_letter(invitation=other, reason="Просит", by=admin, **LETTER)
    with pytest.raises(PermissionDenied):
        erase_invited_by_letter(invitation=other, reason="Просит", by=head, **LETTER)


def test_a_letter_of_somebody_with_an_account_erases_the_account_too(
    record: StaffRecord, admin: User, head: User
) -> None:
    record.user = UserFactory(email=EMAIL, last_name=SURNAME, first_name=FIRST)
    record.save()
    for person in (head, UserFactory(groups=[Role.METHODIST.value])):
        with pytest.raises(PermissionDenied):
            erase_record_by_letter(record=record, reason="Просит", by=person, **LETTER)
    done = erase_record_by_letter(record=record, reason="Просит", by=admin, **LETTER)
    assert set(traces()) - KEPT_TABLES == {"core_privatefile"}
    assert done.user is not None
    assert done.user.erased_at is not None
    assert (done.outcome["people_user"], done.remark) == (1, "Просит")
    own = StaffRecordFactory(user=admin)
    with pytest.raises(PermissionDenied):
        erase_record_by_letter(record=own, reason="Просит", by=admin, **LETTER)


def test_from_the_card_to_the_certificate(
    record: StaffRecord, admin: User, client_of: Callable[[User | None], Client]
) -> None:
    client = client_of(admin)
    address = reverse("staff_erase", args=[record.pk])
    assert address in client.get(reverse("staff_card", args=[record.pk])).content.decode()
    page = proved(client, address)
    assert "Записи об обучении: 1" in page.replace("\xa0", " ")
    answer = client.post(address, {"ground": "17-04", "ground_date": "2126-01-01", "reason": "Да"})
    page = answer.content.decode()
    assert "Этот день ещё впереди" in page
    assert "Поставьте отметку" in page
    assert 'value="17-04"' in page
    data = {"ground": "17-04", "ground_date": "2026-11-02", "reason": "Просит", "sure": "on"}
    answer = client.post(address, data, follow=True)
    page = answer.content.decode().replace("\xa0", " ")
    done = ErasureRequest.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("erasure", args=[done.pk])
    assert "Сведения об уничтожении данных" in page
    assert "письмо № 17-04 от 02.11.2026" in page
    assert SURNAME not in page
    listed = client.get(reverse("erasures"), {"closed": "1"}).content.decode()
    assert f"Удалённый педагог № {record.pk}" in listed.replace("\xa0", " ")


def test_the_address_of_an_invitation(
    admin: User, site_tree: SimpleNamespace, client_of: Callable[[User | None], Client]
) -> None:
    invitation = invite(email=EMAIL, user=admin, district_role=Role.EDITOR)
    client = client_of(admin)
    address = reverse("invitation_erase", args=[invitation.pk])
    assert address in client.get(reverse("invitations")).content.decode()
    proved(client, address)
    data = {"ground": "18", "ground_date": "2026-11-02", "reason": "Просит", "sure": "on"}
    page = client.post(address, data, follow=True).content.decode()
    assert "адрес удалён" in page
    assert EMAIL not in page
