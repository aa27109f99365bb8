"""One practice as its authors describe it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelsearch import index
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField

from core.chrome import Chrome
from core.fields import BodyField
from core.models import BasePage, CardPageMixin, Topic
from core.models.page import CardData
from core.page_cache import remember
from people.models import Subject
from practices.blocks import PracticeBlock
from practices.enums import AgeMark, Effort, Generalisation, Licence, SchoolLevel, SmallSchool
from practices.models.kinds import PracticeKind
from practices.panels import PRACTICE_PANELS
from practices.queries.structured import dublin_core, learning_resource
from practices.queries.view import PracticeView, citation, practice_view


class PracticePage(CardPageMixin, BasePage):
    """A described practice; what a draft may lack is asked for when it is sent for review.

    Its authors write it in the cabinet as revisions. Who they are stands beside it
    (``PracticeAuthor``), so that a version that is brought back never brings back a person.
    """

    card_kind = "practice"

    kind = models.ForeignKey(
        PracticeKind,
        verbose_name=_("kind"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    subjects = ParentalManyToManyField(
        Subject, verbose_name=_("subjects"), blank=True, related_name="+"
    )
    level = models.CharField(
        _("level of education"), max_length=10, choices=SchoolLevel.choices, blank=True
    )
    grade_from = models.PositiveSmallIntegerField(
        _("from class"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(11)],
    )
    grade_to = models.PositiveSmallIntegerField(
        _("to class"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(11)],
    )
    audience = models.CharField(
        _("for whom, if not classes"),
        max_length=60,
        blank=True,
        help_text=_("For example: 5–7 years, mentors."),
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    measures = ParentalManyToManyField(
        "monitoring.Measure",
        verbose_name=_("measures of the road map"),
        blank=True,
        related_name="practices",
    )

    relevance = models.TextField(_("why it is needed"), blank=True, max_length=3000)
    goal = models.TextField(_("goal"), blank=True, max_length=1000)
    tasks = models.TextField(
        _("tasks"), blank=True, max_length=2000, help_text=_("One on each line.")
    )
    novelty = models.TextField(_("what is new"), blank=True, max_length=2000)
    technology = BodyField(
        PracticeBlock(required=False), blank=True, verbose_name=_("how it is done")
    )
    conditions = models.TextField(_("what is needed"), blank=True, max_length=2000)
    risks = models.TextField(_("what to beware of"), blank=True, max_length=2000)
    effort = models.CharField(
        _("time to prepare"), max_length=6, choices=Effort.choices, blank=True
    )

    measured = models.CharField(
        _("what was measured"),
        max_length=200,
        blank=True,
        help_text=_("For example: share of pupils who plan a measurement themselves."),
    )
    before = models.DecimalField(
        _("value before"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    after = models.DecimalField(
        _("value after"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=20, blank=True, default="%")
    results = models.TextField(_("results and how they are proved"), blank=True, max_length=4000)

    generalisation = models.CharField(
        _("level of generalisation"), max_length=10, choices=Generalisation.choices, blank=True
    )
    small_school = models.CharField(
        _("suits a small school"), max_length=6, choices=SmallSchool.choices, blank=True
    )
    keywords = models.CharField(
        _("keywords"), max_length=300, blank=True, help_text=_("Separated by commas.")
    )
    standards = models.TextField(
        _("links to standards and programmes"), blank=True, max_length=2000
    )
    age_mark = models.CharField(
        _("age mark"), max_length=3, choices=AgeMark.choices, default=AgeMark.ANY
    )
    licence = models.CharField(
        _("what colleagues may do with it"),
        max_length=10,
        choices=Licence.choices,
        default=Licence.LESSONS,
    )
    borrowings = models.TextField(_("what is borrowed and from where"), blank=True, max_length=2000)
    is_own_work = models.BooleanField(
        _("I am the author, what is borrowed is named, pictures may be used"), default=False
    )
    no_children = models.BooleanField(
        _("Nobody recognises a child: no names, no faces without the consent of the parents"),
        default=False,
    )
    adapted_from = models.ForeignKey(
        "self",
        verbose_name=_("adapted from"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="adaptations",
    )

    parent_page_types = ["practices.PracticeSectionPage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, *PRACTICE_PANELS]
    search_fields = [
        *BasePage.search_fields,
        *(
            index.SearchField(name)
            for name in (
                *("summary", "relevance", "goal", "tasks", "novelty", "technology"),
                *("conditions", "risks", "results", "keywords"),
            )
        ),
        index.FilterField("kind"),
        index.FilterField("level"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("subjects", "topics", "measures", "level", "grade_from", "grade_to")
        ),
    ]

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grade_from__isnull=True)
                | models.Q(grade_to__isnull=True)
                | models.Q(grade_from__lte=models.F("grade_to")),
                name="practices_grades_in_order",
                violation_error_message=_("The last class is below the first one."),
            )
        ]

    @property
    def grades(self) -> str:
        """The classes or the audience as the cards show them: «7–9», «5–7 лет»."""
        if self.grade_from is None:
            return self.audience
        last = self.grade_to or self.grade_from
        return f"{self.grade_from}–{last}" if last != self.grade_from else str(last)

    @property
    def keyword_list(self) -> list[str]:
        """Keywords without blanks and repetitions, in the order of the author."""
        words = (" ".join(word.split()) for word in self.keywords.split(","))
        return list({word.casefold(): word for word in words if word}.values())

    @property
    def task_list(self) -> list[str]:
        """The tasks, one for each line."""
        lines = (line.strip().lstrip("-–—•*").strip() for line in self.tasks.splitlines())
        return [line for line in lines if line]

    @property
    def kind_name(self) -> str:
        """The name of the kind, where it is published in the language of the page."""
        kind = self._kind()
        return kind.name if kind is not None and kind.shown_in(self.locale_id) else ""

    @property
    def kind_part(self) -> str:
        """The address part of the kind."""
        kind = self._kind()
        return kind.slug if kind is not None else ""

    def _kind(self) -> PracticeKind | None:
        """The few kinds there are need no query each time."""
        if self.kind_id is None:
            return None
        return remember(f"practice-kind:{self.kind_id}", lambda: self.kind)

    @property
    def published_on(self) -> date | None:
        """The day on which colleagues could first read it; None for what never was published."""
        first = self.first_published_at
        return timezone.localdate(first) if first is not None else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        view = self._view(request)
        context["practice"] = view
        context["citation"] = citation(self, view, Chrome.of(request).settings.portal_name)
        context["dublin_core"] = dublin_core(self, view)
        return context

    def _view(self, request: HttpRequest) -> PracticeView:
        """What stands beside the fields; the page and its structured data ask for the same."""
        if getattr(request, "_practice_view", (None, None))[0] is not self:
            preview = bool(getattr(request, "is_preview", False))
            view = practice_view(self, request.user, is_preview=preview)
            request._practice_view = (self, view)  # type: ignore[attr-defined]
        return request._practice_view[1]  # type: ignore[attr-defined, no-any-return]

    def get_structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """The practice as search engines want it (schema.org ``LearningResource``)."""
        data = super().get_structured_data(request)
        return data | learning_resource(self, self._view(request), Chrome.of(request))

    def get_card_data(self) -> CardData:
        # Imported here: it follows the models and their changes.
        from practices.catalogue import describe_practice

        return describe_practice(self)


class PracticeMaterial(Orderable):
    """A file of a version of a practice, with the title under which colleagues see it."""

    practice = ParentalKey(PracticePage, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=160)
    file = models.ForeignKey(
        "core.PrivateFile",
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.title
