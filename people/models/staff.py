"""The register of teaching staff (order No. 64, 2.1.1 and 4.28)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, RevisionMixin

from people.ages import full_years
from people.days import refuse_odd_days, refuse_odd_period
from people.enums import Category, Employment, Role, Sex
from people.models.organisation import Organisation
from people.names import name_key

if TYPE_CHECKING:
    from core.permissions import Visitor


# Who works with the staff of the whole district.
DISTRICT_STAFF_ROLES = frozenset({Role.METHODIST, Role.COORDINATOR, Role.ADMINISTRATOR})


# Whoever is younger or older is a slip of the pen in the year.
MIN_AGE, MAX_AGE = 14, 100
# How many years ahead a day may lie: an attestation is planned, an assessment has been passed.
DAYS_AHEAD = {"category_date": 1, "assessed_on": 0, "next_attestation": 10}


class StaffQuerySet(models.QuerySet["StaffRecord"]):
    """The vocabulary of lists of staff."""

    def visible_to(self, user: Visitor) -> Self:
        """The cards that ``user`` may open; the only place that says so.

        One's own; those of people who work in an organisation that ``user`` acts for, or are to
        begin there; all of them for the methodist, the coordinator and the administrator. Denied to
        everybody else, and what has been erased to everybody.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        named = self.filter(erased_at__isnull=True)
        if user.district_roles & DISTRICT_STAFF_ROLES:
            return named
        own = Organisation.objects.in_charge_of(user).order_by().values("pk")
        kept = StaffPosition.objects.not_over_on(timezone.localdate()).filter(
            record=OuterRef("pk"), organisation__in=own
        )
        return named.filter(Q(user=user) | Exists(kept))

    def working_on(self, day: date) -> Self:
        """People who hold a position on ``day``."""
        return self.filter(Exists(StaffPosition.objects.held_on(day).filter(record=OuterRef("pk"))))

    def working_at(self, organisation: Organisation, day: date) -> Self:
        """People who hold a position at ``organisation`` on ``day``."""
        held = StaffPosition.objects.held_on(day).filter(
            record=OuterRef("pk"), organisation=organisation
        )
        return self.filter(Exists(held))

    def unconfirmed(self) -> Self:
        """Records whose last change no methodist has confirmed yet."""
        return self.filter(
            Q(confirmed_revision__isnull=True) | ~Q(confirmed_revision=F("latest_revision"))
        )


