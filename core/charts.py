"""Geometry of the small charts; templates only put the numbers into SVG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WIDTH = 330
BASE = 116.5
TOP = 26.0
BAR = 34

Number = Decimal | float | int


def show_number(value: Number | None) -> str:
    """A number as people read it: no trailing zeros, decimal comma where the language has one."""
    if value is None:
        return ""
    number = Decimal(str(value))
    whole = number == number.to_integral_value()
    return number_format(number.to_integral_value() if whole else number.normalize())


def points(difference: Number) -> str:
    """How far a fact is from its target, in words."""
    size = abs(Decimal(str(difference)))
    if size == 0:
        return _("as planned")
    shown = show_number(size)
    if size == size.to_integral_value():
        amount = ngettext("%(n)s point", "%(n)s points", int(size)) % {"n": shown}
    else:
        # In Russian a fraction governs the genitive singular: «на 1,5 пункта».
        amount = _("%(n)s of a point") % {"n": shown}
    return (_("%(amount)s more") if Decimal(str(difference)) > 0 else _("%(amount)s less")) % {
        "amount": amount
    }


@dataclass(frozen=True)
class Bar:
    """One year: where its bar, the stroke of its target and the words stand."""

    year: int
    target: Number | None
    fact: Number | None
    center: float
    x: float
    y: float
    height: float
    target_y: float | None
    label_y: float
    label: str
    missing_y: float
    missing_height: float

    @property
    def planned(self) -> bool:
        """A year without a target is not planned; a target of zero is."""
        return self.target is not None

    @property
    def short(self) -> bool:
        """The fact stays below the target."""
        return self.missing_height > 0

    @property
    def target_text(self) -> str:
        return show_number(self.target)

    @property
    def fact_text(self) -> str:
        return show_number(self.fact)

    @property
    def difference(self) -> str:
        """Words for the table: difference, no data, not planned."""
        if self.target is None:
            return _("not planned")
        if self.fact is None:
            return _("no data")
        return points(Decimal(str(self.fact)) - Decimal(str(self.target)))

    @property
    def stroke(self) -> str:
        """Path of the target's stroke, a little wider than the bar."""
        return f"M{self.x - 6:g} {self.target_y:g}h{BAR + 12}"


@dataclass(frozen=True)
class BarChart:
    """Bars of all years on one scale, and what the chart says in words."""

    bars: tuple[Bar, ...]
    unit: str
    label: str

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def base(self) -> float:
        return BASE

    @property
    def bar_width(self) -> int:
        return BAR


def bar_chart(series: Iterable[Mapping[str, Any]], *, unit: str, title: str = "") -> BarChart:
    """Place ``series`` (dicts with year, target, fact; None is "none") on a chart.

    The scale is the chart's own: its largest value fills the height.
    """
    rows = list(series)
    largest = max(
        (float(v) for row in rows for v in (row["target"], row["fact"]) if v is not None), default=0
    )
    scale = (BASE - TOP) / largest if largest else 0
    step = WIDTH / max(len(rows), 1)
    bars: list[Bar] = []
    words: list[str] = []
    for index, row in enumerate(rows):
        target, fact = row["target"], row["fact"]
        center = round(step * (index + 0.5), 1)
        height = round(float(fact or 0) * scale, 1)
        target_y = None if target is None else round(BASE - float(target) * scale, 1)
        y = round(BASE - height, 1)
        missing = 0.0
        if target_y is not None and fact is not None and target_y < y:
            missing = round(y - target_y, 1)
        top = min([y, *([target_y] if target_y is not None else [])])
        bars.append(
            Bar(
                year=row["year"],
                target=target,
                fact=fact,
                center=center,
                x=round(center - BAR / 2, 1),
                y=y,
                height=height,
                target_y=target_y,
                label_y=round(top - 7, 1),
                label=show_number(fact),
                missing_y=round(y - missing, 1),
                missing_height=missing,
            )
        )
        if target is None:
            words.append(_("%(year)s: not planned") % {"year": row["year"]})
        elif fact is None:
            words.append(
                _("%(year)s: target %(target)s, no fact yet")
                % {"year": row["year"], "target": show_number(target)}
            )
        else:
            words.append(
                _("%(year)s: target %(target)s, fact %(fact)s")
                % {"year": row["year"], "target": show_number(target), "fact": show_number(fact)}
            )
    label = "; ".join(words)
    return BarChart(tuple(bars), unit, f"{title}. {label}" if title else label)
