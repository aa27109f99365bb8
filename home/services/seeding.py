"""How the set-up and the demonstration put content in place without disturbing anybody's work.

Every made thing has a key. Its translation key is computed from that key, so it is found again
whatever address or title an editor gave it; and the key is remembered (``SetupRecord``), so what
an editor deleted is not made again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import models, transaction
from django.utils import timezone
from wagtail.blocks import StreamBlock
from wagtail.log_actions import log
from wagtail.models import Locale, Page

from core.blocks import BodyBlock
from home.models import SetupRecord

Made = TypeVar("Made", bound=models.Model)
PAGE_LINK = re.compile(r"\{page:([a-z0-9/_.-]+)\}")


def key_uuid(key: str) -> UUID:
    """The translation key of the thing that the set-up calls ``key``."""
    return uuid5(NAMESPACE_URL, f"portal-setup:{key}")


def source_locale() -> Locale:
    """The locale in which content is written first."""
    return Locale.get_default()


def once(key: str) -> bool:
    """True the first time ever that ``key`` is asked for; remembers it."""
    _record, created = SetupRecord.objects.get_or_create(key=key)
    return created


def find_page(key: str) -> Page | None:
    """The page that the set-up made under ``key``, in the source language."""
    page = Page.objects.filter(translation_key=key_uuid(key), locale=source_locale()).first()
    return page.specific if page else None


@transaction.atomic
def make_page(*, key: str, parent: Page | None, build: Callable[[], Page]) -> Page | None:
    """Publish a new page below ``parent`` unless it was ever made; return what stands there now.

    None means that an editor deleted it (or its parent): whoever adds below it leaves that out.
    """
    if parent is None or not once(f"page:{key}"):
        return find_page(key)
    page = build()
    page.translation_key = key_uuid(key)
    page.locale = source_locale()
    parent.add_child(instance=page)
    log(instance=page, action="wagtail.create")
    # Adding it has checked it.
    page.save_revision(clean=False, log_action=True).publish()
    page.refresh_from_db()
    return page


@transaction.atomic
def make_snippet(
    *, key: str, model: type[Made], match: dict[str, Any], values: dict[str, Any]
) -> Made | None:
    """Make a translatable snippet once; take over one that already carries ``match``."""
    manager = model._default_manager
    locale = source_locale()
    if not once(f"snippet:{key}"):
        found = manager.filter(translation_key=key_uuid(key), locale=locale).first()
        return found or manager.filter(**match, locale=locale).first()
    found = manager.filter(**match, locale=locale).first()
    if found is not None:
        return found
    made = manager.create(translation_key=key_uuid(key), locale=locale, **match, **values)
    log(instance=made, action="wagtail.create")
    return made


@transaction.atomic
def refill_page(*, key: str, page: Page, fill: Callable[[Page], None]) -> bool:
    """Give a page that nobody has edited since the set-up a new text; True when it was done."""
    if not once(f"text:{key}"):
        return False
    if page.revisions.filter(user__isnull=False).exists():
        return False
    fill(page)
    page.save_revision(changed=True, log_action=True).publish()
    return True


def body_value(parts: list[Any]) -> Any:
    """The value of a BodyField from the short notation of the data files.

    A part is ``["heading", "Words"]``, ``["text", "<p>…</p>"]`` or ``[block, raw value]`` of any
    block of ``core.blocks.BodyBlock``. ``{page:KEY}`` inside a text becomes that page's number.
    """
    block = BodyBlock()
    raw = []
    for name, value in parts:
        if name == "heading":
            value = block.child_blocks["heading"].clean({"text": value, "anchor": ""})
            value = {"text": value["text"], "anchor": value["anchor"]}
        raw.append({"type": name, "value": _with_page_numbers(value)})
    return marked_value(block, raw)


def marked_value(block: StreamBlock, raw: list[dict[str, Any]]) -> Any:
    """The value of ``raw`` in which every item of a list has its mark, as an editor's form gives.

    By these marks a translation knows its items again.
    """
    value = block.to_python(raw)
    # Reading a child makes its marks.
    for child in value:
        child.get_prep_value()
    return block.to_python(value.get_prep_value())


def _with_page_numbers(value: Any) -> Any:
    """``value`` with every ``{page:KEY}`` replaced by the number of that page."""
    if isinstance(value, dict):
        return {name: _with_page_numbers(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_page_numbers(part) for part in value]
    if not isinstance(value, str):
        return value
    whole = PAGE_LINK.fullmatch(value)
    if whole:
        page = find_page(whole[1])
        return page.pk if page else None
    return PAGE_LINK.sub(lambda found: str(getattr(find_page(found[1]), "pk", 0)), value)


def today_plus(days: int) -> date:
    """The local date that is ``days`` away from today."""
    return timezone.localdate() + timedelta(days=days)
