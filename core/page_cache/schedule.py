"""How long a page may be kept at most: nothing scheduled may be missed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.apps import apps
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision

from core.page_cache import tags
from core.page_cache.fragments import remember
from core.page_cache.recorder import depends_on, silenced

# While something overdue waits for publish_scheduled, pages are renewed this often.
OVERDUE = timedelta(seconds=10)


def next_change() -> datetime | None:
    """When something goes live or expires next; None when nothing is scheduled."""
    return remember("next-change", _read_next_change)


def _read_next_change() -> datetime | None:
    depends_on(tags.SCHEDULE)
    with silenced():
        moments = [
            Revision.objects.filter(approved_go_live_at__isnull=False)
            .order_by("approved_go_live_at")
            .values_list("approved_go_live_at", flat=True)
            .first()
        ]
        for model in apps.get_models():
            if not issubclass(model, DraftStateMixin) or model._meta.parents:
                continue
            moments.append(
                model._default_manager.filter(live=True, expire_at__isnull=False)
                .order_by("expire_at")
                .values_list("expire_at", flat=True)
                .first()
            )
    return min((moment for moment in moments if moment), default=None)


def next_midnight(now: datetime) -> datetime:
    """The beginning of the next local day."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1)


def kept_until(now: datetime, seconds: int) -> datetime:
    """The last moment at which a page made now may be shown from the cache.

    Words like «просрочено» change at midnight, so nothing outlives the day.
    """
    limits = [now + timedelta(seconds=seconds), next_midnight(now)]
    if change := next_change():
        limits.append(max(change, now + OVERDUE))
    return min(limits)
