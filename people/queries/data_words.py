"""The copy of one's own data in words: nothing in it is called as programs call it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext, gettext_lazy
from wagtail.log_actions import registry as log_actions
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from core.models import Notice, NoticeSetting
from core.services.notices import notice_kind_words
from people.enums import ConsentItem
from people.models import CardOpening, Consent, CorrectionRequest, TeacherPage
from people.queries.corrections import asked_differences
from people.queries.openings import place_words
from people.registries import teacher_blocks

if TYPE_CHECKING:
    from django.db.models import Model

# Other packages name these fields in English alone.
_UNNAMED = {
    "action": gettext_lazy("what was done"),
    "label": gettext_lazy("with what"),
    "timestamp": gettext_lazy("when"),
    "ip": gettext_lazy("network address"),
    "user_agent": gettext_lazy("browser and device"),
    "created_at": gettext_lazy("begun at"),
    "updated_at": gettext_lazy("changed at"),
    "last_seen_at": gettext_lazy("last seen at"),
    "last_used_at": gettext_lazy("last used at"),
    "type": gettext_lazy("type"),
    "data": gettext_lazy("text"),
    "text": gettext_lazy("text"),
    "comment": gettext_lazy("remark"),
    "page": gettext_lazy("page"),
    "comment_notifications": gettext_lazy("letters about comments"),
    "object_str": gettext_lazy("with what"),
}


def _items(consent: Consent) -> list[str]:
    return [_labels_of_items().get(item, item) for item in consent.items]


def _labels_of_items() -> dict[str, str]:
    return {item.value: str(item.label) for item in ConsentItem}


def _blocks(page: TeacherPage) -> list[str]:
    words = {block.name: str(block.label) for block in teacher_blocks()}
    return [words.get(name, name) for name in page.blocks]


def _links(page: TeacherPage) -> list[dict[str, str]]:
    title, address = gettext("Title"), gettext("Address")
    return [{title: link["title"], address: link["url"]} for link in page.links]


def _before(request: CorrectionRequest) -> dict[str, str]:
    return {item.field: item.before for item in asked_differences(request)}


def _changes(request: CorrectionRequest) -> dict[str, str]:
    return {item.field: item.after for item in asked_differences(request)}


def _language(profile: UserProfile) -> str:
    code = profile.preferred_language
    return str(get_language_info(code)["name_translated"]) if code else ""


# Values that are no words: codes, and names of fields and of what apps have registered.
CODED: dict[tuple[type[Model], str], Callable[[Any], Any]] = {
    (ModelLogEntry, "action"): lambda row: str(log_actions.get_action_label(row.action)),
    (PageLogEntry, "action"): lambda row: str(log_actions.get_action_label(row.action)),
    (Notice, "kind"): lambda row: notice_kind_words(row.kind),
    (NoticeSetting, "kind"): lambda row: notice_kind_words(row.kind),
    (CardOpening, "place"): lambda row: place_words(row.place),
    (Consent, "items"): _items,
    (TeacherPage, "blocks"): _blocks,
    (TeacherPage, "links"): _links,
    (CorrectionRequest, "before"): _before,
    (CorrectionRequest, "changes"): _changes,
    (UserProfile, "preferred_language"): _language,
}


def field_words(model: type[Model], name: str) -> str:
    """What the field is called."""
    words = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return capfirst(str(_UNNAMED.get(name, words)) if words.isascii() else words)


def value_words(row: Model, name: str) -> Any:
    """What stands in the field, as JSON holds it."""
    field, value = row._meta.get_field(name), getattr(row, name)
    if (said := CODED.get((type(row), name))) is not None:
        return said(row)
    if getattr(field, "choices", None):
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    return str(value)
