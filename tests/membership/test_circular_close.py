"""How a circular ends, early or at its deadline; how the deadline moves; how it is cancelled."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from alliance.accounts.permissions import NotPermitted
from alliance.letters.states import LetterKind
from membership import consent, tasks
from membership.actions import applications, circulars, outcomes, questions
from membership.actions.circular_refusals import (
    AlreadyCancelled,
    AlreadyClosed,
    AlreadyExtended,
    CannotCloseEarly,
    DeadlineAhead,
    DeadlinePassed,
    DeadlineTooFar,
    NotIssued,
    NotLater,
    ReasonMissing,
)
from membership.actions.memberships import end_place
from membership.models import DeadlineExtension, ElectorateExit
from membership.states import ApplicationState, CircularState, Ending, Result
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, DAY, DEADLINE, ISSUED
from tests.factories.people import ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
EVERYBODY = {
    "lead@foshan.example", "lead@liuzhou.example", "lead@nanning.example", "lead@aachen.example",
    "lead@koeln.example", "lead@wuppertal.example",
}  # fmt: skip


@pytest.fixture
def secretary():
    return SecretaryFactory()


def applicants(circular):
    application = circular.application
    return {application.begun_by.email, application.contact_email}


def early(**changes):
    return cast.rule("two-thirds", early_close=True, **changes)


@pytest.mark.parametrize(
    ("positions", "result"),
    [
        ("CCCCCC", Result.CARRIED),
        ("CCCCC-", Result.FAILED),
        ("CCCCCO", Result.FAILED),
        ("CCCCCA", Result.FAILED),
        ("------", Result.FAILED),
    ],
)
def test_close_keeps_the_outcome(positions, result):
    circular = cast.fresh(cast.closed(positions=positions))
    assert (circular.state, circular.result) == (CircularState.CLOSED, result)
    assert (circular.closed_at, circular.closed_by, circular.closed_early) == (AFTER, None, False)
    kept, now = outcomes.closing_outcome(circular), outcomes.outcome_of(circular, at=AFTER)
    assert kept.text() == now.text()
    assert (kept.result, kept.consents, kept.silent, kept.positions, kept.sides) == (
        now.result,
        now.consents,
        now.silent,
        now.positions,
        now.sides,
    )


def test_kept_outcome_is_told_in_the_language_of_the_reader():
    circular = cast.closed(positions="CCCCCO")
    outcome = outcomes.closing_outcome(cast.fresh(circular))
    with override("en"):
        assert "Wuppertal" in outcome.text()
    with override("zh-hans"):
        assert "乌珀塔尔" in outcome.text()


@pytest.mark.parametrize("key", ["all-expressly", "silence-procedure", "two-thirds", "both-sides"])
@pytest.mark.parametrize("positions", ["CCOA--", "CCCCCC", "OOO---"])
def test_outcome_survives_being_kept(key, positions):
    circular = cast.closed(positions=positions, rule=cast.rule(key))
    kept = outcomes.closing_outcome(cast.fresh(circular))
    computed = outcomes.outcome_of(circular, at=AFTER)
    assert outcomes.as_content(kept) == outcomes.as_content(computed) == cast.fresh(circular).outcome


def test_result_is_told_to_members_and_applicant():
    circular = circulars.close(cast.issued(), at=AFTER)
    letter = cast.letters(circular)[-1]
    assert letter.kind == LetterKind.NOTICE
    assert cast.told(letter) == EVERYBODY | applicants(circular)
    assert "Failed" in letter.subject_en
    assert "a new circular would be the way" in letter.body_en


def test_observers_are_told_the_result_and_not_who_answered_what():
    cast.members()
    cast.observer("Chemnitz")
    circular = cast.issued()
    cast.say(circular, "Foshan", "objection", text="Too far")
    circular = circulars.close(circular, at=AFTER)
    for_information, result = cast.letters(circular)[-2:]
    assert cast.told(result) == EVERYBODY | applicants(circular)
    assert "Foshan" in result.body_en
    assert cast.told(for_information) == {"lead@chemnitz.example"}
    assert for_information.kind == LetterKind.NOTICE
    assert "Result: Failed" in for_information.body_en
    assert "a new circular would be the way" in for_information.body_en
    assert "Foshan" not in for_information.body_en


def test_without_observers_there_is_one_letter_of_the_result():
    circular = cast.issued()
    before = len(cast.letters(circular))
    assert len(cast.letters(circulars.close(circular, at=AFTER))) == before + 1


def test_closing_again_changes_nothing(secretary):
    circular = cast.closed()
    count = len(cast.letters(circular))
    again = circulars.close(circular, by=secretary, at=AFTER + DAY)
    assert (again.closed_at, again.closed_by) == (AFTER, None)
    assert len(cast.letters(circular)) == count


def test_system_waits_for_the_deadline():
    circular = cast.issued()
    with pytest.raises(DeadlineAhead, match="12 March 2017, 23:59"):
        circulars.close(circular, at=DEADLINE - SECOND)
    assert circulars.close(circular, at=DEADLINE).state == CircularState.CLOSED


def test_secretariat_closes_after_the_deadline_too(secretary):
    circular = circulars.close(cast.issued(), by=secretary, at=AFTER)
    assert (circular.closed_by, circular.closed_early) == (secretary, False)


def test_answer_received_at_the_deadline_counts():
    circular = cast.issued(rule=cast.rule("silence-procedure"))
    deadline = circular.deadline
    cast.say(circular, "Foshan", at=deadline)
    cast.say(circular, "Aachen", "objection", at=deadline + SECOND)
    outcome = outcomes.outcome_of(circular, at=deadline + DAY)
    assert (outcome.consents, outcome.objections) == (1, 0)


def test_late_close_counts_as_the_deadline_does():
    """The worker was away: a member that left after the deadline still counts."""
    circular = cast.issued()
    for name in cast.CAST:
        cast.say(circular, name)
    elector = cast.elector(circular, "Köln")
    ElectorateExit.objects.create(elector=elector, left_at=AFTER + DAY)
    closed = circulars.close(circular, at=AFTER + 3 * DAY)
    assert closed.outcome["consents"] == 6


def test_member_that_left_before_the_deadline_does_not_count(secretary):
    circular = cast.issued()
    for name in cast.CAST:
        cast.say(circular, name, "objection" if name == "Köln" else "consent")
    place = cast.city("Köln").places.get()
    left_on = datetime(2017, 2, 20, tzinfo=UTC).date()
    end_place(place, ends=left_on, ending=Ending.WITHDRAWAL, by=secretary, at=ISSUED + DAY)
    closed = circulars.close(circular, at=AFTER)
    assert (closed.result, closed.outcome["consents"]) == (Result.CARRIED, 5)


def test_early_close_by_the_secretariat(secretary):
    circular = cast.issued(rule=early())
    for name in ("Foshan", "Liuzhou", "Nanning", "Aachen"):
        cast.say(circular, name)
    assert outcomes.record_of(circular).early_close_hindrances(ISSUED + 2 * DAY) == ()
    closed = circulars.close(circular, by=secretary, at=ISSUED + 2 * DAY)
    assert (closed.result, closed.closed_early, closed.closed_by) == (Result.CARRIED, True, secretary)


def test_never_early_by_itself():
    circular = cast.issued(rule=early())
    for name in cast.CAST:
        cast.say(circular, name)
    with pytest.raises(DeadlineAhead):
        circulars.close(circular, at=ISSUED + 2 * DAY)


def test_not_early_where_the_rule_does_not_say_so(secretary):
    circular = cast.issued()
    for name in cast.CAST:
        cast.say(circular, name)
    with pytest.raises(CannotCloseEarly, match="does not allow"):
        circulars.close(circular, by=secretary, at=ISSUED + 2 * DAY)


def test_not_early_while_the_silent_could_change_it(secretary):
    circular = cast.issued(rule=early())
    for name in ("Foshan", "Liuzhou", "Nanning"):
        cast.say(circular, name)
    with pytest.raises(CannotCloseEarly, match="objected"):
        circulars.close(circular, by=secretary, at=ISSUED + 2 * DAY)


def test_not_early_while_a_question_is_open(secretary):
    circular = cast.issued(rule=early())
    for name in cast.CAST:
        cast.say(circular, name)
    question = questions.ask(circular, text="Why?", by=cast.lead("Foshan"), at=ISSUED + DAY)
    with pytest.raises(CannotCloseEarly, match="One question"):
        circulars.close(circular, by=secretary, at=ISSUED + 2 * DAY)
    questions.answer(question, text="So.", by=circular.application.begun_by, at=ISSUED + 2 * DAY)
    assert circulars.close(circular, by=secretary, at=ISSUED + 2 * DAY).closed_early


def test_an_open_question_does_not_hold_up_the_deadline():
    circular = cast.issued()
    questions.ask(circular, text="Why?", by=cast.lead("Foshan"), at=ISSUED + DAY)
    assert circulars.close(circular, at=AFTER).state == CircularState.CLOSED


def test_close_is_never_before_what_was_recorded(secretary):
    """The statement took the lock first; the secretary's clock had been read a moment before."""
    circular = cast.issued(rule=early())
    for name in cast.CAST:
        cast.say(circular, name, at=ISSUED + DAY)
    cast.say(circular, "Köln", "objection", at=ISSUED + DAY + SECOND)
    closed = circulars.close(circular, by=secretary, at=ISSUED + DAY)
    assert closed.closed_at == ISSUED + DAY + SECOND
    assert closed.outcome["objections"] == 1


