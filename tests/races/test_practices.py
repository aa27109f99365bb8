"""Two buttons at the same moment: one draft, one review, one version that wins and nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import PageLogEntry, WorkflowState

from home.services.roles import set_up_roles
from people.models import User
from people.services.consent_texts import set_up_consent_texts
from practices.models import PracticeCase, PracticePage
from practices.queries.versions import digests, newest_version
from practices.services.drafting import begin_practice
from practices.services.submission import submit_practice
from practices.services.writing import ChangedMeanwhileError, save_fields
from tests.factories.practices import PracticeSectionPageFactory
from tests.practices.written import author_of_practices, draft_of, newest, review

Tab = Callable[[threading.Barrier], Any]


@pytest.fixture
def author(ground: None) -> User:
    set_up_roles()
    set_up_consent_texts()
    review(PracticeSectionPageFactory())
    return author_of_practices()


def test_two_clicks_make_one_draft(author: User, at_once: Callable[..., list[Any]]) -> None:
    def begin(barrier: threading.Barrier) -> int:
        user = User.objects.get(pk=author.pk)
        barrier.wait()
        return begin_practice(user=user).pk

    first, second = at_once(begin, begin)
    assert first == second == PracticePage.objects.get().pk


def test_two_clicks_send_once(author: User, at_once: Callable[..., list[Any]]) -> None:
    practice = draft_of(author, whole=True)

    def send(barrier: threading.Barrier) -> str:
        mine, user = PracticePage.objects.get(pk=practice.pk), User.objects.get(pk=author.pk)
        barrier.wait()
        return submit_practice(mine, user).standing

    assert at_once(send, send) == ["submitted"] * 2
    assert WorkflowState.objects.count() == 1
    assert PageLogEntry.objects.filter(action="practices.submit").count() == 1
    assert PracticeCase.objects.get().sent_at is not None


def test_two_tabs_save_at_once(author: User, at_once: Callable[..., list[Any]]) -> None:
    """The second of the same field is told; of another field, both stay."""
    practice = draft_of(author, whole=True)

    def saving(name: str, words: str) -> Tab:
        def run(barrier: threading.Barrier) -> str:
            mine = newest_version(PracticePage.objects.get(pk=practice.pk))
            names = ["goal", "relevance"]
            opened = digests(mine, names)
            setattr(mine, name, words)
            barrier.wait()
            save_fields(
                practice=practice,
                mine=mine,
                user=author,
                names=names,
                opened=opened,
                autosaved=True,
            )
            return words

        return run

    answers = at_once(saving("goal", "Раз"), saving("goal", "Два"))
    assert sum(isinstance(item, ChangedMeanwhileError) for item in answers) == 1
    assert newest(practice).goal in answers
    assert at_once(saving("goal", "Три"), saving("relevance", "Четыре")) == ["Три", "Четыре"]
    assert (newest(practice).goal, newest(practice).relevance) == ("Три", "Четыре")
