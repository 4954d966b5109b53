"""What the database itself does not let happen to companies: raw SQL is refused too."""

from datetime import UTC, datetime

import pytest

from companies.actions import documents
from companies.models import Company, DuplicatePair, SheetLink, SheetSubmission
from tests.factories.cities import CityFactory
from tests.factories.companies import CompanyFactory, ContactFactory, company_of, picture
from tests.raw_sql import KEPT, refused, run

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 6, 9, 0, tzinfo=UTC)
ALL = "UPDATE companies_company SET "
WRONG = [
    ("state = 'sold'", "company_state_is_known"),
    ("visibility = 'friends'", "company_visibility_is_known"),
    ("visibility = ''", "company_visibility_is_known"),
    ("legal_form = 'ltd'", "company_legal_form_is_known"),
    ("languages = '{xx}'", "company_languages_are_known"),
    ("cooperation_forms = '{theft}'", "company_cooperation_forms_are_known"),
    ("registered_name = ''", "company_has_a_name"),
    ("name_zh = '针'", "company_translation_zh_is_said"),
    ("translation_en = 'checked'", "company_translation_en_is_said"),
    ("register_number = '4711'", "company_register_number_has_a_kind"),
    ("register_kind = 'uscc'", "company_register_number_has_a_kind"),
    ("national_code = '25'", "company_national_code_has_a_scheme"),
    ("turnover_band = 'to_2'", "company_turnover_has_a_currency"),
    ("export_share = 101", "company_export_share_in_percent"),
    ("checked_on = '2018-01-01'", "company_checked_pair"),
    ("valid_until = NULL", "company_published_until"),
    ("state = 'archived'", "company_archived_with_a_reason"),
    ("state = 'archived', archived_at = entered_at", "company_archived_with_a_reason"),
    ("archive_reason = 'other'", "company_archived_with_a_reason"),
    ("merged_into_id = id", "company_not_merged_into_itself|company_merged_is_archived"),
    (
        "state = 'archived', archived_at = entered_at, archive_reason = 'merged'",
        "company_merged_is_archived",
    ),
    (
        "state = 'archived', archived_at = entered_at, archive_reason = 'merged', merged_into_id = id",
        "company_not_merged_into_itself",
    ),
]


@pytest.mark.parametrize(("change", "constraint"), WRONG, ids=[change for change, _name in WRONG])
def test_no_statement_makes_an_entry_that_contradicts_itself(change, constraint):
    company_of()
    refused(ALL + change, match=constraint)


def test_a_register_number_stands_once_among_those_that_were_not_merged():
    values = {"register_kind": "uscc", "register_number": "91110000600037341L"}
    first, second = company_of(**values), company_of()
    same = ALL + "register_kind = 'uscc', register_number = '91110000600037341L' WHERE id = %s"
    refused(same, second.pk, match="company_register_number_once")
    merge_raw(first, second)
    run(same, second.pk)


def merge_raw(company, into):
    run(
        ALL + "state = 'archived', archived_at = entered_at, archive_reason = 'merged', merged_into_id = %s"
        " WHERE id = %s",
        into.pk,
        company.pk,
    )


def test_companies_are_not_merged_in_a_circle():
    first, second, third = company_of(), company_of(), company_of()
    merge_raw(first, second)
    merge_raw(second, third)
    circle = (
        ALL + "state = 'archived', archived_at = entered_at, archive_reason = 'merged', merged_into_id = %s"
        " WHERE id = %s"
    )
    refused(circle, first.pk, third.pk, match="not merged in a circle")
    refused(circle, second.pk, third.pk, match="not merged in a circle")
    refused(
        ALL + "state = 'archived', archived_at = entered_at, archive_reason = 'merged',"
        " merged_into_id = CASE id WHEN %s THEN %s ELSE %s END WHERE id IN (%s, %s)",
        *(third.pk, first.pk, third.pk, third.pk, first.pk),
        match="not merged in a circle",
    )


