"""Two tabs of one person decide about consents at the same moment: one consent holds at most."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from people.enums import ConsentItem, ConsentKind
from people.models import Consent, ConsentText, User
from people.queries.publishing import published_items
from people.services.consent_texts import add_version, set_up_consent_texts, text_in_force
from people.services.consents import give_consent, withdraw_consent
from tests.factories.people import UserFactory

NAME, PHOTO = ConsentItem.NAME, ConsentItem.PHOTO
Tab = Callable[[threading.Barrier], Any]


@pytest.fixture
def teacher(ground: None) -> User:
    set_up_consent_texts()
    return UserFactory()


def giving(teacher: User, *items: str) -> Tab:
    """A tab in which the person allows ``items``."""

    def run(barrier: threading.Barrier) -> None:
        user = User.objects.get(pk=teacher.pk)
        text = text_in_force(ConsentKind.DISTRIBUTION)
        assert text is not None
        barrier.wait()
        give_consent(user=user, text=text, items=items)

    return run


def withdrawing(teacher: User) -> Tab:
    """A tab in which the person takes it back."""

    def run(barrier: threading.Barrier) -> None:
        user = User.objects.get(pk=teacher.pk)
        barrier.wait()
        withdraw_consent(user=user, kind=ConsentKind.DISTRIBUTION)

    return run


def test_the_same_choice_in_two_tabs_is_one_consent(
    teacher: User, at_once: Callable[..., list[Any]]
) -> None:
    assert at_once(giving(teacher, NAME), giving(teacher, NAME)) == [None, None]
    assert Consent.objects.count() == 1


def test_of_two_choices_one_holds_and_the_other_is_history(
    teacher: User, at_once: Callable[..., list[Any]]
) -> None:
    assert at_once(giving(teacher, NAME), giving(teacher, PHOTO)) == [None, None]
    assert Consent.objects.count() == 2
    assert published_items(teacher) in ({NAME}, {PHOTO})


def test_given_anew_while_withdrawn_leaves_no_former_choice(
    teacher: User, at_once: Callable[..., list[Any]]
) -> None:
    text = text_in_force(ConsentKind.DISTRIBUTION)
    assert text is not None
    give_consent(user=teacher, text=text, items=[NAME])

    assert at_once(giving(teacher, PHOTO), withdrawing(teacher)) == [None, None]

    assert published_items(teacher) in (frozenset(), {PHOTO})
    assert Consent.objects.filter(withdrawn_at__isnull=True).count() <= 1
    former = Consent.objects.get(items=[NAME])
    assert former.withdrawn_at is not None


def writing(operator: User, title: str) -> Tab:
    """A tab in which the operator puts a text in force, written against version 1."""

    def run(barrier: threading.Barrier) -> None:
        user = User.objects.get(pk=operator.pk)
        text = text_in_force(ConsentKind.PROCESSING)
        assert text is not None
        text.title = title
        barrier.wait()
        add_version(text=text, seen=1, user=user)

    return run


def test_of_two_who_write_at_once_one_is_told_of_the_other(
    teacher: User, at_once: Callable[..., list[Any]]
) -> None:
    operator = UserFactory(is_superuser=True)
    answers = at_once(writing(operator, "Одно"), writing(operator, "Другое"))
    (told,) = [answer for answer in answers if answer is not None]
    assert isinstance(told, ValidationError)
    assert told.code == "changed"
    numbers = ConsentText.objects.filter(kind=ConsentKind.PROCESSING).values_list("version")
    assert sorted(numbers) == [(1,), (2,)]


def test_a_double_click_puts_one_version_in_force(
    teacher: User, at_once: Callable[..., list[Any]]
) -> None:
    operator = UserFactory(is_superuser=True)
    assert at_once(writing(operator, "Одно"), writing(operator, "Одно")) == [None, None]
    assert ConsentText.objects.filter(kind=ConsentKind.PROCESSING).count() == 2
    assert ModelLogEntry.objects.filter(action="people.add_consent_version").count() == 1
