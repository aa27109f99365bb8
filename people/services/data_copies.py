"""A copy of everything that is held of a person: asked for, made beside the requests, expired."""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
import zipfile
from datetime import timedelta
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.files import File
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log

from core.batches import in_batches
from core.models import PrivateFile
from core.rights import PersonalData, personal_data
from core.services.private_files import human_name
from people.enums import ArchiveState
from people.models import DataArchive, User
from people.queries.data_words import field_words, value_words
from people.queries.rights import subject_of
from people.services.notices import tell_copy_ready

if TYPE_CHECKING:
    from core.rights import DataSubject

logger = logging.getLogger("portal.rights")
KEPT_FOR = timedelta(days=7)
# What was taken so long ago was left by a process that has ended.
GIVEN_UP_AFTER = timedelta(hours=1)
CHUNK = 1024 * 1024


@transaction.atomic
def ask_copy(*, user: User) -> DataArchive:
    """Ask for a copy; while one is being made, or is there, a second click finds it."""
    account = User.objects.select_for_update().get(pk=user.pk)
    current = DataArchive.objects.filter(user=account).exclude(state=ArchiveState.FAILED).first()
    if current is not None and (
        current.state == ArchiveState.WAITING or current.created_at > timezone.now() - KEPT_FOR / 7
    ):
        return current
    archive = DataArchive.objects.create(user=account)
    log(instance=archive, action="people.copy_data", user=user)
    return archive


def make_waiting_copies() -> int:
    """Make every copy that waits; returns how many."""
    made = 0
    while (archive := _take()) is not None:
        try:
            with override(settings.LANGUAGE_CODE):
                _make(archive)
            made += 1
        except Exception:
            logger.exception("a copy of personal data was not made")
            DataArchive.objects.filter(pk=archive.pk).update(state=ArchiveState.FAILED)
    return made


def expired_copies() -> models.QuerySet[DataArchive]:
    """Copies of a week ago."""
    return DataArchive.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)


def remove_expired_copies() -> int:
    """Delete copies of a week ago with their files; returns how many."""
    removed = 0
    for numbers in in_batches(expired_copies()):
        for archive in DataArchive.objects.filter(pk__in=numbers).select_related("file"):
            _drop(archive)
            removed += 1
    return removed


def drop_copies(*, user: User) -> None:
    """Delete the copies that ``user`` has asked for, with their files."""
    for archive in DataArchive.objects.filter(user=user).select_related("file"):
        _drop(archive)


@transaction.atomic
def _drop(archive: DataArchive) -> None:
    file = archive.file
    archive.delete()
    if file is not None:
        file.delete()


@transaction.atomic
def _take() -> DataArchive | None:
    waiting = DataArchive.objects.filter(state=ArchiveState.WAITING).exclude(
        taken_at__gt=timezone.now() - GIVEN_UP_AFTER
    )
    archive = waiting.select_for_update().order_by("pk").first()
    if archive is not None:
        archive.taken_at = timezone.now()
        archive.save(update_fields=["taken_at"])
    return archive


def _make(archive: DataArchive) -> None:
    subject = subject_of(archive.user)
    # Only kinds that are shown: the others say nothing more to the person.
    kinds = [kind for kind in personal_data() if kind.shown]
    files = sum(kind.found(subject).count() for kind in kinds if kind.file)
    DataArchive.objects.filter(pk=archive.pk).update(total=len(kinds) + files, done=0)
    with tempfile.TemporaryFile() as content:
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as bundle:
            for kind in kinds:
                _write_rows(bundle, kind, subject)
                _step(archive)
                if kind.file:
                    _write_files(bundle, kind, subject, archive)
        _keep(archive, content)


def _write_rows(bundle: zipfile.ZipFile, kind: PersonalData, subject: DataSubject) -> None:
    rows = kind.found(subject).order_by("pk")
    if not rows.exists():
        return
    name = f"{_('data')}/{human_name(capfirst(str(kind.title)) + '.json')}"
    with bundle.open(name, "w") as out:
        for number, row in enumerate(rows.iterator(chunk_size=200)):
            text = json.dumps(_row(kind, row), ensure_ascii=False, indent=2)
            out.write((",\n" if number else "[\n").encode() + text.encode())
        out.write(b"\n]\n")


def _write_files(
    bundle: zipfile.ZipFile, kind: PersonalData, subject: DataSubject, archive: DataArchive
) -> None:
    for row in kind.found(subject).order_by("pk").iterator(chunk_size=200):
        file = getattr(row, kind.file)
        if file and file.storage.exists(file.name):
            called = human_name(getattr(row, "original_name", "") or file.name)
            with (
                file.storage.open(file.name, "rb") as source,
                bundle.open(f"{_('files')}/{row.pk} {called}", "w", force_zip64=True) as out,
            ):
                while part := source.read(CHUNK):
                    out.write(part)
        _step(archive)


def _row(kind: PersonalData, row: models.Model) -> dict[str, Any]:
    said = _values(row, kind.fields)
    for relation, names in kind.parts.items():
        manager = getattr(row, relation)
        title = capfirst(str(manager.model._meta.verbose_name_plural))
        said[title] = [_values(part, names) for part in manager.all()]
    return said


def _values(row: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {field_words(type(row), name): value_words(row, name) for name in names}


def _step(archive: DataArchive) -> None:
    DataArchive.objects.filter(pk=archive.pk).update(done=models.F("done") + 1)


def _keep(archive: DataArchive, content: IO[bytes]) -> None:
    size = content.tell()
    content.seek(0)
    digest = hashlib.sha256()
    while part := content.read(CHUNK):
        digest.update(part)
    content.seek(0)
    name = f"{_('My data')} {timezone.localdate():%d.%m.%Y}.zip"
    file = PrivateFile(
        original_name=name, size=size, checksum=digest.hexdigest(), uploaded_by=archive.user
    )
    file.file.save(name, File(content), save=False)
    try:
        with transaction.atomic():
            # Whoever was erased meanwhile gets no copy.
            fresh = DataArchive.objects.select_for_update().get(pk=archive.pk)
            file.save()
            fresh.file, fresh.state, fresh.ready_at = file, ArchiveState.READY, timezone.now()
            fresh.save()
            tell_copy_ready(user=archive.user)
    except Exception:
        file.file.delete(save=False)
        raise
