"""What the register gives for the indicators of a year, beside what is published."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone

from core.charts import points
from monitoring.models import Indicator, IndicatorSnapshot, IndicatorYear, RoadMap
from monitoring.models.indicator import share
from monitoring.registries import Calculator, calculated_road_maps, calculators_of


@dataclass(frozen=True)
class Calculation:
    """One indicator in one year: what the register gives now, what was taken, what is published."""

    indicator: Indicator
    calculator: Calculator
    numerator: int
    denominator: int
    published: IndicatorYear | None
    snapshot: IndicatorSnapshot | None

    @property
    def percent(self) -> Decimal | None:
        """The share; None where there is nobody to count."""
        return share(self.numerator, self.denominator) if self.denominator else None

    @property
    def target(self) -> Decimal | None:
        """What the road map promises; None where it plans nothing."""
        return self.published.target if self.published else None

    @property
    def difference(self) -> str:
        """How far the share is from the target, in words; empty where one of them is missing."""
        if self.percent is None or self.target is None:
            return ""
        return points(self.percent - self.target)

    @property
    def up_to_date(self) -> bool:
        """The published fact is what the register gives now."""
        return (
            self.snapshot is not None
            and self.published is not None
            and (self.published.numerator, self.published.denominator, self.published.fact)
            == (self.numerator, self.denominator, self.percent)
        )


def calculated_road_map() -> RoadMap | None:
    """The newest published road map for which anything is calculated."""
    maps = RoadMap.objects.in_source_language().filter(live=True, slug__in=calculated_road_maps())
    return maps.order_by("-start_year").first()


def calculated_years(road_map: RoadMap) -> list[int]:
    """Years of the plan that have begun, and the running year, which shows where things go."""
    today = timezone.localdate().year
    return sorted({*range(road_map.start_year, min(road_map.end_year, today) + 1), today})


def calculations(road_map: RoadMap, year: int) -> list[Calculation]:
    """Every indicator of the road map that is calculated: two counts each, three queries before."""
    calculators = calculators_of(road_map.slug)
    indicators = (
        Indicator.objects.in_source_language()
        .filter(road_map=road_map, live=True, number__in=calculators)
        .order_by("number")
        .prefetch_related(
            Prefetch(
                "years",
                queryset=IndicatorYear.objects.filter(year=year).select_related("confirmed_by"),
                to_attr="of_year",
            ),
            Prefetch(
                "snapshots",
                queryset=IndicatorSnapshot.objects.filter(year=year).select_related("taken_by"),
                to_attr="taken",
            ),
        )
    )
    return [
        Calculation(
            indicator=indicator,
            calculator=calculators[indicator.number],
            numerator=calculators[indicator.number].numerator(year).count(),
            denominator=calculators[indicator.number].denominator(year).count(),
            published=next(iter(indicator.of_year), None),
            snapshot=next(iter(indicator.taken), None),
        )
        for indicator in indicators
    ]
