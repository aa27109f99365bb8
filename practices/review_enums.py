"""What the review of practices is described by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from practices.enums import Standing

# Steps of the review that are open: somebody of the centre or an expert has to act.
OPEN_STEPS = (Standing.SUBMITTED, Standing.EXPERTISE, Standing.DECISION, Standing.COUNCIL)


class SheetState(models.TextChoices):
    """What has become of an expert who was asked."""

    ASKED = "asked", _("Asked, has not answered yet")
    ACCEPTED = "accepted", _("Reads and scores")
    SUBMITTED = "submitted", _("Scores are handed in")
    DECLINED = "declined", _("Has declined")
    REMOVED = "removed", _("Released by the methodist")


# Sheets that wait for their expert.
OPEN_SHEETS = (SheetState.ASKED, SheetState.ACCEPTED)


class DecisionKind(models.TextChoices):
    """What a methodist decides after the expert review."""

    PUBLISH = "publish", _("Publish")
    ADDRESSES = "addresses", _("Propose for the Addresses of advanced experience")
    RETURN = "return", _("Return for correction")
    REJECT = "reject", _("Turn down")


class CouncilOutcome(models.TextChoices):
    """What the methodical council has decided."""

    GENERALISE = "generalise", _("Generalise at the municipal level: into the Addresses")
    BANK = "bank", _("Leave in the methodical bank")
    RETURN = "return", _("Return for correction")
