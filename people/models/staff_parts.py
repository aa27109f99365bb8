"""Parts of a staff record: subjects, education, awards, support of a young teacher."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from people.days import refuse_odd_period
from people.enums import EducationLevel, SupportKind
from people.models.staff import StaffRecord
from people.models.subject import Subject


class TeachingLoad(Orderable):
    """A subject that a person teaches, with hours a week."""

    record = ParentalKey(StaffRecord, on_delete=models.CASCADE, related_name="loads")
    subject = models.ForeignKey(
        Subject, verbose_name=_("subject"), on_delete=models.PROTECT, related_name="loads"
    )
    hours = models.DecimalField(
        _("hours a week"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(Decimal("60"))],
    )

    class Meta(Orderable.Meta):
        verbose_name = _("subject and load")
        verbose_name_plural = _("subjects and loads")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "subject"],
                name="people_load_once",
                violation_error_message=_("This subject is given twice."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject)


class Education(Orderable):
    """What and where a person studied."""

    record = ParentalKey(StaffRecord, on_delete=models.CASCADE, related_name="educations")
    level = models.CharField(_("level"), max_length=24, choices=EducationLevel.choices)
    institution = models.CharField(_("educational institution"), max_length=255, blank=True)
    speciality = models.CharField(_("speciality"), max_length=255, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year of graduation"), null=True, blank=True, validators=[MinValueValidator(1940)]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("education")
        verbose_name_plural = _("education")

    def __str__(self) -> str:
        return self.get_level_display()


class Award(Orderable):
    """An award or an honorary title."""

    record = ParentalKey(StaffRecord, on_delete=models.CASCADE, related_name="awards")
    name = models.CharField(_("award"), max_length=255)
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1940)]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("award")
        verbose_name_plural = _("awards")

    def __str__(self) -> str:
        return self.name


class SupportForm(Orderable):
    """A form in which a young teacher is supported for a period (indicator 6)."""

    record = ParentalKey(StaffRecord, on_delete=models.CASCADE, related_name="support_forms")
    kind = models.CharField(_("form of support"), max_length=16, choices=SupportKind.choices)
    note = models.CharField(_("note"), max_length=255, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("form of support")
        verbose_name_plural = _("forms of support")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="people_support_period",
                violation_error_message=_("The end of the period is before its beginning."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        super().clean()
        refuse_odd_period(self.starts_on, self.ends_on)
