"""One teacher with everything a person can have here, and people of every role around."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from core.models import Notice, PrivateFile
from home.services.roles import set_up_roles
from people.enums import OrganisationRoleKind, Role
from people.models import (
    CorrectionRequest,
    Invitation,
    StaffImport,
    StaffMove,
    TeacherPage,
    User,
)
from people.services.consent_texts import set_up_consent_texts, text_in_force
from people.services.consents import give_consent
from people.services.erasure import ask_erasure
from people.services.links import ask_link
from practices.enums import Standing
from practices.models import (
    ExpertReview,
    FormalCheck,
    PracticeCase,
    PracticePage,
    PracticeSectionPage,
)
from tests.factories.monitoring import IndicatorFactory
from tests.factories.people import (
    OrganisationFactory,
    OrganisationRoleFactory,
    StaffRecordFactory,
    TrainingRecordFactory,
    UserFactory,
)
from tests.factories.practices import PracticePageFactory, PracticeSectionPageFactory


@pytest.fixture(scope="module")
def made_world(
    made_site: SimpleNamespace | None, django_db_blocker: DjangoDbBlocker
) -> Iterator[SimpleNamespace | None]:
    """The world of the tests, for a file whose every test stands on the site; None: as there."""
    if made_site is None:
        yield None
        return
    with django_db_blocker.unblock(), transaction.atomic():
        yield _world()
        transaction.set_rollback(True)


@pytest.fixture(name="world")
def given_world(site_tree: SimpleNamespace, made_world: SimpleNamespace | None) -> SimpleNamespace:
    """One teacher with everything a person can have here, and people of every role around.

    Each test has its own copies: what one of them remembers is nothing to the next.
    """
    return _world() if made_world is None else deepcopy(made_world)


def _world() -> SimpleNamespace:
    IndicatorFactory(number=3, years={2024: (50, None)})
    return make_world()


def make_world() -> SimpleNamespace:
    """The same on a portal that has its pages and its road map already."""
    set_up_roles()
    set_up_consent_texts()
    school, other = OrganisationFactory(), OrganisationFactory()
    head = OrganisationRoleFactory(organisation=school, kind=OrganisationRoleKind.HEAD).user
    other_head = OrganisationRoleFactory(organisation=other, kind=OrganisationRoleKind.HEAD).user
    service = OrganisationRoleKind.METHODICAL_SERVICE
    owner = UserFactory()
    people: dict[str, User | None] = {
        "visitor": None,
        "teacher": UserFactory(),
        "owner": owner,
        "head": head,
        "keeper": OrganisationRoleFactory(organisation=school, kind=service).user,
        "other_head": other_head,
        "other_keeper": OrganisationRoleFactory(organisation=other, kind=service).user,
    }
    for role in Role:
        people[role.name.lower()] = UserFactory(groups=[role.value])
    reviewed, sheet = _practice_in_review(owner)
    text = text_in_force("processing")
    # Everybody has agreed: no refusal below is one of the missing consent.
    consents = {name: give_consent(user=user, text=text) for name, user in people.items() if user}
    record = StaffRecordFactory(organisation=school, user=owner)
    distribution = text_in_force("distribution")
    give_consent(user=owner, text=distribution, items=["name"])
    return SimpleNamespace(
        people=people,
        reviewed_practice=reviewed,
        sheet=sheet,
        page=TeacherPage.objects.create(user=owner, slug="owner-of-all", is_open=True),
        school=school,
        record=record,
        training=TrainingRecordFactory(record=record),
        # A draft, and what may be read by everybody.
        practice=PracticePageFactory(author=owner, live=False),
        published_practice=PracticePageFactory(),
        load=StaffImport.objects.create(user=head, file_name="Список.xlsx"),
        spare_training=TrainingRecordFactory(record=record),
        consent=consents["owner"],
        text=text,
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
            user=owner,
            record=record,
            target="card-positions",
            title="Должности",
            due_on=timezone.localdate(),
        ),
        notice=Notice.objects.create(recipient=owner, kind="notice", subject="Слова"),
        file=PrivateFile.objects.create(
            file="people/missing.pdf",
            original_name="Справка.pdf",
            size=4,
            checksum="0" * 64,
            uploaded_by=owner,
        ),
        spare_role=OrganisationRoleFactory(organisation=school, kind=service),
        invitation=Invitation.objects.create(
            email="new@example.org",
            token_hash="1" * 64,
            organisation=school,
            invited_by=head,
            expires_at=timezone.now() + timedelta(days=3),
        ),
    )


def _practice_in_review(expert: User) -> tuple[PracticePage, ExpertReview]:
    """A practice of somebody else that ``expert`` is asked to score."""
    section = PracticeSectionPage.objects.first() or PracticeSectionPageFactory()
    page = PracticePageFactory(parent=section, draft=True, author=UserFactory())
    page.save_revision()
    PracticeCase.objects.create(practice=page, standing=Standing.EXPERTISE)
    check = FormalCheck.objects.create(practice=page, passed=True)
    sheet = ExpertReview.objects.create(
        practice=page,
        round=check,
        revision=page.latest_revision,
        expert=expert,
        due_on=timezone.localdate(),
    )
    return page, sheet
