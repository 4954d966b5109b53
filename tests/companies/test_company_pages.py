"""One company's page and its paper: who sees what of it."""

import io
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from cities.models import Industry, Institution, InstitutionContact
from companies.actions import companies, documents, merging
from companies.models import Company
from tests.factories import circulars as cast
from tests.factories.companies import ContactFactory, company_of, member_city, picture
from tests.factories.files import PDF_BYTES, upload
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_june_2018():
    with time_machine.travel(NOW, tick=False):
        yield


def contact_of_an_institution():
    person = UserFactory()
    institution = Institution.objects.create(
        kind="chamber", name_de="IHK", seat=cast.city("Aachen"), registered_at=NOW
    )
    InstitutionContact.objects.create(institution=institution, user=person, function="x", since=NOW)
    return person


def lead(name="Aachen"):
    """A lead who reads English."""
    member_city(name)
    person = cast.lead(name)
    person.language = "en"
    person.save()
    return person


PEOPLE = {
    "visitor": lambda: None,
    "stranger": UserFactory,
    "contact": contact_of_an_institution,
    "other lead": lambda: lead("Foshan"),
    "own lead": lead,
    "secretariat": SecretaryFactory,
    "management": ManagerFactory,
    "administrator": AdministratorFactory,
}
INSIDE = {"own lead", "secretariat", "management", "administrator"}
MEMBERS = {*INSIDE, "contact", "other lead"}
KEEPERS = {"own lead", "secretariat"}


def as_each(client, url):
    """The answer that each kind of person gets."""
    answers = {}
    for who, make in PEOPLE.items():
        client.logout()
        if person := make():
            client.force_login(person)
        answers[who] = client.get(url)
    return answers


def who_reads(client, company, text):
    answers = as_each(client, company.get_absolute_url())
    return {who for who, answer in answers.items() if text in answer.content.decode()}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"visibility": "public"}, set(PEOPLE)),
        ({"visibility": "members"}, MEMBERS),
        ({"visibility": "secretariat"}, INSIDE),
        ({"visibility": "public", "state": "stale"}, set(PEOPLE)),
        ({"visibility": "public", "state": "draft"}, INSIDE),
        ({"visibility": "public", "state": "archived"}, INSIDE),
    ],
)
@pytest.mark.parametrize("part", ["", "pdf/", "logo/", "document"])
def test_who_opens_it(client, values, expected, part):
    company = company_of(state="published")
    documents.set_logo(company, picture(), by=None, at=NOW)
    document = documents.add(company, upload(), by=None, at=NOW)
    type(company).objects.filter(pk=company.pk).update(**in_state(values))
    part = f"documents/{document.pk}/" if part == "document" else part
    answers = as_each(client, f"{company.get_absolute_url()}{part}")
    assert {who for who, answer in answers.items() if answer.status_code == 200} == expected
    assert {answer.status_code for answer in answers.values()} <= {200, 404}


def in_state(values):
    archived = (
        {"archived_at": NOW, "archive_reason": "closed_down"} if values.get("state") == "archived" else {}
    )
    return {**values, **archived}


@pytest.mark.parametrize(
    ("releases", "expected"),
    [
        ({}, INSIDE),
        ({"for_members": True}, MEMBERS),
        ({"for_passing_on": True}, INSIDE),
        ({"for_public": True}, set(PEOPLE)),
        ({"for_public": True, "ended_at": NOW}, set()),
    ],
)
def test_who_sees_a_contact(client, releases, expected):
    company = company_of(visibility="public")
    ContactFactory(company=company, name="Erika Muster", email="erika@firm.example", **releases)
    assert who_reads(client, company, "erika@firm.example") == expected
    assert who_reads(client, company, "Erika Muster") == expected
    papers = as_each(client, f"{company.get_absolute_url()}pdf/")
    assert {who for who, paper in papers.items() if "Erika Muster" in words(paper)} == expected


def words(response):
    reader = PdfReader(io.BytesIO(response.content))
    return " ".join(page.extract_text() for page in reader.pages)


def test_what_is_released_waits_until_the_entry_is_valid(client):
    company = company_of(visibility="public", released=True)
    assert who_reads(client, company, "released for passing on") == MEMBERS
    Company.objects.update(state="stale")
    assert who_reads(client, company, "released for passing on") == set()
    assert who_reads(client, company, "released, as soon as the entry is valid") == MEMBERS


