"""What base.html needs on every page; all of it lazy, so that JSON and redirects pay nothing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """The variable ``portal``: settings, sections, footer links, languages, vision settings."""
    from core.chrome import Chrome

    return {"portal": Chrome.of(request)}
