"""A city registers itself: what is written, what is told, and what nobody learns."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress

from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted
from alliance.letters.models import Letter
from cities.actions import cities
from cities.actions.cities import CodeTaken, CodeWrong, NameMissing
from cities.actions.officers import AlreadyOfficer
from cities.actions.registration import NewPerson, Wanted, register_person, register_visitor
from cities.models import City, Officer
from cities.states import OfficerLevel, OfficerState
from tests.factories.cities import CityFactory
from tests.factories.people import ManagerFactory, OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2016, 12, 2, 9, 0, tzinfo=UTC)
MAOMING = {"country": "CN", "name_zh": "茂名市", "official_code": "440900", "region_zh": "广东省"}


def visitor(email="anna.kern@mainz.example", **more):
    wanted = {"name": "Anna Kern", "password": "seven-Rhine-barges", "language": "de"}
    return NewPerson(email=email, **{**wanted, **more})


def register(person=None, city=None, new=None):
    wanted = Wanted(city=city, new=new)
    return register_visitor(person or visitor(), wanted, function="Economic promotion", phone="123", at=NOW)


def letters():
    return [
        (letter.kind, letter.confidential, delivery.address, delivery.language)
        for letter in Letter.objects.order_by("pk")
        for delivery in letter.deliveries.all()
    ]


def test_a_visitor_gets_an_account_an_unconfirmed_office_and_a_mail():
    city = CityFactory(name_de="Mainz")
    officer = register(city=city)
    assert (officer.state, officer.level, officer.function, officer.phone, officer.registered_at) == (
        OfficerState.REGISTERED,
        OfficerLevel.LEAD,
        "Economic promotion",
        "123",
        NOW,
    )
    user = User.objects.get(email="anna.kern@mainz.example")
    assert (officer.user, user.role, user.language, user.joined_at) == (user, "", "de", NOW)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("anna.kern@mainz.example", False, True)
    ]
    assert letters() == [("sign_in", True, "anna.kern@mainz.example", "de")]
    assert Letter.objects.get().path.startswith("/accounts/confirm-email/")


def test_for_a_city_with_a_lead_one_registers_as_deputy():
    lead = OfficerFactory()
    assert register(city=lead.city).level == OfficerLevel.DEPUTY


def test_a_lead_that_is_not_confirmed_does_not_count():
    waiting = OfficerFactory(state=OfficerState.REGISTERED)
    assert register(city=waiting.city).level == OfficerLevel.LEAD


def test_a_new_city_enters_the_register_unconfirmed():
    officer = register(new=MAOMING)
    city = City.objects.get()
    assert (officer.city, city.slug, city.name_zh, city.name_en, city.name_de, city.pinyin) == (
        city,
        "maoming",
        "茂名市",
        "Maoming",
        "Maoming",
        "Maoming",
    )
    assert (city.confirmed_at, city.registered_at) == (None, NOW)
    assert not City.objects.public().exists()


def test_a_known_address_is_told_and_changes_nothing():
    user = UserFactory(email="anna.kern@mainz.example", language="zh-hans", password="what it was before")
    assert register(visitor("Anna.Kern@mainz.example"), new=MAOMING) is None
    assert not City.objects.exists()
    assert not Officer.objects.exists()
    assert User.objects.count() == 1
    user.refresh_from_db()
    assert user.check_password("what it was before")
    assert letters() == [("sign_in", False, "anna.kern@mainz.example", "zh-hans")]
    assert "Anna" not in Letter.objects.get().body_en


def test_two_people_may_register_for_one_new_city():
    first = register(new=MAOMING)
    second = register(visitor("other@maoming.example"), new=MAOMING)
    assert first.city == second.city
    assert City.objects.count() == 1


def test_somebody_with_an_account_registers_for_another_city():
    officer = OfficerFactory()
    other = register_person(officer.user, Wanted(city=CityFactory()), function="The same", at=NOW)
    assert (other.user, other.state) == (officer.user, OfficerState.REGISTERED)
    with pytest.raises(AlreadyOfficer):
        register_person(officer.user, Wanted(city=officer.city), function="Again", at=NOW)
    assert letters() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"country": "DE", "name_de": " Mainz "}, ("Mainz", "Mainz", "Mainz", "", "mainz")),
        (
            {"country": "DE", "name_de": "Köln", "name_en": "Cologne", "name_zh": "科隆", "pinyin": "Kelong"},
            ("科隆", "Köln", "Cologne", "", "koeln"),
        ),
        ({"country": "CN", "name_zh": "德阳市"}, ("德阳市", "Deyang", "Deyang", "Deyang", "deyang")),
        (
            {"country": "CN", "name_zh": "台州市", "name_de": "Taizhou (Zhejiang)", "pinyin": "Taizhou"},
            ("台州市", "Taizhou (Zhejiang)", "Taizhou", "Taizhou", "taizhou"),
        ),
    ],
)
def test_a_city_has_a_name_for_every_reader(given, kept):
    city = cities.add(**given, at=NOW)
    assert (city.name_zh, city.name_de, city.name_en, city.pinyin, city.slug) == kept


@pytest.mark.parametrize(
    "given", [{"country": "DE", "name_en": "Mainz"}, {"country": "CN", "name_en": "Foshan"}]
)
def test_a_city_needs_its_own_name(given):
    with pytest.raises(NameMissing):
        cities.add(**given, at=NOW)


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("DE", "07315000"),
        ("DE", "16051000"),
        ("CN", "440600"),
        ("CN", "820000"),
        ("DE", ""),
        ("CN", ""),
    ],
)
def test_codes_that_can_be(country, code):
    assert cities.check_code(country, code) is None


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("DE", "7315000"),
        ("DE", "00315000"),
        ("DE", "17315000"),
        ("DE", "073150000"),
        ("DE", "0731500a"),
        ("DE", "440600"),
        ("CN", "44060"),
        ("CN", "4406000"),
        ("CN", "160600"),
        ("CN", "07315000"),
        ("CN", "４４０６００"),
    ],
)
def test_codes_that_cannot_be(country, code):
    with pytest.raises(CodeWrong):
        cities.check_code(country, code)


def test_a_code_belongs_to_one_city():
    CityFactory(name_de="Mainz", official_code="07315000")
    with pytest.raises(CodeTaken) as refusal:
        cities.add(country="DE", name_de="Mayence", official_code="0731 5000", at=NOW)
    assert refusal.value.sentence == (
        "The official code 07315000 belongs to Mainz, which is already in the register."
    )


def test_only_the_secretariat_adds_cities_by_hand():
    assert cities.add(country="DE", name_de="Mainz", by=SecretaryFactory(), at=NOW).confirmed_at is None
    for other in (ManagerFactory(), OfficerFactory().user):
        with pytest.raises(NotPermitted):
            cities.add(country="DE", name_de="Bonn", by=other, at=NOW)


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [("茂名市", "Maoming"), ("南沙区", "Nansha"), ("西安", "Xian"), ("沙市", "Shashi"), ("Foshan", "Foshan")],
)
def test_pinyin_is_suggested(name, pinyin):
    assert cities.pinyin_of(name) == pinyin
