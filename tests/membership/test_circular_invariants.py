"""What the database itself refuses, to raw SQL as well."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from membership.actions import circulars, decisions
from membership.models import Circular, CircularAttachment, Decision, Membership
from membership.states import CircularState
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, DAY, DEADLINE, ISSUED
from tests.factories.people import ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db

KEPT = (
    "circular_id, elector_id, dated, received_at, recorded_at, entered_by_id, late, filename, media_type,"
    " sha256, size"
)


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(sql, *params, match):
    with pytest.raises(DatabaseError, match=match):
        run(sql, *params)


@pytest.mark.parametrize(
    "change",
    [
        "subject_zh = 'x'", "subject_de = 'x'", "subject_en = 'x'", "body_zh = 'x'", "body_de = 'x'",
        "body_en = 'x'", "rule_content = '{}'", "deadline = deadline + interval '1 day'",
        "seal = repeat('0', 64)", "issued_at = issued_at - interval '1 day'", "number = 2", "year = 2016",
        "application_version_id = NULL", "application_id = NULL", "rule_id = NULL", "issued_by_id = NULL",
        "kind = 'information'",
    ],
)  # fmt: skip
def test_what_is_sealed_stays(change):
    cast.issued()
    refused(f"UPDATE membership_circular SET {change}", match="sealed_once_issued|Cannot update")


def test_a_draft_may_be_edited_and_deleted():
    cast.draft()
    run("UPDATE membership_circular SET subject_en = 'x'")
    run("DELETE FROM membership_circularattachment")
    run("DELETE FROM membership_circular")


@pytest.mark.parametrize("state", [CircularState.ISSUED, CircularState.CLOSED, CircularState.CANCELLED])
def test_what_was_issued_is_never_deleted(state):
    cast.in_state(state)
    refused("DELETE FROM membership_circular", match="or delete|Cannot delete")


@pytest.mark.parametrize("state", [CircularState.CLOSED, CircularState.CANCELLED])
@pytest.mark.parametrize("change", ["state = 'issued'", "result = 'carried'", "closed_early = true"])
def test_what_ended_is_untouched(state, change):
    cast.in_state(state)
    refused(f"UPDATE membership_circular SET {change}", match="Cannot update rows")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'issued'", "circular_accession_has_rule|circular_issued_has_number"),
        ("state = 'lost'", "circular_"),
        ("kind = 'poem'", "circular_kind_is_known"),
        ("cancelled_at = drafted_at", "circular_cancelled_pair"),
        ("closed_at = drafted_at", "circular_closed_pair"),
        ("number = 7, year = 2017", "circular_issued_has_number_and_seal"),
    ],
)
def test_states_have_their_moments(change, constraint):
    cast.draft()
    refused(f"UPDATE membership_circular SET {change}", match=constraint)


def test_closing_needs_a_result():
    cast.issued()
    refused(
        "UPDATE membership_circular SET state = 'closed', closed_at = %s",
        AFTER,
        match="circular_closed_accession_has_result",
    )


def test_attachments_are_frozen():
    circular = cast.issued()
    refused("DELETE FROM membership_circularattachment", match="frozen")
    refused("UPDATE membership_circularattachment SET sha256 = 'x'", match="frozen")
    row = CircularAttachment.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        row.save()
    assert circular.attachments.count() == 1


@pytest.mark.parametrize("table", ["elector", "addressee"])
def test_electorate_is_frozen(table):
    cast.issued()
    refused(f"DELETE FROM membership_{table}", match="or delete|Cannot delete")
    refused(f"UPDATE membership_{table} SET circular_id = circular_id + 1", match="Cannot update")


def test_nobody_is_added_to_the_electorate():
    circular = cast.issued()
    (membership,) = cast.members("Chemnitz")
    refused(
        "INSERT INTO membership_elector (circular_id, membership_id, side, name_zh, name_de, name_en)"
        " VALUES (%s, %s, 'DE', 'x', 'x', 'x')",
        circular.pk,
        membership.pk,
        match="the electors of an issued circular are frozen",
    )
    refused(
        "INSERT INTO membership_addressee (circular_id, city_id) VALUES (%s, %s)",
        circular.pk,
        cast.city("Chemnitz").pk,
        match="the addressees of an issued circular are frozen",
    )


@pytest.mark.parametrize("table", ["statement", "contestation", "question"])
def test_what_was_said_is_kept(table):
    circular = cast.issued()
    from membership.actions import questions, statements

    entered = cast.enter(circular, "Aachen")
    statements.contest(entered, reason="Not ours", by=cast.lead("Aachen"), at=ISSUED + 3 * DAY)
    question = questions.ask(circular, text="Why?", by=cast.lead("Aachen"), at=ISSUED + DAY)
    questions.answer(question, text="So.", by=circular.application.begun_by, at=ISSUED + DAY)
    refused(f"DELETE FROM membership_{table}", match="or delete|Cannot delete")
    changed = {
        "statement": "position = 'consent'",
        "contestation": "reason = 'x'",
        "question": "answer = 'x'",
    }
    refused(f"UPDATE membership_{table} SET {changed[table]}, id = id + 1000", match="Cannot update|violates")


def test_statements_have_words_and_proof():
    circular = cast.issued()
    cast.enter(circular, "Aachen", proof=None)
    copy = (
        f"INSERT INTO membership_statement ({KEPT}, text, file, position, channel, given_by, note)"
        f" SELECT {KEPT}, '', '', %s, %s, %s, %s FROM membership_statement"
    )
    refused(copy, "objection", "signed_in", "", "", match="statement_objection_has_a_reason")
    refused(copy, "perhaps", "signed_in", "", "", match="statement_position_is_known")
    refused(copy, "consent", "letter", "Mayor", "", match="statement_on_behalf_has_proof")
    refused(copy, "consent", "letter", "", "Letter 7", match="statement_on_behalf_has_proof")
    run(copy, "consent", "signed_in", "", "")


def test_an_answer_belongs_to_the_circular_that_asked():
    first = cast.issued()
    cast.say(first, "Aachen")
    circulars.cancel(first, reason="Mistaken", by=None, at=ISSUED + DAY)
    second = circulars.issue(
        circulars.draft_for(first.application, by=None, at=ISSUED), by=None, at=ISSUED + DAY
    )
    rest = KEPT.removeprefix("circular_id, ")
    refused(
        f"INSERT INTO membership_statement"
        f" (circular_id, {rest}, text, file, position, channel, given_by, note)"
        f" SELECT %s, {rest}, text, file, position, channel, given_by, note FROM membership_statement",
        second.pk,
        match="statement_elector_of_circular",
    )


@pytest.mark.parametrize("table", ["deadlineextension", "electorateexit", "reminder"])
def test_rows_beside_the_seal_are_kept(table):
    from datetime import date

    from membership.actions.memberships import end_place

    circular, secretary = cast.issued(), SecretaryFactory()
    circulars.extend(circular, new_deadline=AFTER, reason="Holidays", by=secretary, at=ISSUED)
    circulars.remind(circular, by=secretary, at=ISSUED)
    end_place(cast.city("Köln").places.get(), ends=date(2017, 2, 1), ending="withdrawal", by=None, at=ISSUED)
    refused(f"DELETE FROM membership_{table}", match="or delete|Cannot delete")
    refused(f"UPDATE membership_{table} SET id = id + 1000", match="Cannot update")


def test_a_deadline_is_extended_once():
    circular, secretary = cast.issued(), SecretaryFactory()
    circulars.extend(circular, new_deadline=AFTER, reason="Holidays", by=secretary, at=ISSUED)
    refused(
        "INSERT INTO membership_deadlineextension"
        " (circular_id, new_deadline, reason, extended_at, extended_by_id)"
        " SELECT circular_id, new_deadline, reason, extended_at, extended_by_id"
        " FROM membership_deadlineextension",
        match="unique",
    )


ACCEPT = (
    "INSERT INTO membership_decision (application_id, circular_id, kind, result, outcome, reason, decided_at,"
    " decided_by_id, member_from, occasion, membership_id)"
    " VALUES (%s, %s, 'accepted', %s, '{}', '', %s, %s, '2017-04-24', '', %s)"
)


def accept_by_hand(circular, result):
    membership = Membership.objects.create(kind="full", beginning="application", recorded_at=AFTER)
    return (ACCEPT, circular.application_id, circular.pk, result, AFTER, ManagerFactory().pk, membership.pk)


@pytest.mark.parametrize("positions", ["CCCCC-", "------"])
def test_nothing_is_accepted_without_a_carried_circular(positions):
    circular = cast.closed(positions=positions)
    for result in ("carried", "failed"):
        refused(*accept_by_hand(circular, result), match="acceptance needs a carried circular")


def test_nothing_is_accepted_before_the_close():
    circular = cast.issued()
    refused(*accept_by_hand(circular, "carried"), match="acceptance needs a carried circular")


def test_a_carried_circular_of_another_application_does_not_help():
    from tests.factories.applications import submitted
    from tests.factories.cities import CityFactory

    circular = cast.closed(positions="CCCCCC")
    other = submitted(CityFactory(name_de="Chemnitz"))
    sql, _application, *rest = accept_by_hand(circular, "carried")
    refused(sql, other.pk, *rest, match="acceptance needs a carried circular")


def test_a_carried_circular_is_enough_once():
    circular = cast.closed(positions="CCCCCC")
    run(*accept_by_hand(circular, "carried"))
    refused(*accept_by_hand(circular, "carried"), match="decision_accepted_once")


def test_decisions_are_kept():
    application = cast.closed(positions="CCCCCC").application
    decisions.decline(application, reason="Council", by=ManagerFactory(), at=AFTER)
    refused("DELETE FROM membership_decision", match="or delete|Cannot delete")
    refused("UPDATE membership_decision SET reason = 'x'", match="Cannot update")


def test_declining_needs_a_reason():
    circular = cast.closed(positions="CCCCCC")
    with pytest.raises(IntegrityError, match="decision_has_date_or_reason"), transaction.atomic():
        Decision.objects.create(
            application=circular.application,
            circular=circular,
            kind="declined",
            result="carried",
            outcome={},
            reason=" ",
            decided_at=AFTER,
            decided_by=ManagerFactory(),
        )


def test_rules_are_kept():
    refused("DELETE FROM membership_consentrule", match="or delete|Cannot delete")
    refused("UPDATE membership_consentrule SET silence = 'consent'", match="Cannot update|pair_has")
    refused(
        "INSERT INTO membership_consentrule (key, version, name_zh, name_de, name_en, threshold,"
        " share_numerator, share_denominator, share_cn_numerator, share_cn_denominator, share_de_numerator,"
        " share_de_denominator, silence, quorum_percent, period_days, zone, early_close, visibility,"
        " reminder_days, wait_days, made_at)"
        " VALUES ('own', 1, 'x', 'x', 'x', 'all_expressly', 2, 3, 2, 3, 2, 3,"
        " 'consent', 0, 42, 'Asia/Shanghai', false, 'members', '{}', 0, %s)",
        ISSUED,
        match="rule_pair_has_a_meaning",
    )


def test_one_number_one_circular():
    circular = cast.closed(positions="CCCCC-")
    second = circulars.draft_for(circular.application, by=None, at=AFTER)
    with pytest.raises(IntegrityError, match="circular_number_once"), transaction.atomic():
        Circular.objects.filter(pk=second.pk).update(
            state="issued", year=2017, number=1, issued_at=AFTER, seal="0" * 64, rule_content={},
            application_version=circular.application_version,
        )  # fmt: skip


def test_changes_by_raw_sql_stand_in_the_trail():
    circular = cast.draft()
    run("UPDATE membership_circular SET subject_en = 'x'")
    events = Circular.pgh_event_model.objects.filter(pgh_obj_id=circular.pk).order_by("pk")
    assert events.last().subject_en == "x"
    assert circular.deadline == DEADLINE
