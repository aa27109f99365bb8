"""What a portal that has just been set up still waits for, from its owner."""

from __future__ import annotations

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, Site
from wagtail.permissions import policy_registry

from core.models import Card, SiteSettings
from home.models import NewsIndexPage, SetupRecord
from home.queries.editorial import Row, Rows
from home.services.seeding import key_uuid, source_locale
from home.services.structure import page_hints
from people.models import User


def first_steps_for(user: User) -> Rows:
    """What ``user`` may do of: the contacts of the owner, the first news item, unwritten pages.

    Nothing once all of it is done. A page counts as written when a person saved it once or the
    demonstration filled it.
    """
    return Rows.of([*_settings_step(user), *_news_step(user), *_unwritten_pages(user)])


def _settings_step(user: User) -> list[Row]:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or not user.has_perm("core.change_sitesettings"):
        return []
    owner = SiteSettings.for_site(site)
    if owner.email and owner.phone and owner.address:
        return []
    return [
        Row(
            _("Portal settings"),
            reverse("wagtailsettings:edit", args=["core", "sitesettings", site.pk]),
            remark=_(
                "Address, telephone and e-mail of the owner: they stand at the foot of every page, "
                "and the law asks for them."
            ),
        )
    ]


def _news_step(user: User) -> list[Row]:
    if Card.objects.of_kind("news").exists():
        return []
    index = NewsIndexPage.objects.live().filter(locale=source_locale()).first()
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        return []
    return [
        Row(
            _("The first news item"),
            reverse("wagtailadmin_pages:add", args=["home", "newspage", index.pk]),
            remark=_("The home page shows the newest four."),
        )
    ]


def _unwritten_pages(user: User) -> list[Row]:
    """Pages of the structure that nobody has touched, in the order of the hints."""
    hints = {key_uuid(key): (key, hint) for key, hint in page_hints().items()}
    by_people = Revision.objects.page_revisions().filter(
        object_id=Cast(OuterRef("pk"), CharField()), user__isnull=False
    )
    filled = set(SetupRecord.objects.filter(key__startswith="text:").values_list("key", flat=True))
    policy = policy_registry.get_by_type(Page)
    pages = (
        policy.instances_user_has_permission_for(user, "change")
        .filter(translation_key__in=hints, locale=source_locale())
        .filter(~Exists(by_people))
    )
    order = list(hints)
    rows = []
    for page in sorted(pages, key=lambda page: order.index(page.translation_key)):
        key, hint = hints[page.translation_key]
        if f"text:{key}" not in filled:
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            rows.append(Row(page.title, url, _("not written yet"), hint))
    return rows
