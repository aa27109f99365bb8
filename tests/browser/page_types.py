"""One address of every kind of page; a new page type has to be named here."""

from __future__ import annotations

from tests.browser.portal_process import PortalProcess

# Page models, found in the demonstration content by the portal itself.
MODELS = [
    "HomePage",
    "SectionPage",
    "StandardPage",
    "NewsIndexPage",
    "NewsPage",
    "DocumentLibraryPage",
    "DocumentPage",
    "TopicIndexPage",
    "TopicPage",
    "RoadMapPage",
]
# Pages that are no Wagtail pages.
ADDRESSES = {
    "search": "/search/",
    "search with results": "/search/?q=наставничество",
    "search without results": "/search/?q=ыъыъыъ",
    "not found": "/net-takoy-stranitsy/",
    "patterns": "/patterns/",
}
ALL = [*MODELS, *ADDRESSES]


def address(portal: PortalProcess, kind: str) -> str:
    """Where a page of this kind stands."""
    return ADDRESSES.get(kind) or portal.inventory["kinds"][kind]
