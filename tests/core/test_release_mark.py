"""What one release has stored is nothing to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from portal.settings.release import release_mark


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small project."""
    for name in ("core/models.py", "templates/base.html", "requirements.txt", "var/page.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("one", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["core/models.py", "templates/base.html", "requirements.txt"])
def test_every_source_counts(sources: Path, name: str) -> None:
    before = release_mark(sources)
    assert release_mark(sources) == before
    (sources / name).write_text("two", encoding="utf-8")
    assert release_mark(sources) != before


def test_a_moved_source_counts(sources: Path) -> None:
    before = release_mark(sources)
    (sources / "core/models.py").rename(sources / "core/tasks.py")
    assert release_mark(sources) != before


def test_data_do_not_count(sources: Path) -> None:
    before = release_mark(sources)
    (sources / "var/page.html").write_text("two", encoding="utf-8")
    assert release_mark(sources) == before


@pytest.mark.postgresql
def test_pages_are_stored_under_the_mark_and_sessions_are_not() -> None:
    mark = release_mark(Path(settings.BASE_DIR))
    assert settings.CACHES["pages"]["KEY_PREFIX"].endswith(mark)
    assert mark not in settings.CACHES["default"]["KEY_PREFIX"]
