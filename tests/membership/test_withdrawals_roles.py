"""All states × all moves × all roles of a withdrawal, in full; and who sees what."""

import pytest
from django.db import transaction

from alliance.letters.models import Letter
from alliance.pages.refusals import Refusal
from cities.models import Institution, InstitutionContact
from cities.states import OfficerLevel
from membership.actions import circulars, notice_terms, withdrawals
from membership.actions.withdrawals_effect import make_effective_if_due
from membership.models import Circular, NoticeTerms, Withdrawal
from membership.permissions.withdrawals import may_communicate, may_file, may_revoke, sees_request
from membership.states import WithdrawalState
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.files import PDF_BYTES, upload
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory
from tests.factories.withdrawals import DATED, DAY, FILED, HOUR, OUT

pytestmark = pytest.mark.django_db

S = WithdrawalState
NOW = OUT + 2 * DAY
ROLES = [
    "system", "secretariat", "management", "administrator", "lead", "deputy", "editor", "other lead",
    "observer", "institution", "stranger",
]  # fmt: skip
DONE, NOTHING_NEW = "done", "nothing new"


class Scene:
    """The withdrawal of Liuzhou in a state, and a person in every role; Aachen is not told yet."""

    def __init__(self, state, *, out=False):
        cast.members("Liuzhou", "Foshan", "Aachen")
        cast.observer("Chemnitz")
        self.people = self.cast_of()
        self.withdrawal = leaving.in_state(state)
        if out:
            leaving.open_copy(self.withdrawal.circular, "Foshan", at=OUT + HOUR)

    @staticmethod
    def cast_of():
        contact = UserFactory()
        institution = Institution.objects.create(
            kind="chamber", name_en="IHK", seat=cast.city("Aachen"), registered_at=FILED
        )
        InstitutionContact.objects.create(
            institution=institution, user=contact, function="Contact", since=FILED
        )
        return {
            "system": None,
            "secretariat": SecretaryFactory(),
            "management": ManagerFactory(),
            "administrator": AdministratorFactory(),
            "lead": cast.lead("Liuzhou"),
            "deputy": cast.officer("Liuzhou", OfficerLevel.DEPUTY),
            "editor": cast.officer("Liuzhou", OfficerLevel.EDITOR),
            "other lead": cast.lead("Foshan"),
            "observer": cast.lead("Chemnitz"),
            "institution": contact,
            "stranger": UserFactory(),
        }

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
        rows = (Withdrawal, Circular, NoticeTerms)
        return [Letter.objects.count(), *(list(model.objects.order_by("pk").values()) for model in rows)]


class Undo(Exception):
    """Everything is put back."""


def file(scene, by):
    request = upload(name="Noch einmal.pdf", content=PDF_BYTES + b"%")
    return withdrawals.file(
        cast.city("Liuzhou"), request=request, signed_by="Mayor", dated=DATED, by=by, at=NOW
    )


def with_its_notice(verb):
    def move(scene, by):
        notice = scene.withdrawal.circular
        return verb(notice, by) if notice else None

    return move


MOVES = {
    "file": file,
    "communicate": lambda s, by: withdrawals.communicate(s.withdrawal, by=by, at=NOW),
    "revoke": lambda s, by: withdrawals.revoke(s.withdrawal, reason="Kept", by=by, at=NOW),
    "take_effect": lambda s, by: make_effective_if_due(s.withdrawal, at=NOW),
    "close notice": with_its_notice(lambda notice, by: circulars.close(notice, by=by, at=NOW)),
    "cancel notice": with_its_notice(lambda notice, by: circulars.cancel(notice, reason="x", by=by, at=NOW)),
    "set terms": lambda s, by: notice_terms.set_terms(waiting_hours=48, notice_days=30, by=by, at=NOW),
}
FILERS = ("secretariat", "lead")


def those(roles, outcome, others):
    return {role: outcome if role in roles else others for role in ROLES}


def filers(outcome):
    return those(FILERS, outcome, "NotTheLead")


def secretary(outcome):
    return those(("secretariat",), outcome, "NotPermitted")


def keepers(outcome):
    return those(("system", "secretariat"), outcome, "NotPermitted")


def everybody(outcome):
    return dict.fromkeys(ROLES, outcome)


