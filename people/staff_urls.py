"""Addresses of the staff register in the cabinet."""

from django.urls import path

from people.views import (
    corrections_queue,
    erasure_by_letter,
    links,
    move_requests,
    paper_consents,
    staff,
    staff_edit,
    staff_files,
    staff_moves,
    training_queue,
)
from people.views.quarters import QuartersView, QuarterView

urlpatterns = [
    path("", staff.StaffListView.as_view(), name="staff"),
    path("quarter/", QuarterView.as_view(), name="staff_quarter"),
    path("quarters/", QuartersView.as_view(), name="staff_quarters"),
    path("link/", links.OwnLinkView.as_view(), name="staff_link"),
    path("moves/", move_requests.MovesView.as_view(), name="staff_moves"),
    path("moves/new/", move_requests.AskMoveView.as_view(), name="staff_move_ask"),
    path("moves/<int:pk>/", move_requests.DecideMoveView.as_view(), name="staff_move_request"),
    path(
        "moves/<int:pk>/withdraw/",
        move_requests.WithdrawMoveView.as_view(),
        name="staff_move_withdraw",
    ),
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
    path("corrections/", corrections_queue.CorrectionsView.as_view(), name="corrections"),
    path("corrections/<int:pk>/", corrections_queue.CorrectionView.as_view(), name="correction"),
    path("<int:pk>/consent/", paper_consents.PaperConsentView.as_view(), name="paper_consent"),
    path(
        "<int:pk>/consent/letter/",
        paper_consents.ConsentByLetterView.as_view(),
        name="consent_by_letter",
    ),
    path("<int:pk>/", staff.StaffCardView.as_view(), name="staff_card"),
    path("export.xlsx", staff_files.StaffExportView.as_view(), name="staff_export"),
    path("import/", staff_files.StaffImportsView.as_view(), name="staff_imports"),
    path("import/template.xlsx", staff_files.StaffTemplateView.as_view(), name="staff_template"),
    path("import/<int:pk>/", staff_files.StaffImportView.as_view(), name="staff_import"),
    path(
        "import/<int:pk>/apply/", staff_files.ApplyImportView.as_view(), name="staff_import_apply"
    ),
    path("import/<int:pk>/drop/", staff_files.DropImportView.as_view(), name="staff_import_drop"),
    path("new/", staff_edit.AddStaffView.as_view(), name="staff_new"),
    path("<int:pk>/edit/", staff_edit.EditStaffView.as_view(), name="staff_edit"),
    path("<int:pk>/erase/", erasure_by_letter.EraseRecordView.as_view(), name="staff_erase"),
    path("<int:pk>/unlink/", links.UnlinkView.as_view(), name="staff_unlink"),
    path("<int:pk>/leave/", staff_moves.LeaveView.as_view(), name="staff_leave"),
    path("<int:pk>/move/", staff_moves.MoveView.as_view(), name="staff_move"),
    path("<int:pk>/confirm/", staff.StaffConfirmView.as_view(), name="staff_confirm"),
]
