"""The lists on which entries are kept in order, as links for those who keep them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _


def work_lists() -> list[tuple[str, str]]:
    """Imports, possible duplicates, and what firms say of themselves: label and address."""
    return [
        (_("Imports"), reverse("companies:imports")),
        (_("Possible duplicates"), reverse("companies:duplicates")),
        (_("Sheets filled in by firms"), reverse("companies:sheets")),
    ]
