"""Texts that name a person: found, and written over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from wagtail.models import Revision, RevisionMixin

from core.rights.registry import personal_data
from core.rights.subject import DataSubject


def without_name(value: Any, subject: DataSubject) -> Any:
    """A text, or whatever JSON holds, with the substitute wherever it names the person."""
    if isinstance(value, str):
        for word in subject.words:
            value = re.sub(re.escape(word), subject.substitute, value, flags=re.IGNORECASE)
        return value
    if isinstance(value, list):
        return [without_name(item, subject) for item in value]
    if isinstance(value, dict):
        return {key: without_name(item, subject) for key, item in value.items()}
    return value


def naming(
    rows: models.QuerySet[Any], fields: tuple[str, ...], subject: DataSubject
) -> models.QuerySet[Any]:
    """Those of ``rows`` in which one of the text or JSON ``fields`` may name the person."""
    condition = Q(pk__in=[])
    for name in fields:
        rows = rows.annotate(**{f"text_of_{name}": Cast(name, TextField())})
        for marker in subject.markers:
            # SQLite keeps JSON with its letters escaped, PostgreSQL as they are.
            escaped = json.dumps(marker)[1:-1]
            for written in {marker, escaped}:
                condition |= Q(**{f"text_of_{name}__icontains": written})
    return rows.filter(condition)


def name_nobody(rows: models.QuerySet[Any], fields: tuple[str, ...], subject: DataSubject) -> int:
    """Write the substitute over the person's name in ``fields`` of ``rows``; returns how many."""
    changed = 0
    for row in naming(rows, fields, subject).iterator(chunk_size=200):
        before = {name: getattr(row, name) for name in fields}
        after = {name: without_name(value, subject) for name, value in before.items()}
        for name, value in after.items():
            length = getattr(row._meta.get_field(name), "max_length", None)
            if length and isinstance(value, str):
                after[name] = value[:length]
        if after != before:
            row._meta.model._base_manager.filter(pk=row.pk).update(**after)
            changed += 1
    return changed


def revisions_naming(subject: DataSubject, *, current: bool) -> Iterator[Revision]:
    """Versions that name the person: those that stand now, or the earlier ones."""
    found = naming(Revision.objects.order_by("pk"), ("content", "object_str"), subject)
    for revision in found.iterator(chunk_size=100):
        # The surname alone may be another person's.
        content = _said(revision)
        says = without_name(content, subject) != content
        says = says or without_name(revision.object_str, subject) != revision.object_str
        if says and _is_current(revision) == current:
            yield revision


def current_mentions(subject: DataSubject, *, limit: int) -> list[Any]:
    """Pages and entries whose text names the person now; an editor has to decide about each."""
    found: list[Any] = []
    # The record of the person is erased anyway.
    own = tuple(kind.model for kind in personal_data() if kind.is_the_person)
    for revision in revisions_naming(subject, current=True):
        thing = revision.content_object
        if thing is not None and not isinstance(thing, own) and thing not in found:
            found.append(thing)
        if len(found) == limit:
            break
    return found


def clean_earlier_revisions(subject: DataSubject) -> int:
    """Take the name out of every version that does not stand any more; returns how many."""
    changed = 0
    for revision in revisions_naming(subject, current=False):
        Revision.objects.filter(pk=revision.pk).update(
            content=without_name(revision.content, subject),
            object_str=without_name(revision.object_str, subject),
        )
        changed += 1
    for revision in naming(Revision.objects.order_by("pk"), ("content",), subject):
        # A standing version of a page remembers the title of before beside its own.
        if _said(revision) != revision.content:
            Revision.objects.filter(pk=revision.pk).update(content=_said(revision))
    return changed


def _said(revision: Revision) -> dict[str, Any]:
    """What a version says; the title that a page had before is none of it."""
    content: dict[str, Any] = revision.content
    return content | {"draft_title": content["title"]} if "draft_title" in content else content


def _is_current(revision: Revision) -> bool:
    model = ContentType.objects.get_for_id(revision.base_content_type_id).model_class()
    if model is None or not issubclass(model, RevisionMixin):
        return False
    standing = Q(latest_revision=revision.pk)
    if any(field.name == "live_revision" for field in model._meta.get_fields()):
        standing |= Q(live_revision=revision.pk)
    return model._base_manager.filter(standing).exists()
