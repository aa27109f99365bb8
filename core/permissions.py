"""Who may see a published page: the predicate behind detail pages and files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from wagtail.models import Page
from wagtail.models.view_restrictions import BaseViewRestriction

from core.enums import Access

if TYPE_CHECKING:
    from people.models import User

    Visitor: TypeAlias = User | AnonymousUser


class AnyAccount(AnonymousUser):
    """Somebody who has signed in and has no further rights: would signing in help?"""

    is_active = True  # type: ignore[assignment]
    is_authenticated = True  # type: ignore[assignment]


def page_visible_to(page: Page, user: Visitor, *, passed: Iterable[int] = ()) -> bool:
    """Whether ``user`` may open the published ``page``; drafts and expired pages are no one's.

    ``passed`` are the numbers of the page restrictions whose password the visitor has entered.
    """
    now = timezone.now()
    if not page.live or page.expired or (page.expire_at and page.expire_at <= now):
        return False
    specific = page.specific
    access = getattr(specific, "access", Access.PUBLIC)
    if access != Access.PUBLIC and not is_signed_in(user):
        return False
    return restrictions_met(page.get_view_restrictions(), user, passed=passed)


def is_signed_in(user: Visitor) -> bool:
    """Whether ``user`` is a person with an open account."""
    return bool(user.is_authenticated and user.is_active)


def user_can_manage_letters(user: Visitor) -> bool:
    """Whether ``user`` looks after the outbox: letters that were given up or left by a crash."""
    return is_signed_in(user) and user.has_perm("core.change_letter")


def restrictions_met(
    restrictions: Iterable[BaseViewRestriction], user: Visitor, *, passed: Iterable[int] = ()
) -> bool:
    """Whether ``user`` meets every restriction of a page or of a collection of files."""
    return all(_met(restriction, user, frozenset(passed)) for restriction in restrictions)


def _met(restriction: BaseViewRestriction, user: Visitor, passed: frozenset[int]) -> bool:
    kind = restriction.restriction_type
    if kind == BaseViewRestriction.NONE:
        return True
    if kind == BaseViewRestriction.PASSWORD:
        return restriction.pk in passed
    if not is_signed_in(user):
        return False
    if kind == BaseViewRestriction.LOGIN or user.is_superuser:
        return True
    return restriction.groups.filter(pk__in=user.groups.values("pk")).exists()
