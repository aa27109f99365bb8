"""The pages of the topics, which documents and news lead to."""

from __future__ import annotations

from typing import NamedTuple

from django.apps import apps

from core.page_cache import remember


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
