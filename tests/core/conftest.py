"""Fixtures of the page cache: switched on, and changes that are committed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks


@pytest.fixture
def committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Callable[[], AbstractContextManager[None]]:
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


@pytest.fixture
def visitor(page_cache: None) -> Visitor:
    """A visitor without any cookie."""
    return Visitor()
