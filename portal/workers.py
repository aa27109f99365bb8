"""The worker of gunicorn that production runs."""

from __future__ import annotations

from typing import Any

from gunicorn.workers.gthread import ThreadWorker


class FairThreadWorker(ThreadWorker):
    """Takes a new connection only while it has a thread free for it.

    The worker that gunicorn brings takes every connection that comes, so whichever process wakes
    first gets most of them and the other processors idle: of sixteen visitors at once, fourteen to
    sixteen waited for the same process (docs/adr/0019). Connections that are kept open and say
    nothing are not counted.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        """Listen when gunicorn wants it and a thread is free."""
        idle = len(self.keepalived_conns) + len(self.pending_conns)
        super().set_accept_enabled(enabled and self.nr_conns - idle < self.cfg.threads)

    def enqueue_req(self, conn: Any) -> None:
        """Hand a request to a thread; with the last free one the worker stops to listen."""
        super().enqueue_req(conn)
        self.set_accept_enabled(self._accepting)
