"""Whose data: an account and every form in which texts may name its person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from people.models import User

Name = tuple[str, str, str]
# No database gives such a number.
NO_ACCOUNT = -1


@dataclass(frozen=True)
class DataSubject:
    """A person whose data is looked for; made before anything is erased.

    Who has no account is asked about with one that does not exist (``user`` with the number
    ``NO_ACCOUNT``): nothing refers to it. ``names`` are (surname, first name, patronymic), as the
    account, the register and requests wrote them at any time; ``substitute`` is what stands for the
    person afterwards.
    """

    user: User
    names: tuple[Name, ...]
    emails: tuple[str, ...]
    substitute: str
    # Numbers of the records of the register that are about the person.
    records: tuple[int, ...] = ()

    @property
    def has_account(self) -> bool:
        """Whether the person has, or had, an account here."""
        return bool(self.user.pk != NO_ACCOUNT)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What names the person in a text, the longest first."""
        found = {word for name in self.names for word in _forms(*name)} | set(self.emails)
        return tuple(sorted(found, key=lambda word: (-len(word), word)))

    @cached_property
    def markers(self) -> tuple[str, ...]:
        """What every text that names the person holds at least one of."""
        surnames = {last for last, first, _middle in self.names if last and first}
        return tuple(sorted(surnames | set(self.emails)))


def _forms(last: str, first: str, middle: str) -> Iterator[str]:
    if not (last and first):
        # A single word may be anybody's.
        return
    initials = [part[0] + "." for part in (first, middle) if part]
    for given in ([first, middle], [first]):
        words = [part for part in given if part]
        yield " ".join([last, *words])
        yield " ".join([*words, last])
    for joint in ("", " ", "\N{NO-BREAK SPACE}"):
        short = joint.join(initials)
        for space in (" ", "\N{NO-BREAK SPACE}"):
            yield f"{last}{space}{short}"
            yield f"{short}{space}{last}"
    yield f"{last} {initials[0]}"
    yield f"{initials[0]} {last}"
