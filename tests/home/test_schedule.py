"""The publishing schedule in the hands of each role, of pages and of lists with drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.models import Topic
from home.models import NewsPage
from home.services.editorial import set_up_editorial
from people.enums import Role
from people.models import User
from tests.factories.core import TopicFactory
from tests.factories.people import UserFactory
from tests.home.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(site_tree: SimpleNamespace) -> Callable[[Role], Client]:
    """Signs somebody of a role in."""
    set_up_editorial()

    def sign_in(role: Role) -> Client:
        client = Client()
        client.force_login(UserFactory(groups=[role.value]))
        return client

    return sign_in


def times(live: int | None = None, end: int | None = None) -> dict[str, str]:
    """The two fields of the schedule, in hours from now."""
    now = timezone.localtime()
    hours = {"go_live_at": live, "expire_at": end}
    return {
        name: f"{now + timedelta(hours=value):%Y-%m-%d %H:%M}" if value else ""
        for name, value in hours.items()
    }


def save(client: Client, topic: Topic, **data: Any) -> Any:
    address = reverse(Topic.snippet_viewset.get_url_name("edit"), args=[topic.pk])
    return client.post(address, {"name": "Новое имя", "slug": topic.slug, **data}, follow=True)


def pass_hours(number: int) -> None:
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(hours=number)):
        call_command("publish_scheduled")


def shown(topic: Topic) -> str | None:
    """What visitors read; None when they read nothing."""
    topic = Topic.objects.get(pk=topic.pk)
    return topic.name if topic.live else None


@pytest.mark.parametrize("role", [Role.METHODIST, Role.COORDINATOR])
def test_a_list_entry_comes_and_goes_at_its_hours(
    at_desk: Callable[[Role], Client], role: Role
) -> None:
    topic = TopicFactory(name="Прежнее имя")
    answer = save(at_desk(role), topic, **times(2, 4), **{"action-publish": "1"})
    assert answer.status_code == 200
    assert "Будет опубликовано" in answer.content.decode()
    assert shown(topic) == "Прежнее имя"
    pass_hours(1)
    assert shown(topic) == "Прежнее имя"
    pass_hours(3)
    assert shown(topic) == "Новое имя"
    pass_hours(5)
    assert shown(topic) is None


def test_a_schedule_alone_publishes_no_list_entry(at_desk: Callable[[Role], Client]) -> None:
    topic = TopicFactory(name="Прежнее имя")
    answer = save(at_desk(Role.COORDINATOR), topic, **times(2))
    assert "после утверждения" in answer.content.decode()
    pass_hours(3)
    assert shown(topic) == "Прежнее имя"


def test_hours_in_the_wrong_order_are_refused_at_their_fields(
    at_desk: Callable[[Role], Client],
) -> None:
    topic = TopicFactory(name="Прежнее имя")
    answer = save(at_desk(Role.COORDINATOR), topic, **times(4, 2), **{"action-publish": "1"})
    assert set(answer.context["form"].errors) == {"go_live_at", "expire_at"}
    assert "Новое имя" in answer.content.decode()
    assert not Topic.objects.get(pk=topic.pk).latest_revision


def test_an_editor_opens_no_list(at_desk: Callable[[Role], Client]) -> None:
    topic = TopicFactory(name="Прежнее имя")
    save(at_desk(Role.EDITOR), topic, **times(2), **{"action-publish": "1"})
    pass_hours(3)
    assert shown(topic) == "Прежнее имя"


def test_an_editors_hours_wait_for_the_approval(
    site_tree: SimpleNamespace, at_desk: Callable[[Role], Client]
) -> None:
    client = at_desk(Role.EDITOR)
    editor = User.objects.get(groups__name=Role.EDITOR.value)
    desk = Desk(user=editor, client=client, tree=site_tree, others={}, section=site_tree.home)
    page = desk.news()
    for pressed in ({}, {"action-publish": "1"}):
        assert desk.save(page, **times(2), **pressed).status_code == 302
        newest = NewsPage.objects.get(pk=page.pk).get_latest_revision()
        assert newest.content["go_live_at"]
        assert newest.approved_go_live_at is None
    pass_hours(3)
    assert not NewsPage.objects.get(pk=page.pk).live
