"""One form for each section; whatever is missing may be missing in a draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from core.forms import ChoicesField
from core.models import Topic
from people.models import Organisation, Subject
from practices.forms.materials import Materials
from practices.forms.technology import Technology
from practices.models import PracticeKind, PracticePage
from practices.queries.completeness import title_of
from practices.queries.versions import MANY
from practices.sections import ABOUT, CONSENTS, DESCRIPTION, MATERIALS, RESULTS, WritingSection

CLASSES = [("", "—"), *[(number, str(number)) for number in range(1, 12)]]


class DecimalInput(forms.TextInput):
    """A number as people here write it: «42,5»."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "class": "in-s", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        shown = super().format_value(value)
        if shown and "." in shown:
            shown = shown.rstrip("0").rstrip(".").replace(".", ",")
        return shown

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.strip().replace(",", ".") if isinstance(value, str) else value


class SectionForm(forms.ModelForm):
    """A part of a practice; after ``is_valid`` its instance holds every value that is right.

    ``practice`` is the newest version. Nothing is saved here.
    """

    section: WritingSection
    technology: Technology | None = None
    materials: Materials | None = None

    class Meta:
        model = PracticePage
        fields: list[str] = []

    def __init__(self, data: Any = None, files: Any = None, *, user: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(data, files, **kwargs)
        for field in self.fields.values():
            field.required = False

    def is_valid(self) -> bool:
        """Also puts what is chosen from lists into the instance."""
        right = super().is_valid()
        for name in MANY:
            if name in self.cleaned_data:
                getattr(self.instance, name).set(self.cleaned_data[name])
        for part in (self.technology, self.materials):
            if part is not None:
                right = part.is_valid() and right
                part.fill(self.instance)
        return right

    def _get_validation_exclusions(self) -> set[str]:
        """Only the fields that are asked here are looked at; a draft may lack all others."""
        asked = set(self.fields)
        return {field.name for field in self._meta.model._meta.get_fields()} - asked

    def _post_clean(self) -> None:
        # The constraints of a page (its address) are not the author's to break.
        self._validate_unique = self._validate_constraints = False
        forms.models.construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)


