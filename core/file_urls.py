"""Addresses of uploaded files; the second name is the one Wagtail looks for."""

from django.urls import path, re_path
from wagtail.documents.views.serve import authenticate_with_password

from core.views.files import download, private_file
from core.views.private_uploads import UploadBegin, UploadContinue

urlpatterns = [
    path("private/<int:pk>/", private_file, name="private_file"),
    path("uploads/", UploadBegin.as_view(), name="private_uploads"),
    path("uploads/<uuid:pk>/", UploadContinue.as_view(), name="private_upload"),
    path("<int:document_id>/<str:filename>", download, name="document_download"),
    path("<int:document_id>/<str:filename>", download, name="wagtaildocs_serve"),
    re_path(
        r"^authenticate_with_password/(\d+)/$",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
