"""Addresses of withdrawals and of the terms of notice."""

from django.urls import path

from membership.views import notice_terms
from membership.views import withdrawals as pages
from membership.views import withdrawals_page as page
from membership.views import withdrawals_verbs as verbs

ONE = "withdrawals/<int:pk>/"
urlpatterns = [
    path("withdrawals/", pages.WithdrawalList.as_view(), name="withdrawals"),
    path("withdrawals/new/", pages.WithdrawalFile.as_view(), name="withdrawal_new"),
    path("withdrawals/terms/", notice_terms.NoticeTermsPage.as_view(), name="notice_terms"),
    path(ONE, page.WithdrawalPage.as_view(), name="withdrawal"),
    path(f"{ONE}request/", pages.WithdrawalRequest.as_view(), name="withdrawal_request"),
    path(f"{ONE}communicate/", verbs.WithdrawalCommunicate.as_view(), name="withdrawal_communicate"),
    path(f"{ONE}revoke/", verbs.WithdrawalRevoke.as_view(), name="withdrawal_revoke"),
]
