"""The bank of practices."""

from practices.models.authors import PracticeAuthor, PracticeFile
from practices.models.bank import PracticeBankPage, PracticeSectionPage
from practices.models.kinds import PracticeKind
from practices.models.practice import PracticeMaterial, PracticePage
from practices.models.review import PracticeCase, ReviewRemark
from practices.models.review_decisions import CouncilDecision, PracticeDecision
from practices.models.review_rules import ChecklistPoint, ReviewCriterion, ReviewRules
from practices.models.review_sheets import CheckAnswer, ExpertReview, ExpertScore, FormalCheck
from practices.models.review_tasks import (
    CouncilTask,
    DecisionTask,
    ExpertReviewTask,
    FormalCheckTask,
    PracticeTask,
)

__all__ = [
    "CheckAnswer",
    "ChecklistPoint",
    "CouncilDecision",
    "CouncilTask",
    "DecisionTask",
    "ExpertReview",
    "ExpertReviewTask",
    "ExpertScore",
    "FormalCheck",
    "FormalCheckTask",
    "PracticeAuthor",
    "PracticeBankPage",
    "PracticeCase",
    "PracticeDecision",
    "PracticeFile",
    "PracticeKind",
    "PracticeMaterial",
    "PracticePage",
    "PracticeSectionPage",
    "PracticeTask",
    "ReviewCriterion",
    "ReviewRemark",
    "ReviewRules",
]
