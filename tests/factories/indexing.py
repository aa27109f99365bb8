"""What a factory saves several times is indexed once, at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django_tasks import task_backends
from django_tasks.base import Task
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import update_reference_index_task

_INDEXING = (insert_or_update_object_task, update_reference_index_task)


@contextmanager
def indexed_once() -> Iterator[None]:
    """Hold back the search and reference index until the end of the block.

    Adding a page, its revision and the publication save it three times; to index it each time
    was a third of what a page of the tests costs.
    """
    backend = task_backends["default"]
    at_once = backend.enqueue
    waiting: dict[tuple[Any, ...], Task] = {}

    def enqueue(task: Task, args: Any, kwargs: Any) -> Any:
        if task not in _INDEXING:
            return at_once(task, args, kwargs)
        return waiting.setdefault((task.module_path, *args), task)

    with mock.patch.object(backend, "enqueue", enqueue):
        yield
    for (_path, *args), task in waiting.items():
        at_once(task, args, {})
