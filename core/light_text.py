"""Text that people write about themselves: a little Markdown becomes HTML that can hold no harm.

Paragraphs, lists, bold, italics and links are known; everything else, HTML above all, stays the
text it is.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Whose words they are search engines hear; the page behind the link gets no hold of ours.
OUTSIDE_REL = "external nofollow ugc noopener"
_SPACES = re.compile(r"\s+")


def light_html(text: str) -> SafeString:
    """``text`` as HTML."""
    return mark_safe(_markdown().render(text))  # noqa: S308 (the renderer escapes what it is given)


def light_words(text: str) -> str:
    """The words of ``text`` without its marks, on one line: for search and descriptions."""
    return _SPACES.sub(" ", html.unescape(strip_tags(light_html(text)))).strip()


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    made = MarkdownIt("zero", {"html": False, "breaks": True})
    made.enable(["emphasis", "list", "link", "newline", "escape", "entity"])
    made.validateLink = _may_be_linked  # type: ignore[method-assign]
    made.add_render_rule("link_open", _open_link)
    return made


def _may_be_linked(address: str) -> bool:
    """Pages and mailboxes; no scripts, and no addresses without a host that would mean ours."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "")


def _open_link(self: Any, tokens: Any, place: int, options: Any, env: Any) -> str:
    tokens[place].attrSet("rel", OUTSIDE_REL)
    return str(self.renderToken(tokens, place, options, env))
