"""The register filled from a file: read, looked at, written whole or not at all."""

from __future__ import annotations

import logging
from datetime import timedelta
from itertools import groupby, islice
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.batches import in_batches
from people.enums import ImportState, RowOutcome
from people.models import StaffImport, StaffImportRow, StaffRecord
from people.permissions import user_keeps_staff
from people.register_files.filling import fill
from people.register_files.judging import Judge
from people.register_files.reading import WrongFile, read_rows
from people.services.staff import add_staff, change_staff

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from core.models import PrivateFile
    from people.models import User

logger = logging.getLogger("portal.people")
BATCH = 100
# Whoever worked on an import and said nothing for so long is gone.
LOST_AFTER = timedelta(minutes=15)
# What nobody has said yes to is forgotten.
KEPT_FOR = timedelta(days=7)
_OPEN = (ImportState.READY, ImportState.FAILED)


class OutOfDateError(Exception):
    """The register has moved on since the preview; the words name the row."""


@transaction.atomic
def begin_import(*, file: PrivateFile, user: User) -> StaffImport:
    """Put a file down to be read. Raises PermissionDenied for those who keep no records."""
    if not user_keeps_staff(user):
        raise PermissionDenied
    return StaffImport.objects.create(user=user, file=file, file_name=file.original_name)


def read_import(*, pk: int) -> None:
    """Read the file and say what would become of each row; only the first to ask does it.

    Rows are written down in batches, so that the page shows how far it is.
    """
    waiting = StaffImport.objects.filter(pk=pk, state=ImportState.WAITING)
    if not waiting.update(state=ImportState.READING, touched_at=timezone.now()):
        return
    load = StaffImport.objects.select_related("file", "user").get(pk=pk)
    load.rows.all().delete()
    try:
        with translation.override("ru"):
            _read(load)
    except WrongFile as error:
        _close(load, ImportState.FAILED, str(error))
    except Exception:
        logger.exception("An import of the register could not be read.")
        _close(load, ImportState.FAILED, _("The file could not be read. Tell the administrator."))


def _read(load: StaffImport) -> None:
    if load.file is None:
        raise WrongFile(_("The file is no longer there. Upload it again."))
    load.total = load.done = 0
    with load.file.file.open("rb") as stream:
        load.total = sum(1 for _row in read_rows(stream))
    judge = Judge(load, load.user)
    with load.file.file.open("rb") as stream:
        rows = read_rows(stream)
        while batch := list(islice(rows, BATCH)):
            StaffImportRow.objects.bulk_create(judge.judge(batch))
            load.done += len(batch)
            load.save(update_fields=["total", "done", "touched_at"])
    if not load.total:
        raise WrongFile(_("There are no rows below the head of the file."))
    counts = load.rows.aggregate(
        created=Count("person_row", distinct=True, filter=Q(outcome=RowOutcome.CREATED)),
        changed=Count("person_row", distinct=True, filter=Q(outcome=RowOutcome.CHANGED)),
        same=Count("pk", filter=Q(outcome=RowOutcome.SAME)),
        refused=Count("pk", filter=Q(outcome=RowOutcome.REFUSED)),
    )
    for name, count in counts.items():
        setattr(load, name, count)
    _close(load, ImportState.READY, load.problem)


def _close(load: StaffImport, state: ImportState, problem: str) -> None:
    load.state, load.problem = state, problem
    load.save()


@transaction.atomic
def confirm_import(*, load: StaffImport, user: User) -> StaffImport:
    """Say yes to what was looked at; a second click changes nothing.

    Raises PermissionDenied for somebody else's import, ValidationError when it is not ready.
    """
    load = StaffImport.objects.select_for_update().get(pk=load.pk)
    if load.user_id != user.pk or not user_keeps_staff(user):
        raise PermissionDenied
    if load.state in (ImportState.APPLYING, ImportState.APPLIED):
        return load
    if load.state != ImportState.READY or not load.created + load.changed:
        raise ValidationError(_("There is nothing to write into the register."), code="not_ready")
    load.state, load.problem = ImportState.APPLYING, ""
    load.save()
    return load


