"""Circulars for information: to all or to one side, acknowledged city by city."""

import pytest

from alliance.accounts.permissions import NotPermitted
from cities.states import Country
from membership import tasks
from membership.actions import acknowledgements, circulars, information, statements
from membership.actions.acknowledgements import AsksForNoAcknowledgement
from membership.actions.circular_refusals import (
    AlreadyCancelled,
    AlreadyClosed,
    AsksForNoStatement,
    DeadlineAhead,
    DeadlineInThePast,
    NobodyToAsk,
    NobodyToRemind,
    NotADraft,
    NotIssued,
    TextsMissing,
    UnknownPlaceholder,
)
from membership.actions.information import NotForInformation, UnknownSide
from membership.actions.statement_refusals import NoMemberAnyMore, NotAsked
from membership.models import Acknowledgement, Circular, ElectorateExit
from membership.permissions.circulars import NotTheCitysVoice
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, CAST, DAY, DEADLINE, ISSUED, TEXTS, fresh
from tests.factories.people import ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db
CHINESE = {"Foshan", "Liuzhou", "Nanning"}
GERMAN = {"Aachen", "Köln", "Wuppertal"}


def missing(circular, at=ISSUED + DAY):
    return {row.city.name_de for row in acknowledgements.cities_missing(circular, at=at)}


def addresses(names):
    return {f"lead@{cast.city(name).slug}.example" for name in names}


def test_it_is_numbered_sealed_and_sent_to_all():
    cast.members()
    cast.observer("Trier")
    circular = cast.information(deadline=DEADLINE)
    assert (circular.kind, circular.label, circular.state, circular.deadline) == (
        "information",
        "2017/01",
        "issued",
        DEADLINE,
    )
    assert circular.rule is None
    assert circular.rule_content is None
    assert len(circular.seal) == 64
    assert {elector.name_de for elector in circular.electors.all()} == set(CAST)
    assert cast.told(circular.letter) == addresses([*CAST, "Trier"])
    assert "Please acknowledge by 12 March 2017, 23:59 Foshan time" in circular.letter.body_en


def test_without_a_deadline_it_names_none():
    circular = cast.information()
    assert circular.deadline is None
    assert "acknowledge by" not in circular.letter.body_en
    assert not circular.letter.attachments.filter(media_type="text/calendar").exists()


@pytest.mark.parametrize(("side", "names"), [(Country.CHINA, CHINESE), (Country.GERMANY, GERMAN)])
def test_it_goes_to_one_side(side, names):
    cast.members()
    cast.observer("Trier")
    circular = cast.information(side=side)
    assert {elector.name_de for elector in circular.electors.all()} == names
    assert {elector.side for elector in circular.electors.all()} == {side}
    observers = {"Trier"} if side == Country.GERMANY else set()
    assert {row.city.name_de for row in circular.addressees.all()} == names | observers
    assert cast.told(circular.letter) == addresses(names | observers)


def test_who_was_not_told_does_not_see_it():
    cast.members()
    circular = cast.information(side=Country.CHINA)
    assert list(Circular.objects.visible_to(cast.lead("Foshan"))) == [circular]
    assert list(Circular.objects.visible_to(cast.lead("Aachen"))) == []


def test_a_side_without_members_is_nobody_to_ask():
    cast.members("Aachen")
    with pytest.raises(NobodyToAsk):
        cast.information(side=Country.CHINA)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"side": "FR"}, UnknownSide),
        ({"deadline": ISSUED}, DeadlineInThePast),
    ],
)
def test_a_draft_that_makes_no_sense_is_refused(changes, refusal):
    secretary = SecretaryFactory()
    with pytest.raises(refusal):
        information.begin(**{"texts": TEXTS, **changes}, by=secretary, at=ISSUED)
    assert not Circular.objects.exists()


@pytest.mark.parametrize(
    ("texts", "refusal"),
    [({**TEXTS, "body_de": " "}, TextsMissing), ({**TEXTS, "body_en": "Until {end}"}, UnknownPlaceholder)],
)
def test_texts_are_checked_when_it_is_issued(texts, refusal):
    cast.members()
    secretary = SecretaryFactory()
    draft = information.begin(texts=texts, by=secretary, at=ISSUED)
    with pytest.raises(refusal):
        circulars.issue(draft, by=secretary, at=ISSUED)


def test_only_the_secretariat_begins_and_saves():
    draft = cast.information(issue=False)
    for other in (ManagerFactory(), cast.lead("Aachen")):
        with pytest.raises(NotPermitted):
            information.begin(texts=TEXTS, by=other, at=ISSUED)
        with pytest.raises(NotPermitted):
            information.save(draft, texts=TEXTS, by=other, at=ISSUED)


def test_saving_replaces_everything_and_takes_a_deadline_away():
    draft = cast.information(issue=False, deadline=DEADLINE, side=Country.CHINA)
    information.save(draft, texts={**TEXTS, "subject_en": " Autumn "}, by=SecretaryFactory(), at=ISSUED)
    kept = fresh(draft)
    assert (kept.subject_en, kept.side, kept.deadline) == ("Autumn", "", None)


def test_what_is_issued_or_asks_for_consent_is_not_saved():
    asks = cast.draft()
    with pytest.raises(NotForInformation):
        information.save(asks, texts=TEXTS, by=SecretaryFactory(), at=ISSUED)
    with pytest.raises(NotADraft):
        information.save(cast.information(), texts=TEXTS, by=SecretaryFactory(), at=ISSUED)


