"""The wordings of consents: a new version, and the words as a person reads and signs them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url
from wagtail.log_actions import log

from core.models import SiteSettings
from people.enums import ConsentItem, ConsentKind
from people.models import ConsentText, User
from people.permissions import user_keeps_consents

TEXTS = Path(__file__).resolve().parent.parent / "data" / "consent_texts.json"
PLACES = frozenset(
    {
        *("fio", "operator", "address", "data_list", "purposes", "portal_url", "checked_list"),
        "term",
    }
)
# Without these it would be no document of the law: who agrees, and to what.
NEEDED = {
    ConsentKind.PROCESSING: ("fio", "operator", "data_list", "purposes"),
    ConsentKind.DISTRIBUTION: ("fio", "operator", "checked_list", "term"),
}
# What makes a version; its number and its day follow.
WORDS = ("title", "law", "text", "data_list", "purposes", "items")
BLANK = "_" * 30


def set_up_consent_texts() -> None:
    """The first version of each text, put in force; a department writes its own versions later."""
    for entry in json.loads(TEXTS.read_text(encoding="utf-8")):
        if not ConsentText.objects.filter(kind=entry["kind"]).exists():
            ConsentText.objects.create(version=1, published_at=timezone.now(), **entry)


def text_in_force(kind: str) -> ConsentText | None:
    """The version that is agreed to today; None where nobody has put one in force."""
    return (
        ConsentText.objects.filter(kind=kind, published_at__lte=timezone.now())
        .order_by("-published_at", "-version")
        .first()
    )


def check_words(text: ConsentText) -> None:
    """Raise ValidationError, at the field, for what would be no consent in the sense of the law."""
    places = set(re.findall(r"\{([^{}]*)\}", text.text))
    kind = ConsentKind(text.kind)
    wrong = [_("The text knows no {%(place)s}.") % {"place": p} for p in sorted(places - PLACES)]
    wrong += [
        _("The text has to contain {%(place)s}.") % {"place": place}
        for place in NEEDED[kind]
        if place not in places
    ]
    errors: dict[str, list[str]] = {"text": wrong} if wrong else {}
    if kind == ConsentKind.PROCESSING and not text.data_list.strip():
        errors["data_list"] = [_("Name the data that are processed.")]
    if kind == ConsentKind.DISTRIBUTION and not text.items:
        errors["items"] = [_("Choose what the consent asks about.")]
    if not text.purposes.strip():
        errors["purposes"] = [_("Name the purposes.")]
    if errors:
        raise ValidationError(errors)


def same_words(one: ConsentText, other: ConsentText) -> bool:
    """Whether two versions say the same."""
    return all(getattr(one, name) == getattr(other, name) for name in WORDS)


@transaction.atomic
def add_version(*, text: ConsentText, seen: int, user: User) -> ConsentText:
    """A new version of a wording, in force from now on. Who agreed to an older one agreed to that.

    ``seen`` is the number of the version that the new one was written against. A second click
    finds what the first one made. Raises PermissionDenied for others than the operator,
    ValidationError for what is no consent, for a version that changes nothing, and when somebody
    else has put another one in force meanwhile.
    """
    if not user_keeps_consents(user):
        raise PermissionDenied
    # One at a time for each kind. What another has added meanwhile is read after the wait: a
    # question that waits for a lock does not see rows that are younger than itself.
    list(ConsentText.objects.select_for_update().filter(kind=text.kind).order_by("pk"))
    check_words(text)
    current = text_in_force(text.kind)
    number = current.version if current else 0
    if current is not None and same_words(current, text):
        if number != seen:
            return current
        raise ValidationError(_("Nothing has changed: this is the text in force."), code="same")
    if number != seen:
        raise ValidationError(
            _(
                "Somebody has put version %(number)s in force meanwhile. Compare your text with it "
                "once more."
            )
            % {"number": number},
            code="changed",
        )
    highest = ConsentText.objects.filter(kind=text.kind).aggregate(highest=Max("version"))
    added = ConsentText(
        kind=text.kind,
        version=(highest["highest"] or 0) + 1,
        published_at=timezone.now(),
        **{name: getattr(text, name) for name in WORDS},
    )
    added.full_clean()
    added.save()
    log(
        instance=added,
        action="people.add_consent_version",
        user=user,
        data={"version": added.version},
    )
    return added


def wording(
    text: ConsentText, *, name: str, items: Iterable[str] = (), valid_until: date | None = None
) -> str:
    """The text with everything filled in, as a person reads and signs it."""
    chosen = [str(ConsentItem(item).label) for item in ConsentItem.values if item in set(items)]
    return _filled(
        text,
        fio=name or BLANK,
        checked_list="; ".join(chosen) or _("nothing"),
        term=f"{valid_until:%d.%m.%Y}" if valid_until else _("until withdrawn"),
    )


def blank_wording(text: ConsentText) -> str:
    """The text to be filled in by hand: lines for the name and the term, a box for each item."""
    boxes = "".join(f"\n☐ {label}" for label in text.item_labels)
    return _filled(text, fio=BLANK, checked_list=boxes, term=BLANK)


def _filled(text: ConsentText, **values: str) -> str:
    settings = SiteSettings.objects.first() or SiteSettings()
    values |= {
        "operator": settings.operator_name or settings.owner_name,
        "address": settings.address or _("address in the contacts of the portal"),
        "data_list": text.data_list,
        "purposes": text.purposes,
        "portal_url": get_admin_base_url(),
    }
    # No str.format: braces that a lawyer writes are no place for data. All at once, so that
    # braces within a name or a list fill nothing in.
    return re.sub(
        r"\{(\w+)\}", lambda found: str(values.get(found[1], found[0])), text.text, flags=re.A
    )
