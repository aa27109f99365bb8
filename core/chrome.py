"""The frame around every page: header, sections, footer, languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from wagtail.models import Page, Site

from core.models import SiteSettings


@dataclass(frozen=True)
class Link:
    """A link of the frame; ``active`` marks the section the visitor is in."""

    title: str
    url: str
    active: bool = False


@dataclass(frozen=True)
class LanguageLink:
    """A real translation of the page that is shown."""

    code: str
    name: str
    url: str
    active: bool


class Chrome:
    """Everything base.html shows around the content; each part is read once and only when asked."""

    def __init__(self, request: HttpRequest, page: Page | None = None) -> None:
        self.request = request

    @cached_property
    def site(self) -> Site | None:
        return Site.find_for_request(self.request)

    @cached_property
    def settings(self) -> SiteSettings:
        return SiteSettings.for_request(self.request)

    @cached_property
    def vis(self) -> Any:
        return getattr(self.request, "vis", None)

    @cached_property
    def home(self) -> Page | None:
        """The home page in the language of the request."""
        if self.site is None:
            return None
        root = self.site.root_page
        if root.locale.language_code == get_language():
            return root
        translated = (
            root.get_translations().filter(locale__language_code=get_language(), live=True).first()
        )
        return translated or root

    @cached_property
    def sections(self) -> list[Link]:
        """Published children of the home page that are shown in menus."""
        if self.home is None:
            return []
        path = self.request.path
        children = (
            self.home.get_children()
            .live()
            .in_menu()
            .only("title", "url_path", "slug", "path", "depth")
        )
        links = []
        for child in children:
            url = child.get_url(self.request) or ""
            links.append(Link(child.title, url, active=bool(url) and path.startswith(url)))
        return links

    @cached_property
    def footer_links(self) -> list[tuple[str, list[Link]]]:
        from core.registries import footer_groups

        return [(str(group.heading), group.links(self)) for group in footer_groups()]

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """Languages in which this page really exists: aliases only repeat the source text."""
        from django.conf import settings

        page = getattr(self.request, "portal_page", None)
        if page is None:
            return []
        names = dict(settings.LANGUAGES)
        found = [
            page,
            *page.get_translations().live().filter(alias_of__isnull=True).select_related("locale"),
        ]
        links = [
            LanguageLink(
                code=item.locale.language_code,
                name=str(names.get(item.locale.language_code, item.locale.language_code)),
                url=item.get_url(self.request) or "",
                active=item.pk == page.pk,
            )
            for item in found
        ]
        order = [code for code, _name in settings.LANGUAGES]
        return sorted(links, key=lambda link: order.index(link.code) if link.code in order else 99)
