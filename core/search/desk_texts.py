"""What the search of the admin finds: titles and names, of drafts, files and pictures too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from modelsearch.index import get_indexed_models

_AT_ONCE = 2_000


def desk_text(found: Any) -> str:
    """What the lists of the admin look through of a page, a picture, a file or an entry."""
    fields = type(found).get_autocomplete_search_fields()
    return " ".join(str(field.get_value(found) or "") for field in fields)


def desk_texts() -> Iterator[str]:
    """The same of everything; one query for each kind, all pages being one."""
    for model in get_indexed_models():
        if model._meta.parents:
            continue
        names = [field.field_name for field in model.get_autocomplete_search_fields()]
        entries = model._default_manager.order_by().values_list(*names)
        for values in entries.iterator(chunk_size=_AT_ONCE):
            yield " ".join(str(value or "") for value in values)
