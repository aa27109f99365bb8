"""A teacher with a page of one's own, for several files of tests."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core.services.private_files import store_private_file
from home.services.roles import set_up_roles
from people.enums import ConsentItem
from people.models import Award, ConsentText, TeacherPage, TeachingLoad
from people.services.consent_texts import set_up_consent_texts
from people.services.consents import give_consent
from people.services.teacher_pages import open_page, save_teacher_page
from tests.core.test_upload_checks import picture
from tests.factories.people import (
    OrganisationFactory,
    StaffRecordFactory,
    SubjectFactory,
    TrainingRecordFactory,
    UserFactory,
)

EVERYTHING = list(ConsentItem)
BLOCKS = ["experience", "training", "awards", "email"]
SURNAME = "Ковылкина"
URL = "/teachers/vera-kovylkina/"


def agree(user: Any, kind: str, items: Any = ()) -> None:
    give_consent(user=user, text=ConsentText.objects.get(kind=kind), items=items)


def make_teacher(number: int = 0, items: Any = EVERYTHING, **values: Any) -> TeacherPage:
    """A teacher of the register whose page is open to everybody."""
    user = UserFactory()
    school = values.pop("school", None) or OrganisationFactory()
    record = StaffRecordFactory(organisation=school, user=user, category="first", **values)
    TeachingLoad.objects.create(record=record, subject=SubjectFactory())
    TrainingRecordFactory(record=record, confirmed=True, programme="Читательская грамотность")
    TrainingRecordFactory(record=record, programme="Неподтверждённая программа")
    Award.objects.create(record=record, name="Почётная грамота", year=2019)
    agree(user, "processing")
    agree(user, "distribution", items)
    page = TeacherPage(
        user=user,
        slug=f"teacher-{'abcdefghij'[number // 10]}{number % 10}",
        about="Учу **физике** через измерение.",
        topics=["исследование на уроке"],
        links=[{"url": "https://blog.example.org/", "title": "Мой блог"}],
        blocks=BLOCKS,
    )
    save_teacher_page(page=page, user=user)
    return open_page(user=user)


def page_of_kovylkina() -> TeacherPage:
    """The page of one teacher, with everything and allowed everything."""
    set_up_roles()
    set_up_consent_texts()
    made = make_teacher(last_name=SURNAME, first_name="Вера", patronymic="Петровна")
    made.slug = "vera-kovylkina"
    stream = SimpleUploadedFile("Я.jpg", picture("JPEG", (900, 700)), "image/jpeg")
    made.photo = store_private_file(upload=stream, user=made.user)
    return save_teacher_page(page=made, user=made.user)
