"""The editors' guide inside the admin: the same Markdown files that stand in docs/editors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from markdown_it import MarkdownIt
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

GUIDE = Path(settings.BASE_DIR) / "docs" / "editors"
FIRST = "index"
_TITLE = re.compile(r"^# (.+)$", re.M)
_CHAPTER = re.compile(r'href="(?:\.\./)?([a-z-]+)\.md(#[^"]*)?"')
_PICTURE = re.compile(r'src="img/([a-z0-9-]+\.png)"')


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """One chapter of the guide."""

    template_name = "home/admin/guide.html"
    page_title = gettext_lazy("Editors' guide")
    header_icon = "help"

    @cached_property
    def text(self) -> str:
        """The Markdown of the chapter."""
        path = _chapters().get(self.kwargs.get("chapter", FIRST))
        if path is None:
            raise Http404("The guide has no such chapter.")
        return path.read_text(encoding="utf-8")

    def get_page_subtitle(self) -> str:
        found = _TITLE.search(self.text)
        return found[1] if found and self.kwargs.get("chapter", FIRST) != FIRST else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        first = {"url": reverse("editors_guide"), "label": self.page_title}
        own = [{"url": "", "label": self.get_page_subtitle()}] if self.get_page_subtitle() else []
        return [*self.breadcrumbs_items, first, *own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "chapter": _html(self.text)})


@require_safe
def guide_picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture of the guide."""
    known = {path.name: path for path in (GUIDE / "img").glob("*.png")}
    if name not in known:
        raise Http404("The guide has no such picture.")
    response = FileResponse(known[name].open("rb"), content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _chapters() -> dict[str, Path]:
    """The files of the guide by the names in their addresses; the table of roles is one of them."""
    return {path.stem: path for path in (*GUIDE.glob("*.md"), GUIDE.parent / "roles.md")}


def _html(text: str) -> SafeString:
    """The text as HTML; its title stands in the head of the screen already."""
    body = MarkdownIt("commonmark").enable("table").render(_TITLE.sub("", text, count=1))
    body = _CHAPTER.sub(
        lambda found: f'href="{reverse("editors_guide_chapter", args=[found[1]])}{found[2] or ""}"',
        body,
    )
    body = _PICTURE.sub(
        lambda found: f'src="{reverse("editors_guide_picture", args=[found[1]])}" loading="lazy"',
        body,
    )
    # The files are part of the program, not of anybody's input.
    return mark_safe(body)  # noqa: S308
