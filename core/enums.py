"""Closed lists that every app shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TextState(models.TextChoices):
    """How far the text of an uploaded file has been taken out for the search."""

    WAITING = "waiting", _("Waiting")
    READY = "ready", _("Extracted")
    EMPTY = "empty", _("No text inside")
    FAILED = "failed", _("Could not be read")


class PreviewMode(models.TextChoices):
    """How an editor may look at a page before it is published."""

    LIGHT = "", _("Light")
    DARK = "dark", _("Dark")
    IMPAIRED = "impaired", _("Version for visually impaired")


class Access(models.TextChoices):
    """Who may open a published thing."""

    PUBLIC = "public", _("Everybody")
    SIGNED_IN = "signed_in", _("Signed-in users")


class AgeMark(models.TextChoices):
    """Age mark of information products (436-FZ); voluntary outside the mass media."""

    ZERO = "0+", "0+"
    SIX = "6+", "6+"
    TWELVE = "12+", "12+"
    SIXTEEN = "16+", "16+"


class NoticePace(models.TextChoices):
    """When a notice also comes by e-mail."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, together")
    NEVER = "never", _("Never")


class LetterState(models.TextChoices):
    """How far a letter of the outbox has come."""

    WAITING = "waiting", _("Waits")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", pgettext_lazy("letter", "Given up")
