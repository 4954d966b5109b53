"""A withdrawal becomes effective by itself: when exactly, and what follows from it."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from alliance.letters.models import Delivery
from cities.states import OfficerLevel
from membership import tasks
from membership.actions import (
    applications,
    circulars,
    memberships,
    notice_terms,
    outcomes,
    statements,
    withdrawals,
)
from membership.models import (
    Application,
    Circular,
    ElectorateExit,
    Membership,
    MembershipCity,
    Told,
    Withdrawal,
)
from membership.permissions.circulars import NotAVoice, sees_proof
from membership.states import CircularState, Ending, MembershipKind
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.people import SecretaryFactory
from tests.factories.withdrawals import DAY, FILED, HOUR, OUT, WAIT, accept, copies, hand, open_copy

pytestmark = pytest.mark.django_db
THREE = ("Foshan", "Liuzhou", "Aachen")
DAY_OUT = date(2018, 5, 9)


def members_on(day):
    return set(MembershipCity.objects.full().on(day).values_list("city__name_de", flat=True))


def test_it_is_effective_in_the_transaction_that_records_the_last_city():
    withdrawal = leaving.communicated(members=THREE)
    open_copy(withdrawal.circular, "Foshan", at=OUT + HOUR)
    assert leaving.fresh(withdrawal).state == "communicating"
    open_copy(withdrawal.circular, "Aachen", at=OUT + 3 * HOUR)
    after = leaving.fresh(withdrawal)
    assert (after.state, after.effective_at) == ("effective", OUT + 3 * HOUR)


def test_the_city_that_leaves_is_not_waited_for_and_neither_are_observers():
    cast.members(*THREE)
    cast.observer("Chemnitz")
    withdrawal = leaving.communicated()
    leaving.accept_all(withdrawal, but=["Liuzhou", "Chemnitz"])
    tasks.record_told(at=OUT + WAIT)
    assert leaving.fresh(withdrawal).effective_at == OUT + WAIT
    assert set(leaving.told(withdrawal.circular)) == {"Foshan", "Aachen"}


def test_not_while_one_mail_came_back_and_at_once_when_it_is_handed_over():
    withdrawal = leaving.communicated(members=THREE)
    leaving.accept_all(withdrawal)
    leaving.bounce(copies(withdrawal.circular, "Aachen").get(), OUT + HOUR)
    tasks.record_told(at=OUT + WAIT)
    tasks.make_withdrawals_effective(at=OUT + 9 * DAY)
    assert leaving.fresh(withdrawal).state == "communicating"
    hand(withdrawal.circular, "Aachen", on=date(2018, 5, 11), at=OUT + 5 * DAY)
    after = leaving.fresh(withdrawal)
    midnight = datetime(2018, 5, 10, 16, tzinfo=OUT.tzinfo)
    assert (after.state, after.effective_at) == ("effective", midnight)
    assert after.place.ends == date(2018, 5, 11)


def test_a_handover_before_the_last_mail_counts_leaves_the_latest_moment():
    withdrawal = leaving.communicated(members=THREE)
    hand(withdrawal.circular, "Aachen", on=date(2018, 5, 8), at=OUT + 2 * HOUR)
    accept(copies(withdrawal.circular, "Foshan").get(), at=OUT + HOUR)
    tasks.record_told(at=OUT + 9 * DAY)
    assert leaving.fresh(withdrawal).effective_at == OUT + HOUR + WAIT


def test_every_city_of_a_joint_membership_must_be_told():
    cast.members("Foshan")
    for name in ("Raunheim", "Kelsterbach", "Rüsselsheim"):
        cast.officer(name)
    cities = [cast.city(name) for name in ("Raunheim", "Kelsterbach", "Rüsselsheim")]
    joint = cast.MembershipFactory(cities=cities)
    circular = cast.issued(at=FILED - DAY)
    withdrawal = leaving.communicated("Raunheim")
    for name in ("Foshan", "Kelsterbach"):
        open_copy(withdrawal.circular, name, at=OUT)
    assert [one.city.name for one in withdrawals.still_missing(withdrawal)] == ["Rüsselsheim"]
    open_copy(withdrawal.circular, "Rüsselsheim", at=OUT + DAY)
    assert leaving.fresh(withdrawal).effective_at == OUT + DAY
    places = {place.city.name_de: place.ends for place in joint.places.all()}
    assert places == {"Raunheim": DAY_OUT, "Kelsterbach": None, "Rüsselsheim": None}
    assert Membership.objects.get(pk=joint.pk).ending == ""
    assert not ElectorateExit.objects.exists()
    assert outcomes.outcome_of(circular, at=OUT + 2 * DAY).size == 2
    with pytest.raises(NotAVoice):
        cast.say(circular, "Raunheim", at=OUT + 2 * DAY)
    assert cast.say(circular, "Kelsterbach", at=OUT + 2 * DAY).position == "consent"


def test_the_last_cities_of_a_joint_membership_may_follow():
    cast.members("Foshan")
    for name in ("Raunheim", "Kelsterbach"):
        cast.officer(name)
    joint = cast.MembershipFactory(cities=[cast.city("Raunheim"), cast.city("Kelsterbach")])
    first, second = (leaving.communicated(name) for name in ("Raunheim", "Kelsterbach"))
    for withdrawal in (first, second):
        leaving.accept_all(withdrawal)
    tasks.record_told(at=OUT + WAIT)
    assert [leaving.fresh(one).state for one in (first, second)] == ["effective", "effective"]
    assert Membership.objects.get(pk=joint.pk).ending == Ending.WITHDRAWAL
    assert members_on(DAY_OUT) == {"Foshan"}


def test_on_the_day_of_effect_the_city_is_no_member_any_more(client):
    withdrawal = leaving.effective(members=THREE)
    assert leaving.fresh(withdrawal).effective_at == OUT + WAIT
    assert members_on(DAY_OUT - timedelta(days=1)) == set(THREE)
    assert members_on(DAY_OUT) == {"Foshan", "Aachen"}
    membership = withdrawal.place.membership
    assert (membership.ending, membership.kind) == (Ending.WITHDRAWAL, MembershipKind.FULL)
    pages = {
        day: client.get(reverse("membership:members"), {"on": day}).content.decode()
        for day in ("2018-05-08", "2018-05-09")
    }
    assert {day: "Liuzhou" in page for day, page in pages.items()} == {
        "2018-05-08": True,
        "2018-05-09": False,
    }


def test_the_day_is_that_of_the_alliances_zone():
    withdrawal = leaving.communicated(members=THREE)
    for name in ("Foshan", "Aachen"):
        open_copy(withdrawal.circular, name, at=datetime(2018, 5, 8, 17, 0, tzinfo=OUT.tzinfo))
    assert leaving.fresh(withdrawal).place.ends == date(2018, 5, 9)


def test_a_place_that_began_on_that_very_day_held_it():
    cast.members("Foshan", "Aachen")
    cast.officer("Mainz")
    cast.MembershipFactory(cities=[cast.city("Mainz")], cities__begin=date(2018, 5, 7))
    withdrawal = leaving.communicated("Mainz", at=FILED)
    for name in ("Foshan", "Aachen"):
        open_copy(withdrawal.circular, name, at=FILED + HOUR)
    after = leaving.fresh(withdrawal)
    assert (after.effective_at, after.place.ends) == (FILED + HOUR, date(2018, 5, 8))


def test_a_place_that_ended_otherwise_before_keeps_its_end():
    withdrawal = leaving.communicated(members=THREE)
    consultation = cast.issued(at=OUT)
    leaving.end_by_hand(withdrawal.place, date(2018, 5, 1))
    leaving.accept_all(withdrawal)
    tasks.record_told(at=OUT + WAIT)
    after = leaving.fresh(withdrawal)
    assert (after.state, after.place.ends) == ("effective", date(2018, 5, 1))
    assert ElectorateExit.objects.filter(elector__circular=consultation).count() == 1


def test_a_later_end_that_was_entered_otherwise_moves_to_the_day_of_effect():
    withdrawal = leaving.communicated(members=THREE)
    leaving.end_by_hand(withdrawal.place, date(2018, 12, 31))
    leaving.accept_all(withdrawal)
    tasks.record_told(at=OUT + WAIT)
    assert leaving.fresh(withdrawal).place.ends == DAY_OUT


def test_a_notice_period_is_awaited_by_the_worker():
    notice_terms.set_terms(waiting_hours=24, notice_days=30, by=None, at=FILED - DAY)
    withdrawal = leaving.communicated(members=THREE)
    notice_terms.set_terms(waiting_hours=24, notice_days=0, by=None, at=OUT + HOUR)
    for name in ("Foshan", "Aachen"):
        open_copy(withdrawal.circular, name, at=OUT + HOUR)
    due = OUT + HOUR + 30 * DAY
    instant = timedelta(microseconds=1)
    assert tasks.make_withdrawals_effective(at=due - instant) == 0
    assert leaving.fresh(withdrawal).state == "communicating"
    assert withdrawals.still_missing(withdrawal) == []
    assert tasks.make_withdrawals_effective(at=due) == 1
    assert leaving.fresh(withdrawal).effective_at == due
    assert leaving.fresh(withdrawal).place.ends == date(2018, 6, 7)


def test_a_worker_that_was_away_does_everything_due_once():
    first = leaving.communicated(members=(*THREE, "Köln"))
    second = leaving.communicated("Aachen")
    leaving.accept_all(first)
    leaving.accept_all(second, at=OUT + 2 * DAY)
    later = OUT + 60 * DAY
    assert tasks.record_told(at=later) == 2
    assert [leaving.fresh(one).effective_at for one in (first, second)] == [OUT + WAIT, OUT + 2 * DAY + WAIT]
    assert members_on(date(2018, 5, 11)) == {"Foshan", "Köln"}
    letters = len(cast.letters(first.reference))
    assert (tasks.record_told(at=later), tasks.make_withdrawals_effective(at=later)) == (0, 0)
    assert len(cast.letters(first.reference)) == letters


def test_what_is_due_and_was_missed_is_made_up_for():
    """Whoever had written down the last city without looking at the withdrawal."""
    withdrawal = leaving.communicated(members=THREE)
    circular = withdrawal.circular
    for name in ("Foshan", "Aachen"):
        copy = copies(circular, name).get()
        Delivery.objects.filter(pk=copy.pk).update(opened_at=OUT)
        Told.objects.create(
            circular=circular, city=cast.city(name), told_at=OUT, way="inbox", delivery=copy, recorded_at=OUT
        )
    assert tasks.make_withdrawals_effective(at=OUT + HOUR) == 1
    assert leaving.fresh(withdrawal).effective_at == OUT


def test_the_only_member_leaves_with_the_notice():
    withdrawal = leaving.communicated(members=["Liuzhou"])
    assert (withdrawal.state, withdrawal.effective_at) == ("effective", OUT)
    assert members_on(date(2018, 5, 8)) == set()


def test_who_joins_or_leaves_meanwhile_changes_nothing_in_who_must_be_told():
    withdrawal = leaving.communicated(members=(*THREE, "Köln"))
    cast.members("Wuppertal", cities__begin=date(2018, 5, 8))
    place = cast.city("Köln").places.get()
    memberships.end_place(place, ends=date(2018, 5, 9), ending=Ending.ENDED, by=None, at=OUT)
    for name in ("Foshan", "Aachen"):
        open_copy(withdrawal.circular, name, at=OUT + HOUR)
    assert [one.city.name for one in withdrawals.still_missing(withdrawal)] == ["Köln"]
    open_copy(withdrawal.circular, "Köln", at=OUT + 3 * DAY)
    assert leaving.fresh(withdrawal).effective_at == OUT + 3 * DAY
    confirmation = cast.letters(withdrawal.reference)[-1]
    told = {f"lead@{slug}.example" for slug in ("foshan", "aachen", "koeln")}
    assert cast.told(confirmation) == told


def test_the_city_and_all_members_get_the_confirmation():
    withdrawal = leaving.effective(members=THREE)
    to_city, to_members = cast.letters(withdrawal.reference)[-2:]
    assert cast.told(to_city) == {"lead@liuzhou.example"}
    assert cast.told(to_members) == {"lead@foshan.example", "lead@aachen.example"}
    assert "From 9 May 2018 on, Liuzhou is no member any more." in to_members.body_en
    assert "9 May 2018, 10:00 Foshan time · 04:00 German time" in to_city.body_en
    assert (to_members.kind, to_members.written_by) == ("confirmation", None)


def test_the_notice_closes_with_it():
    circular = leaving.effective(members=THREE).circular
    assert (circular.state, circular.closed_by, circular.result) == (CircularState.CLOSED, None, "")
    assert circular.closed_at == OUT + WAIT


def test_it_leaves_the_electorate_of_open_circulars_and_the_outcome_is_recomputed():
    """Two of three had consented, all expressly; the third, silent until now, leaves."""
    consultation = cast.issued(*THREE, rule=cast.rule("all-expressly", early_close=True), at=OUT - DAY)
    for name in ("Foshan", "Aachen"):
        cast.say(consultation, name, at=OUT)
    before = outcomes.record_of(consultation)
    assert before.outcome(OUT).silent == 1
    assert before.early_close_hindrances(OUT)
    withdrawal = leaving.communicated()
    leaving.accept_all(withdrawal)
    tasks.record_told(at=OUT + WAIT)
    midnight = datetime(2018, 5, 8, 16, tzinfo=OUT.tzinfo)
    assert ElectorateExit.objects.get(elector__circular=consultation).left_at == midnight
    after = outcomes.record_of(consultation)
    assert (after.outcome(OUT + WAIT).carried, after.outcome(OUT + WAIT).size) == (True, 2)
    assert not after.early_close_hindrances(OUT + WAIT)
    assert Circular.objects.get(pk=consultation.pk).electors.count() == 3
    closed = circulars.close(consultation, by=SecretaryFactory(), at=OUT + 2 * DAY)
    assert (closed.result, closed.outcome["consents"]) == ("carried", 2)


def test_its_own_answer_stays_in_the_record_and_no_longer_counts():
    consultation = cast.issued(*THREE, rule=cast.rule("silence-procedure"), at=OUT - DAY)
    cast.say(consultation, "Liuzhou", "objection", at=OUT)
    cast.say(consultation, "Foshan", at=OUT)
    assert not outcomes.outcome_of(consultation, at=OUT).carried
    withdrawal = leaving.communicated()
    leaving.accept_all(withdrawal)
    tasks.record_told(at=OUT + WAIT)
    assert outcomes.outcome_of(consultation, at=OUT + WAIT).carried
    assert consultation.statements.count() == 2
    with pytest.raises(NotAVoice):
        statements.state(
            consultation,
            elector=cast.elector(consultation, "Liuzhou"),
            position="consent",
            by=cast.lead("Liuzhou"),
            at=OUT + WAIT,
        )


def test_a_closed_circular_stays_untouched():
    consultation = cast.closed(*THREE, positions="CCC")
    kept = Circular.objects.filter(pk=consultation.pk).values().get()
    leaving.effective()
    assert Circular.objects.filter(pk=consultation.pk).values().get() == kept
    assert not ElectorateExit.objects.filter(elector__circular=consultation).exists()
    assert outcomes.outcome_of(consultation, at=OUT + 9 * DAY).size == 3


def test_after_a_break_the_electorate_is_left_before_circulars_close(settings):
    """The worker looks who was told first: an effect before the deadline counts in the close."""
    from alliance.letters.worker import Worker

    consultation = cast.issued(*THREE, rule=cast.rule("all-expressly"), at=OUT - 40 * DAY)
    for name in ("Foshan", "Aachen"):
        cast.say(consultation, name, at=OUT)
    withdrawal = leaving.communicated()
    leaving.accept_all(withdrawal)
    Worker("worker").sweep(at=OUT + 20 * DAY)
    assert cast.fresh(consultation).result == "carried"
    assert leaving.fresh(withdrawal).state == "effective"


def test_the_city_may_apply_again_from_that_day_on():
    withdrawal = leaving.effective(members=THREE)
    application = applications.begin(
        [cast.city("Liuzhou")], by=cast.lead("Liuzhou"), at=withdrawal.effective_at
    )
    assert application.state == "draft"


@pytest.mark.parametrize("level", [OfficerLevel.LEAD, OfficerLevel.DEPUTY, OfficerLevel.EDITOR])
def test_its_officers_keep_reading_access_to_their_own_file(client, level):
    cast.members(*THREE)
    user = cast.lead("Liuzhou") if level == OfficerLevel.LEAD else cast.officer("Liuzhou", level)
    consultation = cast.issued(at=OUT - DAY, rule=cast.rule("two-thirds", visibility="secretariat"))
    entered = cast.enter(
        consultation, "Liuzhou", dated=date(2018, 5, 7), received_at=OUT - HOUR, at=OUT - HOUR
    )
    own = application_of_old("Liuzhou")
    withdrawal = leaving.effective()
    notice = cast.fresh(withdrawal.circular)
    urls = [
        reverse("city", args=["liuzhou"]),
        withdrawal.get_absolute_url(),
        notice.get_absolute_url(),
        cast.fresh(consultation).get_absolute_url(),
        reverse("membership:application", args=[own.pk]),
        reverse("letters:inbox"),
        *(copy.get_absolute_url() for copy in Delivery.objects.in_inbox_of(user)),
    ]
    client.force_login(user)
    with time_machine.travel(OUT + 9 * DAY, tick=False):
        codes = {url: client.get(url).status_code for url in urls}
    assert codes == dict.fromkeys(urls, 200)
    assert Application.objects.visible_to(user).filter(pk=own.pk).exists()
    assert Withdrawal.objects.visible_to(user).get() == withdrawal
    assert sees_proof(user, entered, at=OUT + 9 * DAY)
    others = cast.enter(consultation, "Foshan", dated=date(2018, 5, 7), received_at=OUT - HOUR, at=OUT - HOUR)
    assert not sees_proof(user, others, at=OUT + 9 * DAY)


def application_of_old(name):
    """By which the city once came: from before its membership."""
    application = Application.objects.create(
        reference="A 2015/001",
        begun_at=FILED - 900 * DAY,
        edited_at=FILED - 900 * DAY,
        begun_by=SecretaryFactory(),
    )
    application.places.create(city=cast.city(name))
    application.retract(by=cast.lead(name), at=FILED - 800 * DAY)
    application.save()
    return application
