"""What the review tells people: written in the transaction of the decision it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from core.services.notices import notify, register_notice_kind
from practices.models import FormalCheckTask, PracticeAuthor, PracticeCase, PracticePage
from practices.permissions import user_checks_practices, user_sees_reviews
from practices.queries.review import authors_of, coordinators, methodists
from practices.review_fields import field_words

if TYPE_CHECKING:
    from people.models import User
    from practices.models import CouncilDecision, ExpertReview
    from practices.services.review_steps import Remark

STATE = "practice_state"
SHEET = "practice_sheet"
QUEUE = "practice_queue"


def _has_practice(user: User) -> bool:
    return PracticeAuthor.objects.filter(user=user).exists()


def _is_expert(user: User) -> bool:
    return bool(user.expert_reviews.exists())


# Without it the author would wait for nothing.
register_notice_kind(
    STATE,
    title=_("My practices: returned, published, turned down"),
    for_whom=_has_practice,
    may_be_off=False,
    order=40,
)
register_notice_kind(
    SHEET,
    title=_("Practices that I am asked to score"),
    for_whom=_is_expert,
    may_be_off=False,
    order=41,
)
register_notice_kind(
    QUEUE,
    title=_("Review of practices: what came and what is late"),
    for_whom=user_sees_reviews,
    order=42,
)


def connect() -> None:
    """Methodists hear of every practice that is sent, whoever starts the workflow."""
    task_submitted.connect(_on_submitted, sender=TaskState, dispatch_uid="practice_submitted")


def _on_submitted(sender: Any, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    if not isinstance(instance.task.specific, FormalCheckTask):
        return
    practice = PracticePage.objects.get(pk=instance.workflow_state.object_id)
    _tell_keepers(
        practice, _("A practice waits for the formal check: {title}"), _("Open the checklist.")
    )


def tell_authors_returned(*, practice: PracticePage, remarks: Sequence[Remark]) -> None:
    """Authors hear what to correct, each remark with its field."""
    lines = [(field_words(remark.field), remark.text.strip()) for remark in remarks]
    text = "\n".join(f"{name}: {words}" if name else words for name, words in lines)
    _tell_authors(
        practice,
        _("To be corrected: {title}"),
        format_lazy(
            _(
                "The practice is returned to you. Correct what is said and send it again.\n\n"
                "{remarks}"
            ),
            remarks=text,
        ),
        letter="practice_returned",
        context={"title": practice.draft_title, "lines": lines},
    )


def tell_authors_rejected(*, practice: PracticePage, reasons: str) -> None:
    """Authors hear that it will not be published, and why."""
    _tell_authors(
        practice,
        _("Not published: {title}"),
        format_lazy(
            _("The practice is turned down. Reasons: {reasons}. The text stays in your cabinet."),
            reasons=reasons.rstrip("."),
        ),
    )


def tell_authors_council(*, practice: PracticePage) -> None:
    """Authors hear that the experts found it worth the Addresses."""
    _tell_authors(
        practice,
        _("Proposed for the Addresses of advanced experience: {title}"),
        _("Now the methodical council decides. Nothing is to be done by you."),
    )


def tell_authors_published(
    *, practice: PracticePage, council: CouncilDecision | None = None
) -> None:
    """Authors hear where it stands now."""
    shown = PracticePage.objects.get(pk=practice.pk)
    words = (
        format_lazy(
            _("Decision of the methodical council: minutes No. {number} of {day}."),
            number=council.number,
            day=f"{council.date:%d.%m.%Y}",
        )
        if council
        else _("Colleagues can read it and use it.")
    )
    _tell_authors(
        shown,
        _("Published: {title}"),
        words,
        url=shown.get_url() or "",
        letter="practice_published",
        context={"title": shown.draft_title, "words": words},
    )


def tell_expert_asked(*, sheet: ExpertReview) -> None:
    """The expert hears what to read and until when."""
    _tell_expert(
        sheet,
        _("You are asked to score a practice: {title}"),
        _(
            "Read it and give the scores by {day}. If you know the author closely or the work is "
            "partly yours, decline and say why."
        ),
        letter="practice_expert",
        context={"title": sheet.practice.draft_title, "due_on": sheet.due_on},
    )


def tell_expert_late(*, sheet: ExpertReview) -> None:
    """The term of the expert has passed."""
    _tell_expert(
        sheet,
        _("The term has passed: your scores for “{title}” are waited for"),
        _("The term was {day}. If you cannot do it, decline and say why."),
    )


def tell_expert_released(*, sheet: ExpertReview) -> None:
    """Nobody waits for the expert any more."""
    _tell_expert(
        sheet,
        _("You are released from the review: {title}"),
        format_lazy(_("Reason: {reason}"), reason=sheet.reason),
        url=reverse("own_reviews"),
    )


def tell_methodists_declined(*, sheet: ExpertReview) -> None:
    """Somebody else has to be asked."""
    _tell_keepers(
        sheet.practice,
        _("An expert has declined: {title}"),
        format_lazy(
            _("{person}: {reason}. Ask another expert."),
            person=str(sheet.expert),
            reason=sheet.reason.rstrip("."),
        ),
    )


def tell_methodists_erased(*, sheet: ExpertReview) -> None:
    """The account of an expert is gone in the middle of the review."""
    _tell_keepers(
        sheet.practice,
        _("An expert is not there any more: {title}"),
        _("The account is closed and the scores were not handed in. Ask another expert."),
    )


def tell_methodists_changed_meanwhile(*, sheet: ExpertReview) -> None:
    """The author has gone on writing while the expert was scoring."""
    _tell_keepers(
        sheet.practice,
        _("The text was changed during the review: {title}"),
        _("The scores that have come are about the version that the expert was given."),
    )


def tell_methodists_scored(*, practice: PracticePage) -> None:
    """All scores are there."""
    _tell_keepers(practice, _("The scores are there: {title}"), _("Take a decision."))


def tell_step_late(*, case: PracticeCase) -> None:
    """Who looks after a practice hears that its term has passed."""
    _tell_keepers(
        case.practice,
        _("The term has passed: {title}"),
        format_lazy(
            _("{state}; the term was {day}."),
            state=case.get_standing_display(),
            day=f"{case.due_on:%d.%m.%Y}",
        ),
        case=case,
    )


def tell_coordinators_late(*, case: PracticeCase) -> None:
    """Coordinators hear of what is late for days."""
    who = case.assigned_to or _("nobody")
    _tell(
        coordinators(),
        case.practice,
        QUEUE,
        _("Late for days: {title}"),
        format_lazy(
            _("{state}; the term was {day}. Looked after by: {who}."),
            state=case.get_standing_display(),
            day=f"{case.due_on:%d.%m.%Y}",
            who=str(who),
        ),
        url=reverse("practice_case", args=[case.practice_id]),
    )


def _tell_authors(practice: PracticePage, subject: Any, text: Any, **more: Any) -> None:
    more.setdefault("url", _own_address(practice))
    _tell(authors_of(practice), practice, STATE, subject, text, **more)


def _own_address(practice: PracticePage) -> str:
    """Where an author corrects it."""
    try:
        return reverse("own_practice", args=[practice.pk])
    except NoReverseMatch:
        return reverse("cabinet")


def _tell_expert(sheet: ExpertReview, subject: Any, text: Any, **more: Any) -> None:
    if sheet.expert is None:
        return
    more.setdefault("url", reverse("own_review", args=[sheet.pk]))
    day = f"{sheet.due_on:%d.%m.%Y}"
    words = format_lazy(text, day=day) if "{day}" in str(text) else text
    _tell([sheet.expert], sheet.practice, SHEET, subject, words, **more)


def _tell_keepers(
    practice: PracticePage, subject: Any, text: Any, case: PracticeCase | None = None
) -> None:
    """Who looks after the practice, or else every methodist who may decide about it."""
    case = case or PracticeCase.objects.filter(practice=practice).first()
    keeper = case.assigned_to if case is not None else None
    people: Iterable[User] = methodists(practice)
    if keeper is not None and keeper.is_active and user_checks_practices(keeper):
        people = [keeper]
    _tell(people, practice, QUEUE, subject, text, url=reverse("practice_case", args=[practice.pk]))


def _tell(
    people: Iterable[User],
    practice: PracticePage,
    kind: str,
    subject: Any,
    text: Any,
    **more: Any,
) -> None:
    for person in people:
        notify(
            recipient=person,
            kind=kind,
            subject=format_lazy(subject, title=practice.draft_title),
            text=text,
            **more,
        )
