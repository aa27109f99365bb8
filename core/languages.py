"""What a visitor of another language is shown, and what not."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import Page, PageViewRestriction

from core.enums import Access
from core.page_cache import depends_on, remember, silenced, tags


class Way(NamedTuple):
    """Where a page stands, and for whom it opens; nobody whom a link could be shown to: None."""

    url: str
    access: str | None


def link_to(page: Page, *, signed_in: bool = False) -> str:
    """Address of ``page`` in the language of the reader, where it is translated.

    Empty while the page is not published or not open to the reader: a link that leads nowhere, or
    to a closed door, is not shown.
    """

    def find() -> Way:
        depends_on(tags.address(page.pk), tags.translations(page.translation_key))
        with silenced():
            shown = page.localized
            if not shown.live:
                return Way("", None)
            return Way(shown.url or "", open_to(shown.specific))

    way = remember(f"link:{page.pk}:{get_language()}", find)
    opens = way.access == Access.PUBLIC or (signed_in and way.access == Access.SIGNED_IN)
    return way.url if opens else ""


def open_to(page: Page) -> str | None:
    """Who may read ``page``: everybody, whoever is signed in, or (None) a narrower circle."""
    kinds = {restriction.restriction_type for restriction in page.get_view_restrictions()}
    if not kinds:
        # A document has a word of its own.
        return getattr(page, "access", Access.PUBLIC)
    return Access.SIGNED_IN if kinds == {PageViewRestriction.LOGIN} else None


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
