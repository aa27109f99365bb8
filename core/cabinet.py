"""The personal cabinet: its frame, and the registries through which apps add to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from core.chrome import Link
from core.unsent_words import give_back, unsent_words

if TYPE_CHECKING:
    from people.models import User

HOME = "cabinet"


@dataclass(frozen=True)
class CabinetSection:
    """A room of the cabinet in its side navigation."""

    order: int
    title: Any
    url_name: str
    shown_to: Callable[[User], bool]
    # How many new things are in it.
    count: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True)
class CabinetTask:
    """Something that waits for the person: what to do, why, until when, and the button."""

    title: str
    url: str
    action: str
    note: str = ""
    # Code and words of a state as the tag ``state`` shows it, for example «Возвращено».
    state: str = "waiting"
    state_words: str = ""
    due: date | None = None


@dataclass(frozen=True)
class CabinetPanel:
    """A part of the first page: a template and the function that fills it (None: nothing)."""

    order: int
    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]


_sections: list[CabinetSection] = []
_task_sources: list[Callable[[User, int], Iterable[CabinetTask]]] = []
_panels: list[CabinetPanel] = []


def register_cabinet_section(
    *,
    order: int,
    title: Any,
    url_name: str,
    shown_to: Callable[[User], bool] = bool,
    count: Callable[[HttpRequest], int] | None = None,
) -> None:
    """Add a room to the navigation, for those to whom ``shown_to`` says yes.

    ``count`` says how many new things wait in the room; it is asked on every page of the cabinet.
    """
    _sections.append(CabinetSection(order, title, url_name, shown_to, count))


def register_cabinet_tasks(
    source: Callable[[User, int], Iterable[CabinetTask]],
) -> Callable[[User, int], Iterable[CabinetTask]]:
    """Decorate a function from a person and a limit to what waits for that person."""
    _task_sources.append(source)
    return source


def register_cabinet_panel(*, order: int, template: str) -> Callable[..., Callable[..., Any]]:
    """Decorate a function from the request to the context of ``template`` (None: nothing)."""

    def register(context: Callable[[HttpRequest], dict[str, Any] | None]) -> Callable[..., Any]:
        _panels.append(CabinetPanel(order, template, context))
        return context

    return register


def cabinet_links(request: HttpRequest) -> list[Link]:
    """The rooms that the signed-in person may enter; the one the person is in is marked."""
    user: Any = request.user
    shown = [item for item in sorted(_sections, key=lambda item: item.order) if item.shown_to(user)]
    urls = [(item, reverse(item.url_name)) for item in shown]
    # The cabinet's own address begins all others: the longest that fits is the room.
    fitting = [url for _item, url in urls if request.path.startswith(url)]
    room = max(fitting, key=len, default="")
    return [
        Link(
            str(item.title),
            url,
            active=url == room,
            count=item.count(request) if item.count else 0,
        )
        for item, url in urls
    ]


def cabinet_tasks(user: User, *, limit: int) -> list[CabinetTask]:
    """What waits for ``user``, the most urgent first; at most ``limit`` of each source."""
    found = [task for source in _task_sources for task in source(user, limit)]
    return sorted(found, key=lambda task: (task.due is None, task.due or date.max, task.title))


def cabinet_panels(request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of every part that has something to show."""
    panels = sorted(_panels, key=lambda panel: panel.order)
    filled = ((panel.template, panel.context(request)) for panel in panels)
    return [(template, context) for template, context in filled if context is not None]


class CabinetMixin(LoginRequiredMixin):
    """A view of the cabinet: for signed-in people, kept by no cache, with the way back.

    ``title`` is the heading; ``trail`` the links between the cabinet and this page.
    """

    title: Any = ""
    request: HttpRequest

    def get_title(self) -> str:
        """Heading and title of the page."""
        return str(self.title)

    def get_trail(self) -> list[Link]:
        """Links between the cabinet and this page."""
        return []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    def handle_no_permission(self) -> Any:
        """Whoever sends a form after the session has ended gets back what was written in it."""
        if self.request.method == "POST" and not self.request.user.is_authenticated:
            words = unsent_words(self.request, getattr(self, "form_class", None))
            if words:
                return give_back(self.request, words)
        return super().handle_no_permission()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        own = [] if self.request.path == reverse(HOME) else [Link(_("Cabinet"), reverse(HOME))]
        return {
            "title": self.get_title(),
            "trail": [*own, *self.get_trail()],
            "cabinet_links": cabinet_links(self.request),
            **context,
        }
