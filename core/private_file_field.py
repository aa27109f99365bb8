"""A form field for a private file: what a person has chosen is not lost to a mistake elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.forms.boundfield import BoundField
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.models import PrivateFile
from core.services.private_files import own_new_file, store_new_file
from core.uploads import Refusal, allowed_endings, is_film
from core.uploads.refusals import refuse

# From this size on a file is sent in parts, where scripts run.
IN_PARTS_FROM = 20 * 1024 * 1024


class PrivateFileInput(forms.Widget):
    """Shows the file that is there, takes another one, remembers by number what was stored."""

    template_name = "components/private_file_input.html"
    needs_multipart_form = True
    # What is shown as there; the field sets it.
    file: PrivateFile | None = None
    endings: Iterable[str] = ()
    max_size: int | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        return {
            "upload": files.get(name),
            "kept": data.get(f"{name}-kept", ""),
            "cleared": f"{name}-clear" in data,
        }

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}-kept" not in data

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        endings = list(self.endings) or allowed_endings()
        films = any(is_film(ending) for ending in endings)
        limit = settings.PRIVATE_FILM_MAX_SIZE if films else settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
        return context | {
            "file": self.file,
            "may_clear": not self.is_required,
            "accept": ",".join(f".{ending}" for ending in endings),
            "endings": ", ".join(ending.upper() for ending in endings),
            "limit": min(limit, self.max_size or limit),
            "in_parts_from": IN_PARTS_FROM,
            "upload_url": reverse("private_uploads"),
        }

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> Any:
        return SafeString(render_to_string(template_name, context))


class PrivateFileField(forms.Field):
    """A file that becomes a ``PrivateFile``; the value is one, or None.

    The form says whose it is, before it is looked at: ``form.fields["scan"].user = user``. An
    upload is checked and stored at once, so that a form which comes back for another reason still
    has it. The initial value is a ``PrivateFile`` or its number (as in a model form).
    """

    widget = PrivateFileInput
    default_error_messages = {
        "required": _("Choose a file."),
        "gone": _("This file is no longer there. Choose it again."),
    }

    def __init__(
        self, *, endings: Iterable[str] | None = None, max_size: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.endings = list(endings) if endings is not None else None
        self.max_size = max_size
        self.user: Any = None
        self._initial_pk: int | None = None
        self.widget.endings = self.endings or ()
        self.widget.max_size = max_size

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        bound = super().get_bound_field(form, field_name)
        initial = bound.initial
        file = initial if isinstance(initial, PrivateFile) else None
        if file is None and initial:
            file = PrivateFile.objects.filter(pk=initial).first()
        self._initial_pk = file.pk if file else None
        self.widget.file = file
        return bound

    def clean(self, value: dict[str, Any]) -> PrivateFile | None:
        if self.user is None:
            raise ImproperlyConfigured("Say whose file it is: field.user = user.")
        file = self._chosen(value)
        self.widget.file = file
        if file is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return file

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = str(getattr(initial, "pk", initial) or "")
        return bool(data["upload"]) or data["cleared"] or (data["kept"] or "") != before

    def _chosen(self, value: dict[str, Any]) -> PrivateFile | None:
        if value["upload"]:
            # Refused, the new file goes and what was there before stays to be seen.
            self.widget.file = self._kept(value["kept"])
            return store_new_file(
                upload=value["upload"],
                user=self.user,
                endings=self.endings,
                max_size=self.max_size,
            )
        if value["cleared"] and not self.required:
            return None
        if not value["kept"]:
            return None
        file = self._kept(value["kept"])
        if file is None:
            self.widget.file = None
            raise ValidationError(self.error_messages["gone"], code="gone")
        if file.pk != self._initial_pk:
            self._check(file)
        return file

    def _kept(self, pk: Any) -> PrivateFile | None:
        """The file that stands in the form already: what it was opened with, or a new own one."""
        if self._initial_pk is not None and str(pk) == str(self._initial_pk):
            return PrivateFile.objects.filter(pk=self._initial_pk).first()
        return own_new_file(pk, self.user)

    def _check(self, file: PrivateFile) -> None:
        """What came in parts was checked by its content, but not for this field."""
        ending = PurePath(file.original_name).suffix[1:].lower()
        if self.endings is not None and ending not in self.endings:
            self.widget.file = None
            allowed = ", ".join(name.upper() for name in self.endings)
            raise refuse(Refusal.WRONG_TYPE, ending=ending.upper(), allowed=allowed)
        if self.max_size is not None and file.size > self.max_size:
            self.widget.file = None
            raise refuse(
                Refusal.TOO_BIG,
                size=filesizeformat(file.size),
                limit=filesizeformat(self.max_size),
            )
