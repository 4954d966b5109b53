"""All states × all moves × all roles of a circular, in full; and who sees what."""

from datetime import date

import pytest
from django.db import transaction

from alliance.letters.models import Letter
from alliance.pages.refusals import Refusal
from cities.models import Institution, InstitutionContact
from cities.states import OfficerLevel
from membership.actions import circulars, questions, statements
from membership.models import Circular, Contestation, DeadlineExtension, Question, Reminder, Statement
from membership.permissions.circulars import sees_answers, sees_proof
from membership.states import CircularState
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, DAY, ISSUED
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = ISSUED + 3 * DAY
STATES = [CircularState.DRAFT, CircularState.ISSUED, CircularState.CLOSED, CircularState.CANCELLED]
ROLES = [
    "system", "secretariat", "management", "administrator", "lead", "deputy", "editor", "applicant",
    "institution", "observer", "stranger",
]  # fmt: skip
DONE, NOTHING_NEW = "done", "nothing new"


class Scene:
    """A circular in a state, with a question, an entered answer, and a person in every role."""

    def __init__(self, state, visibility="members"):
        cast.members("Foshan", "Aachen", "Köln")
        cast.observer("Chemnitz")
        rule = cast.rule("two-thirds", early_close=True, visibility=visibility)
        self.circular = cast.draft(rule=rule)
        self.people = self.cast_of(self.circular)
        self.elector = self.entered = self.question = None
        if state != CircularState.DRAFT:
            self.issue()
        if state == CircularState.CLOSED:
            self.circular = circulars.close(self.circular, at=AFTER)
        if state == CircularState.CANCELLED:
            self.circular = circulars.cancel(self.circular, reason="Mistaken", by=None, at=NOW)

    @staticmethod
    def cast_of(circular):
        contact = UserFactory()
        institution = Institution.objects.create(
            kind="chamber", name_en="IHK", seat=cast.city("Aachen"), registered_at=ISSUED
        )
        InstitutionContact.objects.create(
            institution=institution, user=contact, function="Contact", since=ISSUED
        )
        return {
            "system": None,
            "secretariat": SecretaryFactory(),
            "management": ManagerFactory(),
            "administrator": AdministratorFactory(),
            "lead": cast.lead("Aachen"),
            "deputy": cast.officer("Aachen", OfficerLevel.DEPUTY),
            "editor": cast.officer("Aachen", OfficerLevel.EDITOR),
            "applicant": circular.application.begun_by,
            "institution": contact,
            "observer": cast.lead("Chemnitz"),
            "stranger": UserFactory(),
        }

    def issue(self):
        self.circular = circulars.issue(self.circular, by=None, at=ISSUED)
        self.elector = cast.elector(self.circular, "Aachen")
        cast.say(self.circular, "Foshan")
        cast.say(self.circular, "Köln")
        self.entered = cast.enter(self.circular, "Aachen")
        self.question = questions.ask(self.circular, text="Why?", by=cast.lead("Köln"), at=ISSUED + DAY)

    def do(self, move, role):
        """What comes of it, undone again: done, nothing new, or the name of the refusal."""
        try:
            with transaction.atomic():
                before = self.traces()
                MOVES[move](self, self.people[role])
                after = self.traces()
                raise Undo
        except Undo:
            return DONE if after != before else NOTHING_NEW
        except Refusal as refusal:
            return type(refusal).__name__

    def traces(self):
        kept = (Statement, Contestation, Question, Reminder, DeadlineExtension, Letter)
        return (
            [model.objects.count() for model in kept],
            list(Question.objects.values_list("answer", flat=True)),
            list(Circular.objects.values()),
        )


class Undo(Exception):
    """Everything is put back."""


def answer_first(scene):
    """An open question would hold up an early close; a draft has none."""
    if scene.question and scene.circular.state == CircularState.ISSUED:
        questions.answer(scene.question, text="So.", by=scene.people["applicant"], at=NOW)


def close_early(scene, by):
    answer_first(scene)
    return circulars.close(scene.circular, by=by, at=NOW)


