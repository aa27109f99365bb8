"""Organisations of the district: schools, kindergartens, centres."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, RevisionMixin

from people.enums import OrganisationKind, OrganisationRoleKind, StatusKind

if TYPE_CHECKING:
    from core.permissions import Visitor


_SCHEMA_TYPES = {
    OrganisationKind.SCHOOL: "School",
    OrganisationKind.PRESCHOOL: "Preschool",
    OrganisationKind.ADDITIONAL: "EducationalOrganization",
    OrganisationKind.VOCATIONAL: "EducationalOrganization",
    OrganisationKind.METHODICAL: "EducationalOrganization",
}


class OrganisationQuerySet(SearchableQuerySetMixin, models.QuerySet["Organisation"]):
    """The vocabulary of lists of organisations."""

    def open_on(self, day: date) -> Self:
        """Organisations that are not closed on ``day``."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def in_directory(self) -> Self:
        """What the public directory shows: organisations of the district that exist today."""
        return self.open_on(timezone.localdate()).filter(in_district=True)

    def in_charge_of(self, user: Visitor, *kinds: OrganisationRoleKind) -> Self:
        """Organisations that ``user`` acts for today, in any role or in one of ``kinds``."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        today = timezone.localdate()
        # One call: all conditions are about the same role.
        return self.filter(
            Q(roles__ends_on__isnull=True) | Q(roles__ends_on__gte=today),
            roles__starts_on__lte=today,
            roles__user=user,
            roles__kind__in=kinds or OrganisationRoleKind.values,
        ).distinct()


class Organisation(RevisionMixin, index.Indexed, ClusterableModel):
    """An organisation with its public contacts. Its name is Russian in every language."""

    name = models.CharField(_("short name"), max_length=160, unique=True)
    full_name = models.CharField(_("full name"), max_length=500, blank=True)
    slug = models.SlugField(_("address part"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    in_district = models.BooleanField(
        _("belongs to the district"),
        default=True,
        help_text=_("Others stay out of the directory: a university, a school elsewhere."),
    )
    small_school = models.BooleanField(_("small rural school"), default=False)
    village = models.CharField(_("settlement"), max_length=120, blank=True)
    address = models.CharField(_("postal address"), max_length=255, blank=True)
    site = models.URLField(_("site"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    head_name = models.CharField(
        _("head"),
        max_length=160,
        blank=True,
        help_text=_("Surname, first name and patronymic; public by 273-FZ, article 29."),
    )
    head_position = models.CharField(
        _("position of the head"), max_length=80, blank=True, default="директор"
    )
    about = models.TextField(_("about the organisation"), blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("full_name"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("slug")]),
                FieldRowPanel([FieldPanel("in_district"), FieldPanel("small_school")]),
                FieldPanel("closed_on"),
            ],
            heading=_("Organisation"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("head_name"), FieldPanel("head_position")]),
                FieldRowPanel([FieldPanel("village"), FieldPanel("address")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("site"),
                FieldPanel("about"),
            ],
            heading=_("Contacts"),
        ),
        InlinePanel("statuses", heading=_("Statuses"), label=_("Status")),
    ]
    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("full_name"),
        index.SearchField("village"),
        index.AutocompleteField("name"),
        index.FilterField("kind"),
        index.FilterField("in_district"),
        index.FilterField("closed_on"),
    ]

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    def get_structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """JSON-LD (schema.org) of the page of the organisation; empty fields are left out."""
        # Imported here: the frame reads the models.
        from core.chrome import Chrome

        known = {
            "legalName": self.full_name,
            "description": self.about,
            "telephone": self.phone,
            "email": self.email,
            "sameAs": self.site,
            "address": self.address or self.village,
        }
        data = {
            "@context": "https://schema.org",
            "@type": _SCHEMA_TYPES.get(OrganisationKind(self.kind), "Organization"),
            "name": self.name,
            "url": Chrome.of(request).root + self.get_absolute_url(),
            **{name: value for name, value in known.items() if value},
        }
        if self.head_name:
            data["employee"] = {
                "@type": "Person",
                "name": self.head_name,
                "jobTitle": self.head_position,
            }
        return data

    @property
    def open(self) -> bool:
        """The organisation exists today."""
        return self.closed_on is None or self.closed_on > timezone.localdate()


class OrganisationStatusQuerySet(models.QuerySet["OrganisationStatus"]):
    """The vocabulary of statuses."""

    def in_force_on(self, day: date) -> Self:
        """Statuses that are in force on ``day`` (both ends inclusive)."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class OrganisationStatus(Orderable):
    """A status that an order gives to an organisation for a period."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="statuses")
    kind = models.CharField(_("status"), max_length=20, choices=StatusKind.choices)
    order_words = models.CharField(
        _("administrative order"),
        max_length=160,
        blank=True,
        help_text=_("Number and date of the order, as people name it."),
    )
    order_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("document in the library"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("Inclusive. Empty: without a term.")
    )

    objects = OrganisationStatusQuerySet.as_manager()

    panels = [
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("order_words"),
        FieldPanel("order_page"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("status of an organisation")
        verbose_name_plural = _("statuses of organisations")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="people_status_period",
                violation_error_message=_("The end of the period is before its beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.starts_on:%d.%m.%Y})"

    def clean(self) -> None:
        super().clean()
        if self.ends_on and self.starts_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The end of the period is before its beginning.")})

    def holds_on(self, day: date) -> bool:
        """Whether the status is in force on ``day`` (both ends inclusive)."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def in_force(self) -> bool:
        """Whether the status is in force today."""
        return self.holds_on(timezone.localdate())

    @property
    def ended(self) -> bool:
        """Whether the status is over today."""
        return self.ends_on is not None and self.ends_on < timezone.localdate()
