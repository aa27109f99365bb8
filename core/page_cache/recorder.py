"""Notes what a page is made of while it is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models.signals import post_init

from core.page_cache import tags

# A page made of more than this many things is made anew each time.
MAX_TAGS = 600

_TABLES = re.compile(r'(?:FROM|JOIN) "([a-z0-9_]+)"')
# Read on almost every page, and no part of what it shows.
_SILENT = {
    "contenttypes.contenttype",
    "wagtailcore.pageviewrestriction",
    "core.card",
    "core.cardfacet",
    "core.cardtopic",
    "core.portalrendition",
}
# Whoever reads these shows something that belongs to one visitor or moves all the time.
_MOVING_APPS = {"sessions", "modelsearch", "django_tasks_db", "wagtailsearch"}


class Recorder:
    """What one page depends on, and until when it may be kept."""

    def __init__(self) -> None:
        self.tags: set[str] = set()
        self.until: datetime | None = None
        self.cacheable = True

    def note(self, *found: str) -> None:
        """Add tags; too many of them make the page uncacheable."""
        self.tags.update(found)
        if len(self.tags) > MAX_TAGS:
            self.cacheable = False

    def until_at_most(self, moment: datetime) -> None:
        """The page may not be kept beyond ``moment``."""
        if self.until is None or moment < self.until:
            self.until = moment

    def include(self, found: tuple[frozenset[str], datetime | None, bool]) -> None:
        """Take over what was noted when a remembered part was made."""
        self.note(*found[0])
        if found[1] is not None:
            self.until_at_most(found[1])
        self.cacheable = self.cacheable and found[2]

    @property
    def notes(self) -> tuple[frozenset[str], datetime | None, bool]:
        """Everything noted, in a form that can be kept."""
        return frozenset(self.tags), self.until, self.cacheable


_current: ContextVar[Recorder | None] = ContextVar("page_cache_recorder", default=None)


@contextmanager
def recording() -> Iterator[Recorder]:
    """Note everything that is read inside the block."""
    recorder = Recorder()
    token = _current.set(recorder)
    try:
        with connection.execute_wrapper(_note_tables):
            yield recorder
    finally:
        _current.reset(token)


@contextmanager
def silenced() -> Iterator[None]:
    """Note nothing inside the block: the caller names the dependencies itself."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


def current() -> Recorder | None:
    """The recorder of the page that is being made, if one is."""
    return _current.get()


def depends_on(*things: Any) -> None:
    """Say that the page being made shows ``things``: objects, model classes or tags."""
    if recorder := _current.get():
        recorder.note(*(tags.tag_of(thing) for thing in things))


def uncacheable() -> None:
    """Say that the page being made is for this visitor alone."""
    if recorder := _current.get():
        recorder.cacheable = False


def valid_until(moment: datetime) -> None:
    """Say that the page being made is true until ``moment`` at most."""
    if recorder := _current.get():
        recorder.until_at_most(moment)


def _note_tables(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    """Note each table that a statement reads, unless its rows are noted one by one."""
    if recorder := _current.get():
        for table in _TABLES.findall(sql):
            tag = _tags_of_tables().get(table, "")
            if tag is None:
                recorder.cacheable = False
            elif tag:
                recorder.note(tag)
    return execute(sql, params, many, context)


def is_followed_one_by_one(model: type[models.Model]) -> bool:
    """Whether single rows of the model are noted as they are read."""
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model

    return tags.is_page_class(model) or model in (get_image_model(), get_document_model())


@lru_cache(maxsize=1)
def _tags_of_tables() -> dict[str, str | None]:
    """Tag by table; "" for tables followed otherwise, None for those that must not be kept."""
    found: dict[str, str | None] = {}
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label_lower
        if model._meta.app_label in _MOVING_APPS:
            found[model._meta.db_table] = None
        elif label in _SILENT or is_followed_one_by_one(model) or page_parent(model):
            found[model._meta.db_table] = ""
        else:
            found[model._meta.db_table] = label
    return found


@cache
def page_parent(model: type[models.Model]) -> str | None:
    """The column that leads from a part of a page (a file, a topic of it) to that page."""
    from modelcluster.fields import ParentalKey

    for relation in model._meta.get_fields():
        if not isinstance(relation, models.ForeignKey):
            continue
        to_page = tags.is_page_class(relation.related_model)
        if to_page and (isinstance(relation, ParentalKey) or model._meta.auto_created):
            return relation.attname
    return None


def _note_instance(sender: Any, instance: models.Model, **kwargs: Any) -> None:
    if (recorder := _current.get()) and instance.pk is not None:
        recorder.note(tags.tag_of(instance))


def connect() -> None:
    """Follow single rows of pages, images and files."""
    for model in apps.get_models():
        if is_followed_one_by_one(model):
            post_init.connect(
                _note_instance, sender=model, dispatch_uid=f"page_cache_{model._meta.label}"
            )
