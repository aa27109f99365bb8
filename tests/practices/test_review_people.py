"""What becomes of a review when one of its people goes."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from core.models import Notice
from people.services.erasure import erase_person
from practices.enums import Standing
from practices.models import ExpertReview
from practices.review_enums import SheetState
from tests.factories.people import UserFactory
from tests.practices.reviewed import fresh, hand_in, standing, with_experts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("handed_in", [True, False])
def test_the_account_of_an_expert_is_erased(bank: SimpleNamespace, handed_in: bool) -> None:
    page = with_experts(bank)
    first, second = ExpertReview.objects.filter(practice=page)
    if handed_in:
        hand_in(first, 3)
    erase_person(user=first.expert, by=UserFactory(superuser=True, groups=["Администратор"]))
    first.refresh_from_db()
    assert str(first.expert).startswith("Удалённый пользователь")
    assert first.state == (SheetState.SUBMITTED if handed_in else SheetState.REMOVED)
    told = Notice.objects.filter(recipient=bank.methodist, subject__startswith="Эксперта больше")
    assert told.count() == (0 if handed_in else 1)
    hand_in(second, 3)
    assert standing(page) == (Standing.DECISION if handed_in else Standing.EXPERTISE)


def test_a_deleted_account_leaves_its_scores(bank: SimpleNamespace) -> None:
    page = with_experts(bank)
    first, second = ExpertReview.objects.filter(practice=page)
    hand_in(first, 3)
    first.expert.delete()
    second.expert.delete()
    states = ExpertReview.objects.filter(practice=page).values_list("state", "expert")
    assert list(states) == [(SheetState.SUBMITTED, None), (SheetState.REMOVED, None)]


def test_a_practice_that_is_taken_back_waits_for_no_expert(bank: SimpleNamespace) -> None:
    page = with_experts(bank)
    fresh(page).current_workflow_state.cancel(user=page.authors.get().user)
    assert not ExpertReview.objects.filter(practice=page).open().exists()
