"""Organisations and teachers in the site map."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from core.sitemaps import OwnSitemap
from people.models import Organisation, OrganisationQuerySet, TeacherPage
from people.models.teacher_page import TeacherPageQuerySet
from people.queries.teacher_pages import allowed_pages

PER_FILE = 1_000


class OrganisationSitemap(OwnSitemap):
    """Pages of the organisations that the directory shows."""

    def items(self) -> OrganisationQuerySet:
        return Organisation.objects.in_directory()


class _AllowedPaginator(Paginator):
    """Files of so many pages; the consents of each file alone are asked."""

    def page(self, number: Any) -> Page[Any]:
        page = super().page(number)
        page.object_list = allowed_pages(page.object_list)  # type: ignore[arg-type]
        return page


class TeacherSitemap(OwnSitemap):
    """Teachers' own pages that their consent lets be seen now."""

    limit = PER_FILE

    def items(self) -> TeacherPageQuerySet:
        return TeacherPage.objects.switched_on().order_by("pk")

    @property
    def paginator(self) -> Paginator[Any]:
        return _AllowedPaginator(self.items(), self.limit)

    def lastmod(self, item: TeacherPage) -> datetime:
        return item.changed_at

    def get_latest_lastmod(self) -> None:
        """Not said of the whole: it would ask every consent of the district for one day."""
