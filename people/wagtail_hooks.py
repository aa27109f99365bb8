"""What the accounts add to the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from people.permissions import user_can_manage_account

# After Wagtail's own registration: the later class of the same type is the one that runs.
AFTER_WAGTAIL = 100


class PortalAssignRole(AssignRoleBulkAction):
    """A role for several accounts; a superuser's account only by a superuser."""

    def check_perm(self, obj: Any) -> bool:
        return super().check_perm(obj) and user_can_manage_account(self.request.user, obj)


class PortalSetActiveState(SetActiveStateBulkAction):
    """Closes or opens several accounts; a superuser's account only by a superuser."""

    def check_perm(self, obj: Any) -> bool:
        return super().check_perm(obj) and user_can_manage_account(self.request.user, obj)


hooks.register("register_bulk_action", PortalAssignRole, order=AFTER_WAGTAIL)
hooks.register("register_bulk_action", PortalSetActiveState, order=AFTER_WAGTAIL)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """What the journal calls the decisions about people."""
    for action, label, message in (
        ("people.confirm_staff", _("Confirm record"), _("Staff record confirmed")),
        ("people.confirm_quarter", _("Confirm quarter"), _("Quarter confirmed by the school")),
        ("people.ask_link", _("Ask for a link"), _("Link with the register asked for")),
        ("people.confirm_link", _("Link account"), _("Account linked with the register")),
        ("people.refuse_link", _("Refuse link"), _("Link with the register refused")),
        ("people.withdraw_link", _("Withdraw request"), _("Request for a link withdrawn")),
        ("people.confirm_training", _("Confirm training"), _("Training confirmed by the school")),
        ("people.return_training", _("Return training"), _("Training returned with a remark")),
    ):
        actions.register_action(action, label, message)
