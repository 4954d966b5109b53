"""The list of officers, the page of one, and the secretariat's moves in the browser."""

import csv
import io
from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.messages import get_messages
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from alliance.letters.models import Letter
from cities.models import Officer
from cities.states import OfficerState
from tests.factories.cities import CityFactory
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

REGISTERED, CONFIRMED, REFUSED, ENDED = OfficerState
STAFF = {"secretariat": SecretaryFactory, "management": ManagerFactory, "administrator": AdministratorFactory}
OTHERS = {"officer": lambda: OfficerFactory().user, "somebody": UserFactory}


@pytest.fixture
def secretary(client):
    user = SecretaryFactory()
    client.force_login(user)
    return user


def at(day):
    return datetime(2016, 12, day, tzinfo=UTC)


def three_officers():
    foshan = CityFactory(country="CN", name_de="Foshan", name_zh="佛山市", pinyin="Foshan")
    koeln = CityFactory(name_de="Köln", name_en="Cologne", name_zh="科隆")
    return [
        OfficerFactory(city=foshan, user__name="Li Na", registered_at=at(1)),
        OfficerFactory(city=koeln, user__name="Anna Kern", registered_at=at(2), level="editor"),
        OfficerFactory(
            city=koeln, user__name="Max Weber", registered_at=at(3), level="deputy", state=REGISTERED
        ),
    ]


def names(response):
    assert response.status_code == 200
    return [officer.user.name for officer in response.context["rows"]]


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def paths_of(officer):
    verbs = ["", "confirm/", "refuse/", "level/", "end/"]
    return ["/officers/", *(f"/officers/{officer.pk}/{verb}" for verb in verbs)]


def test_visitors_are_asked_to_sign_in(client):
    for path in paths_of(OfficerFactory()):
        assertRedirects(client.get(path), f"/accounts/login/?next={path}", fetch_redirect_response=False)


@pytest.mark.parametrize("role", OTHERS)
def test_for_others_than_staff_there_is_nothing_here(client, role):
    officer = OfficerFactory(state=REGISTERED)
    client.force_login(OTHERS[role]())
    for path in paths_of(officer):
        assert client.get(path).status_code == 404
        assert client.post(path, {"level": "lead", "reason": "x"}).status_code in (404, 405)
    assert Officer.objects.get(pk=officer.pk).state == REGISTERED


@pytest.mark.parametrize("role", STAFF)
def test_staff_see_officers_and_only_the_secretariat_has_buttons(client, role):
    officer = OfficerFactory(state=REGISTERED)
    client.force_login(STAFF[role]())
    for path in paths_of(officer)[:2]:
        assert client.get(path).status_code == 200
    page = client.get(f"/officers/{officer.pk}/").content.decode()
    assert (f"/officers/{officer.pk}/confirm/" in page) is (role == "secretariat")


@pytest.mark.parametrize("role", ["management", "administrator"])
def test_a_move_by_other_staff_is_refused_in_words(client, role):
    officer = OfficerFactory(state=REGISTERED)
    client.force_login(STAFF[role]())
    response = client.post(f"/officers/{officer.pk}/confirm/", {"level": "lead"})
    assertRedirects(response, f"/officers/{officer.pk}/", fetch_redirect_response=False)
    assert said(response) == [("error", "Only the secretariat can do this.")]
    assert Officer.objects.get(pk=officer.pk).state == REGISTERED


def test_an_officer_that_is_not_there_is_not_found(client, secretary):
    assert client.get("/officers/999999/").status_code == 404
    assert client.post("/officers/999999/confirm/", {"level": "lead"}).status_code == 404


def test_whoever_is_to_be_confirmed_stands_first(client, secretary):
    three_officers()
    assert names(client.get("/officers/")) == ["Max Weber", "Anna Kern", "Li Na"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=li", {"Li Na"}),
        ("q=佛山", {"Li Na"}),
        ("q=koeln", {"Anna Kern", "Max Weber"}),
        ("q=cologne+anna", {"Anna Kern"}),
        ("q=economic", {"Li Na", "Anna Kern", "Max Weber"}),
        ("q=nobody", set()),
        ("state=registered", {"Max Weber"}),
        ("level=editor", {"Anna Kern"}),
        ("country=CN", {"Li Na"}),
        ("country=DE&state=confirmed", {"Anna Kern"}),
        ("state=nonsense", {"Li Na", "Anna Kern", "Max Weber"}),
    ],
)
def test_searching_and_filtering(client, secretary, query, found):
    three_officers()
    assert set(names(client.get(f"/officers/?{query}"))) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("person", ["Anna Kern", "Li Na", "Max Weber"]),
        ("-person", ["Max Weber", "Li Na", "Anna Kern"]),
        ("date", ["Li Na", "Anna Kern", "Max Weber"]),
        ("city", ["Max Weber", "Anna Kern", "Li Na"]),
    ],
)
def test_sorting(client, secretary, sort, order):
    three_officers()
    assert names(client.get(f"/officers/?sort={sort}")) == order


