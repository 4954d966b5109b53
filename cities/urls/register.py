"""Addresses of cities and institutions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
