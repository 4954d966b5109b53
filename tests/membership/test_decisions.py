"""What management decides."""

from datetime import UTC, date, datetime

import pytest

from alliance.accounts.permissions import NotPermitted
from alliance.letters.models import Letter
from cities.actions.profiles import save_profile
from cities.models import KeyFigure, Profile
from membership.actions import applications, circulars, decisions, statements
from membership.actions.decisions import (
    MemberFromInThePast,
    NoClosedCircular,
    NotCarried,
    NotToDecide,
    ReasonOfDecisionMissing,
    StillWithMembers,
)
from membership.actions.memberships import HasItAlready, begin
from membership.actions.outcomes import outcome_of
from membership.models import Circular, Decision, Membership
from membership.states import ApplicationState, Beginning, CircularState, DecisionKind, Ending, MembershipKind
from tests.factories import circulars as cast
from tests.factories.applications import submitted
from tests.factories.circulars import AFTER, DAY, DEADLINE, ISSUED
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db
DECIDED = datetime(2017, 3, 20, 9, 0, tzinfo=UTC)
PLENARY = date(2017, 4, 24)
MEMBERS = {
    "lead@foshan.example", "lead@liuzhou.example", "lead@nanning.example", "lead@aachen.example",
    "lead@koeln.example", "lead@wuppertal.example",
}  # fmt: skip


@pytest.fixture
def manager():
    return ManagerFactory()


@pytest.fixture
def carried():
    return cast.closed(positions="CCCCCC").application


@pytest.fixture
def failed():
    return cast.closed(positions="CCCCC-").application


def applicants(application):
    return {application.begun_by.email, application.contact_email}


def last_letter(application):
    return Letter.objects.filter(reference=application.reference).order_by("pk").last()


def test_acceptance_begins_the_membership_on_the_chosen_day(carried, manager):
    decision = decisions.accept(carried, member_from=PLENARY, occasion=" Plenary ", by=manager, at=DECIDED)
    carried.refresh_from_db()
    assert (carried.state, carried.decided_at) == (ApplicationState.ACCEPTED, DECIDED)
    assert (decision.kind, decision.result, decision.member_from) == (
        DecisionKind.ACCEPTED,
        "carried",
        PLENARY,
    )
    assert (decision.decided_by, decision.decided_at, decision.occasion) == (manager, DECIDED, "Plenary")
    membership = decision.membership
    assert (membership.kind, membership.beginning) == (MembershipKind.FULL, Beginning.APPLICATION)
    assert membership.certificate_number == "2017/01"
    place = membership.places.get()
    assert (place.city.name_de, place.begins, place.ends) == ("Mainz", PLENARY, None)


def test_two_cities_that_applied_together_get_one_voice_and_are_told_both(manager):
    cast.members()
    leads = {name: cast.officer(name) for name in ("Mainz", "Ulm")}
    secretary, cities = SecretaryFactory(), [cast.city("Mainz"), cast.city("Ulm")]
    circular = applications.pass_on(submitted(*cities, by=leads["Mainz"]), by=secretary, at=ISSUED)
    circulars.issue(circular, by=secretary, at=ISSUED)
    for name in cast.CAST:
        cast.say(circular, name)
    circulars.close(circular, at=AFTER)
    decision = decisions.accept(circular.application, by=manager, at=DECIDED)
    assert {place.city.name_de for place in decision.membership.places.all()} == set(leads)
    assert set(Profile.objects.values_list("city__name_de", flat=True)) == set(leads)
    other = applications.pass_on(submitted(cast.city("Trier")), by=secretary, at=DECIDED)
    other = circulars.issue(other, by=secretary, at=DECIDED)
    assert (other.electors.count(), other.addressees.count()) == (7, 8)
    elector = other.electors.get(membership=decision.membership)
    for name, position in (("Mainz", "abstention"), ("Ulm", "consent")):
        statements.state(other, elector=elector, position=position, by=leads[name], at=DECIDED + DAY)
    assert outcome_of(other, at=DECIDED + DAY).consents == 1


