"""Hands out uploaded files to those who may have them; how they leave: core.views.file_sending."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from core.models import PortalDocument, PrivateFile
from core.permissions import AnyAccount
from core.services.files import file_visible_to
from core.services.private_files import private_file_visible_to
from core.views.file_sending import Outgoing, send_file


@require_safe
def download(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """The file under its human name; ``?view=1`` opens what a browser may show."""
    document = get_object_or_404(
        PortalDocument.objects.select_related("collection"), pk=document_id
    )
    if document.filename != filename:
        raise Http404("The file is kept under another name.")
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(document, request)
        if isinstance(answer, HttpResponseBase):
            return answer
    _check_rights(request, document)
    document_served.send(sender=PortalDocument, instance=document, request=request)
    return send_file(
        request,
        Outgoing(
            storage=document.file.storage,
            name=document.file.name,
            download_name=document.download_name,
            ending=document.file_extension,
            mark=document.checksum or document.file_hash,
            label=f"document-{document.pk}",
        ),
        cache_control=(
            "private, no-cache" if request.user.is_authenticated else "public, no-cache"
        ),
    )


@require_safe
def private_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of a person, for those whom what refers to it lets see it; kept by no cache."""
    file = PrivateFile.objects.filter(pk=pk).first()
    if file is None or not private_file_visible_to(file, request.user):
        # The same for a file that exists and for one that does not.
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404("Nothing that this visitor may see refers to the file.")
    return send_file(
        request,
        Outgoing.of_private(file, label="private-file"),
        cache_control="private, no-store",
    )


def _check_rights(request: HttpRequest, document: PortalDocument) -> None:
    """Raise unless the visitor may open the file.

    What signing in would open answers 403 and says so; everything else answers as if there were
    no such file.
    """
    passed = {
        "passed_pages": _passed(request, PageViewRestriction),
        "passed_collections": _passed(request, CollectionViewRestriction),
    }
    if not file_visible_to(document, request.user, **passed):
        if not request.user.is_authenticated and file_visible_to(document, AnyAccount()):
            raise PermissionDenied
        raise Http404("No published page that this visitor may see refers to the file.")


def _passed(request: HttpRequest, model: type) -> list[int]:
    return request.session.get(model.passed_view_restrictions_session_key, [])  # type: ignore[attr-defined]
