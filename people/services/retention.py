"""What has reached the end of its term is deleted: a little at a time, and written down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from core.models import Notice, PrivateFile
from core.services.private_files import is_referred_to
from people.enums import LinkState, RequestState
from people.models import (
    CardOpening,
    Consent,
    ErasureRequest,
    Invitation,
    RetentionRules,
    StaffLink,
)

BATCH = 500
# At one turn; the rest waits for the next day.
BATCHES = 40
# Days of a month, on the long side: nothing goes before its day.
MONTH = timedelta(days=31)

Expired = Callable[[datetime], list[models.QuerySet]]
_expired: dict[str, Expired] = {}


def register_retention(name: str) -> Callable[[Expired], Expired]:
    """Decorate a function from a moment to what is older; ``name`` is a field of RetentionRules."""

    def register(expired: Expired) -> Expired:
        _expired[name] = expired
        return expired

    return register


def retention_names() -> set[str]:
    """Every term that something is purged by."""
    return set(_expired)


def purge_expired() -> dict[str, int]:
    """Delete what is older than its term; returns how many rows of each kind."""
    rules = RetentionRules.load()
    counts = {}
    for name, expired in _expired.items():
        border = timezone.now() - MONTH * getattr(rules, name)
        counts[name] = sum(_purge(rows) for rows in expired(border))
    done = {name: count for name, count in counts.items() if count}
    if done:
        log(instance=rules, action="people.purge_expired", data=done)
    return counts


def _purge(rows: models.QuerySet) -> int:
    deleted = 0
    for _turn in range(BATCHES):
        with transaction.atomic():
            numbers = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
            if not numbers:
                break
            batch = rows.model._base_manager.filter(pk__in=numbers)
            scans = _scans(batch)
            batch.delete()
            for file in scans:
                if not is_referred_to(file):
                    file.delete()
        deleted += len(numbers)
    return deleted


def _scans(batch: models.QuerySet) -> list[PrivateFile]:
    if batch.model is not Consent:
        return []
    return list(PrivateFile.objects.filter(pk__in=batch.values("scan")))


@register_retention("card_openings")
def _openings(border: datetime) -> list[models.QuerySet]:
    return [CardOpening.objects.filter(opened_at__lt=border)]


@register_retention("consents")
def _consents(border: datetime) -> list[models.QuerySet]:
    ended = Q(withdrawn_at__lt=border) | Q(valid_until__lt=timezone.localdate(border))
    return [Consent.objects.filter(ended)]


@register_retention("requests")
def _requests(border: datetime) -> list[models.QuerySet]:
    return [
        StaffLink.objects.exclude(state=LinkState.REQUESTED).filter(decided_at__lt=border),
        ErasureRequest.objects.exclude(state=RequestState.WAITING).filter(decided_at__lt=border),
        Invitation.objects.filter(expires_at__lt=border),
    ]


@register_retention("notices")
def _notices(border: datetime) -> list[models.QuerySet]:
    return [Notice.objects.filter(created_at__lt=border)]
