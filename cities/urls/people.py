"""Addresses of officers, invitations and registration."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
