"""What site maps of all apps share: they name the address the site gives itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.contrib.sitemaps import Sitemap
from wagtail.models import Site


class OwnSitemap(Sitemap):
    """Records with a ``get_absolute_url``, under the site's own name whatever name was asked."""

    def get_urls(self, page: Any = 1, site: Any = None, protocol: str | None = None) -> list[Any]:
        """Entries of one file, as Django makes them."""
        own = Site.objects.filter(is_default_site=True).first()
        if own is not None:
            address = urlsplit(own.root_url)
            site, protocol = SimpleNamespace(domain=address.netloc), address.scheme
        return super().get_urls(page, site, protocol)
