"""Addresses of membership; each module holds those of one noun."""

from membership.urls import applications, circulars, members, ways, withdrawals

app_name = "membership"
urlpatterns = [
    *members.urlpatterns,
    *applications.urlpatterns,
    *ways.urlpatterns,
    *circulars.urlpatterns,
    *withdrawals.urlpatterns,
]
