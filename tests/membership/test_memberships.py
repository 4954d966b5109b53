"""Beginning and ending places in the alliance."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from alliance.accounts.permissions import NotPermitted
from membership.actions.memberships import (
    EndedAlready,
    EndsBeforeItBegins,
    FromBothSides,
    HasItAlready,
    HowItEnded,
    NoCity,
    begin,
    end_place,
    invite_guest,
    invite_observer,
)
from membership.models import ElectorateExit, Membership, MembershipCity
from membership.models.membership import open_period
from membership.states import Beginning, Ending, MembershipKind
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, CAST, ISSUED
from tests.factories.people import ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2017, 5, 1)


@pytest.fixture
def secretary():
    return SecretaryFactory()


def full(*names, begins=DAY, by=None):
    cities = [cast.city(name) for name in names]
    beginning = Beginning.APPLICATION
    return begin(MembershipKind.FULL, cities, beginning=beginning, begins=begins, by=by, at=ISSUED)


def end(name, ends, ending=Ending.WITHDRAWAL, by=None):
    return end_place(cast.city(name).places.get(), ends=ends, ending=ending, by=by, at=ISSUED)


def test_one_voice_for_several_cities(secretary):
    membership = full("Aachen", "Köln", by=secretary)
    assert (membership.kind, membership.recorded_by, membership.recorded_at) == ("full", secretary, ISSUED)
    rows = {(place.city.name_de, place.begins, place.ends, place.kind) for place in membership.places.all()}
    assert rows == {("Aachen", DAY, None, "full"), ("Köln", DAY, None, "full")}


@pytest.mark.parametrize(("invite", "kind"), [(invite_observer, "observer"), (invite_guest, "guest")])
def test_observers_and_guests_are_invited(invite, kind):
    membership = invite([cast.city("Chemnitz")], begins=DAY, by=None, at=ISSUED)
    assert (membership.kind, membership.beginning) == (kind, "invitation")


def test_a_city_twice_in_the_list_is_once_in_the_membership():
    assert full("Aachen", "Aachen").places.count() == 1


def test_refusals():
    with pytest.raises(NoCity):
        full()
    with pytest.raises(FromBothSides):
        full("Aachen", "Foshan")
    full("Aachen")
    with pytest.raises(HasItAlready, match="Aachen"):
        full("Köln", "Aachen", begins=date(2016, 5, 1))
    with pytest.raises(HasItAlready):
        invite_observer([cast.city("Aachen")], begins=DAY, by=None, at=ISSUED)
    assert Membership.objects.count() == 1


def test_a_city_that_left_may_join_again():
    full("Aachen")
    end("Aachen", date(2018, 1, 1))
    with pytest.raises(HasItAlready):
        full("Aachen", begins=date(2017, 12, 31))
    assert full("Aachen", begins=date(2018, 1, 1)).places.get().begins == date(2018, 1, 1)


@pytest.mark.parametrize("make", [UserFactory, lambda: cast.officer("Aachen")])
def test_only_secretariat_and_management_keep_places(make):
    by = make()
    with pytest.raises(NotPermitted):
        full("Aachen", by=by)
    full("Aachen", by=ManagerFactory())
    with pytest.raises(NotPermitted):
        end("Aachen", date(2018, 1, 1), by=by)


def test_on_its_end_day_a_city_is_no_member_any_more():
    membership = full("Aachen")
    place = end("Aachen", date(2018, 1, 1))
    assert place.holds_on(date(2017, 12, 31))
    assert not place.holds_on(date(2018, 1, 1))
    membership.refresh_from_db()
    assert membership.ending == Ending.WITHDRAWAL


def test_a_joint_membership_goes_on_with_the_other_city():
    membership = full("Aachen", "Köln")
    end("Aachen", date(2018, 1, 1))
    membership.refresh_from_db()
    assert membership.ending == Ending.NONE
    days = date(2017, 1, 1), date(2017, 12, 31), date(2018, 1, 1), date(2019, 1, 1)
    names = [membership.name_on(day) for day in days]
    assert names == ["Aachen · Köln", "Aachen · Köln", "Köln", "Köln"]
    with time_machine.travel(ISSUED + (date(2018, 1, 2) - ISSUED.date())):
        assert membership.name == "Köln"
    end("Köln", date(2018, 2, 1))
    membership.refresh_from_db()
    assert membership.ending == Ending.WITHDRAWAL


def test_ends_refused():
    full("Aachen")
    with pytest.raises(HowItEnded):
        end("Aachen", date(2018, 1, 1), ending=Ending.NONE)
    with pytest.raises(EndsBeforeItBegins):
        end("Aachen", DAY)
    end("Aachen", date(2018, 1, 1))
    with pytest.raises(EndedAlready):
        end("Aachen", date(2019, 1, 1))


def test_member_that_ends_leaves_open_circulars_only(secretary):
    closed = cast.closed(positions="CCCCC-")
    from membership.actions import circulars

    second = circulars.draft_for(closed.application, by=secretary, at=AFTER)
    second = circulars.issue(second, by=secretary, at=AFTER)
    end("Aachen", date(2017, 4, 1))
    left = ElectorateExit.objects.get()
    assert left.elector == cast.elector(second, "Aachen")
    assert left.left_at == datetime(2017, 3, 31, 16, 0, tzinfo=UTC)


def test_joint_member_leaves_with_its_last_city():
    cast.members(*[name for name in CAST if name not in ("Aachen", "Köln")])
    full("Aachen", "Köln", begins=date(2016, 5, 1))
    circular = cast.issued()
    end("Aachen", date(2017, 2, 1))
    assert not ElectorateExit.objects.exists()
    end("Köln", date(2017, 2, 20))
    left = ElectorateExit.objects.get()
    assert (left.elector, left.left_at) == (
        cast.elector(circular, "Köln"),
        datetime(2017, 2, 19, 16, 0, tzinfo=UTC),
    )


def test_database_keeps_one_place_of_a_kind_at_a_time():
    membership = full("Aachen")
    with pytest.raises(IntegrityError, match="city_once_of_a_kind"), transaction.atomic():
        MembershipCity.objects.create(
            membership=membership, city=cast.city("Aachen"), kind="full", period=open_period(date(2018, 1, 1))
        )
