"""What is sent for translation stays a draft until somebody with the right publishes it.

The setting ``WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE`` makes new translations drafts. Two
gaps remain and are closed here, because a language holds only what is really translated.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model, ObjectDoesNotExist
from django.db.models.signals import post_save
from wagtail.models import DraftStateMixin, Locale, Page, PageLogEntry
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

_save_target = Translation.save_target


def is_complete(translation: Translation) -> bool:
    """Whether every string has its translation."""
    total, translated = translation.get_progress()
    return bool(total == translated)


def may_publish(user: Any, record: Model) -> bool:
    """Whether ``user`` may show ``record``; one without drafts is shown once it is saved."""
    if isinstance(record, Page):
        return bool(record.permissions_for_user(user).can_publish())
    action = "publish" if isinstance(record, DraftStateMixin) else "change"
    return bool(policy_registry.get_by_type(type(record)).user_has_permission(user, action))


def _save_draft_once(self: Translation, user: Any = None, publish: bool = True) -> None:
    """Make a draft where nothing is yet, and leave alone what is there.

    The package saves related records anew along with a page. As a draft that would take their
    published translations off the site.
    """
    if not publish:
        try:
            target = self.source.get_translated_instance(self.target_locale)
        except ObjectDoesNotExist:
            target = None
        if target is not None and getattr(target, "alias_of_id", None) is None:
            return
    _save_target(self, user=user, publish=publish)


def _on_log(sender: Any, instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    """An alias is as live as its source: made a page of its own, it is untranslated yet."""
    if created and instance.action == "wagtail.convert_alias":
        transaction.on_commit(partial(_withdraw, instance.page_id))


def _withdraw(pk: int) -> None:
    page = Page.objects.filter(pk=pk, live=True, alias_of__isnull=True).first()
    if page is not None and page.locale_id != Locale.get_default().pk:
        page.specific.unpublish()


def keep_drafts() -> None:
    """Close both gaps; called once when the portal starts."""
    Translation.save_target = _save_draft_once
    post_save.connect(_on_log, sender=PageLogEntry, dispatch_uid="translation_drafts")
