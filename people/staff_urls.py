"""Addresses of the staff register in the cabinet."""

from django.urls import path

from people.views import links, staff
from people.views.quarters import QuarterView

urlpatterns = [
    path("", staff.StaffListView.as_view(), name="staff"),
    path("quarter/", QuarterView.as_view(), name="staff_quarter"),
    path("link/", links.OwnLinkView.as_view(), name="staff_link"),
    path("links/", links.LinksView.as_view(), name="staff_links"),
    path("links/<int:pk>/confirm/", links.ConfirmLinkView.as_view(), name="staff_link_confirm"),
    path("links/<int:pk>/refuse/", links.RefuseLinkView.as_view(), name="staff_link_refuse"),
    path("<int:pk>/", staff.StaffCardView.as_view(), name="staff_card"),
    path("<int:pk>/confirm/", staff.StaffConfirmView.as_view(), name="staff_confirm"),
]
