"""A firm fills in its own sheet by a personal link; an officer compares it and takes it over or does not."""

from datetime import UTC, datetime, timedelta

import pytest

from alliance.letters.models import Delivery, Letter
from alliance.letters.personal import SIGNER as LETTER_SIGNER
from cities.models import Industry
from companies.actions import companies, sheets
from companies.actions.refusals import ArchivedIsKept, ValuesRefused
from companies.models import Company, SheetLink, SheetSubmission
from tests.factories import circulars as cast
from tests.factories.companies import ContactFactory, company_of

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 6, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def sent(company=None, *, email="post@firm.example", language="de", at=NOW):
    company = company or company_of(employees=40, website="https://firm.example")
    by = cast.lead("Aachen")
    return sheets.send_link(company, email=email, language=language, by=by, at=at)


def submitted(link=None, *, at=NOW, **values):
    return sheets.submit(sheets.token_of(link or sent()), values or {"employees": 50}, at=at)


def last_letter():
    return Letter.objects.latest("pk")


def test_the_link_goes_to_the_firm_alone_in_its_language():
    link = sent()
    letter, copy = last_letter(), Delivery.objects.get()
    assert (copy.address, copy.language) == ("post@firm.example", "de")
    assert letter.confidential, "staff never see a link that opens the firm's sheet"
    assert letter.path == f"/sheets/{sheets.token_of(link)}/"
    assert "your own sheet; you need no account" in letter.body_en
    assert link.expires_at == NOW + 30 * DAY


def test_looking_changes_nothing():
    link = sent()
    before = Company.pgh_event_model.objects.count()
    assert sheets.opened(sheets.token_of(link), at=NOW) == link
    assert Company.pgh_event_model.objects.count() == before
    assert not SheetSubmission.objects.exists()


def opening(token, at=NOW):
    try:
        return sheets.opened(token, at=at)
    except sheets.SheetRefused as refusal:
        return type(refusal).__name__, refusal.status


def test_a_link_is_taken_for_thirty_days_until_it_is_taken_back():
    link = sent()
    token = sheets.token_of(link)
    assert opening(token, NOW + 30 * DAY - timedelta(seconds=1)) == link
    assert opening(token, NOW + 30 * DAY) == ("LinkExpired", 410)
    sheets.revoke(link, by=cast.lead("Aachen"), at=NOW)
    assert sheets.revoke(link, by=None, at=NOW + DAY).revoked_at == NOW
    assert opening(token) == ("LinkRevoked", 410)
    with pytest.raises(sheets.LinkRevoked, match="taken back, or replaced by a newer one"):
        sheets.submit(token, {"employees": 1}, at=NOW)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "1",
        "x.y",
        lambda token: token[:-1] + ("a" if token[-1] != "a" else "b"),
        lambda token: token.partition(".")[0],
        lambda token: LETTER_SIGNER.sign_object([1]),
        lambda token: sheets.SIGNER.sign_object([999999]),
        lambda token: sheets.SIGNER.sign_object([1, 2]),
    ],
)
def test_a_forged_or_broken_link_leads_nowhere(forged):
    token = sheets.token_of(sent())
    assert opening(forged(token) if callable(forged) else forged) == ("UnknownLink", 404)


def test_a_new_link_takes_the_place_of_the_old_one():
    first = sent()
    second = sent(first.company, email="other@firm.example", at=NOW + DAY)
    assert opening(sheets.token_of(first)) == ("LinkRevoked", 410)
    assert opening(sheets.token_of(second)) == second


def test_of_an_archived_entry_nothing_is_sent_or_opened():
    link = sent()
    companies.archive(link.company, reason="closed_down", by=None, at=NOW)
    assert opening(sheets.token_of(link)) == ("EntryArchived", 410)
    with pytest.raises(ArchivedIsKept):
        sent(link.company)


def test_an_address_is_checked():
    with pytest.raises(sheets.AddressRefused, match="“nobody” is no e-mail address"):
        sent(email="nobody")


def test_what_the_firm_sends_waits_and_the_entry_stays_as_it_is():
    link = sent()
    submission = submitted(link, employees=50, short_zh="针", products=["Nadeln", ""])
    company = Company.objects.get()
    assert (company.employees, company.short_zh, company.revision) == (40, "", 1)
    assert submission.state == "waiting"
    assert [one.field for one in sheets.differences(submission)] == ["employees", "products", "short_zh"]
    letter = last_letter()
    assert set(letter.deliveries.values_list("address", flat=True)) == {"lead@aachen.example"}
    assert letter.path == submission.get_absolute_url()


def test_the_same_again_is_one_and_another_one_takes_its_place():
    link = sent()
    first = submitted(link)
    assert submitted(link, at=NOW + DAY) == first
    second = submitted(link, employees=51, at=NOW + DAY)
    states = dict(SheetSubmission.objects.values_list("pk", "state"))
    assert states == {first.pk: "replaced", second.pk: "waiting"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"export_share": 101}, "export_share"),
        ({"registered_name": ""}, "registered_name"),
        ({"register_kind": "uscc", "register_number": "1"}, "register_number"),
    ],
)
def test_mistakes_are_named_to_the_firm(values, field):
    with pytest.raises(ValuesRefused) as refused:
        submitted(**values)
    assert list(refused.value.errors) == [field]
    assert not SheetSubmission.objects.exists()


