"""The secretariat adds observers and guests and enters their end."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db.backends.postgresql.psycopg_any import DateRange

from membership.models import Membership, MembershipCity
from membership.states import Beginning, Ending, MembershipKind
from tests.factories.cities import CityFactory
from tests.factories.membership import MembershipFactory
from tests.factories.people import ManagerFactory, OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

NEW = "/memberships/new/"
FOUNDED = date(2016, 4, 25)


@pytest.fixture(autouse=True)
def at_a_day_in_2017():
    """Late on 23 April in Berlin, 24 April in Foshan."""
    with time_machine.travel(datetime(2017, 4, 23, 17, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def mainz():
    return CityFactory(name_de="Mainz", name_zh="美因茨")


@pytest.fixture
def secretary(client):
    user = SecretaryFactory(time_zone="Europe/Berlin")
    client.force_login(user)
    return user


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def fields(*cities, **changed):
    return {"cities": [city.pk for city in cities], "kind": "observer", "begins": "2017-05-01", **changed}


def errors(response):
    assert response.status_code == 200
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def observer(city, kind=MembershipKind.OBSERVER):
    return MembershipFactory(kind=kind, cities=[city], beginning=Beginning.INVITATION).places.get()


@pytest.mark.parametrize("kind", ["observer", "guest"])
def test_a_city_comes(client, mainz, secretary, kind):
    response = client.post(NEW, fields(mainz, kind=kind))
    assert (response.status_code, response["Location"]) == (302, "/cities/mainz/")
    membership = Membership.objects.get()
    assert (membership.kind, membership.beginning, membership.recorded_by) == (kind, "invitation", secretary)
    [place] = membership.places.all()
    assert (place.city, place.begins, place.ends) == (mainz, date(2017, 5, 1), None)


def test_it_is_said(client, mainz, secretary):
    assert said(client.post(NEW, fields(mainz))) == [("success", "Mainz · Observer: added.")]


def test_several_cities_come_together(client, mainz, secretary):
    client.post(NEW, fields(mainz, CityFactory(name_de="Wiesbaden")))
    assert Membership.objects.get().places.count() == 2


def test_the_first_day_offered_is_today_in_the_zone_of_the_alliance(client, mainz, secretary):
    assert 'value="2017-04-24"' in client.get(NEW).content.decode()


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("", {"Bonn", "Mainz"}),
        ("美因茨", {"Mainz"}),
        ("mainz", {"Mainz"}),
        ("aachen", set()),
        ("hidden", set()),
    ],
)
def test_cities_without_a_place_are_found(client, mainz, secretary, q, expected):
    MembershipFactory(cities=[CityFactory(name_de="Aachen")])
    former = MembershipFactory(cities=[CityFactory(name_de="Bonn")]).places.get()
    MembershipCity.objects.filter(pk=former.pk).update(period=DateRange(FOUNDED, date(2017, 4, 24), "[)"))
    CityFactory(name_de="Hidden", confirmed_at=None)
    assert {city.name_de for city in client.get(NEW, {"q": q}).context["found"]} == expected


def test_of_many_cities_the_first_are_shown(client, secretary):
    for number in range(21):
        CityFactory(name_de=f"Stadt {number:02}")
    response = client.get(NEW)
    assert "The first 20; search to narrow them." in response.content.decode()
    assert len(response.context["form"].fields["cities"].choices) == 20


def test_what_was_found_by_searching_can_be_sent(client, secretary):
    cities = [CityFactory(name_de=f"Stadt {number:02}") for number in range(25)]
    assert "cities" in errors(client.post(NEW, fields(cities[24])))
    assert client.post(f"{NEW}?q=Stadt+24", fields(cities[24])).status_code == 302


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"cities": []}, {"cities": ["Please tick a city."]}),
        (
            {"cities": ["999999"]},
            {"cities": ["Select a valid choice. 999999 is not one of the available choices."]},
        ),
        ({"cities": ["x"]}, {"cities": ["“x” is not a valid value."]}),
        ({"kind": ""}, {"kind": ["This field is required."]}),
        ({"kind": "full"}, {"kind": ["Select a valid choice. full is not one of the available choices."]}),
        ({"begins": ""}, {"begins": ["This field is required."]}),
        ({"begins": "soon"}, {"begins": ["Enter a valid date."]}),
    ],
)
def test_bad_input_is_said_and_nothing_written(client, mainz, secretary, changed, wrong):
    assert errors(client.post(NEW, fields(mainz, **changed))) == wrong
    assert not Membership.objects.exists()


def test_a_place_that_begins_later_is_said(client, mainz, secretary):
    MembershipFactory(cities=[mainz], cities__begin=date(2017, 6, 1))
    response = client.post(NEW, fields(mainz))
    assert errors(response) == {
        "__all__": ["Mainz is in the alliance already on this day or later: Full member."]
    }
    assert Membership.objects.count() == 1


def test_cities_of_both_sides_do_not_come_together(client, mainz, secretary):
    response = client.post(NEW, fields(mainz, CityFactory(name_de="Foshan", country="CN")))
    assert errors(response) == {"__all__": ["Cities that share a membership lie in the same country."]}


def test_the_end(client, mainz, secretary):
    place = observer(mainz)
    address = f"/memberships/places/{place.pk}/end/"
    assert 'value="2017-04-24"' in client.get(address).content.decode()
    response = client.post(address, {"ends": "2017-04-24"})
    assert (response.status_code, response["Location"]) == (302, "/cities/mainz/")
    assert said(response) == [("success", "The end is entered: Mainz.")]
    place.refresh_from_db()
    assert (place.ends, place.membership.ending) == (date(2017, 4, 24), Ending.ENDED)


@pytest.mark.parametrize(
    ("ends", "wrong"),
    [
        ("", {"ends": ["This field is required."]}),
        ("never", {"ends": ["Enter a valid date."]}),
        (
            "2016-04-25",
            {"__all__": ["The place of Mainz begins on 25 April 2016; its end must lie after that day."]},
        ),
    ],
)
def test_an_end_that_cannot_be(client, mainz, secretary, ends, wrong):
    place = observer(mainz)
    assert errors(client.post(f"/memberships/places/{place.pk}/end/", {"ends": ends})) == wrong
    place.refresh_from_db()
    assert place.ends is None


def test_an_end_is_not_moved(client, mainz, secretary):
    place = observer(mainz)
    address = f"/memberships/places/{place.pk}/end/"
    client.post(address, {"ends": "2017-04-24"})
    assert errors(client.post(address, {"ends": "2017-05-24"})) == {
        "__all__": ["This place has an end already: 24 April 2017."]
    }


def test_full_members_leave_by_withdrawal_only(client, mainz, secretary):
    place = MembershipFactory(cities=[mainz]).places.get()
    address = f"/memberships/places/{place.pk}/end/"
    assert client.get(address).status_code == 404
    assert client.post(address, {"ends": "2017-04-24"}).status_code == 404


@pytest.mark.parametrize("person", [ManagerFactory, UserFactory, lambda: OfficerFactory().user])
def test_others_do_not_find_these_pages(client, mainz, person):
    place = observer(mainz)
    client.force_login(person())
    for address in [NEW, f"/memberships/places/{place.pk}/end/"]:
        assert client.get(address).status_code == 404
        assert client.post(address, {**fields(mainz), "ends": "2017-04-24"}).status_code == 404
    place.refresh_from_db()
    assert (Membership.objects.count(), place.ends) == (1, None)


def test_visitors_sign_in_first(client, mainz):
    place = observer(mainz)
    for address in [NEW, f"/memberships/places/{place.pk}/end/"]:
        assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_city_as_for_three(client, secretary, count, django_assert_num_queries):
    for number in range(count):
        CityFactory(name_de=f"Stadt {number}")
    client.get(NEW)
    with django_assert_num_queries(7):
        client.get(NEW)
