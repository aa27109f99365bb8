"""What the journal calls what authors do with their practices."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_author_actions(actions: LogActionRegistry) -> None:
    """Names of the decisions of authors."""
    for action, label, message in (
        ("practices.submit", _("Send for review"), _("Practice sent for review")),
        ("practices.take_back", _("Take back"), _("Practice taken back from the review")),
        ("practices.withdraw", _("Take off the site"), _("Practice taken off by its author")),
    ):
        actions.register_action(action, label, message)