def test_the_file_holds_what_one_needs_to_write_to_them(client, secretary):
    officer = three_officers()[0]
    response = client.get("/officers/?format=csv&q=li")
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    head, row = list(csv.reader(io.StringIO(text)))
    assert head == [
        "Person",
        "E-mail address",
        "Work telephone",
        "Function",
        "City",
        "Level",
        "Registered",
        "State",
    ]
    assert row[:4] == ["Li Na", officer.user.email, "", "Head of economic affairs"]
    assert row[4:6] == ["Foshan", "Lead"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, secretary, django_assert_num_queries, rows):
    for _row in range(rows):
        OfficerFactory()
    client.get("/officers/")
    with django_assert_num_queries(7):
        assert len(names(client.get("/officers/"))) == rows


def test_an_empty_list_says_so(client, secretary):
    assertContains(client.get("/officers/"), "No officers yet.")
    assertContains(client.get("/officers/?q=x"), "Nothing matches")


def test_confirming_on_the_page(client, secretary):
    officer = OfficerFactory(state=REGISTERED, level="lead", user__name="Li Na", city__name_de="Mainz")
    response = client.post(f"/officers/{officer.pk}/confirm/", {"level": "deputy"})
    assertRedirects(response, f"/officers/{officer.pk}/", fetch_redirect_response=False)
    assert said(response) == [("success", "Li Na is confirmed as an officer of Mainz: Deputy.")]
    kept = Officer.objects.get(pk=officer.pk)
    assert (kept.state, kept.level, kept.confirmed_by) == (CONFIRMED, "deputy", secretary)
    again = client.post(f"/officers/{officer.pk}/confirm/", {"level": "deputy"})
    assert again.status_code == 302
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(("verb", "state"), [("refuse", REGISTERED), ("end", CONFIRMED)])
def test_without_a_reason_the_page_asks_for_it(client, secretary, verb, state):
    officer = OfficerFactory(state=state, level="editor")
    response = client.post(f"/officers/{officer.pk}/{verb}/", {"reason": " "})
    assertContains(response, "This field is required.")
    assert Officer.objects.get(pk=officer.pk).state == state


@pytest.mark.parametrize("level", ["", "mayor"])
def test_a_level_that_does_not_exist_is_refused(client, secretary, level):
    officer = OfficerFactory(state=REGISTERED)
    response = client.post(f"/officers/{officer.pk}/confirm/", {"level": level})
    assert response.status_code == 200
    assert "level" in response.context["form"].errors
    assert Officer.objects.get(pk=officer.pk).state == REGISTERED


def test_refusing_ending_and_changing_on_the_page(client, secretary):
    lead = OfficerFactory(city__name_de="Mainz")
    waiting = OfficerFactory(city=lead.city, state=REGISTERED, level="deputy")
    deputy = OfficerFactory(city=lead.city, level="deputy")
    client.post(f"/officers/{waiting.pk}/refuse/", {"reason": "Unknown."})
    client.post(f"/officers/{deputy.pk}/level/", {"level": "lead"})
    client.post(f"/officers/{lead.pk}/end/", {"reason": "Retired."})
    kept = dict(Officer.objects.values_list("pk", "state"))
    assert kept == {lead.pk: ENDED, waiting.pk: REFUSED, deputy.pk: CONFIRMED}
    assert Officer.objects.get(pk=deputy.pk).level == "lead"


def test_a_lead_is_not_ended_and_what_was_typed_is_kept(client, secretary):
    lead = OfficerFactory(user__name="Li Na", city__name_de="Mainz")
    response = client.post(f"/officers/{lead.pk}/end/", {"reason": "Retired in March."})
    assertContains(response, "Once a city has a lead it keeps one, and Li Na is the lead of Mainz.")
    assertContains(response, "Retired in March.")
    assert Officer.objects.get(pk=lead.pk).state == CONFIRMED


def test_a_move_the_state_does_not_offer_is_said_above_the_page(client, secretary):
    officer = OfficerFactory(level="editor", user__name="Li Na")
    response = client.post(f"/officers/{officer.pk}/refuse/", {"reason": "Unknown."})
    assert said(response) == [("error", "Li Na is already confirmed. End the office instead, with a reason.")]


def test_the_page_says_what_to_look_at_before_confirming(client, secretary):
    officer = OfficerFactory(state=REGISTERED, city__confirmed_at=None, user__email="somebody@163.com")
    EmailAddress.objects.create(user=officer.user, email=officer.user.email, verified=False, primary=True)
    page = client.get(f"/officers/{officer.pk}/")
    assertContains(page, "The link sent to this address has not been opened yet")
    assertContains(page, "Anybody can get an address with this mail provider.")
    assertContains(page, "The city entered itself in the register")
    assertContains(page, "has no lead yet")
    calm = client.get(f"/officers/{OfficerFactory(state=REGISTERED).pk}/")
    assertNotContains(calm, "Please note")


def test_with_a_lead_in_place_the_next_one_is_offered_as_deputy(client, secretary):
    lead = OfficerFactory(user__name="Anna Kern")
    waiting = OfficerFactory(city=lead.city, state=REGISTERED, level="lead")
    page = client.get(f"/officers/{waiting.pk}/")
    assertContains(page, "is Anna Kern.")
    assert page.context["moves"][0][1].initial == {"level": "deputy"}


def test_a_closed_office_shows_its_end_and_no_moves(client, secretary):
    officer = OfficerFactory(state=ENDED, ended_at=at(3), end_reason="Retired.", ended_by=secretary)
    page = client.get(f"/officers/{officer.pk}/")
    assertContains(page, "Retired.")
    assert page.context["moves"] == []
