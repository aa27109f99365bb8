"""What stands on the home page: each app adds its own part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string


@dataclass(frozen=True)
class HomePanel:
    """A part of the home page: a template and the function that fills it."""

    order: int
    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]

    def render(self, request: HttpRequest) -> str:
        """HTML of the part; empty when it has nothing to show."""
        context = self.context(request)
        return "" if context is None else render_to_string(self.template, context, request=request)


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
