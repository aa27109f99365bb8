"""`manage.py setup_portal`: the structure with which a department starts."""

from typing import Any

from django.core.management.base import BaseCommand

from home.services.setup import set_up_portal


class Command(BaseCommand):
    help = "Make languages, pages, lists, groups and the official road map (safe to repeat)."

    def handle(self, *args: Any, **options: Any) -> None:
        set_up_portal()
        self.stdout.write(self.style.SUCCESS("The structure stands."))
