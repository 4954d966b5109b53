"""Withdrawals in the admin: buttons lead to the actions, and no form makes one effective."""

import pytest
import time_machine

from membership.models import NoticeTerms, Told, Withdrawal
from tests.admin.rows import url
from tests.admin.test_corrections import correct, errors, form_data
from tests.admin.test_moves import move, offered, refusals
from tests.factories import circulars as cast
from tests.factories.people import OfficerFactory
from tests.factories.withdrawals import (
    HOUR,
    OUT,
    accept_all,
    communicated,
    effective,
    filed,
    fresh,
    open_copy,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(OUT + HOUR, tick=False):
        yield


@pytest.mark.parametrize(
    ("role", "buttons"),
    [("secretariat", ["communicate", "revoke"]), ("management", []), ("administrator", [])],
)
def test_buttons_stand_there_for_who_may_and_when_it_is_possible(role, buttons, request):
    client = request.getfixturevalue(role)
    assert offered(client, filed()) == buttons
    assert offered(client, effective("Aachen")) == []


def test_it_is_communicated_by_a_button_with_its_circular_and_letters(secretariat):
    withdrawal = filed()
    response = move(secretariat, withdrawal, "communicate")
    assert response.status_code == 302
    after = fresh(withdrawal)
    assert (after.state, after.communicated_by) == ("communicating", secretariat.person)
    assert after.circular.letter.deliveries.count() == 6
    assert offered(secretariat, after) == ["revoke"]


def test_it_is_revoked_with_a_reason_until_the_first_copy_is_out(secretariat):
    withdrawal = communicated(secretary=secretariat.person)
    accept_all(withdrawal)
    refused = move(secretariat, withdrawal, "revoke", reason="We stay.")
    assert refusals(refused)[0].startswith("The withdrawal cannot be revoked any more")
    assert fresh(withdrawal).state == "communicating"
    other = filed("Aachen")
    assert move(secretariat, other, "revoke", reason=" ").status_code == 200
    move(secretariat, other, "revoke", reason="We stay.")
    assert (fresh(other).state, fresh(other).revoke_reason) == ("revoked", "We stay.")


@pytest.mark.parametrize("name", ["take_effect", "effective", "state"])
def test_no_button_makes_it_effective(secretariat, administrator, name):
    withdrawal = communicated(secretary=secretariat.person)
    for client in (secretariat, administrator):
        assert client.get(url(Withdrawal, "move", withdrawal.pk, name)).status_code == 404
        assert move(client, withdrawal, name).status_code == 404
    assert fresh(withdrawal).state == "communicating"


def test_a_state_written_into_the_form_of_a_correction_is_left_out(administrator):
    withdrawal = communicated()
    assert not {"state", "effective_at", "circular", "place"} & set(form_data(administrator, withdrawal))
    response = correct(
        administrator, withdrawal, signed_by="Lord mayor", state="effective", effective_at="2018-05-08 10:00"
    )
    assert response.status_code == 302
    after = fresh(withdrawal)
    assert (after.state, after.effective_at, after.signed_by) == ("communicating", None, "Lord mayor")


def test_what_is_effective_is_corrected_no_more(administrator):
    withdrawal = effective()
    response = correct(administrator, withdrawal, signed_by="Lord mayor")
    assert "What is effective or revoked stays as it is." in str(errors(response))
    assert fresh(withdrawal).signed_by == "Mayor of Liuzhou"


def test_who_was_told_and_the_terms_are_only_looked_at(administrator, secretariat):
    withdrawal = communicated(secretary=secretariat.person)
    open_copy(withdrawal.circular, "Foshan", at=OUT + HOUR)
    terms = NoticeTerms.objects.create(valid_from=OUT + HOUR, waiting_hours=48)
    for row in (Told.objects.get(), terms):
        for client in (administrator, secretariat):
            assert client.get(url(type(row), "change", row.pk)).status_code == 200
            assert client.post(url(type(row), "change", row.pk), {"told_at": "x"}).status_code == 403
            assert client.post(url(type(row), "delete", row.pk), {"post": "yes"}).status_code == 403
            assert client.get(url(type(row), "add")).status_code == 403
    assert Told.objects.count() == 1


def test_a_deputy_who_also_works_for_the_alliance_is_not_offered_to_revoke(management):
    withdrawal = filed()
    OfficerFactory(city=cast.city("Liuzhou"), user=management.person, level="deputy")
    assert offered(management, withdrawal) == []
