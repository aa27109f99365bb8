"""Blocks while an editor fills them in: a draft keeps what is unfinished, the site does not."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from core.blocks import BodyBlock, StepsBlock
from core.link_block import LinkBlock
from core.picture_blocks import GalleryBlock, PictureBlock
from tests.factories.core import PortalDocumentFactory

BODY = BodyBlock()


def empty(name: str) -> blocks.StreamValue:
    """A body with one block of the kind as «+» brings it."""
    return blocks.StreamValue(BODY, [(name, BODY.child_blocks[name].get_default())])


@pytest.mark.parametrize("name", list(BODY.child_blocks))
def test_an_empty_block_is_kept_in_a_draft(name: str) -> None:
    kept = BODY.clean_deferred(empty(name))
    assert [child.block_type for child in kept] == [name]


@pytest.mark.parametrize("name", list(BODY.child_blocks))
def test_an_empty_block_can_be_previewed(name: str) -> None:
    assert isinstance(empty(name)[0].render(), str)


@pytest.mark.parametrize("name", list(BODY.child_blocks))
def test_an_empty_block_does_not_come_to_the_site(name: str) -> None:
    with pytest.raises(ValidationError):
        BODY.clean(empty(name))


@pytest.mark.django_db
def test_a_film_must_be_a_film_even_in_a_draft() -> None:
    value = BODY.child_blocks["video"].get_default()
    value["file"] = PortalDocumentFactory()
    with pytest.raises(ValidationError):
        BODY.clean_deferred(blocks.StreamValue(BODY, [("video", value)]))


def test_a_link_leads_to_one_place() -> None:
    block = LinkBlock()
    value = block.normalize({"text": "Положение", "page": None, "url": "https://example.ru/"})
    assert block.clean(value)["url"] == "https://example.ru/"
    with pytest.raises(ValidationError):
        block.clean(block.normalize({"text": "Положение", "page": None, "url": ""}))


@pytest.mark.parametrize(("block", "name"), [(GalleryBlock(), "images"), (StepsBlock(), "items")])
def test_a_list_of_two_begins_with_two(block: blocks.StructBlock, name: str) -> None:
    assert len(block.get_default()[name]) == 2


def test_a_picture_asks_in_russian_for_its_description() -> None:
    block = PictureBlock()
    assert isinstance(block, ImageBlock)
    with override("ru"):
        labels = [str(child.label) for child in block.child_blocks.values()]
    assert labels == ["Изображение", "Декоративное", "Что на изображении"]
