"""Every address of the portal, tried by every role with the numbers of somebody else.

The list of addresses is read from the program: one that has no rule here fails the test, so a new
view cannot be forgotten. What a rule does not allow is refused: a way to the entrance, 403 or 404.
Who may, says docs/roles.md. The admin has tables of its own (tests/test_admin_records.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.role_tables import FILES, ROLES, allowed_by_address, table_of
from tests.walks import entrance, refusals_once, rights_read_once
from tests.world import given_world, made_world  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db

COUNTED = {"number": 3, "year": 2024}


@dataclass(frozen=True)
class Rule:
    """With which parts of the address it is asked, and how; who gets an answer says the table."""

    parts: Callable[[SimpleNamespace], dict[str, Any]] = lambda world: {}
    method: str = "get"


def _number(name: str) -> Callable[[SimpleNamespace], dict[str, Any]]:
    return lambda world: {"pk": getattr(world, name).pk}


# Pages whose rights are those of the page or the file they show; their own tests hold the tables:
# test_document_access, test_downloads, test_feeds, test_search_access, test_serve, test_files.
ELSEWHERE = {
    *("document_download", "wagtaildocs_serve", "wagtaildocs_authenticate_with_password"),
    *("wagtail_serve", "wagtailcore_authenticate_with_password", "wagtailcore_login"),
    *("news_rss", "news_atom", "practices_rss", "road_map_file", "sitemap_file"),
    *("patterns", "media"),
    # Those of allauth act on one's own session and account alone: test_account_pages.
    *("account_login", "account_logout", "account_signup", "account_inactive"),
    *("account_email_verification_sent", "account_confirm_email", "account_reauthenticate"),
    *("account_reset_password", "account_reset_password_done", "account_email"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("account_change_password", "account_set_password", "usersessions_list"),
    *("mfa_authenticate", "mfa_login_webauthn", "mfa_reauthenticate", "mfa_index"),
    *("mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
}
RULES = {
    "cabinet": Rule(),
    "profile": Rule(),
    "cabinet_still_signed_in": Rule(),
    "notices": Rule(),
    "notices_read": Rule(method="post"),
    "notice_settings": Rule(),
    "notice": Rule(_number("notice")),
    # A link of a letter works for whoever holds it; a wrong one says so.
    "notice_unsubscribe": Rule(lambda world: {"token": "forged"}),
    "invitation": Rule(lambda world: {"token": "forged"}),
    "consents": Rule(),
    "consent": Rule(lambda world: {"kind": "processing"}),
    "consent_paper": Rule(_number("consent")),
    "consent_docx": Rule(_number("consent")),
    "consent_question": Rule(),
    "consent_texts": Rule(),
    "consent_text_new": Rule(lambda world: {"kind": "processing"}),
    # Who enters signed papers prints the blanks for them.
    "consent_text": Rule(_number("text")),
    "consent_text_docx": Rule(_number("text")),
    "consent_register": Rule(),
    "consent_register_file": Rule(),
    "my_data": Rule(),
    # Behind the password, which is asked for once more.
    "ask_erasure": Rule(),
    "erasure_withdraw": Rule(method="post"),
    "copy_data": Rule(),
    "own_openings": Rule(),
    "openings": Rule(),
    "erasures": Rule(),
    "erasure": Rule(_number("erasure")),
    "retention": Rule(),
    "staff_erase": Rule(_number("record")),
    "invitation_erase": Rule(_number("invitation")),
    "own_corrections": Rule(),
    "correction_choose": Rule(),
    "ask_correction": Rule(lambda world: {"target": f"training-{world.training.pk}"}),
    "correction_withdraw": Rule(_number("correction"), "post"),
    "corrections": Rule(),
    "correction": Rule(_number("correction")),
    "invitations": Rule(),
    "invite": Rule(),
    "invitation_again": Rule(_number("invitation"), "post"),
    "invitation_revoke": Rule(_number("invitation"), "post"),
    "organisation_roles": Rule(),
    # The methodical service of the school, by whoever gives that role.
    "organisation_role_end": Rule(_number("spare_role"), "post"),
    "private_file": Rule(_number("file")),
    "private_uploads": Rule(method="post"),
    "private_upload": Rule(lambda world: {"pk": uuid4()}, "head"),
    "staff": Rule(),
    # Nobody enters a consent for oneself, and the coordinator keeps no records.
    "paper_consent": Rule(_number("record")),
    "consent_by_letter": Rule(_number("record")),
    "staff_card": Rule(_number("record")),
    "staff_confirm": Rule(_number("record"), "post"),
    "staff_export": Rule(),
    "staff_template": Rule(),
    "staff_imports": Rule(),
    "staff_import": Rule(_number("load")),
    "staff_import_apply": Rule(_number("load"), "post"),
    "staff_import_drop": Rule(_number("load"), "post"),
    "staff_new": Rule(),
    "staff_edit": Rule(_number("record")),
    "staff_leave": Rule(_number("record")),
    "staff_unlink": Rule(_number("record")),
    "staff_move": Rule(_number("record")),
    "staff_moves": Rule(),
    "staff_move_ask": Rule(),
    # The school that the person leaves, and those who keep everybody.
    "staff_move_request": Rule(_number("move")),
    "staff_move_withdraw": Rule(_number("move"), "post"),
    "staff_link": Rule(),
    "staff_links": Rule(),
    "staff_link_confirm": Rule(_number("link"), "post"),
    "staff_link_refuse": Rule(_number("link"), "post"),
    # Without a record of one's own the way leads there.
    "trainings": Rule(),
    "training_new": Rule(),
    "training": Rule(_number("training")),
    "training_delete": Rule(_number("spare_training"), "post"),
    "trainings_waiting": Rule(),
    # A practice that is not published is there for its authors alone.
    "own_practices": Rule(),
    "practice_new": Rule(),
    "practice_adapt": Rule(_number("published_practice")),
    "own_practice": Rule(_number("practice")),
    "practice_check": Rule(_number("practice")),
    "practice_section": Rule(lambda world: {"pk": world.practice.pk, "section": "about"}),
    "practice_preview": Rule(_number("practice")),
    "practice_take_back": Rule(_number("practice")),
    "practice_take_off": Rule(_number("practice")),
    "training_confirm": Rule(_number("training"), "post"),
    "training_return": Rule(_number("training"), "post"),
    "staff_quarter": Rule(),
    "staff_quarters": Rule(),
    "indicators": Rule(),
    "indicator_people": Rule(lambda world: {**COUNTED, "part": "denominator"}),
    "indicator_snapshot": Rule(lambda world: COUNTED, "post"),
    "indicator_confirm": Rule(lambda world: COUNTED, "post"),
    "practice_queue": Rule(),
    "practice_queue_act": Rule(method="post"),
    "practice_case": Rule(_number("reviewed_practice")),
    "practice_experts": Rule(_number("reviewed_practice"), "post"),
    "own_reviews": Rule(),
    "own_review": Rule(_number("sheet")),
    # Without a record of one's own the way leads there.
    "own_page": Rule(),
    "portfolio": Rule(),
    "watched_pages": Rule(),
    "page_hide": Rule(lambda world: {"pk": world.page.pk}, "post"),
    "page_give_back": Rule(lambda world: {"pk": world.page.pk}, "post"),
    "teachers": Rule(),
    "teacher": Rule(lambda world: {"slug": world.page.slug}),
    "teacher_portrait": Rule(lambda world: {"slug": world.page.slug}),
    "organisations": Rule(),
    "staff_in_numbers": Rule(),
    "organisation": Rule(lambda world: {"slug": world.school.slug}),
    "search": Rule(),
    "search_suggest": Rule(),
    "vision": Rule(),
    "health_live": Rule(),
    "health_ready": Rule(),
    "robots": Rule(),
    "security_txt": Rule(),
    "manifest": Rule(),
    "favicon": Rule(),
    "sitemap": Rule(),
}


# What answers «there is no such thing» to those who may ask too: the page has no photograph, the
# file of the test is not on the disk, nobody is named in the settings, the links are forged.
NOT_THERE = {"teacher_portrait", "private_file", "security_txt", "notice_unsubscribe", "invitation"}


def addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Name and form of every address below ``patterns``."""
    for pattern in patterns:
        form = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, form)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or "", form


