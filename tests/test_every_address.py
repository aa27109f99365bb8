"""Every address of the portal, tried by every role with the numbers of somebody else.

The list of addresses is read from the program: one that has no rule here fails the test, so a new
view cannot be forgotten. What a rule does not allow is refused: a way to the entrance, 403 or 404.
The admin has a table of its own (tests/home/roles.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from core.models import Notice, PrivateFile
from home.services.roles import set_up_roles
from people.enums import OrganisationRoleKind, Role
from people.models import (
    ConsentText,
    CorrectionRequest,
    Invitation,
    StaffImport,
    StaffMove,
    TeacherPage,
    User,
)
from people.services.consents import give_consent, set_up_consent_texts
from people.services.erasure import ask_erasure
from people.services.links import ask_link
from tests.factories.monitoring import IndicatorFactory
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ROLES = (
    *("visitor", "teacher", "owner", "head", "other_head"),
    *("editor", "methodist", "coordinator", "administrator"),
)
EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {"visitor"}
OWNER = frozenset({"owner"})
CENTRE = frozenset({"methodist", "coordinator"})
COUNTED = {"number": 3, "year": 2024}
STAFF = frozenset({"head", "methodist", "coordinator", "administrator"})

KEEPERS = STAFF - {"coordinator"}
WATCHERS = frozenset({"methodist", "administrator"})


@dataclass(frozen=True)
class Rule:
    """Who gets an answer, asked how, with which parts of the address."""

    allowed: frozenset[str]
    parts: Callable[[SimpleNamespace], dict[str, Any]] = lambda world: {}
    method: str = "get"


def _number(name: str) -> Callable[[SimpleNamespace], dict[str, Any]]:
    return lambda world: {"pk": getattr(world, name).pk}


# Pages whose rights are those of the page or the file they show; their own tests hold the tables:
# test_document_access, test_downloads, test_feeds, test_search_access, test_serve, test_files.
ELSEWHERE = {
    *("document_download", "wagtaildocs_serve", "wagtaildocs_authenticate_with_password"),
    *("wagtail_serve", "wagtailcore_authenticate_with_password", "wagtailcore_login"),
    *("news_rss", "news_atom", "road_map_file", "sitemap_file", "patterns", "media"),
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
    "cabinet": Rule(SIGNED_IN),
    "profile": Rule(SIGNED_IN),
    "notices": Rule(SIGNED_IN),
    "notices_read": Rule(SIGNED_IN, method="post"),
    "notice_settings": Rule(SIGNED_IN),
    "notice": Rule(OWNER, _number("notice")),
    # A link of a letter works for whoever holds it; a wrong one says so.
    "notice_unsubscribe": Rule(EVERYBODY, lambda world: {"token": "forged"}),
    "invitation": Rule(EVERYBODY, lambda world: {"token": "forged"}),
    "consents": Rule(SIGNED_IN),
    "consent": Rule(SIGNED_IN, lambda world: {"kind": "processing"}),
    "consent_paper": Rule(OWNER, _number("consent")),
    "consent_docx": Rule(OWNER, _number("consent")),
    "consent_register": Rule(frozenset({"administrator"})),
    "consent_register_file": Rule(frozenset({"administrator"})),
    "my_data": Rule(SIGNED_IN),
    # Behind the password, which is asked for once more.
    "ask_erasure": Rule(SIGNED_IN),
    "erasure_withdraw": Rule(SIGNED_IN, method="post"),
    "copy_data": Rule(SIGNED_IN),
    "own_openings": Rule(SIGNED_IN),
    "openings": Rule(frozenset({"administrator"})),
    "erasures": Rule(frozenset({"administrator"})),
    "erasure": Rule(frozenset({"administrator"}), _number("erasure")),
    "retention": Rule(frozenset({"administrator"})),
    "staff_erase": Rule(frozenset({"administrator"}), _number("record")),
    "invitation_erase": Rule(frozenset({"administrator"}), _number("invitation")),
    "own_corrections": Rule(SIGNED_IN),
    "correction_choose": Rule(SIGNED_IN),
    "ask_correction": Rule(OWNER, lambda world: {"target": f"training-{world.training.pk}"}),
    "correction_withdraw": Rule(OWNER, _number("correction"), "post"),
    "corrections": Rule(KEEPERS | {"other_head"}),
    "correction": Rule(KEEPERS, _number("correction")),
    "invitations": Rule(frozenset({"head", "other_head", "administrator"})),
    "invite": Rule(frozenset({"head", "other_head", "administrator"})),
    "invitation_again": Rule(frozenset({"head", "administrator"}), _number("invitation"), "post"),
    "invitation_revoke": Rule(frozenset({"head", "administrator"}), _number("invitation"), "post"),
    "private_file": Rule(OWNER, _number("file")),
    "private_uploads": Rule(SIGNED_IN, method="post"),
    "private_upload": Rule(frozenset(), lambda world: {"pk": uuid4()}, "head"),
    "staff": Rule(STAFF | {"other_head"}),
    # Nobody enters a consent for oneself, and the coordinator keeps no records.
    "paper_consent": Rule(KEEPERS, _number("record")),
    "staff_card": Rule(STAFF | OWNER, _number("record")),
    "staff_confirm": Rule(frozenset({"methodist"}), _number("record"), "post"),
    "staff_export": Rule(STAFF | {"other_head"}),
    "staff_template": Rule(KEEPERS | {"other_head"}),
    "staff_imports": Rule(KEEPERS | {"other_head"}),
    "staff_import": Rule(frozenset({"head"}), _number("load")),
    "staff_import_apply": Rule(frozenset({"head"}), _number("load"), "post"),
    "staff_import_drop": Rule(frozenset({"head"}), _number("load"), "post"),
    "staff_new": Rule(KEEPERS | {"other_head"}),
    "staff_edit": Rule(KEEPERS, _number("record")),
    "staff_leave": Rule(KEEPERS, _number("record")),
    "staff_move": Rule(KEEPERS, _number("record")),
    "staff_moves": Rule(KEEPERS | {"other_head"}),
    "staff_move_ask": Rule(frozenset({"head", "other_head"})),
    # The school that the person leaves, and those who keep everybody.
    "staff_move_request": Rule(KEEPERS, _number("move")),
    "staff_move_withdraw": Rule(WATCHERS | {"other_head"}, _number("move"), "post"),
    "staff_link": Rule(SIGNED_IN),
    "staff_links": Rule(KEEPERS | {"other_head"}),
    "staff_link_confirm": Rule(KEEPERS, _number("link"), "post"),
    "staff_link_refuse": Rule(KEEPERS, _number("link"), "post"),
    # Without a record of one's own the way leads there.
    "trainings": Rule(SIGNED_IN),
    "training_new": Rule(SIGNED_IN),
    "training": Rule(OWNER, _number("training")),
    "training_delete": Rule(OWNER, _number("spare_training"), "post"),
    "trainings_waiting": Rule(KEEPERS | {"other_head"}),
    "training_confirm": Rule(KEEPERS, _number("training"), "post"),
    "training_return": Rule(KEEPERS, _number("training"), "post"),
    "staff_quarter": Rule(frozenset({"head", "other_head"})),
    "indicators": Rule(CENTRE),
    "indicator_people": Rule(CENTRE, lambda world: {**COUNTED, "part": "denominator"}),
    "indicator_snapshot": Rule(frozenset({"coordinator"}), lambda world: COUNTED, "post"),
    "indicator_confirm": Rule(frozenset({"coordinator"}), lambda world: COUNTED, "post"),
    # Without a record of one's own the way leads there.
    "own_page": Rule(SIGNED_IN),
    "portfolio": Rule(SIGNED_IN),
    "watched_pages": Rule(WATCHERS),
    "page_hide": Rule(WATCHERS, lambda world: {"pk": world.page.pk}, "post"),
    "page_give_back": Rule(WATCHERS, lambda world: {"pk": world.page.pk}, "post"),
    "teachers": Rule(EVERYBODY),
    "teacher": Rule(EVERYBODY, lambda world: {"slug": world.page.slug}),
    "teacher_portrait": Rule(EVERYBODY, lambda world: {"slug": world.page.slug}),
    "organisations": Rule(EVERYBODY),
    "staff_in_numbers": Rule(EVERYBODY),
    "organisation": Rule(EVERYBODY, lambda world: {"slug": world.school.slug}),
    "search": Rule(EVERYBODY),
    "search_suggest": Rule(EVERYBODY),
    "vision": Rule(EVERYBODY),
    "health_live": Rule(EVERYBODY),
    "health_ready": Rule(EVERYBODY),
    "robots": Rule(EVERYBODY),
    "security_txt": Rule(EVERYBODY),
    "manifest": Rule(EVERYBODY),
    "favicon": Rule(EVERYBODY),
    "sitemap": Rule(EVERYBODY),
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


@pytest.fixture
def world(site_tree: SimpleNamespace) -> SimpleNamespace:
    """One teacher with everything a person can have here, and people of every role around."""
    set_up_roles()
    set_up_consent_texts()
    school, other = OrganisationFactory(), OrganisationFactory()
    head = OrganisationRoleFactory(organisation=school, kind=OrganisationRoleKind.HEAD).user
    other_head = OrganisationRoleFactory(organisation=other, kind=OrganisationRoleKind.HEAD).user
    owner = UserFactory()
    people: dict[str, User | None] = {
        "visitor": None,
        "teacher": UserFactory(),
        "owner": owner,
        "head": head,
        "other_head": other_head,
    }
    for role in Role:
        people[role.name.lower()] = UserFactory(groups=[role.value])
    text = ConsentText.objects.get(kind="processing")
    # Everybody has agreed: no refusal below is one of the missing consent.
    consents = {name: give_consent(user=user, text=text) for name, user in people.items() if user}
    record = StaffRecordFactory(organisation=school, user=owner)
    IndicatorFactory(number=3, years={2024: (50, None)})
    distribution = ConsentText.objects.get(kind="distribution")
    give_consent(user=owner, text=distribution, items=["name"])
    return SimpleNamespace(
        people=people,
        page=TeacherPage.objects.create(user=owner, slug="owner-of-all", is_open=True),
        school=school,
        record=record,
        training=TrainingRecordFactory(record=record),
        load=StaffImport.objects.create(user=head, file_name="Список.xlsx"),
        spare_training=TrainingRecordFactory(record=record),
        consent=consents["owner"],
        link=ask_link(
            user=UserFactory(),
            organisation=school,
            last_name="Новая",
            first_name="Анна",
            patronymic="",
            birth_date=date(1990, 1, 1),
        ),
        move=StaffMove.objects.create(
            record=record,
            organisation=other,
            title="учитель",
            starts_on=timezone.localdate(),
            asked_by=other_head,
        ),
        erasure=ask_erasure(user=UserFactory()),
        correction=CorrectionRequest.objects.create(
            user=owner, record=record, target="card-positions", due_on=timezone.localdate()
        ),
        notice=Notice.objects.create(recipient=owner, kind="notice", subject="Слова"),
        file=PrivateFile.objects.create(
            file="people/missing.pdf",
            original_name="Справка.pdf",
            size=4,
            checksum="0" * 64,
            uploaded_by=owner,
        ),
        invitation=Invitation.objects.create(
            email="new@example.org",
            token_hash="1" * 64,
            organisation=school,
            invited_by=head,
            expires_at=timezone.now() + timedelta(days=3),
        ),
    )


def refused(answer: Any) -> bool:
    """Whether the answer is a refusal: to the entrance, forbidden, or as if there were nothing."""
    to_entrance = answer.status_code == 302 and "/account/log-in/" in answer.headers["Location"]
    return to_entrance or answer.status_code in (401, 403, 404, 410)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_allowed_is_refused(world: SimpleNamespace, role: str) -> None:
    wrong = []
    for name, rule in RULES.items():
        client = Client(raise_request_exception=True)
        person = world.people[role]
        if person is not None:
            client.force_login(person)
        address = reverse(name, kwargs=rule.parts(world))
        answer = getattr(client, rule.method)(address)
        assert answer.status_code < 500, (name, answer.status_code)
        # An empty choice says in words that nothing is chosen.
        assert answer.streaming or b">---------<" not in answer.content, name
        allowed = role in rule.allowed and name not in NOT_THERE
        if refused(answer) == allowed:
            wrong.append((name, answer.status_code, answer.headers.get("Location", "")))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_a_post_from_elsewhere_is_refused(world: SimpleNamespace, role: str) -> None:
    """Without the secret of the form nothing is taken, whoever is signed in."""
    person = world.people[role]
    for name, rule in RULES.items():
        client = Client(enforce_csrf_checks=True)
        if person is not None:
            client.force_login(person)
        answer = client.post(reverse(name, kwargs=rule.parts(world)), {"action": "withdraw"})
        if answer.status_code == 200:
            # The one click of a letter carries its own secret and nothing of the session.
            assert name in ("notice_unsubscribe",), name
        assert answer.status_code in (200, 301, 302, 400, 403, 404, 405), (name, answer.status_code)
        if answer.status_code == 302:
            assert "/account/log-in/" in answer.headers["Location"], name
