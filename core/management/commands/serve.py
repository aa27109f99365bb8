"""`manage.py serve`: the embedded portal in one process, with its timed jobs beside it."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication
from wagtail.models import Site

from core.scheduling import Scheduler

HOST = "127.0.0.1"


class EmbeddedServer(BaseApplication):
    """One worker with threads: the in-process cache and SQLite are shared by all requests."""

    def __init__(self, *, port: int, threads: int) -> None:
        self._settings = {
            "bind": f"{HOST}:{port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": threads,
            # The portal is loaded once, before the worker is made; a crash of the worker is cheap.
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": 5,
            "loglevel": "warning",
            # A search for a whole page of text gets an answer too; only this machine asks.
            "limit_request_line": 0,
            "control_socket_disable": True,
            "post_worker_init": lambda _worker: Scheduler().start_thread(),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from django.core.wsgi import get_wsgi_application

        application = get_wsgi_application()
        # A connection must not be shared by two processes.
        connections.close_all()
        return application


def move_own_site(port: int) -> None:
    """Addresses of pages lead to ``port`` too, where the last start was on another."""
    # Without tables there is nothing to move; the portal itself says what is missing.
    with suppress(DatabaseError):
        for site in Site.objects.filter(hostname=HOST, is_default_site=True).exclude(port=port):
            site.port = port
            site.save()


class Command(BaseCommand):
    help = "Serve the portal on this machine with scheduled publishing; stop with Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument(
            "--prepare", action="store_true", help="bring database and content up first"
        )
        parser.add_argument(
            "--empty", action="store_true", help="with --prepare: start without demo content"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        self._refuse_a_taken_port(port)
        address = f"http://{HOST}:{port}/"
        follows = getattr(settings, "BASE_URL_FOLLOWS_PORT", False)
        if follows:
            settings.WAGTAILADMIN_BASE_URL = address.rstrip("/")
        if options["prepare"]:
            try:
                call_command("prepare", port=port, empty=options["empty"], stdout=self.stdout)
            except KeyboardInterrupt:
                raise CommandError(_("Stopped; the next start goes on from here.")) from None
        if follows:
            move_own_site(port)
        self.stdout.write(
            "\n".join(
                [
                    "",
                    _("The portal is open: %(address)s") % {"address": address},
                    _("For staff: %(address)s") % {"address": f"{address}admin/"},
                    _("Stop it with Ctrl-C."),
                    "",
                ]
            )
        )
        self.stdout.flush()
        try:
            EmbeddedServer(port=port, threads=options["threads"]).run()
        except SystemExit as end:
            # The server ends every run this way; Ctrl-C is no failure.
            if end.code not in (0, None):
                raise
            sys.stdout.flush()

    def _refuse_a_taken_port(self, port: int) -> None:
        """Say at once, and before any preparing, that somebody else listens there."""
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                raise CommandError(
                    _(
                        "Port %(port)s cannot be used (%(reason)s). "
                        "Choose another: make run PORT=8080"
                    )
                    % {"port": port, "reason": error.strerror}
                ) from error
