"""Who may do what with practices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.permissions import is_signed_in, page_visible_to
from core.services.private_files import register_private_file
from people.enums import Role
from people.permissions import has_district_role
from practices.models import (
    ExpertReview,
    PracticeAuthor,
    PracticeFile,
    PracticeMaterial,
    PracticePage,
)

if TYPE_CHECKING:
    from core.permissions import Visitor


def user_writes_practices(user: Visitor) -> bool:
    """Whether ``user`` may describe a practice: everybody with an open account."""
    return is_signed_in(user)


def user_is_author(user: Visitor, practice: PracticePage) -> bool:
    """Whether ``user`` is a confirmed author of ``practice``."""
    return is_signed_in(user) and PracticeAuthor.objects.of(user).filter(practice=practice).exists()


def user_checks_practices(user: Visitor) -> bool:
    """Whether ``user`` looks after what others send for review."""
    return is_signed_in(user) and has_district_role(user, Role.METHODIST)


@register_private_file(PracticeFile)
def file_visible_to(attached: PracticeFile, user: Visitor) -> bool:
    """Files of all versions are for the authors and for those who review practices."""
    practice = attached.practice
    return (
        user_sees_reviews(user)
        or user_is_author(user, practice)
        or user_reads_sheet(user, practice)
    )


@register_private_file(PracticeMaterial)
def material_visible_to(material: PracticeMaterial, user: Visitor) -> bool:
    """Files of the published version are for whoever reads the practice."""
    return page_visible_to(material.practice, user)


def user_sees_reviews(user: Visitor) -> bool:
    """Whether ``user`` sees the queue: methodists act in it, coordinators watch the terms."""
    return is_signed_in(user) and has_district_role(user, Role.METHODIST, Role.COORDINATOR)


def user_reviews(user: Visitor, practice: PracticePage) -> bool:
    """Whether ``user`` decides about ``practice``: a methodist, never about the own work."""
    return user_checks_practices(user) and not _stands_among_authors(user, practice)


def user_reads_sheet(user: Visitor, practice: PracticePage) -> bool:
    """Whether ``user`` was asked to score ``practice`` and nobody has taken the place."""
    return is_signed_in(user) and ExpertReview.objects.of(user).filter(practice=practice).exists()


def _stands_among_authors(user: Visitor, practice: PracticePage) -> bool:
    """Also who has not confirmed yet: an invitation says whose work it is."""
    return PracticeAuthor.objects.filter(practice=practice, user=user.pk).exists()
