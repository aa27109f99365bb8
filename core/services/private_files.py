"""Files of people: how one is stored, who may open it, and when it is no longer needed."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.signals import post_delete
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import PrivateFile, PrivateUpload
from core.permissions import is_signed_in
from core.uploads import check_upload
from core.uploads.films import blank_traces
from core.uploads.pictures import is_picture, without_traces

if TYPE_CHECKING:
    from core.permissions import Visitor
    from people.models import User

PrivateFilePredicate = Callable[[Any, "Visitor"], bool]
_predicates: dict[type[models.Model], PrivateFilePredicate] = {}

# How long a file waits for somebody to refer to it.
UNUSED_FOR = timedelta(hours=24)
NAME_LENGTH = 255


def register_private_file(
    model: type[models.Model],
) -> Callable[[PrivateFilePredicate], PrivateFilePredicate]:
    """Decorate ``(object, user) -> bool``: who may open the files that a ``model`` refers to.

    Files of a model that no app has registered are open to nobody.
    """

    def register(predicate: PrivateFilePredicate) -> PrivateFilePredicate:
        _predicates[model] = predicate
        return predicate

    return register


def store_private_file(
    *,
    upload: File[Any],
    user: User | None,
    endings: Iterable[str] | None = None,
    max_size: int | None = None,
) -> PrivateFile:
    """Check ``upload`` by what it holds and store it under a name nobody can guess.

    A picture or a film loses what its camera wrote into it, the place above all. ``endings`` and
    ``max_size`` (bytes) narrow what is accepted. Raises ValidationError (``core.uploads.Refusal``).
    """
    facts = check_upload(upload, endings=endings, max_size=max_size)
    content: File[Any] = upload
    if is_picture(facts.ending):
        content = without_traces(upload, facts.ending)
    elif facts.ending == "mp4":
        blank_traces(upload.file or upload)
    name = human_name(upload.name or "")
    stored = PrivateFile(
        original_name=name,
        size=content.size,
        checksum=_checksum(content),
        uploaded_by=user,
    )
    stored.file.save(name, content, save=False)
    try:
        with transaction.atomic():
            stored.save()
    except Exception:
        stored.file.delete(save=False)
        raise
    return stored


def store_new_file(*, upload: File[Any], user: User, **narrow: Any) -> PrivateFile:
    """``store_private_file`` for what a person chooses in a form, as long as there is room.

    Raises ValidationError as it does, and as ``check_room``.
    """
    with transaction.atomic():
        check_room(user=user, size=upload.size or 0)
        return store_private_file(upload=upload, user=user, **narrow)


def check_room(*, user: User, size: int) -> None:
    """Refuse ``size`` more bytes of a person of whom too much belongs to nothing yet.

    What is still on its way counts in full. Only inside a transaction: one request at a time for
    each person, or two would both find room. Raises ValidationError.
    """
    get_user_model().objects.select_for_update().get(pk=user.pk)
    total = {"files": Count("pk"), "bytes": Sum("size")}
    unused = PrivateFile.objects.filter(uploaded_by=user, kept_at=None).exclude(_referred())
    waiting = [
        unused.order_by().aggregate(**total),
        PrivateUpload.objects.filter(user=user, file=None).aggregate(**total),
    ]
    files = sum(found["files"] for found in waiting)
    taken = sum(found["bytes"] or 0 for found in waiting)
    limit = settings.UNUSED_FILES_MEGABYTES * 1024 * 1024
    if files >= settings.UNUSED_FILES_COUNT or taken + size > limit:
        raise ValidationError(
            _(
                "Too much of what you have uploaded is attached to nothing yet (files: %(files)s, "
                "together %(size)s). The portal keeps at most %(most)s such files and %(limit)s. "
                "Send the forms they were chosen in, or come back in a day: what is not attached "
                "is deleted then."
            ),
            code="no_room",
            params={
                "size": filesizeformat(taken),
                "files": files,
                "limit": filesizeformat(limit),
                "most": settings.UNUSED_FILES_COUNT,
            },
        )


def human_name(name: str) -> str:
    """The name as the person knows the file: no folders, no invisible characters, not too long."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    # Controls, marks that turn the direction of writing, surrogates: all of category C.
    visible = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    words = " ".join(visible.split()).lstrip(".")
    ending = PurePath(words).suffix
    stem = words.removesuffix(ending).rstrip(" .") or "file"
    return f"{stem[: NAME_LENGTH - len(ending)]}{ending}"


def private_file_visible_to(file: PrivateFile, user: Visitor) -> bool:
    """Whether ``user`` may open the file: as what refers to it says.

    While nothing refers to it, only the person who has uploaded it. Denied by default.
    """
    owners = list(_owners(file))
    if not owners:
        return is_signed_in(user) and file.uploaded_by_id == user.pk
    return any(
        predicate(owner, user)
        for owner in owners
        for model, predicate in _predicates.items()
        if isinstance(owner, model)
    )


def own_new_file(pk: object, user: Visitor) -> PrivateFile | None:
    """The file that ``user`` has uploaded and that nothing refers to yet; None for any other."""
    if not is_signed_in(user) or not str(pk).isdecimal() or len(str(pk)) > 18:
        return None
    own = PrivateFile.objects.filter(pk=int(str(pk)), uploaded_by=user.pk)
    return own.exclude(_referred()).first()


def remove_unused() -> int:
    """Delete files that nothing has referred to for a day; returns how many.

    What something refers to is marked once and kept, whatever becomes of the reference: from then
    on it is the owner's app that knows when the file has to go.
    """
    now = timezone.now()
    fresh = PrivateFile.objects.filter(kept_at__isnull=True)
    fresh.filter(_referred()).update(kept_at=now)
    unused = fresh.filter(created_at__lt=now - UNUSED_FOR).exclude(_referred())
    removed = 0
    for file in unused.iterator():
        with transaction.atomic():
            # Somebody may have begun to refer to it a moment ago.
            locked = PrivateFile.objects.select_for_update(of=("self",)).filter(pk=file.pk)
            if locked.exclude(_referred()).exists():
                file.delete()
                removed += 1
    return removed


def is_referred_to(file: PrivateFile) -> bool:
    """Whether anything still needs the file."""
    return PrivateFile.objects.filter(_referred(), pk=file.pk).exists()


def references() -> Iterator[tuple[type[models.Model], str]]:
    """Every model of every app that refers to private files, with the name of its field."""
    for relation in PrivateFile._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or not relation.is_relation:
            continue
        model = relation.related_model
        # A file does not belong to the way it came here.
        if isinstance(model, type) and model is not PrivateUpload:
            yield model, relation.remote_field.name  # type: ignore[union-attr]


def connect_signals() -> None:
    """The content goes with its row, whoever deletes it."""
    post_delete.connect(_on_deleted, sender=PrivateFile, dispatch_uid="private_file_content")


def _on_deleted(sender: Any, instance: PrivateFile, **kwargs: Any) -> None:
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def _owners(file: PrivateFile) -> Iterator[models.Model]:
    for model, field in references():
        if model._meta.auto_created:
            # The rows between are no owners: the models on their other side are.
            continue
        yield from model._base_manager.filter(**{field: file})


def _referred() -> Q:
    """The condition that something refers to a file."""
    condition = Q()
    for model, field in references():
        found = model._base_manager.filter(**{field: OuterRef("pk")}).order_by()
        condition |= Q(Exists(found))
    return condition or Q(pk__in=[])


def _checksum(content: File[Any]) -> str:
    content.seek(0)
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()
