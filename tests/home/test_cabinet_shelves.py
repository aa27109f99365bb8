"""What is a person's own on the first page of the cabinet, gathered from all apps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core import cabinet_shelves as shelves
from core.cabinet_shelves import ShelfItem, register_cabinet_shelf, register_shelf_items
from core.models import PrivateFile
from home.services.roles import set_up_roles
from people.enums import ImportState, Role
from people.models import Consent, ConsentText, DataArchive, StaffImport, StaffLink, TeacherPage
from people.services.consent_texts import set_up_consent_texts
from people.services.consents import give_consent
from tests.factories.home import StandardPageFactory
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TEACHER_QUERIES = 35
EDITOR_QUERIES = 44


def main_of(html: str) -> str:
    return html.split("<main", 1)[1].split("</main>", 1)[0].replace("\xa0", " ")


def papers(user: Any, record: Any, number: int) -> None:
    """So many of everything that a teacher can have."""
    text = ConsentText.objects.get(kind="processing")
    give_consent(user=user, text=text)
    ended = timezone.now()
    for index in range(number):
        values = {"uploaded_by": user, "size": 4, "checksum": f"{index:064}"}
        scan = PrivateFile.objects.create(file="a.pdf", original_name="Скан.pdf", **values)
        copy = PrivateFile.objects.create(file="b.zip", original_name="Копия.zip", **values)
        TrainingRecordFactory(record=record, scan=scan, programme=f"Программа {index}")
        DataArchive.objects.create(user=user, file=copy, state="ready")
        Consent.objects.create(
            user=user,
            text=text,
            kind=text.kind,
            wording="Слова",
            given_at=ended - timedelta(days=index + 1),
            withdrawn_at=ended,
        )
        StaffLink.objects.create(
            user=user,
            organisation=record.positions.get().organisation,
            last_name="Петрова",
            first_name="Анна",
            birth_date=record.birth_date,
            state="refused",
            remark="Не нашли",
        )


@pytest.mark.parametrize("number", [1, 3, 30])
def test_a_teacher_finds_drafts_requests_and_papers(
    site_tree, client_of, number: int, settings, django_assert_num_queries
) -> None:
    set_up_consent_texts()
    user = UserFactory()
    record = StaffRecordFactory(organisation=OrganisationFactory(name="Лицей"), user=user)
    papers(user, record, number)
    papers_of_another = UserFactory()
    other = StaffRecordFactory(organisation=OrganisationFactory(), user=papers_of_another)
    papers(papers_of_another, other, 1)
    TrainingRecordFactory(record=other, programme="Чужая программа")
    TeacherPage.objects.create(user=user, slug="anna-petrova")
    client = client_of(user)
    client.get("/cabinet/")
    with django_assert_num_queries(TEACHER_QUERIES - ("cached" in settings.SESSION_ENGINE)):
        answer = client.get("/cabinet/")
    html = main_of(answer.content.decode())
    for words in ("Моя страница", "Связь с реестром педагогов", "Портфолио", "Сообщения"):
        assert words in html, words
    assert "Чужая" not in html
    filled = {item.shelf.name: item for item in answer.context["shelves"]}
    assert len(filled["documents"].items) == 5
    assert len(filled["requests"].items) == min(number, 5)
    # The rest stands in the rooms.
    rooms = {room.url for room in filled["documents"].rooms}
    assert rooms == {"/cabinet/consents/", "/cabinet/training/", "/cabinet/my-data/"}


@pytest.mark.parametrize("number", [1, 3, 30])
def test_an_editor_finds_the_pages_and_files_begun(
    site_tree, client_of, number: int, settings, django_assert_num_queries
) -> None:
    set_up_roles()
    user = UserFactory(groups=[Role.METHODIST.value])
    OrganisationRoleFactory(user=user)
    for index in range(number):
        StandardPageFactory(title=f"Страница {index}", owner=user, draft=True)
        StaffImport.objects.create(user=user, file_name=f"Файл {index}", state=ImportState.READY)
    StandardPageFactory(title="Чужая страница", owner=UserFactory(), draft=True)
    client = client_of(user)
    client.get("/cabinet/")
    with django_assert_num_queries(EDITOR_QUERIES - ("cached" in settings.SESSION_ENGINE)):
        answer = client.get("/cabinet/")
    drafts = next(item for item in answer.context["shelves"] if item.shelf.name == "drafts")
    assert len(drafts.items) == min(number * 2, 5)
    html = main_of(answer.content.decode())
    assert "Черновик" in html
    assert "Чужая" not in html


def test_an_empty_shelf_says_what_will_lie_there(site_tree, client_of, teacher) -> None:
    html = main_of(client_of(teacher).get("/cabinet/").content.decode())
    for words in (
        "что вы начали и ещё не отправили",
        "о чём вы просили",
        "будут лежать ваши согласия",
        "о чём сообщает портал",
    ):
        assert words in html, words


def test_a_later_app_brings_a_shelf_of_its_own(
    site_tree, client_of, teacher, superuser, monkeypatch
) -> None:
    monkeypatch.setattr(shelves, "_shelves", dict(shelves._shelves))
    monkeypatch.setattr(shelves, "_sources", list(shelves._sources))

    # In any order: apps start one after another.
    @register_shelf_items("contests", room=("Все заявки", "profile"))
    def applications(user: Any, limit: int) -> list[ShelfItem]:
        return [ShelfItem(f"Заявка {user.first_name}", "/x/")] if user == teacher else []

    @register_shelf_items("drafts")
    def begun(user: Any, limit: int) -> list[ShelfItem]:
        return [ShelfItem("Заявка на конкурс", "/y/", state="draft", state_words="Черновик")]

    register_cabinet_shelf("contests", order=20, title="Мои конкурсы", empty="Подайте первую.")
    with pytest.raises(ValueError, match="already"):
        register_cabinet_shelf("contests", order=1, title="Ещё", empty="")
    html = main_of(client_of(teacher).get("/cabinet/").content.decode())
    places = [html.index(words) for words in ("Мои черновики", "Мои конкурсы", "Мои заявки")]
    assert places == sorted(places)
    for words in ("Заявка Анна", "Все заявки", "Заявка на конкурс"):
        assert words in html
    other = main_of(client_of(superuser).get("/cabinet/").content.decode())
    assert "Подайте первую." in other
    assert "Все заявки" not in other
