"""Addresses of the rooms that the ground itself has in the cabinet."""

from django.urls import path

from core.views.notices import NoticeList, NoticeOpen, NoticeSettings, NoticesRead, Unsubscribe

urlpatterns = [
    path("cabinet/notices/", NoticeList.as_view(), name="notices"),
    path("cabinet/notices/read/", NoticesRead.as_view(), name="notices_read"),
    path("cabinet/notices/settings/", NoticeSettings.as_view(), name="notice_settings"),
    path("cabinet/notices/<int:pk>/", NoticeOpen.as_view(), name="notice"),
    path("account/unsubscribe/<str:token>/", Unsubscribe.as_view(), name="notice_unsubscribe"),
]
