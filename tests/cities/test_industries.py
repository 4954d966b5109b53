"""Industries by ISIC Rev. 4: reference data that every installation has."""

import re
from collections import Counter
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.db import IntegrityError

from cities.actions import industries
from cities.actions.profiles import UnknownIndustry, known_industries
from cities.models import Industry
from cities.states import IndustryLevel

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff、，；（）]+")


def test_the_numbers_of_isic_at_every_level():
    assert Counter(Industry.objects.values_list("level", flat=True)) == {
        "section": 21,
        "division": 88,
        "group": 238,
        "class": 419,
    }


def test_codes_say_where_they_belong():
    rows = Industry.objects.exclude(level__in=["section", "division"]).values_list("code", "parent__code")
    assert [code for code, above in rows if code[:-1] != above] == []


@pytest.mark.parametrize("field", ["name_en", "name_de", "name_zh"])
def test_names_are_complete_and_each_stands_once_a_level(field):
    for level in IndustryLevel.values:
        names = list(Industry.objects.filter(level=level).values_list(field, flat=True))
        assert all(name == re.sub(r"\s+", " ", name).strip() != "" for name in names)
        assert len(set(names)) == len(names)


def test_chinese_names_are_in_simplified_chinese_only():
    names = Industry.objects.values_list("name_zh", flat=True)
    assert [name for name in names if not CHINESE.fullmatch(name)] == []


def test_a_class_that_is_its_whole_group_has_its_name_in_every_language():
    classes = Industry.objects.filter(level=IndustryLevel.CLASS).select_related("parent")
    twins = [row for row in classes if row.name_en == row.parent.name_en]
    assert len(twins) == 158
    assert [row.code for row in twins if row.name_zh != row.parent.name_zh] == []
    assert [row.code for row in twins if row.name_de != row.parent.name_de] == []


def test_some_names_as_the_official_classifications_have_them():
    rows = Industry.objects.filter(code__in=["C", "28", "72", "239", "2393", "2822"])
    assert set(rows.values_list("code", "name_de", "name_zh")) == {
        ("C", "Verarbeitendes Gewerbe", "制造业"),
        ("28", "Maschinenbau", "未另分类的机械和设备的制造"),
        ("72", "Forschung und Entwicklung", "科学研究与发展"),
        (
            "239",
            "Herstellung von Keramik und sonstigen nichtmetallischen Mineralerzeugnissen a. n. g.",
            "未另分类的非金属矿物制品的制造",
        ),
        ("2393", "Herstellung von sonstigen Porzellan- und keramischen Erzeugnissen", "其他陶瓷制品的制造"),
        ("2822", "Herstellung von Werkzeugmaschinen", "金属成型机械和机床的制造"),
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "2394", "level": "group"},
        {"code": "998", "level": "class"},
        {"code": "V", "level": "section"},
        {"code": "9999", "level": "class", "parent": None},
    ],
)
def test_the_database_holds_level_code_and_parent_together(wrong):
    given = {"parent": Industry.objects.get(code="99"), **wrong}
    Industry.objects.filter(code=wrong["code"]).update(code="0000" if wrong["code"] == "2394" else "x")
    with pytest.raises(IntegrityError, match="industry_parent_by_level"):
        Industry.objects.create(name_zh="甲", name_de="a", name_en="a", **given)


def test_the_migrations_can_be_taken_back_and_repeated():
    broad = import_module("cities.migrations.0002_industries")
    fine = import_module("cities.migrations.0005_industry_groups_and_classes")
    fields = ["code", "parent__code", "name_en", "name_de", "name_zh", "search_key"]
    before = set(Industry.objects.values_list(*fields))
    fine.unload(apps, None)
    assert Counter(Industry.objects.values_list("level", flat=True)) == {"section": 21, "division": 88}
    broad.unload(apps, None)
    assert Industry.objects.count() == 0
    broad.load(apps, None)
    fine.load(apps, None)
    assert set(Industry.objects.values_list(*fields)) == before


def test_divisions_that_were_misread_in_chinese_are_corrected():
    corrected = import_module("cities.migrations.0006_divisions_in_chinese")
    rows = Industry.objects.filter(code__in=["45", "46", "66", "81"]).order_by("code")
    shipped = list(rows.values_list("name_zh", "search_key"))
    assert [name for name, _key in shipped] == [
        "汽车和摩托车的批发、零售和修理",
        "批发贸易，但汽车和摩托车除外",
        "金融服务和保险活动的附属活动",
        "楼宇服务和景观养护活动",
    ]
    Industry.objects.filter(code__in=["45", "66", "81"]).update(name_zh="旧", search_key="jiu")
    corrected.load(apps, None)
    assert list(rows.values_list("name_zh", "search_key")) == shipped


def test_search_keys_are_those_that_saving_makes():
    for row in Industry.objects.filter(code__in=["C", "23", "239", "2393"]):
        key = row.search_key
        row.save(update_fields=["name_zh"])
        row.refresh_from_db()
        assert row.search_key == key != ""


# Which rows


def test_broad_are_sections_and_divisions():
    assert set(Industry.objects.broad().values_list("level", flat=True)) == {"section", "division"}
    assert Industry.objects.broad().count() == 109


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2393", {"2393"}),
        ("243", {"243", "2431", "2432"}),
        ("95", {"95", "951", "9511", "9512", "952", "9521", "9522", "9523", "9524", "9529"}),
        ("T", {"T", "97", "970", "9700", "98", "981", "9810", "982", "9820"}),
        ("2", set()),
        ("", set()),
    ],
)
def test_under_is_the_industry_itself_and_all_below(code, expected):
    assert set(Industry.objects.under(code).values_list("code", flat=True)) == expected


def test_the_path_is_read_with_the_industry(django_assert_num_queries):
    with django_assert_num_queries(1):
        path = Industry.objects.with_path().get(code="2393").path
    assert [row.code for row in path] == ["C", "23", "239", "2393"]


@pytest.mark.parametrize("code", ["239", "2393", "nonsense"])
def test_a_city_names_nothing_finer_than_divisions(code):
    with pytest.raises(UnknownIndustry):
        known_industries(["23", code])


@pytest.mark.parametrize("model", ["cities.Profile", "membership.Application"])
def test_corrections_offer_nothing_finer_either(model, rf):
    model = apps.get_model(model)
    field = model._meta.get_field("industries")
    offered = site.get_model_admin(model).formfield_for_manytomany(field, rf.get("/")).queryset
    assert set(offered) == set(Industry.objects.broad())


# In bulk


def test_ancestors_stand_from_the_section_down():
    assert industries.ancestors("2393") == ("C", "23", "239")
    assert industries.ancestors("23") == ("C",)
    assert industries.ancestors("C") == ()
    with pytest.raises(KeyError):
        industries.ancestors("0000")


def test_labels_of_an_industry_in_three_languages():
    assert industries.labels_of("243") == {
        "zh": "金属的铸造",
        "de": "Gießereien",
        "en": "Casting of metals",
    }


def test_a_company_is_found_by_its_industry_and_what_stands_above_but_the_section(django_assert_num_queries):
    texts = industries.label_texts()
    assert texts["2431"] == (
        *industries.labels_of("24").values(),
        *industries.labels_of("243").values(),
        *industries.labels_of("2431").values(),
    )
    assert texts["0112"][-3:] == ("水稻的种植", "Anbau von Reis", "Growing of rice")
    assert texts["C"] == tuple(industries.labels_of("C").values())
    assert len(texts) == 766
    with django_assert_num_queries(0):
        industries.label_texts()
