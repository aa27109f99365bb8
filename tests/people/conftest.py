"""Fixtures of the tests of people."""

from __future__ import annotations

import pytest


@pytest.fixture
def letters_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters of accounts leave at once instead of waiting in the outbox."""
    monkeypatch.setattr("people.adapters.queue_email", lambda letter: letter.send())