def test_who_sees_history_and_standing(client):
    company = company_of(visibility="public", checked_by=UserFactory(name="Checking Person"), checked_on=NOW)
    assert who_reads(client, company, 'id="history"') == INSIDE
    assert who_reads(client, company, "Checking Person") == INSIDE
    assert who_reads(client, company, "Visible to") == INSIDE
    assert who_reads(client, company, "not released for passing on") == MEMBERS
    assert who_reads(client, company, 'id="doings"') == KEEPERS
    assert who_reads(client, company, "/edit/") == KEEPERS


FULL = {
    "registered_name": "Muster Keramik GmbH",
    "name_zh": "示范陶瓷有限公司",
    "legal_form": "gmbh",
    "register_kind": "handelsregister",
    "register_number": "Aachen HRB 12345",
    "address": "Musterstraße 1, 52062 Aachen",
    "website": "https://keramik.example/start/",
    "founded": 1998,
    "employees": 1234,
    "employees_year": 2017,
    "turnover_band": "to_50",
    "turnover_currency": "EUR",
    "turnover_year": 2016,
    "export_share": 45,
    "ownership": "family",
    "national_scheme": "wz2008",
    "national_code": "23.41",
    "products": ["Fliesen", "日用陶瓷"],
    "certificates": ["ISO 9001"],
    "languages": ["de", "zh"],
    "sites_abroad": ["Foshan"],
    "experience": "trade",
    "experience_note": "Seit 2005",
    "investment_direction": "inward",
    "investment_band": "to_5",
    "cooperation_forms": ["technology", "joint_venture"],
    "short_de": "Fliesen aus Aachen.",
    "long_de": "Wir brennen Fliesen.\n\nSeit 1998.",
    "visibility": "public",
    "released": True,
}
SAID = [
    "Muster Keramik GmbH", "示范陶瓷有限公司", "GmbH", "Aachen HRB 12345", "Musterstraße 1, 52062 Aachen",
    "keramik.example/start", "1998", "1,234", "10 to 50 million EUR", "2016", "45%", "Family business",
    "23.41", "Fliesen", "日用陶瓷", "ISO 9001", "German", "Chinese", "Foshan", "Trade", "Seit 2005",
    "Seeks partners or investors from the other country", "1 to 5 million euros", "Technology and licences",
    "Joint venture", "Fliesen aus Aachen.", "Wir brennen Fliesen.", "Valid until 5 March 2019",
    "Manufacture of other porcelain and ceramic products", "Manufacturing", "2393",
]  # fmt: skip


@pytest.fixture
def full():
    return company_of(industry=Industry.objects.get(code="2393"), **FULL)


def test_the_page_says_everything(client, full):
    text = client.get(full.get_absolute_url()).content.decode()
    assert [said for said in SAID if said not in text] == []


def test_the_paper_says_everything(client, full):
    response = client.get(f"{full.get_absolute_url()}pdf/")
    assert response["Content-Type"] == "application/pdf"
    text = "".join(words(response).split())
    assert [said for said in SAID if "".join(said.split()) not in text] == []


def test_a_draft_is_marked_on_paper(client, full):
    client.force_login(lead())
    companies.withdraw(full, by=None, at=NOW)
    assert "Draft" in words(client.get(f"{full.get_absolute_url()}pdf/"))


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", "Fliesen aus Aachen."), ("en", "This text stands in German"), ("zh-hans", "Fliesen aus Aachen.")],
)
def test_texts_are_shown_in_the_language_there_is(client, full, language, said):
    text = client.get(full.get_absolute_url(), headers={"Accept-Language": language}).content.decode()
    assert said in text
    assert '<div class="prose" lang="de">' in text


@pytest.mark.parametrize(
    ("state", "said"), [("unchecked", "Translation, not checked"), ("checked", "Translation, checked")]
)
def test_a_translation_says_what_it_is(client, full, state, said):
    full.long_en, full.translation_en = "We make tiles.", state
    full.save()
    text = client.get(full.get_absolute_url()).content.decode()
    assert "We make tiles." in text
    assert said in text


def test_an_entry_with_its_name_alone_is_whole(client):
    company = company_of(visibility="public")
    text = client.get(company.get_absolute_url()).content.decode()
    assert "Nothing written yet." in text
    assert "It has not said yet what it looks for in the other country." in text
    assert client.get(f"{company.get_absolute_url()}pdf/").status_code == 200


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": "draft"}, "This entry is a draft"),
        ({"state": "stale", "valid_until": date(2018, 5, 1)}, "Out of date since 1 May 2018"),
        ({"valid_until": date(2018, 5, 31)}, "Out of date since 31 May 2018"),
        ({"valid_until": date(2018, 6, 1)}, "Valid until 1 June 2018"),
        ({"state": "archived", "archive_note": "Sold"}, "Another reason · Sold"),
    ],
)
def test_how_far_it_can_be_relied_on(client, values, said):
    company = company_of(**values)
    client.force_login(lead())
    assert said in client.get(company.get_absolute_url()).content.decode()


