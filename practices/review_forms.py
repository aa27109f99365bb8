"""Forms of the review. What may be decided the services say; these keep what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practices.enums import Section
from practices.models import ChecklistPoint, ExpertReview
from practices.queries.queue import QueueState
from practices.review_enums import CouncilOutcome, DecisionKind
from practices.review_fields import field_choices
from practices.services.review_check import PointAnswer
from practices.services.review_steps import Remark

REMARKS = range(1, 6)
_LINES = {"rows": 3}


class QueueForm(forms.Form):
    """What narrows the queue; a value that does not exist narrows nothing."""

    query = forms.CharField(label=_("Words of the title"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Everything that is open")), *QueueState.choices],
    )
    section = forms.ChoiceField(
        label=_("Section"), required=False, choices=[("", _("All sections")), *Section.choices]
    )
    overdue = forms.BooleanField(label=_("Only late"), required=False)
    mine = forms.BooleanField(label=_("Only those I look after"), required=False)

    @property
    def chosen(self) -> dict[str, Any]:
        """What is chosen and exists."""
        self.full_clean()
        return self.cleaned_data


class _StepForm(forms.Form):
    """Of which step and which version the form speaks."""

    step = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def take_errors(self, error: ValidationError) -> None:
        """Put what a service refuses at the field it is about."""
        for name, errors in getattr(error, "error_dict", {None: [error]}).items():
            place = self.place_of(name) if name else None
            self.add_error(place, ValidationError(list(errors)))

    def place_of(self, name: str) -> str | None:
        """The field of the form for a name of the service."""
        return name if name in self.fields else None


class CheckForm(_StepForm):
    """The checklist: for each point passed or not, the field and the remark."""

    def __init__(self, *args: Any, points: Sequence[ChecklistPoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = list(points)
        for point in self.points:
            self.fields[f"point_{point.pk}"] = forms.ChoiceField(
                label=point.text,
                required=False,
                choices=[("yes", _("Passed")), ("no", _("To be corrected"))],
                widget=forms.RadioSelect,
            )
            self.fields[f"field_{point.pk}"] = forms.ChoiceField(
                label=_("Which field"), required=False, choices=field_choices, initial=point.field
            )
            self.fields[f"note_{point.pk}"] = forms.CharField(
                label=_("What is to be corrected"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(_LINES),
            )
        self.fields["field_more"] = forms.ChoiceField(
            label=_("Which field"), required=False, choices=field_choices
        )
        self.fields["note_more"] = forms.CharField(
            label=_("What else is to be corrected"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(_LINES),
        )
        self.fields["skip_reason"] = forms.CharField(
            label=_("Without experts, because"),
            required=False,
            max_length=1000,
            widget=forms.Textarea(_LINES),
            help_text=_("Leave it empty: then experts are asked. The reason stays with the check."),
        )

    def rows(self) -> list[dict[str, Any]]:
        """The three fields of each point."""
        return [
            {name: self[f"{name}_{point.pk}"] for name in ("point", "field", "note")}
            for point in self.points
        ]

    def more(self) -> list[Remark]:
        """What is to be corrected beyond the points."""
        data = self.cleaned_data
        return [Remark(data.get("field_more", ""), data.get("note_more", ""))]

    def answers(self) -> list[PointAnswer]:
        """What is said of each point."""
        data = self.cleaned_data
        said = {"yes": True, "no": False}
        return [
            PointAnswer(
                point=point.pk,
                passed=said.get(data.get(f"point_{point.pk}", "")),
                field=data.get(f"field_{point.pk}", ""),
                note=data.get(f"note_{point.pk}", ""),
            )
            for point in self.points
        ]


class _RemarkForm(_StepForm):
    """A decision that may send the practice back with remarks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in REMARKS:
            self.fields[f"field_{number}"] = forms.ChoiceField(
                label=_("Which field"), required=False, choices=field_choices
            )
            self.fields[f"text_{number}"] = forms.CharField(
                label=_("What is to be corrected"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(_LINES),
            )

    def remark_rows(self) -> list[dict[str, Any]]:
        """Field and words of each remark."""
        return [
            {"field": self[f"field_{number}"], "note": self[f"text_{number}"]} for number in REMARKS
        ]

    def remarks(self) -> list[Remark]:
        """Those that are written."""
        data = self.cleaned_data
        return [
            Remark(data.get(f"field_{number}", ""), data.get(f"text_{number}", ""))
            for number in REMARKS
            if data.get(f"text_{number}")
        ]

    def place_of(self, name: str) -> str | None:
        return "text_1" if name == "remarks" else super().place_of(name)


class DecisionForm(_RemarkForm):
    """What a methodist decides."""

    kind = forms.ChoiceField(
        label=_("Decision"), choices=DecisionKind.choices, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=_("Reasons"), required=False, max_length=2000, widget=forms.Textarea(_LINES)
    )


class CouncilForm(_RemarkForm):
    """What the minutes of the council say."""

    number = forms.CharField(label=_("Number of the minutes"), max_length=30)
    date = forms.DateField(
        label=_("Date of the minutes"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    outcome = forms.ChoiceField(
        label=_("Decision"), choices=CouncilOutcome.choices, widget=forms.RadioSelect
    )
    reasons = forms.CharField(
        label=_("Reasons"), required=False, max_length=2000, widget=forms.Textarea(_LINES)
    )


class ReasonForm(forms.Form):
    """Why: of an expert who declines, of a methodist who releases or goes on without."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(_LINES)
    )


class SheetForm(forms.Form):
    """Scores by criterion and the conclusion."""

    def __init__(self, *args: Any, sheet: ExpertReview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(sheet.scores.select_related("criterion"))
        for row in self.rows:
            self.fields[f"score_{row.criterion_id}"] = forms.TypedChoiceField(
                label=row.criterion.title,
                help_text=row.criterion.question,
                required=False,
                coerce=int,
                empty_value=None,
                choices=[(n, str(n)) for n in range(row.criterion.maximum + 1)],
                widget=forms.RadioSelect,
                initial=row.value,
            )
        self.fields["conclusion"] = forms.CharField(
            label=_("Conclusion"),
            required=False,
            max_length=4000,
            widget=forms.Textarea({"rows": 6}),
            initial=sheet.conclusion,
            help_text=_(
                "What is good, what to improve, to whom you would recommend it. When the practice "
                "is published, everybody reads it, without your name."
            ),
        )

    @property
    def most(self) -> int:
        """The highest sum."""
        return sum(row.criterion.maximum for row in self.rows)

    def score_fields(self) -> list[Any]:
        """The bound fields of the criteria."""
        return [self[f"score_{row.criterion_id}"] for row in self.rows]

    def scores(self) -> dict[int, int | None]:
        """What is scored, by criterion; None where nothing is chosen."""
        return {
            row.criterion_id: self.cleaned_data.get(f"score_{row.criterion_id}")
            for row in self.rows
        }

    def take_errors(self, error: ValidationError) -> None:
        """Put what the service refuses at the field it is about."""
        for name, errors in getattr(error, "error_dict", {None: [error]}).items():
            place = name if name in self.fields else None
            self.add_error(place, ValidationError(list(errors)))
