"""The newest news, by topic and by rubric, which news items lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.models import Card, CardQuerySet
from core.page_cache import remember
from core.permissions import is_signed_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from people.models import User


def newest_news(language: str, user: User | AnonymousUser) -> CardQuerySet:
    """News that ``user`` may see, with what a link to them shows."""
    cards = Card.objects.visible_to(user).of_kind("news").in_language(language)
    return cards.newest_first().only("title", "url", "date", "page_id")


def newest_of(
    language: str,
    user: User | AnonymousUser,
    amount: int,
    *,
    topic_id: int | None = None,
    rubric: str = "",
) -> list[Card]:
    """The newest news on a topic, or of a rubric; kept, as many news items lead to them."""

    def read() -> list[Card]:
        cards = newest_news(language, user)
        if topic_id is not None:
            cards = cards.filter(card_topics__topic=topic_id)
        if rubric:
            cards = cards.filter(group=rubric)
        return list(cards[:amount])

    audience = "in" if is_signed_in(user) else "out"
    return remember(f"newest:{language}:{audience}:{amount}:{topic_id}:{rubric}", read)
