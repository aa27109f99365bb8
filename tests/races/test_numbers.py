"""Two people give one number to two records of a road map at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from wagtail.models import Revision

from home.services.roles import set_up_roles
from monitoring.models import Measure
from people.enums import Role
from tests.factories.home import HomePageFactory
from tests.factories.monitoring import MeasureFactory, RoadMapFactory
from tests.factories.people import UserFactory
from tests.monitoring.test_admin import measure_form, url

TAKEN = "Этот номер уже есть в дорожной карте"


def coordinators() -> list[Client]:
    """Two browsers in which somebody who may publish has signed in."""
    HomePageFactory()
    set_up_roles()
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(UserFactory(groups=[Role.COORDINATOR.value]))
    return clients


def wait_at(
    monkeypatch: pytest.MonkeyPatch, model: Any, name: str, barriers: list[threading.Barrier]
) -> None:
    """Nobody goes on to ``model.name`` before both forms have been checked."""
    act = getattr(model, name)

    def waiting(self: Any, *args: Any, **kwargs: Any) -> Any:
        if (barriers and getattr(self, "pk", None) is None) or model is Revision:
            barriers[0].wait()
        return act(self, *args, **kwargs)

    monkeypatch.setattr(model, name, waiting)


def post(
    client: Client, address: str, data: dict[str, Any], barriers: list[threading.Barrier]
) -> Callable[[threading.Barrier], tuple[int, str]]:
    def run(barrier: threading.Barrier) -> tuple[int, str]:
        barriers[:] = [barrier]
        answer = client.post(address, data, follow=True)
        return answer.status_code, answer.content.decode()

    return run


def test_the_second_publication_is_refused_in_words(
    ground: None, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = RoadMapFactory()
    measures = [MeasureFactory(road_map=plan) for _ in range(2)]
    clients, barriers = coordinators(), []
    wait_at(monkeypatch, Revision, "publish", barriers)

    answers = at_once(
        *[
            post(
                client,
                url(Measure, "edit", measure.pk),
                measure_form(measure, number="9.9", **{"action-publish": "1"}),
                barriers,
            )
            for client, measure in zip(clients, measures, strict=True)
        ]
    )

    assert [status for status, _html in answers] == [200, 200]
    assert sorted(TAKEN in html for _status, html in answers) == [False, True]
    assert Measure.objects.filter(number="9.9").count() == 1
    (loser,) = Measure.objects.exclude(number="9.9")
    assert loser.get_latest_revision_as_object().number == "9.9", "what was typed is a draft"


def test_the_second_new_record_is_refused_in_its_form(
    ground: None, at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = MeasureFactory.build(road_map=RoadMapFactory())
    data = measure_form(blank, number="9.9", title="Новая мера", **{"action-publish": "1"})
    clients, barriers = coordinators(), []
    wait_at(monkeypatch, Measure, "save", barriers)

    answers = at_once(*[post(client, url(Measure, "add"), data, barriers) for client in clients])

    assert [status for status, _html in answers] == [200, 200]
    assert sorted(TAKEN in html for _status, html in answers) == [False, True]
    assert connection.vendor == "postgresql"
    assert Measure.objects.filter(number="9.9").count() == 1