class AboutForm(SectionForm):
    """What it is, whom it suits, how it is found."""

    section = ABOUT

    class Meta(SectionForm.Meta):
        fields = list(ABOUT.fields)
        field_classes = {"subjects": ChoicesField, "topics": ChoicesField}
        widgets = {
            "title": forms.TextInput({"maxlength": 200}),
            "summary": forms.Textarea({"rows": 3}),
            "subjects": forms.CheckboxSelectMultiple,
            "topics": forms.CheckboxSelectMultiple,
            "standards": forms.Textarea({"rows": 3}),
            "level": forms.RadioSelect,
            "generalisation": forms.RadioSelect,
        }
        labels = {
            "title": _("Title"),
            "summary": _("What it is about, in one or two sentences"),
            "level": _("Level of education"),
            "generalisation": _("Where the experience has been heard of"),
        }
        help_texts = {
            "title": _(
                "So that a colleague sees what it gives. For example: Oral counting: playing "
                "cards for the 2nd class."
            ),
            "summary": _("Shown in lists and in search. Up to 400 characters."),
            "keywords": _(
                "By which colleagues will search, separated by commas. For example: oral "
                "counting, game, 2nd class."
            ),
            "audience": _("If not classes: 5–7 years, mentors."),
            "generalisation": _(
                "At the school: a pedagogical council or an association of the school. In the "
                "district: a seminar or an association of the district."
            ),
            "standards": _("Which results of the standard or the programme it works for."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not title_of(self.instance):
            self.initial["title"] = ""
        language = Locale.get_default()
        for name, model in (("subjects", Subject), ("topics", Topic), ("kind", PracticeKind)):
            field: Any = self.fields[name]
            field.queryset = model.objects.filter(live=True, locale=language)
        self.fields["kind"].empty_label = gettext("not chosen")  # type: ignore[attr-defined]
        for name in ("level", "generalisation"):
            # Nothing chosen is not a choice.
            self.fields[name].choices = [  # type: ignore[attr-defined]
                choice
                for choice in self.fields[name].choices
                if choice[0]  # type: ignore[attr-defined]
            ]
        for name in ("grade_from", "grade_to"):
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label,
                choices=CLASSES,
                coerce=int,
                empty_value=None,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("grade_from"), cleaned.get("grade_to")
        if first and last and first > last:
            self.add_error("grade_to", gettext("The last class is below the first one."))
            # Both stay as they were: one of them alone would mean something else.
            cleaned.pop("grade_from", None)
        elif last and not first:
            self.add_error("grade_from", gettext("Name the first class, too."))
        return cleaned


def _areas(**rows: int) -> dict[str, forms.Textarea]:
    return {name: forms.Textarea({"rows": count}) for name, count in rows.items()}


class DescriptionForm(SectionForm):
    """Why, what for, and how."""

    section = DESCRIPTION

    class Meta(SectionForm.Meta):
        fields = [name for name in DESCRIPTION.fields if name != "technology"]
        widgets = {
            **_areas(relevance=4, goal=2, tasks=4, novelty=3, conditions=3, risks=3),
            "effort": forms.RadioSelect,
        }
        help_texts = {
            "relevance": _(
                "Which difficulty of your pupils or colleagues it answers. Two or three "
                "sentences are enough."
            ),
            "goal": _("What a pupil or a colleague will be able to do."),
            "novelty": _("What you do otherwise than usual."),
            "conditions": _("Room, equipment, number of people, time."),
            "risks": _("What did not work at once and how you mended it: colleagues need it most."),
        }

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["effort"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in self.fields["effort"].choices
            if choice[0]  # type: ignore[attr-defined]
        ]
        self.technology = Technology(data, version=self.instance)


class ResultsForm(SectionForm):
    """What has become better, and how it is proved."""

    section = RESULTS

    class Meta(SectionForm.Meta):
        fields = list(RESULTS.fields)
        widgets = {
            "before": DecimalInput,
            "after": DecimalInput,
            "unit": forms.TextInput({"class": "in-s"}),
            "results": forms.Textarea({"rows": 5}),
            "small_school": forms.RadioSelect,
        }
        labels = {
            "measured": _("What you measured"),
            "before": _("Before"),
            "after": _("After"),
            "results": _("What has become better and how it is proved"),
            "small_school": _("Can it be used in a small school"),
        }
        help_texts = {
            "measured": _("For example: how many children solve ten sums in two minutes."),
            "results": _("Class, time, how you checked. One figure of one class is enough."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["small_school"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in self.fields["small_school"].choices
            if choice[0]  # type: ignore[attr-defined]
        ]
        for name in ("before", "after"):
            self.fields[name].error_messages["invalid"] = gettext(
                "Write a number, for example 42 or 42,5."
            )


class MaterialsForm(SectionForm):
    """Files, what is borrowed, what colleagues may do with it."""

    section = MATERIALS

    class Meta(SectionForm.Meta):
        fields = [name for name in MATERIALS.fields if name != "materials"]
        widgets = {"borrowings": forms.Textarea({"rows": 3}), "licence": forms.RadioSelect}
        labels = {
            "no_children": _(
                "Nobody recognises a child in the text, on photographs and in films, or the "
                "school has the consents of the parents"
            ),
        }
        help_texts = {"borrowings": _("Pictures, texts, methods of others: whose and from where.")}

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.materials = Materials(data, files, version=self.instance, user=self.user)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        # These two always say something: an answer that is not there changes nothing.
        for name in ("licence", "age_mark"):
            if not cleaned.get(name):
                cleaned.pop(name, None)
        return cleaned


class ConsentsForm(SectionForm):
    """What the author confirms; the consents themselves have a room of their own."""

    section = CONSENTS

    class Meta(SectionForm.Meta):
        fields = list(CONSENTS.fields)
        labels = {
            "is_own_work": _("I am the author; what is borrowed is named; pictures may be used"),
        }


class OrganisationForm(forms.Form):
    """Where the experience was made."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Where the experience was made"),
        help_text=_("The school or kindergarten to which colleagues may come for it."),
        required=False,
        empty_label=_("not chosen"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.in_directory().order_by("name")
        field.label_from_instance = lambda item: item.name


FORMS: dict[str, type[SectionForm]] = {
    form.section.slug: form
    for form in (AboutForm, DescriptionForm, ResultsForm, MaterialsForm, ConsentsForm)
}
