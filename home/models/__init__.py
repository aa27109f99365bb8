"""Pages of the public site."""

from home.models.document_types import DocumentType
from home.models.documents import DocumentFile, DocumentPage
from home.models.library import DocumentLibraryPage
from home.models.news import NewsPage, Rubric
from home.models.news_index import NewsIndexPage
from home.models.pages import HomePage, SectionPage, StandardPage
from home.models.setup import SetupRecord
from home.models.topics import TopicIndexPage, TopicPage

__all__ = [
    "DocumentFile",
    "DocumentLibraryPage",
    "DocumentPage",
    "DocumentType",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "Rubric",
    "SectionPage",
    "SetupRecord",
    "StandardPage",
    "TopicIndexPage",
    "TopicPage",
]
