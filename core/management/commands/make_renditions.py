"""`manage.py make_renditions`: the copies of pictures that are missing, all at once."""

from typing import Any

from django.core.management.base import BaseCommand

from core.services.renditions import make_missing_renditions

BATCH = 50


class Command(BaseCommand):
    help = "Make the missing copies of every picture in the sizes and formats of the templates."

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        while made := make_missing_renditions(limit=BATCH):
            total += made
        self.stdout.write(f"{total}")
