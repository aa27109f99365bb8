"""What happened to a practice, and its text as reviewers read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry

from practices.models import PracticePage
from practices.review_fields import FIELDS, field_words

if TYPE_CHECKING:
    from datetime import datetime

    from wagtail.models import Revision

# What Wagtail writes down, in the words of the review; saving a draft is no event of it.
_WORDS = {
    "wagtail.workflow.start": _("Sent for review"),
    "wagtail.workflow.resume": _("Sent again"),
    "wagtail.publish": _("Published"),
}
_SHOWN = ("practices.", *_WORDS)
LAST = 40
# Without them nobody could judge: reviewers see that they are empty.
_NEEDED = ("summary", "kind", "subjects", "level", "relevance", "goal", "results")


@dataclass(frozen=True)
class Event:
    """What happened, when, by whom."""

    words: str
    at: datetime
    person: str


@dataclass(frozen=True)
class Shown:
    """A field of the text under its name."""

    name: str
    title: str
    words: str


@dataclass(frozen=True)
class PracticeText:
    """One version of a practice as reviewers read it."""

    page: PracticePage
    revision_id: int | None
    fields: list[Shown]
    materials: list[Any]


def history_of(practice: PracticePage) -> list[Event]:
    """The events of the review, the newest first; one query."""
    entries = (
        PageLogEntry.objects.filter(page=practice.pk)
        .select_related("user")
        .order_by("-timestamp", "-pk")[: 3 * LAST]
    )
    shown = [entry for entry in entries if entry.action.startswith(_SHOWN)]
    return [
        Event(_words(entry.action), entry.timestamp, str(entry.user or ""))
        for entry in shown[:LAST]
    ]


def _words(action: str) -> str:
    return str(_WORDS.get(action) or registry.get_action_label(action))


def text_of(practice: PracticePage, revision: Revision | None) -> PracticeText:
    """The version of ``revision``; without it the page as it is."""
    page: PracticePage = revision.as_object() if revision is not None else practice
    left_out = {"technology", "grade_to"} | (set() if page.measured else {"unit"})
    found = [_shown(page, name) for name in FIELDS if name not in left_out]
    fields = [shown for shown in found if shown.words or shown.name in _NEEDED]
    materials = list(page.materials.all())
    return PracticeText(page, revision.pk if revision else None, fields, materials)


def _shown(page: PracticePage, name: str) -> Shown:
    if name in ("subjects", "topics", "measures"):
        words = ", ".join(str(item) for item in getattr(page, name).all())
    elif name == "grade_from":
        return Shown(name, str(_("Classes")), page.grades if page.grade_from else "")
    elif choice := getattr(page, f"get_{name}_display", None):
        words = str(choice() or "")
    else:
        value = getattr(page, name)
        words = "" if value is None else str(value)
        if isinstance(value, bool):
            words = "✓" if value else ""
    return Shown(name, str(capfirst(field_words(name))), words)
