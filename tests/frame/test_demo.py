"""The demonstration: who is in it, what waits in it, and that it is loaded once and only where it may be."""

import re
from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError

from alliance.accounts.models import User
from alliance.management import demo, local
from alliance.views.demonstration import PASSWORD
from cities.models import City, Officer
from membership.actions.completeness import missing
from membership.actions.outcomes import outcome_of
from membership.actions.withdrawals import still_missing
from membership.models import Application, Circular, MembershipCity, Told, Withdrawal

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
FOUNDING = {
    "foshan", "jiangmen", "zhuzhou", "zhaoqing", "jieyang", "yunfu", "jiaozuo", "nanning", "taizhou",
    "guiyang", "liuzhou", "aachen", "koeln", "wuppertal", "ingolstadt", "ruesselsheim", "raunheim",
    "kelsterbach", "nuernberg",
}  # fmt: skip
ADDRESSES = {
    "secretariat@demo.example",
    "management@demo.example",
    "admin@demo.example",
    "deputy@foshan.demo.example",
    "editor@aachen.demo.example",
    *(f"officer@{slug}.demo.example" for slug in {*FOUNDING, "mainz", "chemnitz"}),
}


@pytest.fixture
def loaded():
    call_command("load_founding_members", verbosity=0)
    assert demo.load(NOW)


def rows():
    """How many rows every table holds, the trail included."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_loading_twice_changes_nothing(loaded):
    before = rows()
    assert before["membership.Circular"] == 3
    assert not demo.load(NOW)
    assert rows() == before


def test_there_are_exactly_these_accounts(loaded):
    assert set(User.objects.values_list("email", flat=True)) == ADDRESSES
    assert all(user.check_password(PASSWORD) for user in User.objects.all()[:3])
    assert User.objects.filter(emailaddress__verified=True).count() == len(ADDRESSES)


def test_staff_have_their_roles_and_officers_none(loaded):
    assert dict(User.objects.exclude(role="").values_list("email", "role")) == {
        "secretariat@demo.example": "secretariat",
        "management@demo.example": "management",
        "admin@demo.example": "administrator",
    }


def test_everybody_else_is_a_confirmed_officer_of_the_city_in_the_address(loaded):
    levels = {"officer": "lead", "deputy": "deputy", "editor": "editor"}
    wanted = set()
    for address in ADDRESSES:
        if found := re.match(r"(\w+)@(\w+)\.demo\.example", address):
            wanted.add((address, found[2], levels[found[1]], "confirmed"))
    assert set(Officer.objects.values_list("user__email", "city__slug", "level", "state")) == wanted


def test_nineteen_are_members_and_three_cities_are_not(loaded):
    members = set(MembershipCity.objects.on(NOW.date()).full().values_list("city__slug", flat=True))
    assert members == FOUNDING
    others = set(City.objects.values_list("slug", flat=True)) - FOUNDING
    assert others == {"mainz", "osnabrueck", "chemnitz"}


def test_fourteen_of_nineteen_have_answered_about_chemnitz(loaded):
    circular = Circular.objects.get(kind="accession")
    outcome = outcome_of(circular, at=NOW)
    assert (circular.state, circular.label, circular.electors.count()) == ("issued", "2026/01", 19)
    assert Counter(str(position) for position in outcome.positions.values() if position) == {
        "consent": 10,
        "consent_with_comment": 2,
        "objection": 1,
        "abstention": 1,
    }
    assert circular.questions.filter(answered_at=None).count() == 1


def test_only_the_signed_resolution_is_missing_for_mainz(loaded):
    application = Application.objects.get(cities__slug="mainz")
    assert application.state == "draft"
    assert [one.step for one in missing(application)] == ["attachments"]


def test_raunheim_leaves_and_two_cities_have_not_been_told(loaded):
    leaving = Withdrawal.objects.get(state="communicating")
    missing = {one.city.slug: one.may_be_reached for one in still_missing(leaving, at=NOW)}
    assert (leaving.city.slug, leaving.circular.label) == ("raunheim", "2026/02")
    assert missing == {"wuppertal": False, "taizhou": True}
    ways = Told.objects.filter(circular=leaving.circular).values_list("city__slug", "way")
    assert Counter(way for _slug, way in ways) == {"mail": 12, "inbox": 4, "post": 1}
    assert ("jiaozuo", "post") in ways


def test_a_request_of_jieyang_waits_to_be_communicated(loaded):
    asking = Withdrawal.objects.get(state="submitted")
    assert (asking.city.slug, asking.on_behalf) == ("jieyang", True)


def test_it_is_refused_without_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="it needs DEMO=1"):
        call_command("load_demo", companies=20)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("database", "environment", "far"),
    [
        ({"HOST": "db.example"}, {}, "db.example"),
        ({"HOST": "localhost,db.example"}, {}, "db.example"),
        ({"HOST": "", "OPTIONS": {"host": "10.0.0.7"}}, {}, "10.0.0.7"),
        ({"HOST": "localhost", "OPTIONS": {"hostaddr": "10.0.0.7"}}, {}, "10.0.0.7"),
        ({"HOST": ""}, {"PGHOST": "db.example"}, "db.example"),
        ({"HOST": "localhost"}, {"PGHOSTADDR": "10.0.0.7"}, "10.0.0.7"),
    ],
)
def test_it_is_refused_on_a_database_of_another_machine(settings, monkeypatch, database, environment, far):
    settings.DEMO = True
    database_at(monkeypatch, database, environment)
    with pytest.raises(CommandError, match=f"names the host {far}: the demonstration needs one of this"):
        call_command("load_demo", companies=20)
    assert not User.objects.exists()


@pytest.mark.parametrize("host", ["", "localhost", "127.0.0.1", "::1", "/run/postgresql"])
def test_a_database_of_this_machine_is_near(monkeypatch, host):
    database_at(monkeypatch, {"HOST": host}, {})
    assert local.far_host() == ""


def database_at(monkeypatch, database, environment):
    """As if the database were elsewhere; nothing is connected to it."""
    said = SimpleNamespace(DATABASE_URL="postgres://somewhere/alliance", DATABASES={"default": database})
    monkeypatch.setattr(local, "settings", said)
    for name in ("PGHOST", "PGHOSTADDR"):
        monkeypatch.setenv(name, environment.get(name, ""))


def test_the_command_loads_it_once_and_says_so(settings, capsys):
    settings.DEMO = True
    call_command("load_founding_members", verbosity=0)
    capsys.readouterr()
    call_command("load_demo", companies=20)
    call_command("load_demo", companies=20)
    assert capsys.readouterr().out.splitlines() == [
        "The demonstration is loaded.",
        "20 invented companies are added.",
        "The demonstration was loaded before.",
    ]


@pytest.mark.parametrize("wrong", ["-1", "many", "1000001"])
def test_a_number_of_companies_that_makes_no_sense(settings, wrong):
    settings.DEMO = True
    with pytest.raises(CommandError, match="is not a number from 0 to 1,000,000"):
        call_command("load_demo", f"--companies={wrong}")


def test_the_sign_in_page_lists_every_account_in_the_demonstration_only(client, settings, loaded):
    found = r"[\w.]+@[\w.]*demo\.example"
    settings.DEMO = True
    assert set(re.findall(found, client.get("/accounts/login/").content.decode())) == ADDRESSES
    settings.DEMO = False
    assert re.findall(found, client.get("/accounts/login/").content.decode()) == []
