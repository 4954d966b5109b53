"""Every move of an officer in every state by every role, and what a city with a lead keeps."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction

from alliance.accounts.permissions import NotPermitted
from alliance.letters.models import Delivery, Letter
from cities.actions import cities, officers
from cities.actions.officers import (
    AddressNotConfirmed,
    AlreadyOfficer,
    LeadExists,
    LeadNeeded,
    ReasonMissing,
    WrongState,
)
from cities.models import City, Officer
from cities.states import OfficerLevel, OfficerState
from tests.factories.cities import CityFactory
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2016, 12, 2, 9, 0, tzinfo=UTC)
REGISTERED, CONFIRMED, REFUSED, ENDED = OfficerState
LEAD, DEPUTY, EDITOR = OfficerLevel

MOVES = {
    "confirm": lambda officer, by: officers.confirm(officer, by=by, at=NOW),
    "refuse": lambda officer, by: officers.refuse(officer, reason="Unknown there.", by=by, at=NOW),
    "end": lambda officer, by: officers.end(officer, reason="Retired.", by=by, at=NOW),
    "change_level": lambda officer, by: officers.change_level(officer, EDITOR, by=by, at=NOW),
}
RESULTS = {
    ("confirm", REGISTERED): (CONFIRMED, DEPUTY),
    ("confirm", CONFIRMED): (CONFIRMED, DEPUTY),
    ("confirm", REFUSED): WrongState,
    ("confirm", ENDED): WrongState,
    ("refuse", REGISTERED): (REFUSED, DEPUTY),
    ("refuse", CONFIRMED): WrongState,
    ("refuse", REFUSED): (REFUSED, DEPUTY),
    ("refuse", ENDED): WrongState,
    ("end", REGISTERED): WrongState,
    ("end", CONFIRMED): (ENDED, DEPUTY),
    ("end", REFUSED): WrongState,
    ("end", ENDED): (ENDED, DEPUTY),
    ("change_level", REGISTERED): WrongState,
    ("change_level", CONFIRMED): (CONFIRMED, EDITOR),
    ("change_level", REFUSED): WrongState,
    ("change_level", ENDED): WrongState,
}
ALLOWED = {"secretariat", "system"}
ROLES = {
    "secretariat": lambda officer: SecretaryFactory(),
    "system": lambda officer: None,
    "management": lambda officer: ManagerFactory(),
    "administrator": lambda officer: AdministratorFactory(),
    "own lead": lambda officer: OfficerFactory(city=officer.city, level=LEAD).user,
    "the officer": lambda officer: officer.user,
    "other city": lambda officer: OfficerFactory().user,
    "former secretary": lambda officer: SecretaryFactory(is_active=False),
}


def officer_in(state, level=DEPUTY, **more):
    ended = NOW if state in (REFUSED, ENDED) else None
    return OfficerFactory(state=state, level=level, ended_at=ended, **more)


def told():
    """Who was told what: (kind, addresses in order)."""
    return [
        (letter.kind, list(letter.deliveries.order_by("pk").values_list("address", flat=True)))
        for letter in Letter.objects.order_by("pk")
    ]


def check_deferred():
    """Deferred triggers speak up at the end of a transaction; here they do now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", list(OfficerState))
@pytest.mark.parametrize("move", MOVES)
def test_every_move_in_every_state_by_every_role(move, state, role):
    officer = officer_in(state)
    by = ROLES[role](officer)
    expected = RESULTS[move, state] if role in ALLOWED else NotPermitted
    if isinstance(expected, tuple):
        moved = MOVES[move](officer, by)
        assert (moved.state, moved.level) == expected
    else:
        with pytest.raises(expected):
            MOVES[move](officer, by)
        expected = (state, DEPUTY)
        assert told() == []
    kept = Officer.objects.get(pk=officer.pk)
    assert (kept.state, kept.level) == expected
    check_deferred()


@pytest.mark.parametrize(
    ("state", "move", "sentence"),
    [
        (REGISTERED, "end", "Li Na is not confirmed yet. Please confirm or refuse first."),
        (CONFIRMED, "refuse", "Li Na is already confirmed. End the office instead, with a reason."),
        (REFUSED, "confirm", "Li Na was refused. A new registration or an invitation is the way."),
        (ENDED, "confirm", "The office of Li Na has ended. A new invitation is the way."),
    ],
)
def test_a_refused_move_says_why_and_what_would_help(state, move, sentence):
    officer = officer_in(state, user=UserFactory(name="Li Na"))
    with pytest.raises(WrongState) as refusal:
        MOVES[move](officer, SecretaryFactory())
    assert refusal.value.sentence == sentence


def test_registering_waits_for_the_secretariat():
    city, user = CityFactory(), UserFactory()
    officer = officers.register(user, city, level=LEAD, function=" Mayor's office ", phone="0", at=NOW)
    assert (officer.state, officer.function, officer.registered_at) == (REGISTERED, "Mayor's office", NOW)
    assert list(city.officers.current()) == [officer]
    assert not city.officers.confirmed().exists()
    assert not officer.speaks


