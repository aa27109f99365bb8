"""What the accounts add to the admin."""

from typing import Any

from wagtail import hooks
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
