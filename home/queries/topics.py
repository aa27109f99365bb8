"""The pages of the topics, which documents and news lead to."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.db.models import Count

from core.enums import Access
from core.models import Card
from core.page_cache import remember
from core.permissions import is_signed_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User


class Hub(NamedTuple):
    """The published page of a topic."""

    topic_id: int
    title: str
    url: str
    access: str


def topic_hubs() -> list[Hub]:
    """The hubs of all languages in the order of the tree; a topic belongs to one language.

    One behind a password or for chosen groups is not among them.
    """
    return remember("topic-hubs", _read)


def _read() -> list[Hub]:
    pages = apps.get_model("home.TopicPage").objects.live().order_by("path")
    # The card knows for whom the page opens; without one it opens to a narrower circle.
    shown = pages.filter(card__isnull=False).select_related("card")
    return [Hub(page.topic_id, page.title, page.url or "", page.card.access) for page in shown]


def hubs_of(topics: Collection[int], user: User | AnonymousUser) -> list[Hub]:
    """The hubs of ``topics`` that open to ``user``."""
    hubs = [hub for hub in topic_hubs() if hub.topic_id in topics]
    return hubs if is_signed_in(user) else [hub for hub in hubs if hub.access == Access.PUBLIC]


def amounts(user: User | AnonymousUser) -> dict[str, int]:
    """How many things ``user`` finds under each topic, by the address of its hub; one query."""
    hubs = topic_hubs()
    topics = {hub.topic_id for hub in hubs}
    found = (
        Card.objects.visible_to(user)
        .filter(card_topics__topic__in=topics)
        .exclude(kind="topic")
        .order_by()
        .values_list("card_topics__topic")
        .annotate(amount=Count("pk"))
    )
    numbers = dict(found) if topics else {}
    return {hub.url: numbers[hub.topic_id] for hub in hubs if hub.topic_id in numbers}
