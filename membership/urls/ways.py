"""Addresses of the other ways to answer a circular, and of circulars for information."""

from django.urls import path

from membership.views import acknowledgements, circulars_words, drafts_information, personal

CIRCULAR = "circulars/<slug:slug>"

urlpatterns = [
    path("circulars/drafts/new/", drafts_information.InformationNew.as_view(), name="draft_new"),
    path(f"{CIRCULAR}/answer/<str:token>/", personal.PersonalAnswer.as_view(), name="personal_answer"),
    path(
        f"{CIRCULAR}/answer/<str:token>/attachments/<int:pk>/",
        personal.PersonalAttachment.as_view(),
        name="personal_attachment",
    ),
    path(f"{CIRCULAR}/links/revoke/", circulars_words.LinkRevokeFor.as_view(), name="link_revoke"),
    path(f"{CIRCULAR}/links/mine/revoke/", circulars_words.LinkRevoke.as_view(), name="link_revoke_own"),
    path(f"{CIRCULAR}/acknowledge/", circulars_words.CircularAcknowledge.as_view(), name="acknowledge"),
    path(
        f"{CIRCULAR}/acknowledgements/",
        acknowledgements.AcknowledgementList.as_view(),
        name="acknowledgements",
    ),
    path(f"{CIRCULAR}/comment/", circulars_words.CircularComment.as_view(), name="observer_comment"),
    path(f"{CIRCULAR}/deadline.ics", circulars_words.DeadlineFile.as_view(), name="deadline_file"),
]
