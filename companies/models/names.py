"""What is derived from a company's names: how it is sorted, and under which keys duplicates meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NAMES = "registered_name", "latin_name", "name_zh", "name_de", "name_en"


def derived_names(values: Mapping[str, Any]) -> dict[str, Any]:
    """`sort_name` and `name_keys` of a company with these names; the same for saving and for bulk loading."""
    from alliance.search.names import name_keys, sort_name

    names = [values.get(field) or "" for field in NAMES]
    return {"sort_name": sort_name(names), "name_keys": name_keys(names)}
