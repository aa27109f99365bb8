"""Fixtures of the page cache: a visitor, and changes that are committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page

from tests.factories.home import DocumentPageFactory, SectionPageFactory, StandardPageFactory

Committed = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Committed:
    """What is changed inside the block counts as committed at its end."""

    @contextmanager
    def block() -> Iterator[None]:
        connection.run_on_commit = []
        with django_capture_on_commit_callbacks(execute=True):
            yield

    return block


class Visitor:
    """An anonymous visitor who looks at what the page cache said."""

    def __init__(self, **headers: Any) -> None:
        self.client = Client(**headers)

    def see(self, address: str, **extra: Any) -> str:
        """``hit``, ``miss`` or ``bypass``."""
        response = self.client.get(address, **extra)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return response["X-Cache"]

    def warm(self, *shown: Page) -> None:
        """Look at pages until the cache answers for them."""
        for page in shown:
            self.see(page.url)
            assert self.see(page.url) == "hit", page.url


@pytest.fixture
def visitor(page_cache: None) -> Visitor:
    """A visitor without any cookie."""
    return Visitor()


@pytest.fixture
def pages(site_tree: SimpleNamespace, page_cache: None) -> SimpleNamespace:
    """A page that is changed, pages that show it, and one that has nothing to do with it."""
    section = SectionPageFactory(title="Раздел")
    touched = StandardPageFactory(title="Изменяемая", parent=section)
    linking = StandardPageFactory(
        title="Со ссылкой",
        body=[
            {"type": "text", "value": f'<p><a linktype="page" id="{touched.pk}">туда</a></p>'},
        ],
    )
    unrelated = DocumentPageFactory(title="Посторонний")
    return SimpleNamespace(
        **vars(site_tree), section=section, touched=touched, linking=linking, unrelated=unrelated
    )


def publish(page: Page) -> None:
    """As an editor does it: the draft, then the page."""
    page.save_revision().publish()
