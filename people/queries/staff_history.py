"""What changed in a staff record, read from two revisions of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.models import Revision

from people.models import Organisation, StaffRecord, Subject

# What services keep beside the content, and what follows from it.
_UNSHOWN = {
    "pk",
    "user",
    "name_key",
    "changed_at",
    "latest_revision",
    "confirmed_at",
    "confirmed_by",
    "confirmed_revision",
    "record",
    "sort_order",
}
NOTHING = "—"


@dataclass(frozen=True)
class Difference:
    """One field with what stood there before and what stands there after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One saved change: who, when, and what."""

    at: datetime
    by: str
    differences: list[Difference]
    is_first: bool = False


Content = Mapping[str, Any]


def history_of(record: StaffRecord, *, limit: int = 50) -> list[Change]:
    """The changes of a record, the newest first; four queries however many there are."""
    revisions = list(
        record.revisions.order_by("-created_at", "-pk").select_related("user")[: limit + 1]
    )
    names = Names(revision.content for revision in revisions)
    changes = [
        Change(
            new.created_at,
            str(new.user or ""),
            differences(old.content, new.content, names),
        )
        for new, old in pairwise(revisions)
    ]
    if revisions and len(revisions) <= limit:
        first = revisions[-1]
        changes.append(Change(first.created_at, str(first.user or ""), [], is_first=True))
    return [change for change in changes if change.differences or change.is_first]


def since_confirmed(record: StaffRecord) -> list[Difference]:
    """What the last revision says otherwise than the one that a methodist confirmed."""
    revisions = Revision.objects.in_bulk([record.confirmed_revision_id, record.latest_revision_id])
    old = revisions.get(record.confirmed_revision_id)
    new = revisions.get(record.latest_revision_id)
    if old is None or new is None:
        return []
    return differences(old.content, new.content, Names([old.content, new.content]))


class Names:
    """Names of the organisations and subjects that some revisions speak of; two queries."""

    def __init__(self, contents: Iterable[Content]) -> None:
        contents = list(contents)
        self._names: dict[tuple[type[models.Model], Any], str] = {
            (model, thing.pk): str(thing)
            for model, relation, field in (
                (Organisation, "positions", "organisation"),
                (Subject, "loads", "subject"),
            )
            for thing in model._default_manager.filter(
                pk__in={child[field] for content in contents for child in content.get(relation, [])}
            )
        }

    def of(self, model: type[models.Model], pk: Any) -> str:
        """The name, or the number of what exists no longer."""
        return self._names.get((model, pk), f"№ {pk}")


def differences(before: Content, after: Content, names: Names) -> list[Difference]:
    """Every field and every line (position, subject, …) in which the two contents differ."""
    found = []
    for field in _fields(StaffRecord):
        old, new = (in_words(field, content.get(field.name), names) for content in (before, after))
        if old != new:
            found.append(Difference(capfirst(str(field.verbose_name)), old, new))
    for relation in get_all_child_relations(StaffRecord):
        title = capfirst(str(relation.related_model._meta.verbose_name))
        old_lines, new_lines = (_lines(relation, content, names) for content in (before, after))
        for key in dict.fromkeys([*old_lines, *new_lines]):
            old, new = old_lines.get(key, NOTHING), new_lines.get(key, NOTHING)
            if old != new:
                found.append(Difference(title, old, new))
    return found


@dataclass(frozen=True)
class Conflict:
    """What two people have changed at once: a field, or all lines of one kind."""

    name: str
    title: str
    theirs: list[str]
    mine: list[str]
    # What is offered: what only the other one has touched stays theirs.
    choice: str


def conflicts(*, opened: Content, theirs: Content, mine: Content) -> list[Conflict]:
    """Everything in which two versions made from ``opened`` differ; two queries."""
    names = Names([opened, theirs, mine])
    sides = (opened, theirs, mine)
    found = []
    for field in _fields(StaffRecord):
        before, old, new = ([in_words(field, side.get(field.name), names)] for side in sides)
        if old != new:
            title = capfirst(str(field.verbose_name))
            found.append(Conflict(field.name, title, old, new, _offered(before, new)))
    for relation in get_all_child_relations(StaffRecord):
        before, old, new = (list(_lines(relation, side, names).values()) for side in sides)
        if old != new:
            title = capfirst(str(relation.related_model._meta.verbose_name_plural))
            name = relation.get_accessor_name()
            found.append(Conflict(name, title, old, new, _offered(before, new)))
    return found


def _offered(before: list[str], mine: list[str]) -> str:
    return "theirs" if mine == before else "mine"


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.name not in {*_UNSHOWN, "id"}]


def _lines(relation: Any, content: Content, names: Names) -> dict[Any, str]:
    """Each child as one line of words, by its number."""
    children = content.get(relation.get_accessor_name(), [])
    fields = _fields(relation.related_model)
    return {
        child["pk"] or ("new", number): "; ".join(
            words
            for field in fields
            if (words := _in_line(field, child.get(field.name), names)) != NOTHING
        )
        for number, child in enumerate(children)
    }


def _in_line(field: Any, value: Any, names: Names) -> str:
    """A value inside a line: a mark that is set says its own name, one that is not says nothing."""
    if isinstance(field, models.BooleanField):
        return str(field.verbose_name) if value else NOTHING
    return in_words(field, value, names)


def in_words(field: Any, value: Any, names: Names | None = None) -> str:
    """A value as people read it; ``names`` are for what refers to something else."""
    if field.choices and value in (words := dict(field.flatchoices)):
        return str(words[value])
    if value is None or value == "":
        return NOTHING
    if isinstance(field, models.ForeignKey) and names is not None:
        return names.of(field.related_model, value)
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, models.DateField):
        day = value if isinstance(value, date) else parse_date(str(value)[:10])
        return date_format(day, "d.m.Y") if day else str(value)
    if isinstance(field, models.DecimalField):
        return f"{float(value):g}".replace(".", ",")
    return str(value)
