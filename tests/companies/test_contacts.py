"""Persons at companies: work channels only, a legal basis, releases purpose by purpose; and who sees them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from cities.models import Institution, InstitutionContact
from companies.actions import contacts
from companies.actions.refusals import ValuesRefused
from companies.models import Contact
from companies.permissions import contacts_seen_by, sight_of
from companies.states import LegalBasis
from tests.factories import circulars as cast
from tests.factories.companies import ContactFactory, company_of, member_city
from tests.factories.people import ManagerFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 6, 9, 0, tzinfo=UTC)
B = LegalBasis
VALUES = {
    "name": " Erika Muster ",
    "function": "Export",
    "email": "muster@firm.example",
    "legal_basis": B.CONTRACT,
}


def add(company=None, **values):
    company = company or company_of()
    return contacts.add(company, values={**VALUES, **values}, by=cast.lead("Aachen"), at=NOW)


def test_a_contact_is_released_to_nobody_unless_said():
    contact = Contact.objects.get(pk=add().pk)
    assert (contact.name, contact.entered_by, contact.entered_at) == (
        "Erika Muster",
        cast.lead("Aachen"),
        NOW,
    )
    assert {contact.for_members, contact.for_passing_on, contact.for_public} == {False}


REFUSED = [
    ({"email": ""}, contacts.NoChannel, "one of the two is needed"),
    ({"email": "hong@qq.com"}, contacts.NotStatedAsWork, "“hong@qq.com” is an address of a mail service"),
    ({"email": "a@GMAIL.com"}, contacts.NotStatedAsWork, "please confirm that it is used for work"),
    ({"legal_basis": ""}, contacts.BasisMissing, "Please choose the legal basis"),
    ({"legal_basis": B.CONSENT}, contacts.BasisUnexplained, "when and how the person consented"),
    ({"legal_basis": B.LEGITIMATE_INTEREST}, contacts.BasisUnexplained, "which interest it is"),
    ({"for_public": True}, contacts.NotForThePublic, "only if she consented or the company itself"),
    ({"email": "nobody"}, ValuesRefused, "Enter a valid email address."),
    ({"name": ""}, ValuesRefused, "This field cannot be blank."),
    ({"function": ""}, ValuesRefused, "This field cannot be blank."),
]


@pytest.mark.parametrize(("values", "refusal", "sentence"), REFUSED)
def test_what_may_not_be_kept_is_refused(values, refusal, sentence):
    with pytest.raises(refusal) as refused:
        add(**values)
    assert sentence in refused.value.sentence
    contact = ContactFactory(company=company_of(), legal_basis=B.CONTRACT)
    with pytest.raises(refusal):
        contacts.change(contact, values=values, by=None, at=NOW)
    assert list(Contact.objects.values_list("email", flat=True)) == [contact.email]


@pytest.mark.parametrize(
    "values",
    [
        {"email": "hong@163.com", "stated_as_work": True},
        {"email": "", "phone": "+86 757 1234"},
        {"legal_basis": B.CONSENT, "basis_note": "By mail of 1 March 2018", "for_public": True},
        {"legal_basis": B.PUBLISHED_BY_COMPANY, "for_public": True},
    ],
)
def test_what_may_be_kept(values):
    assert add(**values).pk


def test_a_person_is_entered_once():
    contact = add()
    with pytest.raises(contacts.ContactThere, match="“Erika Muster” is a contact of this company already"):
        add(contact.company, email="MUSTER@firm.example")
    contacts.end(contact, by=None, at=NOW)
    assert add(contact.company).pk


def test_a_change_writes_only_what_differs():
    contact = add()
    before = Contact.pgh_event_model.objects.count()
    contacts.change(contact, values={"function": "Export"}, by=None, at=NOW)
    assert Contact.pgh_event_model.objects.count() == before
    changed = contacts.change(contact, values={"for_members": True}, by=None, at=NOW)
    assert changed.for_members


def test_who_is_no_contact_any_more_stays_for_the_record():
    contact = contacts.end(add(), by=None, at=NOW)
    assert contacts.end(contact, by=None, at=NOW + timedelta(days=1)).ended_at == NOW
    with pytest.raises(contacts.ContactOver, match="no contact of this company any more"):
        contacts.change(contact, values={"function": "x"}, by=None, at=NOW)


def readers():
    """Who reads it, from the city's own lead to a visitor."""
    person = UserFactory()
    ihk = Institution.objects.create(
        kind="chamber", name_en="IHK", seat=cast.city("Aachen"), registered_at=NOW
    )
    InstitutionContact.objects.create(institution=ihk, user=person, function="x", since=NOW)
    member_city("Foshan")
    cast.observer("Chemnitz")
    return {
        "own": cast.lead("Aachen"), "staff": ManagerFactory(), "member": cast.lead("Foshan"),
        "institution": person, "observer": cast.lead("Chemnitz"), "stranger": UserFactory(),
        "visitor": AnonymousUser(),
    }  # fmt: skip


def test_each_release_reaches_whom_it_names_and_nobody_else():
    company = company_of(visibility="public")
    for release in ("nobody", "for_members", "for_passing_on", "for_public"):
        values = {} if release == "nobody" else {release: True}
        ContactFactory(company=company, name=release, **values)
    ContactFactory(company=company, name="ended", for_public=True, for_members=True, ended_at=NOW)
    everything = {"nobody", "for_members", "for_passing_on", "for_public"}
    seen = {
        who: {row.name for row in contacts_seen_by(sight_of(person, at=NOW), company)}
        for who, person in readers().items()
    }
    assert seen == {
        "own": everything,
        "staff": everything,
        "member": {"for_members", "for_public"},
        "institution": {"for_members", "for_public"},
        "observer": {"for_public"},
        "stranger": {"for_public"},
        "visitor": {"for_public"},
    }
