"""A person finds the own data wrong; who keeps the record decides, and it is corrected at once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from people.enums import RequestState
from people.models import Consent, CorrectionRequest, StaffRecord, StaffRules, TrainingRecord, User
from people.permissions import user_can_decide_correction
from people.services.notices import (
    tell_correction_asked,
    tell_correction_decided,
    tell_correction_due,
)
from people.services.staff import change_staff
from people.services.training import correct_training
from people.services.waiting import check_waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.models import PrivateFile
    from people.queries.corrections import Target

# So many days before the term ends who decides is reminded.
REMINDED_AHEAD = timedelta(days=3)
BATCH = 200


@transaction.atomic
def ask_correction(
    *,
    user: User,
    target: Target,
    values: Mapping[str, Any],
    text: str = "",
    proof: PrivateFile | None = None,
) -> CorrectionRequest:
    """``user`` says what is right; a second click finds the request of the first.

    Raises PermissionDenied for somebody else's card, ValidationError when nothing would change,
    nothing is said, or the record could not be so.
    """
    record = StaffRecord.objects.select_for_update().get(pk=target.record.pk)
    if record.user_id != user.pk:
        raise PermissionDenied
    same = CorrectionRequest.objects.waiting().filter(user=user, target=target.slug).first()
    if same is not None:
        return same
    request = CorrectionRequest(
        user=user,
        record=record,
        target=target.slug,
        title=target.title[:255],
        training=target.thing if isinstance(target.thing, TrainingRecord) else None,
        consent=target.thing if isinstance(target.thing, Consent) else None,
        text=text.strip(),
        proof=proof,
        due_on=timezone.localdate() + timedelta(days=StaffRules.load().correction_days),
    )
    _note_changes(request, target, values)
    request.save()
    log(instance=request, action="people.ask_correction", user=user)
    tell_correction_asked(request=request)
    return request


def _note_changes(request: CorrectionRequest, target: Target, values: Mapping[str, Any]) -> None:
    if not target.fields:
        if not request.text:
            raise ValidationError({"text": _("Say what is wrong and what is right.")})
        return
    # A copy: what is asked for is judged, not kept.
    thing = type(target.thing)._default_manager.get(pk=target.thing.pk)
    for name in target.fields:
        field: Any = thing._meta.get_field(name)
        old, new = field.value_from_object(thing), values.get(name)
        if name in values and new != old:
            request.before[name], request.changes[name] = _plain(old), _plain(new)
            setattr(thing, name, new)
    if not request.changes:
        raise ValidationError(_("It stands so already. Write what is right."), code="same")
    thing.full_clean(exclude=["name_key"])


def _plain(value: Any) -> Any:
    """A value as JSON keeps it; the field reads it back by ``to_python``."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@transaction.atomic
def withdraw_correction(*, request: CorrectionRequest, user: User) -> CorrectionRequest:
    """The person has thought better of it, while nobody has decided; twice changes nothing."""
    request = _locked(request)
    if request.user_id != user.pk:
        raise PermissionDenied
    if request.state == RequestState.WITHDRAWN:
        return request
    check_waiting(request)
    return _decide(request, RequestState.WITHDRAWN, user, "people.withdraw_correction")


@transaction.atomic
def accept_correction(
    *, request: CorrectionRequest, user: User, opened_revision: int | None, remark: str = ""
) -> CorrectionRequest:
    """Correct what the person asks for, as the one who decides; twice changes nothing.

    ``opened_revision`` is the revision of the card that was looked at. What was said in words is
    corrected by hand before. Raises PermissionDenied for who does not keep the record,
    ValidationError when the request is closed, nothing has been corrected by hand, the card has
    changed meanwhile, or it could not be so.
    """
    request = _locked(request)
    _check_right(request, user)
    if request.state == RequestState.DONE:
        return request
    check_waiting(request)
    if not request.changes:
        _check_done_by_hand(request)
    elif request.thing is None:
        raise ValidationError(_("This record is not there any more."), code="gone")
    elif request.training is not None:
        correct_training(training=request.training, values=_values(request), user=user)
    else:
        record = StaffRecord.objects.get(pk=request.record_id)
        for name, value in _values(request).items():
            setattr(record, name, value)
        change_staff(record=record, user=user, opened_revision=opened_revision)
    _decide(request, RequestState.DONE, user, "people.accept_correction", remark)
    tell_correction_decided(request=request)
    return request


@transaction.atomic
def refuse_correction(*, request: CorrectionRequest, remark: str, user: User) -> CorrectionRequest:
    """What stands is right; ``remark`` is what the person reads. Twice changes nothing."""
    request = _locked(request)
    _check_right(request, user)
    if request.state == RequestState.REFUSED:
        return request
    check_waiting(request)
    if not remark.strip():
        raise ValidationError({"remark": _("Say why: the law asks for a reasoned answer.")})
    _decide(request, RequestState.REFUSED, user, "people.refuse_correction", remark)
    tell_correction_decided(request=request)
    return request


def remind_deciders() -> int:
    """Tell who decides that a term ends, and the district too once it has passed; how many."""
    today = timezone.localdate()
    first = Q(reminded_on=None, due_on__lte=today + REMINDED_AHEAD)
    passed = Q(reminded_on__lte=F("due_on"), due_on__lt=today)
    due = CorrectionRequest.objects.waiting().filter(first | passed).order_by("pk")
    reminded = 0
    while numbers := list(due.values_list("pk", flat=True)[:BATCH]):
        for pk in numbers:
            with transaction.atomic():
                request = due.select_for_update(of=("self",)).filter(pk=pk).first()
                if request is None:
                    continue
                CorrectionRequest.objects.filter(pk=pk).update(reminded_on=today)
                tell_correction_due(request=request)
                reminded += 1
    return reminded


def _locked(request: CorrectionRequest) -> CorrectionRequest:
    return CorrectionRequest.objects.select_for_update().get(pk=request.pk)


def _values(request: CorrectionRequest) -> dict[str, Any]:
    fields = type(request.thing)._meta
    return {
        name: fields.get_field(name).to_python(value)  # type: ignore[union-attr]
        for name, value in request.changes.items()
    }


def _check_right(request: CorrectionRequest, user: User) -> None:
    if not user_can_decide_correction(user, request):
        raise PermissionDenied


def _check_done_by_hand(request: CorrectionRequest) -> None:
    """A line of the card or a paper: something newer than the request has to stand there."""
    if request.target.startswith("consent-"):
        found = Consent.objects.filter(record=request.record_id)
        of_kind = Q(kind=request.consent.kind) if request.consent is not None else Q()
        done = found.filter(of_kind & Q(pk__gt=request.consent_id or 0, on_paper=True)).exists()
        done = done or (request.consent is not None and request.consent.withdrawn_at is not None)
    else:
        revision = request.record.latest_revision
        done = revision is not None and revision.created_at > request.created_at
    if not done:
        raise ValidationError(
            _("Correct the record first: since the request nothing has been changed in it."),
            code="not_corrected",
        )


def _decide(
    request: CorrectionRequest, state: RequestState, user: User, action: str, remark: str = ""
) -> CorrectionRequest:
    request.state, request.remark = state, remark.strip()
    request.decided_by, request.decided_at = user, timezone.now()
    request.save()
    log(instance=request, action=action, user=user)
    return request
