"""Two entries of one company become one: nothing either said is lost, and the old address leads on."""

from datetime import UTC, datetime, timedelta

import pytest

from companies.actions import companies, contacts, documents, duplicates, merging, sheets
from companies.actions.refusals import ArchivedIsKept, MergedForGood
from companies.models import Company, Contact, DuplicatePair
from tests.factories import circulars as cast
from tests.factories.companies import ContactFactory, company_of, picture
from tests.factories.files import upload
from tests.factories.people import SecretaryFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 6, 9, 0, tzinfo=UTC)
USCC = {"register_kind": "uscc", "register_number": "91110000600037341L"}


def merge(company, into, by=None):
    return merging.merge(company, into=into, by=by, at=NOW)


def fresh(company):
    return Company.objects.get(pk=company.pk)


def test_the_other_entry_stands_for_the_company_and_the_old_one_leads_there():
    old, new = company_of(), company_of()
    kept = merge(old, new, by=cast.lead("Aachen"))
    assert (kept, kept.state, kept.changed_at) == (new, "published", NOW)
    old = fresh(old)
    assert (old.state, old.archive_reason, old.archived_at, old.merged_into) == (
        "archived",
        "merged",
        NOW,
        new,
    )
    revisions = set(Company.objects.values_list("pk", "revision"))
    assert merge(old, new, by=cast.lead("Aachen")) == new
    assert set(Company.objects.values_list("pk", "revision")) == revisions


def test_what_the_other_does_not_say_is_filled_in_and_what_it_says_stays():
    old = company_of(
        name_zh="针线", employees=40, employees_year=2017, turnover_band="to_2", turnover_currency="EUR",
        products=["Nadeln"], website="https://old.example", short_de="Alt", founded=1890, **USCC,
    )  # fmt: skip
    new = company_of(
        registered_name="New GmbH", website="https://new.example", employees=50, turnover_currency="CNY",
        turnover_band="to_10", short_de="Neu",
    )  # fmt: skip
    merge(old, new)
    new = fresh(new)
    assert (new.registered_name, new.website, new.short_de) == ("New GmbH", "https://new.example", "Neu")
    assert (new.name_zh, new.translation_zh) == ("针线", "checked")
    assert (new.products, new.founded) == (["Nadeln"], 1890)
    assert (new.register_kind, new.register_number) == tuple(USCC.values())
    assert (new.employees, new.employees_year) == (50, None), "a year belongs to its number"
    assert (new.turnover_band, new.turnover_currency) == ("to_10", "CNY")
    assert "针线" not in fresh(old).name_keys or new.name_keys


def test_both_histories_stay_untouched():
    old, new = company_of(), company_of()
    events = Company.pgh_event_model.objects.filter(pgh_obj_id=old.pk)
    before = list(events.order_by("pk").values())
    merge(old, new)
    assert list(events.order_by("pk").values())[: len(before)] == before
    assert events.count() == len(before) + 1


def test_contacts_go_along_and_nobody_is_there_twice():
    old, new = company_of(), company_of()
    ContactFactory(company=old, name="Erika", email="erika@firm.example", for_members=True)
    ContactFactory(company=old, name="Max", email="max@firm.example")
    ContactFactory(company=old, name="Ended", ended_at=NOW - timedelta(days=9))
    own = ContactFactory(company=new, name="Erika", email="erika@firm.example")
    merge(old, new)
    assert not old.contacts.exists()
    current = Contact.objects.filter(company=new, ended_at=None)
    assert set(current.values_list("name", flat=True)) == {"Erika", "Max"}
    assert current.get(name="Erika") == own, "no release is widened"
    assert not own.for_members
    assert new.contacts.count() == 4


def test_documents_go_along_with_one_logo():
    old, new = company_of(), company_of()
    documents.set_logo(old, picture(b"old"), by=None, at=NOW)
    own = documents.set_logo(new, picture(b"new"), by=None, at=NOW)
    documents.add(old, upload(), title="Same", by=None, at=NOW)
    mine = documents.add(new, upload(), title="Same", by=None, at=NOW)
    other = documents.add(old, picture(b"other"), by=None, at=NOW)
    merge(old, new)
    assert documents.logo_of(new) == own
    assert documents.documents_of(new) == [mine, other]
    assert not old.documents.exists()


