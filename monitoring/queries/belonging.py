"""To which topics and measures of the road map a page belongs, and where they lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.models import Card
from monitoring.models import RoadMapPage

if TYPE_CHECKING:
    from core.permissions import Visitor


@dataclass(frozen=True)
class Belonging:
    """A topic or a measure and its address ("": nowhere); a measure has its number."""

    title: str
    url: str
    number: str = ""


def topics_of(page: Any, user: Visitor) -> list[Belonging]:
    """The topics of ``page`` with those of their pages that ``user`` may open; two queries."""
    topics = [topic for topic in page.topics.all() if topic.shown_in(page.locale_id)]
    if not topics:
        return []
    hubs = Card.objects.visible_to(user).of_kind("topic").filter(card_topics__topic__in=topics)
    urls = dict(hubs.values_list("card_topics__topic_id", "url"))
    return [Belonging(topic.name, urls.get(topic.pk, "")) for topic in topics]


def measures_of(page: Any) -> list[Belonging]:
    """The measures of ``page`` with their places on the road map; two queries."""
    measures = list(page.measures.all())
    if not measures:
        return []
    pages = RoadMapPage.objects.live().filter(locale_id=page.locale_id)
    url = next((found.url for found in pages[:1]), "") or ""
    found = []
    for measure in sorted(measures, key=lambda measure: measure.order):
        number = measure.number.rstrip(".")
        anchor = f"{url}#mera-{number.replace('.', '-')}" if url else ""
        found.append(Belonging(measure.title, anchor, number))
    return found
