"""Small registries through which a higher app adds to what a lower one shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
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


@dataclass(frozen=True)
class ScheduledJob:
    """Something that is done again and again, for example publishing what has its time set."""

    name: str
    every: timedelta
    run: Callable[[], None]


_scheduled_jobs: list[ScheduledJob] = []


def register_scheduled_job(*, every: timedelta) -> Callable[..., Callable[[], None]]:
    """Decorate a function that does what is due now; it is called at least ``every`` apart."""

    def register(run: Callable[[], None]) -> Callable[[], None]:
        _scheduled_jobs.append(ScheduledJob(f"{run.__module__}.{run.__name__}", every, run))
        return run

    return register


def scheduled_jobs() -> list[ScheduledJob]:
    """All jobs in the order of their registration."""
    return list(_scheduled_jobs)
