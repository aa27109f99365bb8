"""Every room of signed-in people, found in the table of addresses: axe, light and dark, wide and
narrow, and nothing that scrolls sideways.

A room is opened once for each person who meets it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.axe import found_by_axe
from tests.browser.conftest import PHONE, first_page
from tests.browser.portal_process import PortalProcess
from tests.browser.rooms import PEOPLE
from tests.browser.test_cabinet import said

SCRIPT = "from tests.browser.rooms import print_rooms; print_rooms()"
WIDE = {"width": 1440, "height": 900}
# Wagtail's own faults in the frame of the admin, which the portal only fills: rule and place.
WAGTAILS = (
    ("page-has-heading-one", "html"),
    ("button-name", ".w-editing-sessions__session"),
    ("aria-required-parent", ".w-w-fit"),
)
# What is no page to those who are signed in.
NO_ROOM = {
    # Files and answers to programs.
    "cabinet_still_signed_in",
    *("consent_docx", "consent_register_file", "consent_text_docx", "editors_guide_picture"),
    *("favicon", "health_live", "health_ready", "manifest", "media", "news_atom", "news_rss"),
    *("practices_rss", "practices:index_results"),
    *("private_file", "robots", "search_suggest", "security_txt", "sitemap", "sitemap_file"),
    *("staff_export", "staff_template", "teacher_portrait", "mfa_download_recovery_codes"),
    # The rows of lists, as scripts fetch them.
    *("letters:index_results", "library:index_results", "news:index_results"),
    *("wagtailusers_users:index_results", "wagtailsnippets_monitoring_roadmap:list_results"),
    "wagtailsnippets_monitoring_indicator:list_results",
    "wagtailsnippets_monitoring_measure:list_results",
    # Ways to another page.
    "own_practice",
    *("notice", "vision", "copy_data", "consent_question", "ask_erasure"),
    *("wagtailcore_login", "wagtaildocs_authenticate_with_password"),
    # For those who are not signed in.
    *("account_login", "account_signup", "account_set_password", "invitation"),
    *("mfa_authenticate", "mfa_login_webauthn", "notice_unsubscribe"),
    # They ask for the password first: test_rights and test_accounts look at them.
    *("erasure", "staff_erase", "invitation_erase", "wagtailusers_users:lost_factor"),
    *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_edit_webauthn"),
    *("mfa_remove_webauthn", "mfa_reauthenticate_webauthn"),
    *("mfa_generate_recovery_codes", "mfa_view_recovery_codes"),
    # Only while somebody has to decide.
    "wagtailsnippets_monitoring_indicator:workflow_action",
    "wagtailsnippets_monitoring_measure:workflow_action",
    "wagtailsnippets_monitoring_roadmap:workflow_action",
}


def trouble(page: Page, *, repeated: bool = True) -> list[str]:
    """What axe says of the page as it stands; see ``found_by_axe``."""
    return [
        f"{rule}: {place} {words[:300]}"
        for rule, place, words in found_by_axe(page, repeated=repeated)
        if not _is_wagtails(page, rule, place)
    ]


def _is_wagtails(page: Page, rule: str, place: str) -> bool:
    return "/admin/" in page.url and any(rule == id and at in place for id, at in WAGTAILS)


def look_at(page: Page, *, whole: bool) -> list[str]:
    """The open page narrow and light, then wide and dark; an empty room only narrow and light."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    found = trouble(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE["width"]:
        found.append(f"scrolls sideways: {width}")
    if whole:
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(WIDE)
        found += trouble(page, repeated=False)
    return found


# Of the whole run: tests of other files come between, and the world is made but once.
@pytest.fixture(scope="session")
def printed(portal: PortalProcess) -> dict[str, Any]:
    """Sessions, rooms and what is none, from the world that is made in the portal once."""
    found: dict[str, Any] = json.loads(said(portal.script(SCRIPT), "ROOMS"))
    return found


def test_what_is_no_room_is_named(printed: dict[str, Any]) -> None:
    assert set(printed["closed"]) == NO_ROOM


@pytest.mark.parametrize("role", PEOPLE)
def test_every_room_is_open_to_all(
    portal: PortalProcess,
    open_context: Callable[..., BrowserContext],
    printed: dict[str, Any],
    role: str,
) -> None:
    context = open_context(viewport=PHONE)
    context.add_cookies(
        [{"name": "sessionid", "value": printed["sessions"][role], "url": portal.url}]
    )
    page = first_page(context)
    wrong: dict[str, list[str]] = {}
    for who, name, address in printed["rooms"]:
        if who != role:
            continue
        page.goto(address)
        if found := look_at(page, whole=role != "teacher"):
            wrong[f"{name} ({role}, {address})"] = found
    assert wrong == {}
