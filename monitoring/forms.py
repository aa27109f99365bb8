"""Forms of the road map in the admin: what cannot be is refused at its field."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet

from core.forms import TranslatedRecordForm


class _PlanForm(TranslatedRecordForm):
    """A record that belongs to a road map."""

    def holds_figures(self) -> bool:
        """Years, dates and references are read from the record in the source language only."""
        return self.language.language_code == settings.LANGUAGE_CODE


class MeasureForm(_PlanForm):
    """A measure: its dates lie within the plan, and «see also» leads somewhere."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        plan = cleaned.get("road_map")
        if plan is None or not self.holds_figures():
            return cleaned
        for name in ("start", "end"):
            day = cleaned.get(name)
            if day is not None and day.year not in plan.years:
                words = _("The road map is for %(period)s: the date is outside these years.")
                self.add_error(name, words % {"period": plan.period})
        named = [part.strip() for part in (cleaned.get("see_also") or "").split(",")]
        wanted = list(dict.fromkeys(number for number in named if number))
        known = set(
            plan.measures.filter(locale=self.language, number__in=wanted).values_list(
                "number", flat=True
            )
        )
        if unknown := [number for number in wanted if number not in known]:
            words = _("The road map has no measure with this number: %(numbers)s.")
            self.add_error("see_also", words % {"numbers": ", ".join(unknown)})
        return cleaned


class IndicatorForm(_PlanForm):
    """An indicator: its years lie within the plan, its figures are such as its unit can have."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        plan = cleaned.get("road_map")
        high = self.instance.highest(cleaned.get("unit") or "")
        for row in self.formsets["years"].kept:
            year = row.cleaned_data.get("year")
            outside = plan is not None and year is not None and year not in plan.years
            if outside and self.holds_figures():
                words = _("The road map is for %(period)s: this year is outside it.")
                row.add_error("year", words % {"period": plan.period})
            for name in ("target", "fact"):
                # The row, not what was typed: a fact may have been calculated.
                value = getattr(row.instance, name)
                if row.errors.get(name) or value is None:
                    continue
                if value < 0:
                    row.add_error(name, _("This cannot be less than 0."))
                elif high is not None and value > high:
                    row.add_error(
                        name, _("Per cent cannot be more than %(high)s.") % {"high": high}
                    )
        return cleaned


class YearFormSet(BaseChildFormSet):
    """The years of an indicator: each is given once."""

    @property
    def kept(self) -> list[Any]:
        """The rows that are not to be deleted, read: reading later would forget what is added."""
        if not self.errors:
            return []
        return [row for row in self.forms if not self._should_delete_form(row)]

    def clean(self) -> None:
        seen = set()
        for row in self.forms:
            year = None if self._should_delete_form(row) else row.cleaned_data.get("year")
            if year in seen:
                row.add_error("year", _("This year is given twice."))
            elif year is not None:
                seen.add(year)
        super().clean()