@pytest.mark.parametrize("state", [REGISTERED, CONFIRMED])
def test_nobody_is_registered_twice_for_one_city(state):
    officer = officer_in(state)
    with pytest.raises(AlreadyOfficer):
        officers.register(officer.user, officer.city, level=EDITOR, function="Again", at=NOW)
    assert officer.city.officers.count() == 1


@pytest.mark.parametrize("state", [REFUSED, ENDED])
def test_somebody_refused_or_ended_may_register_again(state):
    officer = officer_in(state)
    again = officers.register(officer.user, officer.city, level=EDITOR, function="Again", at=NOW)
    assert set(officer.city.officers.all()) == {officer, again}


def test_confirming_keeps_who_and_when_and_makes_the_city_public():
    secretary = SecretaryFactory()
    city = CityFactory(confirmed_at=None)
    officer = officer_in(REGISTERED, LEAD, city=city)
    officers.confirm(officer, by=secretary, at=NOW)
    officer, city = Officer.objects.get(pk=officer.pk), City.objects.get(pk=city.pk)
    assert (officer.confirmed_by, officer.confirmed_at, officer.level) == (secretary, NOW, LEAD)
    assert (city.confirmed_by, city.confirmed_at) == (secretary, NOW)


def test_a_city_that_was_confirmed_keeps_its_date():
    city = CityFactory()
    before = city.confirmed_at
    officers.confirm(officer_in(REGISTERED, city=city), by=SecretaryFactory(), at=NOW)
    assert City.objects.get(pk=city.pk).confirmed_at == before


def test_confirming_twice_tells_once():
    officer, secretary = officer_in(REGISTERED), SecretaryFactory()
    officers.confirm(officer, by=secretary, at=NOW)
    officers.confirm(officer, by=secretary, at=NOW)
    assert told() == [("notice", [officer.user.email])]


def test_confirming_tells_the_officer_and_who_speaks_for_the_city():
    lead = officer_in(CONFIRMED, LEAD)
    deputy = officer_in(CONFIRMED, DEPUTY, city=lead.city)
    officer_in(CONFIRMED, EDITOR, city=lead.city)
    officer_in(REGISTERED, DEPUTY, city=lead.city)
    newcomer = officer_in(REGISTERED, EDITOR, city=lead.city)
    officers.confirm(newcomer, by=SecretaryFactory(), at=NOW)
    assert told() == [("notice", [newcomer.user.email, lead.user.email, deputy.user.email])]
    assert set(Delivery.objects.values_list("on_behalf_of", flat=True)) == {lead.city.slug}


def test_everybody_is_told_in_their_own_language():
    city = CityFactory(country="CN", name_zh="佛山市", name_en="Foshan", name_de="Foshan")
    officer_in(CONFIRMED, LEAD, city=city, user=UserFactory(language="zh-hans"))
    newcomer = officer_in(REGISTERED, city=city, user=UserFactory(name="Li Na", language="de"))
    officers.confirm(newcomer, by=SecretaryFactory(), at=NOW)
    letter = Letter.objects.get()
    assert list(letter.deliveries.order_by("pk").values_list("language", flat=True)) == ["de", "zh-hans"]
    assert "Foshan" in letter.subject_en
    assert "佛山市" in letter.subject_zh
    assert "Li Na" in letter.body_de
    assert letter.path == f"/cities/{city.slug}/"


def test_an_address_that_was_never_confirmed_stands_in_the_way():
    officer = officer_in(REGISTERED)
    EmailAddress.objects.create(user=officer.user, email=officer.user.email, verified=False, primary=True)
    with pytest.raises(AddressNotConfirmed):
        officers.confirm(officer, by=SecretaryFactory(), at=NOW)
    EmailAddress.objects.update(verified=True)
    assert officers.confirm(officer, by=SecretaryFactory(), at=NOW).state == CONFIRMED


def test_a_second_lead_is_confirmed_only_when_that_level_is_chosen():
    lead = officer_in(CONFIRMED, LEAD)
    second = officer_in(REGISTERED, LEAD, city=lead.city)
    with pytest.raises(LeadExists):
        officers.confirm(second, by=SecretaryFactory(), at=NOW)
    officers.confirm(second, level=LEAD, by=SecretaryFactory(), at=NOW)
    levels = dict(lead.city.officers.values_list("pk", "level"))
    assert levels == {lead.pk: DEPUTY, second.pk: LEAD}
    check_deferred()


def test_a_level_chosen_at_confirmation_replaces_the_registered_one():
    officer = officers.confirm(officer_in(REGISTERED, LEAD), level=EDITOR, by=SecretaryFactory(), at=NOW)
    assert Officer.objects.get(pk=officer.pk).level == EDITOR


def test_refusing_tells_the_person_alone_and_why():
    officer_lead = officer_in(CONFIRMED, LEAD)
    officer = officer_in(REGISTERED, city=officer_lead.city)
    officers.refuse(officer, reason=" Not known at the town hall. ", by=SecretaryFactory(), at=NOW)
    kept = Officer.objects.get(pk=officer.pk)
    assert (kept.end_reason, kept.ended_at) == ("Not known at the town hall.", NOW)
    assert told() == [("notice", [officer.user.email])]
    assert "Not known at the town hall." in Letter.objects.get().body_en


