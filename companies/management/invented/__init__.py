"""Plausible firms that do not exist: for the demonstration, and for measuring with as many as one likes."""

from companies.management.invented.firms import invented
from companies.management.invented.loading import load

__all__ = ["invented", "load"]
