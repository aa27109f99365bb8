"""Closed lists about people."""

from enum import StrEnum


class Role(StrEnum):
    """The groups of the admin; the value is the name of the group that people read.

    What each may do stands in docs/roles.md, and ``home.services.roles`` grants exactly that.
    """

    EDITOR = "Редактор"
    METHODIST = "Методист"
    COORDINATOR = "Координатор"
    ADMINISTRATOR = "Администратор"
