"""The trail of a row: who, when, from what to what, why, by which request; raw SQL included."""

import pghistory
import pytest
from django.db import InternalError, connection
from django.test.utils import CaptureQueriesContext

from alliance.letters.models import Delivery
from alliance.letters.worker.loop import Worker
from alliance.pages.admin import trails
from alliance.pages.admin.rows import ENTRIES_A_PAGE
from cities.models import City, Cooperation, Industry, KeyFigure, Officer
from membership.models import Application, Membership, MembershipCity
from tests.admin.rows import url
from tests.admin.test_corrections import REASON_GIVEN, correct
from tests.factories.applications import submitted
from tests.factories.cities import CityFactory
from tests.factories.letters import WRITTEN, letter_to
from tests.factories.membership import MembershipFactory
from tests.factories.people import OfficerFactory

pytestmark = pytest.mark.django_db


def entries(client, row):
    return client.get(url(type(row), "trail", row.pk)).context["entries"]


def changes(entry):
    return {change.label: (change.before, change.after) for change in entry.changes}


def sql(statement, *params):
    """Raw SQL as from outside; without the reset the last request of the test would be named."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL pghistory.context_id = ''")
        cursor.execute(statement, params)


def test_a_correction_stands_in_the_trail_with_everything_about_it(administrator):
    city = CityFactory(name_de="Mainz", name_en="Mayence")
    response = correct(administrator, city, name_en="Mainz")

    entry, first = entries(administrator, city)

    assert changes(entry) == {"Name in English": ("Mayence", "Mainz")}
    assert (entry.word, entry.by) == ("Changed", "Ada Admin (ada@alliance.example)")
    assert (entry.reason, entry.request) == (REASON_GIVEN, response.headers["X-Request-ID"])
    assert entry.url == url(City, "change", city.pk)
    assert first.word == "Added"
    assert changes(first)["Name in English"] == ("", "Mayence")


def test_the_page_shows_both_zones_and_all_parts(administrator):
    city = CityFactory(name_de="Mainz", name_en="Mayence")
    correct(administrator, city, name_en="Mainz")

    page = administrator.get(url(City, "trail", city.pk)).content.decode()

    for part in ("Foshan time", "German time", "Mayence", REASON_GIVEN, "ada@alliance.example", "2 changes"):
        assert part in page


def test_raw_sql_stands_in_the_trail_as_a_change_from_outside(administrator):
    city = CityFactory(name_de="Mainz", mailbox="")
    sql("UPDATE cities_city SET mailbox = 'hacked@example.org' WHERE id = %s", city.pk)

    entry = entries(administrator, city)[0]

    assert changes(entry) == {"Official mailbox": ("", "hacked@example.org")}
    assert entry.by == "Outside the application: by SQL, or when it was installed"
    assert (entry.reason, entry.request, entry.url) == ("", "", "")


def test_a_deleted_row_keeps_its_trail(administrator):
    city = CityFactory(name_de="Mainz")
    row = Cooperation.objects.create(city=city, partner="Dijon", kind="twinning", since=1958)
    key = row.pk
    sql("DELETE FROM cities_cooperation WHERE id = %s", key)

    response = administrator.get(url(Cooperation, "trail", key))

    deleted, _added = response.context["entries"]
    assert deleted.word == "Deleted"
    assert changes(deleted) == {
        "Partner": ("Dijon", ""),
        "Kind": ("Town twinning", ""),
        "Since (year)": ("1958", ""),
        "City": ("Mainz", ""),
    }
    assert f"No. {key}, deleted" in response.content.decode()
    assert administrator.get(url(Cooperation, "trail", key + 1)).status_code == 404
    assert administrator.get(url(Cooperation, "change", key)).status_code == 404
    assert f"{key}/trail/" in administrator.get(url(Cooperation, "trails")).content.decode()


def test_values_stand_as_people_read_them(administrator):
    membership = MembershipFactory(cities=[CityFactory(name_de="Mainz")])
    place = membership.places.get()
    sql("UPDATE membership_membershipcity SET period = '[2016-04-25,2017-04-24)' WHERE id = %s", place.pk)

    ended, begun = entries(administrator, place)

    assert changes(ended) == {
        "Period": ("from 25 April 2016", "from 25 April 2016 until before 24 April 2017")
    }
    assert changes(begun) == {
        "Membership": ("", "Mainz"),
        "City": ("", "Mainz"),
        "Kind": ("", "Full member"),
        "Period": ("", "from 25 April 2016"),
    }


def test_moments_persons_and_truth_stand_in_words(administrator):
    officer = OfficerFactory(state="registered")
    sql(
        "UPDATE cities_officer SET state = 'confirmed', confirmed_at = '2016-05-01 08:00+00',"
        " confirmed_by_id = %s WHERE id = %s",
        administrator.person.pk,
        officer.pk,
    )

    assert changes(entries(administrator, officer)[0]) == {
        "State": ("To be confirmed", "Confirmed"),
        "Confirmed at": ("", "1 May 2016, 16:00 Foshan time · 10:00 German time"),
        "Confirmed by": ("", "Ada Admin"),
    }


def test_industries_added_and_taken_away_stand_in_the_trail_of_the_application(administrator):
    application = submitted()
    steel = Industry.objects.get(code="20")
    sql(
        "DELETE FROM membership_application_industries WHERE application_id = %s AND industry_id = %s",
        application.pk,
        steel.pk,
    )
    number = len(entries(administrator, application))
    correct(administrator, application, industries=[steel.pk])

    added, removed, by_sql, *_rest = entries(administrator, application)

    assert len(entries(administrator, application)) == number + 2
    assert changes(by_sql) == {"Industries": (str(steel), "")}
    assert by_sql.by == "Outside the application: by SQL, or when it was installed"
    assert changes(removed)["Industries"][0].startswith("23 ")
    assert changes(added) == {"Industries": ("", str(steel))}
    assert (added.reason, added.by) == (REASON_GIVEN, "Ada Admin (ada@alliance.example)")
    assert added.row == application.pk


def test_a_person_that_is_gone_is_known_by_number(administrator):
    city = CityFactory(name_de="Mainz", name_en="Mayence")
    correct(administrator, city, name_en="Mainz")
    event = city.events.get(pgh_label="update")
    sql(
        "UPDATE pghistory_context SET metadata = jsonb_set(metadata, '{user}', '987654') WHERE id = %s",
        event.pgh_context_id,
    )

    assert entries(administrator, city)[0].by == "Person 987654"


@pytest.mark.parametrize(
    ("metadata", "by"),
    [
        ({"worker": "host:1"}, "Worker host:1"),
        ({"command": "load_founding_members"}, "Command load_founding_members"),
        ({"user": None, "url": "/x/"}, "A visitor who was not signed in"),
    ],
)
def test_what_has_no_person_is_named(administrator, metadata, by):
    with pghistory.context(**metadata):
        city = CityFactory(name_de="Mainz")

    assert entries(administrator, city)[0].by == by


def test_what_the_worker_does_is_the_workers(administrator):
    letter_to("a@city.example")

    Worker(name="host:1").once(at=WRITTEN)

    accepted, _begun, _claimed, _queued = entries(administrator, Delivery.objects.get())
    assert accepted.by == "Worker host:1"
    assert changes(accepted)["State"] == ("Being sent", "Accepted by the mail server")


def test_history_cannot_be_rewritten():
    CityFactory(name_de="Mainz")

    with pytest.raises(InternalError, match="Cannot update or delete rows"):
        sql("UPDATE cities_cityevent SET name_en = 'x'")


def test_as_many_queries_for_three_changes_as_for_one(administrator):
    application = submitted()
    place = MembershipFactory(cities=[CityFactory(name_de="Mainz 2")]).places.get()
    rows = [application, place, OfficerFactory()]
    change(0)
    with CaptureQueriesContext(connection) as few:
        numbers_of_few = [len(entries(administrator, row)) for row in rows]
    for number in range(1, 3):
        change(number)
    with CaptureQueriesContext(connection) as many:
        numbers_of_many = [len(entries(administrator, row)) for row in rows]

    assert numbers_of_many == [number + 2 for number in numbers_of_few]
    assert len(many) == len(few)


def change(number):
    sql("UPDATE membership_application SET contact_name = %s", f"Name {number}")
    sql("UPDATE membership_membershipcity SET period = %s", f"[2016-04-1{number},)")
    sql("UPDATE cities_officer SET function = %s", f"Function {number}")


def test_long_trails_come_in_pages(administrator):
    city = CityFactory(name_de="Mainz")
    for number in range(ENTRIES_A_PAGE + 5):
        sql("UPDATE cities_city SET website = %s", f"https://{number}.example")

    first = administrator.get(url(City, "trail", city.pk))
    second = administrator.get(url(City, "trail", city.pk), {"page": 2})

    assert (len(first.context["entries"]), len(second.context["entries"])) == (ENTRIES_A_PAGE, 6)
    oldest = first.context["entries"][-1]
    assert changes(oldest) == {"Web site": ("https://4.example", "https://5.example")}


def test_the_trail_is_one_click_away(secretariat):
    city = CityFactory(name_de="Mainz")

    page = secretariat.get(url(City, "change", city.pk)).content.decode()

    assert f'href="{url(City, "trail", city.pk)}"' in page
    assert f'href="{url(City, "trails")}"' in secretariat.get(url(City, "changelist")).content.decode()


def test_every_tracked_field_has_a_label():
    for model in (City, KeyFigure, Officer, Application, Membership, MembershipCity):
        labels = [str(one.verbose_name) for one in trails.tracked_fields(trails.event_model(model))]
        assert len(set(labels)) == len(labels)
