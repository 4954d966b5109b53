"""The list of circulars: what each person finds in it, and its files."""

import pytest
import time_machine

from membership.actions import applications, circulars, statements
from membership.actions.outcomes import outcome_of
from tests.factories import circulars as cast
from tests.factories.applications import lead_of, submitted
from tests.factories.circulars import AFTER, DAY, ISSUED
from tests.factories.cities import CityFactory
from tests.factories.pages import (
    TODAY,
    csv_of,
    sign_in,
    text_of,
)
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def circular():
    return cast.issued(rule=cast.rule("all-expressly"))


def applicant():
    return lead_of(CityFactory(name_de="Mainz"))


SECRET = "Because of the railway that was never built."


@pytest.fixture
def hidden():
    """A circular whose answers only the secretariat sees before the close; Liuzhou objects."""
    found = cast.issued(rule=cast.rule("two-thirds", visibility="secretariat"))
    cast.say(found, "Liuzhou", "objection", SECRET)
    cast.say(found, "Foshan", "consent_with_comment", "Welcome to Mainz.")
    return found


def listed(client, user, query=""):
    sign_in(client, user)
    response = client.get(f"/circulars/{query}")
    assert response.status_code == 200
    return [row.label or "Draft" for row in response.context["rows"]]


def test_list_shows_each_person_what_is_theirs(client, circular):
    circulars.draft_for(other_application(), by=None, at=ISSUED)
    for staff in (SecretaryFactory(), ManagerFactory(), AdministratorFactory()):
        assert listed(client, staff) == ["Draft", "2017/01"]
    assert listed(client, cast.lead("Foshan")) == ["2017/01"]
    assert listed(client, applicant()) == ["2017/01"]
    assert listed(client, cast.officer("Bonn")) == []
    assert listed(client, UserFactory()) == []
    client.logout()
    assert client.get("/circulars/")["Location"] == "/accounts/login/?next=/circulars/"


def other_application():
    application = submitted(CityFactory(name_de="Chemnitz", name_zh="开姆尼茨"))
    applications.pass_on(application, by=SecretaryFactory(), at=ISSUED)
    application.refresh_from_db()
    return application


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Draft", "2017/01"]),
        ("?q=2017/01", ["2017/01"]),
        ("?q=2017-01", ["2017/01"]),
        ("?q=2017", ["2017/01"]),
        ("?q=2016/01", []),
        ("?q=mainz", ["2017/01"]),
        ("?q=美因茨", ["2017/01"]),
        ("?q=chemnitz", ["Draft"]),
        ("?q=mainz+chemnitz", []),
        ("?kind=accession", ["Draft", "2017/01"]),
        ("?kind=information", []),
        ("?state=draft", ["Draft"]),
        ("?state=issued", ["2017/01"]),
        ("?state=closed", []),
        ("?year=2017", ["2017/01"]),
        ("?year=2018", []),
        ("?sort=number", ["Draft", "2017/01"]),
        ("?sort=deadline", ["2017/01", "Draft"]),
        ("?sort=-deadline", ["Draft", "2017/01"]),
    ],
)
def test_list_is_searched_filtered_and_sorted(client, circular, query, found):
    circulars.save_draft(
        circulars.draft_for(other_application(), by=None, at=ISSUED),
        deadline=AFTER + 9 * DAY,
        by=None,
        at=ISSUED,
    )
    assert listed(client, SecretaryFactory(), query) == found


def test_members_are_not_offered_drafts_as_a_state(client, circular):
    sign_in(client, cast.lead("Foshan"))
    response = client.get("/circulars/?state=draft")
    assert response.context["notes"] == ["“draft” means nothing for “State” and was left out."]


def test_list_shows_progress_as_the_outcome_counts_it(client, circular):
    cast.say(circular, "Foshan")
    cast.say(circular, "Liuzhou", "objection")
    cast.say(circular, "Liuzhou")
    entered = cast.enter(circular, "Köln")
    statements.contest(entered, reason="Not ours.", by=cast.lead("Köln"), at=ISSUED + 3 * DAY)
    outcome = outcome_of(circular, at=TODAY)
    assert (outcome.answered, outcome.size) == (2, 6)
    sign_in(client, cast.lead("Aachen"))
    (line,) = client.get("/circulars/").context["lines"]
    assert (line["progress"], line["status"]) == ("2 of 6", ("With the member cities", "active"))


def test_list_as_a_file_holds_no_answer_and_no_reason(client, hidden):
    sign_in(client, cast.lead("Aachen"))
    table = csv_of(client.get("/circulars/?format=csv"))
    assert table == [
        ["Number", "Subject", "Kind", "State", "Issued", "Deadline", "Members asked", "Answered"],
        [
            "2017/01",
            "Shall Mainz join the alliance?",
            "Accession",
            "With the member cities",
            "2017-01-29 10:00+08:00",
            "2017-03-12 23:59+08:00",
            "6",
            "2",
        ],
    ]


LIST_QUERIES = 7


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_one_and_three(client, django_assert_num_queries, count):
    secretary = SecretaryFactory()
    cast.issued(secretary=secretary)
    for number in range(count - 1):
        assert issued_for(f"Stadt {number}", secretary).number == number + 2
    sign_in(client, secretary)
    client.get("/circulars/")
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get("/circulars/")
    assert len(response.context["rows"]) == count


def issued_for(name, secretary):
    application = submitted(CityFactory(name_de=name))
    draft = applications.pass_on(application, by=secretary, at=ISSUED)
    return circulars.issue(draft, by=secretary, at=ISSUED)


def test_empty_list_says_so(client):
    sign_in(client, SecretaryFactory())
    assert "No circular yet" in text_of(client.get("/circulars/"))
