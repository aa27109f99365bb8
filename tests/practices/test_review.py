"""The review of a practice: who decides what, in which order, and what follows."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry, TaskState

from core.models import Letter, Notice
from core.services.letter_sending import send_waiting
from practices.enums import Section, Standing
from practices.models import (
    CouncilDecision,
    ExpertReview,
    FormalCheck,
    PracticeCase,
    PracticeDecision,
    ReviewRemark,
)
from practices.queries.review import current_round, obstacles, verdict_of
from practices.review_enums import CouncilOutcome, DecisionKind, SheetState
from practices.services.council import decide_by_council
from practices.services.review_check import check_formally
from practices.services.review_decisions import decide
from practices.services.review_experts import (
    ask_expert,
    decline_review,
    release_expert,
    skip_experts,
)
from practices.services.review_scores import save_scores, submit_scores
from practices.services.review_steps import Remark
from tests.factories.people import UserFactory
from tests.practices.reviewed import (
    all_passed,
    before_council,
    colleague_of,
    fresh,
    hand_in,
    rules,
    scored,
    seen,
    send,
    sent,
    standing,
    with_experts,
)

pytestmark = pytest.mark.django_db


def refused(error: pytest.ExceptionInfo[ValidationError]) -> str:
    """Code of the error, or the first field it is about."""
    named = getattr(error.value, "error_dict", None)
    return next(iter(named)) if named else str(error.value.code)


def test_what_the_methodist_returns_comes_back_and_is_checked_anew(bank: SimpleNamespace) -> None:
    author = UserFactory()
    page = sent(bank, author=author)
    Letter.objects.all().delete()
    answers = all_passed(summary="Сократите до 500 знаков", materials="Подпишите файл")
    screen = seen(page)
    for _press in range(2):
        check = check_formally(**screen, answers=answers, user=bank.methodist)
        assert check is not None
        assert not check.passed
    assert FormalCheck.objects.count() == 1
    assert standing(page) == Standing.RETURNED
    told = ReviewRemark.objects.filter(practice=page, closed_at=None)
    assert {remark.field: remark.text for remark in told} == {
        "summary": "Сократите до 500 знаков",
        "materials": "Подпишите файл",
    }
    notice = Notice.objects.get(recipient=author)
    assert notice.subject == f"Нужно исправить: {page.draft_title}"
    letter = Letter.objects.get(recipient=author.email)
    assert "Краткое" in letter.text or "Сократите до 500 знаков" in letter.text
    assert "Материалы: Подпишите файл" in letter.text
    assert "/admin/" not in letter.text

    send(page, author)
    assert standing(page) == Standing.SUBMITTED
    check_formally(**seen(page), answers=all_passed(), user=bank.methodist)
    assert standing(page) == Standing.EXPERTISE
    case = PracticeCase.objects.get(practice=page)
    assert case.assigned_to == bank.methodist


def test_the_check_asks_for_every_point_and_a_word_for_what_is_wrong(bank: SimpleNamespace) -> None:
    page = sent(bank)
    answers = all_passed(summary=" ")
    answers = [item for item in answers if item.field != "materials"]
    with pytest.raises(ValidationError) as error:
        check_formally(**seen(page), answers=answers, user=bank.methodist)
    assert len(error.value.error_dict) == 2
    assert standing(page) == Standing.SUBMITTED


def test_from_the_experts_by_the_council_into_the_addresses(bank: SimpleNamespace) -> None:
    author = UserFactory()
    page = with_experts(bank, author=author)
    address = page.get_url()
    first, second = ExpertReview.objects.filter(practice=page)
    hand_in(first, 3)
    assert standing(page) == Standing.EXPERTISE
    hand_in(second, 2)
    assert standing(page) == Standing.DECISION
    verdict = verdict_of(current_round(page))
    assert (verdict.experts, verdict.mean, verdict.proposed) == (2, 20, DecisionKind.ADDRESSES)

    screen = seen(page)
    for _press in range(2):
        decide(**screen, kind=DecisionKind.ADDRESSES, user=bank.methodist)
    assert PracticeDecision.objects.count() == 1
    assert (standing(page), fresh(page).live) == (Standing.COUNCIL, False)

    # Nobody has seen what the author writes now.
    later = fresh(page)
    later.title = "Дописано после решения"
    later.save_revision(user=author)
    screen = seen(page)
    for _press in range(2):
        decide_by_council(
            practice=screen["practice"],
            step=screen["step"],
            number="7",
            date=date(2026, 11, 20),
            outcome=CouncilOutcome.GENERALISE,
            user=bank.methodist,
        )
    shown = fresh(page)
    assert CouncilDecision.objects.count() == 1
    assert (standing(page), shown.live) == (Standing.PUBLISHED, True)
    assert shown.is_child_of(bank.sections[Section.ADDRESSES])
    assert shown.title != "Дописано после решения"
    moved = Client().get(address)
    assert (moved.status_code, moved["Location"]) == (301, shown.get_url())
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count() == 1
    assert Notice.objects.filter(recipient=author, subject__startswith="Опубликована").count() == 1
    letters = Letter.objects.filter(recipient=author.email)
    assert not any("/admin/" in letter.text for letter in letters)
    send_waiting()


def test_scores_below_the_threshold_go_to_the_bank_or_back(bank: SimpleNamespace) -> None:
    page = scored(bank, points=1)
    assert verdict_of(current_round(page)).proposed == DecisionKind.RETURN
    screen = seen(page)
    with pytest.raises(ValidationError) as error:
        decide(**screen, kind=DecisionKind.ADDRESSES, user=bank.methodist)
    assert refused(error) == "kind"
    with pytest.raises(ValidationError) as error:
        decide(**screen, kind=DecisionKind.PUBLISH, user=bank.methodist)
    assert refused(error) == "reasons"
    with pytest.raises(ValidationError) as error:
        decide(**screen, kind=DecisionKind.RETURN, user=bank.methodist)
    assert refused(error) == "remarks"
    decide(
        **screen,
        kind=DecisionKind.RETURN,
        remarks=[Remark("results", "Нет данных до и после"), Remark("", " ")],
        user=bank.methodist,
    )
    assert standing(page) == Standing.RETURNED
    # What was returned after the scores is checked from the beginning, by new sheets.
    author = page.authors.get().user
    send(page, author)
    assert standing(page) == Standing.SUBMITTED
    check_formally(
        **seen(page), answers=all_passed(), skip_reason="Сроки конкурса", user=bank.methodist
    )
    assert standing(page) == Standing.DECISION
    assert not verdict_of(current_round(page)).has_scores
    decide(**seen(page), kind=DecisionKind.PUBLISH, user=bank.methodist)
    assert (standing(page), fresh(page).live) == (Standing.PUBLISHED, True)
    assert fresh(page).is_child_of(bank.sections[Section.BANK])


def test_turned_down_with_reasons_only(bank: SimpleNamespace) -> None:
    page = scored(bank)
    with pytest.raises(ValidationError) as error:
        decide(**seen(page), kind=DecisionKind.REJECT, user=bank.methodist)
    assert refused(error) == "reasons"
    decide(**seen(page), kind=DecisionKind.REJECT, reasons="Не наша тема", user=bank.methodist)
    assert (standing(page), fresh(page).live) == (Standing.REJECTED, False)


def test_a_correction_of_what_is_public_stays_in_its_section(bank: SimpleNamespace) -> None:
    page = before_council(bank)
    step = {key: value for key, value in seen(page).items() if key != "seen"}
    minutes = {"number": "1", "date": timezone.localdate(), "user": bank.methodist}
    tomorrow = minutes | {"date": timezone.localdate() + timedelta(days=1)}
    with pytest.raises(ValidationError) as error:
        decide_by_council(**step, **tomorrow, outcome=CouncilOutcome.BANK)
    assert refused(error) == "date"
    decide_by_council(**step, **minutes, outcome=CouncilOutcome.GENERALISE)
    shown = fresh(page)
    shown.summary = "Исправлено"
    author = page.authors.get().user
    shown.save_revision(user=author)
    shown.get_workflow().start(shown, author)
    check_formally(**seen(page), answers=all_passed(), skip_reason="Опечатка", user=bank.methodist)
    assert fresh(page).summary != "Исправлено", "the old version stays public"
    decide(**seen(page), kind=DecisionKind.PUBLISH, user=bank.methodist)
    assert fresh(page).summary == "Исправлено"
    assert fresh(page).is_child_of(bank.sections[Section.ADDRESSES])


def test_who_may_be_an_expert(bank: SimpleNamespace) -> None:
    author, invited = UserFactory(), UserFactory()
    colleague = colleague_of(author)
    page = sent(bank, author=author)
    page.authors.create(user=invited, order=1)
    check_formally(**seen(page), answers=all_passed(), user=bank.methodist)
    closed = UserFactory(is_active=False)
    people = [author, invited, colleague, closed, *bank.experts]
    assert obstacles(page, people).keys() == {
        person.pk for person in (author, invited, colleague, closed)
    }
    for person in (author, invited, colleague, closed):
        with pytest.raises(ValidationError) as error:
            ask_expert(practice=page, expert=person, user=bank.methodist)
        assert refused(error) == "excluded"
    for _press in range(2):
        for person in bank.experts:
            ask_expert(practice=page, expert=person, user=bank.methodist)
    assert ExpertReview.objects.filter(practice=page).count() == 2
    with pytest.raises(ValidationError) as error:
        ask_expert(practice=page, expert=UserFactory(), user=bank.methodist)
    assert refused(error) == "enough"


def test_an_expert_declines_and_is_replaced(bank: SimpleNamespace) -> None:
    page = with_experts(bank)
    first, second = ExpertReview.objects.filter(practice=page)
    with pytest.raises(ValidationError):
        decline_review(sheet=first, reason=" ", user=first.expert)
    for _press in range(2):
        decline_review(sheet=first, reason="Автор — моя ученица", user=first.expert)
    assert Notice.objects.filter(recipient=bank.methodist, text__contains="ученица").count() == 1
    other = ask_expert(practice=page, expert=UserFactory(), user=bank.methodist)
    for _press in range(2):
        release_expert(sheet=second, reason="Болеет", user=bank.methodist)
    with pytest.raises(ValidationError):
        hand_in(second, 3)
    hand_in(other, 3)
    assert standing(page) == Standing.EXPERTISE
    with pytest.raises(ValidationError):
        release_expert(sheet=other, reason="Поздно", user=bank.methodist)
    step = seen(page)["step"]
    for _press in range(2):
        skip_experts(practice=page, step=step, reason="Второго нет", user=bank.methodist)
    assert standing(page) == Standing.DECISION
    assert verdict_of(current_round(page)).experts == 1
    assert TaskState.objects.get(pk=step).status == TaskState.STATUS_SKIPPED


def test_a_sheet_is_kept_as_a_draft_and_handed_in_whole(bank: SimpleNamespace) -> None:
    page = with_experts(bank)
    sheet = ExpertReview.objects.filter(practice=page).first()
    assert sheet is not None
    numbers = [score.criterion_id for score in sheet.scores.all()]
    save_scores(sheet=sheet, scores={numbers[0]: 2}, conclusion="", user=sheet.expert)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total) == (SheetState.ACCEPTED, 2)
    for value in (-1, 4):
        with pytest.raises(ValidationError) as error:
            save_scores(sheet=sheet, scores={numbers[1]: value}, conclusion="", user=sheet.expert)
        assert refused(error) == f"score_{numbers[1]}"
    with pytest.raises(ValidationError) as error:
        submit_scores(sheet=sheet, scores={}, conclusion="", user=sheet.expert)
    assert len(error.value.error_dict) == len(numbers)
    with pytest.raises(PermissionDenied):
        save_scores(sheet=sheet, scores={}, conclusion="", user=UserFactory())
    for _press in range(2):
        hand_in(sheet, 1)
    actions = PageLogEntry.objects.filter(page=page.pk, action="practices.submit_review")
    assert actions.count() == 1


def test_the_author_writes_on_while_an_expert_scores(bank: SimpleNamespace) -> None:
    page = with_experts(bank)
    sheet = ExpertReview.objects.filter(practice=page).first()
    assert sheet is not None
    given = sheet.revision_id
    changed = fresh(page)
    changed.summary = "Другое"
    changed.save_revision(user=page.authors.get().user)
    hand_in(sheet, 2)
    sheet.refresh_from_db()
    assert sheet.revision_id == given
    told = Notice.objects.filter(recipient=bank.methodist, subject__startswith="Текст изменён")
    assert told.count() == 1
    hand_in(ExpertReview.objects.filter(practice=page).open().get(), 2)
    screen = seen(page)
    again = fresh(page)
    again.save_revision(user=page.authors.get().user)
    with pytest.raises(ValidationError) as error:
        decide(**screen, kind=DecisionKind.PUBLISH, user=bank.methodist)
    assert refused(error) == "changed_meanwhile"


def test_the_second_methodist_hears_who_was_first(bank: SimpleNamespace) -> None:
    page = sent(bank)
    screen, other = seen(page), UserFactory(groups=["Методист"])
    check_formally(**screen, answers=all_passed(), user=bank.methodist)
    with pytest.raises(ValidationError, match=str(bank.methodist)):
        check_formally(**screen, answers=all_passed(summary="Коротко"), user=other)
    assert ReviewRemark.objects.count() == 0


def test_how_many_experts_is_a_rule(bank: SimpleNamespace) -> None:
    rules(experts=1)
    bank.experts = bank.experts[:1]
    page = scored(bank)
    assert standing(page) == Standing.DECISION
