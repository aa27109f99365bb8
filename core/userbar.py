"""The content checker in the preview: axe with rules that a Russian editor understands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

# A rule needs a check; this one of Wagtail's fails on every element without alternative text, so
# here the selector alone decides.
_ALWAYS = {"id": "check-image-alt-text", "options": {"pattern": "^$"}}


def _selector_rule(name: str, selector: str) -> dict[str, Any]:
    return {
        "id": name,
        "impact": "serious",
        "selector": selector,
        "tags": ["best-practice"],
        "any": [_ALWAYS],
        "enabled": True,
    }


class PortalContentChecker(ContentCheckerItem):
    """Wagtail's checks, more of axe's, and three of our own, on the content of the page alone."""

    axe_include = ("main",)
    axe_run_only = (
        *ContentCheckerItem.axe_run_only,
        "image-alt",
        "link-in-text-block",
        "list",
        "document-title",
        "table-without-caption",
        "film-without-subtitles",
        "empty-link",
    )
    axe_custom_rules = (
        *ContentCheckerItem.axe_custom_rules,
        _selector_rule("table-without-caption", "main table:not(:has(caption))"),
        _selector_rule(
            "film-without-subtitles",
            "main video:not(:has(track[kind='captions'], track[kind='subtitles']))",
        ),
        _selector_rule("empty-link", "main a[href]:empty:not([aria-label])"),
    )
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("A picture without words"),
            "help_text": _("Describe what it shows, or mark it as decoration."),
        },
        "link-in-text-block": {
            "error_name": _("A link is seen by its colour alone"),
            "help_text": _("Leave links as they are: do not paint them."),
        },
        "list": {
            "error_name": _("A list is put together wrongly"),
            "help_text": _("Make lists with the button of the editor."),
        },
        "document-title": {
            "error_name": _("The page has no title"),
            "help_text": _("Fill in the field «Title»."),
        },
        "table-without-caption": {
            "error_name": _("A table without a caption"),
            "help_text": _("Say in the caption what the table shows."),
        },
        "film-without-subtitles": {
            "error_name": _("A film without subtitles"),
            "help_text": _("Add a file of subtitles (VTT)."),
        },
        "empty-link": {
            "error_name": _("A link without words"),
            "help_text": _("Write where the link leads."),
        },
    }

    def get_axe_include(self, request: Any) -> list[str]:
        return list(self.axe_include)

    def get_axe_run_only(self, request: Any) -> list[str]:
        return list(self.axe_run_only)

    def get_axe_custom_rules(self, request: Any) -> list[dict[str, Any]]:
        return list(self.axe_custom_rules)
