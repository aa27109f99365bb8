"""A table whose headings and cells can be translated.

wagtail-localize does not look into tables. A cell is named after its own text, not after its place:
when an editor inserts a row, the translations of all other cells stay with them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from hashlib import sha256
from typing import Any

from wagtail.blocks import Block
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter


class TranslatableTableBlock(TypedTableBlock):
    """Wagtail's typed table with what wagtail-localize asks of a block."""

    def get_translatable_segments(self, table: TypedTable) -> list[Any]:
        """Caption, headings and the texts of the cells, each different text once."""
        found: dict[str, list[Any]] = {}
        if table.caption:
            found["caption"] = [StringSegmentValue("", table.caption)]
        for column in table.columns:
            if column["heading"]:
                found[_heading_key(column["heading"])] = [StringSegmentValue("", column["heading"])]
        extractor = StreamFieldSegmentExtractor(field=None)
        for row in table.row_data:
            for column, value in zip(table.columns, row["values"], strict=True):
                key = _cell_key(column["block"], value)
                if value not in (None, "") and key not in found:
                    found[key] = extractor.handle_block(column["block"], value)
        return [segment.wrap(key) for key, segments in found.items() for segment in segments]

    def restore_translated_segments(self, table: TypedTable, segments: list[Any]) -> TypedTable:
        """The same table in another language; what has no translation stays as it is."""
        by_key = defaultdict(list)
        for segment in segments:
            key, inner = segment.unwrap()
            by_key[key].append(inner)
        writer = StreamFieldSegmentsWriter(field=None, src_locale=None, tgt_locale=None)

        def words(key: str, text: str) -> str:
            return by_key[key][0].render_text() if key in by_key else text

        def cell(block: Block, value: Any) -> Any:
            key = _cell_key(block, value)
            return writer.handle_block(block, value, by_key[key]) if key in by_key else value

        return TypedTable(
            columns=[
                {**column, "heading": words(_heading_key(column["heading"]), column["heading"])}
                for column in table.columns
            ],
            row_data=[
                {
                    "values": [
                        cell(column["block"], value)
                        for column, value in zip(table.columns, row["values"], strict=True)
                    ]
                }
                for row in table.row_data
            ],
            caption=words("caption", table.caption),
        )


def _heading_key(heading: str) -> str:
    return f"heading-{_short_hash(heading)}"


def _cell_key(block: Block, value: Any) -> str:
    raw = json.dumps([block.name, block.get_prep_value(value)], ensure_ascii=False, default=str)
    return f"cell-{_short_hash(raw)}"


def _short_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
