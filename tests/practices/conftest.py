"""Fixtures of the tests of practices."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.practices.reviewed import make_bank


@pytest.fixture
def bank(site_tree: SimpleNamespace) -> SimpleNamespace:
    """A bank of practices with its review."""
    return make_bank(site_tree.home)
