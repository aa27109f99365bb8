"""Turns every change that visitors can see into tags to purge."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from modelcluster.fields import ParentalKey
from wagtail.models import DraftStateMixin, Page, PageViewRestriction, Revision
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
    pre_page_move,
)

from core.models import Card, CardTopic
from core.page_cache import tags
from core.page_cache.recorder import is_followed_one_by_one, page_parent
from core.page_cache.versions import purge, purge_all

# A branch of more pages than this is not purged page by page.
MAX_BRANCH = 1000
# What saving a draft, locking and signing in write; visitors see nothing of it.
_UNSEEN_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "last_login",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
    "numchild",
}
# Written all the time and never shown to visitors.
_UNSEEN_APPS = {
    "admin",
    "contenttypes",
    "django_tasks_db",
    "migrations",
    "modelsearch",
    "sessions",
    "wagtailadmin",
    "wagtailsearch",
}
_UNSEEN_MODELS = {
    "wagtailcore.comment",
    "wagtailcore.commentreply",
    "wagtailcore.modellogentry",
    "wagtailcore.pagelogentry",
    "wagtailcore.pagesubscription",
    "wagtailcore.referenceindex",
    "wagtailcore.revision",
    "wagtailcore.taskstate",
    "wagtailcore.uploadedfile",
    "wagtailcore.workflowstate",
    "core.portalrendition",
    # Part of a card, renewed with it.
    "core.cardfacet",
}
_ADDRESS = ("title", "slug", "url_path", "live", "show_in_menus", "seo_title", "alias_of_id")
# The home page and its children stand in the menu.
_MENU_DEPTH = 3


def connect() -> None:
    """Follow every way in which something public changes."""
    for model in apps.get_models():
        label = model._meta.label_lower
        if model._meta.app_label in _UNSEEN_APPS or label in _UNSEEN_MODELS:
            continue
        uid = f"page_cache_{label}"
        if issubclass(model, Page):
            pre_save.connect(_remember_page, sender=model, dispatch_uid=uid)
            post_save.connect(_on_page_saved, sender=model, dispatch_uid=uid)
            pre_delete.connect(_on_page_deleted, sender=model, dispatch_uid=uid)
        elif model is Card:
            post_save.connect(_on_card, sender=model, dispatch_uid=uid)
            post_delete.connect(_on_card, sender=model, dispatch_uid=uid)
        elif model is CardTopic:
            # Made in bulk by the service that renews a card; it purges the topics itself.
            post_delete.connect(_on_card_topic, sender=model, dispatch_uid=uid)
        elif model is PageViewRestriction:
            post_save.connect(_on_restriction, sender=model, dispatch_uid=uid)
            post_delete.connect(_on_restriction, sender=model, dispatch_uid=uid)
        else:
            post_save.connect(_on_saved, sender=model, dispatch_uid=uid)
            post_delete.connect(_on_deleted, sender=model, dispatch_uid=uid)
    post_save.connect(_on_revision, sender=Revision, dispatch_uid="page_cache_schedule")
    page_published.connect(_on_published, dispatch_uid="page_cache")
    page_unpublished.connect(_on_published, dispatch_uid="page_cache")
    pre_page_move.connect(_on_move, dispatch_uid="page_cache")
    post_page_move.connect(_on_move, dispatch_uid="page_cache")


def _unseen(update_fields: Any) -> bool:
    return update_fields is not None and set(update_fields) <= _UNSEEN_FIELDS


# --- Pages --------------------------------------------------------------------------------------


def _remember_page(
    sender: Any, instance: Page, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    """Keep what the database says before the change."""
    before = None
    if instance.pk and not raw and not _unseen(update_fields):
        columns = [field.attname for field in tags.own_relations(sender)]
        found = sender._base_manager.filter(pk=instance.pk)
        before = found.values(*_shown_by_others(sender), "expire_at", *columns).first()
    instance._page_cache_before = before  # type: ignore[attr-defined]


def _on_page_saved(
    sender: Any, instance: Page, created: bool, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    if raw or _unseen(update_fields):
        return
    before = instance.__dict__.pop("_page_cache_before", None)
    was_live = bool(before and before["live"])
    if not instance.live and not was_live:
        return
    found = {tags.page(instance.pk), tags.pages(sender)}
    for field in tags.own_relations(sender):
        values = {before and before[field.attname], getattr(instance, field.attname)}
        found |= {tags.pages(sender, field.name, value) for value in values - {None}}
    shown = _shown_by_others(sender)
    if before is None or any(before[name] != getattr(instance, name) for name in shown):
        found |= _address_tags(instance)
        if before is not None and before["url_path"] != instance.url_path:
            found |= _branch_tags(before["url_path"])
    if instance.expire_at or (before and before["expire_at"]):
        found.add(tags.SCHEDULE)
    purge(*found)


def _shown_by_others(model: type[Page]) -> tuple[str, ...]:
    """Fields that a link to the page depends on; a document says itself for whom it opens."""
    own = ("access",) if any(field.name == "access" for field in model._meta.fields) else ()
    return (*_ADDRESS, *own)


def _on_published(sender: Any, instance: Page, **kwargs: Any) -> None:
    purge(tags.page(instance.pk), tags.pages(type(instance)))


def _on_page_deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    purge(tags.page(instance.pk), *_address_tags(instance))


def _on_move(sender: Any, instance: Page, **kwargs: Any) -> None:
    """Before and after: both places lose or gain a page, and all addresses below change."""
    purge(tags.page(instance.pk), *_address_tags(instance), *_branch_tags(instance.url_path))
    # A page that does not go to the end pushes those behind it to other places.
    pushed = Page.objects.filter(depth=instance.depth, path__gt=instance.path)
    if pushed.filter(path__startswith=instance.path[: -instance.steplen]).exists():
        purge(tags.PATHS)


def _on_restriction(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    page = instance.page
    # The menu names sections that are open to some, too.
    shown = _address_tags(page) - {tags.MENU}
    purge(PageViewRestriction, tags.page(page.pk), *shown, *_branch_tags(page.url_path))


def _address_tags(page: Page) -> set[str]:
    """Everywhere a page is linked from or listed."""
    found = {tags.address(page.pk), tags.translations(page.translation_key)}
    found |= {
        tags.pages(model)
        for model in (page.specific_class or type(page)).__mro__
        if issubclass(model, Page) and not model._meta.abstract
    }
    own = page.specific_deferred if page.pk else page
    for field in tags.own_relations(type(own)):
        if (value := getattr(own, field.attname)) is not None:
            found.add(tags.pages(type(own), field.name, value))
    path = page.path or ""
    for end in range(page.steplen, len(path), page.steplen):
        found |= {tags.below(path[:end]), tags.below(path[:end], page.depth)}
    if page.depth and page.depth <= _MENU_DEPTH:
        found.add(tags.MENU)
    return found


def _branch_tags(url_path: str) -> set[str]:
    """All pages below an address, before or after it changed."""
    below = list(
        Page.objects.filter(url_path__startswith=url_path)
        .order_by()
        .values_list("pk", flat=True)[: MAX_BRANCH + 1]
    )
    if len(below) > MAX_BRANCH:
        purge_all()
        return set()
    return {tag for pk in below for tag in (tags.page(pk), tags.address(pk))}


# --- Everything else ----------------------------------------------------------------------------


def _on_card(sender: Any, instance: Card, **kwargs: Any) -> None:
    purge(*card_tags(instance))


def _on_card_topic(sender: Any, instance: CardTopic, **kwargs: Any) -> None:
    purge(tags.topic(instance.topic_id))


def card_tags(card: Card) -> set[str]:
    """Lists on which a card stands, whether they ask for one kind, one language or any."""
    return {
        tags.cards(kind, language) for kind in (card.kind, "") for language in (card.language, "")
    }


def _on_saved(
    sender: Any, instance: models.Model, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    if not raw and not _unseen(update_fields):
        _purge_object(instance)


def _on_deleted(sender: Any, instance: models.Model, **kwargs: Any) -> None:
    _purge_object(instance)


def _purge_object(instance: models.Model) -> None:
    model = type(instance)
    if column := page_parent(model):
        # A part of a page: it becomes visible when the page is saved, which follows.
        purge(tags.page(getattr(instance, column)))
        return
    found = {tags.tag_of(instance)}
    if not is_followed_one_by_one(model):
        found.add(tags.tag_of(model))
    for field in model._meta.get_fields():
        if isinstance(field, ParentalKey):
            found.add(tags.tag_of(field.related_model))
    if isinstance(instance, DraftStateMixin):
        found.add(tags.SCHEDULE)
    purge(*found)


def _on_revision(sender: Any, instance: Revision, update_fields: Any, **kwargs: Any) -> None:
    if update_fields is not None and "approved_go_live_at" in update_fields:
        purge(tags.SCHEDULE)
