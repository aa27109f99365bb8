"""How the admin shows the form of a practice; its authors write in the cabinet."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

PRACTICE_PANELS = [
    FieldPanel("summary"),
    MultiFieldPanel(
        [
            FieldPanel("kind", widget=forms.Select),
            FieldPanel("subjects", widget=forms.CheckboxSelectMultiple),
            FieldPanel("level"),
            FieldRowPanel([FieldPanel("grade_from"), FieldPanel("grade_to")]),
            FieldPanel("audience"),
            FieldPanel("small_school"),
        ],
        heading=_("Whom it suits"),
    ),
    MultiFieldPanel(
        [FieldPanel(name) for name in ("relevance", "goal", "tasks", "novelty")],
        heading=_("Why it is needed"),
    ),
    FieldPanel("technology"),
    MultiFieldPanel(
        [FieldPanel(name) for name in ("conditions", "risks", "effort")],
        heading=_("Conditions"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("measured"),
            FieldRowPanel([FieldPanel("before"), FieldPanel("after"), FieldPanel("unit")]),
            FieldPanel("results"),
        ],
        heading=_("Results"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("generalisation"),
            FieldPanel("keywords"),
            FieldPanel("standards"),
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            FieldPanel("measures"),
            FieldPanel("age_mark"),
            FieldPanel("licence"),
            FieldPanel("borrowings"),
            FieldPanel("is_own_work"),
            FieldPanel("no_children"),
        ],
        heading=_("Where it belongs"),
    ),
]
