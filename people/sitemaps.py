"""Organisations and teachers in the site map."""

from __future__ import annotations

from datetime import datetime

from core.sitemaps import OwnSitemap
from people.models import Organisation, OrganisationQuerySet
from people.queries.teacher_pages import ShownTeacher, public_teachers


class OrganisationSitemap(OwnSitemap):
    """Pages of the organisations that the directory shows."""

    def items(self) -> OrganisationQuerySet:
        return Organisation.objects.in_directory()


class TeacherSitemap(OwnSitemap):
    """Teachers' own pages that their consent lets be seen now."""

    def items(self) -> list[ShownTeacher]:
        return public_teachers()

    def location(self, item: ShownTeacher) -> str:
        return item.page.get_absolute_url()

    def lastmod(self, item: ShownTeacher) -> datetime:
        return item.page.changed_at
