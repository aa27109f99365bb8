"""The road map of order No. 64, imported once for a file of tests."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

import monitoring
from monitoring.models import RoadMap
from monitoring.queries import ExecutionReport, execution_report, plans
from monitoring.services import import_road_map

FILE = Path(monitoring.__file__).parent / "data" / "road_map_order_64.json"
DATA = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture
def data() -> dict[str, Any]:
    """The file of the order, to be spoilt at will."""
    return copy.deepcopy(DATA)


@pytest.fixture(scope="module")
def imported(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        import_road_map(data=DATA)
        yield
        transaction.set_rollback(True)


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
