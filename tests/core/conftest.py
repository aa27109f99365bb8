"""A visitor of the page cache."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client


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
