"""Copies of pictures are made before a visitor asks, for everything the templates show."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from core.models import PortalImage, PortalRendition
from core.services.renditions import WANTED, make_missing_renditions, make_renditions
from core.tasks import prepare_missing_renditions
from portal.settings.environment import BASE_DIR
from tests.factories.core import PortalImageFactory

_TAG = re.compile(r"{% (?:image|picture) \S+ (.*?)%}")
_ATTRIBUTE = re.compile(r'\w+="[^"]*"')
_SIZE = re.compile(r"(?:width|height|max|min|fill|scale)-\S+|format-\S+")


def _alternatives(word: str) -> list[str]:
    head, brace, tail = word.partition("{")
    return [head + item for item in tail.rstrip("}").split(",")] if brace else [word]


def _asked_for(template: Path) -> set[str]:
    found = set()
    for tag in _TAG.findall(template.read_text(encoding="utf-8")):
        words = [_alternatives(word) for word in _SIZE.findall(_ATTRIBUTE.sub("", tag))]
        sizes = [word for word in words if not word[0].startswith("format")]
        formats = [word for word in words if word[0].startswith("format")]
        found |= {"|".join(parts) for parts in itertools.product(*sizes, *formats)}
    return found


def test_list_is_what_the_templates_ask_for() -> None:
    asked = set().union(*(_asked_for(path) for path in (BASE_DIR / "templates").rglob("*.html")))
    assert set(WANTED) == asked


def test_missing_copies_are_made_once(db: None) -> None:
    image = PortalImageFactory()
    assert make_missing_renditions(limit=5) == 1
    assert set(image.renditions.values_list("filter_spec", flat=True)) == set(WANTED)
    assert make_missing_renditions(limit=5) == 0


def test_few_at_a_time(db: None) -> None:
    for _number in range(3):
        PortalImageFactory()
    assert make_missing_renditions(limit=2) == 2
    prepare_missing_renditions()
    assert PortalRendition.objects.count() == 3 * len(WANTED)


def test_damaged_picture_does_not_stop_the_others(db: None) -> None:
    good, bad = PortalImageFactory(), PortalImageFactory()
    bad.file.storage.delete(bad.file.name)
    bad.file.storage.save(bad.file.name, ContentFile(b"not a picture"))
    assert make_renditions(image=PortalImage.objects.get(pk=bad.pk)) is False
    call_command("make_renditions", verbosity=0)
    assert good.renditions.count() == len(WANTED)
    assert make_missing_renditions(limit=5) == 0


@pytest.mark.parametrize(("queue", "asked"), [("Immediate", 0), ("Database", 1)])
def test_upload_queues_the_work_where_there_is_a_queue(
    db: None,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    queue: str,
    asked: int,
) -> None:
    queued: list[Any] = []
    monkeypatch.setattr(
        "core.tasks.prepare_renditions", type("Task", (), {"enqueue": queued.append})
    )
    monkeypatch.setitem(settings.TASKS["default"], "BACKEND", f"x.{queue}Backend")
    with django_capture_on_commit_callbacks(execute=True):
        PortalImageFactory()
    assert len(queued) == asked
