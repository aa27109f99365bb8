"""Much is written at once: what follows from each change is done once, at the end.

Publishing writes the card of a page, its place in the search and its references, and the first
start publishes hundreds of times, many things more than once. Within ``writing_much`` all that is
put off, and then done for each thing once, in bulk.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from django_tasks import TaskResult, TaskResultStatus, task_backends
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.utils import get_random_id
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import update_reference_index_task

from core.services.indexing import index_all, refer_all

Follow = Callable[[list[Any]], object]
_waiting: ContextVar[dict[Follow, dict[Hashable, None]] | None] = ContextVar(
    "waiting", default=None
)
# Their arguments name a saved record: app, model and number.
_TASKS: dict[Any, Follow] = {
    insert_or_update_object_task.func: index_all,
    update_reference_index_task.func: refer_all,
}


def put_off(follow: Follow, thing: Hashable) -> bool:
    """Whether ``follow`` gets ``thing`` at the end, among others; if not, it is for now."""
    waiting = _waiting.get()
    if waiting is None:
        return False
    waiting.setdefault(follow, {})[thing] = None
    return True


@contextmanager
def writing_much() -> Iterator[None]:
    """Put off what follows from the changes inside; one block inside another joins it."""
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[Follow, dict[Hashable, None]] = {}
    token, behind = _waiting.set(waiting), task_backends["default"]
    task_backends["default"] = _GatheringBackend(behind)
    try:
        try:
            yield
        except BaseException:
            # What was committed before an error stays; what goes with its transaction is nothing.
            if connection.in_atomic_block:
                waiting.clear()
            raise
        finally:
            _catch_up(waiting)
    finally:
        task_backends["default"] = behind
        _waiting.reset(token)


def _catch_up(waiting: dict[Follow, dict[Hashable, None]]) -> None:
    """Do what waits, and what follows from that."""
    while waiting:
        with transaction.atomic():
            follow = next(iter(waiting))
            follow(list(waiting.pop(follow)))


class _GatheringBackend(BaseTaskBackend):
    """Keeps the tasks of the indexes for the end and gives all others on."""

    supports_defer = supports_async_task = supports_priority = True

    def __init__(self, behind: BaseTaskBackend) -> None:
        super().__init__(behind.alias, {"QUEUES": behind.queues, "OPTIONS": behind.options})
        self._behind = behind

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> TaskResult:
        follow = _TASKS.get(task.func)
        if follow is None or kwargs or not put_off(follow, tuple(args)):
            return self._behind.enqueue(task, args, kwargs)
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
