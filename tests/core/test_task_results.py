"""What the task queue has done is not kept for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from core.jobs import remove_task_results

pytestmark = pytest.mark.django_db


def test_old_results_go_and_what_waits_stays(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for days, status in ((30, "SUCCESSFUL"), (1, "SUCCESSFUL"), (30, "READY")):
        DBTaskResult.objects.create(
            task_path="core.tasks.x",
            backend_name="default",
            status=status,
            args_kwargs={"args": [], "kwargs": {}},
            finished_at=None if status == "READY" else timezone.now() - timedelta(days=days),
            exception_class_path="",
            traceback="",
        )
    remove_task_results()
    left = DBTaskResult.objects.values_list("status", flat=True)
    assert sorted(left) == ["READY", "SUCCESSFUL"]
