"""A practice is sent, comes back, is corrected, published, changed, taken back, adapted."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import PageLogEntry, WorkflowState

from core.cabinet import cabinet_tasks
from people.enums import Role
from practices.enums import Standing
from practices.models import PracticeAuthor, PracticeCase, PracticePage, ReviewRemark
from practices.services.drafting import adapt_practice
from practices.services.submission import IncompleteError, submit_practice
from practices.services.withdrawal import take_back, take_off_site
from practices.services.writing import LockedError, save_fields
from tests.factories.people import UserFactory
from tests.factories.practices import PracticeAuthorFactory, PracticePageFactory
from tests.practices.written import (
    ROOM,
    address,
    author_of_practices,
    draft_of,
    form_of,
    given_bank,  # noqa: F401 - a fixture
    newest,
    page,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(bank: Any, client_of: Any) -> SimpleNamespace:
    user = author_of_practices()
    practice = draft_of(user, whole=True)
    methodist = UserFactory(groups=[Role.METHODIST.value, Role.COORDINATOR.value])
    return SimpleNamespace(
        user=user, client=client_of(user), practice=practice, methodist=methodist
    )


def case(mine: SimpleNamespace) -> PracticeCase:
    return PracticeCase.objects.get(practice=mine.practice)


def decide(mine: SimpleNamespace, action: str) -> None:
    """The methodist's word, with the standing that the review would set."""
    state = WorkflowState.objects.active().get()
    task = state.current_task_state.specific.task.specific
    task.on_action(state.current_task_state, mine.methodist, action, comment="Слово")
    standing = Standing.PUBLISHED if action == "approve" else Standing.RETURNED
    PracticeCase.objects.filter(practice=mine.practice).update(standing=standing)


def test_what_is_missing_is_named_and_nothing_is_sent(bank, client_of) -> None:
    user = UserFactory()
    practice = draft_of(user)
    client = client_of(user)
    answer = client.post(address(practice, "check"))
    said = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 422
    for words in ("Назовите практику", "Расскажите по шагам", "Выберите, где получен опыт"):
        assert words in said
    with pytest.raises(IncompleteError) as refused:
        submit_practice(practice, user)
    assert len(refused.value.gaps) == 14
    assert PracticeCase.objects.get().standing == Standing.DRAFT
    assert not WorkflowState.objects.exists()


def test_sent_once_however_often_the_button_is_pressed(mine) -> None:
    assert "Всё заполнено" in page(mine.client, address(mine.practice, "check"))
    for _click in range(2):
        answer = mine.client.post(address(mine.practice, "check"))
        assert (answer.status_code, answer["Location"]) == (302, address(mine.practice, "check"))
    found = case(mine)
    assert found.standing == Standing.SUBMITTED
    assert found.sent_at is not None
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_IN_PROGRESS
    assert PageLogEntry.objects.filter(action="practices.submit").count() == 1
    practice = PracticePage.objects.get(pk=mine.practice.pk)
    assert (practice.slug, practice.title) == ("ustnyy-schet-kartochki", "Устный счёт: карточки")
    assert "Методист" in page(mine.client, ROOM)


def test_what_is_reviewed_is_read_and_not_changed(mine) -> None:
    opened = form_of(mine.client, mine.practice, "description")
    submit_practice(mine.practice, mine.user)
    said = page(mine.client, address(mine.practice, "description"))
    assert "Практика на проверке" in said
    assert "disabled" in said
    where = address(mine.practice, "description")
    assert mine.client.post(where, opened | {"goal": "Иное"}).status_code == 302
    assert mine.client.post(where, opened | {"goal": "Иное", "autosave": "1"}).status_code == 423
    with pytest.raises(LockedError):
        save_fields(
            practice=mine.practice, mine=newest(mine.practice), user=mine.user, names=[], opened={}
        )
    assert newest(mine.practice).goal == "Считать в уме."

    mine.client.post(f"{ROOM}{mine.practice.pk}/take-back/")
    mine.client.post(f"{ROOM}{mine.practice.pk}/take-back/")
    assert case(mine).standing == Standing.WITHDRAWN
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_CANCELLED
    assert mine.client.post(where, opened | {"goal": "Иное"}).status_code == 302
    assert newest(mine.practice).goal == "Иное"
    submit_practice(mine.practice, mine.user)
    assert WorkflowState.objects.count() == 2


