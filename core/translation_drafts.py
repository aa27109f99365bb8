"""What is sent for translation stays a draft until somebody with the right publishes it.

The setting ``WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE`` makes new translations drafts. The
gaps that remain are closed here, because a language holds only what is really translated.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model, ObjectDoesNotExist
from django.db.models.signals import post_save
from django.utils.translation import gettext as _
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import DraftStateMixin, Locale, Page, PageLogEntry, TranslatableMixin
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from core.publishing import RefusedPublicationError, keep_what_is_shown

logger = logging.getLogger(__name__)

_save_target = Translation.save_target
_publish = PublishRevisionAction.execute
_as_before: ContextVar[bool] = ContextVar("publishing_as_before", default=False)


class IncompleteTranslationError(RefusedPublicationError):
    """A record is not published: strings of it have no translation yet."""

    def __init__(self, record: Any) -> None:
        words = _("“%(title)s” is not published: there are strings without a translation.")
        super().__init__(record, words % {"title": record})


@contextmanager
def publishing_as_before() -> Iterator[None]:
    """Publish what is shown already, with another address: its words stay as they are."""
    token = _as_before.set(True)
    try:
        yield
    finally:
        _as_before.reset(token)


def is_incomplete(record: Any) -> bool:
    """Whether ``record`` is a translation, still kept up, that lacks strings."""
    if not isinstance(record, TranslatableMixin) or getattr(record, "alias_of_id", None):
        return False
    translation = Translation.objects.filter(
        source__object_id=record.translation_key, target_locale=record.locale_id, enabled=True
    ).first()
    return translation is not None and not is_complete(translation)


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
    try:
        target = self.source.get_translated_instance(self.target_locale)
    except ObjectDoesNotExist:
        target = None
    if not publish:
        if target is not None and getattr(target, "alias_of_id", None) is None:
            return
    elif not is_complete(self):
        # Said now: the package publishes after the transaction, where nobody hears a refusal.
        raise IncompleteTranslationError(target or self.source.get_source_instance())
    _save_target(self, user=user, publish=publish)


def _publish_complete(self: PublishRevisionAction, *args: Any, **kwargs: Any) -> Any:
    """The one way by which button, bulk action, approval, API and schedule publish."""
    scheduled = self.log_action == "wagtail.publish.scheduled"
    try:
        if not _as_before.get() and is_incomplete(self.object):
            raise IncompleteTranslationError(self.object)
        with transaction.atomic() if scheduled else nullcontext():
            keep_what_is_shown(self.object, self.revision)
            return _publish(self, *args, **kwargs)
    except RefusedPublicationError as refusal:
        if not scheduled:
            raise
        # Nobody is there to read a refusal, and what else is due must not wait for it.
        self.revision.approved_go_live_at = None
        self.revision.save(update_fields=["approved_go_live_at"])
        number, reason = self.revision.pk, type(refusal).__name__
        logger.warning("scheduled revision %s is not published: %s", number, reason)
        return None


def _on_log(sender: Any, instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    """An alias is as live as its source: made a page of its own, it is untranslated yet."""
    if created and instance.action == "wagtail.convert_alias":
        transaction.on_commit(partial(_withdraw, instance.page_id))


def _withdraw(pk: int) -> None:
    page = Page.objects.filter(pk=pk, live=True, alias_of__isnull=True).first()
    if page is not None and page.locale_id != Locale.get_default().pk:
        page.specific.unpublish()


def keep_drafts() -> None:
    """Close the gaps; called once when the portal starts."""
    Translation.save_target = _save_draft_once
    PublishRevisionAction.execute = _publish_complete
    post_save.connect(_on_log, sender=PageLogEntry, dispatch_uid="translation_drafts")
