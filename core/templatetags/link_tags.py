"""Links that an editor has put into a block: only those that open to the reader are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django import template

from core.link_block import LinkValue

register = template.Library()


class OpenLink(NamedTuple):
    """A link that leads somewhere for this reader."""

    text: str
    href: str


@register.simple_tag(takes_context=True)
def address_of(context: Mapping[str, Any], link: LinkValue) -> str:
    """Where ``link`` leads the reader; empty where nothing opens."""
    return link.href_for(getattr(context.get("request"), "user", None))


@register.simple_tag(takes_context=True)
def open_links(context: Mapping[str, Any], links: Iterable[LinkValue]) -> list[OpenLink]:
    """``links`` without those to pages that are not published or not open to the reader."""
    found = [OpenLink(link["text"], address_of(context, link)) for link in links]
    return [link for link in found if link.href]
