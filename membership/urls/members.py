"""Addresses of members, observers and guests."""

from django.urls import path

from membership.views import members, memberships

urlpatterns = [
    path("members/", members.Members.as_view(), name="members"),
    path("memberships/new/", memberships.MembershipNew.as_view(), name="membership_new"),
    path("memberships/places/<int:pk>/end/", memberships.PlaceEnd.as_view(), name="place_end"),
]
