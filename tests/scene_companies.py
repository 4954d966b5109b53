"""What the scene has in the company database: an entry of Aachen with everything that hangs on one."""

from dataclasses import dataclass
from typing import Any

from cities.models import Industry
from companies.actions import documents, indexing
from tests.factories.circulars import DAY, ISSUED
from tests.factories.companies import CompanyFactory, ContactFactory, picture
from tests.factories.files import upload


@dataclass
class CompanyScene:
    """A published entry with a contact, a document and a logo."""

    company: Any
    contact: Any
    document: Any


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
    return CompanyScene(company, contact, document)
