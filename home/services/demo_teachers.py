"""Consents and own pages of the teachers of the demonstration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from anyascii import anyascii
from django.db import transaction
from django.utils.text import slugify

from home.services.demo_register import MARK, demo_person
from home.services.seeding import once
from home.services.structure import read_data
from people.enums import ConsentItem, ConsentKind
from people.models import StaffRecord, TeacherPage, User
from people.queries.publishing import published_items
from people.registries import teacher_blocks
from people.services.addresses import set_address
from people.services.consent_texts import text_in_force
from people.services.consents import give_consent
from people.services.teacher_pages import open_page, save_teacher_page

# There are no photographs of invented people.
SHOWN = [item for item in ConsentItem if item != ConsentItem.PHOTO]
NAMED = [*(ConsentItem.NAME, ConsentItem.POSITION, ConsentItem.ORGANISATION, ConsentItem.MATERIALS)]


@transaction.atomic
def load_demo_teachers() -> None:
    """A page for each teacher of the data; open where the data say that there is a consent."""
    for entry in read_data("demo_content.json")["teacher_pages"]["examples"]:
        record = demo_person(entry["person"])
        if record is not None and once(f"teacher:{entry['person']}"):
            _make_page(entry, record)


def account_of(code: str) -> User | None:
    """The account of a teacher of the data; None where somebody deleted the record."""
    record = demo_person(code)
    if record is None:
        return None
    return record.user or _account(code, record)


def agree_to_be_named(user: User) -> None:
    """The consents without which nobody reads who wrote a practice, unless there are such."""
    _consent(user, ConsentKind.PROCESSING)
    if not published_items(user):
        _consent(user, ConsentKind.DISTRIBUTION, NAMED)


def _make_page(entry: dict[str, Any], record: StaffRecord) -> None:
    user = record.user or _account(entry["person"], record)
    _consent(user, ConsentKind.PROCESSING)
    if not hasattr(user, "teacher_page"):
        name = f"{record.first_name} {record.last_name}".replace(MARK, "")
        page = TeacherPage(
            user=user,
            slug=slugify(anyascii(name)),
            about=entry["about"],
            topics=entry["help_topics"],
            links=[{"url": entry["external_url"], "title": "Мой сайт (демо)"}]
            if entry["external_url"]
            else [],
            blocks=[block.name for block in teacher_blocks() if block.name != "email"],
        )
        save_teacher_page(page=page, user=user)
    if entry["consent_distribution"]:
        _consent(user, ConsentKind.DISTRIBUTION, SHOWN)
        open_page(user=user)


def _consent(user: User, kind: ConsentKind, items: Iterable[ConsentItem] = ()) -> None:
    text = text_in_force(kind)
    if text is not None:
        give_consent(user=user, text=text, items=items)


def _account(code: str, record: StaffRecord) -> User:
    """An account nobody signs in with: the data name no log-in for this teacher."""
    made = User(
        email=f"{code}@demo.local", last_name=record.last_name, first_name=record.first_name
    )
    made.set_unusable_password()
    made.save()
    set_address(user=made, confirmed=True)
    record.user = made
    record.save(update_fields=["user"])
    return made
