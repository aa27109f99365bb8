"""Forms of the public site's admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.fields import NoFutureDateValidator
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from core.enums import Access
from core.models import PortalDocument
from home.models import DocumentFile, DocumentLibraryPage, DocumentType


class BulkUploadForm(forms.Form):
    """What is said once for many uploaded documents."""

    library = forms.ModelChoiceField(
        DocumentLibraryPage.objects.none(), label=_("Library"), empty_label=None
    )
    document_type = forms.ModelChoiceField(DocumentType.objects.none(), label=_("Kind of document"))
    day = forms.DateField(
        label=_("Date of the documents"),
        initial=timezone.localdate,
        widget=AdminDateInput,
        validators=[NoFutureDateValidator()],
    )
    issuer = forms.CharField(label=_("Issued by"), max_length=255, required=False)
    access = forms.ChoiceField(label=_("Access"), choices=Access.choices, initial=Access.PUBLIC)
    collection = forms.ModelChoiceField(
        Collection.objects.none(), label=_("Folder of the files"), empty_label=None
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        libraries = libraries_for(user)
        self.fields["library"].queryset = libraries  # type: ignore[attr-defined]
        self.fields["document_type"].queryset = DocumentType.objects.filter(  # type: ignore[attr-defined]
            locale__in=libraries.values("locale"), live=True
        )
        self.fields["collection"].queryset = collections_for(user)  # type: ignore[attr-defined]


class NewVersionForm(forms.Form):
    """A new version of one file of a document."""

    upload = forms.FileField(label=_("New file"))
    day = forms.DateField(
        label=_("Version of"),
        initial=timezone.localdate,
        widget=AdminDateInput,
        validators=[NoFutureDateValidator()],
    )
    what_changed = forms.CharField(
        label=_("What changed"),
        max_length=255,
        required=False,
        help_text=_("Readers see it beside the earlier version."),
    )

    def __init__(self, *args: Any, replaceable: list[DocumentFile], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The files of a draft need not stand in the table yet: they are told by their place.
        self.fields["file"] = forms.TypedChoiceField(
            label=_("Which file it replaces"),
            choices=[(number, file.words) for number, file in enumerate(replaceable)],
            coerce=lambda number: replaceable[int(number)],
        )
        self.order_fields(["file", "upload", "day", "what_changed"])


def libraries_for(user: Any) -> QuerySet[DocumentLibraryPage]:
    """The libraries to which ``user`` may add documents; aliases only repeat another one."""
    libraries = DocumentLibraryPage.objects.filter(alias_of__isnull=True)
    allowed = [page.pk for page in libraries if page.permissions_for_user(user).can_add_subpage()]
    return libraries.filter(pk__in=allowed)


def collections_for(user: Any) -> QuerySet[Collection]:
    """The folders in which ``user`` may store files."""
    policy = policy_registry.get_by_type(PortalDocument)
    return policy.collections_user_has_permission_for(user, "add")
