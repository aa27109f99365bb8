"""`manage.py rebuild_cards`: the catalogue made anew from what is published."""

from typing import Any

from django.core.management.base import BaseCommand

from core.services.cards import rebuild_cards


class Command(BaseCommand):
    help = "Make the catalogue of lists and search anew from what is published."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild_cards()
        self.stdout.write(self.style.SUCCESS(f"Cards: {count}."))
