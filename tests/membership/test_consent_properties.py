"""What holds for every circular under every rule, searched for a counter-example."""

from datetime import timedelta
from fractions import Fraction
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from membership.consent import (
    ALLOWED_SILENCES,
    Answer,
    Electorate,
    Member,
    Position,
    Result,
    Rule,
    Side,
    Silence,
    Tally,
    Threshold,
    may_close_early,
    missing,
    outcome,
)
from membership.consent.thresholds import consents_still_needed, share_met
from tests.factories.consent import DAY, DEADLINE, SECOND, ballots, electorate

PAIRS = [(threshold, silence) for threshold, silences in ALLOWED_SILENCES.items() for silence in silences]
MINUTE = timedelta(minutes=1)

usual = settings(deadline=None)
often = settings(max_examples=300, deadline=None)

shares = st.sampled_from([Fraction(2, 3), Fraction(1, 2), Fraction(3, 4), Fraction(1, 5), Fraction(1)])
quorums = st.sampled_from([0, 1, 20, 25, 33, 34, 50, 60, 66, 67, 75, 100]) | st.integers(0, 100)


@st.composite
def rules(draw, **fixed):
    threshold, silence = draw(st.sampled_from(sorted(PAIRS)))
    fields = {"quorum_percent": quorums, "share": shares, "share_cn": shares, "share_de": shares}
    return Rule(threshold, silence, **{name: draw(value) for name, value in fields.items()}, **fixed)


@st.composite
def letters(draw, most=5):
    """Answers on both sides, consents more often than others, so that circulars are carried too."""
    written = draw(st.lists(st.sampled_from("CCCcOA--"), max_size=most))
    cut = draw(st.integers(0, len(written)))
    return "".join(written[:cut]), "".join(written[cut:])


@st.composite
def circulars(draw):
    """An electorate with exits, and statements in time, at the deadline, late, and contested."""
    asked = electorate(draw(st.integers(0, 4)), draw(st.integers(0, 4)))
    keys = [member.key for member in asked.members]
    moments = st.integers(-5, 2).map(lambda minutes: DEADLINE + minutes * MINUTE)
    leaving = draw(st.sets(st.sampled_from(keys), max_size=2)) if keys else set()
    exits = {key: draw(moments) for key in sorted(leaving)}
    spoken = st.tuples(
        st.sampled_from([*keys, "stranger"]),
        st.sampled_from([Position.CONSENT, *Position]),
        moments,
        st.integers(1, 6).map(lambda chance: chance == 1),
    )
    series = draw(st.lists(spoken, max_size=14))
    answers = [
        Answer(key, said, at, order, contested) for order, (key, said, at, contested) in enumerate(series)
    ]
    return Electorate(asked.members, exits), answers


def at_the_deadline(rule, asked, answers):
    return outcome(rule, asked, answers, deadline=DEADLINE, at=DEADLINE)


# --- The page, computed a second time in whole numbers ---


def by_hand(rule, asked, answers):
    """The result after docs/consent.md, written down as plainly as possible."""
    here = [m for m in asked.members if not (m.key in asked.exits and asked.exits[m.key] <= DEADLINE)]
    counts = {side: dict.fromkeys("COAN", 0) for side in Side if any(m.side == side for m in here)}
    for member in here:
        in_time = [a for a in answers if a.member_key == member.key and a.received_at <= DEADLINE]
        in_time = sorted((a.received_at, a.order, a.position.value) for a in in_time if not a.contested)
        letter = in_time[-1][2][0].upper() if in_time else "N"
        counts[member.side][letter] += 1
    total = {letter: sum(side[letter] for side in counts.values()) for letter in "COAN"}
    if not here or 100 * (total["C"] + total["O"] + total["A"]) < rule.quorum_percent * len(here):
        return "no_quorum"
    if rule.silence == "blocks" and total["N"]:
        return "failed"
    for side in (*counts.values(), total):
        silent = side.pop("N")
        if rule.silence in ("consent", "abstention"):
            side[rule.silence[0].upper()] += silent
    return "carried" if threshold_by_hand(rule, counts, total) else "failed"


def threshold_by_hand(rule, counts, total):
    consents, objections, abstentions = total["C"], total["O"], total["A"]

    def reaches(side, share):
        return side["C"] >= 1 and side["C"] * share.denominator >= share.numerator * (side["C"] + side["O"])

    if rule.threshold == "all_expressly":
        return consents >= 1 and objections == 0 and abstentions == 0
    if rule.threshold == "no_objection":
        return consents >= 1 and objections == 0
    if rule.threshold == "share":
        return reaches(total, rule.share)
    if rule.threshold == "two_thirds_and_a_quarter":
        return reaches(total, Fraction(2, 3)) and 4 * objections <= consents + objections + abstentions
    shares_of = {"cn": rule.share_cn, "de": rule.share_de}
    return all(reaches(side, shares_of[name]) for name, side in counts.items())


@often
@given(rules(), circulars())
def test_two_people_computing_by_hand_get_the_same_answer(rule, circular):
    assert at_the_deadline(rule, *circular).result == by_hand(rule, *circular)


