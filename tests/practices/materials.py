"""Files of practices for the tests."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import PrivateFile
from core.services.private_files import store_private_file
from tests.core.test_upload_checks import pdf


def stored_pdf(name: str = "Лист.pdf", user: Any = None) -> PrivateFile:
    """A private file that nothing refers to yet."""
    return store_private_file(upload=SimpleUploadedFile(name, pdf()), user=user)
