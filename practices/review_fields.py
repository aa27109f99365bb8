"""Which fields a remark may concern, and what they are called."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.functional import lazystr
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

# In the order in which readers meet them.
FIELDS = (
    *("title", "summary", "kind", "subjects", "level", "grade_from", "grade_to", "audience"),
    *("topics", "measures", "relevance", "goal", "tasks", "novelty", "technology", "conditions"),
    *("risks", "effort", "measured", "before", "after", "unit", "results", "generalisation"),
    *("small_school", "keywords", "standards", "age_mark", "licence", "borrowings"),
    *("is_own_work", "no_children"),
)
# What stands beside the text of a practice.
MORE = {"materials": _("Materials"), "authors": _("Authors")}


def field_words(name: str) -> str:
    """What the field is called where people read it; of the whole practice: empty."""
    if not name:
        return ""
    if name in MORE:
        return str(MORE[name])
    if name not in FIELDS:
        return name
    field = apps.get_model("practices", "PracticePage")._meta.get_field(name)
    return str(capfirst(str(field.verbose_name)))  # type: ignore[union-attr]


def field_choices() -> list[tuple[str, Any]]:
    """All of them for a select; the empty one is the whole practice."""
    named = [(name, lazystr(field_words(name))) for name in (*FIELDS, *MORE)]
    return [("", _("The practice as a whole")), *named]