def test_a_city_acknowledges_once():
    circular = cast.information()
    deputy = cast.officer("Aachen", "deputy")
    made = cast.acknowledge(circular, "Aachen", by=deputy)
    assert (made.city, made.channel, made.made_at, made.made_by) == (
        cast.city("Aachen"),
        "signed_in",
        ISSUED + DAY,
        deputy,
    )
    assert cast.acknowledge(circular, "Aachen", at=ISSUED + 2 * DAY) == made
    assert missing(circular) == set(CAST) - {"Aachen"}


def test_only_those_who_speak_for_the_city_acknowledge():
    circular = cast.information()
    others = (
        cast.officer("Aachen", "editor"), cast.lead("Foshan"), SecretaryFactory(), ManagerFactory(), None
    )  # fmt: skip
    for other in others:
        with pytest.raises(NotTheCitysVoice):
            acknowledgements.acknowledge(circular, city=cast.city("Aachen"), by=other, at=ISSUED + DAY)
    assert not Acknowledgement.objects.exists()


def test_only_a_city_of_a_member_asked_acknowledges():
    cast.members()
    cast.observer("Trier")
    circular = cast.information(side=Country.GERMANY)
    for name in ("Foshan", "Trier"):
        with pytest.raises(NotAsked):
            cast.acknowledge(circular, name)


def test_a_city_that_has_left_is_not_waited_for():
    circular = cast.information()
    ElectorateExit.objects.create(elector=cast.elector(circular, "Aachen"), left_at=ISSUED)
    assert missing(circular) == set(CAST) - {"Aachen"}
    with pytest.raises(NoMemberAnyMore):
        cast.acknowledge(circular, "Aachen")


def test_nothing_else_is_acknowledged_and_information_is_not_answered():
    with pytest.raises(AsksForNoAcknowledgement):
        cast.acknowledge(cast.issued(), "Aachen")
    with pytest.raises(AsksForNoStatement):
        statements.state(cast.information(), position="consent", by=cast.lead("Aachen"), at=ISSUED + DAY)


def test_a_draft_is_not_acknowledged():
    with pytest.raises(NotIssued):
        cast.acknowledge(cast.information(issue=False), "Aachen")


def test_what_has_ended_is_not_acknowledged():
    closed, cancelled = cast.information(), cast.information()
    circulars.close(closed, by=SecretaryFactory(), at=ISSUED + DAY)
    circulars.cancel(cancelled, reason="Mistaken.", by=SecretaryFactory(), at=ISSUED + DAY)
    with pytest.raises(AlreadyClosed):
        cast.acknowledge(closed, "Aachen", at=ISSUED + 2 * DAY)
    with pytest.raises(AlreadyCancelled):
        cast.acknowledge(cancelled, "Aachen", at=ISSUED + 2 * DAY)


def test_the_worker_closes_it_at_its_deadline():
    circular, endless = cast.information(deadline=DEADLINE), cast.information()
    assert tasks.close_due_circulars(at=DEADLINE - DAY) == 0
    assert tasks.close_due_circulars(at=AFTER) == 1
    assert (fresh(circular).state, fresh(circular).result, fresh(circular).outcome) == ("closed", "", None)
    assert fresh(endless).state == "issued"


def test_by_hand_it_closes_when_no_deadline_is_ahead():
    with pytest.raises(DeadlineAhead):
        circulars.close(cast.information(deadline=DEADLINE), by=SecretaryFactory(), at=ISSUED + DAY)
    assert circulars.close(cast.information(), by=SecretaryFactory(), at=ISSUED + DAY).state == "closed"


def test_the_missing_cities_are_reminded():
    circular = cast.information(deadline=DEADLINE)
    cast.acknowledge(circular, "Aachen")
    reminder = circulars.remind(circular, by=SecretaryFactory(), at=ISSUED + 2 * DAY)
    assert {elector.name_de for elector in reminder.electors.all()} == set(CAST) - {"Aachen"}
    assert cast.told(reminder.letter) == addresses(set(CAST) - {"Aachen"})
    assert "your acknowledgement is still missing" in reminder.letter.subject_en
    assert "Please acknowledge it by 12 March 2017, 23:59 Foshan time" in reminder.letter.body_en
    assert circulars.remind(circular, by=SecretaryFactory(), at=ISSUED + 2 * DAY) == reminder


def test_nobody_is_reminded_without_a_deadline_or_when_all_have_taken_note():
    with pytest.raises(AsksForNoStatement):
        circulars.remind(cast.information(), by=SecretaryFactory(), at=ISSUED + DAY)
    circular = cast.information(deadline=DEADLINE)
    for name in CAST:
        cast.acknowledge(circular, name)
    with pytest.raises(NobodyToRemind):
        circulars.remind(circular, by=SecretaryFactory(), at=ISSUED + 2 * DAY)


def test_it_reminds_nobody_by_itself():
    cast.information(deadline=DEADLINE)
    assert tasks.send_due_reminders(at=DEADLINE - DAY) == 0


def test_in_a_joint_membership_each_city_acknowledges_for_itself():
    cast.officer("Aachen")
    cast.officer("Köln")
    joint = cast.MembershipFactory(cities=[cast.city("Aachen"), cast.city("Köln")])
    circular = cast.information(deadline=DEADLINE)
    cast.acknowledge(circular, "Aachen")
    reminder = circulars.remind(circular, by=SecretaryFactory(), at=ISSUED + 2 * DAY)
    assert [elector.membership for elector in reminder.electors.all()] == [joint]
    assert cast.told(reminder.letter) == addresses(["Köln"])
