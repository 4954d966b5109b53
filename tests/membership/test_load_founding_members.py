"""The founding members: exactly those of the paper, loaded once however often the command runs."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import translation
from pghistory.models import Events

from cities.models import City, RegisterNote, RegisterNoteSource
from membership.actions.founding import Written, record_founding
from membership.management.commands.load_founding_members import DATA
from membership.models import Membership, MembershipCity

pytestmark = pytest.mark.django_db

AT = datetime(2016, 4, 26, 8, 0, tzinfo=UTC)
FOUNDED = date(2016, 4, 25)
CHINESE = {
    ("foshan", "440600", "佛山市", "Foshan", "Foshan", "Foshan", "广东省"),
    ("jiangmen", "440700", "江门市", "Jiangmen", "Jiangmen", "Jiangmen", "广东省"),
    ("zhuzhou", "430200", "株洲市", "Zhuzhou", "Zhuzhou", "Zhuzhou", "湖南省"),
    ("zhaoqing", "441200", "肇庆市", "Zhaoqing", "Zhaoqing", "Zhaoqing", "广东省"),
    ("jieyang", "445200", "揭阳市", "Jieyang", "Jieyang", "Jieyang", "广东省"),
    ("yunfu", "445300", "云浮市", "Yunfu", "Yunfu", "Yunfu", "广东省"),
    ("jiaozuo", "410800", "焦作市", "Jiaozuo", "Jiaozuo", "Jiaozuo", "河南省"),
    ("nanning", "450100", "南宁市", "Nanning", "Nanning", "Nanning", "广西壮族自治区"),
    ("taizhou", "331000", "台州市", "Taizhou", "Taizhou", "Taizhou", "浙江省"),
    ("guiyang", "520100", "贵阳市", "Guiyang", "Guiyang", "Guiyang", "贵州省"),
    ("liuzhou", "450200", "柳州市", "Liuzhou", "Liuzhou", "Liuzhou", "广西壮族自治区"),
}
GERMAN = {
    ("aachen", "05334002", "亚琛", "Aachen", "Aachen", "Yachen", "北莱茵-威斯特法伦州"),
    ("koeln", "05315000", "科隆", "Köln", "Cologne", "Kelong", "北莱茵-威斯特法伦州"),
    ("wuppertal", "05124000", "乌珀塔尔", "Wuppertal", "Wuppertal", "Wupota'er", "北莱茵-威斯特法伦州"),
    ("ingolstadt", "09161000", "因戈尔施塔特", "Ingolstadt", "Ingolstadt", "Yinge'ershitate", "巴伐利亚州"),
    ("ruesselsheim", "06433012", "吕塞尔斯海姆", "Rüsselsheim", "Rüsselsheim", "Lüsai'ersihaimu", "黑森州"),
    ("raunheim", "06433010", "劳恩海姆", "Raunheim", "Raunheim", "Lao'enhaimu", "黑森州"),
    ("kelsterbach", "06433007", "凯尔斯特巴赫", "Kelsterbach", "Kelsterbach", "Kai'ersitebahe", "黑森州"),
    ("nuernberg", "09564000", "纽伦堡", "Nürnberg", "Nuremberg", "Niulunbao", "巴伐利亚州"),
}
PUBLISHED = ("slug", "official_code", "name_zh", "name_de", "name_en", "pinyin", "region_zh")


def load() -> str:
    out = StringIO()
    call_command("load_founding_members", stdout=out)
    return out.getvalue()


def everything() -> list[list[dict]]:
    models = (City, Membership, MembershipCity, RegisterNote, RegisterNoteSource)
    return [list(model.objects.order_by("pk").values()) for model in models]


def cities(country: str) -> set[tuple[str, ...]]:
    return set(City.objects.filter(country=country).values_list(*PUBLISHED))


def test_loads_exactly_the_nineteen_cities_of_the_paper():
    load()
    assert cities("CN") == CHINESE
    assert cities("DE") == GERMAN
    assert City.objects.count() == 19 == City.objects.public().count()


def test_taizhou_is_the_one_in_zhejiang():
    load()
    taizhou = City.objects.get(slug="taizhou")
    assert (taizhou.official_code, taizhou.name_zh) == ("331000", "台州市")
    assert (taizhou.region_zh, taizhou.region_de, taizhou.region_en) == ("浙江省", "Zhejiang", "Zhejiang")


def test_every_city_is_described_in_full():
    load()
    fields = ("region_zh", "region_de", "region_en", "website", "kind", "registered_at", "confirmed_at")
    assert {row for row in City.objects.values_list("slug", *fields) if not all(row)} == set()
    assert set(City.objects.values_list("kind", flat=True)) == {"city"}


def test_coordinates_lie_in_the_city_s_country():
    load()
    bounds = {"CN": ((21, 36), (106, 122)), "DE": ((48, 52), (6, 12))}
    for city in City.objects.all():
        (south, north), (west, east) = bounds[city.country]
        assert south < city.latitude < north, city.slug
        assert west < city.longitude < east, city.slug


def test_each_city_has_a_founding_membership_of_its_own():
    load()
    places = MembershipCity.objects.select_related("membership")
    assert {(place.membership.kind, place.membership.beginning, place.kind) for place in places} == {
        ("full", "founding", "full")
    }
    assert {(place.begins, place.ends) for place in places} == {(FOUNDED, None)}
    assert len({place.city_id for place in places}) == len({place.membership_id for place in places}) == 19
    assert Membership.objects.on(FOUNDED).count() == 19
    assert Membership.objects.on(date(2016, 4, 24)).count() == 0


@pytest.mark.parametrize(
    ("language", "words"), [("de", "acht Namen"), ("en", "eight names"), ("zh-hans", "8个名称")]
)
def test_the_note_names_both_sources_in_three_languages(language, words):
    load()
    note = RegisterNote.objects.get()
    first, second = note.sources.all()
    with translation.override(language):
        assert words in note.text
        assert words in first.says
        assert ("奥斯纳布吕克" if language == "zh-hans" else "Osnabrück") in second.says
    assert "1720/2016" in first.title
    assert "Founding report" in second.title


def test_says_what_it_did():
    assert load() == "Founding members added: 19 cities, 19 memberships, 1 note on the register.\n"
    assert load() == "Founding members added: 0 cities, 0 memberships, 0 notes on the register.\n"


def test_running_twice_changes_nothing():
    load()
    before, trail = everything(), Events.objects.count()
    assert trail > 0
    load()
    assert everything() == before
    assert Events.objects.count() == trail


def test_what_officers_and_secretariat_changed_since_stays():
    load()
    City.objects.filter(slug="foshan").update(website="https://foshan.example/")
    MembershipCity.objects.filter(city__slug="raunheim").update(period=(FOUNDED, date(2018, 1, 1)))
    RegisterNote.objects.update(text_en="Settled.")
    before = everything()
    load()
    assert everything() == before


def test_what_is_missing_is_added():
    record = json.loads(DATA.read_text(encoding="utf-8"))
    first = {**record, "cities": record["cities"][:1], "notes": []}
    assert record_founding(first, at=AT) == Written(cities=1, memberships=1, notes=0)
    assert record_founding(record, at=AT) == Written(cities=18, memberships=18, notes=1)
    assert set(City.objects.values_list("registered_at", "confirmed_at", "confirmed_by")) == {(AT, AT, None)}


def test_nothing_is_half_written():
    record = json.loads(DATA.read_text(encoding="utf-8"))
    broken = {**record, "cities": [*record["cities"], {**record["cities"][0], "country": "XX"}]}
    with pytest.raises(Exception, match="city_country_is_known"):
        record_founding(broken, at=AT)
    assert City.objects.count() == Membership.objects.count() == 0


@pytest.mark.parametrize(
    ("q", "slugs"),
    [
        ("佛山", {"foshan"}),
        ("foshan", {"foshan"}),
        ("fo shan", {"foshan"}),
        ("Köln", {"koeln"}),
        ("KÖLN", {"koeln"}),
        ("Koeln", {"koeln"}),
        ("Koln", {"koeln"}),
        ("Cologne", {"koeln"}),
        ("科隆", {"koeln"}),
        ("Nuernberg", {"nuernberg"}),
        ("Nurnberg", {"nuernberg"}),
        ("Nuremberg", {"nuernberg"}),
        ("Ruesselsheim", {"ruesselsheim"}),
        ("台州", {"taizhou"}),
        ("泰州", set()),
        ("Bonn", set()),
        ("%", set()),
        ("???", set()),
    ],
)
def test_search_finds_exactly_the_city_meant(q, slugs):
    load()
    assert set(City.objects.search(q).values_list("slug", flat=True)) == slugs
