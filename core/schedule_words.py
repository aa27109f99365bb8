"""What an editor is told about the publishing schedule of a record."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import DraftStateMixin


def schedule_words(record: DraftStateMixin) -> list[str]:
    """Sentences about the times still to come of the newest revision; none without a schedule.

    A schedule takes effect only once somebody who may publish has approved it.
    """
    newest = record.get_latest_revision_as_object()
    now = timezone.now()
    words = []
    if newest.go_live_at and newest.go_live_at > now:
        day = _moment(newest.go_live_at)
        words.append(
            _("It will be published on %(moment)s.") % {"moment": day}
            if record.scheduled_revision
            else _(
                "The schedule is saved: publication on %(moment)s. It takes effect once the"
                " publication is approved."
            )
            % {"moment": day}
        )
    if newest.expire_at and newest.expire_at > now:
        day = _moment(newest.expire_at)
        words.append(
            _("It will be taken off the site on %(moment)s.") % {"moment": day}
            if record.scheduled_revision or _ends_then(record, newest.expire_at)
            else _(
                "The schedule is saved: taken off the site on %(moment)s. It takes effect once the"
                " publication is approved."
            )
            % {"moment": day}
        )
    return words


def _ends_then(record: DraftStateMixin, moment: datetime) -> bool:
    """Whether what is published bears this end; that of a draft waits with it."""
    published = type(record)._base_manager.filter(pk=record.pk, live=True)
    return bool(published.filter(expire_at=moment).exists())


def _moment(value: datetime) -> str:
    return date_format(timezone.localtime(value), "j E Y, H:i")
