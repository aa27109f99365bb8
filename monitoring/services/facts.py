"""Facts of indicators: who confirmed which value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from monitoring.models import Indicator, IndicatorYear
from monitoring.permissions import can_confirm_facts
from monitoring.services.revising import amend

if TYPE_CHECKING:
    from people.models import User


@transaction.atomic
def confirm_fact(*, indicator: Indicator, year: int, user: User) -> IndicatorYear:
    """``user`` vouches for the published fact of ``year``; the log keeps the value.

    Raises PermissionDenied, or ValidationError when nothing is published that could be confirmed.
    Confirming the same value again changes nothing.
    """
    if not can_confirm_facts(user):
        raise PermissionDenied
    indicator = Indicator.objects.select_for_update().get(pk=indicator.pk)
    row = indicator.years.filter(year=year).first() if indicator.live else None
    if row is None or row.fact is None:
        raise ValidationError(_("There is no published fact of this year to confirm."))
    if row.confirmed:
        return row
    value, moment = row.fact, timezone.now()

    def change(record: Indicator) -> None:
        for item in record.years.get_object_list():
            if item.year == year:
                item.confirmed_value = value
                item.confirmed_by = user
                item.confirmed_at = moment

    amend(indicator, change=change, user=user)
    log(
        instance=indicator,
        action="monitoring.confirm_fact",
        user=user,
        data={"year": year, "fact": str(value)},
    )
    return indicator.years.get(year=year)
