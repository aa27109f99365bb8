"""The figures of the register become the fact of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from monitoring.models import Indicator, IndicatorSnapshot
from monitoring.permissions import user_can_take_snapshot
from monitoring.registries import calculators_of
from monitoring.services.revising import amend

if TYPE_CHECKING:
    from people.models import User


@transaction.atomic
def take_snapshot(*, indicator: Indicator, year: int, user: User) -> IndicatorSnapshot:
    """Count ``indicator`` in the register and publish the share as the fact of ``year``.

    The same figures again change nothing. Other figures make another fact, so a confirmation of
    the former one no longer holds. Raises PermissionDenied, or ValidationError when the indicator
    cannot be counted for this year.
    """
    if not user_can_take_snapshot(user):
        raise PermissionDenied
    # Whoever comes second waits here and finds what the first has written.
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    calculator = calculators_of(indicator.road_map.slug).get(indicator.number)
    row = indicator.years.filter(year=year).first() if indicator.live else None
    if calculator is None or row is None or year > timezone.localdate().year:
        raise ValidationError(_("This indicator is not calculated for this year."))
    numerator, denominator = (
        calculator.numerator(year).count(),
        calculator.denominator(year).count(),
    )
    if not denominator:
        raise ValidationError(_("There is nobody to count: the denominator is zero."))
    found = IndicatorSnapshot.objects.filter(indicator=indicator, year=year).first()
    snapshot = found or IndicatorSnapshot(indicator=indicator, year=year)
    taken = (found.numerator, found.denominator) if found else None
    snapshot.numerator, snapshot.denominator = numerator, denominator
    published = (row.numerator, row.denominator, row.fact)
    if taken == (numerator, denominator) and published == (*taken, snapshot.fact):
        return snapshot
    snapshot.taken_at, snapshot.taken_by = timezone.now(), user
    snapshot.save()

    def change(record: Indicator) -> None:
        for item in record.years.get_object_list():
            if item.year == year:
                item.numerator, item.denominator = numerator, denominator
                item.fact = snapshot.fact

    amend(indicator, change=change, user=user)
    log(
        instance=indicator,
        action="monitoring.take_snapshot",
        user=user,
        data={
            "year": year,
            "numerator": numerator,
            "denominator": denominator,
            "fact": str(snapshot.fact),
        },
    )
    return snapshot
