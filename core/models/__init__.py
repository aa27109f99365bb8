"""Models that every app stands on."""

from core.models.card import Card, CardFacet, CardQuerySet, CardTopic
from core.models.list_entry import ListEntry
from core.models.media import PortalDocument, PortalImage, PortalRendition
from core.models.notice import Letter, Notice, NoticeDigest, NoticeSetting
from core.models.page import BasePage, CardPageMixin
from core.models.private_file import PrivateFile, PrivateUpload
from core.models.review import ReviewTask
from core.models.search_word import DeskWord, SearchWord
from core.models.settings import SiteSettings, SiteWords
from core.models.topic import Topic
from core.models.working_day import CalendarDay

__all__ = [
    "BasePage",
    "CalendarDay",
    "Card",
    "CardFacet",
    "CardPageMixin",
    "CardQuerySet",
    "CardTopic",
    "DeskWord",
    "Letter",
    "ListEntry",
    "Notice",
    "NoticeDigest",
    "NoticeSetting",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PrivateFile",
    "PrivateUpload",
    "ReviewTask",
    "SearchWord",
    "SiteSettings",
    "SiteWords",
    "Topic",
]
