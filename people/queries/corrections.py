"""What of one's own data may be said to be wrong, and who has to answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst

from people.enums import RequestState, Role
from people.models import (
    Consent,
    CorrectionRequest,
    Organisation,
    OrganisationRole,
    StaffPosition,
    StaffRecord,
    TrainingRecord,
    User,
)
from people.permissions import user_keeps_all_staff
from people.queries.staff_history import Difference, in_words

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from people.models.correction import CorrectionQuerySet

CARD_FIELDS = (
    *("last_name", "first_name", "patronymic", "sex", "birth_date", "degree", "total_since"),
    *("teaching_since", "category", "category_date", "category_order", "next_attestation"),
    *("assessed_on", "assessment_result", "in_reserve"),
)
# Lines: which of them is wrong, the person says in words.
CARD_PARTS = ("positions", "loads", "educations", "awards", "support_forms")
TRAINING_FIELDS = (
    *("kind", "programme", "provider", "form", "hours", "starts_on", "ends_on"),
    "document_number",
)


@dataclass(frozen=True)
class Target:
    """What a person says is wrong; without ``fields`` it is said in words."""

    slug: str
    title: str
    record: StaffRecord
    thing: Model
    fields: tuple[str, ...] = ()

    @property
    def now(self) -> str:
        """What stands there, where it is one field."""
        return _value_words(self.thing, self.fields[0]) if len(self.fields) == 1 else ""


def card_targets(record: StaffRecord) -> list[Target]:
    """Fields and kinds of lines of one's own card; no query."""
    fields = [_card_target(record, name) for name in CARD_FIELDS]
    return [*fields, *(_card_target(record, name) for name in CARD_PARTS)]


def paper_consents_of(record: StaffRecord) -> QuerySet[Consent]:
    """Consents that the school has entered: one's own electronic ones everybody changes alone."""
    return Consent.objects.filter(record=record, on_paper=True, is_replaced=False)


def training_target(record: StaffRecord, training: TrainingRecord) -> Target:
    """A training record, with everything that its document says."""
    return Target(f"training-{training.pk}", str(training), record, training, TRAINING_FIELDS)


def consent_target(record: StaffRecord, consent: Consent) -> Target:
    """A consent on paper; what is wrong with it is said in words."""
    return Target(f"consent-{consent.pk}", str(consent), record, consent)


def target_of(user: User, slug: str) -> Target | None:
    """What the address ``slug`` means for ``user``; None for what is not theirs."""
    record = StaffRecord.objects.filter(user=user).first()
    kind, _dash, name = slug.partition("-")
    if record is None:
        return None
    if kind == "card":
        return _card_target(record, name) if name in (*CARD_FIELDS, *CARD_PARTS) else None
    if not name.isdecimal() or len(name) > 18:
        return None
    if kind == "training":
        training = TrainingRecord.objects.filter(record=record, pk=int(name)).first()
        return training_target(record, training) if training is not None else None
    if kind == "consent":
        consent = paper_consents_of(record).filter(pk=int(name)).first()
        return consent_target(record, consent) if consent is not None else None
    return None


def _card_target(record: StaffRecord, name: str) -> Target:
    if name in CARD_PARTS:
        title = StaffRecord._meta.get_field(name).related_model._meta.verbose_name_plural  # type: ignore[union-attr]
        return Target(f"card-{name}", capfirst(str(title)), record, record)
    title = StaffRecord._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return Target(f"card-{name}", capfirst(str(title)), record, record, (name,))


def _value_words(thing: Model, name: str) -> str:
    field: Any = thing._meta.get_field(name)
    return in_words(field, field.value_from_object(thing))


def asked_differences(request: CorrectionRequest) -> list[Difference]:
    """What stood and what the person says is right, field by field."""
    model = TrainingRecord if request.target.startswith("training-") else StaffRecord
    return [
        Difference(
            capfirst(str(field.verbose_name)),
            in_words(field, field.to_python(request.before.get(name))),
            in_words(field, field.to_python(value)),
        )
        for name, value in request.changes.items()
        if (field := _field(model, name)) is not None
    ]


def stands_otherwise(request: CorrectionRequest) -> bool:
    """Whether somebody has changed meanwhile what the person found wrong."""
    thing = request.thing
    return thing is not None and any(
        (field := _field(type(thing), name)) is not None
        and field.value_from_object(thing) != field.to_python(value)
        for name, value in request.before.items()
    )


def _field(model: type[Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        # An earlier release had it.
        return None


def own_corrections(user: User) -> QuerySet[CorrectionRequest]:
    """What ``user`` has asked for, the newest first."""
    return CorrectionRequest.objects.filter(user=user).order_by("-created_at", "-pk")


def corrections_waiting_for(user: User) -> CorrectionQuerySet:
    """Requests that ``user`` decides on: never about oneself; the most urgent first."""
    waiting = CorrectionRequest.objects.waiting().exclude(record__user=user)
    if not user_keeps_all_staff(user):
        own = Organisation.objects.in_charge_of(user).order_by().values("pk")
        held = StaffPosition.objects.held_on(timezone.localdate()).filter(organisation__in=own)
        waiting = waiting.filter(record__in=held.order_by().values("record"))
    return waiting.select_related("record").order_by("due_on", "pk")


def deciders_on(record: StaffRecord) -> QuerySet[User]:
    """Who answers for ``record`` today: its schools; where there are none, the district."""
    today = timezone.localdate()
    places = StaffPosition.objects.held_on(today).filter(record=record).order_by()
    roles = OrganisationRole.objects.in_force_on(today).filter(
        organisation__in=places.values("organisation")
    )
    found = User.objects.filter(pk__in=roles.order_by().values("user"), is_active=True)
    found = found.exclude(pk=record.user_id)
    if found.exists():
        return found.order_by("pk")
    return keepers_of_the_district().exclude(pk=record.user_id)


def keepers_of_the_district() -> QuerySet[User]:
    """Methodists and administrators with an open account."""
    named = Q(groups__name__in=[Role.METHODIST.value, Role.ADMINISTRATOR.value])
    found = User.objects.filter(named | Q(is_superuser=True), is_active=True)
    return found.order_by("pk").distinct()


def is_open(request: CorrectionRequest) -> bool:
    """Nobody has decided yet."""
    return request.state == RequestState.WAITING
