"""What a visitor of another language is shown, and what not."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page

from core.page_cache import depends_on, remember, silenced, tags


def link_to(page: Page) -> str:
    """Address of ``page`` in the language of the reader, where it is translated.

    Empty while the page is not published: a link that leads nowhere is not shown.
    """

    def find() -> str:
        depends_on(tags.address(page.pk), tags.translations(page.translation_key))
        with silenced():
            shown = page.localized
            return (shown.url or "") if shown.live else ""

    return remember(f"link:{page.pk}:{get_language()}", find)


@hooks.register("before_serve_page")
def name_page_of_request(page: Page, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
    """Let the frame know the page: its languages are offered, its section is marked."""
    request.portal_page = page  # type: ignore[attr-defined]


@hooks.register("before_serve_page")
def show_source_instead_of_repetition(
    page: Page, request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse | None:
    """Send the visitor of an untranslated page to its source.

    wagtail-localize fills gaps in the tree of a language with aliases. Such a page would show the
    text of the source under an address, a frame and a ``lang`` of another language.
    """
    if page.alias_of_id is None:
        return None
    source = page.alias_of
    if source.locale_id == page.locale_id or not source.live:
        return None
    url = source.get_url(request)
    return redirect(url) if url else None
