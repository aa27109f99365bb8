"""Factories of road maps. Each record is published unless ``draft=True``."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import factory
from factory.django import DjangoModelFactory

from home.models import HomePage
from monitoring.enums import MeasureStatus
from monitoring.models import (
    Indicator,
    IndicatorYear,
    Measure,
    MeasureEvidence,
    MeasureResponsible,
    RoadMap,
    RoadMapPage,
)
from tests.factories.core import PortalPageFactory, source_locale
from tests.factories.home import HomePageFactory


class _SnippetFactory(DjangoModelFactory):
    """A record with its first revision; traits: ``draft`` (nobody has published it)."""

    class Meta:
        abstract = True

    class Params:
        draft = factory.Trait(live=False)

    locale = factory.LazyFunction(source_locale)
    translation_key = factory.LazyFunction(uuid.uuid4)


class RoadMapFactory(_SnippetFactory):
    """A road map for 2020–2024."""

    class Meta:
        model = RoadMap

    title = "План развития"
    slug = factory.LazyAttribute(lambda o: f"{o.start_year}-{o.end_year}")
    start_year = 2020
    end_year = 2024
    basis = "Приказ от 25.06.2020 № 64"


class IndicatorFactory(_SnippetFactory):
    """An indicator; ``years={2024: (target, fact)}`` gives it years."""

    class Meta:
        model = Indicator
        skip_postgeneration_save = True

    road_map = factory.SubFactory(RoadMapFactory)
    number = factory.Sequence(lambda n: n + 1)
    name = factory.LazyAttribute(lambda o: f"Доля педагогов {o.number}, процент")

    @factory.post_generation
    def years(self: Indicator, create: bool, extracted: dict | None, **kwargs: Any) -> None:
        for year, (target, fact) in (extracted or {}).items():
            IndicatorYear.objects.create(indicator=self, year=year, target=target, fact=fact)


class MeasureFactory(_SnippetFactory):
    """A measure of all five years; ``responsible=["МОУО"]``, ``evidence=[page]``."""

    class Meta:
        model = Measure
        skip_postgeneration_save = True

    road_map = factory.SubFactory(RoadMapFactory)
    order = factory.Sequence(lambda n: n + 1)
    number = factory.LazyAttribute(lambda o: f"4.{o.order}")
    title = factory.LazyAttribute(lambda o: f"Проведение семинаров {o.number}")
    start = datetime.date(2020, 1, 1)
    end = datetime.date(2024, 12, 31)
    planned_result = "Справка"
    status = MeasureStatus.DONE

    @factory.post_generation
    def responsible(self: Measure, create: bool, extracted: list | None, **kwargs: Any) -> None:
        for order, name in enumerate(extracted or []):
            MeasureResponsible.objects.create(
                measure=self, name=name, kind="organisation", sort_order=order
            )

    @factory.post_generation
    def evidence(self: Measure, create: bool, extracted: list | None, **kwargs: Any) -> None:
        for order, page in enumerate(extracted or []):
            MeasureEvidence.objects.create(measure=self, page=page, sort_order=order)


class RoadMapPageFactory(PortalPageFactory):
    """The road-map page below the home page."""

    class Meta:
        model = RoadMapPage

    parent = factory.LazyFunction(lambda: HomePage.objects.first() or HomePageFactory())
    title = "Дорожная карта"
    slug = "dorozhnaya-karta"
    road_map = factory.SubFactory(RoadMapFactory)
