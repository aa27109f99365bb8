"""Closed lists of the road map."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeasureStatus(models.TextChoices):
    """How far a measure is (codes of the road-map file, field ``measure_status_choices``)."""

    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    DONE_LATE = "done_late", _("Done late")
    NOT_DONE = "not_done", _("Not done")
    CANCELLED = "cancelled", _("Cancelled")


# A measure in one of these states is settled: its end date can no longer be missed.
SETTLED = (MeasureStatus.DONE, MeasureStatus.DONE_LATE, MeasureStatus.CANCELLED)


class ResponsibleKind(models.TextChoices):
    """Whom the road map makes responsible (codes of the road-map file)."""

    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    ROLE = "role", _("Office or group")


class EvidenceRole(models.TextChoices):
    """What a link of a measure shows."""

    EVIDENCE = "evidence", _("Evidence of completion")
    FULFILS = "fulfils", _("Page that fulfils the measure")