def test_members_are_counted_from_that_day_on(carried, manager):
    decisions.accept(carried, member_from=PLENARY, by=manager, at=DECIDED)
    assert Membership.objects.full().on(date(2017, 4, 23)).count() == 6
    assert Membership.objects.full().on(PLENARY).count() == 7


def test_default_day_is_that_of_the_decision_in_the_alliance(carried, manager):
    late_in_berlin = datetime(2017, 3, 20, 16, 30, tzinfo=UTC)
    decision = decisions.accept(carried, by=manager, at=late_in_berlin)
    assert decision.member_from == date(2017, 3, 21)


def test_sections_become_the_first_profile(carried, manager):
    city = carried.cities.get()
    decisions.accept(carried, by=manager, at=DECIDED)
    profile = Profile.objects.get(city=city)
    assert profile.texts_as_content() == carried.texts_as_content()
    assert {one.code for one in profile.industries.all()} == {"20", "23"}
    assert [one.partner for one in city.cooperations.all()] == ["Dijon"]
    assert {(one.indicator, one.year) for one in city.key_figures.all()} == {
        ("gdp", 2015),
        ("population", 2015),
    }
    version = city.profile_versions.get()
    assert (version.number, version.made_by, version.made_at) == (1, manager, DECIDED)


def test_figures_that_the_register_has_besides_stay(carried, manager):
    city = carried.cities.get()
    row = {
        "indicator": "area", "year": 2014, "value": "97.74", "currency": "", "territory": "", "concept": "",
        "status": "", "source": "Office",
    }  # fmt: skip
    save_profile(city, figures=[row], by=None, at=ISSUED)
    decisions.accept(carried, by=manager, at=DECIDED)
    assert set(KeyFigure.objects.filter(city=city).values_list("indicator", flat=True)) == {
        "area",
        "gdp",
        "population",
    }


def test_applicant_and_all_members_are_told(carried, manager):
    decisions.accept(carried, member_from=PLENARY, occasion="Plenary", by=manager, at=DECIDED)
    letter = last_letter(carried)
    assert cast.told(letter) == MEMBERS | applicants(carried)
    assert letter.subject_en == "Mainz joins the alliance"
    for words in ("circular 2017/01", "24 April 2017", "Plenary", "2017/01"):
        assert words in letter.body_en


def test_an_observership_ends_with_the_accession(manager):
    cast.members()
    observership = begin(
        MembershipKind.OBSERVER,
        [cast.city("Mainz")],
        beginning=Beginning.INVITATION,
        begins=date(2016, 6, 1),
        by=None,
        at=ISSUED,
    )
    application = cast.closed(positions="CCCCCC").application
    decisions.accept(application, member_from=PLENARY, by=manager, at=DECIDED)
    observership.refresh_from_db()
    assert observership.ending == Ending.ACCESSION
    assert observership.places.get().ends == PLENARY


def test_accepting_twice_changes_nothing(carried, manager):
    first = decisions.accept(carried, by=manager, at=DECIDED)
    assert decisions.accept(carried, by=ManagerFactory(), at=DECIDED + DAY) == first
    assert Membership.objects.count() == 7
    assert Letter.objects.filter(subject_en="Mainz joins the alliance").count() == 1


def test_accepting_for_another_day_is_refused_once_it_is_accepted(carried, manager):
    decisions.accept(carried, member_from=PLENARY, by=manager, at=DECIDED)
    with pytest.raises(NotToDecide, match="Accepted"):
        decisions.accept(carried, member_from=PLENARY + DAY, by=ManagerFactory(), at=DECIDED)
    assert Decision.objects.get().member_from == PLENARY


def test_certificates_run_on(carried, manager):
    decisions.accept(carried, by=manager, at=DECIDED)
    from membership.models import NumberSeries

    assert NumberSeries.objects.get(series="certificate", year=2017).last == 1


