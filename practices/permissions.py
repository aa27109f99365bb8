"""Who may do what with practices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.permissions import is_signed_in, page_visible_to
from core.services.private_files import register_private_file
from people.enums import Role
from people.permissions import has_district_role
from practices.models import PracticeAuthor, PracticeFile, PracticeMaterial, PracticePage

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
    return user_checks_practices(user) or user_is_author(user, attached.practice)


@register_private_file(PracticeMaterial)
def material_visible_to(material: PracticeMaterial, user: Visitor) -> bool:
    """Files of the published version are for whoever reads the practice."""
    return page_visible_to(material.practice, user)
