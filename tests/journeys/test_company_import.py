"""A chamber's file of 5,000 companies: mistakes named and put right, carried out, found, undone."""

import csv
import io
import re
from dataclasses import dataclass

import pytest

from cities.models import City
from companies.models import Company, Import
from companies.states import ImportState
from tests.factories import circulars as cast
from tests.factories.companies import member_city
from tests.journeys.people import Browser

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]
ROWS = 5000
HEADS = (
    "Registered name", "Register number", "City", "Web site", "Founded in", "Employees",
    "Export share in percent", "Ownership", "Industry", "Classification", "National code", "Languages",
    "Short text in German", "Released for passing on", "Valid until",
)  # fmt: skip
GOOD = {
    "City": "Aachen", "Founded in": "1998", "Employees": "120", "Export share in percent": "40",
    "Ownership": "Family business", "Industry": "2822", "Classification": "WZ 2008", "National code": "28.41",
    "Languages": "German; English", "Short text in German": "Ein Werk für Nadeln.",
    "Released for passing on": "yes", "Valid until": "",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One kind of mistake: where it stands, how, what the page says of it, and what would be right."""

    head: str
    wrong: str
    said: str
    field: str
    right: str


KINDS = (
    Kind("Employees", "many", "This is not a whole number.", "employees", "12"),
    Kind("Founded in", "long ago", "This is not a year.", "founded", "1950"),
    Kind("Founded in", "2090", "The year must lie between 1000", "founded", "1950"),
    Kind("Export share in percent", "140", "This is not a share in percent.", "export_share", "14"),
    Kind("Ownership", "A club", "This is none of the values of the list.", "ownership", "Privately owned"),
    Kind("Languages", "German; Klingon", "“Klingon” is none of the values", "languages", "German"),
    Kind("Web site", "we have none", "This is not the address of a web site.", "website", ""),
    Kind("City", "Köln", "this row names another", "city", "Aachen"),
    Kind("Valid until", "soon", "This is not a day.", "valid_until", ""),
    Kind("Industry", "Witchcraft", "neither a code of ISIC Rev. 4", "industry", "2822"),
    Kind("National code", "99.99.99", "has no code 99.99.99", "national_code", "28.41"),
    Kind("Registered name", "", "A new company needs its registered name.", "registered_name", "Late AG"),
    Kind("Short text in German", "x" * 400, "This text has 400 characters", "short_de", "Kurz."),
    Kind("Released for passing on", "perhaps", "Please write yes or no.", "released", "no"),
    Kind("Register number", "HRB", "is no commercial register number", "register_number", "Aachen HRB 9"),
)
PLANTED = {100 + 120 * place: KINDS[place % len(KINDS)] for place in range(40)}
"""Rows of the file, the head being the first, and the kind of mistake in each."""


def file_of_companies():
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";")
    rows.writerow(HEADS)
    rows.writerows(cells(number) for number in range(2, ROWS + 2))
    return {"name": "companies.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}


def cells(number):
    said = {
        "Registered name": f"Fadenwerk {number} GmbH",
        "Register number": f"Aachen HRB {10000 + number}",
        "Web site": f"https://faden{number}.example",
        **GOOD,
    }
    if kind := PLANTED.get(number):
        said[kind.head] = kind.wrong
    return [said[head] for head in HEADS]


@pytest.fixture
def officer(page, live_server):
    member_city("Aachen")
    member_city("Köln")
    lead = cast.lead("Aachen")
    lead.language = "en"
    lead.save()
    browser = Browser(page, live_server.url)
    browser.become(lead)
    return browser


def press(officer, words):
    """Press a button or a link by its words, and see where it leads."""
    with officer.page.expect_navigation():
        officer.page.locator("main").get_by_text(words, exact=True).click()


def bring(officer):
    officer.open("/companies/imports/new/")
    officer.page.set_input_files("input[type=file]", file_of_companies())
    press(officer, "Upload the file")
    assert "What does each column say?" in officer.text
    press(officer, "Check the file")
    run = Import.objects.get()
    assert run.state == ImportState.CHECKED
    return run


def named(officer, path):
    """Row by row what the pages say of the rows that need somebody."""
    said = {}
    for number in (1, 2):
        officer.open(f"{path}rows/?kind=open&page={number}")
        for line in officer.page.locator("main table tbody tr").all_inner_texts():
            place = re.match(r"\s*([\d,]+)", line)[1].replace(",", "")
            said[int(place)] = line
    return said


def correct(officer, path, number, kind):
    """Type what is right into the cell that is wrong."""
    officer.open(f"{path}rows/{number}/")
    assert kind.said in officer.text
    officer.fill(f"[name={kind.field}]", kind.right)
    press(officer, "Check the row again")
    assert f"Row {number} is put right." in officer.text


def search(officer, words):
    officer.open(f"/companies/?q={words}")
    return officer.text


def test_five_thousand_companies_come_in_and_go_again(officer):
    run = bring(officer)
    path = run.get_absolute_url()
    officer.open(path)
    assert "40 rows keep the import from being carried out" in officer.text

    said = named(officer, path)
    assert set(said) == set(PLANTED)
    assert {number for number, kind in PLANTED.items() if kind.said not in said[number]} == set()

    for number, kind in list(PLANTED.items())[: len(KINDS)]:
        correct(officer, path, number, kind)
    officer.open(f"{path}rows/{max(PLANTED)}/")
    press(officer, "Leave the row out")
    officer.open(path)
    press(officer, "Leave out all rows with mistakes")
    assert "24 rows are left out." in officer.text

    press(officer, "Carry out the import")
    officer.page.locator("[name=new_ones][value=published]").check()
    press(officer, "Carry out the import")
    assert "Entered: 4,975. Changed: 0." in officer.text
    assert Company.objects.filter(city=City.objects.get(slug="aachen")).count() == 4975

    assert "Fadenwerk 4321 GmbH" in search(officer, "fadenwerk+4321")
    assert "Late AG" in search(officer, "late")

    officer.open(path)
    press(officer, "Undo the import")
    press(officer, "Undo the import")
    assert "The import is undone" in officer.text
    assert not Company.objects.exists()
    assert "Fadenwerk 4321 GmbH" not in search(officer, "fadenwerk+4321")