@pytest.mark.parametrize("state", ["published", "stale"])
def test_in_a_city_that_is_not_confirmed_nothing_is_published(state):
    city = CityFactory(confirmed_at=None)
    draft = CompanyFactory(city=city, state="draft")
    refused(ALL + "state = %s, valid_until = '2019-01-01'", state, match="in a confirmed city only")
    other = company_of()
    refused(ALL + "city_id = %s WHERE id = %s", city.pk, other.pk, match="in a confirmed city only")
    copied = (
        "INSERT INTO companies_company SELECT (r).* FROM (SELECT jsonb_populate_record(c, jsonb_build_object("
        "'id', 999999, 'city_id', %s, 'state', 'published', 'valid_until', '2019-01-01')) AS r"
        " FROM companies_company c WHERE id = %s) x"
    )
    refused(copied, city.pk, draft.pk, match="in a confirmed city only")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("legal_basis = ''", "contact_has_a_basis"),
        ("legal_basis = 'consent'", "contact_basis_is_explained"),
        ("legal_basis = 'contract', for_public = true", "contact_public_by_consent"),
        ("email = ''", "company_contact_has_a_channel"),
    ],
)
def test_no_contact_stands_without_basis_and_channel(change, constraint):
    ContactFactory(company=company_of())
    refused("UPDATE companies_contact SET " + change, match=constraint)


def test_a_document_stays_as_it_was_found():
    company = company_of()
    documents.add(company, picture(), by=None, at=NOW)
    logo = documents.set_logo(company, picture(b"x"), by=None, at=NOW)
    changes = "UPDATE companies_companydocument SET "
    refused(changes + "sha256 = 'x'", match=KEPT)
    refused(changes + "media_type = 'text/html'", match=KEPT)
    refused("DELETE FROM companies_companydocument", match=KEPT)
    refused(changes + "is_logo = true", match="company_one_logo")
    run(changes + "removed_at = added_at WHERE id = %s", logo.pk)
    pdf = "INSERT INTO companies_companydocument (file, filename, media_type, size, sha256, company_id,"
    refused(
        pdf + " is_logo, title, language, added_at)"
        " VALUES ('x', 'x', 'application/pdf', 1, 'y', %s, true, '', '', now())",
        company.pk,
        match="company_logo_is_a_picture",
    )


def test_a_pair_stands_once_in_order_and_is_decided_by_moment():
    first, second = company_of(), company_of()
    DuplicatePair.objects.create(first=first, second=second, reasons=["name"], found_at=NOW)
    insert = (
        "INSERT INTO companies_duplicatepair (first_id, second_id, reasons, state, found_at, note)"
        " VALUES (%s, %s, %s, 'open', now(), '')"
    )
    refused(insert, first.pk, second.pk, ["name"], match="duplicate_pair_once")
    refused(insert, second.pk, first.pk, ["name"], match="duplicate_pair_in_order")
    changes = "UPDATE companies_duplicatepair SET "
    refused(changes + "reasons = '{}'", match="duplicate_has_reasons")
    refused(changes + "reasons = '{luck}'", match="duplicate_has_reasons")
    refused(changes + "state = 'merged'", match="duplicate_decided_pair")
    refused(changes + "state = 'maybe', decided_at = now()", match="duplicate_state_is_known")
    refused(changes + "decided_at = now()", match="duplicate_decided_pair")


def test_a_firms_sheet_stays_as_it_was_filled_in():
    company = company_of()
    link = SheetLink.objects.create(
        company=company, email="a@b.example", language="de", sent_at=NOW, expires_at=NOW.replace(month=4)
    )
    SheetSubmission.objects.create(link=link, values={"employees": 3}, submitted_at=NOW)
    changes = "UPDATE companies_sheetsubmission SET "
    refused(changes + """values = '{"employees": 4}'""", match=KEPT)
    refused(changes + "state = 'taken_over'", match="submission_decided_pair")
    refused(changes + "taken = '{employees}'", match="submission_taken_fields")
    links = "UPDATE companies_sheetlink SET "
    refused(links + "expires_at = sent_at", match="sheet_link_expires_after_it_was_sent")
    refused(links + "language = 'fr'", match="sheet_link_language_is_known")
    again = "INSERT INTO companies_sheetlink (company_id, email, language, sent_at, expires_at)"
    refused(
        again + " VALUES (%s, 'x@y.example', 'de', now(), now() + interval '1 day')",
        company.pk,
        match="sheet_link_one_a_company",
    )


def test_every_statement_is_in_the_trail_and_counts_as_a_revision():
    first, second = company_of(), company_of()
    run(ALL + "founded = 1900")
    assert set(Company.objects.values_list("revision", flat=True)) == {2}
    events = Company.pgh_event_model.objects.filter(founded=1900)
    assert set(events.values_list("pgh_obj_id", flat=True)) == {first.pk, second.pk}
