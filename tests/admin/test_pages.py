"""Every page of every model, for every role; and as many queries for three rows as for one."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.accounts.models import TrailMark, TrailSeal
from alliance.letters.models import Heartbeat
from alliance.pages.admin import RowAdmin
from alliance.pages.admin.trails import event_model
from cities.models import City
from companies.models import ColumnMemory, ImportRow
from membership.models import Application
from tests.admin.rows import our_models, tell_story, url
from tests.factories.cities import CityFactory
from tests.factories.people import AdministratorFactory, SecretaryFactory

pytestmark = pytest.mark.django_db

UNTRACKED = {ColumnMemory, Heartbeat, ImportRow, TrailMark, TrailSeal}
STAFF = ("administrator", "secretariat", "management")
OTHERS = ("officer", "visitor")
SEEN = {
    "changelist": 200, "add": 403, "change": 200, "delete": 403, "history": 302, "trail": 200, "trails": 200,
    "move": 404, "missing": 404, "no number": 404, "searched": 200,
}  # fmt: skip
# What hangs on who looks. The rest is the same for all staff: the administrator asks for it of every
# model, the others of one.
BY_ROLE = {"changelist", "add", "change", "delete", "trail", "move"}


def test_every_model_of_ours_and_no_other_has_a_page():
    assert set(admin.site._registry) == set(our_models())
    assert len(our_models()) > 30


def test_all_pages_stand_on_our_base():
    assert {model for model, page in admin.site._registry.items() if not isinstance(page, RowAdmin)} == set()


def test_every_model_but_signs_of_life_and_the_proof_of_the_trail_leaves_a_trail():
    assert {model for model in our_models() if event_model(model) is None} == UNTRACKED


def statuses(client, model, views=frozenset(SEEN)):
    rows = model.objects.all()
    if model is Application:
        rows = rows.exclude(state="draft")
    key = rows.order_by("pk").first().pk
    addresses = {
        "changelist": url(model, "changelist"),
        "searched": url(model, "changelist") + "?q=Köln",
        "add": url(model, "add"),
        "change": url(model, "change", key),
        "delete": url(model, "delete", key),
        "history": url(model, "history", key),
        "trail": url(model, "trail", key),
        "trails": url(model, "trails"),
        "move": url(model, "move", key, "no-such-move"),
        "missing": url(model, "change", 999_999_999),
        "no number": url(model, "change", "abc"),
    }
    return {name: client.get(addresses[name]).status_code for name in views}


def test_staff_look_at_every_row_and_its_trail_and_others_at_none(request):
    tell_story(1)
    untracked = {"trail": 404, "trails": 404}
    expected = {model: SEEN | (untracked if model in UNTRACKED else {}) for model in our_models()}

    for role in STAFF:
        client = request.getfixturevalue(role)
        for model in our_models():
            views = set(SEEN) if role == "administrator" or model is City else BY_ROLE
            seen = {name: status for name, status in expected[model].items() if name in views}
            assert (model, statuses(client, model, views)) == (model, seen)
    for role in OTHERS:
        client = request.getfixturevalue(role)
        elsewhere = {model: dict.fromkeys(SEEN, 302) for model in our_models()}
        assert {model: statuses(client, model) for model in our_models()} == elsewhere


@pytest.mark.parametrize(("role", "status"), [("officer", 403), ("visitor", 302), ("secretariat", 200)])
def test_the_sign_in_lets_only_staff_pass(role, status, request):
    response = request.getfixturevalue(role).get("/admin/login/?next=/admin/", follow=role == "secretariat")

    assert response.status_code == status


def test_lists_and_trails_need_as_many_queries_for_three_rows_as_for_one(administrator):
    addresses = [url(model, "changelist") for model in our_models()]
    addresses += [url(model, "trails") for model in our_models() if model not in UNTRACKED]
    tell_story(1)
    for_one = {address: queries(administrator, address) for address in addresses}
    tell_story(2)
    tell_story(3)

    assert {address: queries(administrator, address) for address in addresses} == for_one


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_drafts_of_applications_are_seen_by_administrators_only(administrator, secretariat):
    tell_story(1)
    draft = Application.objects.get(state="draft")
    figure, address = draft.figures.first(), url(Application, "change", draft.pk)

    assert secretariat.get(address).status_code == 404
    assert secretariat.get(url(Application, "trail", draft.pk)).status_code == 404
    assert secretariat.get(url(type(figure), "change", figure.pk)).status_code == 404
    assert draft.reference not in secretariat.get(url(Application, "changelist")).content.decode()
    assert draft.reference not in secretariat.get(url(Application, "trails")).content.decode()
    assert administrator.get(address).status_code == 200
    assert draft.reference in administrator.get(url(Application, "trails")).content.decode()


@pytest.mark.parametrize(("q", "found"), [("köln", 1), ("koeln", 1), ("Koln", 1), ("科隆", 1), ("Bonn", 0)])
def test_cities_are_found_in_every_spelling(administrator, q, found):
    CityFactory(name_de="Köln", name_en="Cologne", name_zh="科隆")

    response = administrator.get(url(City, "changelist"), {"q": q})

    assert response.context["cl"].result_count == found


def test_the_admin_has_our_name_and_asks_nobody_else(administrator):
    page = administrator.get("/admin/").content.decode()

    assert "Sino-German Industrial Cities Alliance" in page
    assert "Django" not in page
    assert 'src="http' not in page
    assert "<style" not in page
    assert "style=" not in page


def test_the_language_switch_and_our_own_change_of_password_are_reached_from_the_admin(client):
    client.force_login(AdministratorFactory(language="en", password="seven-Rhine-barges"))
    page = client.get("/admin/cities/city/?q=a").content.decode()
    assert '<input type="hidden" name="next" value="/admin/cities/city/?q=a">' in page
    assert re.findall(r'name="language" value="([^"]+)"', page) == ["en", "de", "zh-hans"]
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"


def table_beside(client, language):
    """What the list of tables beside every page says of cities."""
    apps = client.get("/admin/", headers={"accept-language": language}).context["available_apps"]
    return next(one for app in apps for one in app["models"] if one["model"] is City)


@pytest.mark.parametrize("_once_and_again", range(2))
def test_the_list_of_tables_is_that_of_the_role_and_the_language(client, _once_and_again):
    for make, corrects in ((AdministratorFactory, True), (SecretaryFactory, False)):
        for language, name in (("en", "Cities"), ("de", "Städte")):
            client.force_login(make(language=language))
            table = table_beside(client, language)
            assert (table["name"], table["perms"]["change"], table["perms"]["view"]) == (name, corrects, True)
