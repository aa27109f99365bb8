"""Forms of the admin: a publication in the future, records that exist in several languages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet, UniqueConstraint
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import DraftStateMixin, Locale

# Of a number that SQLite and PostgreSQL can keep.
MOST_DIGITS = 18


class ChoicesField(forms.ModelMultipleChoiceField):
    """A choice of several records that refuses, in words, a number no database can hold."""

    def clean(self, value: Any) -> Any:
        for chosen in value or ():
            if len(str(chosen)) > MOST_DIGITS:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(chosen)[:MOST_DIGITS]},
                )
        return super().clean(value)


class AheadOfTimeMixin:
    """Refuses a time of publication that has passed: it would publish at once, unasked.

    A time that was set before and has come meanwhile stays what it is.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()  # type: ignore[misc]
        moment: datetime | None = cleaned.get("go_live_at")
        if moment is not None and moment < timezone.now() and moment != self._set_before():
            words = _("This time has passed. Name one that is ahead, or publish at once.")
            self.add_error("go_live_at", words)  # type: ignore[attr-defined]
        return cleaned

    def _set_before(self) -> datetime | None:
        """The time that the form was opened with; its field knows no seconds."""
        before: datetime | None = self.initial.get("go_live_at")  # type: ignore[attr-defined]
        return before and before.replace(second=0, microsecond=0)


class PortalPageForm(AheadOfTimeMixin, WagtailAdminPageForm):
    """The form of every page."""


class TranslatedRecordForm(AheadOfTimeMixin, WagtailAdminModelForm):
    """Says at its field that a value is taken in the language of the record.

    The language is no field of a form, so Django leaves out every constraint that names it; the
    model checks it only while a version is being published, where nobody can correct it any more.
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for constraint in self.instance._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and "translation_key" not in (
                constraint.fields
            ):
                self._check(constraint, cleaned)
        return cleaned

    @property
    def language(self) -> Locale:
        """The language of the record that is being edited."""
        known = self.instance.locale_id is not None
        language: Locale = self.instance.locale if known else Locale.get_default()
        return language

    def _check(self, constraint: UniqueConstraint, cleaned: dict[str, Any]) -> None:
        """``locale`` stands last in these constraints, and before it the field that is to blame."""
        *names, language = constraint.fields
        if language != "locale" or any(cleaned.get(name) in (None, "") for name in names):
            return
        values = {name: cleaned[name] for name in names}
        others = type(self.instance)._default_manager.filter(locale=self.language)
        if self.instance.pk is not None:
            others = others.exclude(pk=self.instance.pk)
        if _holders(others, values).exists():
            unsaid = (
                constraint.violation_error_message == constraint.default_violation_error_message
            )
            words = constraint.get_violation_error_message()
            self.add_error(names[-1], _("This address part is taken.") if unsaid else words)


def _holders(records: QuerySet[Any], values: dict[str, Any]) -> QuerySet[Any]:
    """Those of ``records`` that have ``values``, published or in the draft that lies over them."""
    taken = Q(**values)
    if issubclass(records.model, DraftStateMixin):
        drafts = {
            f"latest_revision__content__{name}": value.pk if isinstance(value, Model) else value
            for name, value in values.items()
        }
        taken |= Q(has_unpublished_changes=True, **drafts)
    return records.filter(taken)