def test_without_a_logo_of_its_own_it_takes_the_others():
    old, new = company_of(), company_of()
    logo = documents.set_logo(old, picture(), by=None, at=NOW)
    merge(old, new)
    assert documents.logo_of(new) == logo


def test_a_chain_of_merges_leads_to_the_entry_that_stands():
    first, second, third = company_of(), company_of(), company_of()
    merge(first, second)
    merge(second, third)
    assert fresh(first).merged_into == second, "the history stays"
    assert merging.survivor(fresh(first)) == merging.survivor(second) == third
    assert merging.survivor(third) == third
    with pytest.raises(MergedForGood, match=r"was merged with “.*”; please work with that entry"):
        merge(third, first)


@pytest.mark.parametrize("move", ["change", "restore", "merge"])
def test_what_was_merged_stays_merged(move):
    old, new = company_of(), company_of()
    merge(old, new)
    acts = {
        "change": lambda: companies.change(old, values={"employees": 2}, by=None, at=NOW),
        "restore": lambda: companies.restore(old, by=None, at=NOW),
        "merge": lambda: merge(old, company_of()),
    }
    with pytest.raises(MergedForGood):
        acts[move]()


def test_an_entry_is_not_merged_with_itself_nor_into_an_archived_one():
    company, archived = company_of(), company_of(state="archived")
    with pytest.raises(merging.SameEntry, match="cannot be merged with itself"):
        merge(company, company)
    with pytest.raises(ArchivedIsKept):
        merge(company, archived)
    assert merge(archived, company) == company


def test_two_register_numbers_are_two_companies():
    old, new = company_of(**USCC), company_of(register_kind="uscc", register_number="9" * 18)
    with pytest.raises(merging.OtherNumber, match="so they are two companies"):
        merge(old, new)


def test_the_queue_is_settled_and_open_questions_are_asked_of_the_one_that_stays():
    old, new = company_of(registered_name="Nadel GmbH"), company_of(registered_name="Nadel AG")
    third, fourth = company_of(registered_name="Nadel KG"), company_of(registered_name="Nadel")
    duplicates.note([old.pk, new.pk, third.pk, fourth.pk], at=NOW)
    duplicates.tell_apart(pair(old, fourth), note="Son", by=cast.lead("Aachen"), at=NOW)
    secretary = SecretaryFactory()
    merge(old, new, by=secretary)
    assert (pair(old, new).state, pair(old, new).decided_by) == ("merged", secretary)
    assert pair(old, third).state == pair(old, fourth).state == "merged"
    assert pair(new, third).state == "open"
    assert (pair(new, fourth).state, pair(new, fourth).note) == ("different", "Son")
    assert pair(new, fourth).decided_by == cast.lead("Aachen")


def pair(one, other):
    return DuplicatePair.objects.get(first=min(one.pk, other.pk), second=max(one.pk, other.pk))


def test_a_link_to_the_old_entrys_sheet_is_taken_back_and_what_came_by_it_is_about_the_new_one():
    old, new = company_of(), company_of()
    link = sheets.send_link(old, email="a@firm.example", language="de", by=None, at=NOW)
    submission = sheets.submit(sheets.token_of(link), {"employees": 12}, at=NOW)
    merge(old, new)
    with pytest.raises(sheets.LinkRevoked):
        sheets.opened(sheets.token_of(link), at=NOW)
    sheets.take_over(submission, fields=["employees"], by=None, at=NOW)
    assert fresh(new).employees == 12


def test_no_contact_is_lost_whoever_is_changed_meanwhile():
    old, new = company_of(), company_of()
    contact = ContactFactory(company=old)
    merge(old, new)
    changed = contacts.change(contact, values={"function": "Sales"}, by=None, at=NOW)
    assert changed.company == new
