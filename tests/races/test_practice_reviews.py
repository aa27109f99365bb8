"""Two decide at the same moment; an expert hands in while a methodist takes the work away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageLogEntry

from core.models import Notice
from people.enums import Role
from people.models import User
from practices.enums import Standing
from practices.models import (
    ExpertReview,
    FormalCheck,
    PracticeCase,
    PracticeDecision,
    ReviewRemark,
)
from practices.review_enums import DecisionKind, SheetState
from practices.services.review_check import check_formally
from practices.services.review_decisions import decide
from practices.services.review_experts import release_expert
from practices.services.review_terms import remind_of_terms
from tests.factories.home import HomePageFactory
from tests.factories.people import UserFactory
from tests.practices.reviewed import (
    all_passed,
    fresh,
    hand_in,
    make_bank,
    scored,
    seen,
    sent,
    standing,
    with_experts,
)

AtOnce = Callable[..., list[Any]]
Tab = Callable[[threading.Barrier], Any]


@pytest.fixture
def place(ground: None) -> SimpleNamespace:
    made = make_bank(HomePageFactory())
    made.second = UserFactory(groups=[Role.METHODIST.value])
    return made


def test_one_passes_and_one_returns(place: SimpleNamespace, at_once: AtOnce) -> None:
    page = sent(place)
    screen = seen(page)

    def check(user: User, **failed: str) -> Tab:
        def run(barrier: threading.Barrier) -> Any:
            answers, who = all_passed(**failed), User.objects.get(pk=user.pk)
            barrier.wait()
            return check_formally(**screen, answers=answers, user=who)

        return run

    answers = at_once(check(place.methodist), check(place.second, summary="Коротко"))
    assert sum(isinstance(item, ValidationError) for item in answers) == 1
    made = FormalCheck.objects.get()
    assert made in answers
    assert standing(page) == (Standing.EXPERTISE if made.passed else Standing.RETURNED)
    assert ReviewRemark.objects.count() == (0 if made.passed else 1)
    other = place.second if made.made_by == place.methodist else place.methodist
    (late,) = [item for item in answers if isinstance(item, ValidationError)]
    assert str(made.made_by) in late.messages[0]
    assert other != made.made_by


def test_two_methodists_publish_once(place: SimpleNamespace, at_once: AtOnce) -> None:
    page = scored(place)
    screen = seen(page)
    author = page.authors.get().user

    def publish(user: User) -> Tab:
        def run(barrier: threading.Barrier) -> Any:
            who = User.objects.get(pk=user.pk)
            barrier.wait()
            return decide(**screen, kind=DecisionKind.PUBLISH, user=who)

        return run

    answers = at_once(publish(place.methodist), publish(place.second))
    assert sum(isinstance(item, ValidationError) for item in answers) == 1
    assert PracticeDecision.objects.count() == 1
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count() == 1
    assert Notice.objects.filter(recipient=author, subject__startswith="Опубликована").count() == 1
    assert (standing(page), fresh(page).live) == (Standing.PUBLISHED, True)


def test_two_tabs_of_one_methodist(place: SimpleNamespace, at_once: AtOnce) -> None:
    page = scored(place)
    screen = seen(page)

    def publish(barrier: threading.Barrier) -> Any:
        who = User.objects.get(pk=place.methodist.pk)
        barrier.wait()
        return decide(**screen, kind=DecisionKind.PUBLISH, user=who)

    first, second = at_once(publish, publish)
    assert first == second == PracticeDecision.objects.get()


def test_an_expert_is_released_while_the_scores_come(
    place: SimpleNamespace, at_once: AtOnce
) -> None:
    page = with_experts(place)
    sheet = ExpertReview.objects.filter(practice=page).first()
    assert sheet is not None

    def submit(barrier: threading.Barrier) -> Any:
        mine = ExpertReview.objects.get(pk=sheet.pk)
        barrier.wait()
        return hand_in(mine, 3)

    def release(barrier: threading.Barrier) -> Any:
        theirs = ExpertReview.objects.get(pk=sheet.pk)
        who = User.objects.get(pk=place.methodist.pk)
        barrier.wait()
        return release_expert(sheet=theirs, reason="Болеет", user=who)

    answers = at_once(submit, release)
    assert sum(isinstance(item, ValidationError) for item in answers) == 1
    sheet.refresh_from_db()
    assert sheet.state in (SheetState.SUBMITTED, SheetState.REMOVED)
    assert standing(page) == Standing.EXPERTISE


def test_two_experts_hand_in_the_last_sheets(place: SimpleNamespace, at_once: AtOnce) -> None:
    page = with_experts(place)
    numbers = list(ExpertReview.objects.filter(practice=page).values_list("pk", flat=True))

    def submit(number: int) -> Tab:
        def run(barrier: threading.Barrier) -> Any:
            sheet = ExpertReview.objects.get(pk=number)
            barrier.wait()
            return hand_in(sheet, 2)

        return run

    at_once(*(submit(number) for number in numbers))
    assert standing(page) == Standing.DECISION
    assert fresh(page).current_workflow_state.task_states.count() == 3


def test_two_schedulers_remind_once(place: SimpleNamespace, at_once: AtOnce) -> None:
    page = sent(place)
    case = PracticeCase.objects.get(practice=page)
    case.due_on = case.due_on.replace(year=2020)
    case.assigned_to = place.methodist
    case.save()
    Notice.objects.all().delete()

    def run(barrier: threading.Barrier) -> int:
        barrier.wait()
        return remind_of_terms()

    # The reminder, and what the coordinator hears of so long a delay.
    assert sum(at_once(run, run)) == 2
    assert Notice.objects.count() == 1
