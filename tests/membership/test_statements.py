"""What members answer, and what is entered for them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alliance.accounts.permissions import NotPermitted
from alliance.letters.states import LetterKind
from alliance.pages.files import FileTypeUnknown
from cities.states import OfficerLevel
from membership.actions import circulars, outcomes, statements
from membership.actions import statement_refusals as refusals
from membership.actions.circular_refusals import AlreadyCancelled, NotIssued
from membership.actions.memberships import end_place
from membership.models import Contestation, Statement
from membership.permissions.circulars import NotAVoice
from membership.states import Channel, CircularState, Ending, Position
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, DAY, DEADLINE, ISSUED
from tests.factories.files import upload
from tests.factories.membership import MembershipFactory
from tests.factories.people import ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def secretary():
    return SecretaryFactory()


def positions(circular, at=AFTER):
    """Who stands where: by name, silent ones left out."""
    found = outcomes.outcome_of(circular, at=at)
    return {
        str(member): found.positions[member.key] for member in found.members if found.positions[member.key]
    }


def test_lead_answers_for_the_city():
    circular = cast.issued()
    statement = statements.state(circular, position="consent", by=cast.lead("Aachen"), at=ISSUED + DAY)
    assert statement.elector == cast.elector(circular, "Aachen")
    assert (statement.position, statement.text, statement.channel) == (
        Position.CONSENT,
        "",
        Channel.SIGNED_IN,
    )
    assert statement.received_at == statement.recorded_at == ISSUED + DAY
    assert (statement.dated, statement.late) == (date(2017, 1, 30), False)
    assert positions(circular) == {"Aachen": "consent"}


def test_deputy_answers_through_any_city_of_the_membership():
    MembershipFactory(cities=[cast.city("Aachen"), cast.city("Köln")])
    deputy = cast.officer("Köln", OfficerLevel.DEPUTY)
    circular = cast.issued()
    for named in ({"city": cast.city("Aachen")}, {"city": cast.city("Köln")}, {}):
        statements.state(circular, position="abstention", by=deputy, at=ISSUED + DAY, **named)
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("position", "text", "kept"),
    [
        ("consent", " ", ("consent", "")),
        ("consent", " Welcome! ", ("consent_with_comment", "Welcome!")),
        ("consent_with_comment", "Welcome!", ("consent_with_comment", "Welcome!")),
        ("objection", "Too far.", ("objection", "Too far.")),
        ("abstention", "", ("abstention", "")),
        ("abstention", "No opinion.", ("abstention", "No opinion.")),
    ],
)
def test_position_and_words(position, text, kept):
    statement = cast.say(cast.issued(), "Aachen", position, text)
    assert (statement.position, statement.text) == kept


@pytest.mark.parametrize(
    ("position", "text", "refusal"),
    [
        ("objection", " \n", refusals.ReasonOfObjectionMissing),
        ("consent_with_comment", "", refusals.CommentMissing),
        ("", "", refusals.UnknownPosition),
        ("perhaps", "", refusals.UnknownPosition),
    ],
)
def test_answers_that_are_none(position, text, refusal):
    circular = cast.issued()
    with pytest.raises(refusal):
        statements.state(circular, position=position, text=text, by=cast.lead("Aachen"), at=ISSUED)
    assert not Statement.objects.exists()
    assert len(cast.letters(circular)) == 1


def test_the_series_grows_and_the_latest_counts():
    circular = cast.issued()
    cast.say(circular, "Aachen", "objection", at=ISSUED + DAY)
    cast.say(circular, "Aachen", "consent", at=ISSUED + 2 * DAY)
    assert [one.position for one in circular.statements.all()] == ["objection", "consent"]
    assert positions(circular) == {"Aachen": "consent"}


def test_the_same_answer_again_changes_nothing():
    circular = cast.issued()
    first = cast.say(circular, "Aachen")
    assert cast.say(circular, "Aachen", at=ISSUED + 2 * DAY) == first
    cast.say(circular, "Aachen", "abstention", at=ISSUED + 3 * DAY)
    assert cast.say(circular, "Aachen", at=ISSUED + 4 * DAY) != first
    assert circular.statements.count() == 3


def test_other_officers_get_a_copy():
    cast.members("Aachen", "Köln")
    deputy = cast.officer("Aachen", OfficerLevel.DEPUTY)
    cast.officer("Aachen", OfficerLevel.EDITOR)
    circular = cast.issued()
    cast.say(circular, "Aachen", "objection", "Too far.")
    letter = cast.letters(circular)[-1]
    assert letter.kind == LetterKind.CONFIRMATION
    assert cast.told(letter) == {"deputy@aachen.example", "editor@aachen.example"}
    assert "“Too far.”" in letter.body_en
    assert "takes the place" not in letter.body_en
    cast.say(circular, "Aachen", by=deputy, at=ISSUED + 2 * DAY)
    letter = cast.letters(circular)[-1]
    assert cast.told(letter) == {"lead@aachen.example", "editor@aachen.example"}
    assert "takes the place of the answer “Objection” that Lead of Aachen gave" in letter.body_en


def test_nobody_else_to_tell_means_no_letter():
    circular = cast.issued()
    cast.say(circular, "Aachen")
    assert cast.letters(circular, LetterKind.CONFIRMATION) == []


def test_after_the_deadline_it_is_late_and_not_counted():
    circular = cast.issued()
    cast.officer("Köln", OfficerLevel.DEPUTY)
    assert not cast.say(circular, "Aachen", at=DEADLINE).late
    assert cast.say(circular, "Köln", at=DEADLINE + SECOND).late
    assert positions(circular) == {"Aachen": "consent"}
    assert "does not count" in cast.letters(circular)[-1].body_en


def test_after_an_early_close_it_is_late(secretary):
    circular = cast.issued(rule=cast.rule("two-thirds", early_close=True))
    for name in ("Foshan", "Liuzhou", "Nanning", "Aachen"):
        cast.say(circular, name)
    circular = circulars.close(circular, by=secretary, at=ISSUED + 2 * DAY)
    assert cast.say(circular, "Köln", "objection", at=ISSUED + 3 * DAY).late
    assert positions(circular) == dict.fromkeys(("Foshan", "Liuzhou", "Nanning", "Aachen"), "consent")


def test_no_answer_to_a_cancelled_circular():
    circular = cast.in_state(CircularState.CANCELLED)
    with pytest.raises(AlreadyCancelled, match="2017/01"):
        cast.say(circular, "Aachen")


def test_no_answer_to_a_draft():
    circular = cast.draft()
    with pytest.raises(NotIssued):
        statements.state(circular, position="consent", by=cast.lead("Aachen"), at=ISSUED)


@pytest.mark.parametrize("level", [OfficerLevel.LEAD, OfficerLevel.DEPUTY])
def test_unconfirmed_officers_have_no_voice(level):
    cast.members("Foshan")
    MembershipFactory(cities=[cast.city("Aachen")])
    user = cast.officer("Aachen", level, state="registered")
    circular = cast.issued()
    with pytest.raises(NotAVoice):
        cast.say(circular, "Aachen", by=user)


def test_nobody_answers_for_another_city():
    circular = cast.issued()
    for by in (cast.lead("Köln"), UserFactory(), SecretaryFactory(), None):
        with pytest.raises(NotAVoice):
            statements.state(
                circular, elector=cast.elector(circular, "Aachen"), position="consent", by=by, at=ISSUED
            )
    assert not Statement.objects.exists()


def test_who_speaks_for_two_members_says_for_which():
    circular = cast.issued()
    lead = cast.lead("Aachen")
    from tests.factories.people import OfficerFactory

    OfficerFactory(city=cast.city("Köln"), user=lead, level=OfficerLevel.DEPUTY)
    with pytest.raises(refusals.WhichMember, match="Aachen, Köln"):
        statements.state(circular, position="consent", by=lead, at=ISSUED)
    statements.state(circular, city=cast.city("Köln"), position="consent", by=lead, at=ISSUED)
    assert positions(circular) == {"Köln": "consent"}


def test_elector_of_another_circular_is_not_asked():
    first = cast.issued()
    circulars.cancel(first, reason="Mistaken", by=None, at=ISSUED)
    second = circulars.draft_for(first.application, by=None, at=ISSUED)
    second = circulars.issue(second, by=None, at=ISSUED)
    with pytest.raises(refusals.NotAsked, match="Aachen was not asked by the circular 2017/02"):
        statements.state(
            second,
            elector=cast.elector(first, "Aachen"),
            position="consent",
            by=cast.lead("Aachen"),
            at=ISSUED,
        )


def test_city_that_is_no_member_is_not_asked():
    cast.members("Aachen")
    cast.observer("Chemnitz")
    circular = cast.issued()
    with pytest.raises(refusals.NotAsked, match="Chemnitz"):
        statements.state(
            circular, city=cast.city("Chemnitz"), position="consent", by=cast.lead("Chemnitz"), at=ISSUED
        )


def test_member_whose_membership_ended_has_no_voice(secretary):
    circular = cast.issued()
    place = cast.city("Aachen").places.get()
    end_place(place, ends=date(2017, 2, 1), ending=Ending.WITHDRAWAL, by=secretary, at=ISSUED)
    cast.say(circular, "Aachen", at=datetime(2017, 1, 31, 15, 59, tzinfo=UTC))
    with pytest.raises(NotAVoice):
        cast.say(circular, "Aachen", "objection", at=datetime(2017, 1, 31, 16, 0, tzinfo=UTC))
    with pytest.raises(refusals.NoMemberAnyMore):
        cast.enter(circular, "Aachen", at=datetime(2017, 1, 31, 16, 0, tzinfo=UTC))
    assert positions(circular) == {}


def test_entered_answer_bears_its_proof(secretary):
    circular = cast.issued()
    statement = cast.enter(circular, "Aachen", "objection", text="Too far.", by=secretary, proof=upload())
    statement.refresh_from_db()
    assert (statement.channel, statement.given_by) == (Channel.LETTER, "Mayor of Aachen")
    assert (statement.dated, statement.entered_by) == (date(2017, 1, 30), secretary)
    assert len(statement.sha256) == 64
    assert statement.file.name.startswith("statement/")
    assert positions(circular) == {"Aachen": "objection"}


def test_city_is_told_at_once_of_what_was_entered():
    cast.members("Aachen", "Köln")
    cast.officer("Aachen", OfficerLevel.DEPUTY)
    cast.officer("Aachen", OfficerLevel.EDITOR)
    circular = cast.issued()
    cast.enter(circular, "Aachen")
    letter = cast.letters(circular)[-1]
    assert cast.told(letter) == {"lead@aachen.example", "deputy@aachen.example"}
    assert (letter.kind, letter.path) == (LetterKind.CONFIRMATION, "/circulars/2017-01/")
    assert "contest it on the circular's page" in letter.body_en
    assert "Mayor of Aachen" in letter.body_en


def test_the_moment_of_receipt_decides_not_that_of_recording():
    circular = cast.issued()
    cast.say(circular, "Aachen", "consent", at=ISSUED + 5 * DAY)
    cast.enter(circular, "Aachen", "objection", text="No", received_at=ISSUED + 2 * DAY, at=ISSUED + 6 * DAY)
    assert positions(circular) == {"Aachen": "consent"}
    cast.enter(circular, "Aachen", "abstention", received_at=ISSUED + 6 * DAY, at=ISSUED + 7 * DAY)
    assert positions(circular) == {"Aachen": "abstention"}


def test_received_in_time_and_entered_after_the_close_counts_until_the_decision():
    circular = cast.closed(positions="CCCCC-")
    statement = cast.enter(circular, "Wuppertal", received_at=DEADLINE, at=AFTER + 5 * DAY)
    assert not statement.late
    assert cast.fresh(circular).result == "failed"
    assert outcomes.outcome_of(circular, at=AFTER + 5 * DAY).carried


def test_received_after_the_deadline_is_late_whenever_it_is_entered():
    circular = cast.closed(positions="CCCCC-")
    assert cast.enter(circular, "Wuppertal", received_at=DEADLINE + SECOND, at=AFTER + DAY).late
    assert not outcomes.outcome_of(circular, at=AFTER + DAY).carried


def test_entered_twice_is_kept_once(secretary):
    circular = cast.issued()
    assert cast.enter(circular, "Aachen", by=secretary) == cast.enter(circular, "Aachen", by=secretary)
    assert len(cast.letters(circular)) == 2


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"channel": "signed_in"}, refusals.UnknownChannel),
        ({"channel": "pigeon"}, refusals.UnknownChannel),
        ({"given_by": " "}, refusals.NamelessAnswer),
        ({"note": " "}, refusals.ProofMissing),
        ({"received_at": ISSUED + 3 * DAY}, refusals.ReceivedInTheFuture),
        ({"received_at": ISSUED - SECOND}, refusals.ReceivedBeforeIssue),
        ({"dated": date(2017, 2, 1)}, refusals.DatedAfterReceipt),
        ({"position": "objection"}, refusals.ReasonOfObjectionMissing),
        ({"proof": upload(b"MZ\x90\x00", "letter.pdf")}, FileTypeUnknown),
    ],
)
def test_entries_that_are_refused(values, refusal):
    circular = cast.issued()
    with pytest.raises(refusal):
        cast.enter(circular, "Aachen", **values)
    assert not Statement.objects.exists()
    assert len(cast.letters(circular)) == 1


@pytest.mark.parametrize("make", [ManagerFactory, UserFactory, lambda: None])
def test_only_a_person_of_the_secretariat_enters(make):
    circular = cast.issued()
    with pytest.raises(NotPermitted):
        statements.enter(
            circular,
            elector=cast.elector(circular, "Aachen"),
            position="consent",
            channel="letter",
            given_by="Mayor",
            dated=date(2017, 1, 30),
            received_at=ISSUED,
            note="Letter",
            by=make(),
            at=ISSUED,
        )


def test_contested_answer_does_not_count_and_the_one_before_does():
    circular = cast.issued()
    cast.say(circular, "Aachen", "abstention", at=ISSUED + DAY)
    entered = cast.enter(circular, "Aachen", "consent")
    assert positions(circular) == {"Aachen": "consent"}
    secretary = SecretaryFactory()
    contestation = statements.contest(
        entered, reason=" Nobody of us wrote this. ", by=cast.lead("Aachen"), at=ISSUED + 3 * DAY
    )
    assert contestation.reason == "Nobody of us wrote this."
    assert positions(circular) == {"Aachen": "abstention"}
    letter = cast.letters(circular)[-1]
    assert secretary.email in cast.told(letter)
    assert "Nobody of us wrote this." in letter.body_en


def test_contesting_twice_is_kept_once():
    circular = cast.issued()
    entered = cast.enter(circular, "Aachen")
    lead = cast.lead("Aachen")
    first = statements.contest(entered, reason="Not ours", by=lead, at=ISSUED + 3 * DAY)
    assert statements.contest(entered, reason="Again", by=lead, at=ISSUED + 4 * DAY) == first
    assert Contestation.objects.count() == 1


def test_contestation_refused():
    circular = cast.issued()
    own = cast.say(circular, "Aachen")
    entered = cast.enter(circular, "Aachen")
    with pytest.raises(refusals.OwnAnswer):
        statements.contest(own, reason="Not ours", by=cast.lead("Aachen"), at=ISSUED + 3 * DAY)
    with pytest.raises(refusals.ReasonOfContestationMissing):
        statements.contest(entered, reason=" ", by=cast.lead("Aachen"), at=ISSUED + 3 * DAY)
    for by in (cast.lead("Köln"), SecretaryFactory(), None):
        with pytest.raises(NotAVoice):
            statements.contest(entered, reason="Not ours", by=by, at=ISSUED + 3 * DAY)
    assert not Contestation.objects.exists()
