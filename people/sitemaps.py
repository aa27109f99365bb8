"""Organisations in the site map."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap

from people.models import Organisation, OrganisationQuerySet


class OrganisationSitemap(Sitemap):
    """Pages of the organisations that the directory shows."""

    def items(self) -> OrganisationQuerySet:
        return Organisation.objects.in_directory()