@pytest.mark.parametrize(("move", "state"), [("refuse", REGISTERED), ("end", CONFIRMED)])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_refusal_and_an_end_have_a_reason(move, state, reason):
    officer = officer_in(state)
    with pytest.raises(ReasonMissing):
        getattr(officers, move)(officer, reason=reason, by=SecretaryFactory(), at=NOW)
    assert Officer.objects.get(pk=officer.pk).state == state


def test_ending_keeps_the_row_and_tells_those_who_speak():
    lead, secretary = officer_in(CONFIRMED, LEAD), SecretaryFactory()
    officer = officer_in(CONFIRMED, DEPUTY, city=lead.city)
    officers.end(officer, reason="Moved to Bonn.", by=secretary, at=NOW)
    kept = Officer.objects.get(pk=officer.pk)
    assert (kept.state, kept.ended_by, kept.ended_at, kept.end_reason) == (
        ENDED,
        secretary,
        NOW,
        "Moved to Bonn.",
    )
    assert told() == [("notice", [officer.user.email, lead.user.email])]


def test_a_lead_is_not_ended_nor_made_less():
    lead = officer_in(CONFIRMED, LEAD)
    officer_in(CONFIRMED, DEPUTY, city=lead.city)
    with pytest.raises(LeadNeeded):
        officers.end(lead, reason="Retired.", by=SecretaryFactory(), at=NOW)
    for level in (DEPUTY, EDITOR):
        with pytest.raises(LeadNeeded):
            officers.change_level(lead, level, by=SecretaryFactory(), at=NOW)
    kept = Officer.objects.get(pk=lead.pk)
    assert (kept.state, kept.level) == (CONFIRMED, LEAD)


def test_the_former_lead_becomes_deputy_and_can_then_be_ended():
    former = officer_in(CONFIRMED, LEAD)
    new = officer_in(CONFIRMED, DEPUTY, city=former.city)
    secretary = SecretaryFactory()
    officers.change_level(new, LEAD, by=secretary, at=NOW)
    assert dict(former.city.officers.values_list("pk", "level")) == {former.pk: DEPUTY, new.pk: LEAD}
    assert told() == [("notice", [new.user.email, former.user.email])]
    assert former.user.name in Letter.objects.get().body_en
    officers.end(former, reason="Retired.", by=secretary, at=NOW)
    check_deferred()


def test_the_level_it_has_already_tells_nobody():
    officer = officer_in(CONFIRMED, LEAD)
    assert officers.change_level(officer, LEAD, by=SecretaryFactory(), at=NOW).level == LEAD
    assert told() == []


@pytest.mark.parametrize(
    "take_away",
    [
        lambda lead: Officer.objects.filter(pk=lead.pk).update(level=DEPUTY),
        lambda lead: Officer.objects.filter(pk=lead.pk).update(state=ENDED, ended_at=NOW),
        lambda lead: Officer.objects.filter(pk=lead.pk).delete(),
    ],
)
def test_the_database_keeps_the_lead_too(take_away):
    lead = officer_in(CONFIRMED, LEAD)

    def at_the_end_of_a_transaction():
        with transaction.atomic():
            take_away(lead)
            check_deferred()

    with pytest.raises(IntegrityError, match="without a lead"):
        at_the_end_of_a_transaction()


def test_the_database_keeps_the_lead_single():
    lead = officer_in(CONFIRMED, LEAD)
    with pytest.raises(IntegrityError, match="officer_one_lead_a_city"), transaction.atomic():
        officer_in(CONFIRMED, LEAD, city=lead.city)


def test_appointing_confirms_at_once_and_takes_up_a_registration():
    waiting, secretary = officer_in(REGISTERED, EDITOR), SecretaryFactory()
    officer = officers.appoint(
        waiting.user, waiting.city, level=LEAD, function="Deputy mayor", by=secretary, at=NOW
    )
    assert (officer.pk, officer.state, officer.level) == (waiting.pk, CONFIRMED, LEAD)
    assert Officer.objects.get(pk=officer.pk).function == "Deputy mayor"
    again = officers.appoint(waiting.user, waiting.city, level=EDITOR, function="x", by=secretary, at=NOW)
    assert (again.pk, again.level) == (officer.pk, LEAD)


def test_confirming_a_city_is_for_the_secretariat_and_happens_once():
    city, secretary = CityFactory(confirmed_at=None), SecretaryFactory()
    for other in (ManagerFactory(), AdministratorFactory(), OfficerFactory(city=city).user):
        with pytest.raises(NotPermitted):
            cities.confirm(city, by=other, at=NOW)
    cities.confirm(city, by=secretary, at=NOW)
    cities.confirm(city, by=SecretaryFactory(), at=datetime(2017, 1, 1, tzinfo=UTC))
    city = City.objects.get(pk=city.pk)
    assert (city.confirmed_by, city.confirmed_at) == (secretary, NOW)
