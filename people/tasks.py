"""Work of the register that nobody waits for."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django_tasks import task

from core.registries import register_scheduled_job
from people.services.staff_imports import work_on_imports


@task()
def go_on_with_imports() -> None:
    """Read or write an import at once."""
    work_on_imports()


@register_scheduled_job(every=timedelta(seconds=5))
def go_on_with_left_imports() -> None:
    """Imports where tasks run at once (an upload should not wait), and those left in the middle."""
    work_on_imports()


def work_soon() -> None:
    """Go on with imports after the commit, in the process for tasks where there is one."""
    if "Immediate" not in settings.TASKS["default"]["BACKEND"]:
        transaction.on_commit(go_on_with_imports.enqueue)
