"""The teaching staff of the district in numbers, for everybody."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.chrome import Chrome, Link
from core.page_cache import valid_until
from people.queries.staff_totals import staff_totals


@require_safe
def staff_in_numbers(request: HttpRequest) -> HttpResponse:
    """Totals only; kept until something of the register changes, and until midnight at most."""
    today = timezone.localdate()
    valid_until(timezone.make_aware(datetime.combine(today + timedelta(days=1), time.min)))
    return render(
        request,
        "people/organisations/staff_totals.html",
        {
            "totals": staff_totals(today),
            "today": today,
            "canonical": request.build_absolute_uri(reverse("staff_in_numbers")),
            "trail": [
                Link(_("Home page"), Chrome.of(request).home_url),
                Link(_("Organisations"), reverse("organisations")),
            ],
        },
    )