@pytest.mark.parametrize(("threshold", "silence"), sorted(PAIRS))
def test_all_small_circulars_end_as_by_hand_and_miss_nothing_exactly_when_carried(threshold, silence):
    rule = Rule(threshold, silence, 40, share=Fraction(3, 4), share_cn=Fraction(1, 2), share_de=Fraction(1))
    results = set()
    for size_cn, size_de in product(range(5), range(3)):
        asked = electorate(size_cn, size_de)
        for written in product(mixtures(size_cn), mixtures(size_de)):
            answers = ballots(asked, "".join(written))
            found = at_the_deadline(rule, asked, answers).result
            assert found == by_hand(rule, asked, answers), written
            lacking = missing(rule, asked, answers, deadline=DEADLINE, at=DEADLINE)
            assert lacking.complete is (found is Result.CARRIED), written
            results.add(found)
    assert results == set(Result)


def mixtures(size):
    """Every way so many members can answer, but for who is who."""
    return ["".join(written) for written in combinations_with_replacement("COA-", size)]


# --- Statements ---


@often
@given(rules(), circulars(), st.data())
def test_a_further_consent_never_turns_carried_into_anything_else(rule, circular, data):
    asked, answers = circular
    assume(asked.members)
    who = data.draw(st.sampled_from(asked.members))
    said = data.draw(st.sampled_from([Position.CONSENT, Position.CONSENT_WITH_COMMENT]))
    when = DEADLINE - data.draw(st.integers(0, 6)) * MINUTE
    before = at_the_deadline(rule, asked, answers)
    after = at_the_deadline(rule, asked, [*answers, Answer(who.key, said, when, len(answers))])
    assert after.carried or not before.carried


@usual
@given(rules(), circulars(), st.randoms())
def test_the_order_of_statements_does_not_matter(rule, circular, random):
    asked, answers = circular
    shuffled = random.sample(answers, len(answers))
    assert at_the_deadline(rule, asked, shuffled) == at_the_deadline(rule, asked, answers)


@usual
@given(rules(), circulars(), st.data())
def test_late_and_contested_statements_change_nothing(rule, circular, data):
    asked, answers = circular
    assume(asked.members)
    who = data.draw(st.sampled_from(asked.members)).key
    said = data.draw(st.sampled_from(Position))
    late = Answer(who, said, DEADLINE + SECOND, len(answers))
    contested = Answer(who, said, DEADLINE, len(answers) + 1, contested=True)
    assert at_the_deadline(rule, asked, [*answers, late, contested]) == at_the_deadline(rule, asked, answers)


# --- Electorate ---


@usual
@given(rules(), circulars())
def test_who_has_left_might_as_well_never_have_been_asked(rule, circular):
    asked, answers = circular
    remaining = Electorate(asked.at(DEADLINE))
    assert at_the_deadline(rule, asked, answers) == at_the_deadline(rule, remaining, answers)


@usual
@given(rules(), circulars())
def test_an_exit_after_the_close_changes_nothing(rule, circular):
    asked, answers = circular
    everyone = Electorate(asked.members)
    afterwards = Electorate(asked.members, {member.key: DEADLINE + SECOND for member in asked.members})
    assert at_the_deadline(rule, afterwards, answers) == at_the_deadline(rule, everyone, answers)


@usual
@given(rules(), st.lists(st.sampled_from("COA")))
def test_an_empty_electorate_is_no_quorum(rule, spoken):
    answers = [Answer(n, Position.CONSENT, DEADLINE, n) for n, _ in enumerate(spoken)]
    assert at_the_deadline(rule, Electorate(()), answers).result is Result.NO_QUORUM


@usual
@given(shares, shares, letters())
def test_with_one_side_empty_both_sides_is_the_share_rule_of_the_other(share, other, written):
    asked = electorate(cn=len("".join(written)))
    answers = ballots(asked, "".join(written))
    both = Rule(Threshold.BOTH_SIDES, Silence.IGNORED, share_cn=share, share_de=other)
    alone = Rule(Threshold.SHARE, Silence.IGNORED, share=share)
    assert at_the_deadline(both, asked, answers).result is at_the_deadline(alone, asked, answers).result


# --- Quorum and shares ---


@usual
@given(rules(), circulars())
def test_the_quorum_does_not_depend_on_how_silence_is_read(rule, circular):
    readings = {
        at_the_deadline(
            Rule(rule.threshold, silence, quorum_percent=rule.quorum_percent), *circular
        ).result is Result.NO_QUORUM
        for silence in ALLOWED_SILENCES[rule.threshold]
    }  # fmt: skip
    assert len(readings) == 1


@usual
@given(st.integers(1, 10**30), st.integers(1, 10**30), st.integers(1, 10**30))
def test_a_share_is_reached_exactly_and_missed_by_one(denominator, below, times):
    numerator = below % denominator + 1
    share = Fraction(numerator, denominator)
    consents, objections = numerator * times, (denominator - numerator) * times
    assert share_met(Tally(consents, objections), share)
    assert not share_met(Tally(consents - 1, objections + 1), share)


