"""`manage.py prepare`: brings database and content to where the portal can be opened."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.services.first_start import DatabaseAbsentError, ForeignSchemaError, prepare_portal


class Command(BaseCommand):
    help = "Migrate; on the very first start also make structure, content and search index."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--empty", action="store_true", help="first start without demo content")
        parser.add_argument("--port", type=int, help="the port of the embedded server")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            prepare_portal(empty=options["empty"], port=options["port"], report=self.stdout.write)
        except (DatabaseAbsentError, ForeignSchemaError) as error:
            raise CommandError(str(error)) from error
