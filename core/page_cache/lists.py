"""Notes which lists a page shows, from the conditions of the queries themselves.

A list of cards depends on their kind and language, a list of a topic on that topic, a list of pages
on the branch of the tree or on the page type it reads. Conditions that are not understood only make
the dependency wider: a page may be made anew needlessly, but never be shown when it is no longer
true.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import models
from django.db.models.sql import Query
from django.db.models.sql.where import AND, WhereNode

from core.page_cache import tags
from core.page_cache.recorder import current

# Every way in which a query set asks the database.
_READING = ("_fetch_all", "iterator", "count", "exists", "aggregate")


def _noting(method: Callable[..., Any], find: Callable[[Query], set[str]]) -> Any:
    @wraps(method)
    def wrapper(self: models.QuerySet, *args: Any, **kwargs: Any) -> Any:
        recorder = current()
        if recorder is not None and getattr(self, "_result_cache", None) is None:
            for query in self.query.combined_queries or [self.query]:
                recorder.note(*find(query))
        return method(self, *args, **kwargs)

    return wrapper


def _tags_of_cards(query: Query) -> set[str]:
    found = _conditions(query, {"kind", "language", "topic", "page"})
    if values := found.get(("page", "in")):
        return {tags.page(pk) for pk in values}
    if values := found.get(("topic", "in")):
        return {tags.topic(topic) for topic in values}
    return {
        tags.cards(kind, language)
        for kind in found.get(("kind", "in"), {""})
        for language in found.get(("language", "in"), {""})
    }


def _tags_of_pages(query: Query) -> set[str]:
    relations = [field.name for field in tags.own_relations(query.model)]
    found = _conditions(query, {"id", "page_ptr", "path", "depth", "translation_key", *relations})
    for name in ("id", "page_ptr"):
        if (values := found.get((name, "in"))) is not None:
            return {tags.page(pk) for pk in values}
    if ("path", "in") in found:
        return set()
    if values := found.get(("translation_key", "in")):
        return {tags.translations(key) for key in values}
    if values := found.get(("path", "below")):
        depths = found.get(("depth", "in"), {None})
        return {tags.PATHS} | {tags.below(path, depth) for path in values for depth in depths}
    for name in relations:
        if (values := found.get((name, "in"))) is not None:
            return {tags.pages(query.model, name, value) for value in values}
    return {tags.pages(query.model)}


def _conditions(query: Query, names: set[str]) -> dict[tuple[str, str], set]:
    """What every row of the list must be: allowed values by field, or «below» for paths."""
    found: dict[tuple[str, str], set] = {}
    _collect(query.where, names, found)
    return found


def _collect(node: WhereNode, names: set[str], found: dict[tuple[str, str], set]) -> None:
    if node.negated or (node.connector != AND and len(node.children) > 1):
        return
    for child in node.children:
        if isinstance(child, WhereNode):
            _collect(child, names, found)
            continue
        name = getattr(getattr(getattr(child, "lhs", None), "target", None), "name", "")
        inner = getattr(child, "rhs", None)
        if name == "card" and child.lookup_name == "in" and isinstance(inner, Query):
            _collect(inner.where, names, found)
        if name not in names:
            continue
        kind, values = _values(name, child)
        if kind:
            key = (name, kind)
            found[key] = found[key] & values if key in found else values


def _values(name: str, lookup: Any) -> tuple[str, set]:
    given = lookup.rhs
    if lookup.lookup_name == "exact":
        items = [given]
    elif lookup.lookup_name == "in" and isinstance(given, (list, tuple, set)):
        items = list(given)
    elif name == "path" and lookup.lookup_name == "startswith" and isinstance(given, str):
        return "below", {given}
    elif name == "path" and lookup.lookup_name == "range":
        # Children as the tree asks for them: between the first and the last possible path.
        first, last = given
        same = [a for a, b in zip(first, last, strict=False) if a == b]
        return "below", {first[: len(same) // 4 * 4]}
    else:
        return "", set()
    plain = {getattr(item, "pk", item) for item in items}
    if any(isinstance(item, models.expressions.BaseExpression | models.QuerySet) for item in plain):
        return "", set()
    return "in", plain


class TrackedQuerySet(models.QuerySet):
    """A query of cards or of their topics that notes what it reads."""


for _name in _READING:
    setattr(TrackedQuerySet, _name, _noting(getattr(models.QuerySet, _name), _tags_of_cards))


def connect() -> None:
    """Have the query sets of pages note what they read, too."""
    from wagtail.query import PageQuerySet

    for name in _READING:
        method = getattr(PageQuerySet, name)
        if not hasattr(method, "__wrapped__"):
            setattr(PageQuerySet, name, _noting(method, _tags_of_pages))
