"""Lists of the cabinet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


class PagedMixin:
    """A list in pages; a page that does not exist is the last one, as in every list here."""

    paginate_by: int | None = 25
    request: HttpRequest

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator = self.get_paginator(queryset, page_size)  # type: ignore[attr-defined]
        page = paginator.get_page(self.request.GET.get("page"))
        return paginator, page, page.object_list, page.has_other_pages()
