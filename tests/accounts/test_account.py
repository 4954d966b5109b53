"""What people set about themselves, and the language switch."""

import json

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from alliance.accounts.actions import UnknownLanguage, UnknownTimeZone, create_person, save_preferences
from alliance.accounts.logs import Line, without_secrets
from alliance.accounts.models import User
from alliance.accounts.permissions import NotPermitted
from cities.models import Institution, InstitutionContact
from cities.states import OfficerState
from tests.factories.cities import CityFactory
from tests.factories.people import OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

CHOSEN = {"name": "Li Na", "language": "de", "time_zone": "Europe/Berlin"}


@pytest.fixture
def person(client):
    user = UserFactory(name="Na", language="en")
    client.force_login(user)
    return user


def test_visitors_are_asked_to_sign_in(client):
    assertRedirects(
        client.get("/accounts/"), "/accounts/login/?next=/accounts/", fetch_redirect_response=False
    )


def test_settings_are_kept_and_said_in_the_new_language(client, person):
    response = client.post("/accounts/", CHOSEN)
    assertRedirects(response, "/accounts/", fetch_redirect_response=False)
    person.refresh_from_db()
    assert (person.name, person.language, person.time_zone) == ("Li Na", "de", "Europe/Berlin")
    assert response.cookies["django_language"].value == "de"
    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["success"]
    assert client.get("/accounts/").context["LANGUAGE_CODE"] == "de"


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("language", "fr"), ("language", ""), ("time_zone", "Mars/Base")]
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, person, field, value):
    response = client.post("/accounts/", {**CHOSEN, field: value})
    assert set(response.context["form"].errors) == {field}
    person.refresh_from_db()
    assert (person.name, person.language, person.time_zone) == ("Na", "en", "")


def test_moments_are_shown_in_the_persons_zone(client, person):
    User.objects.update(time_zone="America/Lima")
    response = client.get("/accounts/")
    assert response.context["user"].time_zone == "America/Lima"
    assert timezone.get_current_timezone_name() != "America/Lima"


def test_the_page_lists_whom_one_acts_for(client, person):
    OfficerFactory(user=person, city__name_de="Mainz", function="Head of office")
    OfficerFactory(user=person, city__name_de="Worms", state=OfficerState.REGISTERED)
    OfficerFactory(
        user=person, city__name_de="Bonn", state=OfficerState.ENDED, ended_at=timezone.now(), level="editor"
    )
    institution = Institution.objects.create(
        kind="chamber", name_en="Chamber", seat=CityFactory(), registered_at=timezone.now()
    )
    InstitutionContact.objects.create(
        institution=institution, user=person, function="Asia", since=timezone.now()
    )
    page = client.get("/accounts/")
    assert [officer.city.name for officer in page.context["offices"]] == ["Mainz", "Worms"]
    assertContains(page, "To be confirmed")
    assertContains(page, "Chamber")


def test_the_page_says_whether_there_is_a_second_factor(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(SecretaryFactory())
    assertContains(client.get("/accounts/"), "Not set up")


def test_nobody_sets_anything_for_others():
    with pytest.raises(NotPermitted):
        save_preferences(UserFactory(), **CHOSEN, by=SecretaryFactory())


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [({"language": "fr"}, UnknownLanguage), ({"time_zone": "Mars/Base"}, UnknownTimeZone)],
)
def test_actions_refuse_what_means_nothing(wrong, refusal):
    with pytest.raises(refusal):
        create_person(email="a@b.example", name="A", password="seven-Rhine-barges", **wrong)
    user = UserFactory()
    with pytest.raises(refusal):
        save_preferences(user, **{**CHOSEN, **wrong}, by=user)


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_the_switch_works_for_visitors(client, language):
    response = client.post("/accounts/language/", {"language": language, "next": "/members/?q=a"})
    assertRedirects(response, "/members/?q=a", fetch_redirect_response=False)
    assert client.get("/members/").context["LANGUAGE_CODE"] == language


def test_the_switch_is_kept_for_the_person(client, person):
    client.post("/accounts/language/", {"language": "zh-hans", "next": "/"})
    person.refresh_from_db()
    assert person.language == "zh-hans"
    client.cookies.clear()
    client.force_login(person)
    assert client.get("/accounts/").context["LANGUAGE_CODE"] == "zh-hans"


def test_an_unknown_language_changes_nothing(client, person):
    response = client.post("/accounts/language/", {"language": "fr", "next": "/"})
    assert "django_language" not in response.cookies
    person.refresh_from_db()
    assert person.language == "en"


@pytest.mark.parametrize("url", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_switch_leads_to_pages_of_ours_only(client, url):
    assert client.post("/accounts/language/", {"language": "de", "next": url})["Location"] == "/"


def test_the_switch_takes_a_click(client):
    assert client.get("/accounts/language/").status_code == 405


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/invitations/" + "a" * 43 + "/", "/invitations/…/"),
        ("/invitations/12/revoke/", "/invitations/12/revoke/"),
        ("/accounts/confirm-email/MQ:1abc:" + "x" * 40 + "/", "/accounts/confirm-email/…/"),
        ("/accounts/password/reset/key/1a-" + "b" * 39 + "/", "/accounts/password/reset/key/…/"),
        ("/accounts/password/reset/key/done/", "/accounts/password/reset/key/done/"),
        ("/members/", "/members/"),
    ],
)
def test_links_that_open_accounts_stand_in_no_log(path, kept):
    assert without_secrets(path) == kept


def test_nor_in_what_django_itself_says_of_a_request(client, caplog, db):
    client.get("/invitations/" + "a" * 43 + "/")
    lines = [Line().format(record) for record in caplog.records if record.name == "django.request"]
    assert [json.loads(line)["message"] for line in lines] == ["Not Found: /invitations/…/"]
