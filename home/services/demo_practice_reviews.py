"""Reviews of the demonstration: practices on their way, scores of published ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.models import Letter
from core.working_days import due_after
from home.services.demo_register import MARK, demo_organisation, demo_person
from home.services.seeding import once, source_locale
from people.enums import Role
from people.models import User
from people.services.addresses import set_address
from practices.enums import Section, Standing
from practices.models import (
    CheckAnswer,
    ChecklistPoint,
    CouncilDecision,
    ExpertReview,
    ExpertScore,
    FormalCheck,
    PracticeCase,
    PracticeDecision,
    PracticePage,
    PracticeSectionPage,
    ReviewCriterion,
    ReviewRemark,
)
from practices.queries.review import methodists
from practices.review_enums import CouncilOutcome, DecisionKind, SheetState
from practices.services.review_check import PointAnswer, check_formally
from practices.services.review_steps import Remark

TEXTS: dict[str, dict[str, Any]] = {
    "kvest-po-istorii": {
        "summary": "Класс проходит по станциям с фронтовыми письмами и собирает рассказ о земляке.",
        "relevance": "Параграф о войне проходит мимо, если в нём нет людей своего села.",
        "goal": "Научить читать письмо как источник: кто пишет, кому, что можно проверить.",
        "tasks": "найти в письме имена и даты\nсверить их с картой\nсобрать рассказ группы",
        "results": "К концу квеста каждая группа составила рассказ с двумя ссылками на письма.",
        "level": "basic",
        "grade_from": 8,
        "grade_to": 9,
        "is_own_work": True,
        "no_children": True,
    },
    "ustnyj-schyot": {
        "summary": "Карточки, с которыми второклассники считают в парах пять минут в начале урока.",
        "relevance": "Устный счёт хором видит только сильных; карточки дают слово каждому.",
        "goal": "Довести сложение и вычитание в пределах ста до уверенного.",
        "level": "primary",
        "grade_from": 2,
        "grade_to": 2,
        "is_own_work": True,
    },
    "geometriya-v-prirode": {
        "summary": "Прогулка с заданиями: где в степи прячутся симметрия и подобие.",
        "level": "basic",
        "grade_from": 7,
        "grade_to": 8,
    },
}
REMARKS = {
    "results": "Не заполнен раздел «Результативность»: нет данных до и после.",
    "no_children": "На фото видны дети: нужно согласие родителей или другое фото.",
}
EXPERT = "ekspert@demo.local"


@transaction.atomic
def load_demo_reviews(content: dict[str, Any]) -> None:
    """Each once; without sections or without a methodist nothing is made yet."""
    section = PracticeSectionPage.objects.filter(
        section=Section.BANK, locale=source_locale()
    ).first()
    methodist = methodists().first()
    if section is None or methodist is None:
        return
    began = timezone.now()
    for entry in content["workflow_examples"]:
        author = _account(entry["author"])
        if author is not None and once(f"practice-case:{entry['slug']}"):
            _make_case(entry, section, author, methodist)
    for entry in content["practices"]:
        page = PracticePage.objects.filter(slug=entry["slug"], live=True).first()
        if page is not None and entry.get("review") and once(f"practice-review:{entry['slug']}"):
            _make_review(entry["review"], page, methodist)
    # Nobody is to get a letter about what never happened; the notices stay.
    Letter.objects.filter(created_at__gte=began).delete()


def _make_case(
    entry: dict[str, Any], section: PracticeSectionPage, author: User, methodist: User
) -> None:
    page = PracticePage(
        title=f"{entry['title']} (демо)",
        slug=entry["slug"],
        live=False,
        owner=author,
        locale=section.locale,
        **TEXTS[entry["slug"]],
    )
    section.add_child(instance=page)
    page.save_revision(user=author)
    page.authors.create(
        user=author,
        organisation=demo_organisation(entry["org"]),
        confirmed_at=timezone.now(),
    )
    case = PracticeCase.objects.create(practice=page)
    if entry["status"] == "draft" or page.get_workflow() is None:
        return
    page.get_workflow().start(page, author)
    if entry["status"] == "revision":
        _return(page, methodist)
    _date_back(case, timedelta(days=-entry["offset_days"]))


def _return(page: PracticePage, methodist: User) -> None:
    """The two remarks of the data, each at its field."""
    answers = [
        PointAnswer(point.pk, point.field not in REMARKS, point.field, REMARKS.get(point.field, ""))
        for point in ChecklistPoint.objects.filter(is_used=True)
    ]
    state = page.current_workflow_task_state
    check_formally(
        practice=page,
        step=state.pk,
        seen=int(page.latest_revision_id or 0),
        answers=answers,
        more=[Remark("results", REMARKS["results"])],
        user=methodist,
    )


def _date_back(case: PracticeCase, ago: timedelta) -> None:
    """As if it had happened so long ago."""
    moment = timezone.now() - ago
    case.refresh_from_db()
    case.sent_at = case.standing_since = moment
    if case.standing == Standing.SUBMITTED:
        case.due_on = due_after(timezone.localdate(moment), 3)
    case.save()
    ReviewRemark.objects.filter(practice=case.practice_id).update(made_at=moment)


def _make_review(review: dict[str, Any], page: PracticePage, methodist: User) -> None:
    """The scores of the data, the decision and, in the Addresses, the minutes of the council."""
    published = page.first_published_at or timezone.now()
    check = FormalCheck.objects.create(
        practice=page,
        revision=page.latest_revision,
        passed=True,
        made_by=methodist,
        made_at=published - timedelta(days=12),
    )
    points = ChecklistPoint.objects.filter(is_used=True)
    CheckAnswer.objects.bulk_create(
        CheckAnswer(check_made=check, point=point, passed=True) for point in points
    )
    sheet = ExpertReview.objects.create(
        practice=page,
        round=check,
        revision=page.latest_revision,
        expert=_expert(review["expert"], methodist),
        asked_by=methodist,
        asked_at=published - timedelta(days=12),
        due_on=due_after(timezone.localdate(published) - timedelta(days=12), 10),
        state=SheetState.SUBMITTED,
        conclusion=review["conclusion"],
        closed_at=published - timedelta(days=3),
    )
    ExpertScore.objects.bulk_create(
        ExpertScore(review=sheet, criterion=criterion, value=review["scores"][criterion.code])
        for criterion in ReviewCriterion.objects.filter(code__in=review["scores"])
    )
    section = PracticeSectionPage.objects.filter(pk=page.get_parent().pk).first()
    addresses = section is not None and section.section == Section.ADDRESSES
    PracticeDecision.objects.create(
        practice=page,
        revision=page.latest_revision,
        kind=DecisionKind.ADDRESSES if addresses else DecisionKind.PUBLISH,
        made_by=methodist,
        made_at=published - timedelta(days=2),
    )
    if addresses:
        CouncilDecision.objects.create(
            practice=page,
            revision=page.latest_revision,
            number="4 (демо)",
            date=timezone.localdate(published),
            outcome=CouncilOutcome.GENERALISE,
            made_by=methodist,
            made_at=published,
        )


def _expert(name: str, methodist: User) -> User:
    """The account that the data calls so: the methodist, or an expert who never signs in."""
    if Role.METHODIST.value.casefold() in name.casefold():
        return methodist
    found = User.objects.filter(email=EXPERT).first()
    return found or _closed_account(EXPERT, name, "")


def _account(code: str) -> User | None:
    """The account of a teacher of the demonstration; one nobody signs in with if there is none."""
    record = demo_person(code)
    if record is None:
        return None
    if record.user is None:
        record.user = _closed_account(
            f"{code}@demo.local", record.last_name.removesuffix(MARK), record.first_name
        )
        record.save(update_fields=["user"])
    return record.user


def _closed_account(email: str, last_name: str, first_name: str) -> User:
    made = User(email=email, last_name=last_name, first_name=first_name)
    made.set_unusable_password()
    made.save()
    set_address(user=made, confirmed=True)
    return made
