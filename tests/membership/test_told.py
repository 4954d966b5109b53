"""Who was told, when and how: exact moments, whoever looks and whenever (docs/consent.md, "Told")."""

from datetime import date, timedelta

import pytest
import time_machine

from alliance.letters.actions import mark_opened, redirect, requeue
from cities.states import OfficerLevel
from membership import tasks
from membership.actions import circulars, notice_terms, told
from membership.models import Told
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.circulars import DAY, ISSUED
from tests.factories.people import SecretaryFactory
from tests.factories.withdrawals import HOUR, WAIT, accept, bounce, copies, hand, open_copy

pytestmark = pytest.mark.django_db

INSTANT = timedelta(microseconds=1)
MEMBERS = ("Foshan", "Aachen")


@pytest.fixture
def circular():
    return cast.issued(*MEMBERS)


def found(circular):
    return leaving.told(circular)


def test_nobody_is_told_by_the_issue(circular):
    assert tasks.record_told(at=ISSUED + 10 * DAY) == 0
    assert found(circular) == {}


def test_a_mail_tells_when_the_waiting_time_is_over(circular):
    accept(copies(circular, "Aachen").get(), at=ISSUED + HOUR)
    assert tasks.record_told(at=ISSUED + HOUR + WAIT - INSTANT) == 0
    assert tasks.record_told(at=ISSUED + HOUR + WAIT) == 1
    assert found(circular) == {"Aachen": (ISSUED + HOUR + WAIT, "mail")}


def test_the_record_does_not_depend_on_when_the_worker_looks(circular):
    accept(copies(circular, "Aachen").get(), at=ISSUED + HOUR)
    tasks.record_told(at=ISSUED + 40 * DAY)
    assert found(circular) == {"Aachen": (ISSUED + HOUR + WAIT, "mail")}
    assert Told.objects.get().recorded_at == ISSUED + 40 * DAY


@pytest.mark.parametrize(
    ("after", "tells"), [(WAIT - INSTANT, False), (WAIT, False), (WAIT + INSTANT, True), (9 * DAY, True)]
)
@pytest.mark.parametrize("worker_is_there", [True, False])
def test_a_mail_that_comes_back_by_then_tells_nobody(circular, after, tells, worker_is_there):
    """At the very end of the waiting time it still comes back in time."""
    copy = accept(copies(circular, "Aachen").get(), at=ISSUED)
    if worker_is_there:
        tasks.record_told(at=ISSUED + min(after, WAIT - INSTANT))
    bounce(copy, ISSUED + after)
    tasks.record_told(at=ISSUED + 20 * DAY)
    assert found(circular) == ({"Aachen": (ISSUED + WAIT, "mail")} if tells else {})


def test_a_later_return_undoes_nothing(circular):
    copy = accept(copies(circular, "Aachen").get(), at=ISSUED)
    tasks.record_told(at=ISSUED + WAIT)
    bounce(copy, ISSUED + 2 * DAY)
    assert found(circular) == {"Aachen": (ISSUED + WAIT, "mail")}


def test_a_return_after_the_waiting_time_is_kept_before_the_copy_is_sent_again(circular):
    """No worker looked between: sending it again would otherwise take away that it had told the city."""
    copy = accept(copies(circular, "Aachen").get(), at=ISSUED)
    bounce(copy, ISSUED + 2 * DAY)
    requeue(copy, by=SecretaryFactory(), at=ISSUED + 2 * DAY)
    tasks.record_told(at=ISSUED + 3 * DAY)
    assert found(circular) == {"Aachen": (ISSUED + WAIT, "mail")}


def test_a_copy_that_came_back_and_is_sent_again_tells_from_its_second_way_on(circular):
    copy = accept(copies(circular, "Aachen").get(), at=ISSUED)
    bounce(copy, ISSUED + HOUR)
    requeue(copy, by=SecretaryFactory(), at=ISSUED + DAY)
    accept(copy, at=ISSUED + DAY + HOUR)
    tasks.record_told(at=ISSUED + 9 * DAY)
    assert found(circular) == {"Aachen": (ISSUED + DAY + HOUR + WAIT, "mail")}


def test_a_copy_to_another_address_tells_the_city_too(circular):
    copy = bounce(accept(copies(circular, "Aachen").get(), at=ISSUED), ISSUED + HOUR)
    by = SecretaryFactory()
    other = redirect(copy, address="rathaus@aachen.example", note="By telephone", by=by, at=ISSUED + DAY)
    accept(other, at=ISSUED + DAY)
    tasks.record_told(at=ISSUED + DAY + WAIT)
    assert found(circular) == {"Aachen": (ISSUED + DAY + WAIT, "mail")}
    assert Told.objects.get().delivery == other


def test_the_official_mailbox_tells_a_city_without_a_lead():
    cast.members("Foshan")
    city = cast.city("Aachen")
    city.mailbox = "stadt@aachen.example"
    city.save()
    cast.MembershipFactory(cities=[city])
    circular = cast.issued()
    accept(copies(circular, "Aachen").get(), at=ISSUED)
    tasks.record_told(at=ISSUED + WAIT)
    assert found(circular) == {"Aachen": (ISSUED + WAIT, "mail")}


