"""Who begins an application, for which cities, and when a declined city may apply again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alliance.letters.models import Letter
from cities.states import OfficerState
from membership.actions import applications, circulars, decisions
from membership.actions.applicants import (
    AlreadyMember,
    HasOpenApplication,
    MustWait,
    NoCity,
    TwoCountries,
    may_apply_from,
)
from membership.models import Application, ConsentRule, NumberSeries
from membership.permissions.applications import NotTheCitysVoice, NotYetConfirmed
from tests.factories.applications import (
    APPLIED,
    draft,
    lead_of,
    submitted,
)
from tests.factories.cities import CityFactory
from tests.factories.membership import MembershipFactory
from tests.factories.people import ManagerFactory, OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
LATER = APPLIED + timedelta(days=3)


@pytest.fixture
def mainz():
    return CityFactory(name_de="Mainz", name_zh="美因茨")


def sentence(refused):
    return refused.value.sentence


# Begin


def test_begin(mainz):
    lead = lead_of(mainz)
    application = applications.begin([mainz], by=lead, at=APPLIED)
    assert application.reference == "A 2016/001"
    assert (application.state, application.begun_by, application.begun_at) == ("draft", lead, APPLIED)
    assert [(place.city, place.is_open) for place in application.places.all()] == [(mainz, True)]
    assert not Letter.objects.exists()


def test_numbers_run_by_the_alliances_year(mainz):
    new_year_in_foshan = datetime(2016, 12, 31, 16, 30, tzinfo=UTC)
    other, third = CityFactory(name_de="Fulda"), CityFactory(name_de="Lahr")
    references = [
        applications.begin([city], by=lead_of(city), at=at).reference
        for city, at in [(mainz, APPLIED), (other, new_year_in_foshan), (third, new_year_in_foshan)]
    ]
    assert references == ["A 2016/001", "A 2017/001", "A 2017/002"]


def test_refused_beginning_uses_no_number(mainz):
    with pytest.raises(NotTheCitysVoice):
        applications.begin([mainz], by=UserFactory(), at=APPLIED)
    assert not NumberSeries.objects.filter(series="application", last__gt=0).exists()
    assert not Application.objects.exists()


@pytest.mark.parametrize("level", ["lead", "deputy"])
@pytest.mark.parametrize("state", ["registered", "confirmed"])
def test_lead_and_deputy_may_begin_even_before_they_are_confirmed(mainz, level, state):
    officer = OfficerFactory(city=mainz, level=level, state=state)
    assert draft(mainz, by=officer.user).begun_by == officer.user


def test_editor_may_not_begin(mainz):
    editor = OfficerFactory(city=mainz, level="editor").user
    with pytest.raises(NotTheCitysVoice) as refused:
        applications.begin([mainz], by=editor, at=APPLIED)
    assert sentence(refused) == "You can apply only for a city of which you are the lead or a deputy."


@pytest.mark.parametrize("somebody", [SecretaryFactory, ManagerFactory, UserFactory])
def test_nobody_applies_for_a_city_that_is_not_theirs(mainz, somebody):
    with pytest.raises(NotTheCitysVoice):
        applications.begin([mainz], by=somebody(), at=APPLIED)


def test_application_needs_a_city():
    with pytest.raises(NoCity) as refused:
        applications.begin([], by=UserFactory(), at=APPLIED)
    assert sentence(refused) == "Please name at least one city that applies."


def test_several_cities_of_one_country_apply_as_one(mainz):
    other = CityFactory(name_de="Raunheim")
    application = draft(mainz, other, mainz)
    assert [place.city for place in application.places.all()] == [mainz, other]


def test_cities_of_two_countries_do_not(mainz):
    foshan = CityFactory(name_de="Foshan", country="CN")
    with pytest.raises(TwoCountries):
        draft(mainz, foshan)


def test_who_is_not_confirmed_names_no_other_cities(mainz):
    other = CityFactory(name_de="Raunheim")
    officer = OfficerFactory(city=mainz, state=OfficerState.REGISTERED)
    with pytest.raises(NotYetConfirmed) as refused:
        draft(mainz, other, by=officer.user)
    assert sentence(refused) == "Other cities can be added once the secretariat has confirmed who you are."
    OfficerFactory(city=other, user=officer.user, state=OfficerState.REGISTERED)
    assert draft(mainz, other, by=officer.user).places.count() == 2


def test_full_member_does_not_apply(mainz):
    MembershipFactory(cities=[mainz])
    with pytest.raises(AlreadyMember) as refused:
        draft(mainz)
    assert sentence(refused) == "Mainz is already a full member of the alliance."


def test_city_that_is_to_become_a_member_does_not_apply(mainz):
    MembershipFactory(cities=[mainz], cities__begin=date(2017, 4, 24))
    with pytest.raises(AlreadyMember):
        draft(mainz)


def test_observer_may_apply(mainz):
    MembershipFactory(cities=[mainz], kind="observer")
    assert draft(mainz).state == "draft"


def test_former_member_may_apply_from_the_day_its_membership_ends(mainz):
    place = MembershipFactory(cities=[mainz]).places.get()
    place.period = type(place.period)(date(2016, 4, 25), date(2016, 12, 2), "[)")
    place.save()
    with pytest.raises(AlreadyMember):
        draft(mainz, at=APPLIED - timedelta(days=1))
    assert draft(mainz).state == "draft"


def test_city_has_one_open_application(mainz):
    draft(mainz)
    with pytest.raises(HasOpenApplication) as refused:
        draft(mainz)
    assert sentence(refused) == (
        "Mainz already has an application that still stands. Please continue or retract that one."
    )
    assert NumberSeries.objects.get(series="application").last == 1


def test_retracted_application_makes_room_for_another(mainz):
    first = draft(mainz)
    applications.retract(first, by=first.begun_by, at=APPLIED)
    assert draft(mainz).reference == "A 2016/002"


# The wait after a declined application


def decline(application, *, wait_days, decided_at):
    """An application declined by the management, after a circular under a rule with this wait."""
    MembershipFactory()
    secretary = SecretaryFactory()
    rule = ConsentRule.objects.create(
        key="waits", name_zh="等待", name_de="Wartet", name_en="Waits", threshold="no_objection",
        silence="consent", period_days=28, wait_days=wait_days, made_at=APPLIED,
    )  # fmt: skip
    circular = applications.pass_on(application, by=secretary, at=LATER)
    circulars.save_draft(circular, rule=rule, by=secretary, at=LATER)
    circular = circulars.issue(circular, by=secretary, at=LATER)
    circulars.close(circular, at=circular.deadline + timedelta(minutes=1))
    decisions.decline(application, reason="No consent", by=ManagerFactory(), at=decided_at)


def test_declined_city_waits_as_the_declining_circulars_rule_says(mainz):
    decided_at = datetime(2017, 3, 1, 20, 0, tzinfo=UTC)  # the 2nd of March in Foshan
    decline(submitted(mainz), wait_days=30, decided_at=decided_at)
    last_hour = datetime(2017, 3, 31, 15, 59, tzinfo=UTC)
    with pytest.raises(MustWait) as refused:
        draft(mainz, at=last_hour)
    assert sentence(refused) == (
        "The last application of Mainz was declined; a new one is possible from 1 April 2017."
    )
    assert draft(mainz, at=last_hour + timedelta(minutes=1)).state == "draft"


def test_without_a_wait_a_declined_city_applies_again_at_once(mainz):
    decided_at = datetime(2017, 3, 1, 20, 0, tzinfo=UTC)
    decline(submitted(mainz), wait_days=0, decided_at=decided_at)
    assert draft(mainz, at=decided_at).reference == "A 2017/001"


def test_city_that_was_never_declined_need_not_wait(mainz):
    assert may_apply_from(mainz) is None
