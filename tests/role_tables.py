"""The tables of docs/roles.md as the tests read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "roles.md"
YES = "да"
# Sections of docs/roles.md, and how their tables call the roles.
PAGES, FILES = "Страницы кабинета и сайта", "Выгрузки и служебные файлы"
ROLES = {
    "visitor": "Посетитель",
    "teacher": "Педагог",
    "owner": "Сам человек",
    "head": "Руководитель",
    "keeper": "Методслужба",
    "other_head": "Чужой руководитель",
    "other_keeper": "Чужая методслужба",
    "editor": "Редактор",
    "methodist": "Методист",
    "coordinator": "Координатор",
    "administrator": "Администратор",
}


@dataclass
class RoleTable:
    """One table: what stands in the first columns, and who may."""

    section: str
    head: list[str]
    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    def allowed(self, row: str) -> frozenset[str]:
        """The columns in which the row says yes; a row that is not there says it to nobody."""
        return frozenset(name for name, cell in self.rows.get(row, {}).items() if cell == YES)


@cache
def role_tables() -> list[RoleTable]:
    """All tables of the document in their order; a row that stands twice is an error."""
    tables: list[RoleTable] = []
    for section, head, cells in _lines():
        if not tables or tables[-1].section != section:
            tables.append(RoleTable(section, head))
        if cells:
            table = tables[-1]
            assert cells[0] not in table.rows, f"Строка «{cells[0]}» стоит дважды."
            table.rows[cells[0]] = dict(zip(table.head, cells[1:], strict=True))
    return tables


def _lines() -> Iterator[tuple[str, list[str], list[str]]]:
    section, head = "", []
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            section, head = line.lstrip("# "), []
        if not line.startswith("|") or re.fullmatch(r"[|\-]+", line):
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not head:
            head = cells[1:]
            yield section, head, []
        else:
            yield section, head, cells


def table_of(section: str) -> RoleTable:
    """The table below this heading."""
    return next(table for table in role_tables() if table.section == section)


def desk_tables() -> list[RoleTable]:
    """Those of the admin: an action for each of the four roles of the district."""
    return [table for table in role_tables() if table.head[0] == "Редактор"]


def desk_row(label: str) -> frozenset[str]:
    """Who of the desk may do what the row says; a misspelt row is an error."""
    found = [table for table in desk_tables() if label in table.rows]
    assert found, f"Строки «{label}» нет в docs/roles.md."
    return found[0].allowed(label)


def allowed_by_address() -> dict[str, frozenset[str]]:
    """Who gets an answer, by the name of the address, as docs/roles.md says."""
    by_name = {label: role for role, label in ROLES.items()}
    return {
        row.split("`")[1]: frozenset(by_name[label] for label in table.allowed(row))
        for table in (table_of(PAGES), table_of(FILES))
        for row in table.rows
    }
