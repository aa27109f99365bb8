"""What an import would do with each row: make, change, leave or refuse, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from people.enums import Employment, RowOutcome
from people.models import Organisation, StaffImportRow, StaffPosition, StaffRecord
from people.names import name_key
from people.permissions import user_keeps_all_staff
from people.queries.lookalikes import Lookalikes, lookalikes_of_register
from people.queries.staff_history import Names, differences
from people.register_files.cells import CellReader
from people.register_files.columns import ALL_COLUMNS, BY_NAME, COLUMNS, plain
from people.register_files.filling import (
    fill,
    mistakes_of,
    names_a_position,
    unfinished,
)

if TYPE_CHECKING:
    from people.models import StaffImport, User

NAMES = ("last_name", "first_name", "patronymic")
NEEDED = [column for column in COLUMNS if column.needed]
OF_PERSON = [column.name for column in ALL_COLUMNS if not column.of_position]


class Judge:
    """Goes through the rows in their order; remembers of each only who it is about."""

    def __init__(self, load: StaffImport, user: User) -> None:
        self._load, self._user = load, user
        self._cells = CellReader(user)
        self._own = StaffRecord.objects.filter(user=user).values_list("pk", flat=True).first()
        self._register = lookalikes_of_register()
        self._file: Lookalikes[int] = Lookalikes()
        # The first row of each person, and what it says of the person.
        self._first: dict[int, tuple[bool, dict[str, Any]]] = {}
        self._posts: dict[tuple[Any, ...], int] = {}
        # The positions in the register that rows were about, by the first row of the person.
        self._named: dict[int, set[int]] = {}

    def judge(self, rows: Iterable[tuple[int, dict[str, Any]]]) -> Iterator[StaffImportRow]:
        """A row of the preview for each row of the file; a few queries for each known person."""
        read = [(number, *self._cells.read(cells)) for number, cells in rows]
        known = {}
        for number, values, _wrong in read:
            if who := _who(values):
                known[number] = self._register.same(*who)
        records = self._records({pk for pk in known.values() if pk is not None})
        for number, values, wrong in read:
            yield self._row(number, values, wrong, known.get(number), records)

    def _records(self, numbers: set[int]) -> dict[int, StaffRecord]:
        """Those of the known people whose records the person may change."""
        found = StaffRecord.objects.filter(pk__in=numbers).exclude(user=self._user)
        if not user_keeps_all_staff(self._user):
            own = Organisation.objects.in_charge_of(self._user).order_by().values("pk")
            kept = StaffPosition.objects.not_over_on(timezone.localdate())
            found = found.filter(
                pk__in=kept.filter(organisation__in=own).order_by().values("record")
            )
        return {record.pk: record for record in found}

    def _row(
        self,
        number: int,
        values: dict[str, Any],
        wrong: list[str],
        pk: int | None,
        records: dict[int, StaffRecord],
    ) -> StaffImportRow:
        who = _who(values)
        first = self._file.same(*who) if who else None
        if first is not None:
            # «Семенова» of one row is «Семёнова» of another: the first one says how it is written.
            said = self._first[first][1]
            both = [name for name in NAMES if name in said and name in values]
            alike = [n for n in both if name_key(said[n], "") == name_key(values[n], "")]
            values |= {name: said[name] for name in alike}
        row = StaffImportRow(load=self._load, number=number, person_row=number, values=values)
        parts = (values.get(name, "") for name in NAMES)
        row.name = " ".join(part for part in parts if part)[:460]
        wrong = [*wrong, *self._missing(values, wrong, with_post=pk is None)]
        if not wrong and who:
            wrong = self._doubtful(number, values, who, first, pk, records)
        if who and first is None:
            self._file.add(number, *who)
            said = {name: values[name] for name in OF_PERSON if name in values}
            self._first[number] = (not wrong, said)
        if first is not None:
            row.person_row = first
        if not wrong:
            wrong = self._outcome(row, pk, records, values)
        if wrong:
            row.outcome, row.words = RowOutcome.REFUSED, wrong
        return row

    def _missing(self, values: dict[str, Any], wrong: list[str], *, with_post: bool) -> list[str]:
        said = " ".join(wrong)
        needed = [
            column
            for column in NEEDED
            # Of a known person the file may speak without a position.
            if with_post or not column.of_position or self._half_a_post(values)
        ]
        needed += [BY_NAME[name] for name in unfinished(values)]
        return [
            _("%(column)s: the cell is empty.") % {"column": column.title}
            for column in needed
            if column.name not in values and f"{column.title}:" not in said
        ]

    def _half_a_post(self, values: dict[str, Any]) -> bool:
        return ("organisation" in values) != ("title" in values)

    def _doubtful(
        self,
        number: int,
        values: dict[str, Any],
        who: tuple[str, date],
        first: int | None,
        pk: int | None,
        records: dict[int, StaffRecord],
    ) -> list[str]:
        """Why nobody can say yes to a row whose cells are right."""
        record = records.get(pk) if pk is not None else None
        employment = values.get("employment", Employment.MAIN)
        post = (values.get("organisation", 0), plain(values.get("title", "")), employment)
        if record is not None and names_a_position(record, values):
            post = (*post, values["starts_on"])
        if first is not None:
            good, said = self._first[first]
            if not good:
                return [_("Row %(row)s about the same person is refused.") % {"row": first}]
            apart = [n for n in OF_PERSON if n in values and n in said and values[n] != said[n]]
            if apart:
                return [
                    _("Otherwise than in row %(row)s: %(column)s.")
                    % {"row": first, "column": BY_NAME[name].title}
                    for name in apart
                ]
            if same := self._posts.get((first, *post)):
                return [_("The same as row %(row)s.") % {"row": same}]
        if pk is not None and pk == self._own:
            return [_("This is your own record: nobody changes the own one.")]
        if pk is not None and pk not in records:
            return [_("The person is in the register; you may not change this record.")]
        if pk is None and first is None and not values.get("another"):
            alike = self._alike(who)
            if alike:
                return alike
        self._posts[first or number, *post] = number
        return []

    def _alike(self, who: tuple[str, date]) -> list[str]:
        found = [
            _("Much like row %(row)s. If these are two people, write “%(yes)s” in the last column.")
            % {"row": number, "yes": _("yes")}
            for number in self._file.similar(*who)
        ]
        numbers = self._register.similar(*who)
        if not numbers:
            return found
        # The row above it is about the same somebody of the register.
        visible = StaffRecord.objects.visible_to(self._user).filter(pk__in=numbers)
        shown = [f"{item.full_name}, {item.birth_date:%d.%m.%Y}" for item in visible]
        shown += [_("a person of another organisation")] * (len(shown) < len(numbers))
        return [
            _(
                "Much like somebody in the register: %(name)s. Correct the row, or write "
                "“%(yes)s” in the last column if this is another person."
            )
            % {"name": name, "yes": _("yes")}
            for name in shown
        ]

    def _outcome(
        self,
        row: StaffImportRow,
        pk: int | None,
        records: dict[int, StaffRecord],
        values: dict[str, Any],
    ) -> list[str]:
        """Set the outcome; returns why the record would not be accepted."""
        if pk is None:
            record = StaffRecord()
            before: dict[str, Any] = {}
        else:
            record = records[pk]
            before = record.serializable_data()
        fill(record, [values], self._named.setdefault(row.person_row, set()))
        wrong = mistakes_of(record)
        if wrong:
            return wrong
        row.record_id, row.opened_revision = pk, record.latest_revision_id
        if pk is None:
            row.outcome = RowOutcome.CREATED
            return []
        after = record.serializable_data()
        found = differences(before, after, Names([before, after]))
        row.outcome = RowOutcome.CHANGED if found else RowOutcome.SAME
        row.words = [[item.field, item.before, item.after] for item in found]
        return []


def _who(values: dict[str, Any]) -> tuple[str, date] | None:
    """By what a person is found: the name and the day of birth."""
    if not ("last_name" in values and "first_name" in values and "birth_date" in values):
        return None
    key = name_key(values["last_name"], values["first_name"], values.get("patronymic", ""))
    return (key, date.fromisoformat(values["birth_date"])) if key else None
