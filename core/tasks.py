"""Work of the ground that nobody waits for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task

from core.models import Letter, PortalDocument, PortalImage
from core.registries import register_scheduled_job
from core.services.file_texts import extract_text
from core.services.letter_sending import send_waiting
from core.services.renditions import make_missing_renditions, make_renditions

# Pictures at one turn of the scheduler.
RENDITION_BATCH = 5


@task()
def extract_file_text(document_id: int) -> None:
    """Take the text out of a file for the search; a file deleted meanwhile is no error."""
    document = PortalDocument.objects.filter(pk=document_id).first()
    if document is not None:
        extract_text(document=document)


@task()
def prepare_renditions(image_id: int) -> None:
    """Make the copies of a picture; a picture deleted meanwhile is no error."""
    image = PortalImage.objects.filter(pk=image_id).first()
    if image is not None:
        make_renditions(image=image)


@register_scheduled_job(every=timedelta(seconds=10))
def prepare_missing_renditions() -> None:
    """Pictures that came in bulk, or where tasks run at once and an upload should not wait."""
    make_missing_renditions(limit=RENDITION_BATCH)


@task()
def send_letters() -> None:
    """Send what has just been written."""
    send_waiting()


@register_scheduled_job(every=timedelta(seconds=10))
def send_waiting_letters() -> None:
    """Letters whose next attempt is due, and all where tasks run at once."""
    send_waiting()


def _runs_behind() -> bool:
    """Whether tasks run in another process, so that nobody waits for them."""
    return "Immediate" not in settings.TASKS["default"]["BACKEND"]


def _on_letter_written(sender: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw and _runs_behind():
        transaction.on_commit(send_letters.enqueue)


def _on_image_saved(sender: Any, instance: PortalImage, raw: bool = False, **kwargs: Any) -> None:
    if not raw and _runs_behind():
        transaction.on_commit(lambda: prepare_renditions.enqueue(instance.pk))


def _on_file_saved(sender: Any, instance: PortalDocument, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.file and instance.text_of != instance.get_file_hash():
        transaction.on_commit(lambda: extract_file_text.enqueue(instance.pk))


def connect_signals() -> None:
    """What is stored or written is followed by its work once that is committed."""
    post_save.connect(_on_letter_written, sender=Letter, dispatch_uid="letter_written")
    post_save.connect(_on_file_saved, sender=PortalDocument, dispatch_uid="file_text")
    post_save.connect(_on_image_saved, sender=PortalImage, dispatch_uid="renditions")
