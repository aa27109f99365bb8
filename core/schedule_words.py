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
        words.append(
            _("It will be taken off the site on %(moment)s.")
            % {"moment": _moment(newest.expire_at)}
        )
    return words


def _moment(value: datetime) -> str:
    return date_format(timezone.localtime(value), "j E Y, H:i")
