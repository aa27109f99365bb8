"""The rows of an XLSX file one after another; a file of any length costs the memory of one row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from people.register_files.columns import ALL_COLUMNS, BY_NAME, COLUMNS, plain, titles

MOST_ROWS = 5000
# Above the head an office likes to put its own title.
HEAD_WITHIN = 10
MOST_CELLS = 120
# All cells of all rows filled take a good half of it.
MOST_UNPACKED = 32 * 1024 * 1024


class WrongFile(Exception):
    """The file is no file of the register; the words say what is missing."""


def read_rows(stream: IO[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number of the row in the file and its cells by the names of the columns; no empty rows.

    Raises WrongFile when there is no head, a column is missing, or there are too many rows.
    """
    _check_size(stream)
    try:
        book = load_workbook(stream, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever the file makes it stumble over
        raise WrongFile(_("The file cannot be read as XLSX. Save it again.")) from error
    try:
        sheet: Any = book.worksheets[0]
        # What the file says of its own size may be wrong.
        sheet.reset_dimensions()
        names: list[str | None] | None = None
        count = 0
        rows = sheet.iter_rows(max_col=MOST_CELLS, values_only=True)
        for number, cells in enumerate(rows, start=1):
            if names is None:
                names = _head(cells)
                if names is None and number >= HEAD_WITHIN:
                    break
                continue
            values = {
                name: cell
                for name, cell in zip(names, cells, strict=False)
                if name and cell is not None and str(cell).strip()
            }
            if not values:
                continue
            count += 1
            if count > MOST_ROWS:
                raise WrongFile(
                    _("The file has more than %(n)s rows. Divide it.") % {"n": MOST_ROWS}
                )
            yield number, values
        if names is None:
            raise WrongFile(_("There is no head of columns in the file. Take the template."))
    finally:
        book.close()


def _check_size(stream: IO[bytes]) -> None:
    """Words and styles of a workbook are read into the memory whole, however tightly packed."""
    try:
        with ZipFile(stream) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise WrongFile(_("The file cannot be read as XLSX. Save it again.")) from error
    finally:
        stream.seek(0)
    if unpacked > MOST_UNPACKED:
        raise WrongFile(_("There is too much in the file. Copy its rows into the template."))


def _head(cells: Any) -> list[str | None] | None:
    """Names of the columns, in the order of the file; None while the row is no head."""
    heads = zip(titles(ALL_COLUMNS), ALL_COLUMNS, strict=True)
    known = {plain(title): column.name for title, column in heads}
    # An office that numbers its columns begins with the first.
    firsts = zip(titles(), COLUMNS, strict=True)
    known |= {f"{plain(title)} 1": column.name for title, column in firsts if column.group}
    names = [known.get(plain(str(cell))) if cell is not None else None for cell in cells]
    if "last_name" not in names:
        return None
    missing = [column.title for column in COLUMNS if column.needed and column.name not in names]
    if missing:
        raise WrongFile(
            _("Columns are missing: %(names)s.") % {"names": ", ".join(map(str, missing))}
        )
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        titles_twice = ", ".join(str(BY_NAME[name].title) for name in sorted(twice))
        raise WrongFile(_("Columns stand twice: %(names)s.") % {"names": titles_twice})
    return names
