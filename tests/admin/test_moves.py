"""Buttons in the admin lead to the same actions as the pages: with rights, refusals, letters and trail."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages

from alliance.accounts.models import Invitation
from alliance.letters.models import Delivery, Letter
from cities.actions import invitations
from cities.models import City, Officer
from membership.models import Application, Circular, DeadlineExtension, Decision, MembershipCity
from tests.admin.rows import url
from tests.admin.test_trails import entries
from tests.factories import circulars as cast
from tests.factories.applications import submitted
from tests.factories.cities import THEN, CityFactory
from tests.factories.letters import letter_to
from tests.factories.membership import MembershipFactory
from tests.factories.people import OfficerFactory

pytestmark = pytest.mark.django_db


def move(client, row, name, **data):
    return client.post(url(type(row), "move", row.pk, name), data)


def offered(client, row):
    """The names of the moves whose buttons stand on the row's page."""
    moves = client.get(url(type(row), "change", row.pk)).context["moves"]
    return [address.rstrip("/").rsplit("/", 1)[1] for _label, address in moves]


def messages(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def refusals(response):
    return [str(error) for error in response.context["form"].non_field_errors()]


def test_an_application_is_returned_with_comments_and_the_applicant_is_told(secretariat):
    application = submitted()
    told = Letter.objects.count()

    response = move(secretariat, application, "send_back", wishes="Please say more.", general="Thank you.")

    assert response.status_code == 302
    assert response["Location"] == url(Application, "change", application.pk)
    after = Application.objects.get(pk=application.pk)
    assert (after.state, after.returned_by) == ("returned", secretariat.person)
    comments = after.versions.get().comments.values_list("section", "text")
    assert set(comments) == {("wishes", "Please say more."), ("", "Thank you.")}
    assert Letter.objects.count() == told + 1
    assert LogEntry.objects.get().get_change_message() == "Return for correction"
    entry = entries(secretariat, after)[0]
    assert entry.by == "Sun Li (sun@alliance.example)"
    assert entry.url == url(Application, "move", application.pk, "send_back")


def test_a_refusal_is_told_and_changes_nothing(secretariat):
    application = submitted()

    response = move(secretariat, application, "send_back", wishes=" ")

    assert response.status_code == 200
    assert refusals(response) == ["Please write at least one comment that says what is to be corrected."]
    assert Application.objects.get(pk=application.pk).state == "submitted"
    assert not LogEntry.objects.exists()


def test_what_was_typed_is_kept_when_it_is_refused(management):
    application = submitted()

    response = move(management, application, "decline", reason="Too early for that.")

    assert refusals(response) != []
    assert "Too early for that." in response.content.decode()


def test_sent_twice_it_is_done_once(secretariat):
    application = submitted()
    move(secretariat, application, "send_back", wishes="Please say more.")
    letters = Letter.objects.count()

    response = move(secretariat, application, "send_back", wishes="Please say more.")

    assert response.status_code == 302
    assert Letter.objects.count() == letters
    assert Application.objects.get(pk=application.pk).events.filter(state="returned").count() == 1


def test_the_action_decides_who_may_whoever_sends_the_form(management, administrator):
    application = submitted()

    for client in (management, administrator):
        response = move(client, application, "send_back", wishes="Please say more.")
        assert refusals(response) == ["Only the secretariat can do this."]
    assert Application.objects.get(pk=application.pk).state == "submitted"


@pytest.mark.parametrize(
    ("role", "buttons"),
    [("secretariat", ["send_back", "pass_on"]), ("management", []), ("administrator", [])],
)
def test_buttons_stand_there_for_who_may_and_when_it_is_possible(role, buttons, request):
    assert offered(request.getfixturevalue(role), submitted()) == buttons


def test_the_applicants_own_moves_are_offered_to_who_speaks_for_it(secretariat):
    application = submitted()
    OfficerFactory(city=application.cities.get(), user=secretariat.person, level="deputy")

    assert offered(secretariat, application) == ["send_back", "pass_on", "retract"]
    move(secretariat, application, "retract", reason="Council resolved otherwise.")

    assert Application.objects.get(pk=application.pk).state == "retracted"


def test_before_it_is_done_the_page_asks(secretariat):
    application = submitted()

    page = secretariat.get(url(Application, "move", application.pk, "send_back"))

    assert page.status_code == 200
    assert list(page.context["form"].fields) == [
        "economic", "industrial", "cooperations", "wishes", "contact", "attachments", "general",
    ]  # fmt: skip
    assert Application.objects.get(pk=application.pk).state == "submitted"


def test_asking_for_what_is_not_possible_leads_back_with_a_message(management):
    application = submitted()

    response = management.get(url(Application, "move", application.pk, "accept"))

    assert (response.status_code, response["Location"]) == (302, url(Application, "change", application.pk))
    assert messages(response) == ["This is not possible now, or not yours to do."]


def test_passing_on_makes_the_draft_of_the_circular(secretariat):
    application = submitted()

    move(secretariat, application, "pass_on")

    assert Application.objects.get(pk=application.pk).state == "in_consultation"
    assert Circular.objects.get().state == "draft"


@pytest.fixture
def circular():
    with time_machine.travel(cast.ISSUED, tick=False):
        yield cast.draft("Foshan", "Aachen")


def test_a_circular_is_issued_reminded_extended_and_closed_by_buttons(secretariat, circular):
    assert offered(secretariat, circular) == ["issue"]
    move(secretariat, circular, "issue")
    circular = Circular.objects.get()
    assert (circular.state, circular.number, circular.issued_by) == ("issued", 1, secretariat.person)
    assert Delivery.objects.filter(letter=circular.letter).count() == 2

    assert offered(secretariat, circular) == ["remind", "extend", "close", "cancel"]
    move(secretariat, circular, "remind")
    assert circular.reminders.get().electors.count() == 2

    response = move(secretariat, circular, "extend", day="2017-03-31", reason="Spring Festival")
    assert response.status_code == 302
    extension = DeadlineExtension.objects.get()
    assert extension.new_deadline == datetime(2017, 3, 31, 15, 59, 59, tzinfo=UTC)
    assert offered(secretariat, circular) == ["remind", "close", "cancel"]

    early = move(secretariat, circular, "close")
    assert refusals(early)[0].startswith("The circular cannot close before its deadline.")
    with time_machine.travel(datetime(2017, 4, 1, tzinfo=UTC), tick=False):
        secretariat.force_login(secretariat.person)
        move(secretariat, circular, "close")
    closed = Circular.objects.get()
    assert (closed.state, closed.result, closed.closed_by) == ("closed", "failed", secretariat.person)
    assert offered(secretariat, closed) == []


def test_a_circular_is_cancelled_with_a_reason(secretariat, circular):
    move(secretariat, circular, "issue")

    empty = move(secretariat, circular, "cancel", reason=" ")
    assert empty.context["form"].errors == {"reason": ["This field is required."]}
    move(secretariat, circular, "cancel", reason="The text was mistaken.")

    after = Circular.objects.get()
    assert (after.state, after.cancel_reason) == ("cancelled", "The text was mistaken.")


def test_management_decides_by_buttons(management):
    with time_machine.travel(cast.ISSUED, tick=False):
        circular = cast.issued("Foshan", "Aachen", rule=cast.rule())
        for name in ("Foshan", "Aachen"):
            cast.say(circular, name)
    with time_machine.travel(cast.AFTER, tick=False):
        from membership.actions import circulars

        circulars.close(circular)
        management.force_login(management.person)
        application = circular.application
        assert offered(management, application) == ["accept", "decline", "postpone"]
        move(management, application, "postpone", reason="Until the plenary.")
        application = Application.objects.get(pk=application.pk)
        assert offered(management, application) == ["take_up_again"]
        move(management, application, "take_up_again")
        move(management, application, "accept", member_from="2017-04-24", occasion="Plenary in Hannover")

    decision = Decision.objects.get(kind="accepted")
    assert (str(decision.member_from), decision.occasion) == ("2017-04-24", "Plenary in Hannover")
    assert decision.decided_by == management.person
    assert Application.objects.get(pk=application.pk).state == "accepted"


def test_officers_are_confirmed_moved_and_ended_by_buttons(secretariat):
    city = CityFactory(name_de="Mainz")
    lead = OfficerFactory(city=city)
    deputy = OfficerFactory(city=city, level="deputy", state="registered")

    assert offered(secretariat, deputy) == ["confirm", "refuse"]
    move(secretariat, deputy, "confirm", level="deputy")
    deputy = Officer.objects.get(pk=deputy.pk)
    assert (deputy.state, deputy.confirmed_by) == ("confirmed", secretariat.person)
    assert offered(secretariat, deputy) == ["level", "end"]

    assert refusals(move(secretariat, lead, "end", reason="Retired")) == [
        f"Once a city has a lead it keeps one, and {lead.user} is the lead of Mainz. "
        "Please make another officer the lead first."
    ]
    move(secretariat, deputy, "level", level="lead")
    assert set(Officer.objects.values_list("pk", "level")) == {(lead.pk, "deputy"), (deputy.pk, "lead")}
    move(secretariat, lead, "end", reason="Retired")
    assert Officer.objects.get(pk=lead.pk).state == "ended"


def test_a_city_is_confirmed_once(secretariat):
    city = CityFactory(name_de="Mainz", confirmed_at=None)

    assert offered(secretariat, city) == ["confirm"]
    move(secretariat, city, "confirm")

    assert City.objects.get().confirmed_by == secretariat.person
    assert offered(secretariat, city) == []


def test_a_mail_that_failed_is_sent_again(secretariat):
    letter_to("a@city.example")
    delivery = Delivery.objects.get()
    Delivery.objects.update(state="failed", settled_at=THEN, next_attempt_at=None)

    move(secretariat, Delivery.objects.get(), "requeue")

    assert Delivery.objects.get(pk=delivery.pk).state == "queued"


def test_a_copy_is_sent_to_another_address(secretariat):
    letter_to("a@city.example")
    delivery = Delivery.objects.get()

    assert offered(secretariat, delivery) == ["redirect"]
    move(secretariat, delivery, "redirect", address="b@city.example", note="By telephone")

    copy = Delivery.objects.get(redirected_from=delivery)
    assert (copy.address, copy.note, copy.entered_by) == (
        "b@city.example",
        "By telephone",
        secretariat.person,
    )


def test_invitations_are_renewed_and_taken_back(secretariat, administrator):
    invitation = invitations.invite_officer(
        CityFactory(), email="new@city.example", name="New", level="editor", function="Officer",
        language="en", by=secretariat.person,
    )  # fmt: skip
    digest = invitation.token_digest

    assert offered(secretariat, invitation) == ["resend", "revoke"]
    assert offered(administrator, invitation) == []
    move(secretariat, invitation, "resend")
    assert Invitation.objects.get().token_digest != digest
    move(secretariat, invitation, "revoke")
    assert Invitation.objects.get().revoked_by == secretariat.person
    assert offered(secretariat, invitation) == []


def test_invitations_to_staff_are_the_administrators(secretariat, administrator):
    invitation = invitations.invite_staff(
        email="new@alliance.example", name="New", role="secretariat", language="en", by=administrator.person
    )

    assert secretariat.get(url(Invitation, "change", invitation.pk)).status_code == 404
    assert "new@alliance.example" not in secretariat.get(url(Invitation, "trails")).content.decode()
    assert offered(administrator, invitation) == ["resend", "revoke"]


@pytest.mark.parametrize("role", ["secretariat", "management"])
def test_a_place_is_ended(role, request):
    client, place = request.getfixturevalue(role), MembershipFactory().places.get()

    assert offered(client, place) == ["end"]
    assert refusals(move(client, place, "end", ends="2016-04-25", ending="ended")) != []
    move(client, place, "end", ends="2017-05-01", ending="ended")

    assert str(MembershipCity.objects.get().ends) == "2017-05-01"
    assert offered(client, MembershipCity.objects.get()) == []


@pytest.mark.parametrize(("role", "status"), [("officer", 302), ("visitor", 302)])
def test_others_move_nothing(role, status, request):
    application = submitted()

    response = move(request.getfixturevalue(role), application, "send_back", wishes="x")

    assert response.status_code == status
    assert Application.objects.get(pk=application.pk).state == "submitted"


def test_a_move_of_a_row_that_is_not_there_is_not_found(secretariat):
    assert secretariat.post(url(Application, "move", 999_999_999, "send_back"), {}).status_code == 404
