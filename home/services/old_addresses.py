"""Old addresses of a rubric or a topic lead on when its part of the address has changed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.urls import reverse
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect

from core.models import ListEntry, Topic
from home.models import NewsIndexPage, Rubric

_LISTS = {Rubric: "rubrika", Topic: "tema"}
_FEEDS = ("news_rss", "news_atom")


@transaction.atomic
def lead_on(*, before: str, after: str) -> None:
    """Send whoever asks for the path ``before`` to ``after``; earlier ways lead there at once."""
    # A way back ends at what stands there again.
    Redirect.objects.filter(old_path=Redirect.normalise_path(after)).delete()
    Redirect.objects.filter(redirect_link=before).update(redirect_link=after)
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(before),
        site=None,
        defaults={"redirect_link": after, "redirect_page": None, "is_permanent": True},
    )


def _addresses(entry: ListEntry, slug: str) -> list[str]:
    """The list of news and, of a rubric, the feeds that bear ``slug``."""
    found = []
    index = NewsIndexPage.objects.filter(locale_id=entry.locale_id).first()
    parts = index.get_url_parts() if index is not None else None
    if parts is not None and parts[2]:
        found.append(f"{parts[2]}{_LISTS[type(entry)]}/{slug}/")
    if isinstance(entry, Rubric):
        with translation.override(entry.locale.language_code):
            found += [reverse(name, kwargs={"slug": slug}) for name in _FEEDS]
    return found


def _before_save(sender: Any, instance: ListEntry, raw: bool, **kwargs: Any) -> None:
    fields = kwargs["update_fields"]
    if raw or not instance.pk or (fields is not None and "slug" not in fields):
        return
    # What was only a draft nobody has an address of.
    shown = sender.objects.filter(pk=instance.pk, live=True).values_list("slug", flat=True).first()
    instance._shown_slug = shown  # type: ignore[attr-defined]


def _after_save(sender: Any, instance: ListEntry, **kwargs: Any) -> None:
    shown = instance.__dict__.pop("_shown_slug", None)
    if not shown or shown == instance.slug:
        return
    ways = zip(_addresses(instance, shown), _addresses(instance, instance.slug), strict=True)
    for before, after in ways:
        lead_on(before=before, after=after)


def connect_signals() -> None:
    """Follow every way in which the address of a list changes."""
    for model in _LISTS:
        pre_save.connect(_before_save, sender=model, dispatch_uid=f"{model.__name__}_old_address")
        post_save.connect(_after_save, sender=model, dispatch_uid=f"{model.__name__}_new_address")