def test_not_accepted_when_it_failed(failed, manager):
    with pytest.raises(
        NotCarried, match=r"2017/01 was not carried\. .*Wuppertal.* A new circular is the way"
    ):
        decisions.accept(failed, by=manager, at=DECIDED)
    failed.refresh_from_db()
    assert failed.state == ApplicationState.IN_CONSULTATION
    assert not Decision.objects.exists()
    assert Membership.objects.count() == 6


def test_answer_recorded_after_the_close_lets_it_be_accepted(failed, manager):
    circular = failed.circulars.get()
    cast.enter(circular, "Wuppertal", received_at=DEADLINE, at=AFTER + DAY)
    decision = decisions.accept(failed, by=manager, at=DECIDED)
    assert (decision.result, cast.fresh(circular).result) == ("carried", "failed")
    assert decision.outcome["consents"] == 6


def test_late_answer_does_not(failed, manager):
    cast.enter(failed.circulars.get(), "Wuppertal", received_at=AFTER, at=AFTER + DAY)
    with pytest.raises(NotCarried):
        decisions.accept(failed, by=manager, at=DECIDED)


def test_contested_answer_takes_the_consent_back(manager):
    circular = cast.issued()
    for name in list(cast.CAST)[:-1]:
        cast.say(circular, name)
    entered = cast.enter(circular, "Wuppertal")
    circular = circulars.close(circular, at=AFTER)
    assert circular.result == "carried"
    statements.contest(entered, reason="Not ours", by=cast.lead("Wuppertal"), at=AFTER + DAY)
    with pytest.raises(NotCarried):
        decisions.accept(circular.application, by=manager, at=DECIDED)


def test_contested_objection_lets_it_be_accepted(manager):
    circular = cast.issued(rule=cast.rule("silence-procedure"))
    cast.say(circular, "Foshan")
    entered = cast.enter(circular, "Aachen", "objection", text="No")
    circular = circulars.close(circular, at=AFTER)
    statements.contest(entered, reason="Not ours", by=cast.lead("Aachen"), at=AFTER + DAY)
    decision = decisions.accept(circular.application, by=manager, at=DECIDED)
    assert (circular.result, decision.result) == ("failed", "carried")


def test_accepted_on_the_second_circular(failed, manager):
    secretary = SecretaryFactory()
    second = circulars.draft_for(failed, by=secretary, at=AFTER)
    second = circulars.issue(second, by=secretary, at=AFTER)
    with pytest.raises(StillWithMembers, match="2017/02"):
        decisions.accept(failed, by=manager, at=DECIDED)
    for name in cast.CAST:
        cast.say(second, name, at=AFTER + DAY)
    circulars.close(second, at=second.deadline)
    decision = decisions.accept(failed, by=manager, at=second.deadline)
    assert decision.circular == second


def test_a_cancelled_circular_after_a_failed_one_changes_nothing(failed, manager):
    second = circulars.draft_for(failed, by=None, at=AFTER)
    second = circulars.issue(second, by=None, at=AFTER)
    circulars.cancel(second, reason="Mistaken", by=None, at=AFTER)
    with pytest.raises(NotCarried, match="2017/01"):
        decisions.accept(failed, by=manager, at=DECIDED)


@pytest.mark.parametrize("move", ["accept", "decline", "postpone"])
def test_members_are_asked_first(move, manager):
    application = cast.draft().application
    with pytest.raises(NoClosedCircular):
        decide(move, application, by=manager)


@pytest.mark.parametrize("move", ["accept", "decline", "postpone"])
def test_not_before_the_close(move, manager):
    application = cast.issued().application
    with pytest.raises(StillWithMembers):
        decide(move, application, by=manager)


@pytest.mark.parametrize("move", ["accept", "decline", "postpone", "take_up_again"])
def test_not_before_it_was_passed_on(move, manager):
    with pytest.raises(NotToDecide):
        decide(move, submitted(), by=manager)


