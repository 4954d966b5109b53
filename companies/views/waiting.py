"""What of an entry waits for whoever keeps it: a sheet the firm sent, entries that may be its double."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from companies.actions import duplicates
from companies.models import Company, SheetSubmission
from companies.querysets.sight import Sight

MOST = 3


def on(company: Company, sight: Sight) -> Iterator[dict[str, Any]]:
    """Each thing with what it is and where it is dealt with."""
    for sheet in SheetSubmission.objects.waiting().kept_by(sight).filter(link__company=company)[:1]:
        yield {
            "text": _("The firm has filled in its own sheet."),
            "url": sheet.get_absolute_url(),
            "action": _("Compare it with the entry"),
        }
    pairs = duplicates.open_pairs(sight).filter(Q(first=company) | Q(second=company))
    for pair in pairs.select_related("first", "second")[:MOST]:
        other = pair.second if pair.first_id == company.pk else pair.first
        yield {
            "text": _("“%(other)s” may be the same company.") % {"other": other.registered_name},
            "url": pair.get_absolute_url(),
            "action": _("Compare the two entries"),
        }
