"""Two teachers take one address at the same moment: one has it, the other reads who was faster."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from people.models import TeacherPage, User
from people.services.teacher_pages import save_teacher_page
from tests.factories.people import OrganisationFactory, StaffRecordFactory, UserFactory


@pytest.mark.parametrize("has_page", [False, True])
def test_an_address_is_taken_once(
    ground: None,
    at_once: Callable[..., list[Any]],
    monkeypatch: pytest.MonkeyPatch,
    has_page: bool,
) -> None:
    school = OrganisationFactory()
    teachers = [UserFactory(), UserFactory()]
    for number, teacher in enumerate(teachers):
        StaffRecordFactory(organisation=school, user=teacher)
        if has_page:
            page = TeacherPage(user=teacher, slug=f"former-{'ab'[number]}")
            save_teacher_page(page=page, user=teacher)
    checked = TeacherPage.full_clean

    def taking(number: int) -> Callable[[threading.Barrier], str]:
        def run(barrier: threading.Barrier) -> str:
            user = User.objects.get(pk=number)
            page = TeacherPage.objects.filter(user=user).first() or TeacherPage(user=user)
            page.slug = "anna-petrova"

            def check(*args: Any, **kwargs: Any) -> None:
                checked(page, *args, **kwargs)
                # Both have found the address free.
                barrier.wait()

            monkeypatch.setattr(page, "full_clean", check, raising=False)
            save_teacher_page(page=page, user=user)
            return "taken"

        return run

    answers = at_once(*[taking(teacher.pk) for teacher in teachers])
    assert answers.count("taken") == 1, answers
    (refused,) = (answer for answer in answers if answer != "taken")
    assert isinstance(refused, ValidationError)
    assert "Выберите другой" in refused.message_dict["slug"][0]
    assert TeacherPage.objects.filter(slug="anna-petrova").count() == 1
    assert TeacherPage.objects.count() == (2 if has_page else 1)
