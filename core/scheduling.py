"""Runs what is due at a time: a thread beside the embedded server, a process in production."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections

from core.registries import ScheduledJob, scheduled_jobs

logger = logging.getLogger(__name__)


class Scheduler:
    """Runs each registered job when its interval has passed, one after another.

    A job that fails is written to the log and tried again at its next turn; it never stops the
    others.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last_run: dict[str, float] = {}
        self._stopped = threading.Event()

    def run_due(self) -> list[str]:
        """Run every job whose turn has come; returns their names."""
        due = [job for job in scheduled_jobs() if self._is_due(job)]
        for job in due:
            self._last_run[job.name] = self._clock()
            self._run(job)
        return [job.name for job in due]

    def run_until_stopped(self, pause: float = 5) -> None:
        """Look every ``pause`` seconds for due jobs until ``stop`` is called."""
        while not self._stopped.is_set():
            self.run_due()
            self._stopped.wait(pause)

    def start_thread(self) -> threading.Thread:
        """Run in the background of this process."""
        thread = threading.Thread(target=self.run_until_stopped, name="scheduler", daemon=True)
        thread.start()
        return thread

    def stop(self) -> None:
        """End ``run_until_stopped`` after the job that is running now."""
        self._stopped.set()

    def _is_due(self, job: ScheduledJob) -> bool:
        last = self._last_run.get(job.name)
        return last is None or self._clock() - last >= job.every.total_seconds()

    def _run(self, job: ScheduledJob) -> None:
        close_old_connections()
        try:
            job.run()
        except Exception:
            logger.exception("scheduled job failed", extra={"job": job.name})
        finally:
            close_old_connections()
