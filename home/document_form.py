"""The form of a document in the admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.fields import NoFutureDateValidator

from core.forms import PortalPageForm
from home.enums import DocumentStatus


class DocumentPageForm(PortalPageForm):
    """A document is dated today at the latest, and one that is replaced says by what.

    The second is asked of whoever fills in the form only: a document outlives the one that replaced
    it, and its translation may come before the translation of that one.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "date" in self.fields:
            self.fields["date"].validators.append(NoFutureDateValidator())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        replaced = cleaned.get("status") == DocumentStatus.REPLACED
        explained = cleaned.get("replaced_by") or (cleaned.get("status_note") or "").strip()
        if replaced and not explained and "replaced_by" not in self.errors:
            words = _("Name the document that replaces this one, or say in the note what does.")
            self.add_error("replaced_by", words)
        return cleaned
