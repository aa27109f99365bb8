"""Addresses of the rooms that the ground itself has in the cabinet."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from core.views.notices import NoticeList, NoticeOpen, NoticeSettings, NoticesRead, Unsubscribe
from core.views.still_signed_in import still_signed_in

urlpatterns = [
    # Where a form asks before it is sent; whoever is signed out is led to the log-in.
    path(
        "cabinet/still-signed-in/", login_required(still_signed_in), name="cabinet_still_signed_in"
    ),
    path("cabinet/notices/", NoticeList.as_view(), name="notices"),
    path("cabinet/notices/read/", NoticesRead.as_view(), name="notices_read"),
    path("cabinet/notices/settings/", NoticeSettings.as_view(), name="notice_settings"),
    path("cabinet/notices/<int:pk>/", NoticeOpen.as_view(), name="notice"),
    path("account/unsubscribe/<str:token>/", Unsubscribe.as_view(), name="notice_unsubscribe"),
]
