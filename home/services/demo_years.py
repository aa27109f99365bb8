"""Earlier years of the demonstration: the register gives what the road map publishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from home.services.demo_register import MARK
from home.services.structure import read_data
from monitoring.models.indicator import share
from people.enums import SupportKind, TrainingForm, TrainingState
from people.models import StaffRecord, SupportForm, TrainingRecord
from people.queries.indicators import (
    SUPPORTED_BEGINNERS,
    TRAINED_HEADS,
    TRAINED_TEACHERS,
    day_of,
)

# Indicators that the register counts (annex 2 of order No. 64).
COUNTED: dict[int, Any] = {3: TRAINED_TEACHERS, 4: TRAINED_HEADS, 6: SUPPORTED_BEGINNERS}


def load_demo_years(facts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give people the training and the support that the facts speak of; returns exact facts.

    As many as come nearest to the share have finished a programme in that year, or had a mentor.
    The fact is then the share of these very people, so the two screens agree.
    """
    return [
        _with_people(dict(entry)) if entry["indicator"] in COUNTED else dict(entry)
        for entry in facts
    ]


def _with_people(entry: dict[str, Any]) -> dict[str, Any]:
    calculator, year = COUNTED[entry["indicator"]], entry["year"]
    staff = list(calculator.denominator(year).order_by("pk"))
    if not staff:
        return entry
    trained = set(calculator.numerator(year).values_list("pk", flat=True))
    # Not the same people every year.
    turned = [*staff[year % len(staff) :], *staff[: year % len(staff)]]
    missing = max(0, round(entry["value"] * len(staff) / 100) - len(trained))
    chosen = [record for record in turned if record.pk not in trained][:missing]
    if calculator is SUPPORTED_BEGINNERS:
        SupportForm.objects.bulk_create(
            SupportForm(
                record=record,
                kind=SupportKind.MENTOR,
                starts_on=max(record.teaching_since, date(year, 2, 1)),
                ends_on=date(year, 12, 31),
            )
            for record in chosen
        )
    else:
        TrainingRecord.objects.bulk_create(
            _training(record, number, year) for number, record in enumerate(chosen)
        )
    numerator = len(trained) + len(chosen)
    return {
        **entry,
        "value": share(numerator, len(staff)),
        "numerator": numerator,
        "denominator": len(staff),
    }


def _training(record: StaffRecord, number: int, year: int) -> TrainingRecord:
    courses = read_data("demo_content.json")["cpd"]["courses"]
    course = courses[(number + year) % len(courses)]
    return TrainingRecord(
        record=record,
        programme=f"{course['title']}{MARK}",
        provider=read_data("demo_register.json")["provider"],
        form=TrainingForm.DISTANCE,
        hours=course["hours"],
        ends_on=min(date(year, 3, 1) + timedelta(days=9 * number), day_of(year)),
        document_number=f"УПК-{year}-{record.pk:04}{MARK}",
        state=TrainingState.CONFIRMED,
    )
