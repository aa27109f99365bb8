"""How a service changes a record that editors also work on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction
from wagtail.log_actions import log

from monitoring.models.road_map import StructuredSnippet

if TYPE_CHECKING:
    from people.models import User

Record = TypeVar("Record", bound=StructuredSnippet)


@transaction.atomic
def create_and_publish(record: Record, *, user: User | None = None) -> Record:
    """Save a new record, publish its first revision and write both into the log."""
    record.live = False
    record.full_clean()
    record.save()
    log(instance=record, action="wagtail.create", user=user, content_changed=True)
    record.save_revision(user=user, clean=False).publish(user=user, skip_permission_checks=True)
    record.refresh_from_db()
    return record


@transaction.atomic
def amend(record: Record, *, change: Callable[[Record], object], user: User | None = None) -> None:
    """Apply ``change`` to the published record, and to the draft that lies over it.

    A draft that somebody has begun stays a draft and stays the latest revision; a record that is
    not published changes as a draft only.
    """
    draft = record.get_latest_revision_as_object() if record.has_unpublished_changes else None
    if record.live:
        change(record)
        revision = record.save_revision(user=user, log_action=True)
        revision.publish(user=user, skip_permission_checks=True)
    if draft is not None:
        record.refresh_from_db()
        change(draft)
        draft.save_revision(user=user, log_action=not record.live, clean=False)
    elif not record.live:
        change(record)
        record.save_revision(user=user, log_action=True)
    record.refresh_from_db()
