"""The site map: every public page once, with its real translations."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from wagtail.models import Page, PageQuerySet, Site

from core.enums import Access

PER_FILE = 2_000


class PageSitemap(Sitemap):
    """Published pages that everybody may open and that are no aliases of others."""

    limit = PER_FILE

    def __init__(self) -> None:
        self.request: Any = None

    def get_urls(self, page: Any = 1, site: Any = None, protocol: str | None = None) -> list[Any]:
        """Entries of one file; the address of the site comes from Wagtail's own settings."""
        shown: list[Page] = list(self.paginator.page(page).object_list)
        languages = self._languages(shown)
        entries = []
        for item in shown:
            entry: dict[str, Any] = {
                "item": item,
                "location": item.get_full_url(self.request),
                "lastmod": item.last_published_at,
                "changefreq": None,
                "priority": "",
            }
            versions = languages[item.translation_key]
            if len(versions) > 1:
                default = versions.get(settings.LANGUAGE_CODE)
                entry["alternates"] = [
                    {"location": url, "lang_code": code} for code, url in sorted(versions.items())
                ] + ([{"location": default, "lang_code": "x-default"}] if default else [])
            entries.append(entry)
        if shown:
            self.latest_lastmod = max(
                (item.last_published_at for item in shown if item.last_published_at), default=None
            )
        return entries

    def items(self) -> PageQuerySet:
        return public_pages().order_by("pk")

    def get_latest_lastmod(self) -> datetime | None:
        """The last change of all, asked of the database instead of reading every page."""
        return public_pages().aggregate(last=Max("last_published_at"))["last"]

    def _languages(self, shown: list[Page]) -> dict[Any, dict[str, str]]:
        """Address by language of every translation of the pages of this file; one query."""
        versions: dict[Any, dict[str, str]] = defaultdict(dict)
        keys = [item.translation_key for item in shown]
        for page in public_pages().filter(translation_key__in=keys).select_related("locale"):
            url = page.get_full_url(self.request)
            versions[page.translation_key][page.locale.language_code] = url
        return versions


def public_pages() -> PageQuerySet:
    """Pages below the roots of the sites that a visitor without an account may open."""
    roots = Site.objects.values_list("root_page__translation_key", flat=True)
    homes = Page.objects.filter(translation_key__in=roots).values_list("path", flat=True)
    below = Page.objects.none()
    for path in homes:
        below = below | Page.objects.filter(path__startswith=path)
    return (
        below.live().public().filter(alias_of__isnull=True).exclude(card__access=Access.SIGNED_IN)
    )
