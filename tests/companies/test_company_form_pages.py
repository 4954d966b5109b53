"""Entering a company, changing an entry, its contacts and files, and what is done with it by a button."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.messages import get_messages

from alliance.letters.models import Letter
from companies.actions import companies, documents
from companies.models import Company, Contact
from tests.factories import circulars as cast
from tests.factories.companies import ContactFactory, company_of, member_city, picture
from tests.factories.files import EXE_BYTES, PDF_BYTES, upload
from tests.factories.people import SecretaryFactory
from tests.factories.withdrawals import end_by_hand

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
NEW = "/companies/new/"


@pytest.fixture(autouse=True)
def in_june_2018():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def secretary(client):
    member_city("Aachen")
    person = SecretaryFactory()
    client.force_login(person)
    return person


def errors(response):
    assert response.status_code == 200
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def fields(**values):
    city = cast.city("Aachen")
    return {"registered_name": "Muster GmbH", "city": city.pk, "visibility": "members", **values}


def test_a_company_is_entered_with_its_name_alone(client, lead):
    response = client.post(NEW, fields())
    company = Company.objects.get()
    assert (response.status_code, response["Location"]) == (302, company.get_absolute_url())
    assert (company.registered_name, company.city, company.state) == (
        "Muster GmbH",
        cast.city("Aachen"),
        "draft",
    )
    assert (company.entered_by, company.entered_at) == (lead, NOW)
    assert said(response) == [("success", "“Muster GmbH” is entered as a draft.")]


def test_everything_that_was_filled_in_is_kept(client, lead):
    client.post(
        NEW,
        fields(
            name_zh="示范公司",
            legal_form="gmbh",
            register_kind="handelsregister",
            register_number="HRB 12345 Aachen",
            website="muster.example",
            industry_text="2393",
            products="Fliesen\n\nFliesen\n  Isolatoren ",
            certificates="ISO 9001",
            languages=["de", "zh"],
            cooperation_forms=["technology"],
            investment_direction="inward",
            employees="1234",
            turnover_band="to_50",
            turnover_currency="EUR",
            short_de="Fliesen aus Aachen.",
            released="on",
        ),
    )
    company = Company.objects.get()
    assert (company.register_number, company.website) == ("Aachen HRB 12345", "https://muster.example")
    assert (company.industry.code, company.products) == ("2393", ["Fliesen", "Isolatoren"])
    assert (company.languages, company.cooperation_forms) == (["de", "zh"], ["technology"])
    assert (company.employees, company.turnover_band, company.released) == (1234, "to_50", True)
    assert (company.translation_de, company.translation_zh, company.translation_en) == (
        "original",
        "unchecked",
        "",
    )


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"registered_name": " "}, "registered_name", "This field is required."),
        ({"registered_name": "x" * 301}, "registered_name", "at most 300 characters (it has 301)"),
        ({"city": ""}, "city", "This field is required."),
        ({"city": "999999"}, "city", "Select a valid choice."),
        ({"visibility": "nobody"}, "visibility", "Select a valid choice."),
        ({"register_kind": "uscc", "register_number": "123"}, "register_number", "has 18 characters"),
        ({"register_number": "Aachen HRB 1"}, "register_number", "Please say what kind of number"),
        ({"register_kind": "vat"}, "register_number", "Please enter the register number"),
        ({"website": "not a page"}, "website", "not the address of a web site"),
        ({"website": "javascript:alert(1)"}, "website", "not the address of a web site"),
        ({"founded": "3000"}, "founded", "less than or equal to 2100"),
        ({"founded": "2019"}, "founded", "between 1000 and 2018"),
        ({"founded": "long ago"}, "founded", "Enter a whole number."),
        ({"employees": "-1"}, "employees", "greater than or equal to 0"),
        ({"employees": "99999999999"}, "employees", "less than or equal to"),
        ({"export_share": "101"}, "export_share", "less than or equal to 100"),
        ({"turnover_band": "to_50"}, "turnover_currency", "in which currency"),
        ({"turnover_currency": "EUR"}, "turnover_band", "how large the turnover is"),
        ({"industry_text": "Qqqq"}, "industry", "No industry is called “Qqqq”."),
        ({"national_scheme": "wz2008"}, "national_code", "Please enter the code"),
        ({"national_code": "23.41"}, "national_scheme", "from which classification"),
        ({"national_scheme": "wz2008", "national_code": "99.99"}, "national_code", "99.99"),
        ({"products": "x" * 201}, "products", "200 characters a line at most"),
        ({"products": "\n".join(map(str, range(51)))}, "products", "51 lines are too many; 50 at most."),
        ({"languages": ["xx"]}, "languages", "Select a valid choice."),
        ({"cooperation_forms": ["peace"]}, "cooperation_forms", "Select a valid choice."),
        ({"short_de": "x" * 301}, "short_de", "at most 300 characters"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_is_kept(client, lead, changed, field, sentence):
    response = client.post(NEW, fields(address="Musterstraße 1", **changed))
    found = errors(response)
    assert field in found, found
    assert sentence in " ".join(found[field])
    assert "Musterstraße 1" in response.content.decode()
    assert not Company.objects.exists()


def test_officers_enter_companies_of_their_own_cities_only(client, lead):
    foshan = member_city("Foshan")
    assert "city" in errors(client.post(NEW, fields(city=foshan.pk)))


@pytest.mark.parametrize("typed", ["Foshan", "佛山", "foshan"])
def test_the_secretariat_names_any_city(client, secretary, typed):
    foshan = member_city("Foshan")
    client.post(NEW, fields(city=typed))
    assert Company.objects.get().city == foshan


def test_entries_that_look_alike_are_named_first(client, lead):
    there = company_of(registered_name="Müller Maschinenbau GmbH", founded=1998)
    typed = fields(registered_name="Mueller Maschinenbau AG", founded=1998)
    response = client.post(NEW, typed)
    text = response.content.decode()
    assert "Is it one of these?" in text
    assert there.get_absolute_url() in text
    assert "What speaks for it: " in text
    assert Company.objects.count() == 1
    client.post(NEW, {**typed, "different": "on"})
    assert Company.objects.count() == 2


def test_what_is_hidden_is_not_named_as_alike(client, lead):
    number = {"register_kind": "handelsregister", "register_number": "Aachen HRB 12345"}
    member_city("Foshan")
    company_of("Foshan", registered_name="Geheime GmbH", visibility="secretariat", **number)
    response = client.post(NEW, fields(**number))
    assert "Geheime" not in response.content.decode()
    assert "in another city. Please ask the secretariat." in " ".join(errors(response)["__all__"])


def edit_fields(company, **values):
    return {
        "registered_name": company.registered_name,
        "name_de": company.name_de,
        "visibility": company.visibility,
        "revision": company.revision,
        **values,
    }


def fresh(company):
    return Company.objects.get(pk=company.pk)


def test_an_entry_is_changed(client, lead):
    company = fresh(company_of())
    response = client.post(f"{company.get_absolute_url()}edit/", edit_fields(company, employees="77"))
    assert (response.status_code, response["Location"]) == (302, company.get_absolute_url())
    assert fresh(company).employees == 77


def test_the_form_holds_what_the_entry_says(client, lead):
    company = company_of(products=["Fliesen", "Isolatoren"], employees=12, cooperation_forms=["supply"])
    text = client.get(f"{company.get_absolute_url()}edit/").content.decode()
    for said_there in (
        "Fliesen\nIsolatoren",
        'value="12"',
        'value="supply" id="id_cooperation_forms_5" checked',
    ):
        assert said_there in text


def test_saving_what_the_form_holds_changes_nothing(client, lead):
    company = fresh(company_of(industry=None, products=["Fliesen"], languages=["de"], short_de="Kurz"))
    form = client.get(f"{company.get_absolute_url()}edit/").context["form"]
    sent = {bound.html_name: value for bound in form if (value := bound.value()) not in (None, "", False)}
    sent.pop("industry", None)
    client.post(f"{company.get_absolute_url()}edit/", sent)
    assert (fresh(company).revision, fresh(company).changed_at) == (company.revision, company.changed_at)


def test_what_others_changed_meanwhile_is_shown(client, lead):
    company = fresh(company_of(employees=10))
    companies.change(company, values={"employees": 20, "address": "Neue Straße 2"}, by=None, at=NOW)
    url = f"{company.get_absolute_url()}edit/"
    response = client.post(url, edit_fields(company, employees="30"))
    text = response.content.decode()
    assert "was changed by somebody else" in text
    rows = {row["label"]: (row["before"], row["after"]) for row in response.context["differences"]}
    assert rows == {"Employees": ("20", "30"), "Address": ("Neue Straße 2", "–")}
    assert fresh(company).employees == 20
    newest = response.context["form"]["revision"].value()
    client.post(url, edit_fields(company, employees="30", address="Neue Straße 2", revision=newest))
    assert (fresh(company).employees, fresh(company).address) == (30, "Neue Straße 2")


@pytest.mark.parametrize("revision", ["", "x", "-1", "99999999999"])
def test_a_form_without_its_revision_saves_nothing(client, lead, revision):
    company = fresh(company_of(employees=10))
    client.post(f"{company.get_absolute_url()}edit/", edit_fields(company, employees="30", revision=revision))
    assert fresh(company).employees == 10


def test_an_archived_entry_is_not_changed(client, lead):
    company = fresh(company_of(state="archived"))
    response = client.post(f"{company.get_absolute_url()}edit/", edit_fields(company, employees="30"))
    assert "Restore it first to change it." in " ".join(errors(response)["__all__"])


@pytest.mark.parametrize(
    ("verb", "before", "after", "sentence"),
    [
        ("publish", "draft", "published", "is published, valid until 1 June 2019."),
        ("confirm", "stale", "published", "is confirmed, valid until 1 June 2019."),
        ("withdraw", "published", "draft", "is a draft again."),
        ("restore", "archived", "draft", "is taken up again as a draft."),
    ],
)
def test_what_a_button_does(client, lead, verb, before, after, sentence):
    company = company_of(state=before)
    response = client.post(f"{company.get_absolute_url()}{verb}/")
    assert (response.status_code, response["Location"]) == (302, company.get_absolute_url())
    assert fresh(company).state == after
    [(level, text)] = said(response)
    assert level == "success"
    assert text.endswith(sentence)


@pytest.mark.parametrize(
    ("verb", "state"), [("publish", "archived"), ("confirm", "draft"), ("restore", "stale")]
)
def test_a_button_that_is_too_late_says_why(client, lead, verb, state):
    company = company_of(state=state)
    response = client.post(f"{company.get_absolute_url()}{verb}/")
    [(level, text)] = said(response)
    assert level == "error"
    assert "not possible" in text
    assert fresh(company).state == state


def test_nobody_publishes_for_a_city_that_left(client, secretary):
    company = company_of(state="draft")
    end_by_hand(cast.city("Aachen").places.get(), NOW.date())
    response = client.post(f"{company.get_absolute_url()}publish/")
    assert "The membership of Aachen has ended" in said(response)[0][1]


def test_archiving_asks_why(client, lead):
    company = company_of()
    url = f"{company.get_absolute_url()}archive/"
    assert errors(client.post(url, {})) == {"reason": ["This field is required."]}
    assert "reason" in errors(client.post(url, {"reason": "merged"}))
    assert "note" in errors(client.post(url, {"reason": "other"}))
    client.post(url, {"reason": "closed_down", "note": "Sold"})
    company = fresh(company)
    assert (company.state, company.archive_reason, company.archive_note) == (
        "archived",
        "closed_down",
        "Sold",
    )


def test_the_firm_is_sent_its_sheet(client, lead):
    company = company_of()
    url = f"{company.get_absolute_url()}link/"
    assert "email" in errors(client.post(url, {"email": "nobody", "language": "de"}))
    assert "language" in errors(client.post(url, {"email": "firm@firm.example", "language": "fr"}))
    response = client.post(url, {"email": "firm@firm.example", "language": "de"})
    assert said(response) == [("success", "The link is on its way to firm@firm.example.")]
    assert Letter.objects.filter(deliveries__address="firm@firm.example").count() == 1


PERSON = {"name": "Erika Muster", "function": "Export", "email": "e@firm.example", "legal_basis": "published"}


def test_a_contact_is_entered_changed_and_ended(client, lead):
    company = company_of()
    client.post(f"{company.get_absolute_url()}contacts/new/", PERSON)
    contact = Contact.objects.get()
    assert (contact.name, contact.company, contact.for_members) == ("Erika Muster", company, False)
    url = f"{company.get_absolute_url()}contacts/{contact.pk}/"
    client.post(url, {**PERSON, "for_members": "on"})
    assert Contact.objects.get().for_members is True
    client.post(f"{url}end/")
    assert Contact.objects.get().ended_at == NOW
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "nobody"}, "email"),
        ({"email": "erika@gmx.de"}, "stated_as_work"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"legal_basis": "consent"}, "basis_note"),
        ({"legal_basis": "public_task", "for_public": "on"}, "for_public"),
    ],
)
def test_a_contact_that_cannot_be_kept(client, lead, changed, field):
    company = company_of()
    response = client.post(f"{company.get_absolute_url()}contacts/new/", {**PERSON, **changed})
    assert field in errors(response)
    assert not Contact.objects.exists()


def test_a_contact_of_another_company_is_not_there(client, lead):
    contact, company = ContactFactory(company=company_of()), company_of()
    assert client.get(f"{company.get_absolute_url()}contacts/{contact.pk}/").status_code == 404
    assert client.post(f"{company.get_absolute_url()}contacts/{contact.pk}/end/").status_code == 404


def test_documents_and_logo(client, lead):
    company = company_of()
    url = company.get_absolute_url()
    client.post(f"{url}documents/new/", {"file": upload(), "title": "Katalog", "language": "de"})
    [document] = documents.documents_of(company)
    assert (document.title, document.language, document.added_by) == ("Katalog", "de", lead)
    assert "file" in errors(client.post(f"{url}documents/new/", {"file": upload()}))
    client.post(f"{url}logo/new/", {"file": picture()})
    assert documents.logo_of(company).media_type == "image/png"
    client.post(f"{url}documents/{document.pk}/remove/")
    assert documents.documents_of(company) == []


def test_the_logo_is_taken_out(client, lead):
    company = company_of()
    url = company.get_absolute_url()
    assert "Take the logo out" not in client.get(f"{url}logo/new/").content.decode()
    documents.set_logo(company, picture(), by=None, at=NOW)
    text = client.get(f"{url}logo/new/").content.decode()
    assert f'action="{url}logo/remove/"' in text
    assert f'src="{url}logo/"' in text
    for _once_and_again in range(2):
        response = client.post(f"{url}logo/remove/")
        assert (response.status_code, response["Location"]) == (302, url)
        assert said(response)[-1] == ("success", f"“{company.name}” has no logo any more.")
    assert [one.removed_at for one in company.documents.all()] == [NOW]
    assert client.get(f"{url}logo/").status_code == 404


def test_the_logo_of_an_archived_entry_stays(client, lead):
    company = company_of()
    documents.set_logo(company, picture(), by=None, at=NOW)
    companies.archive(company, reason="closed_down", by=None, at=NOW)
    response = client.post(f"{company.get_absolute_url()}logo/remove/")
    [(level, text)] = said(response)
    assert (level, "Restore it first" in text) == ("error", True)
    assert documents.logo_of(company) is not None


@pytest.mark.parametrize(
    ("part", "content"), [("documents", EXE_BYTES), ("logo", EXE_BYTES), ("logo", PDF_BYTES)]
)
def test_bad_files_are_refused(client, lead, part, content):
    company = company_of()
    response = client.post(
        f"{company.get_absolute_url()}{part}/new/", {"file": upload(content, name="Logo.png")}
    )
    assert "file" in errors(response)
    assert not company.documents.exists()
