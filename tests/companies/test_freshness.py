"""How long entries can be relied on: reminders, what is out of date, and the share that is fresh."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.accounts.models import User
from alliance.letters.models import Delivery, Letter
from cities.states import OfficerLevel
from companies.actions import companies, freshness, moves, reminders
from companies.models import Company, FreshnessReminder
from companies.tasks import freshness as sweeps
from companies.tasks.freshness import archive_ended_memberships, make_stale, send_reminders
from tests.factories import circulars as cast
from tests.factories.companies import CompanyFactory, company_of, member_city
from tests.factories.people import SecretaryFactory
from tests.factories.withdrawals import end_by_hand

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 5, 9, 0, tzinfo=UTC)
TODAY = date(2018, 3, 5)
DAY = timedelta(days=1)


def ends_in(days, name="Aachen", **values):
    """A company whose entry is valid for so many days more."""
    values = {"registered_name": f"In {days} days", **values}
    return company_of(name, valid_until=TODAY + days * DAY, **values)


def letters():
    """Who was told of which entries: (addresses, names in the letter), in the order of writing."""
    return [
        (
            set(letter.deliveries.values_list("address", flat=True)),
            [line.split(",")[0].removeprefix("– ") for line in letter.body_en.split("\n") if "– " in line],
        )
        for letter in Letter.objects.order_by("pk")
    ]


def test_what_is_over_is_out_of_date_from_the_next_day_on():
    over, last_day = ends_in(-1), ends_in(0)
    draft = ends_in(-9, state="draft")
    archived = ends_in(-9, state="archived")
    assert make_stale(at=NOW) == 1
    states = dict(Company.objects.values_list("pk", "state"))
    assert states == {over.pk: "stale", last_day.pk: "published", draft.pk: "draft", archived.pk: "archived"}
    assert make_stale(at=NOW) == 0
    assert make_stale(at=NOW + DAY) == 1


def test_what_is_out_of_date_leaves_passing_on_and_comes_back_confirmed():
    company = ends_in(-1, released=True)
    passed_on = Company.objects.to_pass_on(TODAY)
    assert not passed_on.exists(), "also before the sweep has come round"
    make_stale(at=NOW)
    assert not passed_on.exists()
    companies.confirm(company, by=None, at=NOW)
    assert list(passed_on) == [company]


@pytest.mark.parametrize(
    "values", [{"released": False}, {"visibility": "secretariat"}, {"state": "draft"}, {"state": "archived"}]
)
def test_only_what_is_released_shown_and_fresh_is_passed_on(values):
    ends_in(5, **{"released": True, **values})
    kept = ends_in(5, released=True)
    assert list(Company.objects.to_pass_on(TODAY)) == [kept]


def test_many_are_marked_a_batch_at_a_time(monkeypatch):
    for module in (moves, sweeps):
        monkeypatch.setattr(module, "AT_ONCE", 3)
    for _number in range(7):
        ends_in(-1)
    assert freshness.expire(at=NOW) == 3
    assert make_stale(at=NOW) == 4


def test_marking_them_costs_the_same_for_few_and_for_many():
    counts = []
    for number in (1, 2, 7):
        for _number in range(number):
            ends_in(-1)
        with CaptureQueriesContext(connection) as queries:
            assert make_stale(at=NOW) == number
        counts.append(len(queries))
    assert counts[2] == counts[1]


def test_the_trail_has_a_row_of_each_that_went_out_of_date():
    ends_in(-1)
    ends_in(-1)
    make_stale(at=NOW)
    events = Company.pgh_event_model.objects.filter(state="stale")
    assert events.count() == 2
    assert set(Company.objects.values_list("revision", flat=True)) == {2}


def test_a_city_is_reminded_in_one_letter_of_all_its_entries():
    member_city("Aachen")
    cast.officer("Aachen", OfficerLevel.EDITOR)
    for days in (-1, 31, 30, 12, 7, 0):
        ends_in(days)
    ends_in(20, state="draft")
    ends_in(20, state="stale")
    ends_in(5, "Foshan", registered_name="佛山陶瓷", name_de="", name_zh="佛山陶瓷")
    assert send_reminders(at=NOW) == 2
    assert letters() == [
        (
            {"lead@aachen.example", "editor@aachen.example"},
            ["In 0 days", "In 7 days", "In 12 days", "In 30 days"],
        ),
        ({"lead@foshan.example"}, ["佛山陶瓷"]),
    ]
    letter = Letter.objects.earliest("pk")
    assert letter.subject_en == "4 companies of Aachen: please confirm the entries"
    assert letter.path == "/cities/aachen/companies/"
    assert "valid until 5 March 2018" in letter.body_en


def test_nobody_is_reminded_twice_and_everything_thirty_and_seven_days_before():
    ends_in(40)
    sent = {}
    for days in range(45):
        for hour in (0, 3):
            if send_reminders(at=NOW + days * DAY + timedelta(hours=hour)):
                sent.setdefault(40 - days, 0)
                sent[40 - days] += 1
    assert sent == {30: 1, 7: 1}
    assert [tuple(row) for row in FreshnessReminder.objects.values_list("days_before", "entries")] == [
        (7, 1),
        (30, 1),
    ]


def test_after_a_pause_of_the_worker_what_was_missed_is_reminded_of_once():
    ends_in(40)
    ends_in(36)
    assert send_reminders(at=NOW + 35 * DAY) == 1
    assert letters()[0][1] == ["In 36 days", "In 40 days"]
    assert send_reminders(at=NOW + 36 * DAY) == 0


def test_who_has_confirmed_is_not_reminded_again():
    company = ends_in(30)
    send_reminders(at=NOW)
    companies.confirm(company, by=None, at=NOW + DAY)
    assert send_reminders(at=NOW + 23 * DAY) == 0


def test_an_entry_published_later_for_a_short_time_is_reminded_of_seven_days_before():
    ends_in(30)
    send_reminders(at=NOW)
    ends_in(20)
    assert [days for days in range(1, 25) if send_reminders(at=NOW + days * DAY)] == [13, 23]


def test_very_many_entries_are_counted_and_not_all_named(monkeypatch):
    monkeypatch.setattr("companies.actions.reminders.MOST_NAMED", 2)
    for _number in range(4):
        ends_in(10)
    send_reminders(at=NOW)
    assert letters()[0][1] == ["In 10 days", "In 10 days", "and 2 more"]


def test_each_side_reads_it_in_its_language():
    ends_in(10, registered_name="Nadel GmbH", name_de="")
    send_reminders(at=NOW)
    letter = Letter.objects.get()
    assert "Nadel GmbH, gültig bis 15. März 2018" in letter.body_de
    assert "2018年3月15日" in letter.body_zh


def without_officers(city):
    """All of them have left the house."""
    User.objects.filter(officers__city=city).update(is_active=False)


def test_without_officers_the_mailbox_is_written_to_and_else_the_secretariat():
    secretary = SecretaryFactory()
    company = ends_in(10)
    without_officers(company.city)
    send_reminders(at=NOW)
    city = member_city("Foshan")
    without_officers(city)
    city.mailbox = "post@foshan.example"
    city.save()
    ends_in(10, "Foshan")
    send_reminders(at=NOW)
    assert [to for to, _names in letters()] == [{secretary.email}, {"post@foshan.example"}]


def test_for_a_city_that_is_no_member_the_secretariat_is_written_to():
    secretary = SecretaryFactory()
    cast.observer("Chemnitz")
    CompanyFactory(city=cast.city("Chemnitz"), valid_until=TODAY + 3 * DAY)
    send_reminders(at=NOW)
    assert [to for to, _names in letters()] == [{secretary.email}]


def test_a_city_that_cannot_be_written_to_does_not_keep_others_waiting(monkeypatch):
    ends_in(3)
    ends_in(3, "Foshan")
    write = reminders.letter_about

    def broken(city, *args):
        if city.name_de == "Aachen":
            raise RuntimeError
        return write(city, *args)

    monkeypatch.setattr(reminders, "letter_about", broken)
    assert send_reminders(at=NOW) == 1
    monkeypatch.undo()
    assert send_reminders(at=NOW) == 1
    assert Delivery.objects.count() == 2


def test_the_share_of_fresh_entries_of_each_city():
    for days in (5, 0, -1):
        ends_in(days)
    ends_in(-9, state="stale")
    ends_in(5, state="draft")
    ends_in(5, "Foshan")
    member_city("Nanning")
    assert freshness.shares(at=NOW) == [
        freshness.Share(cast.city("Aachen").pk, fresh=2, shown=4),
        freshness.Share(cast.city("Foshan").pk, fresh=1, shown=1),
    ]
    assert [one.percent for one in freshness.shares([cast.city("Aachen")], at=NOW)] == [50]
    assert freshness.Share(1, fresh=199, shown=200).percent == 99
    assert freshness.Share(1, fresh=0, shown=0).percent is None


def test_what_belongs_to_a_city_that_left_is_no_longer_reminded_of():
    company = ends_in(10)
    end_by_hand(company.city.places.get(), TODAY)
    assert archive_ended_memberships(at=NOW) == 1
    assert send_reminders(at=NOW) == 0
