"""The public directory of organisations."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.chrome import Chrome, Link
from people.models import Organisation
from people.queries.organisations import directory, statuses_of

PER_PAGE = 25


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations of the district that exist today, with facets."""
    found = directory(request.GET)
    return render(
        request,
        "people/organisations/index.html",
        {
            "page_obj": Paginator(found.entries, PER_PAGE).get_page(request.GET.get("page")),
            "directory": found,
            "title": _("Organisations of the district"),
            "lead": _(
                "Schools, kindergartens and centres: contacts, heads, statuses given by orders."
            ),
            "also": Link(_("Teachers of the district in numbers"), reverse("staff_in_numbers")),
            "own_url": reverse("organisations"),
            "canonical": Chrome.of(request).root + reverse("organisations"),
            "trail": [home_link(request)],
        },
    )


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: contacts, head, statuses with their order and period.

    A closed organisation is still answered for: links to it stand in old documents.
    """
    found = get_object_or_404(Organisation, slug=slug, in_district=True)
    statuses = statuses_of(found)
    return render(
        request,
        "people/organisations/organisation.html",
        {
            "organisation": found,
            "statuses": [status for status in statuses if status.in_force],
            "past_statuses": [status for status in statuses if status.ended],
            "canonical": Chrome.of(request).root + found.get_absolute_url(),
            "trail": [home_link(request), Link(_("Organisations"), reverse("organisations"))],
        },
    )


def home_link(request: HttpRequest) -> Link:
    """The first step of the way to a page that is no page of the tree."""
    return Link(_("Home page"), Chrome.of(request).home_url)
