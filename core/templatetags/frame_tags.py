"""Tags of what pages are made of and tied together by: kept parts, addresses, data for machines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from core.chrome import OWN_ADDRESS, Chrome, render_alike
from core.page_cache import remember

register = template.Library()

# Components of lists that a process holds ready, about a kilobyte each.
MAX_REUSED = 2000


@register.simple_tag
def source_lang(owner: Any, name: str) -> SafeString:
    """Attribute of a word of the portal settings that is shown in the source language on a page
    in another one."""
    translated = getattr(owner, "translated", None)
    if translated is None or name in translated:
        return mark_safe("")
    return format_html(' lang="{}"', settings.LANGUAGE_CODE)


@register.simple_tag(takes_context=True)
def shared(context: Mapping[str, Any], name: str, *by: Any) -> SafeString:
    """A part of the frame that all visitors who have not signed in see alike.

    ``name`` is its template, which sees ``portal`` and ``request``; ``by`` is what else its look
    depends on. Kept until something on it changes.
    """
    portal = context.get("portal")
    if not isinstance(portal, Chrome):
        # The page of an error.
        return render_to_string(name, context.flatten())  # type: ignore[attr-defined]
    key = ":".join(("html", name, portal.scope, *(str(part) for part in by)))
    html = remember(key, lambda: render_alike(name, portal.request))
    # A quoted path holds no character that means something in HTML.
    return mark_safe(html.replace(OWN_ADDRESS, quote(portal.request.path)))  # noqa: S308


@register.simple_tag
def reuse(name: str, **values: Any) -> SafeString:
    """A component that shows ``values`` and nothing else, like ``include`` with ``only``.

    Lists show the same things again and again: what a process has rendered once it uses again.
    """
    return _render_or_reuse(name, get_language(), **values)


def _render(name: str, _language: str, **values: Any) -> SafeString:
    return render_to_string(name, values)


# By the types of the values, too: words that are marked safe are not the words themselves.
_reused = lru_cache(maxsize=MAX_REUSED, typed=True)(_render)


def _render_or_reuse(name: str, language: str | None, **values: Any) -> SafeString:
    # In development a template may change under a running process.
    return (_render if settings.DEBUG else _reused)(name, language, **values)  # type: ignore[arg-type]


@register.simple_tag(takes_context=True)
def with_query(context: Mapping[str, Any], **changes: Any) -> str:
    """The query of this request with ``changes``; None takes a parameter away. Begins with «?»."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    text = query.urlencode()
    return f"?{text}" if text else "?"


_JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def structured_data(context: Mapping[str, Any], page: Any) -> SafeString:
    """JSON-LD of a page. Data, not code: the browser runs nothing of it."""
    if not hasattr(page, "get_structured_data") or "request" not in context:
        return mark_safe("")
    text = json.dumps(page.get_structured_data(context["request"]), ensure_ascii=False)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text.translate(_JSON_ESCAPES)),  # noqa: S308 (the three characters are escaped)
    )


@register.simple_tag(takes_context=True)
def breadcrumb_trail(context: Mapping[str, Any], page: Any) -> list[Any]:
    """Ancestors of a page from the home page down; one query, none on the page that is served."""
    request = context.get("request")
    if request is not None and page and getattr(request, "portal_page", None) is page:
        return context["portal"].trail
    if not hasattr(page, "get_ancestors") or page.depth < 3:
        return []
    return list(page.get_ancestors().filter(depth__gt=1))


@register.simple_tag
def elided_pages(page_obj: Any) -> list[Any]:
    """Numbers of pages around the current one; «…» where some are left out."""
    return list(
        page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    )
