"""What an administrator sets once for the whole site."""

from __future__ import annotations

from copy import copy

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from core.enums import AgeMark

# What of the settings is words of a language.
WORDS = (
    "portal_name",
    "portal_subtitle",
    "short_place",
    "owner_name",
    "operator_name",
    "address",
    "demo_banner",
)


def other_languages() -> list[tuple[str, str]]:
    """The languages of the site without the source."""
    return list(settings.LANGUAGES[1:])


@register_setting(icon="site")
class SiteSettings(ClusterableModel, BaseSiteSetting):
    """Names and addresses of the portal and of its owner (149-FZ, article 10, part 2)."""

    portal_name = models.CharField(
        _("name of the portal"), max_length=120, default="Центр непрерывного повышения квалификации"
    )
    portal_subtitle = models.CharField(
        _("line below the name"),
        max_length=160,
        blank=True,
        default="Отдел образования администрации Курманаевского района Оренбургской области",
    )
    short_place = models.CharField(
        _("place in short, for phones"), max_length=60, blank=True, default="Курманаевский район"
    )
    owner_name = models.CharField(
        _("owner of the site"),
        max_length=255,
        default=(
            "Отдел образования администрации муниципального образования "
            "Курманаевский район Оренбургской области"
        ),
    )
    operator_name = models.CharField(
        _("operator of the portal"), max_length=255, blank=True, default="МКУ «ИМЦ», с. Курманаевка"
    )
    address = models.CharField(_("postal address"), max_length=255, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    age_mark = models.CharField(
        _("age mark"), max_length=4, choices=AgeMark.choices, default=AgeMark.ZERO
    )
    security_email = models.EmailField(
        _("e-mail for reports of weaknesses"), blank=True, help_text=_("Shown in security.txt.")
    )
    social_image = models.ForeignKey(
        "core.PortalImage",
        verbose_name=_("picture for social networks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Used where a page has no picture of its own. 1200 × 630 pixels."),
    )
    demo_banner = models.CharField(
        _("demonstration banner"),
        max_length=255,
        blank=True,
        help_text=_("Shown on every page while the portal holds invented data. Empty: no banner."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("portal_name"), FieldPanel("portal_subtitle"), FieldPanel("short_place")],
            heading=_("Header"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("owner_name"),
                FieldPanel("operator_name"),
                FieldPanel("address"),
                FieldPanel("email"),
                FieldPanel("phone"),
                FieldPanel("age_mark"),
                FieldPanel("security_email"),
            ],
            heading=_("Owner"),
        ),
        FieldPanel("social_image"),
        FieldPanel("demo_banner"),
        InlinePanel(
            "words",
            heading=_("In other languages"),
            label=_("language"),
            help_text=_(
                "What is left empty stays out of the header; in the footer the source text stands."
            ),
            max_num=len(settings.LANGUAGES) - 1,
        ),
    ]

    # Names of the fields that are shown in the language asked for; all in the source language.
    translated: frozenset[str] | None = None

    class Meta:
        verbose_name = _("portal settings")

    def in_language(self, code: str, *, name: str) -> SiteSettings:
        """A copy to be read by visitors of another language than the source.

        ``name`` stands for a portal name that is not translated. What the law asks for (owner,
        operator, address) stays in the source language where it is not translated; the lines of
        the header do not.
        """
        words = next((words for words in self.words.all() if words.language == code), None)
        found = {field: getattr(words, field, "") for field in WORDS}
        shown = copy(self)
        shown.portal_name, shown.portal_subtitle, shown.short_place = name, "", ""
        for field, text in found.items():
            if text:
                setattr(shown, field, text)
        shown.translated = frozenset(field for field, text in found.items() if text)
        return shown


class SiteWords(models.Model):
    """The words of the settings in one language besides the source; empty: not translated."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=12, choices=other_languages)
    portal_name = models.CharField(
        _("name of the portal"),
        max_length=120,
        blank=True,
        help_text=_("Empty: the title of the home page in this language."),
    )
    portal_subtitle = models.CharField(_("line below the name"), max_length=160, blank=True)
    short_place = models.CharField(_("place in short, for phones"), max_length=60, blank=True)
    owner_name = models.CharField(_("owner of the site"), max_length=255, blank=True)
    operator_name = models.CharField(_("operator of the portal"), max_length=255, blank=True)
    address = models.CharField(_("postal address"), max_length=255, blank=True)
    demo_banner = models.CharField(_("demonstration banner"), max_length=255, blank=True)

    panels = [FieldPanel(name) for name in ("language", *WORDS)]

    class Meta:
        verbose_name = _("settings in another language")
        unique_together = [("settings", "language")]

    def __str__(self) -> str:
        return self.get_language_display()
