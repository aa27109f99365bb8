"""What the portal writes down of its work: never who people are or how to reach them."""

from typing import Any


def logging_settings(*, structured: bool) -> dict[str, Any]:
    """One line of JSON for each event in production, plain lines elsewhere."""
    level = "INFO" if structured else "WARNING"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "personal": {"()": "core.journal.PersonalDataFilter"},
            "request": {"()": "core.journal.RequestFilter"},
        },
        "formatters": {
            "json": {"()": "core.journal.JsonFormatter"},
            "plain": {"()": "core.journal.PlainFormatter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json" if structured else "plain",
                "filters": ["request", "personal"],
            },
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers would print the same again, with addresses unfiltered.
            "django": {
                "handlers": [],
                "propagate": True,
                "level": level,
            },
            "django.server": {"handlers": ["console"], "propagate": False, "level": "WARNING"},
            "portal.access": {"level": level},
            "pymorphy3": {"level": "WARNING"},
        },
    }
