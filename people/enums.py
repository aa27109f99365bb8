"""Closed lists about people."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(StrEnum):
    """The groups of the admin; the value is the name of the group that people read.

    They hold for the whole district. What each may do stands in docs/roles.md, and
    ``home.services.roles`` grants exactly that.
    """

    EDITOR = "Редактор"
    METHODIST = "Методист"
    COORDINATOR = "Координатор"
    ADMINISTRATOR = "Администратор"


class OrganisationRoleKind(models.TextChoices):
    """What a person does for one organisation; it opens the data of its people."""

    HEAD = "head", _("Head of the organisation")
    METHODICAL_SERVICE = "methodical_service", _("Methodical service of the school")


class InvitationState(models.TextChoices):
    """What has become of an invitation."""

    WAITING = "waiting", _("Waits for an answer")
    ACCEPTED = "accepted", _("Accepted")
    REVOKED = "revoked", _("Invitation withdrawn")
    EXPIRED = "expired", _("Out of date")


class OrganisationKind(models.TextChoices):
    """Kinds of organisations of the district (273-FZ, article 23) and those around it."""

    SCHOOL = "school", _("General education organisation")
    PRESCHOOL = "preschool", _("Preschool organisation")
    ADDITIONAL = "additional", _("Organisation of additional education")
    VOCATIONAL = "vocational", _("Professional education organisation")
    METHODICAL = "methodical", _("Methodical centre")
    OTHER = "other", _("Other organisation")


class StatusKind(models.TextChoices):
    """What an order makes of an organisation for a period."""

    BASE_SCHOOL = "base_school", _("Base school")
    INTERNSHIP_SITE = "internship_site", _("Internship site")
    REGIONAL_SITE = "regional_site", _("Regional base site")
    EXPERIENCE_SCHOOL = "experience_school", _("School of pedagogical experience")
    INNOVATION_SITE = "innovation_site", _("Innovation site")


class Sex(models.TextChoices):
    """Sex, as the federal statistics of staff ask for it."""

    FEMALE = "f", _("Female")
    MALE = "m", _("Male")


class Employment(models.TextChoices):
    """How a person is employed at a position."""

    MAIN = "main", _("Main job")
    INTERNAL = "internal", _("Internal part-time job")
    EXTERNAL = "external", _("External part-time job")


class EducationLevel(models.TextChoices):
    """Levels of education, as the federal statistics of staff name them."""

    HIGHER_PEDAGOGICAL = "higher_pedagogical", _("Higher pedagogical")
    HIGHER = "higher", _("Higher")
    SECONDARY_PEDAGOGICAL = "secondary_pedagogical", _("Secondary vocational pedagogical")
    SECONDARY_VOCATIONAL = "secondary_vocational", _("Secondary vocational")
    SECONDARY = "secondary", _("Secondary general")


class Category(models.TextChoices):
    """Qualification categories; without a term since the attestation order No. 196 of 2023."""

    NONE = "", _("No category")
    CONFORMITY = "conformity", _("Conformity with the position")
    FIRST = "first", _("First category")
    HIGHEST = "highest", _("Highest category")
    METHODIST = "pedagogue_methodist", _("Pedagogue-methodist")
    MENTOR = "pedagogue_mentor", _("Pedagogue-mentor")


class SupportKind(models.TextChoices):
    """Forms in which a young teacher is supported (indicator 6)."""

    MENTOR = "mentor", _("Assigned mentor")
    SCHOOL = "school", _("School of the young teacher")
    INTERNSHIP = "internship", _("Internship")
    CONSULTATION = "consultation", _("Personal consultation")
    CONTEST = "contest", _("Participation in a contest")
    PAIR = "pair", _("Methodical pair “equal to equal”")


class LinkState(models.TextChoices):
    """How far a request to link an account with a staff record has come."""

    REQUESTED = "requested", _("Waits for the school")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class TrainingKind(models.TextChoices):
    """Formats of continuing education."""

    CPD = "cpd", _("Advanced training courses")
    RETRAINING = "retraining", _("Professional retraining")
    INTERNSHIP = "internship", _("Internship")
    PEER = "peer", _("“Equal to equal” format")


class TrainingForm(models.TextChoices):
    """How a programme was taken."""

    FULL_TIME = "full_time", _("Full-time")
    MIXED = "mixed", _("Mixed")
    DISTANCE = "distance", _("Distance")


class TrainingState(models.TextChoices):
    """How far a training record has come."""

    ENTERED = "entered", _("Waits for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Returned with a remark")


class ConsentKind(models.TextChoices):
    """Consents that the law wants apart from each other (152-FZ, articles 9 and 10.1)."""

    PROCESSING = "processing", _("Consent to processing of personal data")
    DISTRIBUTION = "distribution", _("Consent to distribution of personal data")


class ConsentAnswerKind(models.TextChoices):
    """Answers, other than yes, to the question after a log-in."""

    POSTPONED = "postponed", _("Put off")
    DECLINED = "declined", _("Declined")


class ConsentItem(models.TextChoices):
    """What a person may allow to be published, each apart (152-FZ, article 10.1, part 9)."""

    NAME = "name", _("Surname, first name and patronymic")
    POSITION = "position", _("Position and subjects")
    ORGANISATION = "organisation", _("Organisation")
    PHOTO = "photo", _("Photograph")
    EXPERIENCE = "experience", _("Education, training, category and length of service")
    MATERIALS = "materials", _("Author's materials")
    RESULTS = "results", _("Results of contests and awards")
    CONTACTS = "contacts", _("E-mail and links for colleagues")


class RequestState(models.TextChoices):
    """How far a request about one's own data has come."""

    WAITING = "waiting", _("Waits for a decision")
    DONE = "done", pgettext_lazy("request", "Done")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ArchiveState(models.TextChoices):
    """How far a copy of somebody's data has come."""

    WAITING = "waiting", _("Is being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not made")


class ImportState(models.TextChoices):
    """How far an import of the register has come."""

    WAITING = "waiting", _("Waits to be read")
    READING = "reading", _("Is being read")
    READY = "ready", _("Ready to be looked at")
    FAILED = "failed", _("The file cannot be read")
    APPLYING = "applying", _("Is being written into the register")
    APPLIED = "applied", _("Written into the register")
    DROPPED = "dropped", _("Given up")


class RowOutcome(models.TextChoices):
    """What an import would do with a row of its file."""

    CREATED = "created", _("New people")
    CHANGED = "changed", _("Changes")
    SAME = "same", _("Nothing changes")
    REFUSED = "refused", _("Refused rows")
