"""What is found, in whichever script it was asked for."""

from datetime import UTC, datetime

import pytest

from cities.models import Industry
from companies.actions import indexing
from companies.actions.searching import search
from companies.querysets.sight import Sight
from tests.factories.cities import CityFactory
from tests.factories.companies import CompanyFactory

pytestmark = pytest.mark.django_db
AT = datetime(2018, 6, 1, 10, tzinfo=UTC)
STAFF = Sight(everything=True)


@pytest.fixture
def firms():
    """A firm of each kind, by a short name."""
    foshan = CityFactory(
        name_de="Foshan", name_en="Foshan", name_zh="佛山市", country="CN", region_zh="广东省"
    )
    koeln = CityFactory(name_de="Köln", name_en="Cologne", name_zh="科隆")
    ceramics = Industry.objects.get(code="23")
    made = {
        "taoci": CompanyFactory(
            registered_name="佛山市东方陶瓷有限公司",
            name_de="",
            name_zh="佛山市东方陶瓷有限公司",
            city=foshan,
        ),
        "keramik": CompanyFactory(
            registered_name="Kölner Keramik GmbH & Co. KG", city=koeln, industry=ceramics
        ),
        "maschinen": CompanyFactory(
            registered_name="Müller Werkzeugmaschinenbau GmbH",
            city=koeln,
            products=["Drehmaschinen", "Bauelemente", "ISO 9001", "PA66"],
            register_kind="handelsregister",
            register_number="Köln HRB 123456",
        ),
        "jixie": CompanyFactory(
            registered_name="广东绿色机械股份有限公司",
            name_de="",
            city=foshan,
            latin_name="Green Machinery Co., Ltd.",
        ),
    }
    indexing.index([firm.pk for firm in made.values()])
    return made


def found(q, firms, **more):
    page = search(q, sight=more.pop("sight", STAFF), at=AT, **more)
    names = {firm.pk: name for name, firm in firms.items()}
    return {names[company.pk] for company in page.companies}


@pytest.mark.parametrize(
    ("q", "names"),
    [
        ("佛山陶瓷", {"taoci"}),
        ("東方陶瓷", {"taoci"}),
        ("方陶", {"taoci"}),
        ("瓷有限公", {"taoci"}),
        ("foshan taoci", {"taoci"}),
        ("foshantaoci", {"taoci"}),
        ("fo shan tao ci", {"taoci"}),
        ("dongfang", {"taoci"}),
        ("foshan", {"taoci", "jixie"}),
        ("fosh", {"taoci", "jixie"}),
        ("佛", {"taoci", "jixie"}),
        ("lvse jixie", {"jixie"}),
        ("luse", {"jixie"}),
        ("佛山市", {"taoci", "jixie"}),
        ("广东", {"taoci", "jixie"}),
        ("科隆", {"keramik", "maschinen"}),
        ("Köln", {"keramik", "maschinen"}),
        ("koeln", {"keramik", "maschinen"}),
        ("koln", {"keramik", "maschinen"}),
        ("Cologne", {"keramik", "maschinen"}),
        ("Mueller", {"maschinen"}),
        ("muller", {"maschinen"}),
        ("Maschinenbau", {"maschinen"}),
        ("Köln Maschinenbau", {"maschinen"}),
        ("elemente", {"maschinen"}),
        ("werkz", {"maschinen"}),
        ("Drehmaschine", {"maschinen"}),
        ("HRB 123456", {"maschinen"}),
        ("12345", {"maschinen"}),
        ("HRB 1234", {"maschinen"}),
        ("ISO9001", {"maschinen"}),
        ("ISO 900", {"maschinen"}),
        ("PA 66", {"maschinen"}),
        ("Werkzeugmaschinnenbau", {"maschinen"}),
        ("keramk", {"keramik"}),
        ("Müller GmbH", {"maschinen"}),
        ("陶瓷有限公司", {"taoci"}),
        ("Keramik KG", {"keramik"}),
        ("Green Machinery", {"jixie"}),
        ("佛山 keramik", set()),
        ("佛山陶瓷有限", {"taoci"}),
        ("foshan taoci youxian gongsi", {"taoci"}),
        ("佛山陶磁", {"taoci"}),
        ("maschinenbua", {"maschinen"}),
        ("股份有限", {"taoci", "keramik", "maschinen", "jixie"}),
        ("gongsi", {"taoci", "keramik", "maschinen", "jixie"}),
        ("xian", set()),
        ("GmbH & Co. KG", {"taoci", "keramik", "maschinen", "jixie"}),
        ("", {"taoci", "keramik", "maschinen", "jixie"}),
        ("???", set()),
        ("Atlantis", set()),
    ],
)
def test_finds_exactly(q, names, firms):
    assert found(q, firms) == names


def test_the_label_of_an_industry_finds_its_firms_in_every_language(firms):
    industry = Industry.objects.get(code="23")
    for label in (industry.name_zh, industry.name_de, industry.name_en):
        assert "keramik" in found(label, firms)


def test_who_says_a_word_stands_before_whose_industry_says_it(firms):
    ceramics = Industry.objects.get(code="23")
    glass = CompanyFactory(
        registered_name="Anders GmbH", products=["Keramik"], industry=None, city=CityFactory()
    )
    silent = CompanyFactory(registered_name="Still GmbH", industry=ceramics, city=CityFactory())
    indexing.index([glass.pk, silent.pk])
    shown = [company.pk for company in search("Keramik", sight=STAFF, at=AT).companies]
    assert shown == [firms["keramik"].pk, glass.pk, silent.pk]


def test_a_city_that_was_meant_is_told(firms):
    assert search("Clogne", sight=STAFF, at=AT).terms == ("cologne",)
