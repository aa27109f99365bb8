"""The pages of the topics, which documents and news lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps
from django.db.models import Count

from core.models import Card
from core.page_cache import remember

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User


class Hub(NamedTuple):
    """The published page of a topic."""

    topic_id: int
    title: str
    url: str


def topic_hubs() -> list[Hub]:
    """The hubs of all languages in the order of the tree; a topic belongs to one language."""
    return remember("topic-hubs", _read)


def _read() -> list[Hub]:
    pages = apps.get_model("home.TopicPage").objects.live().order_by("path")
    return [Hub(page.topic_id, page.title, page.url or "") for page in pages]


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
