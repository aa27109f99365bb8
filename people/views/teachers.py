"""Teachers' own pages as visitors see them: the list, one page, its photograph."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.chrome import Chrome, Link
from core.views.file_sending import Outgoing, send_file
from people.queries.teacher_pages import ShownTeacher, teacher_of, teachers_directory
from people.views.organisations import home_link

PER_PAGE = 24


@require_safe
def teachers(request: HttpRequest) -> HttpResponse:
    """Every teacher who shows a page, with facets by subject and organisation."""
    found = teachers_directory(request.GET)
    return render(
        request,
        "people/teachers/index.html",
        {
            "page_obj": Paginator(found.entries, PER_PAGE).get_page(request.GET.get("page")),
            "directory": found,
            "title": _("Teachers of the district"),
            "lead": _("Own pages of teachers: what they teach and how they can help colleagues."),
            "own_url": reverse("teachers"),
            "canonical": Chrome.of(request).root + reverse("teachers"),
            "trail": [home_link(request)],
        },
    )


@require_safe
def teacher(request: HttpRequest, slug: str) -> HttpResponse:
    """One page, with what the consent of its author allows now."""
    return render(request, "people/teachers/page.html", teacher_context(request, _shown(slug)))


@require_safe
def portrait(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The photograph of a page, while its author allows it; browsers ask each time."""
    shown = _shown(slug)
    file = shown.page.portrait
    if not shown.portrait_url or file is None:
        raise Http404("No photograph is shown here.")
    return send_file(
        request,
        Outgoing.of_private(file, label="portrait"),
        cache_control="private, no-cache",
    )


def teacher_context(request: HttpRequest, shown: ShownTeacher) -> dict[str, object]:
    """What the template of a page shows; its author's preview shows the same."""
    return {
        "shown": shown,
        "canonical": Chrome.of(request).root + shown.page.get_absolute_url(),
        "trail": [home_link(request), Link(_("Teachers of the district"), reverse("teachers"))],
    }


def _shown(slug: str) -> ShownTeacher:
    found = teacher_of(slug)
    if found is None:
        # The same for a page that is hidden and for one that never was.
        raise Http404("No page is shown here.")
    return found
