"""Every state of an application × every move × every role: what may be done, and that nothing else can."""

from datetime import timedelta

import pytest
from django.db import transaction

from alliance.pages.refusals import Refusal
from cities.states import OfficerState
from membership.actions import applications, circulars, decisions, statements
from membership.models import Application
from membership.states import ApplicationState
from tests.factories.applications import APPLIED, COMPLETE, complete, lead_of
from tests.factories.cities import CityFactory
from tests.factories.files import JPEG_BYTES, upload
from tests.factories.membership import MembershipFactory
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOW = APPLIED + timedelta(days=200)
OPEN = {"draft", "submitted", "returned", "in_consultation", "postponed"}
APPLICANTS = {"lead", "deputy"}

# move → (states it starts from, roles that may, state it leads to; None: it stays)
TABLE = {
    "edit": ({"draft", "returned"}, APPLICANTS | {"editor"}, None),
    "attach": ({"draft", "returned"}, APPLICANTS | {"editor"}, None),
    "submit": ({"draft", "returned"}, APPLICANTS, "submitted"),
    "send_back": ({"submitted"}, {"secretary"}, "returned"),
    "pass_on": ({"submitted"}, {"secretary"}, "in_consultation"),
    "retract": (OPEN, APPLICANTS, "retracted"),
    "accept": ({"in_consultation"}, {"manager"}, "accepted"),
    "decline": ({"in_consultation"}, {"manager"}, "declined"),
    "postpone": ({"in_consultation"}, {"manager"}, "postponed"),
    "take_up_again": ({"postponed"}, {"manager"}, "in_consultation"),
}
# What the same person sends twice is answered as the first time; it changes nothing.
REPEATED = {
    ("submit", "submitted", "lead"),
    ("send_back", "returned", "secretary"),
    ("retract", "retracted", "lead"),
    ("accept", "accepted", "manager"),
    ("decline", "declined", "manager"),
    ("postpone", "postponed", "manager"),
    ("take_up_again", "in_consultation", "manager"),
}
MOVES = {
    "edit": lambda one, by: applications.save_section(one, "wishes", texts={"de": "Neu"}, by=by, at=NOW),
    "attach": lambda one, by: applications.attach(
        one, upload(JPEG_BYTES), kind="other", language="de", by=by, at=NOW
    ),
    "submit": lambda one, by: applications.submit(one, by=by, at=NOW),
    "send_back": lambda one, by: applications.send_back(one, comments={"wishes": "More"}, by=by, at=NOW),
    "pass_on": lambda one, by: applications.pass_on(one, by=by, at=NOW),
    "retract": lambda one, by: applications.retract(one, by=by, at=NOW),
    "accept": lambda one, by: decisions.accept(one, by=by, at=NOW),
    "decline": lambda one, by: decisions.decline(one, reason="Why", by=by, at=NOW),
    "postpone": lambda one, by: decisions.postpone(one, reason="Why", by=by, at=NOW),
    "take_up_again": lambda one, by: decisions.take_up_again(one, by=by, at=NOW),
}


@pytest.fixture
def mainz():
    return CityFactory(name_de="Mainz")


@pytest.fixture
def cast(mainz):
    """One person of every role, and three whom the application does not concern."""
    member = MembershipFactory(cities=[CityFactory(name_de="Aachen")])
    return {
        "lead": lead_of(mainz),
        "deputy": OfficerFactory(city=mainz, level="deputy").user,
        "editor": OfficerFactory(city=mainz, level="editor").user,
        "unconfirmed": OfficerFactory(city=mainz, level="deputy", state=OfficerState.REGISTERED).user,
        "member": lead_of(member.cities.get()),
        "other_applicant": OfficerFactory(city=CityFactory(name_de="Fulda")).user,
        "nobody": UserFactory(),
        "secretary": SecretaryFactory(),
        "manager": ManagerFactory(),
        "administrator": AdministratorFactory(),
    }


def consult(application, cast):
    """Passed on, asked about, consented to by the only member, closed."""
    circular = applications.pass_on(application, by=cast["secretary"], at=COMPLETE)
    circular = circulars.issue(circular, by=cast["secretary"], at=COMPLETE)
    elector = circular.electors.get()
    statements.state(circular, elector=elector, position="consent", by=cast["member"], at=COMPLETE)
    circulars.close(circular, at=circular.deadline + timedelta(minutes=1))


def in_state(state, mainz, cast):
    """An application brought into a state by the moves that lead there."""
    lead, manager, at = cast["lead"], cast["manager"], NOW - timedelta(days=1)
    application = complete(mainz, by=lead)
    if state == "retracted":
        return applications.retract(application, by=lead, at=APPLIED)
    if state != "draft":
        applications.submit(application, by=lead, at=APPLIED)
    if state == "returned":
        applications.send_back(application, comments={"wishes": "More"}, by=cast["secretary"], at=APPLIED)
    if state in ("in_consultation", "accepted", "declined", "postponed"):
        consult(application, cast)
    if state == "accepted":
        decisions.accept(application, by=manager, at=at)
    if state == "declined":
        decisions.decline(application, reason="Why", by=manager, at=at)
    if state == "postponed":
        decisions.postpone(application, reason="Why", by=manager, at=at)
    return Application.objects.get(pk=application.pk)


class Undo(Exception):
    """Ends an attempt, so that the next finds everything as it was."""


def attempt(move, application, by):
    """What becomes of the application: whether the move was refused, and the state afterwards."""
    refused, state = False, ""
    try:
        with transaction.atomic():
            try:
                MOVES[move](application, by)
            except Refusal:
                refused = True
            state = Application.objects.get(pk=application.pk).state
            raise Undo
    except Undo:
        return refused, state


def expected(move, state, role):
    """What the table says."""
    sources, roles, target = TABLE[move]
    if role in roles and state in sources:
        return False, target or state
    return (move, state, role) not in REPEATED, state


@pytest.mark.parametrize("state", ApplicationState.values)
def test_every_move_and_role(state, mainz, cast):
    application = in_state(state, mainz, cast)
    assert application.state == state
    found = {(move, role): attempt(move, application, by) for move in MOVES for role, by in cast.items()}
    assert found == {(move, role): expected(move, state, role) for move in MOVES for role in cast}


def test_table_names_every_transition():
    named = set(TABLE) - {"edit", "attach"}
    assert named == {transition.name for transition in Application().get_all_state_transitions()}


@pytest.mark.parametrize("move", ["submit", "send_back", "pass_on", "retract"])
def test_who_is_signed_out_for_good_does_nothing(move, mainz, cast):
    state = {"submit": "draft", "retract": "draft"}.get(move, "submitted")
    application = in_state(state, mainz, cast)
    for by in (cast["lead"], cast["secretary"]):
        by.is_active = False
        by.save()
        assert attempt(move, application, by) == (True, state)
