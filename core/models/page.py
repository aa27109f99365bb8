"""The page every page type of the portal is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.models.pages import PagePermissionTester
from wagtail_localize.fields import SynchronizedField

from core.enums import Access, PreviewMode
from core.forms import PortalPageForm
from core.models.translated import OwnLanguageRelations
from core.page_cache import depends_on, remember, silenced
from core.vision import VisionSettings


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's answers, without a query for each row of a list."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Whoever may not publish may not delete what is published: known without a query."""
        may_publish = self.user.is_superuser or "publish" in self.permissions
        if self.page.live and not may_publish:
            return False
        return bool(super().can_delete(ignore_bulk))


class BasePage(OwnLanguageRelations, Page):
    """Fields for search engines and social networks, canonical address, structured data."""

    summary = models.TextField(
        _("lead"),
        blank=True,
        max_length=400,
        help_text=_("One or two sentences: shown under the title, in lists and in search results."),
    )
    social_image = models.ForeignKey(
        "core.PortalImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For cards and social networks, 1200 × 630 pixels."),
    )

    base_form_class = PortalPageForm
    # The lists of the admin find a page by all its words; no visitor asks this index.
    search_fields = [*Page.search_fields, index.AutocompleteField("desk_words")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        ),
        MultiFieldPanel(
            [FieldPanel("show_in_menus"), FieldPanel("social_image")], heading=_("On the site")
        ),
    ]
    # An address that an editor changes follows in the translations, unless a translator gave one.
    override_translatable_fields = [
        SynchronizedField("slug"),
        SynchronizedField("social_image", overridable=False),
    ]

    class Meta:
        abstract = True

    # Set by core.serving on the page that is shown.
    shown_ancestors: list[Page] | None = None
    # Where the page stood when its canonical address was put together, and that address.
    _canonical: tuple[str | None, str] = (None, "")

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """Restrictions of the page and of all above it, without reading the ancestors twice."""
        above = self.shown_ancestors
        if above is None or self.alias_of_id or any(page.alias_of_id for page in above):
            return super().get_view_restrictions()
        own = {self.pk, *(page.pk for page in above)}
        with silenced():
            restricted = remember("restricted-pages", _restricted_pages)
        if own.isdisjoint(restricted):
            return PageViewRestriction.objects.none()
        return PageViewRestriction.objects.filter(page_id__in=own)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """What a reader may choose: the scheme of colours, the version for visually impaired."""
        return [(mode.value, mode.label) for mode in PreviewMode]

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """The smallest phone we promise, a tablet, a desktop."""
        return [
            {"name": "mobile", "icon": "mobile-alt", "device_width": 360, "label": _("Phone")},
            {"name": "tablet", "icon": "tablet-alt", "device_width": 768, "label": _("Tablet")},
            {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Computer")},
        ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the page as a reader with these choices sees it, whatever the editor's own are."""
        on = mode_name == PreviewMode.IMPAIRED
        request.vis = VisionSettings(on=on)
        response: HttpResponse = super().serve_preview(request, mode_name)
        return response

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The context of the page; ``preview_theme`` fixes the scheme in base.html."""
        theme = "dark" if mode_name == PreviewMode.DARK else "light"
        return {**super().get_preview_context(request, mode_name), "preview_theme": theme}

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """What ``user`` may do with this page."""
        return PortalPagePermissionTester(user, self)

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet[Any]:
        """With the revisions that ``desk_words`` reads."""
        found: models.QuerySet[Any] = super().get_indexed_objects()
        return found.select_related("latest_revision")

    def desk_words(self) -> str:
        """What stands in the page as it is, and in its draft where that says something else."""
        fields = type(self).get_searchable_search_fields()
        versions = [self]
        if self.has_unpublished_changes and self.latest_revision:
            written = self.latest_revision.content
            names = [field.field_name for field in fields if field.field_name in written]
            versions.append(type(self)(**{name: written[name] for name in names}))
        values = (field.get_value(version) for version in versions for field in fields)
        lines = (value if isinstance(value, list) else [value] for value in values)
        return "\n".join(dict.fromkeys(str(text) for line in lines for text in line if text))

    @property
    def meta_description(self) -> str:
        """What search engines and social networks show below the title."""
        return self.search_description or self.summary

    @property
    def canonical_url(self) -> str:
        """The one address of this page; an alias points to the page it repeats."""
        # A page writes it some nine times, and each time Wagtail would put it together anew.
        stands_at, found = self._canonical
        if stands_at != self.url_path:
            original = self.alias_of.specific if self.alias_of_id else self
            found = original.full_url or ""
            self._canonical = (self.url_path, found)
        return found

    def get_structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """JSON-LD (schema.org) of the page; page types add to it."""
        changed = self.latest_published_at
        return {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "name": self.title,
            "description": self.meta_description,
            "url": self.canonical_url,
            "inLanguage": self.locale.language_code,
            **self._breadcrumbs(request),
            **({"dateModified": timezone.localtime(changed).isoformat()} if changed else {}),
        }

    def _breadcrumbs(self, request: HttpRequest) -> dict[str, Any]:
        """The way to the page (schema.org ``BreadcrumbList``); no query, the frame has read it."""
        # Imported here: the frame reads the models.
        from core.chrome import Chrome

        if getattr(request, "portal_page", None) is not self:
            return {}
        chrome = Chrome.of(request)
        steps = [(link.title, urljoin(f"{chrome.root}/", link.url)) for link in chrome.trail]
        if not steps:
            return {}
        steps.append((self.title, self.canonical_url))
        return {
            "breadcrumb": {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": place, "name": str(name), "item": url}
                    for place, (name, url) in enumerate(steps, start=1)
                ],
            }
        }

    @property
    def latest_published_at(self) -> Any:
        """When the public text of the page last changed."""
        return self.last_published_at or self.first_published_at


def _restricted_pages() -> frozenset[int]:
    depends_on(PageViewRestriction)
    return frozenset(PageViewRestriction.objects.values_list("page_id", flat=True))


@dataclass(frozen=True)
class CardData:
    """What a page or a record says of itself for its card in the catalogue (``core.models.Card``).

    Where ``is_dated`` is false, ``date`` is no date of the thing: the day it is first listed.
    """

    date: date
    is_dated: bool = True
    group: str = ""
    group_label: str = ""
    status: str = ""
    direction: str = ""
    number: str = ""
    access: str = Access.PUBLIC
    text: str = ""
    # What it is also found by and what is not shown as its text: the date in words, the issuer.
    found_by: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    topic_ids: tuple[int, ...] = ()
    # Values by which only this kind is filtered (``core.models.CardFacet``).
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    # Whether misspelt words are corrected from its texts. Names of people leave nothing behind.
    teaches_words: bool = True


def date_in_words(day: date, language: str) -> str:
    """A date in the ways people look for it: «25.06.2020», «25 июня 2020»."""
    with translation.override(language):
        return f"{day:%d.%m.%Y} {date_format(day, 'j E Y')}"


if TYPE_CHECKING:
    _Page = Page
else:
    _Page = object


class CardPageMixin(_Page):
    """A page type whose published pages stand in the catalogue.

    A page type sets ``card_kind`` and overrides ``get_card_data`` where it knows more.
    """

    card_kind = "page"

    def get_card_data(self) -> CardData:
        """Everything the card needs beyond title, summary and address."""
        published = self.first_published_at or timezone.now()
        return CardData(date=timezone.localdate(published), text=self.get_card_text())

    def get_card_text(self) -> str:
        """All readable text of the StreamFields of the page."""
        parts: list[str] = []
        for model_field in self._meta.get_fields():
            if isinstance(model_field, StreamField):
                parts += model_field.get_searchable_content(getattr(self, model_field.name))
        return "\n".join(str(part) for part in parts if part)
