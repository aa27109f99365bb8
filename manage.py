#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys

from django.core.management import execute_from_command_line

from portal.settings.environment import WrongSettingsError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    try:
        execute_from_command_line(sys.argv)
    except WrongSettingsError as mistakes:
        # The text says all; where in the code it was found helps nobody.
        sys.exit(str(mistakes))
    except ModuleNotFoundError as missing:
        if missing.name != os.environ["DJANGO_SETTINGS_MODULE"]:
            raise
        sys.exit(
            f"The portal cannot start: there are no settings {missing.name}. "
            "DJANGO_SETTINGS_MODULE is portal.settings.dev or portal.settings.production."
        )