@pytest.mark.parametrize(
    "field", ["visibility", "state", "city", "valid_until", "translation_de", "merged_into"]
)
def test_the_firm_does_not_say_who_sees_it_nor_how_long_it_is_valid(field):
    with pytest.raises(ValueError, match="Not for the firm to say"):
        submitted(**{field: "public"})


def test_nothing_but_the_sheet_stands_in_it():
    """Contacts, notes and who checked it are none of the firm's fields."""
    link = sent()
    ContactFactory(company=link.company, name="Secret Person")
    kept = str(submitted(link).values)
    assert "Secret Person" not in kept
    assert not {"visibility", "checked_by", "archive_note", "contacts"} & set(sheets.SHEET_FIELDS)


def test_all_that_differs_is_taken_over_and_the_firm_is_told():
    industry = Industry.objects.get(code="2593")
    submission = submitted(sent(), employees=50, employees_year=2017, industry=industry, released=True)
    taken = sheets.take_over(submission, by=cast.lead("Aachen"), at=NOW + DAY)
    company = Company.objects.get()
    assert (company.employees, company.employees_year, company.industry) == (50, 2017, industry)
    assert company.released
    assert (taken.state, taken.decided_by) == ("taken_over", cast.lead("Aachen"))
    assert taken.taken == ["employees", "employees_year", "industry", "released"]
    assert sheets.take_over(submission, by=cast.lead("Aachen"), at=NOW + 2 * DAY).decided_at == NOW + DAY
    letter = last_letter()
    assert letter.subject_en == "Your sheet was taken over: " + company.name
    assert "4 values were taken over." in letter.body_en
    assert [(one.address, one.language) for one in letter.deliveries.all()] == [("post@firm.example", "de")]


def test_field_by_field_and_a_number_with_its_kind():
    submission = submitted(
        sent(), employees=50, founded=1890, register_kind="handelsregister", register_number="Aachen HRB 1"
    )
    sheets.take_over(submission, fields=["register_number", "founded"], by=None, at=NOW)
    company = Company.objects.get()
    assert (company.employees, company.founded) == (40, 1890)
    assert (company.register_kind, company.register_number) == ("handelsregister", "Aachen HRB 1")
    assert "1 value was left as it is." in last_letter().body_en


def test_what_was_changed_meanwhile_is_compared_with_the_entry_as_it_is_now():
    submission = submitted(employees=50, founded=1890)
    companies.change(submission.link.company, values={"employees": 50}, by=None, at=NOW)
    assert [(one.label, one.now, one.proposed) for one in sheets.differences(submission)] == [
        ("founded in", "–", "1890")
    ]


def test_values_are_compared_in_words():
    link = sent()
    submission = submitted(
        link, legal_form="gmbh", languages=["de", "zh"], released=True, products=["a", "b"]
    )
    assert {one.field: (one.now, one.proposed) for one in sheets.differences(submission)} == {
        "legal_form": ("–", "GmbH"),
        "languages": ("–", "German · Chinese"),
        "released": ("No", "Yes"),
        "products": ("–", "a · b"),
    }


@pytest.mark.parametrize("fields", [[], ["website"]])
def test_nothing_chosen_is_nothing_taken_over(fields):
    submission = submitted()
    with pytest.raises(sheets.NothingChosen, match="choose at least one value"):
        sheets.take_over(submission, fields=fields, by=None, at=NOW)


def test_a_sheet_that_says_the_same_is_taken_over_as_right():
    submission = submitted(employees=40)
    assert sheets.differences(submission) == []
    assert sheets.take_over(submission, by=None, at=NOW).taken == []
    assert "Everything in the entry was right already." in last_letter().body_en


def test_not_taken_over_the_firm_learns_why():
    submission = submitted()
    with pytest.raises(sheets.ReasonForTheFirm, match="Please tell the firm why"):
        sheets.refuse(submission, reason=" ", by=cast.lead("Aachen"), at=NOW)
    refused = sheets.refuse(submission, reason="Not of our city.", by=cast.lead("Aachen"), at=NOW)
    assert (refused.state, refused.note) == ("refused", "Not of our city.")
    assert sheets.refuse(submission, reason="x", by=None, at=NOW).note == "Not of our city."
    assert "Reason: Not of our city." in last_letter().body_en
    assert Company.objects.get().employees == 40
    with pytest.raises(sheets.DecidedAlready, match="dealt with already: Not taken over"):
        sheets.take_over(submission, by=None, at=NOW)


def test_what_was_taken_over_is_not_refused_afterwards():
    submission = sheets.take_over(submitted(), by=None, at=NOW)
    with pytest.raises(sheets.DecidedAlready, match="dealt with already: Taken over"):
        sheets.refuse(submission, reason="x", by=None, at=NOW)


def test_after_it_was_dealt_with_the_firm_can_send_another_one():
    link = sent()
    sheets.take_over(submitted(link), by=None, at=NOW)
    assert submitted(link, employees=60).state == "waiting"
    assert SheetLink.objects.count() == 1
