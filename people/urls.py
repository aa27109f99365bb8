"""Addresses of people and organisations; the entrance of the admin is taken over here."""

from django.urls import include, path, re_path

from people.views import (
    consent_question,
    consent_register,
    consent_texts,
    consents,
    corrections,
    entrance,
    erasure_by_letter,
    invitations,
    my_data,
    openings,
    own_page,
    portfolio,
    retention,
    roles,
    teachers,
    training,
    watched_pages,
)
from people.views.organisations import organisation, organisations
from people.views.profile import ProfileView
from people.views.staff_totals import staff_in_numbers

urlpatterns = [
    path("admin/login/", entrance.EntranceOfAdminView.as_view()),
    path("admin/logout/", entrance.LogOutView.as_view()),
    re_path(r"^admin/password_reset/", entrance.PasswordsOfAdminView.as_view()),
    path("account/", include("people.account_urls")),
    path("cabinet/consents/", consents.ConsentsView.as_view(), name="consents"),
    path(
        "cabinet/consents/register/",
        consent_register.ConsentRegisterView.as_view(),
        name="consent_register",
    ),
    path(
        "cabinet/consents/register.xlsx",
        consent_register.ConsentRegisterFileView.as_view(),
        name="consent_register_file",
    ),
    path("cabinet/consents/texts/", consent_texts.ConsentTextsView.as_view(), name="consent_texts"),
    path(
        "cabinet/consents/texts/<slug:kind>/new/",
        consent_texts.NewConsentTextView.as_view(),
        name="consent_text_new",
    ),
    path(
        "cabinet/consents/texts/<int:pk>/",
        consent_texts.ConsentTextView.as_view(),
        name="consent_text",
    ),
    path(
        "cabinet/consents/texts/<int:pk>/blank.docx",
        consent_texts.ConsentTextDocxView.as_view(),
        name="consent_text_docx",
    ),
    path(
        "cabinet/consents/question/",
        consent_question.ConsentQuestionView.as_view(),
        name="consent_question",
    ),
    path("cabinet/consents/<slug:kind>/", consents.ConsentView.as_view(), name="consent"),
    path(
        "cabinet/consents/<int:pk>/paper/",
        consents.ConsentPrintView.as_view(),
        name="consent_paper",
    ),
    path(
        "cabinet/consents/<int:pk>/paper.docx",
        consents.ConsentDocxView.as_view(),
        name="consent_docx",
    ),
    path("cabinet/profile/", ProfileView.as_view(), name="profile"),
    path(
        "account/invitation/<str:token>/", invitations.InvitationView.as_view(), name="invitation"
    ),
    path("cabinet/invitations/", invitations.InvitationsView.as_view(), name="invitations"),
    path("cabinet/invitations/new/", invitations.InviteView.as_view(), name="invite"),
    path(
        "cabinet/invitations/<int:pk>/again/",
        invitations.SendAgainView.as_view(),
        name="invitation_again",
    ),
    path(
        "cabinet/invitations/<int:pk>/revoke/",
        invitations.RevokeView.as_view(),
        name="invitation_revoke",
    ),
    path(
        "cabinet/invitations/<int:pk>/erase/",
        erasure_by_letter.EraseInvitedView.as_view(),
        name="invitation_erase",
    ),
    path("cabinet/invitations/roles/", roles.RolesView.as_view(), name="organisation_roles"),
    path(
        "cabinet/invitations/roles/<int:pk>/end/",
        roles.EndRoleView.as_view(),
        name="organisation_role_end",
    ),
    path("cabinet/my-data/", my_data.MyDataView.as_view(), name="my_data"),
    path("cabinet/my-data/erase/", my_data.AskErasureView.as_view(), name="ask_erasure"),
    path(
        "cabinet/my-data/erase/withdraw/",
        my_data.WithdrawErasureView.as_view(),
        name="erasure_withdraw",
    ),
    path("cabinet/my-data/copy/", my_data.AskCopyView.as_view(), name="copy_data"),
    path("cabinet/my-data/openings/", openings.OwnOpeningsView.as_view(), name="own_openings"),
    path(
        "cabinet/my-data/corrections/",
        corrections.OwnCorrectionsView.as_view(),
        name="own_corrections",
    ),
    path(
        "cabinet/my-data/corrections/new/",
        corrections.ChooseView.as_view(),
        name="correction_choose",
    ),
    path(
        "cabinet/my-data/corrections/new/<slug:target>/",
        corrections.AskCorrectionView.as_view(),
        name="ask_correction",
    ),
    path(
        "cabinet/my-data/corrections/<int:pk>/withdraw/",
        corrections.WithdrawCorrectionView.as_view(),
        name="correction_withdraw",
    ),
    path("cabinet/openings/", openings.OpeningsView.as_view(), name="openings"),
    path("cabinet/erasures/", my_data.ErasuresView.as_view(), name="erasures"),
    path("cabinet/erasures/<int:pk>/", my_data.ErasureView.as_view(), name="erasure"),
    path("cabinet/retention/", retention.RetentionView.as_view(), name="retention"),
    path("cabinet/staff/", include("people.staff_urls")),
    path("cabinet/training/", training.TrainingsView.as_view(), name="trainings"),
    path("cabinet/training/new/", training.AddTrainingView.as_view(), name="training_new"),
    path("cabinet/training/<int:pk>/", training.EditTrainingView.as_view(), name="training"),
    path(
        "cabinet/training/<int:pk>/delete/",
        training.DeleteTrainingView.as_view(),
        name="training_delete",
    ),
    path("cabinet/page/", own_page.OwnPageView.as_view(), name="own_page"),
    path("cabinet/page/portfolio/", portfolio.PortfolioView.as_view(), name="portfolio"),
    path("cabinet/pages/", watched_pages.WatchedPagesView.as_view(), name="watched_pages"),
    path("cabinet/pages/<int:pk>/hide/", watched_pages.HidePageView.as_view(), name="page_hide"),
    path(
        "cabinet/pages/<int:pk>/back/",
        watched_pages.GivePageBackView.as_view(),
        name="page_give_back",
    ),
    path("teachers/", teachers.teachers, name="teachers"),
    path("teachers/<slug:slug>/", teachers.teacher, name="teacher"),
    path("teachers/<slug:slug>/portrait/", teachers.portrait, name="teacher_portrait"),
    path("organisations/", organisations, name="organisations"),
    path("organisations/staff-in-numbers/", staff_in_numbers, name="staff_in_numbers"),
    path("organisations/<slug:slug>/", organisation, name="organisation"),
]
