"""Small registries through which a higher app adds to what a lower one shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from core.chrome import Chrome, Link


@dataclass(frozen=True)
class FooterGroup:
    """A column of links in the footer."""

    order: int
    heading: Any
    links: Callable[[Chrome], list[Link]]


_footer_groups: list[FooterGroup] = []


def register_footer_group(*, order: int, heading: Any) -> Callable[..., Callable[..., Any]]:
    """Decorate a function that takes the frame and returns links; columns stand by ``order``."""

    def register(links: Callable[[Chrome], list[Link]]) -> Callable[[Chrome], list[Link]]:
        _footer_groups.append(FooterGroup(order, heading, links))
        return links

    return register


def footer_groups() -> list[FooterGroup]:
    """All columns in their order."""
    return sorted(_footer_groups, key=lambda group: group.order)
