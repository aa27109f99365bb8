"""The pages of the portal hold nothing that core.rights would have to erase by itself."""

from core.rights import register_impersonal
from home.models import (
    DocumentFile,
    DocumentLibraryPage,
    DocumentPage,
    DocumentType,
    HomePage,
    NewsIndexPage,
    NewsPage,
    Rubric,
    SectionPage,
    SetupRecord,
    StandardPage,
    TopicIndexPage,
    TopicPage,
)

register_impersonal(
    *(HomePage, SectionPage, StandardPage, TopicIndexPage, TopicPage),
    *(NewsIndexPage, NewsPage, NewsPage.topics.through),
    *(DocumentLibraryPage, DocumentPage, DocumentFile, DocumentPage.topics.through),
    DocumentPage.measures.through,
    why=(
        "Publications: whose page it is stands in wagtailcore.Page, and whoever a text names is "
        "looked for by core.rights.current_mentions."
    ),
)
register_impersonal(Rubric, DocumentType, SetupRecord, why="Lists and memory of the set-up.")
