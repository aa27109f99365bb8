"""Large files arrive in parts: a connection that breaks costs one part and not the whole film."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from core.batches import in_batches
from core.models import PrivateFile, PrivateUpload
from core.services.private_files import check_room, human_name, store_private_file
from core.storage import private_storage
from core.uploads import Refusal, allowed_endings, is_film
from core.uploads.refusals import refuse

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from people.models import User

PART_SIZE = 4 * 1024 * 1024
# Unfinished at one time, for each person; what is finished and unused has limits in the settings.
MOST_UPLOADS = 5
MOST_BYTES = 1024 * 1024 * 1024
EXPIRES_AFTER = timedelta(hours=24)


class WrongOffset(Exception):
    """The part does not begin where the last one ended: another tab, or an answer that was lost."""


class _PartsFile(File[bytes]):
    """The collected parts; the storage moves the file instead of copying it."""

    def __init__(self, parts: IO[bytes], path: Path, name: str) -> None:
        super().__init__(parts, name=name)
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


def size_limit(ending: str) -> int:
    """How large a private file of this type may be."""
    return (
        settings.PRIVATE_FILM_MAX_SIZE if is_film(ending) else settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    )


@transaction.atomic
def begin_upload(*, name: str, size: int, user: User) -> PrivateUpload:
    """Make room for a file that will arrive in parts.

    Raises ValidationError for what would be refused at its end anyway, and when too much of this
    person is under way.
    """
    name = human_name(name)
    ending = PurePath(name).suffix[1:].lower()
    if ending not in allowed_endings():
        allowed = ", ".join(item.upper() for item in allowed_endings())
        raise refuse(Refusal.WRONG_TYPE, ending=ending.upper(), allowed=allowed)
    if size <= 0:
        raise refuse(Refusal.EMPTY)
    limit = size_limit(ending)
    if size > limit:
        raise refuse(Refusal.TOO_BIG, size=filesizeformat(size), limit=filesizeformat(limit))
    # One at a time for each person, or two requests would both find room.
    get_user_model().objects.select_for_update().get(pk=user.pk)
    unfinished = PrivateUpload.objects.filter(user=user, file=None)
    under_way = unfinished.aggregate(bytes=Sum("size"))["bytes"] or 0
    if unfinished.count() >= MOST_UPLOADS or under_way + size > MOST_BYTES:
        raise ValidationError(
            _("Several files are being uploaded already. Wait until they are there."),
            code="too_many",
        )
    check_room(user=user, size=size)
    return PrivateUpload.objects.create(user=user, original_name=name, size=size)


@transaction.atomic
def receive_part(*, upload: PrivateUpload, offset: int, content: bytes) -> PrivateUpload:
    """Write ``content`` down at ``offset``, which is where the last part ended.

    What was written and not counted because of a crash is written over. Raises WrongOffset when
    somebody else (another tab, the same part sent twice) was there before.
    """
    upload = PrivateUpload.objects.select_for_update().get(pk=upload.pk)
    if offset != upload.received or offset + len(content) > upload.size:
        raise WrongOffset
    if not content:
        return upload
    path = _path(upload)
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as parts:
        parts.seek(offset)
        parts.write(content)
        parts.truncate()
        parts.flush()
        os.fsync(parts.fileno())
    upload.received = offset + len(content)
    upload.save(update_fields=["received", "touched_at"])
    return upload


def finish_upload(*, upload: PrivateUpload) -> PrivateFile:
    """Make a private file of an upload that is whole; a second call finds the same file.

    Raises ValidationError when the content is refused (nothing of it is kept), WrongOffset when
    another request is finishing it.
    """
    if upload.file is not None:
        return upload.file
    path = _path(upload)
    try:
        # Written to as well: a film loses the place where it was taken.
        with path.open("r+b") as parts:
            file = store_private_file(
                upload=_PartsFile(parts, path, upload.original_name),
                user=upload.user,
                max_size=size_limit(PurePath(upload.original_name).suffix[1:].lower()),
            )
    except FileNotFoundError as error:
        # Another request has taken the parts a moment ago; whoever asks again finds its file.
        raise WrongOffset from error
    except ValidationError:
        drop_upload(upload=upload)
        raise
    with transaction.atomic():
        locked = PrivateUpload.objects.select_for_update().get(pk=upload.pk)
        locked.file = file
        locked.save(update_fields=["file", "touched_at"])
    path.unlink(missing_ok=True)
    return file


def drop_upload(*, upload: PrivateUpload) -> None:
    """Forget an upload and its parts; a file that it has become stays."""
    path = _path(upload)
    PrivateUpload.objects.filter(pk=upload.pk).delete()
    path.unlink(missing_ok=True)


def expired_uploads() -> QuerySet[PrivateUpload]:
    """What came only in part and nobody has continued for a day."""
    return PrivateUpload.objects.filter(touched_at__lt=timezone.now() - EXPIRES_AFTER)


def remove_expired_uploads() -> int:
    """Forget what nobody has continued for a day; returns how many."""
    count = 0
    for numbers in in_batches(expired_uploads()):
        for upload in PrivateUpload.objects.filter(pk__in=numbers):
            drop_upload(upload=upload)
            count += 1
    _sweep()
    return count


def _sweep() -> None:
    """Parts whose row went with its person or by hand."""
    folder = Path(private_storage().path("parts"))
    if not folder.is_dir():
        return
    known = {pk.hex for pk in PrivateUpload.objects.values_list("pk", flat=True)}
    border = (timezone.now() - EXPIRES_AFTER).timestamp()
    for path in folder.iterdir():
        if path.name not in known and path.stat().st_mtime < border:
            path.unlink(missing_ok=True)


def _path(upload: PrivateUpload) -> Path:
    return Path(private_storage().path(upload.part_name))


def upload_of(pk: Any, user: User) -> PrivateUpload | None:
    """The upload of ``user`` under this number; None for somebody else's."""
    return PrivateUpload.objects.select_related("file", "user").filter(pk=pk, user=user).first()
