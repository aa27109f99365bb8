"""Files of a practice: titles, order, one more at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import PrivateFile
from core.private_file_field import PrivateFileField
from core.services.private_files import own_new_file
from practices.models import PracticeFile, PracticeMaterial, PracticePage

ENDINGS = ["pdf", "docx", "pptx", "xlsx", "jpg", "jpeg", "png", "mp4"]
MOST_FILES = 20
LONGEST_TITLE = 160


@dataclass
class Row:
    """A file that is there, with the title under which colleagues will see it."""

    file: PrivateFile
    title: str
    error: str = ""


class NewFileForm(forms.Form):
    """The place for one more file."""

    new_title = forms.CharField(
        label=_("How to call it"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_("For example: Cards for oral counting. Empty: the name of the file."),
    )
    new_file = PrivateFileField(label=_("One more file"), required=False, endings=ENDINGS)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_file"].user = user  # type: ignore[attr-defined]


class Materials:
    """The files of a version as they are posted or stored."""

    def __init__(self, data: Any, files: Any, *, version: PracticePage, user: Any) -> None:
        self.version, self.user = version, user
        self.is_bound = data is not None
        by_itself = data is not None and "autosave" in data
        # What is still in the place for one more is added by a button.
        self.form = NewFileForm(None if by_itself else data, files, user=user)
        stored = [Row(item.file, item.title) for item in self._stored()]
        self.rows = stored if data is None else self._posted(data, stored)

    def _stored(self) -> list[PracticeMaterial]:
        items = list(self.version.materials.all())
        files = PrivateFile.objects.in_bulk([item.file_id for item in items])
        for item in items:
            item.file = files[item.file_id]
        return items

    def _posted(self, data: Any, stored: list[Row]) -> list[Row]:
        """Rows in their posted order; a file that is not of this practice or new is no row."""
        known = {str(row.file.pk): row.file for row in stored}
        kept = PracticeFile.objects.filter(practice=self.version.pk).select_related("file")
        rows: dict[int, Row] = {}
        numbers = data.getlist("material-file")[:MOST_FILES]
        titles = data.getlist("material-title")
        if any(number not in known for number in numbers):
            known |= {str(item.file_id): item.file for item in kept}
        for place, number in enumerate(numbers):
            file = known.get(number) or own_new_file(number, self.user)
            if file is not None and file.pk not in rows:
                title = " ".join((titles[place] if place < len(titles) else "").split())
                rows[file.pk] = Row(file, title or name_of(file))
        return list(rows.values())

    @property
    def may_have_more(self) -> bool:
        """Whether another file may be added."""
        return len(self.rows) < MOST_FILES

    def is_valid(self) -> bool:
        """Whether titles and the new file are right; a right new file becomes a row."""
        for row in self.rows:
            if len(row.title) > LONGEST_TITLE:
                row.error = gettext("Make the title shorter: at most %(most)s characters.") % {
                    "most": LONGEST_TITLE
                }
        if not self.form.is_bound or not self.form.is_valid():
            return self.is_right()
        file = self.form.cleaned_data.get("new_file")
        if file is not None and self.may_have_more:
            if all(row.file.pk != file.pk for row in self.rows):
                title = self.form.cleaned_data.get("new_title") or name_of(file)
                self.rows.append(Row(file, title))
            self.form = NewFileForm(user=self.user)
        return self.is_right()

    def is_right(self) -> bool:
        """Whether nothing of what stands here now is wrong."""
        return not self.form.errors and not any(row.error for row in self.rows)

    def mistakes(self) -> list[tuple[str, str]]:
        """What is wrong with the files: where, and in which words."""
        found = [(f"material-{row.file.pk}", row.error) for row in self.rows if row.error]
        for field in self.form:
            found += [(field.id_for_label, f"{field.label}: {error}") for error in field.errors]
        return found

    def fill(self, version: PracticePage) -> None:
        """Put the rows into ``version``."""
        version.materials.set(
            [
                PracticeMaterial(title=row.title[:LONGEST_TITLE], file=row.file, sort_order=place)
                for place, row in enumerate(self.rows)
            ]
        )

    def press(self, button: str) -> str:
        """Move or take away; returns where on the page the author goes on."""
        what, _sep, number = button.partition("-")
        place = next((at for at, row in enumerate(self.rows) if str(row.file.pk) == number), None)
        if place is not None and what == "remove":
            self.rows.pop(place)
        elif place is not None:
            to = {"up": place - 1, "down": place + 1}.get(what, place)
            if 0 <= to < len(self.rows):
                self.rows.insert(to, self.rows.pop(place))
        return "materials"


def name_of(file: PrivateFile) -> str:
    """A title made from the name of the file."""
    return PurePath(file.original_name).stem.replace("_", " ")[:LONGEST_TITLE]
