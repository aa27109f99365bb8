"""The log of who opened whose personal card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from people.models import CardOpening

if TYPE_CHECKING:
    from people.models import StaffRecord, User


def note_openings(*, records: Iterable[StaffRecord], viewer: User, place: str) -> None:
    """Write down that ``viewer`` saw these cards; one's own card is nobody else's business."""
    CardOpening.objects.bulk_create(
        [
            CardOpening(record=record, viewer=viewer, place=place)
            for record in records
            if record.user_id != viewer.pk
        ],
        batch_size=500,
    )
