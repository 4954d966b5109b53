"""What the scene has in the company database: an entry of Aachen with everything that hangs on one."""

from dataclasses import dataclass
from typing import Any

from cities.models import Industry
from companies.actions import documents, imports, indexing, sheets
from companies.models import DuplicatePair
from tests.factories.circulars import DAY, ISSUED
from tests.factories.companies import CompanyFactory, ContactFactory, picture
from tests.factories.files import upload
from tests.factories.imports import csv_file


@dataclass
class CompanyScene:
    """A published entry with a contact, a document and a logo; and one from before an accession."""

    company: Any
    contact: Any
    document: Any
    pair: Any
    """It, and an entry of a similar name."""
    sheet: Any
    """What the firm filled in by its link."""
    uploaded: Any
    """A file whose columns are to be named; `checked` has a mistake in row 2, `done` is carried out."""
    checked: Any
    done: Any


def company_scene(city, person):
    """Everybody sees the entry; its contact is released to members."""
    company = CompanyFactory(
        registered_name="Aachener Keramik GmbH",
        name_zh="亚琛陶瓷有限公司",
        city=city,
        industry=Industry.objects.get(code="2393"),
        visibility="public",
        valid_until=(ISSUED + 200 * DAY).date(),
        checked_on=ISSUED.date(),
        checked_by=person,
        entered_at=ISSUED,
        employees=120,
        employees_year=2016,
        turnover_band="to_50",
        turnover_currency="EUR",
        export_share=40,
        products=["Fliesen", "Isolatoren"],
        investment_direction="inward",
        investment_band="to_5",
        cooperation_forms=["technology", "joint_venture"],
        short_de="Fliesen und Isolatoren aus Aachen.",
        long_de="Seit 1998 brennen wir in Aachen Fliesen.",
    )
    contact = ContactFactory(company=company, name="Erika Muster", for_members=True)
    document = documents.add(
        company, upload(name="Katalog.pdf"), title="Katalog", language="de", by=None, at=ISSUED
    )
    documents.set_logo(company, picture(), by=None, at=ISSUED)
    indexing.index([company.pk])
    CompanyFactory(
        registered_name="Aachener Tuch AG", city=city, state="archived", archive_reason="membership_ended"
    )
    return CompanyScene(
        company, contact, document, pair_with(company), sheet_of(company), *files(city, person)
    )


def pair_with(company):
    twin = CompanyFactory(
        registered_name="Aachener Keramik AG", city=company.city, entered_at=ISSUED, employees=130
    )
    indexing.index([twin.pk])
    return DuplicatePair.objects.create(
        first=company, second=twin, reasons=["name", "address"], found_at=ISSUED
    )


def sheet_of(company):
    link = sheets.send_link(company, email="post@keramik.example", language="de", by=None, at=ISSUED)
    values = {"employees": 140, "turnover_band": "to_250", "turnover_currency": "CNY", "products": ["瓷砖"]}
    return sheets.submit(sheets.token_of(link), values, at=ISSUED)


def files(city, person):
    """A file at three steps of its way."""
    heads = ["Firma", "Mitarbeiter", "Webseite"]
    rows = ["Nadelwerk GmbH", "zwölf", "https://nadel.example"], ["Aachener Keramik", "5", ""]
    uploaded = imports.begin(city, csv_file(heads, *rows, name="firmen.csv"), by=person, at=ISSUED)
    checked = imports.begin(city, csv_file(heads, *rows, name="geprüft.csv"), by=person, at=ISSUED)
    imports.set_columns(checked, checked.mapping, by=person, at=ISSUED)
    done = imports.begin(
        city, csv_file(heads, ["Knopfwerk GmbH", "7", ""], name="企业.csv"), by=person, at=ISSUED
    )
    imports.carry_out(imports.set_columns(done, done.mapping, by=person, at=ISSUED), by=person, at=ISSUED)
    for run in (uploaded, checked, done):
        run.refresh_from_db()
    return uploaded, checked, done
