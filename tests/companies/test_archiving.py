"""Entries of cities that have left: archived with the reason, found again after a new accession."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateRange

from alliance.accounts.models import User
from alliance.accounts.states import Language
from companies.actions import archiving, companies
from companies.actions.refusals import MembershipOver
from companies.models import Company
from companies.permissions import NotKeeper
from companies.tasks.freshness import archive_ended_memberships
from membership.actions import withdrawals
from membership.models import MembershipCity, Withdrawal
from membership.models.membership import open_period
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.companies import CompanyFactory, company_of, member_city
from tests.factories.people import SecretaryFactory
from tests.factories.withdrawals import end_by_hand

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def states():
    return dict(Company.objects.values_list("registered_name", "state"))


def ended(name="Aachen", day=date(2018, 6, 1)):
    """A city whose membership ends on a day, with an entry in every state."""
    for state in ("draft", "published", "stale", "archived"):
        company_of(name, state=state, registered_name=f"{name} {state}")
    end_by_hand(member_city(name).places.get(), day)
    return cast.city(name)


def test_what_a_city_leaves_behind_is_archived_with_the_reason():
    ended()
    kept = company_of("Foshan", registered_name="Foshan")
    assert archive_ended_memberships(at=NOW) == 3
    assert set(states().values()) == {"archived", "published"}
    assert Company.objects.get(state="published") == kept
    row = Company.objects.get(registered_name="Aachen stale")
    assert (row.archive_reason, row.archived_at, row.changed_at) == ("membership_ended", NOW, NOW)
    assert Company.objects.get(registered_name="Aachen archived").archive_reason == "other"
    assert archive_ended_memberships(at=NOW) == 0


def test_until_its_last_day_nothing_happens():
    ended(day=date(2018, 6, 2))
    assert archive_ended_memberships(at=NOW) == 0
    assert archive_ended_memberships(at=NOW + DAY) == 3


@pytest.mark.parametrize("kind", ["observer", "guest"])
def test_who_never_was_a_full_member_keeps_its_entries(kind):
    from tests.factories.membership import MembershipFactory

    city = cast.city("Chemnitz")
    membership = MembershipFactory(cities=[city], kind=kind, beginning="invitation")
    end_by_hand(membership.places.get(), date(2018, 5, 1))
    CompanyFactory(city=city)
    assert archive_ended_memberships(at=NOW) == 0


def come_back(city, day):
    """The city joins once more."""
    place = city.places.get()
    MembershipCity.objects.create(
        membership=place.membership, city=city, kind="full", period=open_period(day)
    )


def test_after_a_new_accession_they_are_offered_and_restored_as_drafts():
    city = ended()
    assert not archiving.restorable(city, at=NOW).exists()
    archive_ended_memberships(at=NOW)
    assert not archiving.restorable(city, at=NOW).exists()
    with pytest.raises(MembershipOver):
        archiving.restore_all(city, by=SecretaryFactory(), at=NOW)
    come_back(city, date(2018, 9, 1))
    later = datetime(2018, 9, 1, 9, 0, tzinfo=UTC)
    assert archiving.restorable(city, at=later).count() == 3
    with pytest.raises(NotKeeper):
        archiving.restore_all(city, by=cast.officer("Foshan"), at=later)
    assert archiving.restore_all(city, by=cast.lead("Aachen"), at=later) == 3
    assert sorted(states().values()) == ["archived", "draft", "draft", "draft"]
    assert set(Company.objects.filter(state="draft").values_list("archive_reason", flat=True)) == {""}
    assert archive_ended_memberships(at=later) == 0
    assert archiving.restore_all(city, by=cast.lead("Aachen"), at=later) == 0


def test_after_its_membership_has_ended_an_officer_keeps_nothing():
    company = company_of(state="draft")
    end_by_hand(company.city.places.get(), date(2018, 6, 1))
    with pytest.raises(NotKeeper, match="Only officers of this city can do this while it is a member"):
        companies.change(company, values={"employees": 3}, by=cast.lead("Aachen"), at=NOW)


def test_a_withdrawal_says_beforehand_what_becomes_of_the_companies():
    withdrawal = leaving.filed(members=leaving.THREE)
    for state in ("published", "stale", "draft", "archived"):
        CompanyFactory(city=cast.city("Liuzhou"), state=state)
    CompanyFactory(city=cast.city("Foshan"))
    touched = withdrawals.touches(withdrawal, at=NOW)[-1]
    assert (touched.label, touched.count) == ("Published companies", 2)
    assert touched.url == "/cities/liuzhou/companies/"
    assert "archived on the day on which the withdrawal is effective" in touched.note
    Company.objects.all().delete()
    assert withdrawals.touches(withdrawal, at=NOW)[-1].count == 0


def test_with_the_last_city_told_the_companies_are_archived_in_the_same_breath():
    withdrawal = leaving.one_missing()
    CompanyFactory(city=cast.city("Liuzhou"), registered_name="Liuzhou")
    CompanyFactory(city=cast.city("Foshan"), registered_name="Foshan")
    leaving.open_copy(withdrawal.circular, "Aachen", at=leaving.OUT + 3 * leaving.HOUR)
    assert Withdrawal.objects.get().state == "effective"
    assert states() == {"Liuzhou": "archived", "Foshan": "published"}
    assert Company.objects.get(state="archived").archive_reason == "membership_ended"


def test_on_the_very_day_it_joined_they_follow_the_day_after():
    """The place of a city that leaves on its first day holds that day; so do its entries."""
    withdrawal = leaving.one_missing()
    CompanyFactory(city=cast.city("Liuzhou"), registered_name="Liuzhou")
    place = withdrawal.place
    MembershipCity.objects.filter(pk=place.pk).update(period=DateRange(leaving.OUT.date(), None, "[)"))
    leaving.open_copy(withdrawal.circular, "Aachen", at=leaving.OUT + 3 * leaving.HOUR)
    assert states() == {"Liuzhou": "published"}
    assert archive_ended_memberships(at=leaving.OUT + DAY) == 1


def test_of_very_many_the_rest_follows_with_the_next_sweep(monkeypatch):
    monkeypatch.setattr(archiving, "MOST_WITH_THE_WITHDRAWAL", 2)
    withdrawal = leaving.one_missing()
    for _number in range(3):
        CompanyFactory(city=cast.city("Liuzhou"))
    leaving.open_copy(withdrawal.circular, "Aachen", at=leaving.OUT + 3 * leaving.HOUR)
    assert sorted(states().values()) == ["archived", "archived", "published"]
    assert archive_ended_memberships(at=leaving.OUT + 4 * leaving.HOUR) == 1


def test_the_citys_page_offers_to_restore_them_and_does_so_once(client):
    city = ended()
    archive_ended_memberships(at=NOW)
    come_back(city, date(2018, 9, 1))
    page, address = "/cities/aachen/companies/", "/cities/aachen/companies/restore/all/"
    User.objects.update(language=Language.ENGLISH)
    with time_machine.travel(datetime(2018, 9, 2, 9, 0, tzinfo=UTC), tick=False):
        client.force_login(cast.lead("Aachen"))
        assert address in client.get(page).content.decode()
        answer = client.post(address, follow=True).content.decode()
        assert "3 companies are restored as drafts. Please look at them and publish them." in answer
        assert address not in answer
        assert "There was nothing to restore." in client.post(address, follow=True).content.decode()
        client.force_login(cast.officer("Foshan"))
        assert address not in client.get(page).content.decode()
        assert client.post(address).status_code == 404
    assert sorted(states().values()) == ["archived", "draft", "draft", "draft"]


def test_while_the_city_has_left_nothing_is_offered(client):
    ended()
    archive_ended_memberships(at=NOW)
    with time_machine.travel(NOW, tick=False):
        client.force_login(SecretaryFactory())
        assert "/restore/" not in client.get("/cities/aachen/companies/").content.decode()
        answer = client.post("/cities/aachen/companies/restore/all/", follow=True).content.decode()
    assert "The membership of Aachen has ended" in answer
