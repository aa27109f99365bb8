"""From the first draft to the site: two steps, letters, a set time, an end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from core.models import Letter
from core.services.letter_sending import send_waiting
from home.models import NewsPage
from home.services.editorial import set_up_editorial
from people.enums import Role
from people.models import User
from tests.factories.home import NewsPageFactory
from tests.factories.people import UserFactory
from tests.home.desk import Desk


def make_person(role: Role, **values: str) -> User:
    user = UserFactory(**values)
    user.groups.add(Group.objects.get(name=role.value))
    return user


@pytest.fixture
def desks(site_tree: SimpleNamespace) -> SimpleNamespace:
    """Author, methodist and coordinator, each signed in."""
    set_up_editorial()

    def desk(role: Role, name: str) -> Desk:
        user = make_person(role, first_name=name, email=f"{role.name.lower()}@example.ru")
        client = Client()
        client.force_login(user)
        return Desk(user, client, site_tree, {}, site_tree.home)

    return SimpleNamespace(
        author=desk(Role.EDITOR, "Рита"),
        methodist=desk(Role.METHODIST, "Мария"),
        coordinator=desk(Role.COORDINATOR, "Ксения"),
    )


@pytest.fixture
def news(desks: SimpleNamespace) -> NewsPage:
    return NewsPageFactory(
        parent=desks.author.tree.news, owner=desks.author.user, draft=True, title="О конкурсе"
    )


@pytest.fixture
def letters(django_capture_on_commit_callbacks: object) -> SimpleNamespace:
    """Letters that leave when the work in the block is committed."""

    class Letters:
        @contextmanager
        def during(self) -> Iterator[None]:
            Letter.objects.all().delete()
            mail.outbox.clear()
            with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
                yield
            send_waiting()

        @property
        def sent(self) -> list[tuple[str, str]]:
            return [(letter.to[0], letter.subject) for letter in mail.outbox]

    return Letters()  # type: ignore[return-value]


def decide(desk: Desk, page: Page, action: str, comment: str = "") -> int:
    state = NewsPage.objects.get(pk=page.pk).current_workflow_task_state
    return desk.post(
        "wagtailadmin_pages:workflow_action", page.pk, action, state.pk, comment=comment
    ).status_code


def submit(desk: Desk, page: NewsPage, **data: str) -> None:
    desk.save(page, **{"action-submit": "1", **data})


def test_news_comes_back_with_a_remark_and_goes_out_at_a_set_time(
    desks: SimpleNamespace, news: NewsPage, letters: SimpleNamespace
) -> None:
    with letters.during():
        submit(desks.author, news)
    assert letters.sent == [("methodist@example.ru", "Ждёт вашей проверки: О конкурсе")]
    assert "Здравствуйте, Мария!" in mail.outbox[0].body
    assert reverse("wagtailadmin_pages:edit", args=[news.pk]) in mail.outbox[0].body

    with letters.during():
        decide(desks.methodist, news, "reject", "Назовите срок подачи заявок")
    assert letters.sent == [("editor@example.ru", "Нужно исправить: О конкурсе")]
    assert "Замечание: Назовите срок подачи заявок" in mail.outbox[0].body
    html = str(mail.outbox[0].alternatives[0][0])
    assert "Назовите срок подачи заявок" in html
    assert '<html lang="ru">' in html
    form = reverse("wagtailadmin_pages:edit", args=[news.pk])
    remark = f"Возвращено на доработку ({desks.methodist.user}): Назовите срок подачи заявок"
    assert remark in desks.author.client.get(form).content.decode()

    with letters.during():
        submit(desks.author, news, title="О конкурсе до 1 марта")
    assert remark not in desks.methodist.client.get(form).content.decode()
    assert letters.sent == [("methodist@example.ru", "Ждёт вашей проверки: О конкурсе до 1 марта")]

    with letters.during():
        decide(desks.methodist, news, "approve")
    assert letters.sent == [
        ("coordinator@example.ru", "Ждёт вашей проверки: О конкурсе до 1 марта")
    ]

    # The coordinator sets the time and approves with one press of a button.
    when = timezone.localtime() + timedelta(hours=2)
    news.refresh_from_db()
    news.title = "О конкурсе до 1 марта"
    with letters.during():
        desks.coordinator.save(
            news,
            **{
                "action-workflow-action": "1",
                "workflow-action-name": "approve",
                "go_live_at": when.strftime("%Y-%m-%d %H:%M"),
            },
        )
    assert letters.sent == [("editor@example.ru", "Утверждено: О конкурсе до 1 марта")]
    assert f"{when:%H:%M}" in mail.outbox[0].body
    page = NewsPage.objects.get(pk=news.pk)
    assert not page.live
    assert page.approved_schedule

    call_command("publish_scheduled")
    assert not NewsPage.objects.get(pk=news.pk).live

    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(hours=3)):
        call_command("publish_scheduled")
    page = NewsPage.objects.get(pk=news.pk)
    assert page.live
    assert Client().get(page.url).status_code == 200


def test_a_page_with_an_end_leaves_the_site(desks: SimpleNamespace, news: NewsPage) -> None:
    news.expire_at = timezone.now() + timedelta(hours=1)
    news.save_revision()
    submit(
        desks.author,
        news,
        expire_at=(timezone.localtime() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M"),
    )
    decide(desks.methodist, news, "approve")
    decide(desks.coordinator, news, "approve")
    assert NewsPage.objects.get(pk=news.pk).live
    Page.objects.filter(pk=news.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    page = NewsPage.objects.get(pk=news.pk)
    assert not page.live
    assert page.expired


def test_approval_publishes_at_once_and_tells_the_address(
    desks: SimpleNamespace, news: NewsPage, letters: SimpleNamespace
) -> None:
    submit(desks.author, news)
    decide(desks.methodist, news, "approve")
    with letters.during():
        decide(desks.coordinator, news, "approve")
    page = NewsPage.objects.get(pk=news.pk)
    assert page.live
    assert letters.sent == [("editor@example.ru", "Опубликовано: О конкурсе")]
    assert page.full_url in mail.outbox[0].body


def test_a_return_without_a_word_is_refused(desks: SimpleNamespace, news: NewsPage) -> None:
    submit(desks.author, news)
    decide(desks.methodist, news, "reject", comment="")
    state = NewsPage.objects.get(pk=news.pk).current_workflow_task_state
    assert state.status == TaskState.STATUS_IN_PROGRESS


def test_the_author_cannot_change_the_page_while_it_is_reviewed(
    desks: SimpleNamespace, news: NewsPage
) -> None:
    submit(desks.author, news)
    desks.author.save(news, title="Другое")
    assert NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object().title == "О конкурсе"


def test_the_second_of_two_decisions_is_told_who_was_first(
    desks: SimpleNamespace, news: NewsPage, letters: SimpleNamespace
) -> None:
    submit(desks.author, news)
    state = NewsPage.objects.get(pk=news.pk).current_workflow_task_state
    other = make_person(Role.METHODIST, first_name="Вера", last_name="Вторая")
    client = Client()
    client.force_login(other)
    decide(desks.methodist, news, "approve")
    with letters.during():
        address = reverse("wagtailadmin_pages:workflow_action", args=[news.pk, "approve", state.pk])
        response = client.post(address, {"comment": ""}, follow=True)
    assert "Этот шаг уже закрыт" in response.content.decode()
    assert letters.sent == []
    assert TaskState.objects.filter(workflow_state=state.workflow_state).count() == 2


def test_who_does_not_want_letters_gets_none(
    desks: SimpleNamespace, news: NewsPage, letters: SimpleNamespace
) -> None:
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(desks.methodist.user)
    profile.submitted_notifications = False
    profile.save()
    make_person(Role.METHODIST, email="closed@example.ru", is_active=False)  # type: ignore[arg-type]
    with letters.during():
        submit(desks.author, news)
    assert letters.sent == []


def test_no_letter_leaves_when_the_work_fails(
    desks: SimpleNamespace, news: NewsPage, letters: SimpleNamespace
) -> None:
    from django.db import transaction

    mail.outbox.clear()
    with letters.during(), transaction.atomic():
        news.get_workflow().start(news, desks.author.user)
        transaction.set_rollback(True)
    assert mail.outbox == []


def banner(desk: Desk) -> str:
    """What the next screen says above everything else."""
    return " ".join(str(message).strip() for message in get_messages_of(desk.client))


def get_messages_of(client: Client) -> list[object]:
    """Takes the messages out, as a screen does."""
    return list(client.get(reverse("wagtailadmin_home")).context["messages"])


def test_whoever_decides_reads_what_came_of_it(desks: SimpleNamespace, news: NewsPage) -> None:
    submit(desks.author, news)
    get_messages_of(desks.author.client)
    decide(desks.methodist, news, "reject", "Назовите срок")
    assert banner(desks.methodist) == "«О конкурсе» — возвращено автору с вашим замечанием."
    submit(desks.author, news)
    get_messages_of(desks.author.client)

    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    news.refresh_from_db()
    desks.methodist.save(news, **action)
    step = news.current_workflow_task_state.task.name
    assert banner(desks.methodist) == f"«О конкурсе» — одобрено и передано дальше: {step}."
    decide(desks.coordinator, news, "approve")
    assert banner(desks.coordinator) == "«О конкурсе» — одобрено и опубликовано."


def test_the_second_of_two_hears_who_decided(desks: SimpleNamespace, news: NewsPage) -> None:
    submit(desks.author, news)
    decide(desks.methodist, news, "approve")
    get_messages_of(desks.methodist.client)
    news.refresh_from_db()
    late = {
        "action-workflow-action": "1",
        "workflow-action-name": "reject",
        "workflow-action-extra-data": '{"comment": "Назовите <срок>"}',
    }
    desks.methodist.save(news, **late)
    assert banner(desks.methodist) == (
        f"Ваше решение не принято: решение уже есть, его автор — {desks.methodist.user} "
        "(Одобрено). "
        "Ваше замечание не отправлено: Назовите &lt;срок&gt;"
    )
    decide(desks.coordinator, news, "reject", "Назовите срок")
    get_messages_of(desks.coordinator.client)
    news.refresh_from_db()
    desks.coordinator.save(news, **late | {"workflow-action-name": "approve"})
    assert f"{desks.coordinator.user} " in banner(desks.coordinator)
    news.refresh_from_db()
    assert not news.live


def test_whoever_sets_the_time_reads_it(desks: SimpleNamespace, news: NewsPage) -> None:
    submit(desks.author, news)
    decide(desks.methodist, news, "approve")
    when = timezone.localtime() + timedelta(hours=2)
    news.refresh_from_db()
    desks.coordinator.save(
        news,
        **{
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
            "go_live_at": when.strftime("%Y-%m-%d %H:%M"),
        },
    )
    said = banner(desks.coordinator)
    assert said.startswith("«О конкурсе» — одобрено. Публикация назначена на ")
    assert said.endswith(f"{when:%H:%M}.")
