"""What road maps add to the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.snippets.models import register_snippet

from monitoring.models import Indicator
from monitoring.permissions import can_confirm_facts
from monitoring.viewsets import RoadMapGroup

register_snippet(RoadMapGroup)


@hooks.register("register_snippet_listing_buttons")
def confirm_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way from the list of indicators to the confirmation of their facts."""
    if isinstance(snippet, Indicator) and can_confirm_facts(user):
        name = Indicator.snippet_viewset.get_url_name("confirm")
        yield Button(
            _("Confirm facts"),
            url=reverse(name, args=[snippet.pk]),
            icon_name="check",
            priority=30,
        )


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """Words for the history of an indicator."""

    @actions.register_action("monitoring.confirm_fact")
    class ConfirmFactFormatter(LogFormatter):
        label = gettext_lazy("Confirm a fact")

        def format_message(self, entry: Any) -> str:
            return _("Fact of %(year)s confirmed: %(fact)s") % entry.data
