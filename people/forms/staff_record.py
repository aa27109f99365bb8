"""The form of a staff record with its lines: positions, subjects, education, awards, support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet, ClusterForm
from wagtail.models import Locale

from people.forms.staff_moves import DayInput
from people.models import Organisation, StaffRecord, Subject, User
from people.names import name_key
from people.permissions import organisations_kept_by
from people.queries.lookalikes import records_like

MOST_LINES = 20


class PositionForm(forms.ModelForm):
    """A position; at an organisation that the person does not keep it is shown and stays."""

    def __init__(self, *args: Any, user: User, kept: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].label = _("Works since")
        self.fields["ends_on"].label = _("Works until")
        field: Any = self.fields["organisation"]
        own = self.instance.organisation if self.instance.organisation_id else None
        self.elsewhere = own is not None and own not in kept
        # Read once for all lines of the form.
        offered = [item for item in kept if item.open or item == own]
        if self.elsewhere and own is not None:
            offered = [own]
            for part in self.fields.values():
                part.disabled = True
        field.queryset = Organisation.objects.filter(pk__in=[item.pk for item in offered])
        field.widget.choices = [("", _("not chosen")), *[(item.pk, item.name) for item in offered]]


class LoadForm(forms.ModelForm):
    """A subject with its hours."""

    def __init__(self, *args: Any, subjects: list[Subject], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["subject"]
        field.queryset = Subject.objects.filter(pk__in=[item.pk for item in subjects])
        field.widget.choices = [("", _("not chosen")), *[(item.pk, item.name) for item in subjects]]


class LinesFormSet(BaseChildFormSet):
    """Lines of one kind; those elsewhere cannot be taken away."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        # Lines stand in the order in which they are written.
        form.fields.pop("ORDER", None)
        delete = form.fields.get("DELETE")
        if delete is not None:
            delete.label = _("Take this line away")
            delete.disabled = getattr(form, "elsewhere", False)

    @property
    def ordered_forms(self) -> list[Any]:
        """Instead of Django's, which asks a field that is not there."""
        return [form for form in self.forms if form not in self.deleted_forms]


@dataclass(frozen=True)
class Mistake:
    """One thing to be mended: where, and in which words."""

    anchor: str
    words: str


def _lines(fields: list[str], form: type[forms.ModelForm] = forms.ModelForm, **more: Any) -> Any:
    days = [name for name in fields if name.endswith("_on")]
    return {
        "fields": fields,
        "form": form,
        "formset": LinesFormSet,
        "widgets": {name: DayInput() for name in days},
        "max_num": MOST_LINES,
        "validate_max": True,
        # Lines are asked for by a button.
        "extra": 0,
        **more,
    }


