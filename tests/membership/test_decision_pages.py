"""The management's page of decision: accept, decline, postpone, take up again."""

from datetime import date

import pytest
import time_machine

from membership.models import Decision
from membership.states import ApplicationState
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, DAY
from tests.factories.pages import look, messages_of, post, sign_in, text_of
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
VERBS = ["decide", "accept", "decline", "postpone", "take-up"]
LATER = AFTER + DAY / 2


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def manager():
    return ManagerFactory()


@pytest.fixture
def carried():
    return cast.closed(positions="CCCCO-", rule=cast.rule("two-thirds")).application


@pytest.fixture
def failed():
    return cast.closed(positions="CCOO--", rule=cast.rule("two-thirds")).application


def page_of(application, verb="decide"):
    return f"/applications/{application.pk}/{verb}/"


def decided(application):
    application.refresh_from_db()
    return application.state, list(Decision.objects.values_list("kind", "reason"))


@pytest.mark.parametrize("verb", VERBS)
def test_deciding_is_the_managements(client, carried, verb):
    data = {"reason": "Why not", "member_from": "2017-04-24"}
    for other in (
        SecretaryFactory(),
        AdministratorFactory(),
        cast.lead("Foshan"),
        carried.begun_by,
        UserFactory(),
    ):
        sign_in(client, other)
        assert client.get(page_of(carried, verb)).status_code in (404, 405)
        assert client.post(page_of(carried, verb), data).status_code in (404, 405)
    assert decided(carried) == (ApplicationState.IN_CONSULTATION, [])
    client.logout()
    assert client.post(page_of(carried, verb), data)["Location"].startswith("/accounts/login/")


def test_a_carried_circular_offers_all_three_ways(client, carried, manager):
    response = look(client, manager, page_of(carried))
    assert list(response.context["forms"]) == ["accept", "decline", "postpone"]
    assert response.context["forms"]["accept"]["member_from"].value() == date(2017, 3, 13)
    text = text_of(response)
    assert "Carried" in text
    assert "Needs 4 consents; has 4." in text


def test_accepting_for_a_later_plenary_and_twice_is_once(client, carried, manager):
    data = {"member_from": "2017-04-24", "occasion": "Plenary in Hannover"}
    for _twice in range(2):
        response = post(client, manager, page_of(carried, "accept"), **data)
        assert response["Location"] == f"/applications/{carried.pk}/"
    decision = Decision.objects.get()
    assert (decision.member_from, decision.occasion, decision.decided_by) == (
        date(2017, 4, 24),
        "Plenary in Hannover",
        manager,
    )
    assert decision.membership.certificate_number == "2017/01"
    response = look(client, manager, page_of(carried))
    assert "The accession is accepted. The applicant and all members are told." in messages_of(response)
    assert response.context["forms"] == {}
    assert "Certificate number 2017/01." in text_of(response)


@pytest.mark.parametrize(
    ("member_from", "error"),
    [
        ("2017-03-12", "The membership cannot begin before the day of the decision"),
        ("soon", "Enter a valid date."),
        ("", "This field is required."),
    ],
)
def test_a_refused_acceptance_keeps_what_was_typed(client, carried, manager, member_from, error):
    data = {"member_from": member_from, "occasion": "Plenary"}
    response = post(client, manager, page_of(carried, "accept"), **data)
    assert response.status_code == 200
    form = response.context["forms"]["accept"]
    errors = [*form.non_field_errors(), *form.errors.get("member_from", [])]
    assert errors[0].startswith(error)
    assert (form["member_from"].value(), form["occasion"].value()) == (member_from, "Plenary")
    assert decided(carried) == (ApplicationState.IN_CONSULTATION, [])


def test_a_failed_circular_cannot_be_accepted(client, failed, manager):
    response = look(client, manager, page_of(failed))
    assert list(response.context["forms"]) == ["decline", "postpone"]
    assert "Failed" in text_of(response)
    assert "A new circular is the way" in text_of(response)
    response = post(client, manager, page_of(failed, "accept"), member_from="2017-04-24")
    assert response["Location"] == page_of(failed)
    assert messages_of(client.get(page_of(failed)))[0].startswith(
        "The application cannot be accepted: the circular 2017/01 was not carried."
    )
    assert decided(failed) == (ApplicationState.IN_CONSULTATION, [])


@pytest.mark.parametrize(("verb", "state"), [("decline", "declined"), ("postpone", "postponed")])
def test_declining_and_postponing_need_a_reason_and_are_done_once(client, carried, manager, verb, state):
    response = post(client, manager, page_of(carried, verb), reason=" ")
    assert response.context["forms"][verb].errors["reason"] == ["This field is required."]
    assert decided(carried) == (ApplicationState.IN_CONSULTATION, [])
    for _twice in range(2):
        response = post(client, manager, page_of(carried, verb), reason="The council waits.")
        assert response["Location"] == f"/applications/{carried.pk}/"
    assert decided(carried) == (state, [(state, "The council waits.")])
    assert "The council waits." in text_of(look(client, manager, page_of(carried)))


def test_a_postponed_application_is_taken_up_again(client, carried, manager):
    post(client, manager, page_of(carried, "postpone"), reason="The council waits.")
    response = look(client, manager, page_of(carried))
    assert response.context["forms"] == {}
    assert page_of(carried, "take-up") in response.content.decode()
    for _twice in range(2):
        assert (
            post(client, manager, page_of(carried, "take-up"))["Location"] == f"/applications/{carried.pk}/"
        )
    assert decided(carried)[0] == ApplicationState.IN_CONSULTATION
    assert list(look(client, manager, page_of(carried)).context["forms"]) == ["accept", "decline", "postpone"]
    assert look(client, manager, "/circulars/2017-01/").context["lead"] == (
        "The members have consented. The management now decides on the accession of Mainz."
    )


def test_nothing_is_decided_while_the_members_are_asked(client, manager):
    application = cast.issued().application
    response = look(client, manager, page_of(application))
    assert response.context["forms"] == {}
    assert "The members are still being asked." in text_of(response)
    for verb in ("accept", "decline", "postpone"):
        data = {"reason": "No", "member_from": "2017-04-24"}
        assert post(client, manager, page_of(application, verb), **data)["Location"] == page_of(application)
    assert decided(application) == (ApplicationState.IN_CONSULTATION, [])