def enter(scene, by):
    values = {"dated": date(2017, 1, 30), "received_at": NOW, "channel": "telephone", "note": "Call at noon"}
    return statements.enter(
        scene.circular,
        elector=scene.elector,
        position="abstention",
        given_by="Mayor",
        by=by,
        at=NOW,
        **values,
    )


MOVES = {
    "save": lambda s, by: circulars.save_draft(s.circular, subject_en="Mainz?", by=by, at=NOW),
    "discard": lambda s, by: circulars.discard(s.circular, by=by, at=NOW),
    "issue": lambda s, by: circulars.issue(s.circular, by=by, at=NOW),
    "extend": lambda s, by: circulars.extend(
        s.circular, new_deadline=AFTER + DAY, reason="Holidays", by=by, at=NOW
    ),
    "close": lambda s, by: circulars.close(s.circular, by=by, at=AFTER),
    "close early": close_early,
    "remind": lambda s, by: circulars.remind(s.circular, days_before=None, by=by, at=NOW),
    "cancel": lambda s, by: circulars.cancel(s.circular, reason="Mistaken", by=by, at=NOW),
    "state": lambda s, by: statements.state(
        s.circular, elector=s.elector, position="abstention", by=by, at=NOW
    ),
    "enter": enter,
    "contest": lambda s, by: statements.contest(s.entered, reason="Not ours", by=by, at=NOW),
    "ask": lambda s, by: questions.ask(s.circular, elector=s.elector, text="How?", by=by, at=NOW),
    "answer": lambda s, by: questions.answer(s.question, text="So.", by=by, at=NOW),
}
KEEPERS = ("system", "secretariat")
PERSON = ("secretariat",)
VOICES = ("lead", "deputy")
APPLICANT = ("applicant",)


def those(roles, outcome, others):
    return {role: outcome if role in roles else others for role in ROLES}


def keepers(outcome):
    return those(KEEPERS, outcome, "NotPermitted")


def person(outcome):
    return those(PERSON, outcome, "NotPermitted")


def voices(outcome):
    return those(VOICES, outcome, "NotAVoice")


def applicant(outcome):
    return those(APPLICANT, outcome, "NotTheApplicantsVoice")


def everybody(outcome):
    return dict.fromkeys(ROLES, outcome)


EXPECTED = {
    CircularState.DRAFT: {
        "save": keepers(DONE),
        "discard": keepers(DONE),
        "issue": keepers(DONE),
        "extend": person("NotIssued"),
        "close": keepers("NotIssued"),
        "close early": keepers("NotIssued"),
        "remind": keepers("NotIssued"),
        "cancel": keepers("NotIssued"),
        "state": everybody("NotIssued"),
        "enter": person("NotIssued"),
        "ask": everybody("NotIssued"),
    },
    CircularState.ISSUED: {
        "save": keepers("NotADraft"),
        "discard": keepers("NotADraft"),
        "issue": keepers(NOTHING_NEW),
        "extend": person(DONE),
        "close": keepers(DONE),
        "close early": {**keepers(DONE), "system": "DeadlineAhead"},
        "remind": keepers("NobodyToRemind"),
        "cancel": keepers(DONE),
        "state": voices(DONE),
        "enter": person(DONE),
        "contest": voices(DONE),
        "ask": voices(DONE),
        "answer": applicant(DONE),
    },
    CircularState.CLOSED: {
        "save": keepers("NotADraft"),
        "discard": keepers("NotADraft"),
        "issue": keepers(NOTHING_NEW),
        "extend": person("AlreadyClosed"),
        "close": keepers(NOTHING_NEW),
        "close early": keepers(NOTHING_NEW),
        "remind": keepers("AlreadyClosed"),
        "cancel": keepers("AlreadyClosed"),
        "state": voices(DONE),
        "enter": person(DONE),
        "contest": voices(DONE),
        "ask": voices("AlreadyClosed"),
        "answer": applicant(DONE),
    },
    CircularState.CANCELLED: {
        "save": keepers("NotADraft"),
        "discard": keepers("NotADraft"),
        "issue": keepers(NOTHING_NEW),
        "extend": person("AlreadyCancelled"),
        "close": keepers("AlreadyCancelled"),
        "close early": keepers("AlreadyCancelled"),
        "remind": keepers("AlreadyCancelled"),
        "cancel": keepers(NOTHING_NEW),
        "state": voices("AlreadyCancelled"),
        "enter": person("AlreadyCancelled"),
        "contest": voices(DONE),
        "ask": voices("AlreadyCancelled"),
        "answer": applicant("AlreadyCancelled"),
    },
}
"""A draft has no members yet, so that there is nothing to contest and no question to answer."""


