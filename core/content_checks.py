"""What makes a page hard to read for people with a screen reader, found in its blocks.

Advice, not a bar: the editor sees it after saving, and may know better. What the published HTML
shows (order of headings, empty links, captions, subtitles) is also looked at in the preview, see
``core.userbar``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText

from core.blocks import HeadingBlock, LinkBlock, TableBlock, VideoBlock

# Read out of context, in a list of links, these words say nothing.
VAGUE_WORDS = {
    *("здесь", "тут", "сюда", "подробнее", "далее", "читать далее", "узнать больше", "ссылка"),
    *("по ссылке", "по этой ссылке", "нажмите здесь", "скачать", "смотреть", "перейти"),
    *("here", "click here", "read more", "more", "link", "download"),
}
FILE_NAME = re.compile(r"\.(avif|gif|jpe?g|png|svg|webp|heic)$|^(img|dsc|image|фото)[-_ ]?\d", re.I)
SHOUTED_LETTERS = 20


def findings(page: Page) -> list[str]:
    """Everything found on ``page``, each said once, in the order of the page."""
    found: list[str] = []
    if is_shouted(page.title):
        found.append(_("The title is written in capitals: a screen reader may spell it out."))
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            found += _in_stream(getattr(page, field.name))
    return list(dict.fromkeys(found))


def is_shouted(text: str) -> bool:
    """Whether a run of words is in capitals; short names like МКУ «ИМЦ» are not meant."""
    for run in re.findall(r"[А-ЯЁA-Z][А-ЯЁA-Z\s\-–—,«»\"]*[А-ЯЁA-Z]", text):
        if len(re.findall(r"[А-ЯЁA-Z]", run)) >= SHOUTED_LETTERS and len(run.split()) > 1:
            return True
    return False


def _in_stream(stream: Any) -> Iterator[str]:
    """Findings of all blocks of a stream; the level of headings runs through it."""
    level = 1
    for child in stream or []:
        for block, value in _walk(child.block, child.value):
            if isinstance(block, HeadingBlock):
                level = 2
            if isinstance(value, RichText):
                soup = BeautifulSoup(value.source, "html.parser")
                for heading in soup.find_all(["h2", "h3", "h4"]):
                    now = int(heading.name[1])
                    if now > level + 1:
                        yield _(
                            "The heading «%(text)s» skips a level: begin a part with the block "
                            "«Heading»."
                        ) % {"text": heading.get_text(strip=True)}
                    level = now
                yield from _in_rich_text(soup)
            for kind, check in CHECKS.items():
                if isinstance(block, kind):
                    yield from check(value)


def _walk(block: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """The block and all blocks inside it."""
    yield block, value
    if value is None:
        return
    if isinstance(block, ImageBlock):
        return
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _walk(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _walk(block.child_block, item)
    elif isinstance(block, blocks.StreamBlock):
        for item in value:
            yield from _walk(item.block, item.value)


def _in_rich_text(soup: BeautifulSoup) -> Iterator[str]:
    for link in soup.find_all("a"):
        words = " ".join(link.get_text(" ", strip=True).split())
        if not words:
            yield _("There is a link without words.")
        else:
            yield from _about_link(words)
    for part in soup.find_all(["p", "li", "h3", "h4"]):
        if is_shouted(part.get_text(" ")):
            yield _("Capitals: «%(text)s…». Ordinary letters are easier to read.") % {
                "text": part.get_text(" ", strip=True)[:40]
            }


def _about_link(words: str) -> Iterator[str]:
    if words.lower().strip(" .…!»«>→") in VAGUE_WORDS:
        yield _("The words of the link «%(words)s» do not say where it leads.") % {"words": words}
    elif re.match(r"https?://|www\.", words):
        yield _("A link shows its address: «%(words)s». Write what opens there.") % {
            "words": words[:60]
        }


def _in_heading(value: Any) -> Iterator[str]:
    if is_shouted(value["text"]):
        yield _("The heading «%(text)s» is written in capitals.") % {"text": value["text"]}


def _in_image(value: Any) -> Iterator[str]:
    if value is None or getattr(value, "decorative", False):
        return
    text = (getattr(value, "contextual_alt_text", "") or "").strip()
    if not text:
        yield _("A picture has no words for those who do not see it.")
    elif FILE_NAME.search(text):
        yield _("The words for a picture look like the name of a file: «%(text)s».") % {
            "text": text
        }


def _in_table(value: Any) -> Iterator[str]:
    table = value.get("table")
    caption = (value.get("caption") or "").strip()
    if not caption:
        yield _("A table has no caption.")
    if table and any(not (column["heading"] or "").strip() for column in table.columns):
        yield _("The table «%(caption)s» has a column without a heading.") % {"caption": caption}


def _in_video(value: Any) -> Iterator[str]:
    transcript = value.get("transcript")
    said = BeautifulSoup(transcript.source, "html.parser").get_text() if transcript else ""
    if not value.get("captions") and not said.strip():
        yield _("The film «%(title)s» has neither subtitles nor a transcript.") % {
            "title": value["title"]
        }
    elif not value.get("captions"):
        yield _("The film «%(title)s» has no subtitles.") % {"title": value["title"]}


def _in_link(value: Any) -> Iterator[str]:
    yield from _about_link(value["text"])


CHECKS: dict[type, Callable[[Any], Iterator[str]]] = {
    HeadingBlock: _in_heading,
    ImageBlock: _in_image,
    TableBlock: _in_table,
    VideoBlock: _in_video,
    LinkBlock: _in_link,
}
