"""What invented firms are made of: real industries and cities, stems that are nobody's name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data" / "invented.json"


@dataclass(frozen=True)
class Trade:
    """What a firm does: a class of ISIC Rev. 4, the code of WZ 2008, and words of three languages."""

    isic: str
    wz: str
    de: str
    zh: str
    en: str
    products: tuple[dict[str, str], ...]


def stems(parts: list[Any]) -> list[str]:
    first, second = parts
    return [one + other for other in second for one in first]


def trade(facts: dict[str, Any]) -> Trade:
    return Trade(**facts | {"products": tuple(facts["products"])})


_data: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
TRADES = [trade(facts) for facts in _data["trades"]]
STEMS_DE = stems(_data["stems_de"])
STEMS_ZH = stems(_data["stems_zh"])
STREETS_DE: list[str] = _data["streets_de"]
STREETS_ZH: list[str] = _data["streets_zh"]
CERTIFICATES: list[str] = _data["certificates"]
COURTS: dict[str, str] = _data["courts"]
OTHER_COURT: str = _data["other_court"]
