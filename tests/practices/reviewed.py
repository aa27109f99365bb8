"""A bank with its review, and practices that stand at any step of it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from home.services.editorial import set_up_editorial
from home.services.practice_review import attach_practice_workflow
from people.enums import Role
from people.models import User
from practices.enums import Section, Standing
from practices.models import (
    ChecklistPoint,
    ExpertReview,
    PracticeCase,
    PracticePage,
    ReviewRemark,
    ReviewRules,
)
from practices.review_enums import DecisionKind
from practices.services.review_check import PointAnswer, check_formally
from practices.services.review_decisions import decide
from practices.services.review_experts import ask_expert
from practices.services.review_scores import submit_scores
from tests.factories.people import OrganisationFactory, StaffRecordFactory, UserFactory
from tests.factories.practices import (
    PracticeBankPageFactory,
    PracticePageFactory,
    PracticeSectionPageFactory,
)


def make_bank(home: Any) -> SimpleNamespace:
    """The set-up of a new portal, a bank with two sections, a methodist and two experts."""
    set_up_editorial()
    bank = PracticeBankPageFactory(parent=home)
    sections = {
        section: PracticeSectionPageFactory(parent=bank, section=section, slug=section.value)
        for section in Section
    }
    attach_practice_workflow(bank)
    return SimpleNamespace(
        bank=bank,
        sections=sections,
        methodist=UserFactory(groups=[Role.METHODIST.value]),
        experts=[UserFactory(), UserFactory()],
    )


def sent(place: SimpleNamespace, author: User | None = None, **values: Any) -> PracticePage:
    """A new practice that its author has just sent."""
    page = PracticePageFactory(parent=place.sections[Section.BANK], draft=True, **values)
    author = author or UserFactory()
    page.authors.create(user=author, confirmed_at=page.latest_revision_created_at or _now())
    PracticeCase.objects.create(practice=page)
    send(page, author)
    return fresh(page)


def send(page: PracticePage, author: User) -> None:
    """Send it (again), as the cabinet of the author does."""
    page = fresh(page)
    page.save_revision(user=author, changed=True)
    ReviewRemark.objects.filter(practice=page).update(closed_at=_now())
    flow = page.current_workflow_state
    if flow is not None and flow.status == flow.STATUS_NEEDS_CHANGES:
        flow.resume(author)
    else:
        page.get_workflow().start(page, author)


def with_experts(place: SimpleNamespace, **values: Any) -> PracticePage:
    """The formal check is passed and both experts are asked."""
    page = sent(place, **values)
    check_formally(**seen(page), answers=all_passed(), user=place.methodist)
    for expert in place.experts:
        ask_expert(practice=page, expert=expert, user=place.methodist)
    return fresh(page)


def scored(place: SimpleNamespace, points: int = 3, **values: Any) -> PracticePage:
    """Both experts have given ``points`` for every criterion: the decision is open."""
    page = with_experts(place, **values)
    for sheet in ExpertReview.objects.filter(practice=page):
        hand_in(sheet, points)
    return fresh(page)


def before_council(place: SimpleNamespace, **values: Any) -> PracticePage:
    """Proposed for the Addresses."""
    page = scored(place, **values)
    decide(**seen(page), kind=DecisionKind.ADDRESSES, user=place.methodist)
    return fresh(page)


AT = {
    Standing.SUBMITTED: sent,
    Standing.EXPERTISE: with_experts,
    Standing.DECISION: scored,
    Standing.COUNCIL: before_council,
}


def hand_in(sheet: ExpertReview, points: int, user: User | None = None) -> ExpertReview:
    """Give ``points`` for every criterion and hand the sheet in."""
    scores = {score.criterion_id: points for score in sheet.scores.all()}
    expert = user or sheet.expert
    return submit_scores(sheet=sheet, scores=scores, conclusion="Годится.", user=expert)


def seen(page: PracticePage) -> dict[str, Any]:
    """The practice, its open step and its newest version, as a screen shows them."""
    now = fresh(page)
    state = now.current_workflow_task_state
    return {"practice": now, "step": state.pk if state else 0, "seen": now.latest_revision_id}


def all_passed(**failed: str) -> list[PointAnswer]:
    """Every point passed, but for the fields named: field → remark."""
    answers = []
    for point in ChecklistPoint.objects.filter(is_used=True):
        note = failed.pop(point.field, "") if point.field else ""
        answers.append(PointAnswer(point.pk, not note, point.field, note))
    assert not failed
    return answers


def standing(page: PracticePage) -> str:
    """Where it stands now."""
    return str(PracticeCase.objects.get(practice=page).standing)


def fresh(page: PracticePage) -> PracticePage:
    """The row as it is now."""
    return PracticePage.objects.get(pk=page.pk)


def colleague_of(author: User) -> User:
    """Somebody who works at the same school as ``author``."""
    school = OrganisationFactory()
    StaffRecordFactory(organisation=school, user=author)
    colleague = UserFactory()
    StaffRecordFactory(organisation=school, user=colleague)
    return colleague


def rules(**values: int) -> ReviewRules:
    """The rules of the review, changed by ``values``."""
    found = ReviewRules.load()
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    return found


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()
