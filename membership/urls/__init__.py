"""Addresses of membership; each module holds those of one noun."""

from membership.urls import members

app_name = "membership"
urlpatterns = [*members.urlpatterns]