def test_extension_moves_the_deadline_once(secretary):
    circular = cast.issued()
    new = DEADLINE + 7 * DAY
    circulars.extend(circular, new_deadline=new, reason=" Holidays ", by=secretary, at=DEADLINE)
    circular = cast.fresh(circular)
    assert (circular.deadline, circular.current_deadline) == (DEADLINE, new)
    extension = DeadlineExtension.objects.get()
    assert (extension.reason, extension.extended_by, extension.extended_at) == (
        "Holidays",
        secretary,
        DEADLINE,
    )
    with pytest.raises(AlreadyExtended):
        circulars.extend(circular, new_deadline=new + DAY, reason="More", by=secretary, at=DEADLINE)
    with pytest.raises(DeadlineAhead):
        circulars.close(circular, at=AFTER)
    cast.say(circular, "Foshan", at=new)
    assert not circular.statements.get().late
    assert circulars.close(circular, at=new + SECOND).outcome["consents"] == 1


def test_everybody_asked_is_told_of_an_extension(secretary):
    cast.members()
    cast.observer("Chemnitz")
    circular = cast.issued()
    circulars.extend(circular, new_deadline=AFTER, reason="Holidays", by=secretary, at=ISSUED)
    letter = cast.letters(circular)[-1]
    assert cast.told(letter) == EVERYBODY | applicants(circular) | {"lead@chemnitz.example"}
    assert "Reason: Holidays" in letter.body_en


