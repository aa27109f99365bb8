"""A teacher's own page: saved, opened, switched off; hidden and given back by an editor."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.log_actions import log

from core.services.private_files import store_private_file
from people.enums import ConsentItem
from people.models import StaffRecord, TeacherPage
from people.permissions import user_can_hide_page
from people.queries.publishing import published_items
from people.services.notices import tell_page_decided

if TYPE_CHECKING:
    from core.models import PrivateFile
    from people.models import User

PORTRAIT_SIDE = 480
_QUALITY = 85
# Faces stand in the upper part of a photograph.
_CENTRE = (0.5, 0.35)


@transaction.atomic
def save_teacher_page(*, page: TeacherPage, user: User) -> TeacherPage:
    """Save what the teacher has written; an open page shows it from the commit on.

    Raises PermissionDenied for somebody else's page and without a record in the register,
    ValidationError for an address that is taken and for anything else that is not right.
    """
    _own_record(page, user)
    before = TeacherPage.objects.select_for_update().filter(pk=user.pk).first()
    if before is not None:
        # Never what a form could bring along.
        page.is_open, page.hidden_at = before.is_open, before.hidden_at
        page.hidden_by, page.hidden_reason = before.hidden_by, before.hidden_reason
    else:
        page.is_open, page.hidden_at, page.hidden_by, page.hidden_reason = False, None, None, ""
    old_photo = before.photo if before is not None else None
    old_portrait = before.portrait if before is not None else None
    page.portrait = old_portrait
    if page.photo_id != (old_photo.pk if old_photo is not None else None):
        page.portrait = _portrait(page.photo, user) if page.photo is not None else None
    page.full_clean()
    try:
        with transaction.atomic():
            page.save(force_insert=before is None, force_update=before is not None)
    except IntegrityError as error:
        # Another tab made the page, or another teacher took the address, a moment ago.
        words = TeacherPage._meta.get_field("slug").error_messages["unique"]
        raise ValidationError({"slug": words}) from error
    if old_photo is not None and page.photo_id != old_photo.pk:
        old_photo.delete()
    if old_portrait is not None and page.portrait_id != old_portrait.pk:
        old_portrait.delete()
    log(instance=page, action="wagtail.edit" if before else "wagtail.create", user=user)
    return page


@transaction.atomic
def open_page(*, user: User) -> TeacherPage:
    """Show the page to everybody; twice changes nothing.

    Raises ValidationError while the consent does not allow the name to be published.
    """
    page = TeacherPage.objects.select_for_update().get(pk=user.pk)
    record = _own_record(page, user)
    if ConsentItem.NAME not in published_items(record):
        raise ValidationError(
            _("Allow your name to be published first: the page says who you are."), code="consent"
        )
    return _switch(page, user, is_open=True)


@transaction.atomic
def close_page(*, user: User, by: User | None = None) -> TeacherPage:
    """Show the page of ``user`` to nobody; what is written stays. Twice changes nothing.

    ``by`` is who does it where that is not the author.
    """
    page = TeacherPage.objects.select_for_update().get(pk=user.pk)
    return _switch(page, by or user, is_open=False)


@transaction.atomic
def hide_page(*, page: TeacherPage, reason: str, user: User) -> TeacherPage:
    """An editor takes the page down; its author reads why. Twice changes nothing."""
    page = TeacherPage.objects.select_for_update().get(pk=page.pk)
    if not user_can_hide_page(user, page):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"remark": _("Say why the page is hidden: its author reads it.")})
    if page.hidden_at is not None:
        return page
    page.hidden_at, page.hidden_by, page.hidden_reason = timezone.now(), user, reason.strip()
    page.full_clean(exclude=["slug"])
    page.save()
    log(instance=page, action="people.hide_page", user=user, data={"reason": page.hidden_reason})
    tell_page_decided(page=page)
    return page


@transaction.atomic
def give_page_back(*, page: TeacherPage, user: User) -> TeacherPage:
    """An editor lets the page be seen again. Twice changes nothing."""
    page = TeacherPage.objects.select_for_update().get(pk=page.pk)
    if not user_can_hide_page(user, page):
        raise PermissionDenied
    if page.hidden_at is None:
        return page
    page.hidden_at, page.hidden_by, page.hidden_reason = None, None, ""
    page.save()
    log(instance=page, action="people.give_page_back", user=user)
    tell_page_decided(page=page)
    return page


def _switch(page: TeacherPage, user: User, *, is_open: bool) -> TeacherPage:
    if page.is_open != is_open:
        page.is_open = is_open
        page.save(update_fields=["is_open", "changed_at"])
        action = "people.open_page" if is_open else "people.close_page"
        log(instance=page, action=action, user=user)
    return page


def _own_record(page: TeacherPage, user: User) -> StaffRecord:
    """The record of the teacher, locked: one at a time changes a page."""
    record = StaffRecord.objects.select_for_update(of=("self",)).filter(user=user).first()
    if record is None or page.user_id != user.pk:
        raise PermissionDenied
    return record


def _portrait(photo: PrivateFile, user: User) -> PrivateFile:
    """A small square copy of ``photo``: visitors never get the file that was uploaded."""
    with photo.file.open("rb") as content, Image.open(content) as image:
        side = min(PORTRAIT_SIDE, *image.size)
        square = ImageOps.fit(image.convert("RGB"), (side, side), centering=_CENTRE)
        stream = io.BytesIO()
        square.save(stream, "JPEG", quality=_QUALITY, progressive=True)
    copy = ContentFile(stream.getvalue(), name="portrait.jpg")
    return store_private_file(upload=copy, user=user, endings=("jpg",))
