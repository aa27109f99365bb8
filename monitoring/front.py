"""What monitoring registers when the portal starts: calculators and its room of the cabinet."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from core.cabinet import register_cabinet_section
from monitoring.permissions import user_sees_calculations
from monitoring.registries import register_calculator
from people.queries.indicators import SUPPORTED_BEGINNERS, TRAINED_HEADS, TRAINED_TEACHERS
from people.registries import register_opening_place

# Followed by the number of the indicator.
register_opening_place("indicator", title=gettext_lazy("the people behind indicator"))
register_calculator(number=3, calculator=TRAINED_TEACHERS)
register_calculator(number=4, calculator=TRAINED_HEADS)
register_calculator(number=6, calculator=SUPPORTED_BEGINNERS)

register_cabinet_section(
    order=300,
    title=gettext_lazy("Indicators"),
    url_name="indicators",
    shown_to=user_sees_calculations,
)
