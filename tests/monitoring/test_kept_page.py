"""The kept page follows every change, and so does what the search reads."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from types import SimpleNamespace
from typing import Any

import pytest
from wagtail.models import Page

from core.models import Card
from core.services.cards import refresh_card
from monitoring.models import Indicator, Measure, MeasureEvidence, RoadMap
from tests.core.conftest import Visitor
from tests.factories.home import StandardPageFactory
from tests.factories.monitoring import MeasureFactory
from tests.monitoring.conftest import ADDRESS, html

pytestmark = pytest.mark.django_db

Committed = Callable[[], AbstractContextManager[None]]


def test_the_kept_page_follows_every_change(
    site: SimpleNamespace, visitor: Visitor, committed: Committed
) -> None:
    evidence = StandardPageFactory(title="Положение о центре")
    refresh_card(page=evidence)
    MeasureEvidence.objects.create(measure=site.measures[0], page=evidence)

    def kept() -> bool:
        visitor.see(ADDRESS)
        return visitor.see(ADDRESS) == "hit"

    def publish(record: Any, **values: Any) -> None:
        for name, value in values.items():
            setattr(record, name, value)
        record.save_revision().publish()

    changes: list[Callable[[], Any]] = [
        lambda: publish(Measure.objects.get(number="4.2"), status="done"),
        lambda: publish(Indicator.objects.get(), name="Доля учителей"),
        lambda: publish(RoadMap.objects.get(), goal="Новая цель"),
        lambda: Measure.objects.get(number="4.3").unpublish(),
        lambda: Page.objects.get(pk=evidence.pk).specific.unpublish(),
        lambda: publish(Page.objects.get(pk=evidence.pk).specific, title="Новое положение"),
        lambda: MeasureFactory(road_map=site.road_map, order=9),
    ]
    for change in changes:
        assert kept()
        with committed():
            change()
        assert visitor.see(ADDRESS) == "miss"
    assert "Новое положение" in html(visitor.client)
    assert kept()
    with committed():
        measure = Measure.objects.get(number="4.1")
        measure.title = "Ещё черновик"
        measure.save_revision()
    assert visitor.see(ADDRESS) == "hit"


def test_the_search_reads_the_wording_of_measures(
    site: SimpleNamespace, committed: Committed
) -> None:
    refresh_card(page=site.page)
    assert "Учёба наставников" in Card.objects.get(page=site.page).text
    with committed():
        measure = Measure.objects.get(number="4.2")
        measure.title = "Школа наставника"
        measure.save_revision().publish()
    text = Card.objects.get(page=site.page).text
    assert "Школа наставника" in text
    assert "Учёба наставников" not in text
