"""Uploads in parts, a subset of the tus protocol 1.0 (creation, termination).

POST begins, PATCH brings a part, HEAD asks how far it is, DELETE gives up. When the last part has
come, the header ``Private-File`` holds the number of the file for the form.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from core.models import PrivateUpload
from core.services.private_uploads import (
    PART_SIZE,
    WrongOffset,
    begin_upload,
    drop_upload,
    finish_upload,
    receive_part,
    upload_of,
)

VERSION = "1.0.0"
CONTENT_TYPE = "application/offset+octet-stream"


class _Upload(View):
    """Only for those who signed in; an answer for a program, never a page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response


class UploadBegin(_Upload):
    """A new upload: ``Upload-Length`` and the name in ``Upload-Metadata``."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        try:
            upload = begin_upload(
                name=_file_name(request.headers.get("Upload-Metadata", "")),
                size=_number(request.headers.get("Upload-Length")),
                user=request.user,  # type: ignore[arg-type]
            )
        except ValidationError as error:
            return _refused(error)
        address = reverse("private_upload", args=[upload.pk])
        return HttpResponse(status=201, headers={"Location": address, "Upload-Offset": "0"})


class UploadContinue(_Upload):
    """One upload of the person who has begun it; there is none for others."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.pk: UUID = kwargs.pop("pk")
        return super().dispatch(request, *args, **kwargs)

    def head(self, request: HttpRequest) -> HttpResponseBase:
        return _state(self._found(), status=200)

    def patch(self, request: HttpRequest) -> HttpResponseBase:
        upload = self._found()
        # Read before anything is locked: a slow line holds up nobody else.
        content = request.read(PART_SIZE + 1)
        if len(content) > PART_SIZE:
            return HttpResponse(status=413)
        # Without content it only asks for the end that a crash has prevented.
        if content and request.content_type != CONTENT_TYPE:
            return HttpResponse(status=415)
        try:
            offset = _number(request.headers.get("Upload-Offset"))
            upload = receive_part(upload=upload, offset=offset, content=content)
            if upload.received == upload.size:
                upload.file = finish_upload(upload=upload)
        except (WrongOffset, PrivateUpload.DoesNotExist):
            return HttpResponse(status=409)
        except ValidationError as error:
            return _refused(error)
        return _state(upload, status=204)

    def delete(self, request: HttpRequest) -> HttpResponseBase:
        drop_upload(upload=self._found())
        return HttpResponse(status=204)

    def _found(self) -> PrivateUpload:
        upload = upload_of(self.pk, self.request.user)  # type: ignore[arg-type]
        if upload is None:
            raise Http404("This person has begun no such upload.")
        return upload


def _state(upload: PrivateUpload, *, status: int) -> HttpResponse:
    headers = {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.size)}
    if upload.file is not None:
        headers["Private-File"] = str(upload.file.pk)
    return HttpResponse(status=status, headers=headers)


def _refused(error: ValidationError) -> JsonResponse:
    return JsonResponse({"error": error.messages[0]}, status=422)


def _number(value: str | None) -> int:
    if value is None or not (value.isascii() and value.isdecimal()) or len(value) > 15:
        raise ValidationError(_("The program has sent no proper number."), code="number")
    return int(value)


def _file_name(metadata: str) -> str:
    """The value of ``filename``: words and base64 values, parted by commas."""
    for pair in metadata.split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""
