"""The operator sees which letters need a look, and sends or gives them up; never what they say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from core.enums import LetterState
from core.models import Letter
from core.services.letters import queue_email

pytestmark = pytest.mark.django_db


def put(subject: str, state: str, minutes: int = 60) -> Letter:
    (letter,) = queue_email(EmailMultiAlternatives(subject, "Тайна", to=["a@example.org"]))
    letter.state, letter.taken_at = state, timezone.now() - timedelta(minutes=minutes)
    letter.save()
    return letter


@pytest.fixture
def desk(site_tree, client_of, superuser):
    return client_of(superuser)


def test_the_list_says_what_may_be_done(desk):
    put("Ждёт", LetterState.WAITING)
    put("Уходит", LetterState.SENDING, 1)
    put("Оборвалось", LetterState.SENDING)
    put("Ушло", LetterState.SENT)
    put("Брошено", LetterState.FAILED)
    page = desk.get(reverse("letters:index")).content.decode()
    assert "Тайна" not in page
    for words in ("Отправить ещё раз: Оборвалось", "Отправить ещё раз: Брошено"):
        assert words in page
    for words in ("Больше не отправлять: Ждёт", "Больше не отправлять: Оборвалось"):
        assert words in page
    assert page.count("Отправить ещё раз: ") == 2
    assert page.count("Больше не отправлять: ") == 2


def test_filters(desk):
    put("Ждёт", LetterState.WAITING)
    put("Оборвалось", LetterState.SENDING)
    put("Брошено", LetterState.FAILED)
    attention = desk.get(reverse("letters:index_results") + "?attention=true").content.decode()
    assert "Оборвалось" in attention
    assert "Брошено" in attention
    assert "Ждёт" not in attention.replace("Ждёт<", "")
    failed = desk.get(reverse("letters:index_results") + "?state=failed").content.decode()
    assert "Брошено" in failed
    assert "Оборвалось" not in failed
    assert "Брошено" in desk.get(reverse("letters:index") + "?q=Брошено").content.decode()


def test_a_letter_that_may_have_left_is_sent_with_a_warning(desk):
    letter = put("Оборвалось", LetterState.SENDING)
    address = reverse("letters:retry", args=[letter.pk])
    page = desk.get(address).content.decode()
    assert "возможно, уже получил" in page
    letter.refresh_from_db()
    assert letter.state == LetterState.SENDING
    assert desk.post(address)["Location"] == reverse("letters:index")
    letter.refresh_from_db()
    assert letter.state == LetterState.WAITING
    desk.post(reverse("letters:give_up", args=[letter.pk]))
    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED


def test_what_has_left_meanwhile_is_told(desk):
    letter = put("Ушло", LetterState.SENT)
    answer = desk.post(reverse("letters:retry", args=[letter.pk]), follow=True)
    assert "состояние: отправлено" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_do_not_grow(desk, number, django_assert_num_queries, settings):
    for turn in range(number):
        put(f"Письмо {turn}", LetterState.FAILED)
    address = reverse("letters:index_results")
    desk.get(address)
    with django_assert_num_queries(5 - ("cached" in settings.SESSION_ENGINE)):
        desk.get(address)
