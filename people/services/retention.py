"""What has reached the end of its term goes: a little at a time, and written down.

What is due says ``people.retention_terms``: a term that an administrator sets is a field of
RetentionRules, what other jobs remove after a fixed time is only shown.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import ngettext
from wagtail.log_actions import log

from core.batches import BATCH, in_batches
from core.models import PrivateFile
from core.services.private_files import is_referred_to
from people.models import RetentionRules

logger = logging.getLogger("portal.rights")
# At one turn; the rest waits for the next day.
BATCHES = 40
# Where each row is a person to be looked for everywhere: so many are done in minutes.
ACTS = 200
# Days of a month, on the long side: nothing goes before its day.
MONTH = timedelta(days=31)

Expired = Callable[[datetime], list[models.QuerySet[Any]]]
Act = Callable[[Any], object]


@dataclass(frozen=True)
class Term:
    """Rows with a term that an administrator sets.

    ``act`` is what becomes of each of them, where it is not deleted; afterwards the row must not
    be among the expired ones.
    """

    expired: Expired
    act: Act | None = None
    # Names of fields with files that go with their row.
    files: tuple[tuple[type[models.Model], str], ...] = ()

    @property
    def most(self) -> int:
        """How many rows one turn takes of each kind."""
        return BATCH * BATCHES if self.act is None else ACTS


@dataclass(frozen=True)
class FixedTerm:
    """Rows that a job of their own removes after a time that nobody sets."""

    title: Any
    days: int
    due: Callable[[], models.QuerySet[Any]]


@dataclass(frozen=True)
class Due:
    """One kind with its term and the number of rows that the next run removes."""

    title: str
    term: str
    count: int


_terms: dict[str, Term] = {}
_fixed: list[FixedTerm] = []


def register_retention(
    name: str, *, act: Act | None = None, files: tuple[tuple[type[models.Model], str], ...] = ()
) -> Callable[[Expired], Expired]:
    """Decorate a function from a moment to what is older; ``name`` is a field of RetentionRules."""

    def register(expired: Expired) -> Expired:
        _terms[name] = Term(expired, act, files)
        return expired

    return register


def register_fixed_term(title: Any, *, days: int, due: Callable[[], models.QuerySet[Any]]) -> None:
    """Show what another job removes after ``days``."""
    _fixed.append(FixedTerm(title, days, due))


def retention_names() -> set[str]:
    """Every term that something is purged by."""
    return set(_terms)


def due_at_next_run() -> list[Due]:
    """How many rows of each kind the next run would remove; nothing is touched."""
    rules = RetentionRules.load()
    found = []
    for name, term in _terms.items():
        title = str(RetentionRules._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        months = getattr(rules, name)
        # A turn takes a bounded part of them.
        count = sum(
            min(rows.order_by().count(), term.most) for rows in term.expired(_border(months))
        )
        words = ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
        found.append(Due(capfirst(title.rpartition(",")[0] or title), words, count))
    for fixed in _fixed:
        words = ngettext("%(n)s day", "%(n)s days", fixed.days) % {"n": fixed.days}
        count = fixed.due().order_by().count()
        found.append(Due(capfirst(str(fixed.title)), words, count))
    return found


def purge_expired() -> dict[str, int]:
    """Do with what is older than its term what its kind says; returns how many of each kind."""
    rules = RetentionRules.load()
    counts = {}
    for name, term in _terms.items():
        border = _border(getattr(rules, name))
        counts[name] = sum(_purge(rows, term) for rows in term.expired(border))
    done = {name: count for name, count in counts.items() if count}
    if done:
        log(instance=rules, action="people.purge_expired", data=done)
    return counts


def _border(months: int) -> datetime:
    return timezone.now() - MONTH * months


def _purge(rows: models.QuerySet[Any], term: Term) -> int:
    gone = 0
    size = min(BATCH, term.most)
    for numbers in islice(in_batches(rows, size=size), term.most // size):
        batch = rows.model._base_manager.filter(pk__in=numbers)
        if term.act is not None:
            gone += sum(_acted(term.act, row) for row in batch)
        else:
            _delete(batch, term)
            gone += len(numbers)
    return gone


def _acted(act: Act, row: models.Model) -> bool:
    """Whether it is done; one row that cannot be holds up nobody else's term."""
    try:
        with transaction.atomic():
            act(row)
    except Exception:
        logger.exception("the term of %s %s has ended, but it stays", row._meta.label, row.pk)
        return False
    return True


@transaction.atomic
def _delete(batch: models.QuerySet[Any], term: Term) -> None:
    fields = [field for model, field in term.files if model is batch.model]
    numbers = {pk for name in fields for pk in batch.values_list(name, flat=True) if pk}
    files = list(PrivateFile.objects.filter(pk__in=numbers))
    batch.delete()
    for file in files:
        if not is_referred_to(file):
            file.delete()
