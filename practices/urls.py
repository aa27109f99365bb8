"""Addresses of the cabinet in which practices are written."""

from django.urls import path

from practices.sections import CHECK
from practices.views import own, sending, writing

urlpatterns = [
    path("", own.OwnPracticesView.as_view(), name="own_practices"),
    path("new/", own.NewPracticeView.as_view(), name="practice_new"),
    path("adapt/<int:pk>/", own.AdaptPracticeView.as_view(), name="practice_adapt"),
    path("<int:pk>/", sending.OwnPracticeView.as_view(), name="own_practice"),
    path("<int:pk>/preview/", sending.PreviewView.as_view(), name="practice_preview"),
    path("<int:pk>/take-back/", sending.TakeBackView.as_view(), name="practice_take_back"),
    path("<int:pk>/take-off/", sending.TakeOffSiteView.as_view(), name="practice_take_off"),
    path(f"<int:pk>/{CHECK.slug}/", sending.CheckView.as_view(), name="practice_check"),
    path("<int:pk>/<slug:section>/", writing.SectionView.as_view(), name="practice_section"),
]
