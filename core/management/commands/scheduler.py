"""`manage.py scheduler`: one process that runs what is due at a time (production needs one)."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.scheduling import Scheduler


class Command(BaseCommand):
    help = "Run scheduled publishing and the other timed jobs until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run every job once and end")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        scheduler = Scheduler()
        if once:
            for name in scheduler.run_due():
                self.stdout.write(name)
            return
        for stop_signal in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop_signal, lambda *_args: scheduler.stop())
        scheduler.run_until_stopped()
