"""The profile: one's own names, and who opens the scan of a training."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.services.private_files import store_private_file
from home.services.roles import set_up_roles
from people.enums import Role
from people.services.consent_texts import set_up_consent_texts
from people.services.consents import withdraw_consent
from people.views.consents import CARRIED
from tests.core.test_upload_checks import pdf
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)
from tests.people.teacher_page import agree

pytestmark = pytest.mark.django_db
ADDRESS = "/cabinet/profile/"


def test_names_are_changed_and_written_into_the_journal(site_tree, client_of, teacher):
    set_up_consent_texts()
    agree(teacher, "processing")
    client = client_of(teacher)
    page = client.get(ADDRESS)
    assert "no-store" in page["Cache-Control"]
    assert teacher.email in page.content.decode()
    data = {"last_name": "Новая", "first_name": "Анна", "patronymic": ""}
    for _click in range(2):
        assert client.post(ADDRESS, data | {"email": "thief@example.org"}).status_code == 302
    before = teacher.email
    teacher.refresh_from_db()
    assert (teacher.get_full_name(), teacher.email) == ("Новая Анна", before)
    assert ModelLogEntry.objects.filter(action="wagtail.edit").count() == 1


def test_what_is_wrong_is_said_at_its_field(site_tree, client_of, teacher):
    set_up_consent_texts()
    agree(teacher, "processing")
    client = client_of(teacher)
    data = {"last_name": "", "first_name": "Я" * 151, "patronymic": ""}
    page = client.post(ADDRESS, data).content.decode()
    assert "Исправьте 2 поля" in page.replace("\xa0", " ")
    teacher.refresh_from_db()
    assert teacher.first_name == "Анна"


def test_the_profile_waits_for_the_consent_and_nothing_typed_is_lost(
    site_tree, client_of, teacher
) -> None:
    set_up_consent_texts()
    client = client_of(teacher)
    consent = "/cabinet/consents/processing/"
    assert client.get(ADDRESS).headers["Location"] == f"{consent}?next={ADDRESS}"
    typed = {"last_name": "Новая", "first_name": "Анна", "patronymic": "Львовна"}
    way = client.post(ADDRESS, typed).headers["Location"]
    teacher.refresh_from_db()
    assert teacher.last_name != "Новая"
    page = client.get(way)
    assert 'value="Львовна"' in page.content.decode()
    sent = {"version": "1", "next": ADDRESS, "action": "give"}
    assert client.post(consent, typed | sent).headers["Location"] == ADDRESS
    assert 'value="Новая"' in client.get(ADDRESS).content.decode()
    # What was carried over is not kept for another time.
    withdraw_consent(user=teacher, kind="processing")
    assert "Львовна" not in client.session.get(CARRIED, {}).values()


def test_visitors_are_asked_to_sign_in():
    assert Client().get(ADDRESS).status_code == 302


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("person", 200),
        ("school", 200),
        ("methodist", 200),
        ("administrator", 200),
        ("other_school", 404),
        ("former_school", 404),
        ("colleague", 404),
        ("editor", 404),
        ("uploader", 404),
        ("visitor", 302),
    ],
)
def test_who_opens_the_scan_of_a_training(client_of, who, answer):
    set_up_roles()
    school = OrganisationFactory()
    people = {name: UserFactory() for name in ("person", "colleague", "uploader")}
    people["visitor"] = None
    people["school"] = OrganisationRoleFactory(organisation=school).user
    people["other_school"] = OrganisationRoleFactory().user
    yesterday = timezone.localdate() - timedelta(days=1)
    former = OrganisationRoleFactory(organisation=school, ends_on=yesterday)
    people["former_school"] = former.user
    for name in ("METHODIST", "ADMINISTRATOR", "EDITOR"):
        people[name.lower()] = UserFactory()
        people[name.lower()].groups.add(Group.objects.get(name=Role[name].value))
    StaffRecordFactory(organisation=school, user=people["colleague"])
    record = StaffRecordFactory(
        organisation=school, user=people["person"], birth_date=date(1981, 1, 1)
    )
    upload = SimpleUploadedFile("Удостоверение.pdf", pdf())
    scan = store_private_file(upload=upload, user=people["uploader"])
    TrainingRecordFactory(record=record, scan=scan)
    assert client_of(people[who]).get(scan.get_absolute_url()).status_code == answer
