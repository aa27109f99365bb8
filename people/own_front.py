"""What people have of their own in the cabinet: drafts, requests, documents."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.cabinet_shelves import (
    DOCUMENTS,
    DRAFTS,
    REQUESTS,
    ShelfItem,
    drawn,
    register_shelf_items,
)
from people.enums import ImportState
from people.models import DataArchive, ErasureRequest, StaffImport, StaffLink, TeacherPage, User
from people.permissions import user_keeps_staff
from people.queries.staff import is_in_register
from people.queries.training import own_trainings
from people.views.consents import own_consents
from people.views.my_data import ROOM as MY_DATA
from people.views.own_page import ROOM as OWN_PAGE
from people.views.training import ROOM as TRAINING


@register_shelf_items(DRAFTS)
def page_not_opened(user: User, limit: int) -> Iterable[ShelfItem]:
    """The own page while its author alone sees it."""
    page = TeacherPage.objects.filter(user=user, is_open=False).first()
    if page is not None:
        yield ShelfItem(
            title=str(OWN_PAGE),
            url=reverse("own_page"),
            day=page.changed_at,
            note=_("Only you see it until you open it"),
            state="draft",
            state_words=_("Draft"),
        )


@register_shelf_items(
    DRAFTS,
    room=(gettext_lazy("Import of the register"), "staff_imports"),
    shown_to=user_keeps_staff,
)
def imports_not_written(user: User, limit: int) -> Iterable[ShelfItem]:
    """Files that were read and wait for the word of the person who brought them."""
    for load in StaffImport.objects.filter(user=user, state=ImportState.READY)[:limit]:
        yield ShelfItem(
            title=load.file_name,
            url=reverse("staff_import", args=[load.pk]),
            day=load.created_at,
            note=_("Nothing of it is written into the register yet"),
            state="draft",
            state_words=load.get_state_display(),
        )


@register_shelf_items(REQUESTS)
def own_links(user: User, limit: int) -> Iterable[ShelfItem]:
    """Requests to be linked with the register."""
    links = StaffLink.objects.filter(user=user).select_related("organisation")
    for link in links.order_by("-created_at", "-pk")[:limit]:
        yield ShelfItem(
            title=_("Link with the staff register"),
            url=reverse("staff_link"),
            day=link.created_at,
            note=link.organisation.name,
            state=drawn(link.state),
            state_words=link.get_state_display(),
        )


@register_shelf_items(REQUESTS)
def own_erasures(user: User, limit: int) -> Iterable[ShelfItem]:
    """Requests to erase one's data."""
    for asked in ErasureRequest.objects.filter(user=user).order_by("-created_at", "-pk")[:limit]:
        yield ShelfItem(
            title=_("Erasure of my data"),
            url=reverse("my_data"),
            day=asked.created_at,
            state=drawn(asked.state),
            state_words=asked.get_state_display(),
        )


@register_shelf_items(DOCUMENTS, room=(gettext_lazy("Consents"), "consents"))
def own_papers(user: User, limit: int) -> Iterable[ShelfItem]:
    """Consents as they were given, with their text; those that a later choice replaced aside."""
    today = timezone.localdate()
    for consent in own_consents(user).filter(is_replaced=False)[:limit]:
        holds = consent.withdrawn_at is None and (
            consent.valid_until is None or consent.valid_until >= today
        )
        yield ShelfItem(
            title=consent.get_kind_display(),
            url=reverse("consent_paper", args=[consent.pk]),
            day=consent.given_at,
            note=_("Signed on paper") if consent.on_paper else "",
            state="in_force" if holds else "repealed",
            state_words=_("In force") if holds else _("Does not hold any more"),
        )


@register_shelf_items(DOCUMENTS, room=(TRAINING, "trainings"))
def training_scans(user: User, limit: int) -> Iterable[ShelfItem]:
    """Scans of certificates and diplomas."""
    scanned = own_trainings(user).filter(~Q(scan=None)).select_related("scan")
    for training in scanned.order_by("-created_at", "-pk")[:limit]:
        yield ShelfItem(
            title=training.programme,
            url=training.scan.view_url or training.scan.get_absolute_url(),
            day=training.created_at,
            note=_("Scan of the document on training"),
            state=drawn(training.state),
            state_words=training.get_state_display(),
        )


@register_shelf_items(DOCUMENTS, room=(MY_DATA, "my_data"))
def data_copies(user: User, limit: int) -> Iterable[ShelfItem]:
    """Copies of one's data that can still be taken."""
    copies = DataArchive.objects.filter(~Q(file=None), user=user).select_related("file")
    for copy in copies[:limit]:
        yield ShelfItem(
            title=_("Copy of my data"),
            url=copy.file.get_absolute_url(),
            day=copy.created_at,
            note=copy.file.original_name,
        )


@register_shelf_items(DOCUMENTS)
def own_portfolio(user: User, limit: int) -> Iterable[ShelfItem]:
    """The portfolio is made whenever it is asked for, from what the register knows that day."""
    if is_in_register(user):
        yield ShelfItem(
            title=_("Portfolio"),
            url=reverse("portfolio"),
            note=_("PDF made from the register and from your page whenever you need it"),
        )
