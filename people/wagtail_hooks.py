"""What the accounts add to the admin."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry
from wagtail.snippets.models import register_snippet
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from people.models import Organisation, Subject
from people.permissions import user_can_manage_account, user_keeps_consents
from people.queries.organisations import is_referred_to
from people.snippets import OrganisationsGroup

register_snippet(OrganisationsGroup)

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
        ("people.invite", _("Invite"), _("Invitation sent")),
        ("people.revoke_invitation", _("Withdraw invitation"), _("Invitation withdrawn")),
        ("people.accept_invitation", _("Accept invitation"), _("Invitation accepted")),
        ("people.end_role", _("End role"), _("Role in the organisation ended")),
        ("people.confirm_staff", _("Confirm record"), _("Staff record confirmed")),
        ("people.leave_staff", _("Dismiss"), _("Dismissal written down")),
        (
            "people.move_staff",
            pgettext_lazy("staff", "Move"),
            _("Move to another organisation written down"),
        ),
        ("people.ask_move", _("Ask for a move"), _("Move asked for by the new organisation")),
        ("people.confirm_move", _("Confirm move"), _("Move confirmed")),
        ("people.refuse_move", _("Refuse move"), _("Move refused")),
        ("people.withdraw_move", _("Withdraw request"), _("Request for a move withdrawn")),
        ("people.import_staff", _("Import people"), _("Staff register filled from a file")),
        ("people.export_staff", _("Export people"), _("Staff register taken out as a file")),
        ("people.confirm_quarter", _("Confirm quarter"), _("Quarter confirmed by the school")),
        ("people.ask_link", _("Ask for a link"), _("Link with the register asked for")),
        ("people.confirm_link", _("Link account"), _("Account linked with the register")),
        ("people.unlink", _("Unlink account"), _("Account unlinked from the register")),
        ("people.refuse_link", _("Refuse link"), _("Link with the register refused")),
        ("people.withdraw_link", _("Withdraw request"), _("Request for a link withdrawn")),
        ("people.confirm_training", _("Confirm training"), _("Training confirmed by the school")),
        ("people.give_consent", _("Give consent"), _("Consent given")),
        ("people.withdraw_consent", _("Withdraw consent"), _("Consent withdrawn")),
        ("people.answer_consent", _("Answer about a consent"), _("Consent put off or declined")),
        ("people.add_consent_version", _("New version"), _("New version of a consent in force")),
        ("people.export_consents", _("Export consents"), _("Register of consents taken out")),
        ("people.ask_erasure", _("Ask for erasure"), _("Erasure of personal data asked for")),
        ("people.withdraw_erasure", _("Withdraw request"), _("Request for erasure withdrawn")),
        ("people.refuse_erasure", _("Refuse erasure"), _("Erasure of personal data refused")),
        ("people.erase_person", _("Erase person"), _("Personal data erased")),
        ("people.ask_correction", _("Ask for correction"), _("Correction of data asked for")),
        (
            "people.withdraw_correction",
            _("Withdraw request"),
            _("Request for correction withdrawn"),
        ),
        ("people.accept_correction", _("Correct"), _("Data corrected as the person asked")),
        ("people.refuse_correction", _("Refuse correction"), _("Correction of data refused")),
        ("people.correct_training", _("Correct training"), _("Training corrected")),
        ("people.purge_expired", _("Purge"), _("Data whose term has ended is deleted")),
        ("people.copy_data", _("Copy of data"), _("Copy of one's own data asked for")),
        ("people.open_page", _("Open page"), _("Teacher's own page opened to everybody")),
        ("people.close_page", _("Switch page off"), _("Teacher's own page switched off")),
        ("people.hide_page", _("Hide page"), _("Teacher's own page hidden by an editor")),
        ("people.give_page_back", _("Give page back"), _("Teacher's own page given back")),
        ("people.return_training", _("Return training"), _("Training returned with a remark")),
    ):
        actions.register_action(action, label, message)

    @actions.register_action("people.remove_second_factor")
    class RemoveSecondFactorFormatter(LogFormatter):
        label = _("Remove the second factor")

        def format_message(self, log_entry: ModelLogEntry) -> str:
            return gettext("Second factor removed: %(reason)s") % {
                "reason": log_entry.data.get("reason", "")
            }


class ConsentTextsItem(MenuItem):
    """The way from the desk to the texts of consents, for whoever keeps them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return user_keeps_consents(request.user)


@hooks.register("register_settings_menu_item")
def consent_texts_in_the_menu() -> MenuItem:
    """The screen itself stands in the cabinet, beside the register of consents."""
    return ConsentTextsItem(
        _("Texts of consents"), reverse("consent_texts"), name="consent-texts", icon_name="doc-full"
    )


@hooks.register("before_delete_snippet")
def keep_what_is_referred_to(request: HttpRequest, found: Iterable[Any]) -> HttpResponse | None:
    """An organisation or a subject of the register stays: Wagtail would answer with an error.

    Also before several are deleted at once.
    """
    for thing in found:
        if isinstance(thing, Organisation | Subject) and is_referred_to(thing):
            words = (
                _(
                    "“%(name)s” is not deleted: people, roles or records of the register refer to "
                    "it. Enter the date it was closed instead."
                )
                if isinstance(thing, Organisation)
                else _("“%(name)s” is not deleted: records of the register refer to it.")
            )
            messages.error(request, words % {"name": thing})
            return redirect(f"wagtailsnippets_people_{thing._meta.model_name}:edit", thing.pk)
    return None