def test_extension_sent_twice_is_made_once(secretary):
    circular = cast.issued()
    for _ in range(2):
        circulars.extend(circular, new_deadline=AFTER, reason="Holidays", by=secretary, at=ISSUED)
    assert len(cast.letters(circular)) == 2


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"new_deadline": DEADLINE}, NotLater),
        ({"new_deadline": DEADLINE.replace(year=9999)}, DeadlineTooFar),
        ({"reason": " "}, ReasonMissing),
        ({"at": AFTER}, DeadlinePassed),
    ],
)
def test_extension_refused(values, refusal, secretary):
    circular = cast.issued()
    given = {"new_deadline": DEADLINE + DAY, "reason": "Holidays", "at": ISSUED, **values}
    with pytest.raises(refusal):
        circulars.extend(circular, by=secretary, **given)
    assert not DeadlineExtension.objects.exists()
    assert len(cast.letters(circular)) == 1


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (CircularState.DRAFT, NotIssued),
        (CircularState.CLOSED, AlreadyClosed),
        (CircularState.CANCELLED, AlreadyCancelled),
    ],
)
def test_only_an_open_circular_is_extended(state, refusal, secretary):
    circular = cast.in_state(state)
    with pytest.raises(refusal):
        circulars.extend(circular, new_deadline=AFTER + DAY, reason="Holidays", by=secretary, at=ISSUED)


