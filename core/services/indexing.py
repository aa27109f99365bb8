"""Many records into the indexes of the packages at once: the admin search and the references.

The packages do it after every save, one record at a time, with the same result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from modelcluster.fields import ParentalKey
from modelsearch.backends import get_search_backends
from modelsearch.index import insert_or_update_object
from wagtail.models import ReferenceIndex

# App, model and number, as the tasks of the packages name a record.
Named = tuple[str, str, str]
# Variables of one query.
_AT_ONCE = 500


def index_all(records: Iterable[Named]) -> None:
    """Bring the search entries of ``records`` up to date; one that is gone meanwhile has none."""
    for model, numbers in _by_model(records).items():
        found: list[Any] = []
        for thing in _read(model.get_indexed_objects(), numbers):  # type: ignore[attr-defined]
            if thing.get_indexed_instance() is thing:
                found.append(thing)
            else:
                # A page saved as a mere page is found by the fields of its own type.
                insert_or_update_object(thing)
        for backend in get_search_backends(with_auto_update=True):
            backend.add_bulk(model, found)


def refer_all(records: Iterable[Named]) -> None:
    """Bring up to date to what ``records`` refer; a part counts with the whole it belongs to."""
    wholes: dict[type[models.Model], set[Any]] = defaultdict(set)
    for model, numbers in _by_model(records).items():
        whole, found = model, numbers
        while (key := _key_of_the_whole(whole)) is not None:
            parts = _read(whole._default_manager.values_list(key.attname, flat=True), found)
            found = {number for number in parts if number is not None}
            whole = key.related_model
        wholes[whole] |= {whole._meta.pk.to_python(number) for number in found}
    for model, numbers in wholes.items():
        if ReferenceIndex.is_indexed(model):
            for thing in _read(model._default_manager.all(), numbers):
                ReferenceIndex.create_or_update_for_object(thing)


def _by_model(records: Iterable[Named]) -> dict[type[models.Model], set[Any]]:
    found: dict[type[models.Model], set[Any]] = defaultdict(set)
    for app, model, number in records:
        found[apps.get_model(app, model)].add(number)
    return found


def _key_of_the_whole(model: type[models.Model]) -> Any:
    fields = model._meta.get_fields()
    return next((field for field in fields if isinstance(field, ParentalKey)), None)


def _read(rows: models.QuerySet[Any], numbers: Iterable[Any]) -> Iterator[Any]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _AT_ONCE):
        yield from rows.filter(pk__in=ordered[start : start + _AT_ONCE])
