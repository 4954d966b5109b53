"""Under a rule that shows answers to the secretariat only, nothing leaks before the close."""

import io
import re
import zipfile

import pytest
import time_machine

from membership.actions import circulars
from tests.factories import circulars as cast
from tests.factories.applications import lead_of
from tests.factories.circulars import AFTER, DAY
from tests.factories.cities import CityFactory
from tests.factories.pages import (
    TODAY,
    answers_of,
    look,
    sign_in,
)
from tests.factories.people import (
    ManagerFactory,
    SecretaryFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/circulars/2017-01/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


SECRET = "Because of the railway that was never built."


@pytest.fixture
def hidden():
    """A circular whose answers only the secretariat sees before the close; Liuzhou objects."""
    found = cast.issued(rule=cast.rule("two-thirds", visibility="secretariat"))
    cast.say(found, "Liuzhou", "objection", SECRET)
    cast.say(found, "Foshan", "consent_with_comment", "Welcome to Mainz.")
    return found


def applicant():
    return lead_of(CityFactory(name_de="Mainz"))


@pytest.mark.parametrize("who", ["Aachen", "Foshan", "applicant"])
def test_nothing_of_another_answer_leaks_before_the_close(client, hidden, who):
    reader = applicant() if who == "applicant" else cast.lead(who)
    response = look(client, reader, PAGE)
    html = response.content.decode()
    for words in (SECRET, "railway", "Liuzhou objects", "Needs"):
        assert words not in html
    assert ("Welcome to Mainz." in html) is (who == "Foshan")
    assert response.context["answers"]["strong"] == "2 of 6 members have answered."
    expected = {"Aachen": {"Aachen": ""}, "Foshan": {"Foshan": "consent_with_comment"}, "applicant": {}}[who]
    assert answers_of(response) == expected
    marks = re.findall(r"<use href=\"#m-(\w+)", html.split('id="answers"')[1].split("legend")[0])
    assert "objection" not in marks


@pytest.mark.parametrize(
    "path", ["", "?q=railway", "?format=csv", "?format=csv&q=railway", "?position=objection"]
)
def test_nothing_of_another_answer_leaks_into_the_series_or_its_files(client, hidden, path):
    sign_in(client, cast.lead("Foshan"))
    response = client.get(f"/circulars/2017-01/statements/{path}")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    shown = body.decode().replace("?q=railway", "").replace('value="railway"', "").replace("q=railway", "")
    assert "railway" not in shown
    assert "Liuzhou" not in shown
    assert ("Welcome to Mainz." in shown) is (path in ("", "?format=csv"))


def test_xlsx_of_the_series_holds_no_other_answer(client, hidden):
    sign_in(client, cast.lead("Aachen"))
    response = client.get("/circulars/2017-01/statements/?format=xlsx")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    everything = b"".join(packed.read(name) for name in packed.namelist()).decode()
    assert "Received" in everything
    assert "railway" not in everything
    assert "Welcome" not in everything


def test_staff_see_all_answers_and_all_members_do_after_the_close(client, hidden):
    for staff in (SecretaryFactory(), ManagerFactory()):
        assert SECRET in look(client, staff, PAGE).content.decode()
    circulars.close(hidden, at=AFTER)
    with time_machine.travel(AFTER + DAY, tick=False):
        response = look(client, cast.lead("Aachen"), PAGE)
    assert SECRET in response.content.decode()
    assert answers_of(response)["Liuzhou"] == "objection"
