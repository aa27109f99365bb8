"""What the newest version of a practice says, field by field, and how two versions differ."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.encoding import force_str
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.light_text import light_words

if TYPE_CHECKING:
    from practices.models import PracticePage

MANY = ("subjects", "topics", "measures")
NOTHING = "—"


def newest_version(practice: PracticePage) -> PracticePage:
    """The practice as its authors last saved it, published or not."""
    version: PracticePage = practice.get_latest_revision_as_object()
    return version


def field_value(version: PracticePage, name: str) -> Any:
    """A field as plain data: the same data, the same text."""
    if name == "technology":
        return [_without_ids(block) for block in version.technology.get_prep_value()]
    if name == "materials":
        return [[item.title, item.file_id] for item in version.materials.all()]
    if name in MANY:
        return sorted(item.pk for item in getattr(version, name).all())
    field = version._meta.get_field(name)
    value = getattr(version, field.attname)  # type: ignore[union-attr]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return one_kind_of_lines(value) if isinstance(value, str) else value


def one_kind_of_lines(text: str) -> str:
    """Browsers send other ends of lines than they were given."""
    return text.replace("\r\n", "\n")


def digests(version: PracticePage, names: Iterable[str]) -> dict[str, str]:
    """A short mark of every field: another mark, another text."""
    return {name: _digest(field_value(version, name)) for name in names}


def _digest(value: Any) -> str:
    said = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _without_ids(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_ids(part) for key, part in value.items() if key != "id"}
    return [_without_ids(part) for part in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Conflict:
    """A field that was changed in two places: what is stored, and what the form says."""

    name: str
    title: str
    theirs: list[str]
    mine: list[str]
    choice: str = "mine"


def conflict(name: str, *, theirs: PracticePage, mine: PracticePage) -> Conflict:
    """Both versions of a field in words."""
    return Conflict(name, field_title(theirs, name), in_words(theirs, name), in_words(mine, name))


def field_title(version: PracticePage, name: str) -> str:
    """How people call a field."""
    if name == "materials":
        return _("Materials")
    field = version._meta.get_field(name)
    return capfirst(force_str(field.verbose_name))  # type: ignore[union-attr]


def in_words(version: PracticePage, name: str) -> list[str]:
    """A field as lines that people read."""
    if name == "technology":
        found = [
            light_words(str(text)) if block.block_type == "light_text" else str(text)
            for block in version.technology
            for text in block.block.get_searchable_content(block.value)
        ]
        return found or [NOTHING]
    if name == "materials":
        return [item.title for item in version.materials.all()] or [NOTHING]
    if name in MANY:
        return [str(item) for item in getattr(version, name).all()] or [NOTHING]
    field: Any = version._meta.get_field(name)
    value = getattr(version, name)
    if field.choices:
        return [str(dict(field.flatchoices).get(value) or NOTHING)]
    if isinstance(field, models.BooleanField):
        return [_("yes") if value else _("no")]
    if isinstance(value, Decimal):
        return [format(value.normalize(), "f").replace(".", ",")]
    return str(value).splitlines() if value not in (None, "") else [NOTHING]
