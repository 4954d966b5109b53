"""All states × all moves × all roles of a company's entry, in full."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from alliance.letters.models import Letter
from alliance.pages.refusals import Refusal
from cities.models import Institution, InstitutionContact
from cities.states import OfficerLevel
from companies.actions import companies, contacts, documents, duplicates, merging, sheets
from companies.models import Company, CompanyDocument, Contact, DuplicatePair, SheetLink, SheetSubmission
from companies.permissions import may_keep
from companies.states import CompanyState
from tests.factories import circulars as cast
from tests.factories.companies import CompanyFactory, ContactFactory, member_city, picture
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)
from tests.factories.withdrawals import end_by_hand

pytestmark = pytest.mark.django_db

S = CompanyState
NOW = datetime(2018, 3, 6, 9, 0, tzinfo=UTC)
DONE, NOTHING_NEW, NOT_KEEPER = "done", "nothing new", "NotKeeper"
KEEPERS = ["system", "secretariat", "lead", "deputy", "editor"]
OTHERS = [
    "management", "administrator", "registered", "other lead", "observer", "former", "institution",
    "stranger",
]  # fmt: skip


class Undo(Exception):
    pass


class Scene:
    """A company of Aachen in a state, with a contact and a second entry; and a person in every role."""

    def __init__(self, state):
        aachen = member_city("Aachen")
        member_city("Foshan")
        cast.observer("Chemnitz")
        end_by_hand(member_city("Liuzhou").places.get(), date(2017, 5, 1))
        self.people = self.cast_of()
        self.company = CompanyFactory(city=aachen, state=state)
        self.other = CompanyFactory(city=aachen)
        self.contact = ContactFactory(company=self.company)
        self.pair = DuplicatePair.objects.create(
            first=self.company, second=self.other, reasons=["name"], found_at=NOW
        )
        self.link = SheetLink.objects.create(
            company=self.other, email="firm@firm.example", language="en", sent_at=NOW,
            expires_at=datetime(2018, 4, 1, tzinfo=UTC),
        )  # fmt: skip
        values = {**sheets.as_kept(self.other), "employees": 7}
        self.submission = SheetSubmission.objects.create(link=self.link, values=values, submitted_at=NOW)
        self.before = self.traces()

    @staticmethod
    def cast_of():
        contact = UserFactory()
        institution = Institution.objects.create(
            kind="chamber", name_en="IHK", seat=cast.city("Aachen"), registered_at=NOW
        )
        InstitutionContact.objects.create(institution=institution, user=contact, function="x", since=NOW)
        return {
            "system": None,
            "secretariat": SecretaryFactory(),
            "lead": cast.lead("Aachen"),
            "deputy": cast.officer("Aachen", OfficerLevel.DEPUTY),
            "editor": cast.officer("Aachen", OfficerLevel.EDITOR),
            "registered": OfficerFactory(city=cast.city("Aachen"), level="deputy", state="registered").user,
            "management": ManagerFactory(),
            "administrator": AdministratorFactory(),
            "other lead": cast.lead("Foshan"),
            "observer": cast.lead("Chemnitz"),
            "former": cast.lead("Liuzhou"),
            "institution": contact,
            "stranger": UserFactory(),
        }

    def do(self, move, role):
        """What comes of it, undone again: done, nothing new, or the name of the refusal."""
        try:
            with transaction.atomic():
                MOVES[move](self, self.people[role])
                after = self.traces()
                raise Undo
        except Undo:
            return DONE if after != self.before else NOTHING_NEW
        except Refusal as refusal:
            return type(refusal).__name__

    def traces(self):
        rows = (Company, Contact, CompanyDocument, DuplicatePair, SheetLink, SheetSubmission)
        return [Letter.objects.count(), *(list(model.objects.order_by("pk").values()) for model in rows)]


CONTACT = {"name": "New", "function": "Sales", "email": "new@firm.example", "legal_basis": "published"}
MOVES = {
    "enter": lambda scene, by: companies.enter(
        scene.company.city, values={"registered_name": "New AG"}, by=by, at=NOW
    ),
    "change": lambda scene, by: companies.change(scene.company, values={"employees": 9}, by=by, at=NOW),
    "publish": lambda scene, by: companies.publish(scene.company, by=by, at=NOW),
    "confirm": lambda scene, by: companies.confirm(scene.company, by=by, at=NOW),
    "withdraw": lambda scene, by: companies.withdraw(scene.company, by=by, at=NOW),
    "archive": lambda scene, by: companies.archive(scene.company, reason="closed_down", by=by, at=NOW),
    "restore": lambda scene, by: companies.restore(scene.company, by=by, at=NOW),
    "merge": lambda scene, by: merging.merge(scene.company, into=scene.other, by=by, at=NOW),
    "take in": lambda scene, by: merging.merge(scene.other, into=scene.company, by=by, at=NOW),
    "tell apart": lambda scene, by: duplicates.tell_apart(scene.pair, by=by, at=NOW),
    "add contact": lambda scene, by: contacts.add(scene.company, values=CONTACT, by=by, at=NOW),
    "change contact": lambda scene, by: contacts.change(
        scene.contact, values={"function": "Sales"}, by=by, at=NOW
    ),
    "end contact": lambda scene, by: contacts.end(scene.contact, by=by, at=NOW),
    "set logo": lambda scene, by: documents.set_logo(scene.company, picture(), by=by, at=NOW),
    "add document": lambda scene, by: documents.add(scene.company, picture(), by=by, at=NOW),
    "send link": lambda scene, by: sheets.send_link(
        scene.company, email="firm@firm.example", language="de", by=by, at=NOW
    ),
    "revoke link": lambda scene, by: sheets.revoke(scene.link, by=by, at=NOW),
    "take over": lambda scene, by: sheets.take_over(scene.submission, by=by, at=NOW),
    "refuse sheet": lambda scene, by: sheets.refuse(scene.submission, reason="No", by=by, at=NOW),
}
D, N, IS_ARCHIVED, NOT_NOW = DONE, NOTHING_NEW, "ArchivedIsKept", "NotPossibleNow"
OUTCOMES = {  # of who keeps the entries, by the state of the company: draft, published, stale, archived
    "enter": [D, D, D, D],
    "change": [D, D, D, IS_ARCHIVED],
    "publish": [D, N, D, NOT_NOW],
    "confirm": [NOT_NOW, D, D, NOT_NOW],
    "withdraw": [N, D, D, NOT_NOW],
    "archive": [D, D, D, NOT_NOW],
    "restore": [N, NOT_NOW, NOT_NOW, D],
    "merge": [D, D, D, D],
    "take in": [D, D, D, IS_ARCHIVED],
    "tell apart": [D, D, D, D],
    "add contact": [D, D, D, IS_ARCHIVED],
    "change contact": [D, D, D, IS_ARCHIVED],
    "end contact": [D, D, D, D],
    "set logo": [D, D, D, IS_ARCHIVED],
    "add document": [D, D, D, IS_ARCHIVED],
    "send link": [D, D, D, IS_ARCHIVED],
    "revoke link": [D, D, D, D],
    "take over": [D, D, D, D],
    "refuse sheet": [D, D, D, D],
}


@pytest.mark.parametrize("state", [S.DRAFT, S.PUBLISHED, S.STALE, S.ARCHIVED])
def test_every_move_by_everybody(state):
    scene, column = Scene(state), list(S).index(state)
    assert set(scene.people) == {*KEEPERS, *OTHERS}
    found = {move: {role: scene.do(move, role) for role in scene.people} for move in MOVES}
    expected = {
        move: {**dict.fromkeys(KEEPERS, outcomes[column]), **dict.fromkeys(OTHERS, NOT_KEEPER)}
        for move, outcomes in OUTCOMES.items()
    }
    assert found == expected


def test_who_keeps_them_is_who_may():
    scene = Scene(S.DRAFT)
    kept = {role for role, person in scene.people.items() if may_keep(person, cast.city("Aachen"), at=NOW)}
    assert kept == set(KEEPERS) - {"system"}


def test_across_two_cities_only_the_secretariat_merges():
    scene = Scene(S.PUBLISHED)
    Company.objects.filter(pk=scene.other.pk).update(city=cast.city("Foshan"))
    scene.before = scene.traces()
    found = {role: scene.do("merge", role) for role in scene.people}
    able = {role for role, outcome in found.items() if outcome == DONE}
    assert able == {"system", "secretariat"}
    assert set(found.values()) == {DONE, NOT_KEEPER}