@pytest.mark.parametrize("uncertain", ["claim", "fail", "lose"])
def test_what_the_server_has_not_accepted_tells_nobody(circular, uncertain):
    copy = copies(circular, "Aachen").get()
    copy.claim(until=ISSUED + HOUR)
    if uncertain == "fail":
        copy.fail(answer="550", at=ISSUED)
    if uncertain == "lose":
        copy.lose(answer="broken", until=ISSUED + HOUR)
    copy.save()
    tasks.record_told(at=ISSUED + 9 * DAY)
    assert found(circular) == {}


def test_opening_in_the_inbox_tells_at_once(circular):
    accept(copies(circular, "Aachen").get(), at=ISSUED)
    open_copy(circular, "Aachen", at=ISSUED + 2 * HOUR)
    assert found(circular) == {"Aachen": (ISSUED + 2 * HOUR, "inbox")}
    tasks.record_told(at=ISSUED + 9 * DAY)
    assert found(circular) == {"Aachen": (ISSUED + 2 * HOUR, "inbox")}


def test_reading_the_circulars_own_page_opens_it(circular, client):
    client.force_login(cast.lead("Aachen"))
    with time_machine.travel(ISSUED + 2 * HOUR, tick=False):
        client.head("/circulars/2017-01/")
        assert found(circular) == {}
        client.get("/circulars/2017-01/")
    assert found(circular) == {"Aachen": (ISSUED + 2 * HOUR, "inbox")}
    assert copies(circular, "Aachen").get().opened_at == ISSUED + 2 * HOUR


def test_who_got_no_copy_opens_none_by_reading_the_page(circular, client):
    client.force_login(SecretaryFactory())
    with time_machine.travel(ISSUED + 2 * HOUR, tick=False):
        assert client.get("/circulars/2017-01/").status_code == 200
    assert found(circular) == {}


def test_an_opening_after_the_waiting_time_leaves_the_moment_of_the_mail(circular):
    """Also where no worker had looked: the earliest moment counts."""
    accept(copies(circular, "Aachen").get(), at=ISSUED)
    open_copy(circular, "Aachen", at=ISSUED + 2 * DAY)
    assert found(circular) == {"Aachen": (ISSUED + WAIT, "mail")}


def test_a_deputy_speaks_as_well():
    cast.members(*MEMBERS)
    deputy = cast.officer("Aachen", OfficerLevel.DEPUTY)
    circular = cast.issued()
    mark_opened(copies(circular, "Aachen").get(recipient=deputy), by=deputy, at=ISSUED + HOUR)
    assert found(circular) == {"Aachen": (ISSUED + HOUR, "inbox")}


def test_one_city_with_two_officers_is_told_by_the_first_of_them():
    cast.members(*MEMBERS)
    cast.officer("Aachen", OfficerLevel.DEPUTY)
    circular = cast.issued()
    first, second = copies(circular, "Aachen")
    accept(first, at=ISSUED + 5 * HOUR)
    accept(second, at=ISSUED + 2 * HOUR)
    bounce(first, ISSUED + 6 * HOUR)
    tasks.record_told(at=ISSUED + 9 * DAY)
    assert found(circular) == {"Aachen": (ISSUED + 2 * HOUR + WAIT, "mail")}


@pytest.mark.parametrize("level", [OfficerLevel.EDITOR, "ended", "registered elsewhere"])
def test_who_does_not_speak_for_the_city_at_that_moment_tells_nobody(level):
    """A deputy when the letter was written; since then editor, or no officer any more, or of another city."""
    cast.members(*MEMBERS)
    person = cast.officer("Aachen", OfficerLevel.DEPUTY)
    circular = cast.issued()
    officer = person.officers.get()
    if level == OfficerLevel.EDITOR:
        officer.level = level
    else:
        officer.end(by=None, at=ISSUED, reason="Moved")
    officer.save()
    if level == "registered elsewhere":
        cast.OfficerFactory(city=cast.city("Foshan"), user=person, level=OfficerLevel.DEPUTY)
    copy = copies(circular, "Aachen").get(recipient=person)
    opened = mark_opened(copy, by=person, at=ISSUED + HOUR)
    assert (opened.opened_at, found(circular)) == (ISSUED + HOUR, {})


def test_handing_over_tells_from_the_day_on_that_was_entered(circular):
    """The day begins in Foshan, sixteen hours before noon UTC."""
    hand(circular, "Aachen", on=date(2017, 2, 1), at=ISSUED + 5 * DAY)
    midnight = cast.datetime(2017, 1, 31, 16, 0, tzinfo=cast.UTC)
    assert found(circular) == {"Aachen": (midnight, "post")}


def test_handing_over_on_the_day_of_issue_tells_from_the_issue_on(circular):
    hand(circular, "Aachen", on=date(2017, 1, 29), at=ISSUED + 2 * HOUR, channel="in_person")
    assert found(circular) == {"Aachen": (ISSUED, "in_person")}


