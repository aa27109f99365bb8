"""Addresses of the staff register in the cabinet."""

from django.urls import path

from people.views import staff
from people.views.quarters import QuarterView

urlpatterns = [
    path("", staff.StaffListView.as_view(), name="staff"),
    path("quarter/", QuarterView.as_view(), name="staff_quarter"),
    path("<int:pk>/", staff.StaffCardView.as_view(), name="staff_card"),
    path("<int:pk>/confirm/", staff.StaffConfirmView.as_view(), name="staff_confirm"),
]