class StaffRecordForm(ClusterForm):
    """Everything that a school writes down about a person.

    ``user`` decides which organisations are offered. A person who is in the register already, or
    somebody much like one, is found before anything is saved: ``found`` names the records.
    """

    another = forms.BooleanField(
        label=_("I have compared them: this is another person"), required=False
    )

    class Meta:
        model = StaffRecord
        fields = [
            *("last_name", "first_name", "patronymic", "sex", "birth_date"),
            *("total_since", "teaching_since", "degree", "in_reserve"),
            *("category", "category_date", "category_order", "next_attestation"),
            *("assessed_on", "assessment_result"),
        ]
        widgets = {
            name: DayInput()
            for name in (
                *("birth_date", "total_since", "teaching_since", "category_date"),
                *("next_attestation", "assessed_on"),
            )
        }
        formsets = {
            "positions": _lines(
                [
                    *("organisation", "title", "is_head", "employment", "rate"),
                    *("starts_on", "ends_on"),
                ],
                PositionForm,
                inherit_kwargs=["user", "kept"],
            ),
            "loads": _lines(["subject", "hours"], LoadForm, inherit_kwargs=["subjects"]),
            "educations": _lines(["level", "institution", "speciality", "year"]),
            "awards": _lines(["name", "year"]),
            "support_forms": _lines(["kind", "starts_on", "ends_on", "note"]),
        }

    def __init__(self, data: QueryDict | None = None, *, user: User, **kwargs: Any) -> None:
        self.user = user
        self.kept = list(organisations_kept_by(user))
        record: StaffRecord | None = kwargs.get("instance")
        taught = Q(loads__record=record.pk) if record is not None and record.pk else Q(pk=None)
        offered = Subject.objects.filter(taught | Q(live=True, locale=Locale.get_default()))
        self.subjects = list(offered.distinct())
        self.found: list[StaffRecord] = []
        super().__init__(_with_lines_that_exist(data, record), **kwargs)
        if not self.is_bound and self.instance.pk is None:
            for name in ("positions", "loads", "educations"):
                self.formsets[name].extra = 1

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        last_name, first_name = cleaned.get("last_name"), cleaned.get("first_name")
        day = cleaned.get("birth_date")
        if not (last_name and first_name and day):
            return cleaned
        key = name_key(last_name, first_name, cleaned.get("patronymic", ""))
        if self.instance.pk and (self.instance.name_key, self.instance.birth_date) == (key, day):
            return cleaned
        self.found = records_like(key, day, leave_out=self.instance.pk)
        if any((item.name_key, item.birth_date) == (key, day) for item in self.found):
            self.add_error(
                "last_name",
                _("A person with this name and date of birth is in the register already."),
            )
        elif self.found and not cleaned.get("another"):
            self.add_error(
                "another", _("Somebody much like this person is in the register. Compare them.")
            )
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        positions = self.formsets["positions"]
        left = [
            form
            for form in positions.forms
            if (form.has_changed() or form.instance.pk)
            and not (form.is_valid() and positions._should_delete_form(form))
        ]
        if not left and self.instance.pk is None:
            self.add_error(None, ValidationError(_("Name at least one position.")))

    def save(self, commit: bool = True) -> StaffRecord:
        """Fill the record; lines that are no longer in the form leave it (nothing is written)."""
        record: StaffRecord = super().save(commit=False)
        for name, lines in self.formsets.items():
            shown = {form.instance.pk for form in lines.forms}
            manager = getattr(record, name)
            gone = [item for item in manager.all() if item.pk and item.pk not in shown]
            if name == "positions":
                gone = [item for item in gone if item.organisation in self.kept]
            manager.remove(*gone)
        return record

    def keep_quiet(self) -> None:
        """Show what was typed without judging it: the person has only asked for another line."""
        self._errors = forms.utils.ErrorDict()
        for lines in self.formsets.values():
            lines._errors = []
            lines._non_form_errors = forms.utils.ErrorList()
            for form in lines.forms:
                form._errors = forms.utils.ErrorDict()

    def as_posted(self) -> dict[str, str]:
        """What a browser would send if nobody touched the form."""
        posted: dict[str, str] = {}
        for lines in self.formsets.values():
            for form in (lines.management_form, *lines.forms):
                posted |= _posted(form)
        return posted | _posted(self)

    @property
    def mistakes(self) -> list[Mistake]:
        """All that has to be mended, in the order of the page."""
        return [*_mistakes(self), *(item for part in self.parts for item in part.mistakes)]

    @property
    def groups(self) -> list[tuple[Any, list[BoundField]]]:
        """The fields of the person under their headings."""
        titles = (_("Person"), _("Service and degree"), _("Category and assessment"))
        ends = (("last_name", 5), ("total_since", 4), ("category", 6))
        names = self._meta.fields
        starts = [names.index(name) for name, _count in ends]
        return [
            (title, [self[name] for name in names[start : start + count]])
            for title, start, (_name, count) in zip(titles, starts, ends, strict=True)
        ]

    @property
    def parts(self) -> list[Lines]:
        """The lines under their headings."""
        titles = {
            "positions": (_("Positions"), _("Add a position")),
            "loads": (_("Subjects and hours a week"), _("Add a subject")),
            "educations": (_("Education"), _("Add education")),
            "awards": (_("Awards"), _("Add an award")),
            "support_forms": (_("Support of a young teacher"), _("Add a form of support")),
        }
        return [Lines(name, *words, self.formsets[name]) for name, words in titles.items()]

    @property
    def opened_revision(self) -> int | None:
        """The revision that the lines were filled from."""
        return self.instance.latest_revision_id


@dataclass(frozen=True)
class Lines:
    """Lines of one kind with the words around them."""

    name: str
    title: Any
    add_words: Any
    formset: Any

    @property
    def may_add(self) -> bool:
        """Whether there is room for one more."""
        return self.formset.total_form_count() < MOST_LINES

    @property
    def mistakes(self) -> Iterator[Mistake]:
        """What is wrong in the lines."""
        for error in self.formset.non_form_errors():
            yield Mistake(self.name, f"{self.title}: {error}")
        for form in self.formset.forms:
            yield from _mistakes(form, self.name, str(self.title))


def _mistakes(form: Any, anchor: str = "person-form", before: str = "") -> Iterator[Mistake]:
    for error in form.non_field_errors():
        yield Mistake(anchor, f"{before}: {error}" if before else str(error))
    for field in form:
        for error in field.errors:
            words = f"{capfirst(str(field.label))}: {error}"
            yield Mistake(field.id_for_label, f"{before}. {words}" if before else words)


def _posted(form: Any) -> dict[str, str]:
    posted = {}
    for field in form:
        value = field.value()
        if isinstance(value, bool):
            # A box that is not ticked sends nothing.
            if value:
                posted[field.html_name] = "on"
            continue
        shown = field.field.widget.format_value(field.field.prepare_value(value))
        posted[field.html_name] = "" if shown is None else str(_single(shown))
    return posted


def _single(shown: Any) -> Any:
    """A choice shows its one value as a list."""
    return (shown[0] if shown else "") if isinstance(shown, list) else shown


def _with_lines_that_exist(data: QueryDict | None, record: StaffRecord | None) -> Any:
    """A line that somebody has taken away meanwhile, or a forged number, counts as a new line.

    Numbers of lines that make no sense (the form of a program) become none.
    """
    if data is None:
        return None
    data = data.copy()
    for name in StaffRecordForm.Meta.formsets:
        manager = getattr(record, name) if record is not None and record.pk else None
        known = {str(item.pk) for item in manager.all()} if manager is not None else set()
        for part in ("TOTAL_FORMS", "INITIAL_FORMS"):
            count = data.get(f"{name}-{part}", "")
            good = count.isascii() and count.isdecimal() and len(count) < 4
            data[f"{name}-{part}"] = str(min(int(count), MOST_LINES)) if good else "0"
        for number in range(int(data[f"{name}-INITIAL_FORMS"])):
            key = f"{name}-{number}-id"
            if data.get(key, "") not in known:
                data[key] = ""
    return data
