"""What the public site adds to the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import home as wagtail_home
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail_localize import wagtail_hooks as localize_hooks

from home.dashboard import PANELS, PublishedSummary
from home.forms import collections_for
from home.models import DocumentLibraryPage, DocumentPage
from home.views.bulk_upload import BulkUploadView
from home.views.guide import GuideView, guide_picture
from home.views.new_version import NewVersionView
from home.viewsets.lists import ListsGroup
from home.viewsets.pages import PAGE_VIEWSETS

register_snippet(ListsGroup)

# It asks the database twice for every row of a list; the same buttons stand in the header of the
# page itself. There is no public way to take a hook back.
hooks._hooks["register_page_listing_more_buttons"].remove(
    (localize_hooks.page_listing_more_buttons, 0)
)

# What our panels say better; Wagtail's read a query for each row.
REPLACED_PANELS = (
    wagtail_home.WorkflowObjectsToModeratePanel,
    wagtail_home.UserObjectsInWorkflowModerationPanel,
    wagtail_home.RecentEditsPanel,
)
# English guides on a foreign host.
FOREIGN_HELP = ("whats-new-in-wagtail", "editor-guide")
RENAMED_MENU = {"documents": _("Files"), "images": _("Pictures")}


@hooks.register("register_admin_viewset")
def page_viewsets() -> list[ViewSet]:
    """Columns and filters of each kind of pages."""
    return PAGE_VIEWSETS


@hooks.register("construct_homepage_panels")
def homepage_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Our panels first, then what remains of Wagtail's."""
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED_PANELS)]
    panels += [panel() for panel in PANELS]


@hooks.register("construct_homepage_summary_items", order=1000)
def homepage_summary(request: HttpRequest, items: list[Any]) -> None:
    """Published things instead of a count of pages, pictures and files."""
    items[:] = [PublishedSummary(request)]


@hooks.register("construct_main_menu")
@hooks.register("construct_search")
def rename_menu(request: HttpRequest, menu_items: list[Any]) -> None:
    """«Документы» are pages of the library here; uploads are «Файлы»."""
    for item in menu_items:
        item.label = RENAMED_MENU.get(item.name, item.label)


@hooks.register("construct_help_menu")
def hide_foreign_help(request: HttpRequest, menu_items: list[Any]) -> None:
    """Only help that is in Russian and on this host."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(FOREIGN_HELP)]


@hooks.register("register_help_menu_item")
def guide_in_the_menu() -> MenuItem:
    """The guide of this portal in the place of Wagtail's."""
    return MenuItem(
        _("How to work in the admin"), reverse("editors_guide"), icon_name="help", order=100
    )


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Our own screens of the admin."""
    return [
        path("documents/bulk/", BulkUploadView.as_view(), name="bulk_upload"),
        path("documents/<int:page_id>/version/", NewVersionView.as_view(), name="document_version"),
        path("guide/", GuideView.as_view(), name="editors_guide"),
        path("guide/img/<str:name>", guide_picture, name="editors_guide_picture"),
        path("guide/<slug:chapter>/", GuideView.as_view(), name="editors_guide_chapter"),
    ]


@hooks.register("before_move_page")
def refuse_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail asks for the right when the page is moved, and shows its title to all before that."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("register_page_header_buttons")
def upload_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Any]:
    """«Upload many documents» on the library, for whoever may add to it."""
    if page.specific_class is not DocumentLibraryPage or page.alias_of_id:
        return
    if page.permissions_for_user(user).can_add_subpage() and collections_for(user).exists():
        yield Button(
            _("Upload many documents"),
            f"{reverse('bulk_upload')}?library={page.pk}",
            icon_name="upload",
            priority=15,
        )


@hooks.register("register_page_header_buttons")
def version_button(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Any]:
    """«New version of a file» on a document that has files, for whoever may change it."""
    if not isinstance(page, DocumentPage) or page.alias_of_id or not page.files.exists():
        return
    rights = page.permissions_for_user(user)
    if rights.can_edit() and not rights.page_locked() and collections_for(user).exists():
        yield Button(
            _("New version of a file"),
            reverse("document_version", args=[page.pk]),
            icon_name="history",
            priority=15,
        )


@hooks.register("register_icons")
def icons(names: list[str]) -> list[str]:
    """Icons of our own lists."""
    return [*names, "wagtailadmin/icons/portal-news.svg"]