def test_a_merged_entry_leads_to_the_one_that_stays(client):
    first, second, third = (company_of(visibility="public") for _ in range(3))
    merging.merge(second, into=first, by=None, at=NOW)
    merging.merge(first, into=third, by=None, at=NOW)
    for merged in (first, second):
        response = client.get(merged.get_absolute_url())
        assert (response.status_code, response["Location"]) == (302, third.get_absolute_url())


def test_a_merged_entry_leads_nobody_to_what_is_hidden(client):
    first, second = company_of(visibility="public"), company_of(visibility="secretariat")
    merging.merge(first, into=second, by=None, at=NOW)
    assert client.get(first.get_absolute_url()).status_code == 404


def test_history_tells_moves_and_changes(client):
    company = company_of(state="draft")
    person = lead()
    companies.change(company, values={"employees": 77}, by=person, at=NOW)
    companies.publish(company, by=person, at=NOW)
    client.force_login(person)
    told = [entry["text"] for entry in client.get(company.get_absolute_url()).context["history"]]
    assert told == ["Draft → Published", "Changed: Employees", "Entered"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", ["publish", "send_link", "merge", "archive"]),
        ("published", ["confirm", "withdraw", "send_link", "merge", "archive"]),
        ("stale", ["confirm", "withdraw", "send_link", "merge", "archive"]),
        ("archived", ["restore"]),
    ],
)
def test_what_can_be_done(client, state, expected):
    company = company_of(state=state)
    client.force_login(lead())
    doings = client.get(company.get_absolute_url()).context["doings"]
    paths = {"send_link": "link"}
    assert [doing.url for doing in doings] == [
        f"{company.get_absolute_url()}{paths.get(name, name)}/" for name in expected
    ]


def test_queries_do_not_grow_with_what_it_has(client, full):
    client.force_login(lead())
    few = count_queries(client, full)
    for number in range(3):
        ContactFactory(company=full)
        documents.add(full, upload(PDF_BYTES + bytes([number])), by=None, at=NOW)
        companies.change(full, values={"employees": number}, by=cast.lead("Aachen"), at=NOW)
    assert count_queries(client, full) <= few + 2


def count_queries(client, company):
    with CaptureQueriesContext(connection) as captured:
        client.get(company.get_absolute_url())
    return len(captured)


def test_a_logo_is_a_picture_and_a_document_a_download(client, full):
    documents.set_logo(full, picture(), by=None, at=NOW)
    document = documents.add(full, upload(name="Katalog.pdf"), title="Katalog 2018", by=None, at=NOW)
    logo = client.get(f"{full.get_absolute_url()}logo/")
    assert (logo["Content-Type"], logo["X-Content-Type-Options"]) == ("image/png", "nosniff")
    file = client.get(f"{full.get_absolute_url()}documents/{document.pk}/")
    assert 'attachment; filename="Katalog.pdf"' in file["Content-Disposition"]
    text = client.get(full.get_absolute_url()).content.decode()
    assert "Katalog 2018" in text
    assert f'src="{full.get_absolute_url()}logo/"' in text


def test_a_document_of_another_company_is_not_there(client, full):
    document = documents.add(company_of(visibility="secretariat"), upload(), by=None, at=NOW)
    assert client.get(f"{full.get_absolute_url()}documents/{document.pk}/").status_code == 404


def test_what_was_taken_out_is_not_there(client, full):
    document = documents.add(full, upload(), by=None, at=NOW)
    documents.remove(document, by=None, at=NOW)
    assert client.get(f"{full.get_absolute_url()}documents/{document.pk}/").status_code == 404


def test_nothing_is_asked_of_others(client, full):
    for url in (full.get_absolute_url(), "/companies/", "/cities/aachen/companies/"):
        text = client.get(url).content.decode()
        assert 'src="http' not in text
        assert 'href="//' not in text
        assert "@import" not in text


@pytest.mark.parametrize(
    ("language", "turnover", "written_in"),
    [
        ("de", "10 bis 50 Millionen EUR", "Chinesisch, Deutsch"),
        ("zh-hans", "1000万至5000万（欧元）", "中文、德文"),
    ],
)
def test_money_and_lists_are_written_as_the_language_writes_them(client, language, turnover, written_in):
    company = company_of(**{**FULL, "languages": ["zh", "de"]})
    client.cookies["django_language"] = language
    text = client.get(company.get_absolute_url()).content.decode()
    assert [said for said in (turnover, written_in) if said not in text] == []
