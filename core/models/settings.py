"""What an administrator sets once for the whole site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from core.enums import AgeMark


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
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
    ]

    class Meta:
        verbose_name = _("portal settings")
