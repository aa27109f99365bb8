"""Work of the ground that nobody waits for."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django_tasks import task

from core.models import PortalDocument
from core.services.file_texts import extract_text


@task()
def extract_file_text(document_id: int) -> None:
    """Take the text out of a file for the search; a file deleted meanwhile is no error."""
    document = PortalDocument.objects.filter(pk=document_id).first()
    if document is not None:
        extract_text(document=document)


def _on_file_saved(sender: Any, instance: PortalDocument, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.file and instance.text_of != instance.get_file_hash():
        transaction.on_commit(lambda: extract_file_text.enqueue(instance.pk))


def connect_signals() -> None:
    """Every new or replaced file is read once it is safely stored."""
    post_save.connect(_on_file_saved, sender=PortalDocument, dispatch_uid="file_text")
