"""What is known of the review of one practice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from people.enums import OrganisationKind, Role
from people.models import OrganisationRole, StaffPosition, User
from practices.models import (
    ExpertReview,
    FormalCheck,
    PracticeAuthor,
    PracticeDecision,
    PracticePage,
    ReviewRules,
)
from practices.review_enums import OPEN_SHEETS, DecisionKind, SheetState

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Verdict:
    """What the experts of this round have given, on the average of those who have scored."""

    experts: int
    mean: Decimal | None
    proposed: DecisionKind | None

    @property
    def has_scores(self) -> bool:
        """Whether any expert has scored."""
        return self.mean is not None


def current_round(practice: PracticePage) -> FormalCheck | None:
    """The check that has let the practice to the experts; a return begins a new round."""
    return FormalCheck.objects.filter(practice=practice, passed=True).first()


def verdict_of(round_: FormalCheck | None) -> Verdict:
    """Mean of the totals of the round, and what the thresholds propose."""
    if round_ is None:
        return Verdict(0, None, None)
    found = ExpertReview.objects.filter(round=round_, state=SheetState.SUBMITTED).aggregate(
        experts=Count("pk", distinct=True), points=Sum("scores__value")
    )
    if not found["experts"]:
        return Verdict(0, None, None)
    mean = (Decimal(found["points"] or 0) / found["experts"]).quantize(Decimal("0.1"))
    return Verdict(found["experts"], mean, proposal_for(mean))


def proposal_for(mean: Decimal) -> DecisionKind:
    """What the thresholds of the rules propose for this mean."""
    rules = ReviewRules.load()
    if mean >= rules.addresses_from:
        return DecisionKind.ADDRESSES
    return DecisionKind.PUBLISH if mean >= rules.bank_from else DecisionKind.RETURN


def last_decision(practice: PracticePage) -> PracticeDecision | None:
    """The newest decision of a methodist."""
    return PracticeDecision.objects.filter(practice=practice).first()


def obstacles(practice: PracticePage, people: Iterable[User]) -> dict[int, str]:
    """Who of ``people`` may not score ``practice``, by number, and why; some queries for all.

    Excluded are the authors, whoever works at or acts for a school of an author today, and who is
    asked already.
    """
    asked = list(people)
    authors = PracticeAuthor.objects.filter(practice=practice)
    own = set(authors.exclude(user=None).values_list("user", flat=True))
    schools = set(authors.exclude(organisation=None).values_list("organisation", flat=True))
    places = _places({person.pk for person in asked} | own)
    for author in own:
        schools |= places[author]
    held = ExpertReview.objects.filter(practice=practice, state__in=OPEN_SHEETS)
    busy = set(held.values_list("expert", flat=True))
    done = set(
        ExpertReview.objects.filter(
            practice=practice, round=current_round(practice), state=SheetState.SUBMITTED
        ).values_list("expert", flat=True)
    )
    found: dict[int, str] = {}
    for person in asked:
        if not person.is_active:
            found[person.pk] = _("the account is closed")
        elif person.pk in own:
            found[person.pk] = _("is an author of this practice")
        elif places[person.pk] & schools:
            found[person.pk] = _("works at the same organisation as an author")
        elif person.pk in busy:
            found[person.pk] = _("is asked already")
        elif person.pk in done:
            found[person.pk] = _("has handed in the scores already")
    return found


def _places(people: set[int]) -> defaultdict[int, set[int]]:
    """Where each account works or acts today."""
    today = timezone.localdate()
    found: defaultdict[int, set[int]] = defaultdict(set)
    held = StaffPosition.objects.held_on(today).filter(record__user__in=people)
    roles = OrganisationRole.objects.in_force_on(today).filter(user__in=people)
    for user, place in held.values_list("record__user", "organisation"):
        found[user].add(place)
    for user, place in roles.values_list("user", "organisation"):
        found[user].add(place)
    return found


def people_found(words: str, *, limit: int) -> list[User]:
    """Open accounts by parts of the name or the address of e-mail; nobody for empty words."""
    parts = words.split()
    if not parts:
        return []
    found = User.objects.filter(is_active=True, erased_at=None)
    for part in parts:
        found = found.filter(
            Q(last_name__icontains=part)
            | Q(first_name__icontains=part)
            | Q(patronymic__icontains=part)
            | Q(email__iexact=part)
        )
    return list(found.order_by("last_name", "first_name", "pk")[:limit])


def places_in_words(people: Iterable[User]) -> dict[int, str]:
    """Where each of ``people`` works today, for whoever chooses an expert."""
    held = (
        StaffPosition.objects.held_on(timezone.localdate())
        .filter(record__user__in=[person.pk for person in people])
        .exclude(organisation__kind=OrganisationKind.OTHER)
        .values_list("record__user", "organisation__name")
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for user, name in held:
        if name not in found[user]:
            found[user].append(name)
    return {user: ", ".join(names) for user, names in found.items()}


def methodists(practice: PracticePage | None = None) -> QuerySet[User]:
    """Who may decide: open accounts of methodists, without the authors of ``practice``."""
    found = _with_role(Role.METHODIST)
    if practice is not None:
        own = PracticeAuthor.objects.filter(practice=practice).exclude(user=None)
        found = found.exclude(pk__in=own.values("user"))
    return found


def coordinators() -> QuerySet[User]:
    """Who hears of delays."""
    return _with_role(Role.COORDINATOR)


def authors_of(practice: PracticePage) -> list[User]:
    """Accounts of the confirmed authors."""
    found = PracticeAuthor.objects.filter(practice=practice, user__is_active=True).confirmed()
    return [author.user for author in found.select_related("user") if author.user]


def _with_role(role: Role) -> QuerySet[User]:
    return User.objects.filter(groups__name=role.value, is_active=True).order_by("pk").distinct()
