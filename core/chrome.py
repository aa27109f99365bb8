"""The frame around every page: header, sections, footer, languages."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site
from wagtail.query import PageQuerySet

from core.models import SiteSettings
from core.page_cache import depends_on, remember, silenced, tags
from core.registries import footer_groups
from core.services.notices import unread_count

# Keys of translated pages that are held ready; where there are more, each page asks for its own.
MAX_TRANSLATED = 2000

# Stands in remembered HTML for the path of the page that shows it; no HTML or URL escaping
# changes it.
OWN_ADDRESS = "--own-address--"


@dataclass(frozen=True)
class Link:
    """A link of the frame; ``active`` marks the section the visitor is in.

    ``count`` is how many new things stand behind it.
    """

    title: str
    url: str
    active: bool = False
    count: int = 0


@dataclass(frozen=True)
class LanguageLink:
    """A real translation of the page that is shown."""

    code: str
    name: str
    url: str
    active: bool

    @property
    def is_source(self) -> bool:
        """Whether this is the language that visitors of no known language get."""
        return self.code == settings.LANGUAGE_CODE


class Chrome:
    """Everything base.html shows around the content; each part is read once and only when asked."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @classmethod
    def of(cls, request: HttpRequest) -> Chrome:
        """The frame of this request: templates and pages share one."""
        found: Chrome | None = getattr(request, "_chrome", None)
        if found is None:
            found = request._chrome = cls(request)  # type: ignore[attr-defined]
        return found

    @cached_property
    def site(self) -> Site | None:
        return Site.find_for_request(self.request)

    @cached_property
    def root(self) -> str:
        """The address the site gives itself, without the last slash, whatever name was asked."""
        if self.site is not None:
            return self.site.root_url
        return f"{self.request.scheme}://{self.request.get_host()}"

    @cached_property
    def settings(self) -> SiteSettings:
        if self.site is None:
            return SiteSettings()
        site = self.site
        return remember(f"settings:{self.scope}", lambda: self._read_settings(site))

    def _read_settings(self, site: Site) -> SiteSettings:
        rows = SiteSettings.objects.select_related("social_image").filter(site=site)
        found = rows.first() or SiteSettings.for_site(site)
        language = get_language() or settings.LANGUAGE_CODE
        if language == settings.LANGUAGE_CODE or self.home is None:
            return found
        return found.in_language(language, name=self.home.title)

    @cached_property
    def vis(self) -> Any:
        return getattr(self.request, "vis", None)

    @cached_property
    def scope(self) -> str:
        """For whom the frame is the same: site and language."""
        return f"{self.site.pk if self.site else 0}:{get_language()}"

    @cached_property
    def place(self) -> str:
        """The section the visitor is in, and whether this is its own page."""
        active = [link.url for link in self.sections if link.active]
        return f"{active[-1]}={active[-1] == self.request.path}" if active else ""

    @cached_property
    def home(self) -> Page | None:
        """The home page in the language of the request."""
        if self.site is None:
            return None
        return remember(f"home:{self.scope}", self._read_home)

    def _read_home(self) -> Page:
        depends_on(*tags.FRAME)
        with silenced():
            root = self.site.root_page  # type: ignore[union-attr]
            if root.locale.language_code != get_language():
                translated = root.get_translations().filter(
                    locale__language_code=get_language(), live=True
                )
                root = translated.first() or root
        depends_on(tags.address(root.pk), tags.translations(root.translation_key))
        return root

    @cached_property
    def home_url(self) -> str:
        """Address of the home page in the language of the request."""
        return (self.home and self.home.get_url(self.request)) or "/"

    @cached_property
    def sections(self) -> list[Link]:
        """Published children of the home page that are shown in menus."""
        if self.home is None:
            return []
        path = self.request.path
        return [
            Link(title, url, active=bool(url) and path.startswith(url))
            for title, url in remember(f"menu:{self.scope}", self._read_sections)
        ]

    @cached_property
    def unread(self) -> int:
        """How many notices the signed-in person has not read; a visitor costs nothing."""
        user = getattr(self.request, "user", None)
        return unread_count(user) if user is not None and user.is_authenticated else 0

    def _read_sections(self) -> list[tuple[str, str]]:
        depends_on(tags.MENU, *tags.FRAME)
        with silenced():
            children = (
                self.home.get_children()  # type: ignore[union-attr]
                .live()
                .in_menu()
                # An alias in another language only repeats its source.
                .filter(Q(alias_of__isnull=True) | Q(alias_of__locale_id=F("locale_id")))
                .only("title", "url_path", "slug", "path", "depth")
            )
            return [(child.title, child.get_url(self.request) or "") for child in children]

    @cached_property
    def trail(self) -> list[Link]:
        """The way to the page that is shown: its ancestors from the home page down."""
        page = getattr(self.request, "portal_page", None)
        if page is None:
            return []
        # The home page bears the name of the portal, which stands in the header already.
        return [
            Link(
                _("Home page") if ancestor.depth == 2 else ancestor.title,
                ancestor.get_url(self.request) or "",
            )
            for ancestor in page.shown_ancestors
            if ancestor.depth > 1
        ]

    @cached_property
    def footer_links(self) -> list[tuple[str, list[Link]]]:
        """Columns of links that the apps registered."""
        return remember(
            f"footer:{self.scope}",
            lambda: [(str(group.heading), list(group.links(self))) for group in footer_groups()],
        )

    @cached_property
    def languages(self) -> list[LanguageLink]:
        """Languages in which this page really exists: aliases only repeat the source text."""
        own = getattr(self.request, "portal_page", None)
        # A service such as the search is there wherever the site has a home page.
        page = own or (self.home if getattr(self.request, "in_every_language", False) else None)
        if page is None or len(settings.LANGUAGES) < 2:
            return []
        depends_on(tags.translations(page.translation_key))
        names = dict(settings.LANGUAGES)
        found = [page]
        with silenced():
            translated = remember("translated-pages", _translated_pages)
            if translated is None or page.translation_key in translated:
                found += _translations_of(page)
        links = [
            LanguageLink(
                code=item.locale.language_code,
                name=str(names.get(item.locale.language_code, item.locale.language_code)),
                url=(
                    item.get_url(self.request) or ""
                    if own
                    else translate_url(self.request.get_full_path(), item.locale.language_code)
                ),
                active=item.pk == page.pk,
            )
            for item in found
        ]
        order = [code for code, _name in settings.LANGUAGES]
        return sorted(links, key=lambda link: order.index(link.code) if link.code in order else 99)


