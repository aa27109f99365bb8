"""A person at the admin who tries what a row of docs/roles.md speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState

from home.models import NewsPage
from people.models import User
from tests.factories.home import NewsPageFactory

PROBES: dict[str, Callable[[Desk], bool]] = {}


@dataclass
class Desk:
    """A person at the admin, with a site to try things on."""

    user: User
    client: Client
    tree: Any
    others: dict[str, User]
    section: Page
    extra: dict[str, Any] = field(default_factory=dict)

    def opens(self, name: str, *args: Any, **query: str) -> bool:
        """Whether the screen answers; the admin sends those without the right away."""
        return self.client.get(reverse(name, args=args), query).status_code == 200

    def post(self, name: str, *args: Any, **data: Any) -> HttpResponse:
        return self.client.post(reverse(name, args=args), data)

    def news(self, *, owner: User | None = None, live: bool = False) -> NewsPage:
        """A news item of this person or of another one."""
        return NewsPageFactory(
            parent=self.tree.news, owner=owner or self.user, draft=not live, title="Проба"
        )

    def save(self, page: NewsPage, **data: Any) -> HttpResponse:
        """The edit form of a news item, sent as the browser sends it."""
        fields = {
            "title": page.title,
            "slug": page.slug,
            "summary": page.summary,
            "date": page.date.isoformat(),
            "rubric": page.rubric_id,
            "body-count": "1",
            "body-0-deleted": "",
            "body-0-order": "0",
            "body-0-type": "quote",
            "body-0-id": "",
            "body-0-value-text": "Слова",
            "body-0-value-author": "",
            "body-0-value-role": "",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
        }
        return self.client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), {**fields, **data}
        )

    def in_review(self, *, step: int) -> tuple[NewsPage, TaskState]:
        """A news item of somebody else that stands at a step of the approval."""
        author = self.others["author"]
        page = self.news(owner=author)
        state = page.get_workflow().start(page, author)
        for _number in range(1, step):
            state.current_task_state.approve(user=self.others["superuser"])
            state.refresh_from_db()
        return page, state.current_task_state

    def decides(self, action: str, *, step: int) -> bool:
        """Whether this person's decision at that step counts."""
        page, state = self.in_review(step=step)
        self.post(
            "wagtailadmin_pages:workflow_action", page.pk, action, state.pk, comment="Поправьте"
        )
        state.refresh_from_db()
        return state.status in (TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED)


def probe(label: str) -> Callable[[Callable[[Desk], bool]], Callable[[Desk], bool]]:
    """Names the row of the table that a function tries."""

    def register(function: Callable[[Desk], bool]) -> Callable[[Desk], bool]:
        assert label not in PROBES
        PROBES[label] = function
        return function

    return register


def screen(label: str, name: str, *arguments: Any) -> None:
    """A row that is tried by opening a screen; arguments may be functions of the desk."""

    def run(desk: Desk) -> bool:
        return desk.opens(name, *[arg(desk) if callable(arg) else arg for arg in arguments])

    probe(label)(run)


def gone(label: str, name: str, make: Callable[[Desk], Any]) -> None:
    """A row that is tried by deleting a thing."""

    def run(desk: Desk) -> bool:
        thing = make(desk)
        desk.post(name, thing.pk)
        return not type(thing).objects.filter(pk=thing.pk).exists()

    probe(label)(run)
