"""Two people decide the same step at the same moment: one decision, one publication, one letter."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState

from core.models import Letter
from home.models import NewsPage
from home.services.editorial import set_up_editorial
from people.enums import Role
from people.models import User
from tests.factories.home import HomePageFactory, NewsIndexPageFactory, NewsPageFactory
from tests.factories.people import UserFactory


@pytest.fixture
def page(ground: None) -> NewsPage:
    """A news item that stands before the coordinators."""
    index = NewsIndexPageFactory(parent=HomePageFactory())
    set_up_editorial()
    author = UserFactory()
    page = NewsPageFactory(parent=index, owner=author, draft=True)
    flow = page.get_workflow().start(page, author)
    flow.current_task_state.approve(user=UserFactory(superuser=True))
    Letter.objects.all().delete()
    return page


def coordinator() -> User:
    user = UserFactory()
    user.groups.add(Group.objects.get(name=Role.COORDINATOR.value))
    return user


def published(page: NewsPage) -> int:
    return PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.publish").count()


def test_two_approvals_publish_once(page: NewsPage, at_once: Callable[..., list[Any]]) -> None:
    people = [coordinator(), coordinator()]
    number = page.current_workflow_task_state.pk

    def approve(user: User) -> Callable[[threading.Barrier], None]:
        def run(barrier: threading.Barrier) -> None:
            state = TaskState.objects.get(pk=number).specific
            task = state.task.specific
            barrier.wait()
            task.on_action(state, user, "approve")

        return run

    answers = at_once(*[approve(user) for user in people])

    assert answers == [None, None]
    state = TaskState.objects.get(pk=number)
    assert state.status == TaskState.STATUS_APPROVED
    assert state.finished_by in people
    assert published(page) == 1
    assert Letter.objects.count() == 1
    assert NewsPage.objects.get(pk=page.pk).live


def test_approval_and_return_do_not_both_count(
    page: NewsPage, at_once: Callable[..., list[Any]]
) -> None:
    number = page.current_workflow_task_state.pk

    def decide(user: User, action: str) -> Callable[[threading.Barrier], None]:
        def run(barrier: threading.Barrier) -> None:
            state = TaskState.objects.get(pk=number).specific
            task = state.task.specific
            barrier.wait()
            task.on_action(state, user, action, comment="Поправьте")

        return run

    at_once(decide(coordinator(), "approve"), decide(coordinator(), "reject"))

    state = TaskState.objects.get(pk=number)
    live = NewsPage.objects.get(pk=page.pk).live
    assert live is (state.status == TaskState.STATUS_APPROVED)
    assert published(page) == int(live)
    assert Letter.objects.count() == 1


def test_two_tabs_of_one_person(page: NewsPage, at_once: Callable[..., list[Any]]) -> None:
    user = coordinator()
    number = page.current_workflow_task_state.pk
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", number])

    def press(barrier: threading.Barrier) -> int:
        client = Client()
        client.force_login(user)
        barrier.wait()
        return client.post(address, {"comment": ""}).status_code

    assert at_once(press, press) == [302, 302]
    assert published(page) == 1
    assert Letter.objects.count() == 1
