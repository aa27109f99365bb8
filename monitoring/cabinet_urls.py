"""Addresses of the indicators in the cabinet."""

from django.urls import path

from monitoring import cabinet_views as views

urlpatterns = [
    path("", views.IndicatorsView.as_view(), name="indicators"),
    path(
        "<int:number>/<int:year>/snapshot/",
        views.TakeSnapshotView.as_view(),
        name="indicator_snapshot",
    ),
    path(
        "<int:number>/<int:year>/confirm/",
        views.ConfirmFactView.as_view(),
        name="indicator_confirm",
    ),
    path(
        "<int:number>/<int:year>/<str:part>/",
        views.IndicatorPeopleView.as_view(),
        name="indicator_people",
    ),
]
