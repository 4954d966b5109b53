"""Addresses of membership; each module holds those of one noun."""

from membership.urls import applications, circulars, members, withdrawals

app_name = "membership"
urlpatterns = [
    *members.urlpatterns,
    *applications.urlpatterns,
    *circulars.urlpatterns,
    *withdrawals.urlpatterns,
]
