"""What other apps add to the public pages: each registers its own part when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from core.chrome import Chrome, render_alike
from core.models import Topic
from core.page_cache import remember
from core.permissions import is_signed_in


@dataclass(frozen=True)
class HomePanel:
    """A part of the home page: a template and the function that fills it.

    The function may ask the request for the language and for whether the visitor is signed in, and
    for nothing else: what it gives is kept and shown to everybody alike.
    """

    order: int
    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]

    def render(self, request: HttpRequest) -> str:
        """HTML of the part; empty when it has nothing to show."""
        return _kept(request, self.template, "home", lambda: self.context(request))


_panels: list[HomePanel] = []


def register_home_panel(*, order: int, template: str) -> Callable[..., Callable[..., Any]]:
    """Decorate a function from the request to the context of ``template`` (None: nothing)."""

    def register(context: Callable[[HttpRequest], dict[str, Any] | None]) -> Callable[..., Any]:
        _panels.append(HomePanel(order, template, context))
        return context

    return register


def home_panels() -> list[HomePanel]:
    """All parts in their order."""
    return sorted(_panels, key=lambda panel: panel.order)


def _kept(
    request: HttpRequest, template: str, place: str, context: Callable[[], dict[str, Any] | None]
) -> str:
    def build() -> str:
        values = context()
        return "" if values is None else render_alike(template, request, **values)

    audience = "in" if is_signed_in(request.user) else "out"
    return remember(f"{template}:{place}:{Chrome.of(request).scope}:{audience}", build)


@dataclass(frozen=True)
class TopicSection:
    """A part of a topic page: things of one kind that carry the topic; kept as those of home.

    ``heading`` and ``anchor`` stand in the contents list; the template uses the same anchor.
    """

    order: int
    template: str
    heading: Any
    anchor: str
    context: Callable[[HttpRequest, Topic], dict[str, Any] | None]

    def render(self, request: HttpRequest, topic: Topic) -> str:
        """HTML of the part; empty when the topic has nothing of this kind."""

        def context() -> dict[str, Any] | None:
            found = self.context(request, topic)
            return (
                None
                if found is None
                else {
                    "heading": self.heading,
                    "anchor": self.anchor,
                    **found,
                }
            )

        return _kept(request, self.template, f"{topic.pk}", context)


_topic_sections: list[TopicSection] = []


def register_topic_section(
    *, order: int, template: str, heading: Any, anchor: str
) -> Callable[..., Callable[..., Any]]:
    """Decorate a function from request and topic to the context of ``template`` (None: nothing)."""

    def register(
        context: Callable[[HttpRequest, Topic], dict[str, Any] | None],
    ) -> Callable[..., Any]:
        _topic_sections.append(TopicSection(order, template, heading, anchor, context))
        return context

    return register


def topic_sections() -> list[TopicSection]:
    """All parts of a topic page in their order."""
    return sorted(_topic_sections, key=lambda section: section.order)


@dataclass(frozen=True)
class Upcoming:
    """Something with a date ahead: a seminar, the end of a contest's applications."""

    date: date
    title: str
    url: str
    label: str = ""


_upcoming: list[Callable[[HttpRequest, int], Iterable[Upcoming]]] = []


def register_upcoming(
    source: Callable[[HttpRequest, int], Iterable[Upcoming]],
) -> Callable[[HttpRequest, int], Iterable[Upcoming]]:
    """Decorate a function that gives at most so many dates ahead, the nearest first."""
    _upcoming.append(source)
    return source


def next_dates(request: HttpRequest, limit: int) -> list[Upcoming]:
    """The nearest dates of all apps."""
    found = [item for source in _upcoming for item in source(request, limit)]
    return sorted(found, key=lambda item: (item.date, item.title))[:limit]


_search_kinds: dict[str, Any] = {}


def register_search_kind(*, kind: str, name: Any) -> None:
    """Name a kind of cards as the search shows it, for example ``news``: «Новости»."""
    _search_kinds[kind] = name


def search_kinds() -> dict[str, Any]:
    """Names of the kinds in the order of their registration."""
    return dict(_search_kinds)
