"""An author's text becomes a version; what another tab or device saved is never overwritten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, TaskState

from practices.enums import Standing
from practices.models import PracticeAuthor, PracticeCase, PracticeFile, PracticePage
from practices.permissions import user_is_author
from practices.queries.completeness import title_of
from practices.queries.versions import (
    MANY,
    Conflict,
    conflict,
    digests,
    newest_version,
    one_kind_of_lines,
)
from practices.sections import NAMELESS

if TYPE_CHECKING:
    from wagtail.models import Revision

    from people.models import Organisation, User

# While the work is with the centre, its text stays as it was sent.
WITH_THE_CENTRE = frozenset(
    [Standing.SUBMITTED, Standing.EXPERTISE, Standing.DECISION, Standing.COUNCIL]
)
# Six hours make a part of the day; each keeps a version of its own.
HOURS_OF_A_PART = 6


class ChangedMeanwhileError(ValidationError):
    """The same fields were saved elsewhere after the form was opened; nothing is overwritten."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        self.conflicts = conflicts
        super().__init__(
            _("This text was changed in another tab or on another device. Compare and choose."),
            code="changed_meanwhile",
        )


class LockedError(ValidationError):
    """The work is with the centre."""

    def __init__(self) -> None:
        super().__init__(
            _("The practice is being reviewed. Take it back to change it."), code="locked"
        )


@transaction.atomic
def save_fields(
    *,
    practice: PracticePage,
    mine: PracticePage,
    user: User,
    names: Iterable[str],
    opened: Mapping[str, str],
    theirs: Collection[str] = (),
    autosaved: bool = False,
) -> PracticePage:
    """Put the fields ``names`` of ``mine`` into the newest version of ``practice``.

    ``opened`` are the digests of the fields as the form was opened with; ``theirs`` the fields for
    which the author keeps what is stored. A field that only the other tab has touched keeps what
    is stored, too. Saved by itself (``autosaved``), it overwrites the last version that was saved
    by itself in the same part of the day. Raises PermissionDenied, LockedError, and
    ChangedMeanwhileError with every field that was changed in both places.
    """
    case = locked_case(practice, user)
    if case.standing in WITH_THE_CENTRE:
        raise LockedError
    practice = PracticePage.objects.get(pk=practice.pk)
    current = newest_version(practice)
    names = list(names)
    stored, written = digests(current, names), digests(mine, names)
    found, taken = [], []
    for name in names:
        if name in theirs or stored[name] == written[name]:
            continue
        if stored[name] == opened.get(name, stored[name]):
            taken.append(name)
        elif written[name] != opened[name]:
            found.append(conflict(name, theirs=current, mine=mine))
    if found:
        raise ChangedMeanwhileError(found)
    if taken:
        for name in taken:
            _carry_over(name, source=mine, target=current)
        _keep_files(practice, current)
        save_version(current, user=user, autosaved=autosaved)
    elif not autosaved:
        _remember(current, user)
    return current


def locked_case(practice: PracticePage, user: User) -> PracticeCase:
    """The review of a practice of ``user``, for this transaction alone.

    Raises PermissionDenied unless ``user`` is a confirmed author.
    """
    if not user_is_author(user, practice):
        raise PermissionDenied
    PracticeCase.objects.get_or_create(
        practice=practice,
        defaults={"standing": Standing.PUBLISHED if practice.live else Standing.DRAFT},
    )
    return PracticeCase.objects.select_for_update().get(practice=practice.pk)


def _carry_over(name: str, *, source: PracticePage, target: PracticePage) -> None:
    if name in MANY:
        getattr(target, name).set(getattr(source, name).all())
    elif name == "materials":
        known = {item.file_id: item for item in target.materials.all()}
        kept = []
        for place, item in enumerate(source.materials.all()):
            # The same row goes on: what is counted by it stays counted.
            row = known.get(item.file_id, item)
            row.title, row.sort_order = item.title, place
            kept.append(row)
        target.materials.set(kept)
    else:
        value = getattr(source, name)
        setattr(target, name, one_kind_of_lines(value) if isinstance(value, str) else value)
    if name == "title" and not target.title:
        target.title = NAMELESS


def _keep_files(practice: PracticePage, version: PracticePage) -> None:
    """Every file that a version has belongs to the practice from now on."""
    files = {item.file_id for item in version.materials.all()}
    known = set(PracticeFile.objects.filter(practice=practice).values_list("file", flat=True))
    PracticeFile.objects.bulk_create(
        [PracticeFile(practice=practice, file_id=pk) for pk in sorted(files - known)],
        ignore_conflicts=True,
    )


def save_version(version: PracticePage, *, user: User, autosaved: bool) -> None:
    """Make ``version`` the newest one; an autosave leaves no trace in the journal."""
    overwritten = _overwritten(version, user)
    version.save_revision(user=user, clean=False, overwrite_revision=overwritten)
    if not version.live:
        # Lists of the admin and the case name a draft as its author does.
        PracticePage.objects.filter(pk=version.pk).update(title=version.title)
    if not autosaved:
        _remember(version, user)


def _remember(version: PracticePage, user: User) -> None:
    """A version that somebody saved by the button is named in the journal, and stays."""
    revision = version.latest_revision
    if revision is not None and not _is_in_journal(revision):
        log(instance=version, action="wagtail.edit", user=user, revision=revision)


def _is_in_journal(revision: Revision) -> bool:
    return bool(PageLogEntry.objects.filter(page=revision.object_id, revision=revision).exists())


def _overwritten(version: PracticePage, user: User) -> Revision | None:
    """The newest version, if it was saved by itself by the same author in this part of the day."""
    latest = version.get_latest_revision()
    if latest is None or latest.user_id != user.pk or latest.approved_go_live_at is not None:
        return None
    if _part_of_day(latest.created_at) != _part_of_day(timezone.now()):
        return None
    used = (
        latest.pk == version.live_revision_id
        or TaskState.objects.filter(revision=latest).exists()
        or _is_in_journal(latest)
    )
    return None if used else latest


def _part_of_day(moment: datetime) -> tuple[object, int]:
    local = timezone.localtime(moment)
    return local.date(), local.hour // HOURS_OF_A_PART


@transaction.atomic
def name_organisation(
    *, practice: PracticePage, user: User, organisation: Organisation | None
) -> PracticeAuthor:
    """Say where the experience of ``user`` was made. Raises PermissionDenied, LockedError."""
    case = locked_case(practice, user)
    if case.standing in WITH_THE_CENTRE:
        raise LockedError
    author: PracticeAuthor = PracticeAuthor.objects.of(user).get(practice=practice)
    if author.organisation_id != (organisation and organisation.pk):
        author.organisation = organisation
        author.save(update_fields=["organisation"])
        log(instance=practice, action="wagtail.edit", user=user, data={"field": "organisation"})
    return author


def public_title(version: PracticePage) -> str:
    """The title as lists of the author show it."""
    return title_of(version) or _("Practice without a title")
