"""The titles and names from which the admin corrects slips: of drafts, files and pictures.

The words within pages are found as they are written: a slip in one of them would be corrected into
a word that stands somewhere in the middle of a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from modelsearch.index import get_indexed_models

_AT_ONCE = 2_000


def desk_text(found: Any) -> str:
    """What a page, a picture, a file or an entry is called."""
    columns = {column.name for column in found._meta.concrete_fields}
    fields = type(found).get_autocomplete_search_fields()
    named = (field for field in fields if field.field_name in columns)
    return " ".join(str(field.get_value(found) or "") for field in named)


def desk_texts() -> Iterator[str]:
    """The same of everything; one query for each kind, all pages being one."""
    for model in get_indexed_models():
        if model._meta.parents:
            continue
        names = [field.field_name for field in model.get_autocomplete_search_fields()]
        entries = model._default_manager.order_by().values_list(*names)
        for values in entries.iterator(chunk_size=_AT_ONCE):
            yield " ".join(str(value or "") for value in values)
