"""What practices are described by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    """The two sections of the bank (measure 4.9 of the road map of 2020)."""

    BANK = "bank", _("Methodical bank")
    ADDRESSES = "addresses", _("Addresses of advanced experience")


class SchoolLevel(models.TextChoices):
    """Levels of education at which a practice was tried (273-FZ, article 10)."""

    PRESCHOOL = "preschool", _("Preschool education")
    PRIMARY = "primary", _("Primary general education")
    BASIC = "basic", _("Basic general education")
    SECONDARY = "secondary", _("Secondary general education")
    ADDITIONAL = "additional", _("Additional education")


class Generalisation(models.TextChoices):
    """The level at which an experience has been generalised («обобщение опыта»)."""

    SCHOOL = "school", _("School")
    MUNICIPAL = "municipal", _("Municipal")
    REGIONAL = "regional", _("Regional")


class SmallSchool(models.TextChoices):
    """Whether it can be done where classes are joined and the school is small."""

    TRIED = "tried", _("Yes, tried")
    LIKELY = "likely", _("Probably yes")
    NO = "no", _("No")


class AgeMark(models.TextChoices):
    """Age marks of 436-FZ."""

    ANY = "0+", "0+"
    SIX = "6+", "6+"
    TWELVE = "12+", "12+"


class Licence(models.TextChoices):
    """What colleagues may do with the materials."""

    LESSONS = "lessons", _("Use at lessons and change for oneself, naming the author")
    UNCHANGED = "unchanged", _("Use at lessons without changes, naming the author")
    CC_BY = "cc-by", _("Creative Commons: naming the author (CC BY 4.0)")


class Effort(models.TextChoices):
    """How much preparation it takes."""

    LOW = "low", _("Up to an hour")
    MEDIUM = "medium", _("An evening")
    HIGH = "high", _("Several days")


class Standing(models.TextChoices):
    """How far a practice has come, as its authors read it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("With the methodist")
    EXPERTISE = "expertise", _("With the experts")
    DECISION = "decision", _("Waits for the decision")
    COUNCIL = "council", _("Waits for the methodical council")
    RETURNED = "returned", _("Returned for correction")
    PUBLISHED = "published", _("Published")
    REJECTED = "rejected", _("Turned down")
    WITHDRAWN = "withdrawn", _("Taken back by the author")