def test_remarks_stand_at_their_fields_and_close_when_it_is_sent_again(mine) -> None:
    submit_practice(mine.practice, mine.user)
    decide(mine, "reject")
    ReviewRemark.objects.create(practice=mine.practice, field="results", text="Нужна цифра")
    ReviewRemark.objects.create(practice=mine.practice, field="", text="Короче")
    assert "Исправьте 2 замечания" in page(mine.client, ROOM)
    assert [task.state for task in cabinet_tasks(mine.user, limit=5)].count("returned") == 1
    assert mine.client.get(f"{ROOM}{mine.practice.pk}/")["Location"].endswith("/results/")
    assert "Нужна цифра" in page(mine.client, address(mine.practice, "results"))
    about = page(mine.client, address(mine.practice, "about"))
    assert "Короче" in about
    assert "Нужна цифра" not in about

    data = form_of(mine.client, mine.practice, "results") | {"after": "70"}
    mine.client.post(address(mine.practice, "results"), data)
    submit_practice(mine.practice, mine.user)
    assert not ReviewRemark.objects.filter(closed_at=None).exists()
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    # The reviewer looks at what was corrected, not at what was returned.
    assert str(state.current_task_state.revision.content["after"]) == "70"


def test_a_published_practice_is_changed_beside_its_public_version(mine) -> None:
    submit_practice(mine.practice, mine.user)
    decide(mine, "approve")
    mine.practice.refresh_from_db()
    assert mine.practice.live
    data = form_of(mine.client, mine.practice, "description") | {"goal": "Новая цель"}
    mine.client.post(address(mine.practice, "description"), data)
    assert PracticePage.objects.get().goal == "Считать в уме."
    assert "ещё не отправлены" in page(mine.client, ROOM)
    submit_practice(mine.practice, mine.user)
    assert PracticePage.objects.get().live
    # Taken back, the old version stays; the changes wait.
    take_back(practice=mine.practice, user=mine.user)
    assert case(mine).standing == Standing.PUBLISHED
    submit_practice(mine.practice, mine.user)
    decide(mine, "approve")
    assert PracticePage.objects.get().goal == "Новая цель"

    assert "Опубликовано" in page(mine.client, ROOM)
    where = f"{ROOM}{mine.practice.pk}/take-off/"
    assert "никто не увидит" in page(mine.client, where)
    for _click in range(2):
        mine.client.post(where)
    assert not PracticePage.objects.get().live
    assert case(mine).standing == Standing.WITHDRAWN
    assert PageLogEntry.objects.filter(action="practices.withdraw").count() == 1


def test_nobody_but_an_author_sends_or_takes_back(mine) -> None:
    invited = PracticeAuthorFactory(
        practice=mine.practice, user=author_of_practices(), confirmed_at=None
    ).user
    for user in (invited, UserFactory(), mine.methodist):
        for act in (
            lambda: submit_practice(mine.practice, user),  # noqa: B023
            lambda: take_back(practice=mine.practice, user=user),  # noqa: B023
            lambda: take_off_site(practice=mine.practice, user=user),  # noqa: B023
        ):
            with pytest.raises(PermissionDenied):
                act()
    assert case(mine).standing == Standing.DRAFT


def test_the_preview_is_private(mine, monkeypatch) -> None:
    monkeypatch.setattr(PracticePage, "template", "practices/writing/adapt.html", raising=False)
    monkeypatch.setattr(
        PracticePage, "get_context", lambda self, request, *args, **kwargs: {"source": self}
    )
    answer = mine.client.get(f"{ROOM}{mine.practice.pk}/preview/")
    assert answer.status_code == 200
    assert "Устный счёт: карточки" in answer.content.decode().replace("\xa0", " ")
    assert {"no-store", "private"} <= set(answer["Cache-Control"].replace(" ", "").split(","))


def test_a_version_of_ones_own_names_its_source(mine, client_of) -> None:
    source = PracticePageFactory(
        title="Плотность тел", borrowings="Из журнала", author=mine.methodist
    )
    user = author_of_practices()
    client = client_of(user)
    where = f"{ROOM}adapt/{source.pk}/"
    assert "Плотность тел" in page(client, where)
    assert client.post(where)["Location"] == client.post(where)["Location"]
    made = PracticePage.objects.get(adapted_from=source)
    assert (made.title, made.relevance, made.results) == (source.title, source.relevance, "")
    assert (made.live, made.is_own_work, made.borrowings) == (
        False,
        False,
        "Вариант практики «Плотность тел».",
    )
    assert PracticeAuthor.objects.get(practice=made).user == user
    # A draft of somebody else is no source.
    assert client.post(f"{ROOM}adapt/{mine.practice.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        adapt_practice(source=mine.practice, user=user)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_list_costs_the_same(
    bank,
    client_of,
    django_assert_num_queries,
    settings,
    count,
) -> None:
    user = author_of_practices()
    for number in range(count):
        practice = PracticePageFactory(author=user, live=False)
        PracticeCase.objects.create(practice=practice, standing=Standing.RETURNED)
        ReviewRemark.objects.create(
            practice=practice, text="Слово", made_at=timezone.now(), field=f"f{number}"
        )
    client = client_of(user)
    client.get(ROOM)
    with django_assert_num_queries(15 - ("cached" in settings.SESSION_ENGINE)):
        client.get(ROOM)
