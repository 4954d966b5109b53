"""What a city's page says about its membership: today, its history, and ending it."""

from datetime import date

import pytest
import time_machine

from membership.states import Ending, MembershipKind
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.cities import CityFactory
from tests.factories.city_page import AT, get, mainz_of_the_register, page, place_of
from tests.factories.membership import MembershipFactory
from tests.factories.pages import look
from tests.factories.people import ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_a_day_in_2017():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def mainz():
    return mainz_of_the_register()


def history(client):
    return [(entry["at"], entry["text"]) for entry in get(client).context["history"]]


def test_history_of_membership_newest_first(client, mainz):
    place_of(
        mainz, MembershipKind.OBSERVER, date(2016, 9, 1), date(2017, 4, 24),
        beginning="invitation", ending=Ending.ACCESSION,
    )  # fmt: skip
    place_of(mainz, begins=date(2017, 4, 24), beginning="application")
    assert history(client) == [
        (date(2017, 4, 24), "Full member from this day on (Application)"),
        (date(2017, 4, 24), "Observer: no longer from this day on (Accession as a full member)"),
        (date(2016, 9, 1), "Observer from this day on (Invitation)"),
    ]
    assert "Full member since 24 April 2017" in page(client)


@pytest.mark.parametrize(
    ("ends", "lead"),
    [
        (date(2017, 4, 24), "Not a member of the alliance today."),
        (date(2017, 4, 25), "Full member since 25 April 2016"),
    ],
)
def test_on_its_end_day_a_city_is_no_member_any_more(client, mainz, ends, lead):
    place_of(mainz, ends=ends)
    assert lead in page(client)


def test_a_city_that_will_be_a_member_says_from_when(client, mainz):
    place_of(mainz, begins=date(2017, 5, 1), beginning="application")
    text = page(client)
    assert "Full member from 1 May 2017 on" in text
    assert "Not a member of the alliance today." not in text
    place_of(mainz, MembershipKind.OBSERVER, date(2016, 9, 1), date(2017, 5, 1), beginning="invitation")
    assert "Observer since 1 September 2016 · Full member from 1 May 2017 on" in page(client)


def test_a_joint_membership_is_named(client, mainz):
    MembershipFactory(cities=[mainz, CityFactory(name_de="Wiesbaden")])
    assert "One membership with one voice: Mainz · Wiesbaden" in page(client)


def test_never_a_member_is_said(client, mainz):
    assert "This city has not been a member, observer or guest." in page(client)


@pytest.mark.parametrize(
    ("kind", "person", "offered"),
    [
        (MembershipKind.OBSERVER, SecretaryFactory, True),
        (MembershipKind.GUEST, SecretaryFactory, True),
        (MembershipKind.FULL, SecretaryFactory, False),
        (MembershipKind.OBSERVER, ManagerFactory, False),
        (MembershipKind.OBSERVER, UserFactory, False),
    ],
)
def test_the_secretariat_may_end_observers_and_guests(client, mainz, kind, person, offered):
    place = place_of(mainz, kind)
    client.force_login(person())
    assert (f"/memberships/places/{place.pk}/end/" in page(client)) is offered


def test_a_city_that_left_by_withdrawal_says_so_also_where_it_shared_its_place(client):
    cast.members()
    for name in ("Bonn", "Trier"):
        cast.officer(name)
    MembershipFactory(cities=[cast.city("Bonn"), cast.city("Trier")])
    leaving.effective("Bonn")
    leaving.effective("Liuzhou", at=leaving.OUT + leaving.DAY)
    with time_machine.travel(leaving.OUT + 5 * leaving.DAY, tick=False):
        for name, day in (("bonn", "9 May 2018"), ("liuzhou", "10 May 2018")):
            found = look(client, SecretaryFactory(), f"/cities/{name}/").context["history"][0]
            assert (str(found["text"]), f"{found['at']:%-d %B %Y}") == (
                "Full member: no longer from this day on (Withdrawal)",
                day,
            )
        trier = look(client, SecretaryFactory(), "/cities/trier/").context["history"]
        assert [str(entry["text"]) for entry in trier] == ["Full member from this day on (Founding)"]
