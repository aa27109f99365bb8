"""The document library: facets with counts, the number of documents, one page of the list."""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from core.facets import FacetGroup, Option
from core.lists.catalogue import CardCatalogue
from core.lists.counting import Names
from core.models import Topic
from core.page_cache import remember
from home.enums import Direction, DocumentStatus
from home.queries.selection import FacetName
from monitoring.models import Measure


def _names(language: str) -> Names:
    """Words of what the cards hold as codes."""
    with translation.override(language):
        return {
            FacetName.STATUS: {it.value: str(it.label) for it in DocumentStatus},
            FacetName.DIRECTION: {it.value: str(it.label) for it in Direction},
            FacetName.TOPIC: remember(f"topic-names:{language}", lambda: topic_names(language)),
            FacetName.MEASURE: remember(
                f"measure-names:{language}", lambda: _measure_names(language)
            ),
        }


def topic_names(language: str) -> dict[str, str]:
    """Names of the published topics by their address parts, in their order."""
    topics = Topic.objects.filter(locale__language_code=language, live=True)
    return dict(topics.values_list("slug", "name"))


def _measure_names(language: str) -> dict[str, str]:
    measures = Measure.objects.filter(locale__language_code=language).order_by(
        "road_map__start_year", "order"
    )
    names = {}
    for slug, number, title in measures.values_list("road_map__slug", "number", "title"):
        names[measure_value(slug, number)] = f"{number.rstrip('.')}. {_shortened(title)}"
    return names


def measure_value(road_map_slug: str, number: str) -> str:
    """How a measure stands in the address: «2020-2024:4.1»."""
    return f"{road_map_slug}:{number.rstrip('.')}"


def _shortened(text: str, length: int = 70) -> str:
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]}…"


def _arranged(group: FacetGroup) -> FacetGroup:
    """The measures as a list to choose one from: there are dozens of them."""
    chosen = [option for option in group.options if option.checked]
    if group.name != FacetName.MEASURE or not group.options or len(chosen) > 1:
        return group
    any_measure = Option("", str(_("any measure")), None, not chosen)
    return replace(group, options=[any_measure, *group.options], kind="select")


LIBRARY = CardCatalogue(
    kind="document",
    names=_names,
    named_by=(Topic, Measure),
    form="home/document/selection.html",
    arrange=_arranged,
)


def is_number(number: str) -> bool:
    """Whether «№» belongs before it: «без номера» is words."""
    return number[:1].isdigit()