# --- Words ---


@often
@given(rules(), circulars())
def test_nothing_is_missing_exactly_when_it_would_be_carried(rule, circular):
    words = missing(rule, *circular, deadline=DEADLINE, at=DEADLINE)
    assert words.complete is at_the_deadline(rule, *circular).carried


@often
@given(rules(), circulars())
def test_every_standing_can_be_told_in_full_sentences(rule, circular):
    closed = at_the_deadline(rule, *circular)
    words = missing(rule, *circular, deadline=DEADLINE, at=DEADLINE)
    for reason in (*closed.reasons, words.headline, *words.further):
        assert reason.text().endswith(".")
        assert "%(" not in reason.text()


@often
@given(st.builds(Tally, *[st.integers(0, 12)] * 4), shares, st.data())
def test_as_many_consents_as_are_said_to_be_needed_are_enough(tally, share, data):
    needed = consents_still_needed(tally, share)
    if not share_met(tally, share):
        assert tally.consents < needed <= max(1, tally.decided + tally.silent)
    speaking = data.draw(st.integers(0, tally.silent))
    won_over = data.draw(st.integers(0, tally.objections))
    assume(tally.consents + speaking + won_over >= needed)
    later = Tally(tally.consents + speaking + won_over, tally.objections - won_over, tally.abstentions)
    assert share_met(later, share)


# --- Early close, against every way the silent could take ---


def every_end(rule, written_cn, written_de):
    """The results at the deadline over all 4ⁿ ways of those still silent."""
    asked = electorate(len(written_cn), len(written_de))
    written = written_cn + written_de
    for filling in product("COA-", repeat=written.count("-")):
        answer = iter(filling)
        complete = "".join(next(answer) if letter == "-" else letter for letter in written)
        yield at_the_deadline(rule, asked, ballots(asked, complete)).carried


def early(rule, written_cn, written_de, open_questions=0):
    asked = electorate(len(written_cn), len(written_de))
    given_now = ballots(asked, written_cn + written_de)
    return may_close_early(
        rule, asked, given_now, deadline=DEADLINE, at=DEADLINE - DAY, open_questions=open_questions
    )


TWO_THIRDS = Rule(Threshold.SHARE, Silence.IGNORED, early_close=True)


@often
@given(rules(early_close=True), letters())
@example(TWO_THIRDS, ("CCCC--", ""))
@example(TWO_THIRDS, ("CCC--", ""))
@example(Rule(Threshold.SHARE, Silence.CONSENT, share=Fraction(1, 5), early_close=True), ("-----", ""))
@example(Rule(Threshold.SHARE, Silence.ABSTENTION, share=Fraction(1, 5), early_close=True), ("C----", ""))
@example(Rule(Threshold.BOTH_SIDES, Silence.IGNORED, early_close=True), ("CC-", "CC-"))
@example(Rule(Threshold.BOTH_SIDES, Silence.IGNORED, quorum_percent=75, early_close=True), ("CC-", "CC-"))
@example(Rule(Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.CONSENT, early_close=True), ("CCC-", ""))
@example(Rule(Threshold.TWO_THIRDS_AND_A_QUARTER, Silence.IGNORED, early_close=True), ("CCA-", "C"))
def test_early_close_is_allowed_exactly_when_every_end_is_carried(rule, written):
    assert early(rule, *written) is all(every_end(rule, *written))


def test_early_close_over_all_small_circulars_of_every_pair():
    """Every pair of threshold and silence, with and without quorum, on all electorates up to 2 and 1."""
    found = {True: 0, False: 0}
    for (threshold, silence), quorum in product(PAIRS, (0, 60)):
        rule = Rule(threshold, silence, quorum, share_de=Fraction(1, 2), early_close=True)
        for size_cn, size_de in product(range(3), range(2)):
            for written in product("COA-", repeat=size_cn + size_de):
                sides = "".join(written[:size_cn]), "".join(written[size_cn:])
                allowed = early(rule, *sides)
                assert allowed is all(every_end(rule, *sides)), (rule, sides)
                found[allowed] += 1
    assert min(found.values()) > 300


@usual
@given(rules(early_close=True), letters(), st.integers(1, 3))
def test_early_close_never_happens_over_an_unanswered_question(rule, written, open_questions):
    assert not early(rule, *written, open_questions=open_questions)


def test_early_close_of_a_large_circular_is_reckoned_and_not_tried_out():
    members = tuple(Member(n, Side.CN if n % 2 else Side.DE, str(n)) for n in range(2000))
    rule = Rule(Threshold.BOTH_SIDES, Silence.IGNORED, quorum_percent=50, early_close=True)

    def after(consents):
        answers = [Answer(n, Position.CONSENT, DEADLINE - DAY, n) for n in range(consents)]
        return may_close_early(
            rule, Electorate(members), answers, deadline=DEADLINE, at=DEADLINE - DAY, open_questions=0
        )

    # 667 of 1,000 on each side are two thirds even if all others object; 666 are not
    assert after(2 * 667)
    assert not after(2 * 667 - 1)
