"""Addresses of the review of practices in the cabinet."""

from django.urls import path

from practices.views.review_case import CaseView, ExpertsView
from practices.views.review_queue import QueueActView, QueueView
from practices.views.review_sheets import OwnReviewsView, OwnReviewView

urlpatterns = [
    path("", QueueView.as_view(), name="practice_queue"),
    path("act/", QueueActView.as_view(), name="practice_queue_act"),
    path("mine/", OwnReviewsView.as_view(), name="own_reviews"),
    path("mine/<int:pk>/", OwnReviewView.as_view(), name="own_review"),
    path("<int:pk>/", CaseView.as_view(), name="practice_case"),
    path("<int:pk>/experts/", ExpertsView.as_view(), name="practice_experts"),
]
