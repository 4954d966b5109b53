"""The companies of one city, and what waits about companies on the desk."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cities.models import Industry
from companies.actions import duplicates, indexing
from companies.models import Company
from tests.factories import circulars as cast
from tests.factories.companies import CompanyFactory, company_of, member_city
from tests.factories.people import SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)
PAGE = "/cities/aachen/companies/"


@pytest.fixture(autouse=True)
def in_june_2018():
    with time_machine.travel(NOW, tick=False):
        yield


def lead(name="Aachen"):
    person = cast.lead(name)
    person.language = "en"
    person.save()
    return person


@pytest.fixture
def firms():
    """Three that everybody sees, one of them out of date; and one of each kind that not everybody sees."""
    ceramics, machines = Industry.objects.get(code="2393"), Industry.objects.get(code="2822")
    for values in (
        {"industry": ceramics},
        {"industry": Industry.objects.get(code="239")},
        {"industry": machines, "state": "stale", "valid_until": date(2018, 5, 1)},
    ):
        company_of(visibility="public", **values)
    company_of(registered_name="Only members", visibility="members", industry=machines)
    company_of(registered_name="A draft", state="draft", visibility="public", industry=machines)
    company_of(registered_name="Long gone", state="archived", visibility="public", industry=machines)
    company_of("Foshan", registered_name="Elsewhere", visibility="public", industry=machines)


def test_what_a_visitor_sees(client, firms):
    response = client.get(PAGE)
    assert [(bar.code, bar.count) for bar in response.context["bars"]] == [("23", 2), ("28", 1)]
    counts = response.context["counts"]
    assert (counts["shown"], counts["fresh"], counts["stale"], counts["share"]) == (3, 2, 1, 66)
    text = response.content.decode()
    for hidden in ("Only members", "A draft", "Long gone", "Elsewhere", "For the officers"):
        assert hidden not in text


def test_what_its_officer_sees(client, firms):
    client.force_login(lead())
    response = client.get(PAGE)
    counts = response.context["counts"]
    assert (counts["shown"], counts["drafts"], counts["archived"]) == (4, 1, 1)
    text = response.content.decode()
    for said in ("Only members", "For the officers", "/companies/new/?city=aachen"):
        assert said in text


def test_what_an_officer_of_another_city_sees(client, firms):
    client.force_login(lead("Foshan"))
    response = client.get(PAGE)
    assert response.context["counts"]["shown"] == 4
    assert "For the officers" not in response.content.decode()
    assert "/companies/new/" not in response.content.decode()


@pytest.mark.parametrize(
    ("person", "said"),
    [(UserFactory, "Officers of the city enter its companies."), (lead, "Enter the first one")],
)
def test_a_city_without_companies_says_so(client, person, said):
    member_city("Aachen")
    client.force_login(person())
    text = client.get(PAGE).content.decode()
    assert "No company of this city is shown yet" in text
    assert said in text


def test_a_city_that_is_not_there(client):
    assert client.get("/cities/atlantis/companies/").status_code == 404


def test_queries_do_not_grow_with_the_companies(client):
    company_of(visibility="public", industry=Industry.objects.get(code="2393"))
    few = count_queries(client)
    for code in ("2822", "1050"):
        company_of(visibility="public", industry=Industry.objects.get(code=code))
    assert count_queries(client) == few


def count_queries(client):
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    return len(captured)


def test_the_city_leads_to_its_companies(client):
    member_city("Aachen")
    assert f'href="{PAGE}"' in client.get("/cities/aachen/").content.decode()


def piles(client, person):
    client.force_login(person)
    return {pile.heading: pile for pile in client.get("/desk/").context["piles"]}


CONFIRM = "Companies whose entries are to be confirmed"


def test_the_desk_says_what_is_to_be_confirmed(client, firms):
    company_of(valid_until=date(2018, 6, 20))
    company_of("Foshan", state="stale", valid_until=date(2018, 5, 1))
    indexing.index(Company.objects.values_list("pk", flat=True))
    pile = piles(client, lead())[CONFIRM]
    assert [task.title for task in pile.tasks] == [
        "Aachen: 1 entry is out of date",
        "Aachen: 1 entry expires within 30 days",
    ]
    for task in pile.tasks:
        assert len(client.get(task.url).context["lines"]) == 1


def test_the_desk_says_how_fresh_each_city_is(client, firms):
    found = piles(client, SecretaryFactory())["How fresh the entries of companies are"]
    assert [(task.title, task.detail) for task in found.tasks] == [
        ("Aachen", "75% valid: 3 of 4 entries"),
        ("Foshan", "100% valid: 1 of 1 entries"),
    ]


def test_the_desk_says_which_entries_look_alike(client):
    city = member_city("Aachen")
    alike = [CompanyFactory(city=city, registered_name="Muster Bau GmbH") for _ in range(2)]
    duplicates.note([company.pk for company in alike], at=NOW)
    heading = "Entries that may be one company"
    assert piles(client, lead())[heading].total == 1
    member_city("Foshan")
    assert heading not in piles(client, lead("Foshan"))


def test_nothing_waits_for_who_keeps_no_companies(client, firms):
    assert CONFIRM not in piles(client, UserFactory())
    assert Company.objects.exists()


def test_the_companies_of_a_city_belong_to_the_companies_in_the_menu(client):
    member_city("Aachen")
    menu = client.get(PAGE).context["navigation"]
    assert [str(entry.label) for entry in menu if entry.current] == ["Companies"]
    menu = client.get("/cities/aachen/").context["navigation"]
    assert [entry for entry in menu if entry.current] == []
