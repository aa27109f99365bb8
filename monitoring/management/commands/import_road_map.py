"""`manage.py import_road_map FILE`: a road map from a JSON file."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from monitoring.services import RoadMapFileError, import_road_map


class Command(BaseCommand):
    help = "Import a road map from a JSON file (schema roadmap/1, see docs/road-map-file.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="Check the file and say what would change."
        )

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            data = json.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal)
        except FileNotFoundError as error:
            raise CommandError(_("The file %(file)s does not exist.") % {"file": file}) from error
        except OSError as error:
            # The system would name the reason in its own language.
            words = _("The file %(file)s cannot be read: check that it is a file and may be read.")
            raise CommandError(words % {"file": file}) from error
        except UnicodeDecodeError as error:
            raise CommandError(_("%(file)s is not a text in UTF-8.") % {"file": file}) from error
        except json.JSONDecodeError as error:
            raise CommandError(
                _("%(file)s is not JSON: line %(line)s, column %(column)s.")
                % {"file": file, "line": error.lineno, "column": error.colno}
            ) from error
        except RecursionError as error:
            words = _("%(file)s is nested too deeply to be a road map.")
            raise CommandError(words % {"file": file}) from error
        try:
            result = import_road_map(data=data, dry_run=dry_run)
        except RoadMapFileError as error:
            lines = "\n".join(f"- {problem}" for problem in error.problems)
            raise CommandError(
                _("Nothing was imported. Mistakes in %(file)s:") % {"file": file} + f"\n{lines}"
            ) from error
        if dry_run:
            self.stdout.write(_("Dry run: nothing was written."))
        self.stdout.write(
            self.style.SUCCESS(
                _("Created: %(created)s, updated: %(updated)s, unchanged: %(unchanged)s.")
                % {
                    "created": len(result.created),
                    "updated": len(result.updated),
                    "unchanged": len(result.unchanged),
                }
            )
        )
