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
    "PracticeBankPage",
    "PracticeSectionPage",
    "PracticePage",
]
# Pages that are no Wagtail pages, and other states of those that are.
ADDRESSES = {
    "search": "/search/",
    "search with results": "/search/?q=наставничество",
    "search without results": "/search/?q=ыъыъыъ",
    "news of a rubric": "/novosti/rubrika/centr/",
    "news of a topic": "/novosti/tema/fgos/",
    "library, narrowed": "/dokumenty/?topic=attestaciya",
    "library without hits": "/dokumenty/?q=ыъыъыъ",
    "practices, narrowed": "/praktiki/?level=basic&class=7",
    "practices without hits": "/praktiki/?subject=fizika&level=preschool",
    "road map, narrowed": "/dorozhnaya-karta/?q=наставничество",
    "road map without hits": "/dorozhnaya-karta/?q=ыъыъыъ",
    "English home": "/en/",
    "English section": "/en/o-centre/",
    "English page": "/en/o-centre/dostupnost/",
    "English search": "/en/search/?q=centre",
    "staff in numbers": "/organisations/staff-in-numbers/",
    "teachers": "/teachers/",
    "a teacher's own page": "/teachers/anna-primerova/",
    "organisations": "/organisations/",
    "an organisation": "/organisations/mku-imts/",
    "teachers of the district in numbers": "/organisations/staff-in-numbers/",
    "not found": "/net-takoy-stranitsy/",
    "patterns": "/patterns/",
    "log-in": "/account/log-in/",
    "registration": "/account/register/",
    "forgotten password": "/account/password/forgotten/",
    "letter sent": "/account/password/sent/",
}
ARCHIVE = {"news of a year": "year", "news of a month": "month"}
ALL = [*MODELS, *ADDRESSES, *ARCHIVE]


def address(portal: PortalProcess, kind: str) -> str:
    """Where a page of this kind stands."""
    if kind in ARCHIVE:
        return portal.inventory["archive"][ARCHIVE[kind]]
    return ADDRESSES.get(kind) or portal.inventory["kinds"][kind]
