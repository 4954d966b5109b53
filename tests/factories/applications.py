"""Applications of the standing cast: a draft with nothing in it, and a complete one of Mainz."""

from datetime import UTC, date, datetime

from cities.models import Industry
from cities.states import OfficerLevel, OfficerState
from membership.actions import applications
from tests.factories.cities import CityFactory
from tests.factories.files import upload
from tests.factories.people import OfficerFactory, SecretaryFactory
from tests.factories.remembered import remembered

APPLIED = datetime(2016, 12, 2, 9, 0, tzinfo=UTC)
COMPLETE = datetime(2016, 12, 14, 9, 0, tzinfo=UTC)
SOURCE = "Statistisches Landesamt Rheinland-Pfalz"


def lead_of(city, **officer):
    """The lead of a city, made if there is none; `state="registered"` for one to be confirmed."""
    state = officer.get("state", OfficerState.CONFIRMED)
    level = officer.get("level", OfficerLevel.LEAD)
    there = city.officers.filter(state=state, level=level).first()
    return (there or OfficerFactory(city=city, **officer)).user


def draft(*cities, by=None, at=APPLIED):
    """An application that has just been begun."""
    cities = list(cities) or [CityFactory(name_de="Mainz", name_zh="美因茨")]
    return applications.begin(cities, by=by or lead_of(cities[0]), at=at)


def population(city, year=2015, value="209779", **fields):
    return {
        "city": city, "indicator": "population", "year": year, "value": value, "currency": "",
        "territory": "", "concept": "resident", "status": "", "source": SOURCE, **fields,
    }  # fmt: skip


def gdp(city, year=2015, value="11500.5", **fields):
    fields = {"indicator": "gdp", "currency": "EUR", "concept": "", **fields}
    return population(city, year, value, **fields)


def twinning(city, partner="Dijon", **fields):
    return {
        "city": city, "partner": partner, "partner_country": "France", "kind": "twinning", "since": 1958,
        "description": "", **fields,
    }  # fmt: skip


CONTACT = {
    "contact_name": "Erika Muster",
    "contact_function": "Economic development",
    "contact_email": "erika.muster@mainz.example",
    "contact_phone": "+49 6131 12-0",
    "signatory_name": "Michael Muster",
    "signatory_function": "Mayor",
    "resolution_body": "City council",
    "resolution_number": "1720/2016",
    "resolution_date": date(2016, 11, 28),
}


def fill(application, *, by=None, at=APPLIED):
    """Everything that a complete application needs."""
    by, cities = by or application.begun_by, list(application.cities.all())
    as_applicant = {"by": by, "at": at}
    figures = [row for city in cities for row in (population(city), gdp(city))]
    applications.save_section(
        application, "economic", texts={"de": "Mainz am Rhein"}, figures=figures, **as_applicant
    )
    industries = Industry.objects.filter(code__in=["20", "23"])
    applications.save_section(
        application, "industrial", texts={"de": "Glas"}, industries=industries, **as_applicant
    )
    applications.save_section(
        application, "cooperations", texts={}, cooperations=[twinning(cities[0])], **as_applicant
    )
    applications.save_section(
        application, "wishes", texts={"zh": "交流", "de": "Austausch", "en": "Exchange"}, **as_applicant
    )
    applications.save_contact(application, CONTACT, **as_applicant)
    applications.attach(application, upload(), kind="resolution", language="de", **as_applicant)
    application.refresh_from_db()
    return application


@remembered
def complete(*cities, by=None, at=APPLIED):
    """A draft in which nothing is missing."""
    return fill(draft(*cities, by=by, at=at), by=by, at=at)


@remembered
def submitted(*cities, by=None, at=APPLIED):
    """A complete application that has been submitted."""
    application = complete(*cities, by=by, at=at)
    return applications.submit(application, by=by or application.begun_by, at=at)


@remembered
def returned(*cities, by=None, at=APPLIED, comments=None):
    """An application returned for correction by some secretary."""
    application = submitted(*cities, by=by, at=at)
    comments = comments or {"wishes": "Please say more."}
    return applications.send_back(application, comments=comments, by=SecretaryFactory(), at=at)
