"""The documents of the library and their files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail_localize.fields import SynchronizedField

from core.blocks import BodyBlock
from core.chrome import Chrome
from core.enums import Access
from core.fields import BodyField
from core.models import BasePage, CardPageMixin, Topic
from core.models.page import CardData, date_in_words
from core.page_cache import remember
from core.permissions import is_signed_in
from home.document_form import DocumentPageForm
from home.enums import Direction, DocumentStatus, FileRole
from home.models.document_types import DocumentType
from home.queries.documents import DocumentView, document_view, replacement_chain
from home.queries.library import is_number, measure_value
from home.queries.selection import FacetName


class DocumentPage(CardPageMixin, BasePage):
    """One document at its permanent address: attributes, files, full text."""

    card_kind = "document"

    document_type = models.ForeignKey(
        DocumentType, verbose_name=_("type"), on_delete=models.PROTECT, related_name="documents"
    )
    number = models.CharField(_("number"), max_length=40, blank=True)
    date = models.DateField(_("date"))
    issuer = models.CharField(_("issued by"), max_length=255, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=DocumentStatus.choices, default=DocumentStatus.IN_FORCE
    )
    status_note = models.CharField(_("note to the status"), max_length=160, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaces",
    )
    direction = models.CharField(
        _("direction of work"), max_length=5, choices=Direction.choices, blank=True
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="+")
    measures = ParentalManyToManyField(
        "monitoring.Measure",
        verbose_name=_("measures of the road map"),
        blank=True,
        related_name="documents",
    )
    access = models.CharField(
        _("access"), max_length=12, choices=Access.choices, default=Access.PUBLIC
    )
    body = BodyField(BodyBlock(), blank=True, verbose_name=_("full text"))

    parent_page_types = ["home.DocumentLibraryPage"]
    subpage_types: list[str] = []
    base_form_class = DocumentPageForm
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("document_type", widget=forms.Select),
                FieldRowPanel([FieldPanel("number"), FieldPanel("date")]),
                FieldPanel("issuer"),
                FieldRowPanel([FieldPanel("status"), FieldPanel("status_note")]),
                FieldPanel("replaced_by"),
                FieldPanel("access"),
            ],
            heading=_("Attributes"),
        ),
        InlinePanel("files", heading=_("Files"), label=_("File")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("direction"),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("measures"),
            ],
            heading=_("Where it belongs"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("number", boost=5),
        index.SearchField("body"),
        index.FilterField("date"),
        index.FilterField("document_type"),
        index.FilterField("status"),
    ]

    # Who may open a document and what it is called officially is the same in every language.
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("access", overridable=False),
        SynchronizedField("number", overridable=False),
        SynchronizedField("status", overridable=False),
        SynchronizedField("date", overridable=False),
        SynchronizedField("topics", overridable=False),
        SynchronizedField("measures", overridable=False),
    ]

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        super().clean()
        if self.replaced_by_id is None:
            return
        if self.replaced_by_id == self.pk or self in replacement_chain(self):
            raise ValidationError(
                {"replaced_by": _("A document cannot replace itself, not even through others.")}
            )
        if self.status != DocumentStatus.REPLACED:
            raise ValidationError(
                {"status": _("A document that is replaced by another has the status «Replaced».")}
            )

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.access != Access.PUBLIC and not is_signed_in(request.user):
            answer: HttpResponseBase = redirect_to_login(
                request.get_full_path(), resolve_url(settings.LOGIN_URL)
            )
        else:
            answer = super().serve(request, *args, **kwargs)
        if self.access != Access.PUBLIC:
            # What a signed-in reader sees must not stay in a shared cache.
            patch_cache_control(answer, private=True, no_store=True)
        return answer

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["document"] = self._view(request)
        return context

    def _view(self, request: HttpRequest) -> DocumentView:
        """What stands beside the fields; the page and its structured data ask for the same."""
        if getattr(request, "_document_view", (None, None))[0] is not self:
            request._document_view = (self, document_view(self, request.user))  # type: ignore[attr-defined]
        return request._document_view[1]  # type: ignore[attr-defined, no-any-return]

    @property
    def type_name(self) -> str:
        """The name of the type, where it is published in the language of the page.

        The few types there are need no query each time.
        """

        def read() -> str:
            kind = self.document_type
            return kind.name if kind.shown_in(self.locale_id) else ""

        return remember(f"document-type:{self.document_type_id}:{self.locale_id}", read)

    @property
    def official_name(self) -> str:
        """Type, date and number: «Приказ от 25.06.2020 № 64»."""
        parts = [capfirst(self.type_name)] if self.type_name else []
        if self.date:
            parts.append(_("of %(date)s") % {"date": f"{self.date:%d.%m.%Y}"})
        if is_number(self.number):
            parts.append(f"№ {self.number}")
        return " ".join(str(part) for part in parts)

    @property
    def citation(self) -> str:
        """How to refer to the document, as official papers do."""
        issuer = f"{self.issuer}. " if self.issuer else ""
        title = self.title.strip(" .").replace("«", "„").replace("»", "“")
        return f"{issuer}{self.official_name} «{title}»"

    def get_structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """The document as search engines want it (schema.org ``DigitalDocument``)."""
        data = super().get_structured_data(request)
        view = self._view(request)
        data.update(
            {
                "@type": "DigitalDocument",
                "headline": self.title,
                "genre": view.type_name,
                "datePublished": self.date.isoformat(),
                "isAccessibleForFree": self.access == Access.PUBLIC,
            }
        )
        if self.number:
            data["identifier"] = self.number
        if self.issuer:
            data["creator"] = {"@type": "Organization", "name": self.issuer}
        if self.access == Access.PUBLIC:
            data["encoding"] = [
                {
                    "@type": "MediaObject",
                    "name": file.title,
                    "contentUrl": Chrome.of(request).root + file.url,
                    "encodingFormat": file.content_type,
                    "contentSize": str(file.size or ""),
                }
                for file in view.files
            ]
        return data

    def get_card_data(self) -> CardData:
        files = list(self.files.select_related("document"))
        return CardData(
            date=self.date,
            group=self.document_type.slug,
            group_label=self.type_name,
            status=self.status,
            direction=self.direction,
            number=self.number,
            access=self.access,
            found_by="\n".join(
                [
                    date_in_words(self.date, self.locale.language_code),
                    self.issuer,
                    *(file.words for file in files),
                ]
            ),
            text="\n".join([self.get_card_text(), *(file.document.text for file in files)]),
            details={
                "status_note": self.status_note,
                "files": [
                    {
                        "title": file.words,
                        "extension": file.document.file_extension.upper(),
                        "size": file.document.file_size,
                        "url": file.document.url,
                    }
                    for file in files
                    if file.role != FileRole.EARLIER
                ],
            },
            topic_ids=tuple(topic.pk for topic in self.topics.all()),
            facets={
                FacetName.MEASURE: tuple(
                    measure_value(measure.road_map.slug, measure.number)
                    for measure in self.measures.all()
                )
            },
        )


class DocumentFile(Orderable):
    """One file of a document; earlier versions stay and are shown as history."""

    page = ParentalKey(DocumentPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "core.PortalDocument", verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    role = models.CharField(
        _("what it is"), max_length=12, choices=FileRole.choices, default=FileRole.MAIN
    )
    version_date = models.DateField(_("version of"), null=True, blank=True)
    version_note = models.CharField(_("what changed"), max_length=255, blank=True)

    panels = [
        FieldPanel("document"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("version_date")]),
        FieldPanel("version_note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of documents")

    @property
    def words(self) -> str:
        """What the link to the file says."""
        return self.title or self.document.title

    @property
    def role_note(self) -> str:
        """What the file is, where it is not the document itself; and the day of its text."""
        role = "" if self.role == FileRole.MAIN else str(self.get_role_display()).lower()
        return ", ".join(part for part in (role, self._version_day) if part)

    @property
    def version_words(self) -> str:
        """Day of an earlier version and what changed after it."""
        return ". ".join(part for part in (self._version_day, self.version_note) if part)

    @property
    def _version_day(self) -> str:
        if self.version_date is None:
            return ""
        day = date_format(self.version_date, "j E Y")
        return _("version of %(day)s") % {"day": day}
