"""Addresses of the files of road maps."""

from django.urls import path

from monitoring.views import road_map_file

urlpatterns = [
    path("road-map/<slug:slug>/<str:file>", road_map_file, name="road_map_file"),
]
