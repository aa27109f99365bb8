"""State changes of the document library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from anyascii import anyascii
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify
from modelsearch import index
from wagtail.log_actions import log
from wagtail.models import Page

from core.enums import Access
from core.models import PortalDocument
from home.enums import DocumentStatus, FileRole
from home.models import DocumentFile, DocumentLibraryPage, DocumentPage, DocumentType

if TYPE_CHECKING:
    from people.models import User


@dataclass(frozen=True)
class BulkResult:
    """The draft that stands for an uploaded file; ``created`` is false when it was there before."""

    page: DocumentPage
    created: bool


def title_from_name(name: str) -> str:
    """A title out of a file name: «polozhenie_RMO-2026.pdf» gives «polozhenie RMO-2026»."""
    words = re.sub(r"[_\s]+", " ", PurePath(name).stem).strip(" .-")
    return (words[:1].upper() + words[1:])[:255] or name[:255]


@transaction.atomic
def draft_from_file(
    *,
    document: PortalDocument,
    library: DocumentLibraryPage,
    document_type: DocumentType,
    day: date,
    user: User,
    issuer: str = "",
    access: str = Access.PUBLIC,
) -> BulkResult:
    """Make a draft document of a checked file that is not stored yet.

    The same content in the same library gives the draft that is there already, so a form that is
    sent twice makes nothing twice. Raises PermissionDenied when the user may not add pages there.
    """
    # The lock on the library makes two equal uploads at one time wait for each other.
    locked = Page.objects.select_for_update().get(pk=library.pk)
    if not locked.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    document._set_document_file_metadata()
    present = (
        DocumentPage.objects.child_of(locked)
        .filter(files__document__checksum=document.checksum)
        .first()
    )
    if present is None:
        present = _draft_with(locked, document.checksum)
    if present is not None:
        return BulkResult(present, created=False)
    _store(document, user)
    page = DocumentPage(
        title=document.title,
        slug=free_slug(locked, document.title),
        document_type=document_type,
        date=day,
        issuer=issuer,
        access=access,
        status=DocumentStatus.IN_FORCE,
        live=False,
        owner=user,
        locale=locked.locale,
    )
    page.files = [DocumentFile(document=document, role=FileRole.MAIN)]  # type: ignore[misc]
    locked.add_child(instance=page)
    log(instance=page, action="wagtail.create", user=user, data={"bulk_upload": document.pk})
    page.save_revision(user=user, log_action=True)
    return BulkResult(page, created=True)


@transaction.atomic
def add_version(
    *,
    page: DocumentPage,
    file: DocumentFile,
    document: PortalDocument,
    day: date,
    what_changed: str = "",
    user: User,
) -> Any:
    """Put a checked, not yet stored file in place of ``file``, which stays as an earlier version.

    ``page`` is the latest draft. Saves a draft revision and returns it: the new version is public
    once that is published. Raises PermissionDenied when the user may not change the page.
    """
    locked = Page.objects.select_for_update().get(pk=page.pk)
    rights = locked.permissions_for_user(user)
    if not rights.can_edit() or rights.page_locked():
        raise PermissionDenied
    _store(document, user)
    present: Any = page.files
    newer = DocumentFile(document=document, title=file.title, role=file.role, version_date=day)
    files: list[DocumentFile] = []
    for other in present.all():
        if other == file:
            other.role = FileRole.EARLIER
            other.version_note = what_changed or other.version_note
            other.version_date = other.version_date or page.date
            files.append(newer)
        files.append(other)
    for position, other in enumerate(files):
        other.sort_order = position
    page.files = files  # type: ignore[misc]
    return page.save_revision(user=user, log_action=True)


def _store(document: PortalDocument, user: User) -> None:
    """Keep an uploaded file, with its search entry and its line in the log."""
    document.uploaded_by_user = user
    document.save()
    index.insert_or_update_object(document)
    log(instance=document, action="wagtail.create", user=user)


def free_slug(parent: Page, title: str) -> str:
    """An address part in Latin letters that no page below ``parent`` has."""
    base = slugify(anyascii(title))[:80].strip("-") or "document"
    slug, number = base, 1
    while not Page._slug_is_available(slug, parent):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _draft_with(library: Page, checksum: str) -> DocumentPage | None:
    """A page of the library whose latest draft, not yet published, holds this content."""
    numbers = [
        str(pk)
        for pk in PortalDocument.objects.filter(checksum=checksum).values_list("pk", flat=True)
    ]
    if not numbers:
        return None
    for page in DocumentPage.objects.child_of(library).filter(has_unpublished_changes=True):
        draft: Any = page.get_latest_revision_as_object()
        if any(str(file.document_id) in numbers for file in draft.files.all()):
            return page
    return None
