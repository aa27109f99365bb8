"""«Мои данные»: what is held, the request to erase it, the decision."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.models import Notice
from home.services.roles import set_up_roles
from people.enums import Role
from people.models import ErasureRequest, User
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def proved(client: Client, address: str) -> str:
    """Open a page that asks for the password first; returns the page."""
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    answer = client.post(answer.headers["Location"], {"password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == address
    return answer.content.decode()


def test_from_the_request_to_the_erasure(
    teacher: User, client_of: Callable[[User | None], Client]
) -> None:
    set_up_roles()
    admin = UserFactory(groups=[Role.ADMINISTRATOR.value])
    Notice.objects.create(recipient=teacher, kind="notice", subject="Слова")
    client = client_of(teacher)
    assert "Уведомления: 1" in client.get(reverse("my_data")).content.decode()

    page = proved(client, reverse("ask_erasure"))
    assert "Будет удалено" in page
    assert "152-ФЗ" not in page  # nothing is said of consents that were never given
    answer = client.post(reverse("ask_erasure"), {"text": "Ухожу из школы"})
    assert "Поставьте отметку" in answer.content.decode()
    assert "Ухожу из школы" in answer.content.decode()
    client.post(reverse("ask_erasure"), {"text": "Ухожу из школы", "sure": "on"})
    request = ErasureRequest.objects.get()

    keeper = client_of(admin)
    assert "1 человек просит удалить" in keeper.get(reverse("cabinet")).content.decode()
    page = proved(keeper, reverse("erasure", args=[request.pk]))
    assert "Ухожу из школы" in page
    answer = keeper.post(reverse("erasure", args=[request.pk]), {"action": "refuse", "remark": " "})
    assert "Напишите причину" in answer.content.decode()
    answer = keeper.post(reverse("erasure", args=[request.pk]), {"action": "confirm"}, follow=True)
    assert "Удалённый пользователь" in answer.content.decode()
    # The session of the person ends with it.
    assert client.get(reverse("my_data")).status_code == 302


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_queue_costs_the_same_for_many(
    count: int,
    client_of: Callable[[User | None], Client],
    django_assert_num_queries: Callable[..., object],
) -> None:
    set_up_roles()
    for _ in range(count):
        ErasureRequest.objects.create(user=UserFactory())
    client = client_of(UserFactory(groups=[Role.ADMINISTRATOR.value]))
    client.get(reverse("erasures"))
    with django_assert_num_queries(15 - ("cached" in settings.SESSION_ENGINE)):
        client.get(reverse("erasures"))
