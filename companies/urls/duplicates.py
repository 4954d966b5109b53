"""Addresses under which entries that may be one company are compared and merged."""

from django.urls import path

from companies.views import duplicates, merging

ONE = "companies/duplicates/<int:pk>/"
urlpatterns = [
    path("companies/duplicates/", duplicates.DuplicateQueue.as_view(), name="duplicates"),
    path(ONE, duplicates.DuplicatePage.as_view(), name="duplicate"),
    path(f"{ONE}apart/", duplicates.DuplicateApart.as_view(), name="duplicate_apart"),
    path("companies/<int:pk>/merge/", merging.Merge.as_view(), name="merge"),
]
