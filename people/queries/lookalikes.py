"""The same person under another spelling: a letter left out, a patronymic missing, a slip of a day.

Nobody is compared with everybody. Two people are compared when they share two parts of the name and
the day of birth, or the whole name; of each such group only the first ``MOST`` are looked at, so a
list of five thousand namesakes costs no more than any other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from django.db.models import Q

from people.models import StaffRecord

Key = TypeVar("Key", bound=Hashable)
MOST = 20
SHOWN = 5
# Of the letters of two names this share is the same: «Семёнова» and «Семенава», «Анна» and «Анан».
ALIKE = 0.7


class Lookalikes(Generic[Key]):
    """People under keys of the caller's (numbers of records, of rows), found again by likeness."""

    def __init__(self, people: Iterable[tuple[Key, str, date]] = ()) -> None:
        self._exact: dict[tuple[str, date], Key] = {}
        self._blocks: dict[tuple[Hashable, ...], list[tuple[Key, str, date]]] = defaultdict(list)
        for key, name, birth_date in people:
            self.add(key, name, birth_date)

    def add(self, key: Key, name: str, birth_date: date) -> None:
        """``name`` is a ``people.names.name_key``."""
        self._exact.setdefault((name, birth_date), key)
        for block in _blocks(name, birth_date):
            if len(self._blocks[block]) < MOST:
                self._blocks[block].append((key, name, birth_date))

    def same(self, name: str, birth_date: date) -> Key | None:
        """Whoever has this very name (but for ё/е, case, hyphens) and day of birth."""
        return self._exact.get((name, birth_date))

    def similar(self, name: str, birth_date: date) -> list[Key]:
        """Others who may be the same person, at most ``SHOWN`` of them."""
        found: dict[Key, None] = {}
        for block in _blocks(name, birth_date):
            for key, other, day in self._blocks.get(block, ()):
                if (other, day) == (name, birth_date) or key in found:
                    continue
                if _alike(name, other) and (day == birth_date or _slip(day, birth_date)):
                    found[key] = None
                    if len(found) == SHOWN:
                        return list(found)
        return list(found)


def lookalikes_of_register() -> Lookalikes[int]:
    """Everybody of the register, by the numbers of the records; one query."""
    rows = StaffRecord.objects.order_by().values_list("pk", "name_key", "birth_date")
    return Lookalikes(rows.iterator(chunk_size=2000))


def records_like(name: str, birth_date: date, *, leave_out: int | None = None) -> list[StaffRecord]:
    """The record of this very person first, then those that look like it; two queries."""
    near = StaffRecord.objects.filter(Q(birth_date=birth_date) | Q(name_key=name))
    rows = near.exclude(pk=leave_out).order_by("pk").values_list("pk", "name_key", "birth_date")
    people = Lookalikes(rows)
    same = people.same(name, birth_date)
    numbers = [*([same] if same is not None else []), *people.similar(name, birth_date)]
    records = StaffRecord.objects.in_bulk(numbers)
    return [records[number] for number in numbers]


def _parts(name: str) -> tuple[str, str, str]:
    last, first, patronymic, *_rest = [*name.split(" "), "", "", ""]
    return last, first, patronymic


def _blocks(name: str, birth_date: date) -> Iterator[tuple[Hashable, ...]]:
    last, first, patronymic = _parts(name)
    yield birth_date, "last first", last, first
    yield birth_date, "last patronymic", last, patronymic
    yield birth_date, "first patronymic", first, patronymic
    # Two columns of a file that were taken for each other.
    yield birth_date, "any order", *sorted((last, first, patronymic))
    yield "any day", name


def _alike(one: str, other: str) -> bool:
    ours, theirs = _parts(one), _parts(other)
    if sorted(ours) == sorted(theirs):
        return True
    return all(
        mine == yours or (place == 2 and not (mine and yours)) or _few_letters_apart(mine, yours)
        for place, (mine, yours) in enumerate(zip(ours, theirs, strict=True))
    )


def _few_letters_apart(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _slip(one: date, other: date) -> bool:
    """Day and month taken for each other, or one digit that is wrong."""
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return True
    # Of a year with three digits ``%Y`` makes three.
    digits = zip(f"{one:%d%m}{one.year:04}", f"{other:%d%m}{other.year:04}", strict=True)
    return sum(mine != yours for mine, yours in digits) == 1
