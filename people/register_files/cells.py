"""What stands in the cells of a row, as values; what makes no sense is said in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Organisation, Subject
from people.permissions import organisations_kept_by
from people.register_files.columns import (
    ALL_COLUMNS,
    COLUMNS,
    FileColumn,
    plain,
    words_of,
)

if TYPE_CHECKING:
    from people.models import User

YES = {"да", "yes", "1", "+", "истина", "true"}
NO = {"нет", "no", "0", "-", "ложь", "false"}
_WITH_NUMBER = re.compile(r"^(.*?)[\s:,(-]*(\d+(?:[.,]\d+)?)\s*(?:час\w*|ч\.?|г\.?|год\w*)?\)?$")
LONGEST = 500
# Lists are longer than other texts; beyond this nobody has typed the cell.
LONGEST_CELL = 2000
LONGEST_PART = 200
MOST_AWARDS = 50


class WrongCell(Exception):
    """The cell cannot be taken; the words say why."""


class CellReader:
    """Reads rows for one person: only organisations that ``user`` keeps are accepted."""

    def __init__(self, user: User) -> None:
        self._organisations = {plain(item.name): item.pk for item in organisations_kept_by(user)}
        names = Organisation.objects.values_list("name", flat=True)
        self._foreign = {plain(name) for name in names} - self._organisations.keys()
        self._subject_of = {plain(item.name): item.pk for item in Subject.objects.filter(live=True)}
        self._choices = {
            column.name: {plain(words): value for value, words in words_of(column.choices).items()}
            for column in COLUMNS
            if column.choices is not None
        }

    def read(self, cells: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """The values of the cells that are not empty (ready for JSON), and what is wrong."""
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for column in ALL_COLUMNS:
            cell = cells.get(column.name)
            if cell is None or (isinstance(cell, str) and not cell.strip()):
                continue
            if isinstance(cell, str) and len(cell) > LONGEST_CELL:
                wrong.append(f"{column.title}: {_('The text is too long.')}")
                continue
            try:
                values[column.name] = getattr(self, f"_{column.kind}")(cell, column)
            except WrongCell as error:
                wrong.append(f"{column.title}: {error}")
        return values, wrong

    def _text(self, cell: Any, column: FileColumn) -> str:
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        text = " ".join(str(cell).split())
        if len(text) > LONGEST:
            raise WrongCell(_("The text is too long."))
        return text

    def _day(self, cell: Any, column: FileColumn) -> str:
        if isinstance(cell, datetime):
            return cell.date().isoformat()
        if isinstance(cell, date):
            return cell.isoformat()
        text = str(cell).strip().removesuffix("г.").strip()
        for form in ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y"):
            try:
                return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 a day only
            except ValueError:
                continue
        raise WrongCell(_("“%(value)s” is no day. Write it as 31.12.1990.") % {"value": text[:40]})

    def _number(self, cell: Any, column: FileColumn) -> str:
        try:
            number = Decimal(str(cell).strip().replace(",", "."))
        except InvalidOperation as error:
            raise WrongCell(_("“%(value)s” is no number.") % {"value": str(cell)[:40]}) from error
        if not number.is_finite() or abs(number) > 1000:
            raise WrongCell(_("“%(value)s” is no number.") % {"value": str(cell)[:40]})
        return f"{number.normalize():f}"

    def _year(self, cell: Any, column: FileColumn) -> int:
        number = Decimal(self._number_of_year(cell))
        if number != number.to_integral_value() or not 1940 <= number <= timezone.localdate().year:
            raise WrongCell(_("“%(value)s” is no year.") % {"value": str(cell)[:40]})
        return int(number)

    def _number_of_year(self, cell: Any) -> str:
        text = str(cell).strip()
        if not re.fullmatch(r"\d{4}(?:\.0+)?", text):
            raise WrongCell(_("“%(value)s” is no year.") % {"value": text[:40]})
        return text

    def _yes(self, cell: Any, column: FileColumn) -> bool:
        word = plain(str(cell))
        if word in YES or cell is True:
            return True
        if word in NO or cell is False:
            return False
        raise WrongCell(_("Write “%(yes)s” or “%(no)s”.") % {"yes": _("yes"), "no": _("no")})

    def _choice(self, cell: Any, column: FileColumn) -> str:
        found = self._choices[column.base].get(plain(str(cell)))
        if found is None:
            raise WrongCell(
                _("“%(value)s” is not in the list of allowed values.") % {"value": str(cell)[:60]}
            )
        return found

    def _organisation(self, cell: Any, column: FileColumn) -> int:
        name = plain(str(cell))
        if name in self._foreign:
            raise WrongCell(_("You do not keep the people of this organisation."))
        if name not in self._organisations:
            raise WrongCell(
                _("“%(value)s” is not in the list of allowed values.") % {"value": str(cell)[:60]}
            )
        return self._organisations[name]

    def _subjects(self, cell: Any, column: FileColumn) -> list[list[Any]]:
        """«математика: 18; физика» as pairs of a number of the subject and hours (or None)."""
        found: dict[int, str | None] = {}
        for part in filter(None, (part.strip() for part in str(cell).split(";"))):
            number, hours = self._subject_of.get(plain(part)), None
            if number is None and len(part) <= LONGEST_PART and (match := _WITH_NUMBER.match(part)):
                number, hours = (
                    self._subject_of.get(plain(match[1])),
                    self._number(match[2], column),
                )
            if number is None:
                raise WrongCell(
                    _("“%(value)s” is not in the list of allowed values.") % {"value": part[:60]}
                )
            if number in found:
                raise WrongCell(_("This subject is given twice."))
            found[number] = hours
        return [[number, hours] for number, hours in found.items()]

    def _awards(self, cell: Any, column: FileColumn) -> list[list[Any]]:
        found: list[list[Any]] = []
        for part in filter(None, (part.strip() for part in str(cell).split(";"))):
            year = re.search(r"[(,\s](\d{4})(?:\s*г\.?|\s*год)?\)?$", part)
            name = part[: year.start()].strip(" ,(") if year else part
            if not name or len(name) > 255:
                raise WrongCell(_("Write awards as “name (2020)”, with “;” between them."))
            found.append([name, int(year[1]) if year else None])
        if len(found) > MOST_AWARDS:
            raise WrongCell(_("The text is too long."))
        return found