def test_cancel_tells_everybody_why_and_keeps_the_number(secretary):
    cast.members()
    cast.observer("Chemnitz")
    circular = circulars.cancel(cast.issued(), reason="The text is mistaken.", by=secretary, at=ISSUED + DAY)
    circular = cast.fresh(circular)
    assert (circular.state, circular.label) == (CircularState.CANCELLED, "2017/01")
    assert (circular.cancelled_by, circular.cancelled_at) == (secretary, ISSUED + DAY)
    letter = cast.letters(circular)[-1]
    assert cast.told(letter) == EVERYBODY | applicants(circular) | {"lead@chemnitz.example"}
    assert "Reason: The text is mistaken." in letter.body_en
    assert circular.application.state == ApplicationState.IN_CONSULTATION
    assert circulars.draft_for(circular.application, by=secretary, at=ISSUED + DAY).pk != circular.pk


def test_cancel_needs_a_reason(secretary):
    circular = cast.issued()
    with pytest.raises(ReasonMissing):
        circulars.cancel(circular, reason=" ", by=secretary, at=ISSUED)
    assert cast.fresh(circular).is_open


def test_cancelling_again_changes_nothing(secretary):
    circular = cast.in_state(CircularState.CANCELLED)
    again = circulars.cancel(circular, reason="Other", by=secretary, at=AFTER)
    assert again.cancel_reason == "The text is mistaken."
    assert len(cast.letters(circular)) == 2


def test_a_closed_circular_is_not_cancelled(secretary):
    with pytest.raises(AlreadyClosed):
        circulars.cancel(cast.closed(), reason="Mistaken", by=secretary, at=AFTER)


def test_management_does_not_cancel():
    circular = cast.issued()
    with pytest.raises(NotPermitted):
        circulars.cancel(circular, reason="Mistaken", by=ManagerFactory(), at=ISSUED)


def test_retraction_cancels_the_circular():
    circular = cast.issued()
    application = circular.application
    applications.retract(application, by=application.begun_by, reason="Council has changed", at=ISSUED + DAY)
    circular = cast.fresh(circular)
    assert circular.state == CircularState.CANCELLED
    assert "Council has changed" in circular.cancel_reason


def test_worker_closes_what_is_due():
    circular = cast.issued()
    assert tasks.close_due_circulars(at=DEADLINE - SECOND) == 0
    assert cast.fresh(circular).is_open
    assert tasks.close_due_circulars(at=DEADLINE) == 1
    assert tasks.close_due_circulars(at=AFTER) == 0
    assert cast.fresh(circular).closed_at == DEADLINE


def test_worker_waits_for_an_extended_deadline(secretary):
    circular = cast.issued()
    circulars.extend(circular, new_deadline=AFTER + DAY, reason="Holidays", by=secretary, at=ISSUED)
    assert tasks.close_due_circulars(at=AFTER) == 0
    assert tasks.close_due_circulars(at=AFTER + DAY) == 1


@pytest.mark.parametrize("members", [3, 6])
def test_outcome_is_read_in_as_many_queries_for_six_members_as_for_three(members, django_assert_num_queries):
    names = list(cast.CAST)[:members]
    circular = cast.issued(*names)
    for name in names:
        cast.say(circular, name)
    circular = type(circular).objects.select_related("extension").get()
    with django_assert_num_queries(3):
        assert outcomes.outcome_of(circular, at=ISSUED + 2 * DAY).text()


def test_what_is_missing_is_said_in_words():
    circular = cast.issued()
    for name in ("Foshan", "Liuzhou"):
        cast.say(circular, name)
    cast.say(circular, "Aachen", "objection")
    missing = outcomes.record_of(circular).missing(ISSUED + 2 * DAY)
    assert missing.headline.text() == "Needs 6 consents, has 2."
    assert "Aachen objects" in missing.text()
    assert isinstance(outcomes.electorate_of(circular), consent.Electorate)
