"""Addresses of the staff register in the cabinet."""

from django.urls import path

from people.views import links, paper_consents, staff, staff_edit, staff_moves, training_queue
from people.views.quarters import QuarterView

urlpatterns = [
    path("", staff.StaffListView.as_view(), name="staff"),
    path("quarter/", QuarterView.as_view(), name="staff_quarter"),
    path("link/", links.OwnLinkView.as_view(), name="staff_link"),
    path("links/", links.LinksView.as_view(), name="staff_links"),
    path("links/<int:pk>/confirm/", links.ConfirmLinkView.as_view(), name="staff_link_confirm"),
    path("links/<int:pk>/refuse/", links.RefuseLinkView.as_view(), name="staff_link_refuse"),
    path("training/", training_queue.QueueView.as_view(), name="trainings_waiting"),
    path(
        "training/<int:pk>/confirm/",
        training_queue.ConfirmView.as_view(),
        name="training_confirm",
    ),
    path("training/<int:pk>/return/", training_queue.ReturnView.as_view(), name="training_return"),
    path("<int:pk>/consent/", paper_consents.PaperConsentView.as_view(), name="paper_consent"),
    path("<int:pk>/", staff.StaffCardView.as_view(), name="staff_card"),
    path("new/", staff_edit.AddStaffView.as_view(), name="staff_new"),
    path("<int:pk>/edit/", staff_edit.EditStaffView.as_view(), name="staff_edit"),
    path("<int:pk>/leave/", staff_moves.LeaveView.as_view(), name="staff_leave"),
    path("<int:pk>/move/", staff_moves.MoveView.as_view(), name="staff_move"),
    path("<int:pk>/confirm/", staff.StaffConfirmView.as_view(), name="staff_confirm"),
]
