"""A consent signed on paper: entered by the school, its scan open to the right people alone."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document
from wagtail.models import ModelLogEntry

from core.models import PrivateFile
from core.services.private_files import store_private_file
from home.services.roles import set_up_roles
from people.enums import ConsentItem, Role
from people.models import Consent, ConsentText, StaffRecord
from people.queries.publishing import published_items
from people.services.consent_texts import set_up_consent_texts
from people.services.consents import enter_paper_consent, give_consent, withdraw_consent
from tests.core.test_upload_checks import pdf
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NAME, PHOTO = ConsentItem.NAME, ConsentItem.PHOTO


def test_a_school_enters_a_signed_paper_with_its_scan(site_tree, client_of, teacher) -> None:
    set_up_roles()
    set_up_consent_texts()
    record = StaffRecordFactory(organisation=OrganisationFactory(), user=teacher)
    keeper = OrganisationRoleFactory(organisation=record.positions.get().organisation).user
    desk, url = client_of(keeper), f"/cabinet/staff/{record.pk}/consent/"
    day = f"{timezone.localdate():%Y-%m-%d}"
    text = str(ConsentText.objects.get(kind="distribution").pk)
    sent = {"text": text, "items": ["name"], "given_on": day}
    # The first answer names the scan and the day together, and calls neither optional.
    bare = desk.post(url, {"text": text, "items": ["name"]}).content.decode()
    assert "Приложите скан" in bare
    assert "Исправьте 2 поля" in bare
    assert bare.count("(необязательно)") == 1
    assert "Приложите скан" in desk.post(url, sent).content.decode()
    paper = SimpleUploadedFile("Согласие.pdf", pdf(), "application/pdf")
    empty = desk.post(url, {**sent, "items": [], "scan": paper}).content.decode()
    assert "Выберите, что можно публиковать" in empty
    # What was uploaded with the mistake is not lost.
    kept = PrivateFile.objects.get()
    assert f'value="{kept.pk}"' in empty
    answer = desk.post(url, {**sent, "scan-kept": str(kept.pk)})
    assert answer.headers["Location"] == f"/cabinet/staff/{record.pk}/"
    assert published_items(teacher) == {NAME}
    administrator = UserFactory(groups=[Role.ADMINISTRATOR.value])
    opens = {keeper: 200, teacher: 200, administrator: 200}
    opens |= {OrganisationRoleFactory().user: 404, UserFactory(): 404}
    for person, status in opens.items():
        assert client_of(person).get(kept.get_absolute_url()).status_code == status
    desk.post(url, {**sent, "items": ["photo"], "scan": SimpleUploadedFile("2.pdf", pdf())})
    assert published_items(teacher) == {PHOTO}
    former = Consent.objects.get(items=["name"])
    assert former.is_replaced
    register = client_of(administrator).get("/cabinet/consents/register/").content.decode()
    assert "заменено новым" in register
    # The day of the paper, not the evening before it in UTC.
    register = register.replace("\xa0", " ")
    assert f"{timezone.localdate():%d.%m.%Y}, на бумаге" in register
    words = client_of(teacher).get(f"/cabinet/consents/{former.pk}/paper.docx").content
    assert any(
        f"Дата {timezone.localdate():%d.%m.%Y}" in paragraph.text
        for paragraph in Document(io.BytesIO(words)).paragraphs
    )
    assert "заменено новым" in client_of(teacher).get("/cabinet/consents/").content.decode()
    withdraw_consent(user=teacher, kind="distribution")
    assert not Consent.objects.get(items=["photo"]).is_replaced


def test_a_letter_takes_a_paper_back(site_tree, client_of, teacher) -> None:
    """Whoever has no account writes to the school; what an account says ends the operator alone."""
    set_up_roles()
    set_up_consent_texts()
    school = OrganisationFactory()
    keeper = OrganisationRoleFactory(organisation=school).user
    administrator = UserFactory(groups=[Role.ADMINISTRATOR.value])
    texts = {text.kind: text for text in ConsentText.objects.all()}

    def signed(record: StaffRecord, kind: str) -> Consent:
        scan = store_private_file(upload=ContentFile(pdf(), name="1.pdf"), user=keeper)
        values: dict[str, Any] = {"items": ["name"]} if kind == "distribution" else {}
        day = timezone.localdate()
        return enter_paper_consent(
            record=record, text=texts[kind], given_on=day, scan=scan, user=keeper, **values
        )

    record = StaffRecordFactory(organisation=school)
    papers = {kind: signed(record, kind) for kind in texts}
    url, desk = f"/cabinet/staff/{record.pk}/consent/letter/", client_of(keeper)
    assert client_of(OrganisationRoleFactory().user).get(url).status_code == 404
    assert desk.get(f"/cabinet/staff/{record.pk}/consent/").content.decode().count(url) == 1
    assert desk.post(url, {"kind": "distribution"}).context["form"].errors["letter"]
    assert "Отозвать согласие" in desk.get(url).content.decode()
    sent = {"kind": "distribution", "letter": "№ 5 от 26.11.2026"}
    assert desk.post(url, sent).headers["Location"] == f"/cabinet/staff/{record.pk}/"
    assert published_items(record) == frozenset()
    for paper in papers.values():
        paper.refresh_from_db()
    assert papers["distribution"].withdrawn_at is not None
    assert not papers["distribution"].is_replaced
    assert papers["processing"].withdrawn_at is None, "the other one holds"
    entry = ModelLogEntry.objects.get(action="people.withdraw_consent")
    assert (entry.user, entry.data["letter"]) == (keeper, sent["letter"])
    assert desk.post(url, sent).status_code == 200, "there is nothing to choose any more"
    page = client_of(administrator).get("/cabinet/consents/register/").content.decode()
    assert "отозвано" in page

    # With an account: the school sees nothing to end, the operator does it.
    linked = StaffRecordFactory(organisation=school, user=teacher)
    give_consent(user=teacher, text=texts["distribution"], items=["name"])
    url = f"/cabinet/staff/{linked.pk}/consent/letter/"
    assert desk.post(url, sent).status_code == 200
    assert published_items(teacher) == {NAME}
    assert client_of(administrator).post(url, sent).status_code == 302
    assert published_items(teacher) == frozenset()