TERMS = those(("system", "secretariat", "management"), DONE, "MayNotSetTerms")
EXPECTED = {
    S.SUBMITTED: {
        "file": filers("WithdrawalStands"),
        "communicate": secretary(DONE),
        "revoke": filers(DONE),
        "take_effect": everybody(NOTHING_NEW),
        "close notice": everybody(NOTHING_NEW),
        "cancel notice": everybody(NOTHING_NEW),
        "set terms": TERMS,
    },
    S.COMMUNICATING: {
        "file": filers("WithdrawalStands"),
        "communicate": secretary(NOTHING_NEW),
        "revoke": filers(DONE),
        "take_effect": everybody(NOTHING_NEW),
        "close notice": keepers("NoticeOfWithdrawal"),
        "cancel notice": keepers("NoticeOfWithdrawal"),
        "set terms": TERMS,
    },
    "communicating, and one copy is out": {
        "file": filers("WithdrawalStands"),
        "communicate": secretary(NOTHING_NEW),
        "revoke": filers("TooLateToRevoke"),
        "take_effect": everybody(NOTHING_NEW),
        "close notice": keepers("NoticeOfWithdrawal"),
        "cancel notice": keepers("NoticeOfWithdrawal"),
        "set terms": TERMS,
    },
    S.EFFECTIVE: {
        "file": filers("NotAMember"),
        "communicate": secretary("WithdrawalNotPossibleNow"),
        "revoke": filers("TooLateToRevoke"),
        "take_effect": everybody(NOTHING_NEW),
        "close notice": keepers(NOTHING_NEW),
        "cancel notice": keepers("AlreadyClosed"),
        "set terms": TERMS,
    },
    S.REVOKED: {
        "file": filers(DONE),
        "communicate": secretary("WithdrawalNotPossibleNow"),
        "revoke": {**filers("WithdrawalNotPossibleNow"), "lead": NOTHING_NEW},
        "take_effect": everybody(NOTHING_NEW),
        "close notice": everybody(NOTHING_NEW),
        "cancel notice": everybody(NOTHING_NEW),
        "set terms": TERMS,
    },
}
"""The lead has revoked it; effective it becomes by itself alone, whoever asks."""


@pytest.mark.parametrize("state", EXPECTED)
def test_all_moves_by_all_roles(state):
    out = state not in S.values
    scene = Scene(S.COMMUNICATING if out else state, out=out)
    found = {move: {role: scene.do(move, role) for role in ROLES} for move in EXPECTED[state]}
    assert found == EXPECTED[state]


def test_the_table_holds_every_move_and_every_state():
    assert set(S) <= set(EXPECTED)
    assert all(set(moves) == set(MOVES) for moves in EXPECTED.values())
    transitions = {transition.name for transition in Withdrawal().get_all_state_transitions()}
    assert transitions <= set(MOVES)


STAFF = {"secretariat", "management", "administrator"}
OWN = {"lead", "deputy", "editor"}
TOLD = {"other lead", "observer"}
PEOPLE = [role for role in ROLES if role != "system"]


def who(scene, sees):
    return {role for role in PEOPLE if sees(scene.people[role])}


@pytest.mark.parametrize(
    ("state", "seen_by"),
    [
        (S.SUBMITTED, STAFF | OWN),
        (S.COMMUNICATING, STAFF | OWN | TOLD),
        (S.EFFECTIVE, STAFF | OWN | TOLD),
        (S.REVOKED, STAFF | OWN),
    ],
)
def test_who_sees_a_withdrawal(state, seen_by):
    scene = Scene(state)
    assert who(scene, lambda user: Withdrawal.objects.visible_to(user).exists()) == seen_by


def test_who_may_do_what_is_what_the_actions_say():
    scene = Scene(S.SUBMITTED)
    liuzhou = cast.city("Liuzhou")
    assert who(scene, lambda user: may_file(user, liuzhou)) == set(FILERS)
    assert who(scene, lambda user: may_revoke(user, scene.withdrawal)) == set(FILERS)
    assert who(scene, may_communicate) == {"secretariat"}
    assert who(scene, lambda user: sees_request(user, scene.withdrawal)) == STAFF | OWN


def test_a_lead_who_may_not_sign_in_any_more_files_nothing():
    scene = Scene(S.REVOKED)
    lead = scene.people["lead"]
    lead.is_active = False
    lead.save()
    assert scene.do("file", "lead") == "NotTheLead"
