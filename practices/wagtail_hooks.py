"""What the bank of practices adds to the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from practices.review_snippets import ReviewGroup

register_snippet(ReviewGroup)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """What the journal calls the decisions about practices."""
    for action, label in (
        ("practices.pass_check", _("Formal check passed")),
        ("practices.return", _("Returned for correction after the formal check")),
        ("practices.ask_expert", _("Expert asked")),
        ("practices.accept_review", _("Expert has taken the work")),
        ("practices.decline_review", _("Expert has declined")),
        ("practices.release_expert", _("Expert released")),
        ("practices.skip_experts", _("Went on without experts")),
        ("practices.submit_review", _("Scores handed in")),
        ("practices.decide_publish", _("Decision: publish")),
        ("practices.decide_addresses", _("Decision: propose for the Addresses")),
        ("practices.decide_return", _("Decision: return for correction")),
        ("practices.decide_reject", _("Decision: turn down")),
        ("practices.council", _("Decision of the methodical council")),
        ("practices.take_over", _("Another methodist looks after it")),
        ("practices.remind", _("Reminder sent")),
    ):
        actions.register_action(action, label, label)
