"""Every block tells an editor what it is before it is chosen: icon, words, and a picture of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block, StreamBlock

from core.blocks import FRAME_ANCHORS, BodyBlock
from home.models import HomePage
from people.models import User

STREAMS: list[StreamBlock] = [BodyBlock(), HomePage._meta.get_field("entrances").stream_block]
BLOCKS = [block for stream in STREAMS for block in stream.child_blocks.values()]
# Words that only the block itself can have brought into its picture.
SHOWN = {
    "heading": "Что изменилось",
    "text": "трёх",
    "quote": "Анна Примерова",
    "table": "Учитель года",
    "image": "Пётр",
    "gallery": "Награждение",
    "documents": "Таблица данных",
    "video": "годовые кольца",
    "accordion": "подтверждать категорию",
    "call_to_action": "Заполнить форму",
    "contact": "metod@example.ru",
    "steps": "Дождитесь решения",
    "people": "Захар Макетов",
    "entrance": "Аттестация",
}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_a_block_says_what_it_is(block: Block) -> None:
    assert block.meta.icon != "placeholder"
    assert block.get_description()
    assert block.is_previewable
    assert block.meta.template


def test_no_two_blocks_of_a_page_look_alike_in_the_picker() -> None:
    icons = [block.meta.icon for block in BodyBlock().child_blocks.values()]
    assert len(set(icons)) == len(icons)


@pytest.mark.django_db
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.name)
def test_the_picture_of_a_block(
    block: Block, superuser: User, client_of: Callable[[User | None], Client]
) -> None:
    address = reverse("wagtailadmin_block_preview")
    page = client_of(superuser).get(address, {"id": block.definition_prefix})
    assert page.status_code == 200
    words = page.content.decode().replace("\xa0", " ")
    assert SHOWN[block.name] in words
    assert "site.css" in words


def cleaned(*headings: tuple[str, str]) -> list[str]:
    """The anchors of headings (text, anchor) after an editor saved them."""
    block = BodyBlock()
    raw = [{"type": "heading", "value": {"text": t, "anchor": a}} for t, a in headings]
    return [child.value["anchor"] for child in block.clean(block.to_python(raw))]


def test_each_heading_has_an_address_of_its_own() -> None:
    same = cleaned(("Сроки", ""), ("Сроки", ""), ("Иное", "sroki"), ("Сроки", "sroki-2"))
    assert same[0] == "sroki"
    assert len(set(same)) == 4
    # Saved again, the addresses stay: somebody links to them.
    again = cleaned(*[("Сроки", anchor) for anchor in same])
    assert again == same


def test_no_heading_takes_an_address_of_the_frame() -> None:
    assert not FRAME_ANCHORS & set(cleaned(("Main", ""), ("Меню", "menu"), ("…", "")))
    assert all(cleaned(("…", ""), ("?", "")))
