"""Model fields that every app shares."""

from typing import Any

from wagtail.fields import StreamField


class BodyField(StreamField):
    """A StreamField whose migrations do not repeat its block definitions.

    Block definitions live in code and change often; what the database stores is JSON either way.
    Without this every new help text of a block would be a migration of every page type.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