class StaffRecord(RevisionMixin, ClusterableModel):
    """A teacher or a head as the district's register knows them.

    Every change is a revision: who changed what and when is read from there. Lengths of service
    are kept as the day they count from, so they grow by themselves.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="staff_record",
    )
    last_name = models.CharField(_("surname"), max_length=150)
    first_name = models.CharField(_("first name"), max_length=150)
    patronymic = models.CharField(_("patronymic"), max_length=150, blank=True)
    # The whole name in the form in which duplicates are looked for: see people.names.
    name_key = models.CharField(max_length=460, editable=False, db_index=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    birth_date = models.DateField(_("date of birth"))
    degree = models.CharField(_("academic degree or title"), max_length=160, blank=True)
    total_since = models.DateField(_("total service counts from"), null=True, blank=True)
    teaching_since = models.DateField(_("teaching service counts from"), null=True, blank=True)
    category = models.CharField(_("category"), max_length=20, choices=Category.choices, blank=True)
    category_date = models.DateField(_("category given on"), null=True, blank=True)
    category_order = models.CharField(_("order on the category"), max_length=120, blank=True)
    next_attestation = models.DateField(_("next attestation planned for"), null=True, blank=True)
    assessed_on = models.DateField(_("independent assessment passed on"), null=True, blank=True)
    assessment_result = models.CharField(
        _("result of the independent assessment"), max_length=160, blank=True
    )
    in_reserve = models.BooleanField(_("in the reserve of managers"), default=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    confirmed_revision = models.ForeignKey(
        "wagtailcore.Revision",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    # Since then the record counts in past figures and is nobody's: see people.services.nameless.
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff record")
        verbose_name_plural = _("staff records")
        ordering = ["last_name", "first_name", "patronymic", "pk"]
        indexes = [
            models.Index(fields=["last_name", "first_name", "patronymic", "id"], name="staff_list"),
            models.Index(fields=["birth_date", "id"], name="staff_birth"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["name_key", "birth_date"],
                name="people_staff_once",
                violation_error_message=_(
                    "A person with this name and date of birth is in the register already."
                ),
            ),
            models.CheckConstraint(
                condition=Q(total_since__isnull=True)
                | Q(teaching_since__isnull=True)
                | Q(teaching_since__gte=F("total_since")),
                name="people_staff_service",
                violation_error_message=_("Teaching service cannot be longer than total service."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        super().clean()
        # Before the constraints are checked: the same person twice is refused in words.
        self.name_key = self._key()
        errors: dict[str, Any] = {}
        if self.last_name and not name_key(self.last_name, ""):
            errors["last_name"] = _("Write the name in letters.")
        if self.first_name and not name_key(self.first_name, ""):
            errors["first_name"] = _("Write the name in letters.")
        today = timezone.localdate()
        if self.birth_date and not MIN_AGE <= self.age_on(today) <= MAX_AGE:
            errors["birth_date"] = _("Check the year: such an age is not possible at work.")
        for name in ("total_since", "teaching_since"):
            since = getattr(self, name)
            if since and self.birth_date and since < self.birth_date:
                errors[name] = _("The service cannot begin before the birth.")
            elif since and since > today:
                errors[name] = _("This day has not come yet.")
        try:
            refuse_odd_days({name: getattr(self, name) for name in DAYS_AHEAD}, ahead=DAYS_AHEAD)
        except ValidationError as error:
            errors |= error.message_dict
        if self.total_since and self.teaching_since and self.teaching_since < self.total_since:
            errors.setdefault(
                "teaching_since", _("Teaching service cannot be longer than total service.")
            )
        if errors:
            raise ValidationError(errors)

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = self._key()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def _key(self) -> str:
        # Two records without a name are not one person.
        if self.erased_at is not None:
            return f"erased {self.pk}"
        return name_key(self.last_name, self.first_name, self.patronymic)

    @property
    def full_name(self) -> str:
        """Surname, first name and patronymic, as official papers write it."""
        return " ".join(part for part in (self.last_name, self.first_name, self.patronymic) if part)

    @property
    def confirmed(self) -> bool:
        """A methodist has confirmed the record as it stands."""
        return (
            self.confirmed_revision_id is not None
            and self.confirmed_revision_id == self.latest_revision_id
        )

    def age_on(self, day: date) -> int:
        """Full years of age on ``day``."""
        return full_years(self.birth_date, day)

    def teaching_years_on(self, day: date) -> int | None:
        """Full years of teaching service on ``day``; None when it is not known."""
        return None if self.teaching_since is None else full_years(self.teaching_since, day)

    def total_years_on(self, day: date) -> int | None:
        """Full years of total service on ``day``; None when it is not known."""
        return None if self.total_since is None else full_years(self.total_since, day)


class StaffPositionQuerySet(models.QuerySet["StaffPosition"]):
    """The vocabulary of positions."""

    def held_on(self, day: date) -> Self:
        """Positions held on ``day`` (both ends inclusive)."""
        return self.not_over_on(day).filter(starts_on__lte=day)

    def not_over_on(self, day: date) -> Self:
        """Positions held on ``day``, and those that begin later."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class StaffPosition(Orderable):
    """A position that a person holds or held at an organisation."""

    record = ParentalKey(StaffRecord, on_delete=models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="positions",
    )
    title = models.CharField(
        _("position"),
        max_length=120,
        help_text=_("As the nomenclature of positions names it, without the subject."),
    )
    is_head = models.BooleanField(_("head of the organisation or deputy"), default=False)
    employment = models.CharField(
        _("employment"), max_length=10, choices=Employment.choices, default=Employment.MAIN
    )
    rate = models.DecimalField(
        _("share of a full post"),
        max_digits=3,
        decimal_places=2,
        default=Decimal("1"),
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal("2"))],
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = StaffPositionQuerySet.as_manager()

    class Meta(Orderable.Meta):
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        indexes = [models.Index(fields=["organisation", "ends_on", "record"], name="staff_posts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="people_position_period",
                violation_error_message=_("The end of the period is before its beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}"

    def clean(self) -> None:
        super().clean()
        refuse_odd_period(self.starts_on, self.ends_on)
