"""Closed lists of the public site."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentStatus(models.TextChoices):
    """Whether an official document holds."""

    DRAFT = "project", _("Draft document")
    IN_FORCE = "in_force", _("In force")
    REPLACED = "replaced", _("Replaced")
    REPEALED = "repealed", _("No longer in force")


class Direction(models.TextChoices):
    """The four directions of the centre's work (order No. 64, part 2)."""

    ANALYTICAL = "2.1", _("Analytical")
    INFORMATIONAL = "2.2", _("Informational")
    METHODICAL = "2.3", _("Organisational and methodical")
    CONSULTING = "2.4", _("Consulting")


class FileRole(models.TextChoices):
    """What a file is to its document."""

    MAIN = "main", _("The document")
    APPENDIX = "appendix", _("Appendix")
    ACCESSIBLE = "accessible", _("Text for reading on a screen")
    EARLIER = "earlier", _("Earlier version")
