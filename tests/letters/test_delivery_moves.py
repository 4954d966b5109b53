"""Every state of a delivery × every move: what it leads to; every role × what people do with a copy."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django_fsm import TransitionNotAllowed

from alliance.accounts.permissions import NotPermitted
from alliance.letters import actions
from alliance.letters.models import Delivery
from alliance.letters.states import DeliveryChannel, DeliveryState
from alliance.pages.refusals import Refusal
from tests.factories.letters import WRITTEN, letter_to
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
LATER = WRITTEN + timedelta(hours=3)
QUEUED, SENDING, ACCEPTED, DEFERRED, FAILED, UNCERTAIN, BOUNCED, HANDED_OVER, CALLED_BACK = DeliveryState

# move → (states it starts from, state it leads to)
TABLE = {
    "claim": ({QUEUED, DEFERRED, UNCERTAIN}, SENDING),
    "begin": ({SENDING}, SENDING),
    "put_back": ({SENDING}, QUEUED),
    "accept": ({SENDING}, ACCEPTED),
    "defer": ({SENDING}, DEFERRED),
    "fail": ({SENDING}, FAILED),
    "lose": ({SENDING}, UNCERTAIN),
    "come_back": ({ACCEPTED, UNCERTAIN}, BOUNCED),
    "requeue": ({FAILED, DEFERRED, UNCERTAIN, BOUNCED}, QUEUED),
    "hand_over": ({QUEUED}, HANDED_OVER),
    "call_back": ({QUEUED}, CALLED_BACK),
}
GIVEN = {
    "claim": {"until": LATER},
    "begin": {"at": LATER, "until": LATER},
    "put_back": {"at": LATER},
    "accept": {"answer": "250 OK", "at": LATER},
    "defer": {"answer": "451 later", "until": LATER},
    "fail": {"answer": "550 no", "at": LATER},
    "lose": {"answer": "", "until": LATER},
    "come_back": {"words": "550 no", "at": LATER},
    "requeue": {"at": LATER},
    "hand_over": {"on": LATER.date(), "at": LATER},
    "call_back": {"at": LATER},
}
WAY_TO = {
    QUEUED: [],
    SENDING: ["claim"],
    ACCEPTED: ["claim", "accept"],
    DEFERRED: ["claim", "defer"],
    FAILED: ["claim", "fail"],
    UNCERTAIN: ["claim", "lose"],
    BOUNCED: ["claim", "accept", "come_back"],
    HANDED_OVER: ["hand_over"],
    CALLED_BACK: ["call_back"],
}
ROLES = {
    "secretariat": SecretaryFactory,
    "management": ManagerFactory,
    "administrator": AdministratorFactory,
    "officer": lambda: OfficerFactory().user,
    "somebody": UserFactory,
    "former secretary": lambda: SecretaryFactory(is_active=False),
    "system": lambda: None,
}
RESENDING = {
    QUEUED: QUEUED,
    SENDING: actions.BeingSent,
    ACCEPTED: actions.AlreadyAccepted,
    DEFERRED: QUEUED,
    FAILED: QUEUED,
    UNCERTAIN: QUEUED,
    BOUNCED: QUEUED,
    HANDED_OVER: Refusal,
    CALLED_BACK: Refusal,
}


def in_state(state, addressee="a@aachen.example"):
    """A copy that came to a state by the moves that lead there."""
    delivery = letter_to(addressee).deliveries.get()
    for move in WAY_TO[state]:
        make(delivery, move)
    delivery.save()
    return delivery


def make(delivery, move):
    """A move, with what the database asks of a handing over otherwise than by mail."""
    getattr(delivery, move)(**GIVEN[move])
    if move == "hand_over":
        delivery.channel, delivery.on_behalf_of, delivery.file = DeliveryChannel.POST, "mainz", "receipt"
        delivery.entered_by, delivery.note = SecretaryFactory(), "Registered letter"


def kept(delivery):
    return Delivery.objects.get(pk=delivery.pk).state


@pytest.mark.parametrize("move", TABLE)
@pytest.mark.parametrize("state", list(DeliveryState))
def test_every_move_in_every_state(state, move):
    """The worker's moves: the database takes what each leaves behind."""
    delivery, (sources, target) = in_state(state), TABLE[move]
    if state in sources:
        make(delivery, move)
        delivery.save()
        assert kept(delivery) == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(delivery, move)(**GIVEN[move])
        assert kept(delivery) == state


@pytest.mark.parametrize("move", ["begin", "put_back"])
def test_what_the_server_may_have_is_neither_begun_again_nor_put_back(move):
    delivery = in_state(SENDING)
    make(delivery, "begin")
    delivery.save()
    with pytest.raises(TransitionNotAllowed):
        make(delivery, move)


@pytest.mark.parametrize("move", ["accept", "defer", "fail", "lose"])
def test_an_answer_ends_what_was_begun(move):
    delivery = in_state(SENDING)
    make(delivery, "begin")
    delivery.save()
    make(delivery, move)
    delivery.save()
    assert Delivery.objects.get().begun_at is None


def test_the_database_knows_no_beginning_outside_of_sending():
    delivery = in_state(QUEUED)
    delivery.begun_at = LATER
    with pytest.raises(IntegrityError, match="delivery_begun_while_sending"):
        delivery.save()


def test_the_table_holds_every_move():
    moves = {transition.name for transition in Delivery().get_all_state_transitions()}
    assert moves == set(TABLE) == set(GIVEN)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", list(DeliveryState))
def test_sending_again_in_every_state_by_every_role(state, role):
    delivery, by = in_state(state), ROLES[role]()
    expected = RESENDING[state] if role in {"secretariat", "system"} else NotPermitted
    if isinstance(expected, DeliveryState):
        assert actions.requeue(delivery, by=by, at=LATER).state == expected == kept(delivery)
    else:
        with pytest.raises(expected):
            actions.requeue(delivery, by=by, at=LATER)
        assert kept(delivery) == state


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", list(DeliveryState))
def test_opening_in_every_state_is_for_the_addressee_alone(state, role):
    addressee, by = UserFactory(), ROLES[role]()
    delivery = in_state(state, addressee)
    with pytest.raises(actions.NotYourLetter):
        actions.mark_opened(delivery, by=by, at=LATER)
    opened = actions.mark_opened(delivery, by=addressee, at=LATER)
    assert (opened.opened_at, kept(delivery)) == (None if state == CALLED_BACK else LATER, state)