def _translated_pages() -> frozenset[UUID] | None:
    """Keys of the pages that really exist in another language than the source; None if too many.

    Few pages are translated, so most need not ask.
    """
    others = Locale.objects.exclude(language_code=settings.LANGUAGE_CODE)
    keys = (
        _real_pages()
        # Their numbers, not a join: so the index is used.
        .filter(locale__in=[locale.pk for locale in others])
        .order_by()
        .values_list("translation_key", flat=True)[: MAX_TRANSLATED + 1]
    )
    found = frozenset(keys)
    return found if len(found) <= MAX_TRANSLATED else None


def _translations_of(page: Page) -> PageQuerySet:
    return (
        _real_pages()
        .filter(translation_key=page.translation_key)
        .exclude(pk=page.pk)
        .select_related("locale")
        .only("slug", "path", "depth", "url_path", "locale")
    )


def _real_pages() -> PageQuerySet:
    """Published pages that are no mere repetition of their source."""
    return Page.objects.filter(live=True, alias_of__isnull=True)


@dataclass(frozen=True)
class Frame:
    """The frame as a page of this process last showed it; plain values, nothing to be read."""

    settings: SiteSettings
    home_url: str
    sections: list[Link]
    footer_links: list[tuple[str, list[Link]]]
    until: float


# By host and language. The page of an error stands in it when no database answers.
_frames: dict[tuple[str, str | None], Frame] = {}
_MOST_FRAMES = 50
_FRAME_SECONDS = 30.0


def keep_frame(chrome: Chrome) -> None:
    """Keep the frame of a page that has been shown, now and then: it hardly changes."""
    key = (chrome.request._get_raw_host(), get_language())  # type: ignore[attr-defined]
    held = _frames.get(key)
    if held is not None and held.until > time.monotonic():
        return
    if len(_frames) >= _MOST_FRAMES:
        _frames.clear()
    sections = [replace(link, active=False) for link in chrome.sections]
    until = time.monotonic() + _FRAME_SECONDS
    _frames[key] = Frame(chrome.settings, chrome.home_url, sections, chrome.footer_links, until)


def last_frame(request: HttpRequest) -> Frame | None:
    """The frame that this process last showed on this host in this language, if any."""
    return _frames.get((request._get_raw_host(), get_language()))  # type: ignore[attr-defined]


def render_alike(template: str, request: HttpRequest, **values: Any) -> SafeString:
    """HTML that may be remembered: nobody's account, messages or form token stand in it.

    The frame is read anew, so that what is remembered knows all it was made of.
    """
    frame = {"portal": Chrome(request), "request": request, "own_address": OWN_ADDRESS}
    return render_to_string(template, frame | values)
