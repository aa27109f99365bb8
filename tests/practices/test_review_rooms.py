"""The rooms of the review: queue, page of a case, sheet of an expert, reminders of terms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from core.models import Notice
from core.working_days import due_after
from people.enums import Role
from people.models import User
from practices.enums import Section, Standing
from practices.models import ChecklistPoint, ExpertReview, PracticeCase, ReviewRemark
from practices.review_enums import SheetState
from practices.services.review_queue import remind, take_over
from practices.services.review_terms import remind_of_terms
from tests.factories.people import UserFactory
from tests.practices.reviewed import (
    AT,
    before_council,
    fresh,
    scored,
    seen,
    sent,
    standing,
    with_experts,
)
from tests.role_tables import YES, table_of

pytestmark = pytest.mark.django_db
QUEUE = "/cabinet/review/"


def come(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def checklist(page: Any, **failed: str) -> dict[str, Any]:
    """The form of the formal check as a browser sends it."""
    screen = seen(page)
    data = {"step": screen["step"], "seen": screen["seen"], "skip_reason": ""}
    for point in ChecklistPoint.objects.all():
        note = failed.get(point.field, "")
        data |= {
            f"point_{point.pk}": "no" if note else "yes",
            f"field_{point.pk}": point.field,
            f"note_{point.pk}": note,
        }
    return data


def decision(page: Any, **values: Any) -> dict[str, Any]:
    screen = seen(page)
    return {"step": screen["step"], "seen": screen["seen"], "reasons": "", **values}


def marks(sheet: ExpertReview, points: int) -> dict[str, Any]:
    return {f"score_{score.criterion_id}": points for score in sheet.scores.all()}


DEEDS: dict[str, Callable[[Client, Any, SimpleNamespace], Any]] = {
    "проверить по листу": lambda client, page, bank: client.post(
        f"{QUEUE}{page.pk}/", checklist(page)
    ),
    "попросить эксперта": lambda client, page, bank: client.post(
        f"{QUEUE}{page.pk}/experts/", {"action": "ask", "expert": UserFactory().pk}
    ),
    "освободить эксперта": lambda client, page, bank: client.post(
        f"{QUEUE}{page.pk}/experts/",
        {
            "action": "release",
            "reason": "Болеет",
            "sheet": page.expert_reviews.values_list("pk", flat=True).first() or 0,
        },
    ),
    "поставить баллы": lambda client, page, bank: client.post(
        f"{QUEUE}mine/{page.expert_reviews.values_list('pk', flat=True).first() or 0}/",
        {"action": "save", "conclusion": "Хорошо"},
    ),
    "решить после экспертизы": lambda client, page, bank: client.post(
        f"{QUEUE}{page.pk}/", decision(page, kind="publish")
    ),
    "внести решение совета": lambda client, page, bank: client.post(
        f"{QUEUE}{page.pk}/",
        decision(page, number="1", date="2026-01-12", outcome="generalise"),
    ),
    "взять себе": lambda client, page, bank: client.post(
        f"{QUEUE}act/", {"action": "take", "practice": page.pk}
    ),
}


def traces() -> dict[str, Any]:
    """What a deed may leave."""
    return {
        "cases": list(PracticeCase.objects.values_list("standing", "assigned_to", "due_on")),
        "sheets": list(ExpertReview.objects.values_list("state", "conclusion")),
        "remarks": ReviewRemark.objects.count(),
    }


@pytest.mark.parametrize("where", AT)
def test_who_does_what_at_which_step(bank: SimpleNamespace, where: Standing) -> None:
    """Role x state x action: what the table of docs/roles.md does not say changes nothing."""
    table = table_of("Экспертиза практик")
    assert set(DEEDS) == {row.rsplit(":", 1)[0] for row in table.rows}
    author = UserFactory(groups=[Role.METHODIST.value])
    page = AT[where](bank, author=author)
    PracticeCase.objects.update(assigned_to=None)
    people = {
        "Автор-методист": author,
        "Педагог": UserFactory(),
        "Эксперт": bank.experts[0],
        "Методист": bank.methodist,
        "Координатор": UserFactory(groups=[Role.COORDINATOR.value]),
        "Редактор": UserFactory(groups=[Role.EDITOR.value]),
        "Администратор": UserFactory(groups=[Role.ADMINISTRATOR.value]),
    }
    wrong = []
    for deed, do in DEEDS.items():
        row = table.rows.get(f"{deed}: {Standing(where).label}", {})
        for role, person in people.items():
            if deed == "попросить эксперта" and where == Standing.EXPERTISE:
                ExpertReview.objects.filter(expert=bank.experts[1]).update(state="declined")
            before = traces()
            with transaction.atomic():
                answer = do(come(person), fresh(page), bank)
                done = traces() != before
                transaction.set_rollback(True)
            assert answer.status_code < 500
            if done != (row.get(role) == YES):
                wrong.append((deed, role, done, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_of_the_queue(
    bank: SimpleNamespace, number: int, settings: Settings, django_assert_num_queries: Any
) -> None:
    for _n in range(number):
        page = sent(bank)
        PracticeCase.objects.filter(practice=page).update(assigned_to=bank.methodist)
    client = come(bank.methodist)
    client.get(QUEUE)
    with django_assert_num_queries(21 - ("cached" in settings.SESSION_ENGINE)):
        html = client.get(QUEUE).content.decode()
    assert html.count('class="queue-row"') == min(number, 25)
    assert ("?page=2" in html) == (number > 25)


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_of_an_expert(
    bank: SimpleNamespace, number: int, settings: Settings, django_assert_num_queries: Any
) -> None:
    page = with_experts(bank)
    sheet = ExpertReview.objects.get(practice=page, expert=bank.experts[0])
    for _n in range(number - 1):
        sheet.pk, sheet.state = None, SheetState.SUBMITTED
        sheet.save()
    client = come(bank.experts[0])
    client.get(f"{QUEUE}mine/")
    with django_assert_num_queries(16 - ("cached" in settings.SESSION_ENGINE)):
        assert client.get(f"{QUEUE}mine/").status_code == 200


def test_the_queue_is_narrowed_and_counted(bank: SimpleNamespace) -> None:
    late, mine, other = sent(bank), scored(bank), with_experts(bank)
    PracticeCase.objects.update(assigned_to=None)
    PracticeCase.objects.filter(practice=late).update(due_on=timezone.localdate() - timedelta(1))
    PracticeCase.objects.filter(practice=mine).update(assigned_to=bank.methodist)
    client = come(bank.methodist)

    def found(query: str) -> set[int]:
        answer = client.get(QUEUE + query)
        return {case.practice_id for case in answer.context["page_obj"]}

    assert found("") == {late.pk, mine.pk, other.pk}
    assert found("?overdue=on") == {late.pk}
    assert found("?mine=on") == {mine.pk}
    assert found("?state=expertise") == {other.pk}
    assert found(f"?section={Section.BANK}") == {late.pk, mine.pk, other.pk}
    assert found(f"?section={Section.ADDRESSES}") == set()
    assert found(f"?query={mine.draft_title[-4:]}") >= {mine.pk}
    assert found("?state=nonsense&page=99") == {late.pk, mine.pk, other.pk}
    counts = client.get(QUEUE).context["counts"]
    assert (counts.open, counts.overdue, counts.mine) == (3, 1, 1)


def test_many_at_once(bank: SimpleNamespace) -> None:
    pages = [sent(bank), with_experts(bank), scored(bank)]
    PracticeCase.objects.update(assigned_to=None)
    own = sent(bank, author=bank.methodist)
    Notice.objects.all().delete()
    numbers = [page.pk for page in (*pages, own)]
    assert take_over(practices=numbers, user=bank.methodist) == 3
    assert take_over(practices=numbers, user=bank.methodist) == 0
    assert remind(practices=numbers, user=bank.methodist) == 3
    assert remind(practices=numbers, user=bank.methodist) == 0, "once a day"
    assert Notice.objects.filter(recipient__in=bank.experts).count() == 2
    answer = come(bank.methodist).post(f"{QUEUE}act/", {"action": "take", "query": "mine=on"})
    assert answer["Location"] == f"{QUEUE}?mine=on"


def test_a_check_with_mistakes_comes_back_as_it_was_typed(bank: SimpleNamespace) -> None:
    page = sent(bank)
    client = come(bank.methodist)
    html = client.get(f"{QUEUE}{page.pk}/").content.decode()
    assert page.summary in html
    data = checklist(page, materials="Подпишите файл")
    gap = ChecklistPoint.objects.get(field="summary")
    del data[f"point_{gap.pk}"]
    html = client.post(f"{QUEUE}{page.pk}/", data).content.decode()
    assert "Отметьте, пройден ли этот пункт." in html
    assert "Подпишите файл" in html
    assert standing(page) == Standing.SUBMITTED
    data[f"point_{gap.pk}"] = "yes"
    fresh(page).save_revision(user=page.authors.get().user)
    html = client.post(f"{QUEUE}{page.pk}/", data).content.decode()
    assert "Автор тем временем изменил текст" in html
    assert "Подпишите файл" in html
    data["seen"] = fresh(page).latest_revision_id
    assert client.post(f"{QUEUE}{page.pk}/", data).status_code == 302
    assert standing(page) == Standing.RETURNED
    # A second methodist with the same page before him loses no word.
    other = come(UserFactory(groups=[Role.METHODIST.value]))
    html = other.post(f"{QUEUE}{page.pk}/", data, follow=True).content.decode().replace("\xa0", " ")
    assert f"раньше решение принял(а) {bank.methodist}" in html
    assert "Не отправлено: Подпишите файл" in html


def test_the_sheet_of_an_expert(bank: SimpleNamespace) -> None:
    page = with_experts(bank)
    sheet = ExpertReview.objects.get(practice=page, expert=bank.experts[0])
    address, client = f"{QUEUE}mine/{sheet.pk}/", come(bank.experts[0])
    html = client.get(address).content.decode()
    assert page.summary in html
    half = dict(list(marks(sheet, 2).items())[:3])
    half_words = {**half, "conclusion": "Пока читаю"}
    html = client.post(address, {**half_words, "action": "submit"}).content.decode()
    assert "Поставьте балл." in html
    assert "Пока читаю" in html
    client.post(address, {**half_words, "action": "save"})
    sheet.refresh_from_db()
    assert (sheet.total, sheet.conclusion, sheet.state) == (6, "Пока читаю", SheetState.ACCEPTED)
    html = client.post(address, {"action": "decline", "reason": ""}).content.decode()
    assert "методист выберет другого эксперта" in html
    answer = client.post(address, {**marks(sheet, 3), "conclusion": "Да", "action": "submit"})
    assert answer["Location"] == f"{QUEUE}mine/"
    html = client.get(address).content.decode()
    assert "Баллов: 24" in html.replace("\xa0", " ")
    for stranger in (bank.experts[1], bank.methodist):
        assert come(stranger).get(address).status_code == 404


def test_an_expert_is_found_by_name_with_what_stands_against(bank: SimpleNamespace) -> None:
    page = with_experts(bank)
    bank.experts[0].last_name = "Совина"
    bank.experts[0].save()
    client = come(bank.methodist)
    html = client.get(f"{QUEUE}{page.pk}/?who=сов").content.decode()
    assert "Совина" in html
    assert "уже получил(а) просьбу" in html
    assert client.get(f"{QUEUE}{page.pk}/?who=нет+такого").status_code == 200


def test_drafts_are_nobodys_business(bank: SimpleNamespace) -> None:
    page = sent(bank)
    PracticeCase.objects.update(standing=Standing.DRAFT)
    assert come(bank.methodist).get(f"{QUEUE}{page.pk}/").status_code == 404


def test_the_page_of_every_step(bank: SimpleNamespace, django_assert_max_num_queries: Any) -> None:
    client = come(bank.methodist)
    for make in (scored, before_council):
        page = make(bank)
        client.get(f"{QUEUE}{page.pk}/")
        with django_assert_max_num_queries(60):
            assert client.get(f"{QUEUE}{page.pk}/").status_code == 200


def test_terms_are_told_once_each(bank: SimpleNamespace) -> None:
    coordinator = UserFactory(groups=[Role.COORDINATOR.value])
    page = with_experts(bank)
    today = timezone.localdate()
    assert PracticeCase.objects.get().due_on == due_after(today, 10)
    due = PracticeCase.objects.get().due_on
    assert due is not None
    Notice.objects.all().delete()
    assert remind_of_terms(due) == 0
    day = due + timedelta(days=1)
    assert remind_of_terms(day) == 3, "two experts and the methodist"
    assert remind_of_terms(day) == 0
    told = Notice.objects.values_list("recipient", flat=True)
    assert set(told) == {bank.methodist.pk, *(expert.pk for expert in bank.experts)}
    third = due_after(due, 3)
    assert remind_of_terms(third) == 0
    fourth = due_after(due, 4)
    assert remind_of_terms(fourth) == 1
    assert remind_of_terms(fourth) == 0
    assert Notice.objects.get(recipient=coordinator).url == f"{QUEUE}{page.pk}/"