def test_every_address_has_a_rule() -> None:
    names = {
        name
        for name, form in addresses(get_resolver().url_patterns)
        if not form.lstrip("^").startswith("admin/")
    }
    assert names == {*RULES, *ELSEWHERE}
    assert not RULES.keys() & ELSEWHERE
    assert set(allowed_by_address()) == set(RULES)


def refused(answer: Any) -> bool:
    """Whether the answer is a refusal: to the entrance, forbidden, or as if there were nothing."""
    to_entrance = answer.status_code == 302 and "/account/log-in/" in answer.headers["Location"]
    return to_entrance or answer.status_code in (401, 403, 404, 410)


@pytest.mark.parametrize("role", ROLES)
@refusals_once()
@rights_read_once()
def test_what_is_not_allowed_is_refused(world: SimpleNamespace, role: str) -> None:
    wrong, table, files = [], allowed_by_address(), table_of(FILES).rows
    come = entrance(world.people[role])
    for name, rule in RULES.items():
        address = reverse(name, kwargs=rule.parts(world))
        answer = getattr(come(), rule.method)(address)
        assert answer.status_code < 500, (name, answer.status_code)
        # An empty choice says in words that nothing is chosen.
        assert answer.streaming or b">---------<" not in answer.content, name
        allowed = role in table[name] and name not in NOT_THERE
        if answer.status_code == 200 and "html" not in answer.headers["Content-Type"]:
            assert any(row.startswith(f"`{name}`") for row in files), f"{name} gives a file"
        if refused(answer) == allowed:
            wrong.append((name, answer.status_code, answer.headers.get("Location", "")))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
@refusals_once()
@rights_read_once()
def test_a_post_from_elsewhere_is_refused(world: SimpleNamespace, role: str) -> None:
    """Without the secret of the form nothing is taken, whoever is signed in."""
    come = entrance(world.people[role], enforce_csrf_checks=True)
    for name, rule in RULES.items():
        answer = come().post(reverse(name, kwargs=rule.parts(world)), {"action": "withdraw"})
        if answer.status_code == 200:
            # The one click of a letter carries its own secret and nothing of the session.
            assert name in ("notice_unsubscribe",), name
        assert answer.status_code in (200, 301, 302, 400, 403, 404, 405), (name, answer.status_code)
        if answer.status_code == 302:
            assert "/account/log-in/" in answer.headers["Location"], name