def apply_import(*, pk: int) -> None:
    """Write everything in one transaction; a second time changes nothing.

    When the register has moved on since the preview, nothing is written and the file is read anew.
    """
    try:
        with translation.override("ru"), transaction.atomic():
            _apply(pk)
    except OutOfDateError as error:
        words = _("Nothing is written: the register has changed since. %(words)s Look again.")
        StaffImport.objects.filter(pk=pk, state=ImportState.APPLYING).update(
            state=ImportState.WAITING,
            problem=words % {"words": error},
            touched_at=timezone.now(),
        )
    except Exception:
        logger.exception("An import of the register could not be written.")
        StaffImport.objects.filter(pk=pk, state=ImportState.APPLYING).update(
            state=ImportState.FAILED,
            problem=_("Nothing is written: an error happened. Tell the administrator."),
            touched_at=timezone.now(),
        )


def _apply(pk: int) -> None:
    # Imports are written one after another: each waits for those that have begun.
    busy = StaffImport.objects.select_for_update().filter(state=ImportState.APPLYING)
    load = next((item for item in busy.order_by("pk") if item.pk == pk), None)
    if load is None:
        return
    user = load.user
    rows = load.rows.exclude(outcome=RowOutcome.REFUSED).order_by("person_row", "number")
    for number, found in groupby(rows.iterator(chunk_size=BATCH), lambda row: row.person_row):
        of_person = list(found)
        if all(row.outcome == RowOutcome.SAME for row in of_person):
            continue
        try:
            _write(of_person, user)
        except (ValidationError, PermissionDenied, StaffRecord.DoesNotExist) as error:
            words = " ".join(getattr(error, "messages", []))
            raise OutOfDateError(
                _("Row %(row)s: %(words)s") % {"row": number, "words": words}
            ) from error
    log(
        instance=user,
        action="people.import_staff",
        user=user,
        data={"created": load.created, "changed": load.changed, "refused": load.refused},
    )
    _forget(load, ImportState.APPLIED)


def _write(rows: list[StaffImportRow], user: User) -> None:
    first = rows[0]
    if first.record_id is None:
        record = StaffRecord()
        fill(record, [row.values for row in rows])
        add_staff(record=record, user=user)
    else:
        record = StaffRecord.objects.get(pk=first.record_id)
        fill(record, [row.values for row in rows])
        change_staff(record=record, user=user, opened_revision=first.opened_revision)


@transaction.atomic
def drop_import(*, load: StaffImport, user: User) -> None:
    """Give up what is not written; a second click changes nothing."""
    load = StaffImport.objects.select_for_update().get(pk=load.pk)
    if load.user_id != user.pk:
        raise PermissionDenied
    if load.state in _OPEN:
        _forget(load, ImportState.DROPPED)


def _forget(load: StaffImport, state: ImportState) -> None:
    """Numbers stay, people and the file do not."""
    file, load.file, load.state = load.file, None, state
    load.save()
    load.rows.all().delete()
    if file is not None:
        file.delete()


def work_on_imports() -> None:
    """Read and write what waits, take up what somebody has left in the middle, forget the old."""
    now = timezone.now()
    lost = StaffImport.objects.filter(touched_at__lt=now - LOST_AFTER)
    lost.filter(state=ImportState.READING).update(state=ImportState.WAITING, touched_at=now)
    waiting = StaffImport.objects.filter(state=ImportState.WAITING).order_by("pk")
    for pk in list(waiting.values_list("pk", flat=True)):
        read_import(pk=pk)
    applying = StaffImport.objects.filter(state=ImportState.APPLYING).order_by("pk")
    for pk in list(applying.values_list("pk", flat=True)):
        apply_import(pk=pk)
    for numbers in in_batches(left_imports()):
        for load in StaffImport.objects.filter(pk__in=numbers):
            with transaction.atomic():
                _forget(load, ImportState.DROPPED)


def left_imports() -> QuerySet[StaffImport]:
    """Files that nobody has said yes to for a week."""
    border = timezone.now() - KEPT_FOR
    return StaffImport.objects.filter(state__in=_OPEN, touched_at__lt=border)
