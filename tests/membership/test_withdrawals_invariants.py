"""Nobody sets a withdrawal effective while a member was not told: no action, no form, no raw SQL."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from membership import tasks
from membership.actions import notice_terms
from membership.models import Circular, Membership, Withdrawal
from membership.models.membership import open_period
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.people import AdministratorFactory, SecretaryFactory
from tests.factories.withdrawals import DAY, FILED, HOUR, OUT, THREE, information, one_missing, open_copy
from tests.raw_sql import KEPT, check_now, refused, run

pytestmark = pytest.mark.django_db
NOT_ALL_TOLD = "effective once all member cities were told"
OWN_NOTICE = "communicated by its own notice"


EFFECTIVE = "UPDATE membership_withdrawal SET state = 'effective', effective_at = %s"
END_PLACE = (
    "UPDATE membership_membershipcity SET period = daterange(lower(period), %s)"
    " WHERE id = (SELECT place_id FROM membership_withdrawal)"
)


def end_place():
    run(END_PLACE, (OUT + DAY).date())


@pytest.mark.parametrize("moment", [OUT, OUT + HOUR, OUT + 900 * DAY])
def test_raw_sql_does_not_set_it_effective_while_one_is_missing(moment):
    one_missing()
    end_place()
    refused(EFFECTIVE, moment, match=NOT_ALL_TOLD)


def all_told(notice_days=0):
    """All were told, the last at OUT + 3 hours; a notice period keeps it from being effective."""
    notice_terms.set_terms(waiting_hours=24, notice_days=notice_days or 1, by=None, at=FILED - DAY)
    withdrawal = leaving.communicated(members=THREE)
    open_copy(withdrawal.circular, "Foshan", at=OUT + HOUR)
    open_copy(withdrawal.circular, "Aachen", at=OUT + 3 * HOUR)
    end_place()
    return leaving.fresh(withdrawal)


@pytest.mark.parametrize(
    "moment",
    [OUT, OUT + HOUR, OUT + 3 * HOUR, OUT + 3 * HOUR + DAY - timedelta(microseconds=1), OUT + 9 * DAY],
)
def test_its_moment_is_that_of_the_last_record_plus_the_notice_period(moment):
    all_told()
    refused(EFFECTIVE, moment, match=NOT_ALL_TOLD)


def test_at_that_moment_it_is():
    all_told()
    run(EFFECTIVE, OUT + 3 * HOUR + DAY)


def test_an_effective_withdrawal_ends_the_place():
    withdrawal = all_told()
    open_end = open_period(withdrawal.place.begins)
    run("UPDATE membership_membershipcity SET period = %s WHERE id = %s", open_end, withdrawal.place_id)
    refused(EFFECTIVE, OUT + 3 * HOUR + DAY, match="ends the place of the city")


COLUMNS = (
    "place_id, reason, wished_end, dated, signed_by, on_behalf, filed_at, filed_by_id, circular_id,"
    " communicated_at, communicated_by_id, revoke_reason, file, filename, media_type, size, sha256"
)


def test_nobody_inserts_an_effective_withdrawal():
    """With the notice of the one that is being communicated, after that one was put out of the way."""
    withdrawal = one_missing()
    end_place()
    with pgtrigger.ignore("membership.Withdrawal:withdrawal_is_kept"):
        columns, values = (
            COLUMNS,
            Withdrawal.objects.filter(pk=withdrawal.pk).values_list(*COLUMNS.split(", ")),
        )
        row = values.get()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM membership_withdrawal")
    marks = ", ".join(["%s"] * len(row))
    insert = f"INSERT INTO membership_withdrawal ({columns}, reference, state, effective_at) VALUES ({marks}, 'W 1', 'effective', %s)"  # fmt: skip # noqa: E501
    refused(insert, *row, OUT + 9 * DAY, match=NOT_ALL_TOLD)


def test_the_transition_alone_is_refused_as_well():
    withdrawal = one_missing()
    end_place()
    withdrawal.take_effect(at=OUT + DAY)
    withdrawal.save()
    with pytest.raises(IntegrityError, match=NOT_ALL_TOLD), transaction.atomic():
        check_now()
    transaction.set_rollback(True)


def test_the_state_is_protected_and_moves_from_communicating_only():
    withdrawal = leaving.filed(members=THREE)
    with pytest.raises(AttributeError):
        withdrawal.state = "effective"
    with pytest.raises(TransitionNotAllowed):
        withdrawal.take_effect(at=OUT)


def test_no_sweep_makes_it_effective():
    withdrawal = one_missing()
    assert tasks.make_withdrawals_effective(at=OUT + 900 * DAY) == 0
    assert leaving.fresh(withdrawal).state == "communicating"


def test_no_form_of_the_admin_makes_it_effective(client):
    withdrawal = one_missing()
    client.force_login(AdministratorFactory())
    address = reverse("admin:membership_withdrawal_change", args=[withdrawal.pk])
    values = {
        "state": "effective", "effective_at": "2018-05-09", "effective_at_0": "2018-05-09",
        "effective_at_1": "10:00", "signed_by": "X", "dated": "2018-05-02", "reason": "", "wished_end": "",
        "correction_reason": "Hurry", "reason_of_change": "Hurry",
    }  # fmt: skip
    client.post(address, values)
    client.post(address.replace("change", "move") + "take_effect/", {})
    after = leaving.fresh(withdrawal)
    assert (after.state, after.effective_at) == ("communicating", None)
    page = client.get(address)
    assert {move.rstrip("/").rsplit("/", 1)[1] for _label, move in page.context["moves"]} <= {"revoke"}


@pytest.mark.parametrize(
    "change",
    [
        "circular_id = NULL, communicated_at = NULL, communicated_by_id = NULL",
        "place_id = (SELECT max(id) FROM membership_membershipcity)",
        "state = 'communicating', effective_at = NULL",
        "state = 'submitted', effective_at = NULL",
        "effective_at = effective_at + interval '1 hour'",
        "reason = 'x'",
        "reference = 'W 0000/000'",
    ],
)
def test_an_effective_one_stays_as_it_is(change):
    leaving.effective(members=THREE)
    refused(f"UPDATE membership_withdrawal SET {change}", match=KEPT)
    check_now()


@pytest.mark.parametrize(
    "change",
    [
        "place_id = (SELECT max(id) FROM membership_membershipcity)",
        "communicated_at = communicated_at - interval '1 day'",
        "circular_id = (SELECT id FROM membership_circular WHERE kind = 'information')",
        "sha256 = repeat('0', 64)",
        "file = 'another'",
    ],
)
def test_what_was_communicated_is_fixed(change):
    one_missing()
    information()
    refused(f"UPDATE membership_withdrawal SET {change}", match=KEPT)


def test_withdrawals_are_kept():
    one_missing()
    refused("DELETE FROM membership_withdrawal", match=KEPT)


COMMUNICATE = (
    "UPDATE membership_withdrawal SET state = 'communicating', circular_id = %s,"
    " communicated_at = %s, communicated_by_id = filed_by_id"
)


def test_another_circular_does_not_take_the_place_of_the_notice():
    leaving.filed(members=THREE)
    refused(COMMUNICATE, information().pk, OUT, match=OWN_NOTICE)


def test_a_notice_communicates_from_its_issue_on():
    leaving.filed(members=THREE)
    notice = information("withdrawal_notice")
    refused(COMMUNICATE, notice.pk, OUT - DAY, match=OWN_NOTICE)
    run(COMMUNICATE, notice.pk, OUT)


def test_a_notice_that_was_cancelled_communicates_nothing():
    leaving.filed(members=THREE)
    notice = information("withdrawal_notice")
    notice.cancel(by=None, at=OUT, reason="x")
    notice.save()
    check_now()
    refused(COMMUNICATE, notice.pk, OUT, match=OWN_NOTICE)


def test_a_notice_goes_to_every_member_city():
    """One that was issued to some only, past every action."""
    leaving.filed(members=THREE)
    secretary = SecretaryFactory()
    texts = {f"{field}_{end}": "x" for field in ("subject", "body") for end in ("zh", "de", "en")}
    notice = Circular.objects.create(kind="withdrawal_notice", drafted_at=OUT, drafted_by=secretary, **texts)
    for name in ("Liuzhou", "Foshan"):
        membership = Membership.objects.get(cities=cast.city(name))
        elector = notice.electors.create(membership=membership, side="CN")
        notice.addressees.create(city=cast.city(name), elector=elector)
    Circular.objects.filter(pk=notice.pk).update(
        state="issued", year=2018, number=7, issued_at=OUT, issued_by=secretary, seal="0" * 64
    )
    refused(COMMUNICATE, notice.pk, OUT, match="communicated to every member city")


@pytest.mark.parametrize("state", ["communicating", "effective"])
def test_the_notice_stands_as_long_as_the_withdrawal(state):
    leaving.in_state(state)
    check_now()
    refused(
        "UPDATE membership_circular SET state = 'cancelled', closed_at = NULL, cancelled_at = issued_at,"
        " cancelled_by_id = issued_by_id, cancel_reason = 'x'",
        match="stands as long as the withdrawal|Cannot update",
    )


def test_the_notice_stays_a_notice():
    one_missing()
    refused("UPDATE membership_circular SET kind = 'information'", match="Cannot update")
    refused("DELETE FROM membership_circular", match=KEPT)


@pytest.mark.parametrize("change", ["DELETE FROM membership_{}", "UPDATE membership_{} SET id = id + 1000"])
@pytest.mark.parametrize("table", ["told", "addressee", "elector"])
def test_who_had_to_be_told_and_who_was_stays(table, change):
    leaving.effective(members=THREE)
    refused(change.format(table), match=KEPT + "|violates foreign key")


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM membership_told WHERE city_id = %s",
        "UPDATE membership_told SET told_at = told_at + interval '1 hour',"
        " recorded_at = recorded_at + interval '1 hour' WHERE city_id = %s",
    ],
)
def test_with_that_guard_taken_off_the_withdrawal_still_holds_who_was_told(change):
    leaving.effective(members=THREE)
    with pgtrigger.ignore("membership.Told:told_is_kept"):
        refused(change, cast.city("Aachen").pk, match=NOT_ALL_TOLD)
        run(change, cast.city("Liuzhou").pk)


def test_nobody_is_added_to_or_taken_from_the_frozen_list():
    withdrawal = one_missing()
    refused(
        "INSERT INTO membership_addressee (circular_id, city_id) VALUES (%s, %s)",
        withdrawal.circular_id,
        cast.city("Mainz").pk,
        match="frozen",
    )
    refused(
        "UPDATE membership_addressee SET elector_id = NULL WHERE city_id = %s",
        cast.city("Aachen").pk,
        match=KEPT,
    )


def test_the_leaving_city_is_not_exchanged_for_the_one_that_is_missing():
    one_missing()
    refused(
        "UPDATE membership_membershipcity SET city_id = %s"
        " WHERE id = (SELECT place_id FROM membership_withdrawal)",
        cast.city("Mainz").pk,
        match="stays that of the city",
    )


@pytest.mark.parametrize("out", [True, False])
def test_nobody_revokes_it_once_a_notice_went_out(out):
    withdrawal = one_missing() if out else leaving.communicated(members=THREE)
    refused(
        "UPDATE membership_withdrawal SET state = 'revoked', revoked_at = %s, revoked_by_id = filed_by_id",
        OUT + DAY,
        match="not revoked once a notice went out",
    )
    assert leaving.fresh(withdrawal).state == "communicating"


def test_a_proper_revocation_passes():
    from membership.actions import withdrawals

    withdrawal = leaving.communicated(members=THREE)
    withdrawals.revoke(withdrawal, reason="Kept", by=cast.lead("Liuzhou"), at=OUT)
    check_now()
    refused("UPDATE membership_withdrawal SET state = 'submitted', revoked_at = NULL", match=KEPT)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("file = ''", "withdrawal_has_the_signed_request"),
        ("state = 'lost'", "withdrawal_state_is_known|withdrawal_communicated_by_a_circular"),
        ("state = 'communicating'", "withdrawal_communicated_by_a_circular"),
        ("state = 'effective', effective_at = now()", "withdrawal_communicated_by_a_circular"),
        ("effective_at = now()", "withdrawal_effective"),
        ("state = 'revoked'", "withdrawal_revoked_pair"),
        ("communicated_at = now()", "withdrawal_communicated"),
    ],
)
def test_states_have_their_moments(change, constraint):
    leaving.filed(members=THREE)
    refused(f"UPDATE membership_withdrawal SET {change}", match=constraint)


def test_changes_stand_in_the_trail():
    withdrawal = leaving.effective(members=THREE)
    events = Withdrawal.pgh_event_model.objects.filter(pgh_obj_id=withdrawal.pk).order_by("pk")
    assert list(events.values_list("state", flat=True)) == ["submitted", "communicating", "effective"]
