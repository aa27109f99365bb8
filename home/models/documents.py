"""The document library («банк педагогической информации»)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from core.blocks import BodyBlock
from core.enums import Access
from core.fields import BodyField
from core.models import BasePage, CardPageMixin, Topic
from core.models.page import CardData
from home.enums import Direction, DocumentStatus, FileRole


class DocumentType(TranslatableMixin, index.Indexed, models.Model):
    """A kind of official paper, for example «приказ»."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("address part"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("name"), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]
    # Lists are asked for by it in every language.
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]

    class Meta:
        verbose_name = _("document type")
        verbose_name_plural = _("document types")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="home_doctype_translation"
            ),
            models.UniqueConstraint(fields=["slug", "locale"], name="home_doctype_slug"),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentLibraryPage(BasePage):
    """All documents with facets."""

    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.DocumentPage"]

    content_panels = [*BasePage.content_panels, FieldPanel("summary")]

    class Meta:
        verbose_name = _("document library")


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
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("number", overridable=False),
        SynchronizedField("topics", overridable=False),
        SynchronizedField("measures", overridable=False),
    ]

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("document_type"),
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
            [FieldPanel("direction"), FieldPanel("topics"), FieldPanel("measures")],
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

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def get_card_data(self) -> CardData:
        files = list(self.files.select_related("document"))
        return CardData(
            date=self.date,
            group=self.document_type.slug,
            group_label=self.document_type.name,
            status=self.status,
            direction=self.direction,
            number=self.number,
            access=self.access,
            text="\n".join([self.get_card_text(), *(file.document.text for file in files)]),
            details={
                "status_note": self.status_note,
                "files": [
                    {
                        "title": file.title or file.document.title,
                        "extension": file.document.file_extension.upper(),
                        "size": file.document.file_size,
                        "url": file.document.url,
                    }
                    for file in files
                    if file.role != FileRole.EARLIER
                ],
            },
            topic_ids=tuple(topic.pk for topic in self.topics.all()),
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