@pytest.mark.parametrize("state", STATES)
def test_all_moves_by_all_roles(state):
    scene = Scene(state)
    found = {move: {role: scene.do(move, role) for role in ROLES} for move in EXPECTED[state]}
    assert found == EXPECTED[state]
    assert cast.fresh(scene.circular).state == state


def test_the_table_holds_every_move_and_every_state():
    assert set(EXPECTED) == set(CircularState)
    for state, moves in EXPECTED.items():
        left_out = {"contest", "answer"} if state == CircularState.DRAFT else set()
        assert set(moves) == set(MOVES) - left_out
    transitions = {transition.name for transition in Circular().get_all_state_transitions()}
    assert transitions <= set(MOVES)


def test_silent_members_are_reminded_by_keepers_only():
    scene = Scene(CircularState.ISSUED)
    statements.contest(scene.entered, reason="Not ours", by=scene.people["lead"], at=NOW)
    assert {role: scene.do("remind", role) for role in ROLES} == keepers(DONE)


STAFF = {"secretariat", "management", "administrator"}
OWN = {"lead", "deputy", "editor"}
ADDRESSED = STAFF | OWN | {"applicant", "observer"}
PEOPLE = [role for role in ROLES if role != "system"]


def who(scene, sees):
    return {role for role in PEOPLE if sees(scene.people[role])}


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        (CircularState.DRAFT, STAFF),
        (CircularState.ISSUED, ADDRESSED),
        (CircularState.CLOSED, ADDRESSED),
        (CircularState.CANCELLED, ADDRESSED),
    ],
)
def test_who_sees_a_circular(state, seen_by):
    scene = Scene(state)
    assert who(scene, lambda user: Circular.objects.visible_to(user).exists()) == seen_by


@pytest.mark.parametrize(
    ("state", "visibility", "seen_by"),
    [
        (CircularState.ISSUED, "members", STAFF | OWN),
        (CircularState.ISSUED, "secretariat", STAFF),
        (CircularState.CLOSED, "members", ADDRESSED),
        (CircularState.CLOSED, "secretariat", ADDRESSED),
        (CircularState.CANCELLED, "members", STAFF | OWN),
        (CircularState.CANCELLED, "secretariat", STAFF),
    ],
)
def test_who_sees_the_answers(state, visibility, seen_by):
    """Of those who see the circular at all; the others do not get so far."""
    scene = Scene(state, visibility)
    found = who(scene, lambda user: sees_answers(user, scene.circular, at=NOW))
    assert found & ADDRESSED == seen_by


def test_the_proof_of_ones_own_answer_one_always_sees():
    scene = Scene(CircularState.ISSUED, "secretariat")
    assert who(scene, lambda user: sees_proof(user, scene.entered, at=NOW)) == STAFF | OWN
    others = scene.circular.statements.exclude(elector=scene.elector).first()
    assert who(scene, lambda user: sees_proof(user, others, at=NOW)) == STAFF


def test_proof_is_for_staff_and_for_the_member_itself():
    scene = Scene(CircularState.CLOSED)
    assert who(scene, lambda user: sees_proof(user, scene.entered, at=NOW)) == STAFF | OWN
    assert not sees_proof(cast.lead("Köln"), scene.entered, at=NOW)