@pytest.mark.parametrize("move", ["accept", "decline", "postpone", "take_up_again"])
@pytest.mark.parametrize(
    "make", [SecretaryFactory, AdministratorFactory, lambda: cast.lead("Aachen"), lambda: None]
)
def test_only_management_decides(move, make, carried):
    with pytest.raises(NotPermitted):
        decide(move, carried, by=make())
    assert not Decision.objects.exists()


def decide(move, application, **who):
    reason = {} if move in ("accept", "take_up_again") else {"reason": "The council has changed."}
    return getattr(decisions, move)(application, at=DECIDED, **who, **reason)


def test_member_from_is_not_before_the_decision(carried, manager):
    with pytest.raises(MemberFromInThePast, match="20 March 2017"):
        decisions.accept(carried, member_from=date(2017, 3, 19), by=manager, at=DECIDED)
    assert Membership.objects.count() == 6


def test_nobody_joins_twice(carried, manager):
    begin(
        MembershipKind.FULL,
        [carried.cities.get()],
        beginning=Beginning.APPLICATION,
        begins=PLENARY,
        by=None,
        at=DECIDED,
    )
    with pytest.raises(HasItAlready, match="Mainz"):
        decisions.accept(carried, by=manager, at=DECIDED)
    carried.refresh_from_db()
    assert carried.state == ApplicationState.IN_CONSULTATION


@pytest.mark.parametrize("outcome", ["carried", "failed"])
@pytest.mark.parametrize(
    ("move", "state"), [("decline", ApplicationState.DECLINED), ("postpone", ApplicationState.POSTPONED)]
)
def test_management_declines_or_postpones_with_a_reason(move, state, outcome, request, manager):
    application = request.getfixturevalue(outcome)
    decision = decide(move, application, by=manager)
    application.refresh_from_db()
    assert (application.state, application.decided_at) == (state, DECIDED)
    assert (decision.kind, decision.reason, decision.result) == (state, "The council has changed.", outcome)
    letter = last_letter(application)
    assert cast.told(letter) == applicants(application)
    assert "Reason: The council has changed." in letter.body_en
    assert decide(move, application, by=manager) == decision
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("move", ["decline", "postpone"])
def test_reason_is_needed(move, carried, manager):
    with pytest.raises(ReasonOfDecisionMissing):
        getattr(decisions, move)(carried, reason=" ", by=manager, at=DECIDED)
    carried.refresh_from_db()
    assert carried.state == ApplicationState.IN_CONSULTATION


def test_postponed_application_is_taken_up_again_and_accepted(carried, manager):
    decide("postpone", carried, by=manager)
    with pytest.raises(NotToDecide):
        decide("accept", carried, by=manager)
    for _ in range(2):
        application = decisions.take_up_again(carried, by=manager, at=DECIDED + DAY)
        assert application.state == ApplicationState.IN_CONSULTATION
    decision = decisions.accept(carried, by=manager, at=DECIDED + 2 * DAY)
    assert decision.kind == DecisionKind.ACCEPTED
    assert [one.kind for one in carried.decisions.all()] == [DecisionKind.POSTPONED, DecisionKind.ACCEPTED]


def test_declined_application_is_not_taken_up(carried, manager):
    decide("decline", carried, by=manager)
    for move in ("accept", "postpone", "take_up_again"):
        with pytest.raises(NotToDecide):
            decide(move, carried, by=manager)


def test_a_draft_of_a_further_circular_goes_with_the_decision(failed, manager):
    circulars.draft_for(failed, by=None, at=AFTER)
    decide("postpone", failed, by=manager)
    assert Circular.objects.filter(state=CircularState.DRAFT).count() == 1
    decisions.take_up_again(failed, by=manager, at=DECIDED)
    decide("decline", failed, by=manager)
    assert not Circular.objects.filter(state=CircularState.DRAFT).exists()


def test_city_becomes_public(manager):
    application = cast.closed(positions="CCCCCC").application
    city = application.cities.get()
    city.confirmed_at = None
    city.save()
    decisions.accept(application, by=manager, at=DECIDED)
    city.refresh_from_db()
    assert city.confirmed_at == DECIDED
