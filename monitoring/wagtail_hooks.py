"""What road maps add to the admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.snippets.models import register_snippet

from monitoring.viewsets import RoadMapGroup

register_snippet(RoadMapGroup)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Words for the history of an indicator."""

    @actions.register_action("monitoring.confirm_fact")
    class ConfirmFactFormatter(LogFormatter):
        label = gettext_lazy("Confirm a fact")

        def format_message(self, entry: Any) -> str:
            return _("Fact of %(year)s confirmed: %(fact)s") % entry.data

    @actions.register_action("monitoring.take_snapshot")
    class TakeSnapshotFormatter(LogFormatter):
        label = gettext_lazy("Take the figures of the register")

        def format_message(self, entry: Any) -> str:
            return (
                _("Figures of %(year)s taken from the register: %(numerator)s of %(denominator)s")
                % entry.data
            )
