"""Two officers at the same step of an application: nobody's work goes unseen."""

from datetime import timedelta

import pytest
import time_machine

from cities.models import Industry
from membership.actions import applications
from membership.models import Application
from tests.factories.applications import APPLIED, CONTACT, complete, draft, gdp, population, twinning
from tests.factories.cities import CityFactory
from tests.factories.people import OfficerFactory

pytestmark = pytest.mark.django_db
LATER = APPLIED + timedelta(days=3)
SENTENCE = "Somebody else has saved this step since you opened it."


@pytest.fixture(autouse=True)
def three_days_later():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def application():
    return draft(CityFactory(name_de="Mainz", name_zh="美因茨"))


@pytest.fixture
def other(application):
    return OfficerFactory(city=application.places.get().city, level="deputy").user


def url(application, step):
    return f"/applications/{application.pk}/{step}/"


def opened(client, person, application, step):
    """What stands in the form of a step when a person opens it."""
    client.force_login(person)
    return client.get(url(application, step)).context["based_on"]


def wishes(based_on, text):
    return {"based_on": based_on, "wishes_de": text, "wishes_en": "", "wishes_zh": ""}


def test_the_second_is_told_keeps_the_text_and_may_replace_the_first(client, application, other):
    seen = opened(client, application.begun_by, application, "wishes")
    assert opened(client, other, application, "wishes") == seen
    first = client.post(url(application, "wishes"), wishes(seen, "Glas"))
    client.force_login(application.begun_by)

    second = client.post(url(application, "wishes"), wishes(seen, "Stahl"))

    page = second.content.decode()
    assert first.status_code == 302
    assert second.status_code == 200
    assert SENTENCE in page
    assert "What is saved now" in page
    assert "Stahl" in page
    assert Application.objects.get().wishes_de == "Glas"
    now = second.context["based_on"]
    assert now != seen
    assert client.post(url(application, "wishes"), wishes(now, "Stahl")).status_code == 302
    assert Application.objects.get().wishes_de == "Stahl"


def test_the_same_sent_twice_is_no_conflict(client, application):
    seen = opened(client, application.begun_by, application, "wishes")
    for _time in range(2):
        assert client.post(url(application, "wishes"), wishes(seen, "Glas")).status_code == 302


def test_wrong_input_keeps_what_the_person_had_seen(client, application, other):
    seen = opened(client, application.begun_by, application, "contact")
    applications.save_contact(application, CONTACT, by=other, at=LATER)

    wrong = client.post(url(application, "contact"), {"based_on": seen, "contact_email": "nonsense"})
    right = client.post(url(application, "contact"), {"based_on": wrong.context["based_on"]})

    assert wrong.context["based_on"] == seen
    assert SENTENCE in right.content.decode()
    assert Application.objects.get().contact_name == CONTACT["contact_name"]


def test_another_step_is_no_conflict(client, application, other):
    seen = opened(client, application.begun_by, application, "wishes")
    applications.save_contact(application, CONTACT, by=other, at=LATER)
    applications.save_section(application, "industrial", texts={"de": "Glas"}, by=other, at=LATER)

    assert client.post(url(application, "wishes"), wishes(seen, "Stahl")).status_code == 302


def change_figures(application, city, by):
    rows = [population(city), gdp(city)]
    applications.save_section(application, "economic", texts={}, figures=rows, by=by, at=LATER)


def change_industries(application, city, by):
    chosen = Industry.objects.filter(code="20")
    applications.save_section(application, "industrial", texts={}, industries=chosen, by=by, at=LATER)


def change_cooperations(application, city, by):
    applications.save_section(
        application, "cooperations", texts={}, cooperations=[twinning(city)], by=by, at=LATER
    )


@pytest.mark.parametrize(
    ("step", "change"),
    [
        ("economic", change_figures),
        ("industrial", change_industries),
        ("cooperations", change_cooperations),
    ],
)
def test_rows_that_somebody_else_saved_are_not_replaced_unseen(application, other, step, change):
    seen = applications.digest_of_step(application, step)
    change(application, application.places.get().city, other)
    rows = {"economic": "figures", "industrial": "industries", "cooperations": "cooperations"}[step]

    with pytest.raises(applications.SavedMeanwhile):
        applications.save_section(
            application, step, texts={}, **{rows: []}, based_on=seen, by=application.begun_by, at=LATER
        )

    assert getattr(application, rows).exists()


def test_cities_that_somebody_else_chose_are_not_replaced_unseen(application):
    mainz, person = application.places.get().city, application.begun_by
    worms, bingen = CityFactory(name_de="Worms"), CityFactory(name_de="Bingen")
    seen = applications.digest_of_step(application, "cities")
    applications.save_cities(application, [mainz, worms], based_on=seen, by=person, at=LATER)

    with pytest.raises(applications.SavedMeanwhile):
        applications.save_cities(application, [mainz, bingen], based_on=seen, by=person, at=LATER)

    assert set(application.places.values_list("city", flat=True)) == {mainz.pk, worms.pk}


def test_every_step_that_is_saved_says_what_it_is_based_on(client):
    full = complete(CityFactory(name_de="Raunheim"))
    client.force_login(full.begun_by)
    for step in ("cities", "economic", "industrial", "cooperations", "wishes", "contact"):
        page = client.get(url(full, step)).content.decode()
        digest = applications.digest_of_step(full, step)
        assert f'<input type="hidden" name="based_on" value="{digest}">' in page
