"""The road map of order No. 64, imported once for a file of tests."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import translation

import monitoring
from home.services.roles import MODEL_PERMISSIONS
from monitoring.models import RoadMap
from monitoring.queries import ExecutionReport, execution_report, plans
from monitoring.services import import_road_map
from people.models import User
from tests.core.conftest import committed, visitor
from tests.factories.monitoring import (
    IndicatorFactory,
    MeasureFactory,
    RoadMapFactory,
    RoadMapPageFactory,
)
from tests.factories.people import UserFactory
from tests.kept import standing_on

# Fixtures of the page cache that this folder uses, too.
__all__ = ["committed", "visitor"]

ADDRESS = "/dorozhnaya-karta/"
FILE = Path(monitoring.__file__).parent / "data" / "road_map_order_64.json"
DATA = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture
def data() -> dict[str, Any]:
    """The file of the order, to be spoilt at will."""
    return copy.deepcopy(DATA)


@pytest.fixture(scope="module")
def imported(kept_databases: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), standing_on("order_64", _import):
        yield


def _import() -> None:
    import_road_map(data=DATA)


@pytest.fixture
def order_64(imported: None, db: None) -> RoadMap:
    """The imported road map; what this test changes in it is undone."""
    return RoadMap.objects.get(slug="2020-2024")


@pytest.fixture
def read() -> Callable[..., ExecutionReport]:
    """The report of the newest road map as everybody sees it now."""

    def report(**options: Any) -> ExecutionReport:
        return execution_report(plans()[0], **options)

    return report


@pytest.fixture(autouse=True)
def russian() -> Iterator[None]:
    """Words are compared in Russian."""
    with translation.override("ru"):
        yield


@pytest.fixture
def site(site_tree: SimpleNamespace) -> SimpleNamespace:
    """A page with one road map, three measures and one indicator."""
    road_map = RoadMapFactory()
    page = RoadMapPageFactory(parent=site_tree.home, road_map=road_map)
    measures = [
        MeasureFactory(road_map=road_map, order=1, title="Создание центра", responsible=["МОУО"]),
        MeasureFactory(
            road_map=road_map,
            order=2,
            title="Учёба наставников",
            status="in_progress",
            responsible=["МОУО", "ОО"],
            see_also="4.1, 9.9",
        ),
        MeasureFactory(
            road_map=road_map, order=3, title="Сборник", start="2022-01-01", end="2022-12-31"
        ),
    ]
    indicator = IndicatorFactory(road_map=road_map, number=1, years={2024: (50, 52)})
    return SimpleNamespace(
        **vars(site_tree), page=page, road_map=road_map, measures=measures, indicator=indicator
    )


def html(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def person() -> Callable[[str], User]:
    """A person with exactly the permissions of a role."""

    def make(role: str) -> User:
        if role == "superuser":
            return UserFactory(superuser=True)
        user = UserFactory()
        for name in MODEL_PERMISSIONS.get(role, set()):
            app, codename = name.split(".")
            user.user_permissions.add(
                Permission.objects.get(content_type__app_label=app, codename=codename)
            )
        return user

    return make
