"""Codes of national classifications: which classification is meant, and whether it has the code."""

from __future__ import annotations

import re

from cities.actions import classifications
from cities.states import Scheme
from companies.actions.columns.kinds import Mistake, Values
from companies.actions.columns.words import Words, folded

LONGEST = 20
PREFIX = re.compile(
    r"(?P<name>WZ|NACE|ISIC|GB\s?/?\s?T)\s*"
    r"(?P<edition>(?:REV\.?\s*)?(?:2008|2025|2\.1(?!\d)|[24](?=\s)|4754(?:\s*[-–—]\s*\d{4})?))?"
    r"[\s:,.-]*(?P<code>\S.*)",
    re.IGNORECASE,
)
EDITIONS = {
    "WZ": {"": Scheme.WZ2008, "2008": Scheme.WZ2008, "2025": Scheme.WZ2025},
    "NACE": {"": Scheme.NACE2, "2": Scheme.NACE2, "2.1": Scheme.NACE21},
    "ISIC": {"": Scheme.ISIC4, "4": Scheme.ISIC4},
}
OTHER_NAMES = {
    "wz": Scheme.WZ2008,
    "nace": Scheme.NACE2,
    "isic": Scheme.ISIC4,
    "nace 2": Scheme.NACE2,
    "nace 2 1": Scheme.NACE21,
    "isic 4": Scheme.ISIC4,
    "gbt": Scheme.GBT4754,
    "gb t": Scheme.GBT4754,
    "gbt4754": Scheme.GBT4754,
    "国民经济行业分类": Scheme.GBT4754,
}


def scheme(text: str, words: Words) -> Values | Mistake:
    """A classification by its name, with or without its edition."""
    name = folded(text)
    found = scheme_names().get(name) or OTHER_NAMES.get(name)
    if not found and name.startswith("gb t 4754"):
        found = Scheme.GBT4754
    return {"national_scheme": str(found)} if found else Mistake("not_in_list")


def scheme_names() -> dict[str, str]:
    return {folded(str(label)): str(value) for value, label in Scheme.choices} | {
        str(value): str(value) for value in Scheme.values
    }


def national_code(text: str, words: Words) -> Values | Mistake:
    """“WZ 28.22”, “NACE Rev. 2.1 28.22” or a code alone, to be settled with the whole row."""
    plain = " ".join(text.split())
    found = PREFIX.fullmatch(plain)
    if not found:
        return (
            {"national_code": plain} if len(plain) <= LONGEST else Mistake("code_too_long", {"most": LONGEST})
        )
    name = re.sub(r"[\s/]", "", found["name"].upper())
    edition = re.sub(r"(?i)rev\.?|\s", "", found["edition"] or "")
    known = EDITIONS.get(name)
    meant = known.get(edition) if known else Scheme.GBT4754
    if not meant or len(found["code"]) > LONGEST:
        return Mistake("code_too_long", {"most": LONGEST}) if meant else Mistake("not_in_list")
    return {"national_code": found["code"], "national_scheme": str(meant)}


def settled(values: Values, words: Words, *, city: int | None) -> Mistake | None:
    """Put in the classification of a code and the industry it leads to; or say that there is no such code."""
    code = values.get("national_code")
    if not code:
        return None
    meant = values.setdefault("national_scheme", str(words.scheme(city)))
    known = classifications.hubs(meant)
    try:
        hub = known[classifications.normal_code(code)]
    except KeyError:
        return Mistake("code_unknown", {"scheme": Scheme(meant).label, "code": code})
    if hub.code and "industry_id" not in values and (pk := words.industry_by_code.get(hub.code)):
        values["industry_id"] = pk
    return None