def test_a_day_that_begins_later_in_foshan_tells_at_most_from_now_on(circular, settings):
    """In an alliance that reckons in another zone its midnight may still be to come."""
    settings.ALLIANCE_TIME_ZONE = "America/New_York"
    now = ISSUED + HOUR
    hand(circular, "Aachen", on=date(2017, 1, 29), at=now, channel="fax")
    assert found(circular) == {"Aachen": (now, "fax")}


def test_a_handover_entered_later_does_not_move_what_is_written_down(circular):
    accept(copies(circular, "Aachen").get(), at=ISSUED)
    tasks.record_told(at=ISSUED + WAIT)
    hand(circular, "Aachen", on=date(2017, 1, 29), at=ISSUED + 5 * DAY)
    assert found(circular) == {"Aachen": (ISSUED + WAIT, "mail")}


def test_letters_about_a_circular_tell_nothing(circular):
    """Reminders and notices are no copies of the circular."""
    circulars.remind(circular, by=SecretaryFactory(), at=ISSUED + DAY)
    reminder = cast.letters(circular, "reminder")[0]
    for copy in reminder.deliveries.all():
        accept(copy, at=ISSUED + DAY)
        mark_opened(copy, by=copy.recipient, at=ISSUED + DAY)
    tasks.record_told(at=ISSUED + 9 * DAY)
    assert found(circular) == {}


def test_an_observer_is_told_too():
    cast.members(*MEMBERS)
    cast.observer("Chemnitz")
    circular = cast.issued()
    open_copy(circular, "Chemnitz", at=ISSUED + HOUR)
    assert found(circular) == {"Chemnitz": (ISSUED + HOUR, "inbox")}
    open_copy(circular, "Aachen", at=ISSUED + HOUR)
    assert set(found(circular)) == {"Chemnitz", "Aachen"}


def test_one_person_for_two_cities_tells_the_city_whose_copy_is_opened():
    cast.members(*MEMBERS)
    person = cast.lead("Aachen")
    cast.OfficerFactory(city=cast.city("Köln"), user=person)
    cast.MembershipFactory(cities=[cast.city("Köln")])
    circular = cast.issued()
    mark_opened(copies(circular, "Köln").get(), by=person, at=ISSUED + HOUR)
    assert found(circular) == {"Köln": (ISSUED + HOUR, "inbox")}


def test_circulars_that_are_over_are_told_of_as_well(circular):
    circulars.cancel(circular, reason="Mistaken", by=None, at=ISSUED + HOUR)
    accept(copies(circular, "Aachen").get(), at=ISSUED)
    tasks.record_told(at=ISSUED + WAIT)
    assert found(circular) == {"Aachen": (ISSUED + WAIT, "mail")}


@pytest.mark.parametrize("hours", [0, 48])
def test_the_terms_at_the_issue_hold(hours):
    notice_terms.set_terms(waiting_hours=hours, notice_days=0, by=None, at=ISSUED - DAY)
    circular = cast.issued(*MEMBERS)
    notice_terms.set_terms(waiting_hours=7, notice_days=0, by=None, at=ISSUED + HOUR)
    accept(copies(circular, "Aachen").get(), at=ISSUED)
    tasks.record_told(at=ISSUED + 9 * DAY)
    assert found(circular) == {"Aachen": (ISSUED + hours * HOUR, "mail")}


def test_a_second_look_changes_nothing(circular):
    accept(copies(circular, "Aachen").get(), at=ISSUED)
    assert [tasks.record_told(at=ISSUED + WAIT) for _look in range(2)] == [1, 0]
    assert Told.objects.count() == 1


def test_one_circular_that_fails_does_not_keep_the_others_waiting(circular, monkeypatch, caplog):
    application = circular.application
    circulars.cancel(circular, reason="Mistaken", by=None, at=ISSUED)
    second = circulars.issue(circulars.draft_for(application, by=None, at=ISSUED), by=None, at=ISSUED)
    for one in (circular, second):
        accept(copies(one, "Aachen").get(), at=ISSUED)
    record = told.record

    def fail_once(one, *, at):
        return 1 / 0 if one == circular else record(one, at=at)

    monkeypatch.setattr(told, "record", fail_once)
    assert tasks.record_told(at=ISSUED + WAIT) == 1
    assert (found(circular), set(found(second))) == ({}, {"Aachen"})
    assert "Circular 2017/01 could not be dealt with" in caplog.text


@pytest.mark.parametrize("names", [("Foshan",), ("Foshan", "Aachen", "Köln", "Wuppertal")])
def test_the_number_of_queries_is_the_same_for_any_number_of_members(names, django_assert_num_queries):
    circular = cast.issued(*names)
    for copy in copies(circular):
        accept(copy, at=ISSUED)
    with django_assert_num_queries(
        7
    ):  # the terms, the cities, copies and withdrawal held, one insert, savepoint
        told.record(circular, at=ISSUED + WAIT)
    assert len(found(circular)) == len(names)


def test_circulars_told_to_all_are_not_looked_at_again(circular, django_assert_num_queries):
    for copy in copies(circular):
        accept(copy, at=ISSUED)
    tasks.record_told(at=ISSUED + WAIT)
    with django_assert_num_queries(1):
        tasks.record_told(at=ISSUED + WAIT)
