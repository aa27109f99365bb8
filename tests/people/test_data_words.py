"""What people read about their own data is written in words, whatever kind of data it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models
from wagtail.log_actions import registry as log_actions
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from core.models import Notice
from core.rights import personal_data
from core.services.notices import _kinds as notice_kinds
from people.enums import ConsentItem
from people.models import CardOpening, Consent, CorrectionRequest, TeacherPage
from people.queries.data_words import CODED, field_words, value_words
from people.queries.openings import place_words
from people.registries import teacher_blocks

LETTERS = re.compile("[А-Яа-яЁё]")
# What somebody has written, or what is a name, a number or an address by itself. Any other text
# without a list of choices is a code, and CODED has its words.
WRITTEN = {
    "title",
    "name",
    "subject",
    "remark",
    "first_name",
    "last_name",
    "patronymic",
    "original_name",
    "file_name",
    "checksum",
    "head_name",
    "head_position",
    "slug",
    "topics",
    "hidden_reason",
    "programme",
    "provider",
    "document_number",
    "user_agent",
    "degree",
    "category_order",
    "assessment_result",
    "institution",
    "speciality",
    "note",
}


def walked() -> Iterator[tuple[type[models.Model], tuple[str, ...]]]:
    """Every model that the copy of data shows, the parts of records too, with its fields."""
    for kind in personal_data():
        if kind.shown:
            yield kind.model, kind.fields
            for relation, names in kind.parts.items():
                yield kind.model._meta.get_field(relation).related_model, names


def test_every_field_of_the_copy_has_a_name_of_its_own() -> None:
    for model, names in walked():
        titles = [field_words(model, name) for name in names]
        assert all(LETTERS.search(title) for title in titles), (model, titles)
        assert len(set(titles)) == len(titles), (model, titles)


def test_every_kind_of_the_copy_has_a_name() -> None:
    titles = [str(kind.title) for kind in personal_data() if kind.shown]
    assert all(LETTERS.search(title) for title in titles), titles


def test_every_choice_and_every_code_of_the_copy_has_words() -> None:
    seen = set()
    for model, names in walked():
        for name in names:
            field = model._meta.get_field(name)
            seen.add((model, name))
            for value, words in getattr(field, "flatchoices", None) or ():
                assert value in ("", None) or LETTERS.search(str(words)), (model, name, value)
            is_text = isinstance(field, models.CharField | models.JSONField)
            if is_text and not (field.choices or isinstance(field, models.EmailField)):
                assert name in WRITTEN or (model, name) in CODED, (model, name)
    assert CODED.keys() <= seen


@pytest.mark.parametrize(
    ("make", "name", "codes"),
    [
        (lambda code: Notice(kind=code), "kind", sorted(notice_kinds)),
        (lambda code: Consent(items=[code]), "items", ConsentItem.values),
        (lambda code: TeacherPage(blocks=[code]), "blocks", [b.name for b in teacher_blocks()]),
        (
            lambda code: ModelLogEntry(action=code),
            "action",
            sorted(dict(log_actions.get_choices())),
        ),
        (
            lambda code: UserProfile(preferred_language=code),
            "preferred_language",
            [code for code, _name in settings.LANGUAGES],
        ),
    ],
)
def test_no_code_is_read_by_a_person(make, name, codes) -> None:
    assert codes
    for code in codes:
        said = value_words(make(code), name)
        said = said[0] if isinstance(said, list) else said
        assert LETTERS.search(said), (code, said)
        assert code not in said


def test_links_and_corrections_name_no_field() -> None:
    page = TeacherPage(links=[{"title": "Мой блог", "url": "https://example.org/"}])
    assert value_words(page, "links") == [{"Название": "Мой блог", "Адрес": "https://example.org/"}]
    asked = CorrectionRequest(
        target="card-category",
        before={"category": "none", "birth_date": "1980-02-01"},
        changes={"category": "first", "birth_date": "1980-02-03"},
    )
    before, changes = value_words(asked, "before"), value_words(asked, "changes")
    assert before.keys() == changes.keys()
    assert "Дата рождения" in before
    assert (before["Дата рождения"], changes["Дата рождения"]) == ("01.02.1980", "03.02.1980")
    assert all(LETTERS.search(title) for title in changes)
    assert "first" not in changes.values()


def test_every_place_where_a_card_is_opened_is_said_in_words() -> None:
    """In whichever app: the log is read by the administrator and by the person."""
    places = set()
    root = Path(settings.BASE_DIR)
    for app in ("core", "people", "monitoring", "home"):
        for path in (root / app).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if "note_openings(" in text:
                places |= set(re.findall(r'\bplace ?= ?f?"(\w+)', text))
    assert {"card", "export", "consent", "indicator"} <= places
    for place in places:
        assert LETTERS.search(place_words(place)), place
    assert place_words("indicator 3") == "люди за показателем 3"
    assert value_words(CardOpening(place="indicator 3"), "place") == "люди за показателем 3"
