"""What is derived from a company's names: how it is sorted, and under which keys duplicates meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cities.models.city import active_ending

if TYPE_CHECKING:
    from companies.models import Company

NAMES = "registered_name", "latin_name", "name_zh", "name_de", "name_en"


def derived_names(values: Mapping[str, Any]) -> dict[str, Any]:
    """`sort_name` and `name_keys` of a company with these names; the same for saving and for bulk loading."""
    from alliance.search.names import name_keys, sort_name

    names = [values.get(field) or "" for field in NAMES]
    return {"sort_name": sort_name(names), "name_keys": name_keys(names)}


def registered_as_read(company: Company) -> str:
    """The registered name where there is none in the active language, and that one is written so."""
    ending = active_ending()
    if ending == "en" or getattr(company, f"name_{ending}"):
        return ""
    chinese = any("\u3400" <= sign <= "\u9fff" for sign in company.registered_name)
    return company.registered_name if chinese == (ending == "zh") else ""
