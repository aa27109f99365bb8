"""The bank of practices."""

from practices.models.authors import PracticeAuthor, PracticeFile
from practices.models.bank import PracticeBankPage, PracticeSectionPage
from practices.models.kinds import PracticeKind
from practices.models.practice import PracticeMaterial, PracticePage
from practices.models.review import PracticeCase, ReviewRemark

__all__ = [
    "PracticeAuthor",
    "PracticeBankPage",
    "PracticeCase",
    "PracticeFile",
    "PracticeKind",
    "PracticeMaterial",
    "PracticePage",
    "PracticeSectionPage",
    "ReviewRemark",
]
