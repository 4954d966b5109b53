"""The list of companies: who sees which, by what it is narrowed, page by page, and as a file."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.pages.sheets.reading import open_sheet
from cities.models import Industry, Institution, InstitutionContact
from companies.actions import indexing
from companies.actions.columns import COLUMNS
from companies.models import Company
from tests.factories import circulars as cast
from tests.factories.companies import CompanyFactory, member_city
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "/companies/"
NOW = datetime(2018, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_june_2018():
    with time_machine.travel(NOW, tick=False):
        yield


def indexed(*made):
    indexing.index([company.pk for company in made])
    return made


def firm(name, **values):
    [made] = indexed(CompanyFactory(registered_name=name, **values))
    return made


@pytest.fixture
def firms():
    """Of two member cities one entry of each kind."""
    for city in ("Aachen", "Foshan"):
        member_city(city)
        for name, values in KINDS.items():
            firm(f"{city} {name}", city=cast.city(city), **values)


KINDS = {
    "public": {"visibility": "public"},
    "members": {"visibility": "members"},
    "secretariat": {"visibility": "secretariat"},
    "stale": {"visibility": "public", "state": "stale"},
    "draft": {"visibility": "public", "state": "draft"},
    "archived": {"visibility": "public", "state": "archived"},
}
SHOWN_TO_ALL = {"public", "stale"}
SHOWN_TO_MEMBERS = {*SHOWN_TO_ALL, "members"}
OWN = {*SHOWN_TO_MEMBERS, "secretariat", "draft"}


def of(city, kinds):
    return {f"{city} {kind}" for kind in kinds}


def contact_of_an_institution():
    person = UserFactory()
    institution = Institution.objects.create(
        kind="chamber", name_de="IHK", seat=cast.city("Aachen"), registered_at=NOW
    )
    InstitutionContact.objects.create(institution=institution, user=person, function="x", since=NOW)
    return person


WHO = {
    "visitor": (lambda: None, of("Aachen", SHOWN_TO_ALL) | of("Foshan", SHOWN_TO_ALL)),
    "stranger": (UserFactory, of("Aachen", SHOWN_TO_ALL) | of("Foshan", SHOWN_TO_ALL)),
    "contact": (contact_of_an_institution, of("Aachen", SHOWN_TO_MEMBERS) | of("Foshan", SHOWN_TO_MEMBERS)),
    "officer": (lambda: cast.lead("Aachen"), of("Aachen", OWN) | of("Foshan", SHOWN_TO_MEMBERS)),
    "secretariat": (SecretaryFactory, of("Aachen", OWN) | of("Foshan", OWN)),
    "management": (ManagerFactory, of("Aachen", OWN) | of("Foshan", OWN)),
    "administrator": (AdministratorFactory, of("Aachen", OWN) | of("Foshan", OWN)),
}


def get(client, person=None, **query):
    client.logout()
    if person:
        client.force_login(person)
    response = client.get(LIST, query)
    assert response.status_code == 200
    return response


def shown(response):
    """The names on the page, without the marks of what matched."""
    lines = response.context["lines"]
    return {line["url"] for line in lines}


def names(response):
    keys = [int(url.strip("/").split("/")[-1]) for url in shown(response)]
    return set(Company.objects.filter(pk__in=keys).values_list("registered_name", flat=True))


@pytest.mark.parametrize("who", WHO)
def test_everybody_sees_what_is_theirs(client, firms, who):
    make, expected = WHO[who]
    assert names(get(client, make())) == expected


@pytest.mark.parametrize("who", WHO)
def test_nobody_finds_more_by_searching(client, firms, who):
    make, expected = WHO[who]
    person = make()
    assert names(get(client, person, q="Aachen")) == {name for name in expected if name.startswith("Aachen")}


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx"])
@pytest.mark.parametrize("who", WHO)
def test_files_hold_what_the_list_shows(client, firms, who, kind):
    make, expected = WHO[who]
    assert {row["registered_name"] for row in exported(client, make(), kind)} == expected


def exported(client, person, kind, **query):
    """The rows of a file by the keys of our columns."""
    response = get(client, person, format=kind, **query)
    content = b"".join(response.streaming_content)
    keys = [column.key for column in COLUMNS]
    if kind == "jsonl":
        return [json.loads(line) for line in content.decode().splitlines()]
    if kind == "csv":
        heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    else:
        sheet = open_sheet(ContentFile(content, name="companies.xlsx"), name="companies.xlsx")
        heads, rows = sheet.heads, [row.cells for row in sheet.rows()]
    assert list(heads) == [str(column.label) for column in COLUMNS]
    return [dict(zip(keys, row, strict=False)) for row in rows]


def test_archived_entries_are_asked_for(client, firms):
    found = get(client, SecretaryFactory(), state="archived")
    assert names(found) == {"Aachen archived", "Foshan archived"}
    assert names(get(client, cast.lead("Aachen"), state="archived")) == {"Aachen archived"}
    assert names(get(client, None, state="archived")) == WHO["visitor"][1]


@pytest.fixture
def cast_of_firms():
    """Three firms that differ in everything by which they are narrowed."""
    member_city("Köln")
    member_city("Foshan")
    common = {"visibility": "public"}
    ceramics, machines = Industry.objects.get(code="2393"), Industry.objects.get(code="2822")
    firm(
        "Kölner Keramik GmbH",
        city=cast.city("Köln"),
        industry=ceramics,
        employees=30,
        investment_direction="inward",
        cooperation_forms=["technology"],
        valid_until=date(2018, 6, 20),
        **common,
    )
    firm(
        "Rhein Werkzeugmaschinen AG",
        city=cast.city("Köln"),
        industry=machines,
        employees=400,
        investment_direction="outward",
        cooperation_forms=["joint_venture", "supply"],
        state="stale",
        valid_until=date(2018, 5, 1),
        **common,
    )
    firm(
        "佛山市东方陶瓷有限公司",
        city=cast.city("Foshan"),
        industry=ceramics,
        name_de="",
        name_zh="佛山市东方陶瓷有限公司",
        short_zh="专业生产陶瓷",
        employees=2000,
        **common,
    )


KERAMIK, RHEIN, TAOCI = "Kölner Keramik GmbH", "Rhein Werkzeugmaschinen AG", "佛山市东方陶瓷有限公司"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {KERAMIK, RHEIN, TAOCI}),
        ({"country": "CN"}, {TAOCI}),
        ({"city": "科隆"}, {KERAMIK, RHEIN}),
        ({"city": "koeln"}, {KERAMIK, RHEIN}),
        ({"city": "fosh"}, {TAOCI}),
        ({"industry": "239"}, {KERAMIK, TAOCI}),
        ({"industry": "C"}, {KERAMIK, RHEIN, TAOCI}),
        ({"industry": "2822"}, {RHEIN}),
        ({"size": "small"}, {KERAMIK}),
        ({"size": "very_large"}, {TAOCI}),
        ({"cooperation": "supply"}, {RHEIN}),
        ({"cooperation": ["supply", "technology"]}, {KERAMIK, RHEIN}),
        ({"direction": "inward"}, {KERAMIK}),
        ({"freshness": "stale"}, {RHEIN}),
        ({"freshness": "expiring"}, {KERAMIK}),
        ({"q": "陶瓷"}, {KERAMIK, TAOCI}),
        ({"q": "陶瓷", "country": "DE"}, {KERAMIK}),
        ({"q": "科隆 Maschinen"}, {RHEIN}),
        ({"q": "Nothing of the kind"}, set()),
    ],
)
def test_the_list_is_narrowed(client, cast_of_firms, query, expected):
    assert names(get(client, **query)) == expected
    assert {row["registered_name"] for row in exported(client, None, "csv", **query)} == expected


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            {"city": "Atlantis"},
            "No city of the register is called “Atlantis”; companies of all cities are shown.",
        ),
        ({"industry": "Qqqq"}, "No industry is called “Qqqq”; companies of all industries are shown."),
        ({"size": "huge"}, "“huge” means nothing for “Size” and was left out."),
        ({"sort": "colour"}, "There is no order called “colour”."),
        ({"format": "pdf"}, "There is no format called “pdf”."),
    ],
)
def test_what_means_nothing_is_said(client, cast_of_firms, query, sentence):
    response = get(client, **query)
    assert sentence in response.content.decode()
    assert len(response.context["lines"]) == 3


@pytest.mark.parametrize("cursor", ["x", "1", "'", "a" * 5000, "eyJ9", "\x00"])
def test_a_cursor_that_nobody_made_shows_the_beginning(client, cast_of_firms, cursor):
    assert len(get(client, cursor=cursor).context["lines"]) == 3


def test_pages_follow_each_other_and_lead_back(client):
    city = member_city("Köln")
    indexed(
        *(CompanyFactory(registered_name=f"Firma {n:02}", city=city, visibility="public") for n in range(60))
    )
    seen, url = [], LIST
    while url:
        response = client.get(url)
        seen.append(shown(response))
        url, back = response.context["next_url"], response.context["previous_url"]
    assert [len(page) for page in seen] == [25, 25, 10]
    assert len(set.union(*seen)) == 60
    assert shown(client.get(back)) == seen[1]


@pytest.mark.parametrize(
    ("sort", "first"), [("name", "Alpha"), ("newest", "Gamma"), ("freshness", "Beta"), ("relevance", "Alpha")]
)
def test_the_orders(client, sort, first):
    city = member_city("Köln")
    common = {"city": city, "visibility": "public"}
    firm("Alpha", entered_at=datetime(2018, 1, 1, tzinfo=UTC), **common)
    firm("Beta", entered_at=datetime(2018, 2, 1, tzinfo=UTC), valid_until=date(2019, 5, 1), **common)
    firm("Gamma", entered_at=datetime(2018, 3, 1, tzinfo=UTC), **common)
    lines = get(client, sort=sort).context["lines"]
    assert first in str(lines[0]["name"])


@pytest.mark.parametrize(("count", "words"), [(0, "0 companies"), (1, "1 company"), (3, "3 companies")])
def test_they_are_counted(client, count, words):
    city = member_city("Köln")
    indexed(*(CompanyFactory(city=city, visibility="public") for _ in range(count)))
    assert get(client).context["count_text"] == words


@pytest.mark.parametrize("query", [{}, {"q": "Muster"}], ids=["all", "searched"])
def test_queries_do_not_grow_with_the_rows(client, query):
    city = member_city("Köln")
    indexed(CompanyFactory(city=city, visibility="public"))
    client.force_login(cast.lead("Köln"))
    with_one = queries(client, query)
    indexed(*(CompanyFactory(visibility="public") for _ in range(2)))
    assert queries(client, query) == with_one


def queries(client, query):
    client.get(LIST, query)
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST, query)
    return len(captured)


def test_typing_gets_the_changed_part_alone(client, cast_of_firms):
    response = client.get(LIST, {"q": "陶瓷"}, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert 'id="results"' in text
    assert 'id="result-count"' in text
    assert "<html" not in text
    assert "company-search" not in text
    assert "HX-Request" in response["Vary"]


def test_what_matched_is_marked_in_its_script(client, cast_of_firms):
    [line] = get(client, q="陶瓷", country="CN").context["lines"]
    assert "<mark>陶瓷</mark>" in line["name"]
    german = get(client, q="陶瓷", country="DE").content.decode()
    assert "陶瓷</mark>" in german


def test_names_are_text_and_never_markup(client):
    firm("<b>Böse</b> & Söhne", city=member_city("Köln"), visibility="public", products=["<i>x</i> Bremsen"])
    for query in ({}, {"q": "Söhne"}, {"q": "Bremsen"}):
        text = get(client, **query).content.decode()
        assert "&lt;b&gt;" in text
        assert "<b>" not in text
        assert "<i>" not in text


def test_where_it_was_found_is_said(client):
    city = member_city("Köln")
    firm("Firma", city=city, visibility="public", long_de="Am Anfang " * 30 + "Wälzlager & mehr")
    [line] = get(client, q="Wälzlager").context["lines"]
    assert "<mark>Wälzlager</mark> &amp; mehr" in line["found_in"]
    assert len(line["found_in"]) < 250


def test_nothing_there_says_so(client):
    assert "No company is in the database yet" in get(client).content.decode()
    assert "No company matches" in get(client, q="Keramik").content.decode()


def test_only_keepers_are_asked_to_enter(client, firms):
    asked = {who: "/companies/new/" in get(client, make()).content.decode() for who, (make, _) in WHO.items()}
    assert {who for who, yes in asked.items() if yes} == {"officer", "secretariat"}


def test_fields_offer_what_may_be_meant(client, cast_of_firms):
    cities = client.get(f"{LIST}cities/", {"city": "Kö"}).content.decode()
    assert 'value="Köln"' in cities
    assert "Foshan" not in cities
    industries = client.get(f"{LIST}industries/", {"industry": "陶瓷"}).content.decode()
    assert "2393" in industries


@pytest.mark.parametrize(
    ("person", "works"),
    [
        (lambda: None, False),
        (lambda: cast.lead("Aachen"), True),
        (lambda: UserFactory(language="en"), False),
        (lambda: SecretaryFactory(language="en"), True),
        (lambda: ManagerFactory(language="en"), True),
    ],
)
@pytest.mark.parametrize("words", ["", "?q=Aachen"])
def test_who_keeps_entries_or_reads_all_finds_the_lists_of_the_work(client, firms, person, works, words):
    if found := person():
        client.force_login(found)
    text = client.get(LIST + words).content.decode()
    addresses = ["/companies/imports/", "/companies/duplicates/", "/companies/sheets/"]
    assert [text.count(f'<li><a href="{address}">') for address in addresses] == [int(works)] * 3
