"""Companies of the standing cast, all of them invented."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from companies.models import Company, Contact
from companies.states import CompanyState, LegalBasis, TranslationState
from tests.factories.cities import CityFactory

ENTERED = datetime(2018, 3, 5, 9, 0, tzinfo=UTC)
VALID_UNTIL = date(2019, 3, 5)


class CompanyFactory(DjangoModelFactory):
    """A published German company, shown to members; `state="draft"`, `"stale"` or `"archived"` for others."""

    class Meta:
        model = Company

    registered_name = factory.Sequence(lambda n: f"Muster Maschinenbau {n} GmbH")
    name_de = factory.SelfAttribute("registered_name")
    translation_de = factory.LazyAttribute(
        lambda o: TranslationState.ORIGINAL if o.name_de or o.short_de or o.long_de else ""
    )
    translation_zh = factory.LazyAttribute(
        lambda o: TranslationState.CHECKED if o.name_zh or o.short_zh or o.long_zh else ""
    )
    translation_en = factory.LazyAttribute(
        lambda o: TranslationState.CHECKED if o.name_en or o.short_en or o.long_en else ""
    )
    name_zh = name_en = short_zh = short_de = short_en = long_zh = long_de = long_en = ""
    city = factory.SubFactory(CityFactory)
    state = CompanyState.PUBLISHED
    valid_until = factory.LazyAttribute(lambda o: None if o.state == CompanyState.DRAFT else VALID_UNTIL)
    archived_at = factory.LazyAttribute(lambda o: ENTERED if o.state == CompanyState.ARCHIVED else None)
    archive_reason = factory.LazyAttribute(lambda o: "other" if o.state == CompanyState.ARCHIVED else "")
    entered_at = ENTERED
    changed_at = ENTERED


class ContactFactory(DjangoModelFactory):
    """A work contact of a company, released to nobody."""

    class Meta:
        model = Contact

    company = factory.SubFactory(CompanyFactory)
    name = factory.Sequence(lambda n: f"Contact {n}")
    function = "Export manager"
    email = factory.Sequence(lambda n: f"contact{n}@firm.example")
    legal_basis = LegalBasis.PUBLISHED_BY_COMPANY
    entered_at = ENTERED


def member_city(name="Aachen"):
    """A full member with its lead, lead@aachen.example."""
    from tests.factories import circulars as cast

    if not cast.city(name).places.exists():
        cast.members(name)
    return cast.city(name)


def company_of(name="Aachen", **values):
    """A published company of a member city."""
    return CompanyFactory(city=member_city(name), **values)


def picture(content=b"", name="Logo.png"):
    """A PNG as a form receives it."""
    from tests.factories.files import PNG_BYTES, upload

    return upload(PNG_BYTES + content, name=name)
