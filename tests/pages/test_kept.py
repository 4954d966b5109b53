"""What is drawn once: for as long as nothing it shows has changed, and not a moment longer."""

import psycopg2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from alliance.pages.composed import Composed
from alliance.pages.kept import MOST_KEPT, Kept
from cities.actions import cities
from cities.models import City
from tests.factories.cities import CityFactory
from tests.factories.people import OfficerFactory, SecretaryFactory

lasting = pytest.mark.django_db(transaction=True)
PAGE = "/members/"


class Names:
    """The names of all cities, and how often they were put together."""

    def __init__(self):
        self.kept = Kept("cities.City")
        self.times = 0

    def draw(self):
        self.times += 1
        return ", ".join(City.objects.order_by("pk").values_list("name_en", flat=True))

    def read(self, key="names"):
        return self.kept.get(key, self.draw)

    def come_from_memory(self):
        """Transactions of other tests beside this one may begin and end: within some readings."""
        for _ in range(200):
            before = self.times
            self.read()
            if self.times == before:
                return True
        return False


@pytest.fixture
def names():
    return Names()


@pytest.fixture
def elsewhere():
    """A second connection, with a transaction of its own."""
    other = psycopg2.connect(
        **{
            name: value
            for name, value in connection.get_connection_params().items()
            if name in ("host", "port", "user", "password", "dbname")
        }
    )
    yield other
    other.close()


def rename(cursor, city, name):
    cursor.execute("UPDATE cities_city SET name_en = %s WHERE id = %s", [name, city.pk])


@lasting
def test_drawn_again_only_after_a_change(names):
    CityFactory(name_de="Aachen")
    assert names.read() == "Aachen"
    assert names.come_from_memory()
    CityFactory(name_de="Mainz")
    assert names.read() == "Aachen, Mainz"
    assert names.come_from_memory()


@lasting
def test_an_action_is_seen(names):
    city = CityFactory(name_de="Aachen", confirmed_at=None)
    kept = Kept("cities.City")

    def draw():
        return str(City.objects.public().count())

    assert kept.get("public", draw) == "0"
    cities.confirm(city, by=SecretaryFactory())
    assert kept.get("public", draw) == "1"


@lasting
def test_raw_sql_is_seen_and_a_row_that_is_gone(names):
    city = CityFactory(name_de="Aachen")
    assert names.read() == "Aachen"
    with connection.cursor() as cursor:
        rename(cursor, city, "Aix")
    assert names.read() == "Aix"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cities_city")
    assert names.read() == ""


@lasting
def test_what_was_rolled_back_was_never_kept(names):
    city = CityFactory(name_de="Aachen")
    assert names.read() == "Aachen"
    with transaction.atomic():
        City.objects.filter(pk=city.pk).update(name_en="Aix")
        assert names.read() == "Aix"
        assert names.read() == "Aix"
        assert names.times == 3
        transaction.set_rollback(True)
    assert names.read() == "Aachen"
    City.objects.filter(pk=city.pk).update(name_en="Aken")
    assert names.read() == "Aken"


@lasting
def test_a_change_under_way_is_seen_when_it_ends_though_a_later_one_ended_first(names, elsewhere):
    aachen, mainz = CityFactory(name_de="Aachen"), CityFactory(name_de="Mainz")
    with elsewhere.cursor() as cursor:
        rename(cursor, aachen, "Aix")
    City.objects.filter(pk=mainz.pk).update(name_en="Mayence")
    before = names.kept.state()
    assert names.read() == "Aachen, Mayence"
    elsewhere.commit()
    after = names.kept.state()
    assert before[2:] == after[2:]  # the newest row of the trail alone would not tell
    assert before != after
    assert names.read() == "Aix, Mayence"


@lasting
def test_a_change_under_way_that_is_given_up_changes_nothing(names, elsewhere):
    aachen = CityFactory(name_de="Aachen")
    with elsewhere.cursor() as cursor:
        rename(cursor, aachen, "Aix")
    assert names.read() == "Aachen"
    elsewhere.rollback()
    assert names.read() == "Aachen"


@lasting
def test_languages_and_keys_are_kept_apart(names):
    CityFactory(name_de="Köln", name_en="Cologne")

    def draw():
        return City.objects.get().name

    said = {}
    for language in ("en", "de"):
        with translation.override(language):
            said[language] = names.kept.get("name", draw)
    assert said == {"en": "Cologne", "de": "Köln"}
    assert names.read("another key") == "Cologne"


@lasting
def test_no_more_is_kept_than_is_good(names):
    for number in range(MOST_KEPT + 5):
        names.read(number)
    assert len(names.kept.drawn) <= MOST_KEPT


def test_what_has_no_trail_cannot_be_kept():
    with pytest.raises(ImproperlyConfigured, match=r"sessions\.Session has no audit trail"):
        Kept("sessions.Session").trails()


@lasting
def test_the_list_of_members_is_kept_for_all_who_see_the_same(client, django_assert_max_num_queries):
    city = CityFactory(name_de="Aachen")
    office = OfficerFactory(city=city)
    client.force_login(office.user)
    client.get(PAGE)
    for _ in range(200):
        with django_assert_max_num_queries(20) as asked:
            response = client.get(PAGE)
        if len(asked) == 5:  # session, person, own cities not confirmed yet, trails, unread letters
            break
    assert len(asked) == 5
    assert "Members" in response.content.decode()


@lasting
def test_a_kept_list_shows_staff_and_visitors_what_each_may_see(client):
    from tests.factories.membership import MembershipFactory

    hidden = CityFactory(name_de="Mainz", confirmed_at=None)
    MembershipFactory(cities=[hidden])
    own = OfficerFactory(city=hidden, state="registered").user
    for person, sees in [(None, False), (SecretaryFactory(), True), (own, True), (None, False)]:
        client.logout()
        if person:
            client.force_login(person)
        for _twice in range(2):
            page = client.get(PAGE).content.decode()
            assert ('href="/cities/mainz/"' in page) is sees
            assert ("/memberships/new/" in page) is bool(person and person.is_secretariat)


def once(inside, **values):
    template = Template("{% load i18n pages %}{% once value %}" + inside + "{% endonce %}{{ given }}")
    return lambda **more: template.render(Context({**values, **more}))


def test_once_is_drawn_for_each_value_and_language():
    draw = once("{% translate 'Members' %} {{ unnamed }}", value="a")
    assert draw(unnamed=1) == "Members 1"
    assert draw(unnamed=2) == "Members 1"
    assert draw(unnamed=3, value="b") == "Members 3"
    with translation.override("de"):
        assert draw(unnamed=4) == "Mitglieder 4"


def test_names_given_inside_once_end_there():
    draw = once("{% url 'home' as given %}", value=AnonymousUser())
    assert (draw(), draw()) == ("", "")


def test_no_block_stands_in_once():
    with pytest.raises(TemplateSyntaxError, match="A block cannot stand"):
        once("{% if value %}{% block part %}{% endblock %}{% endif %}")


@pytest.mark.django_db
def test_a_composed_query_gives_the_rows_of_each_key():
    slugs = Composed(lambda pk: City.objects.filter(pk=pk, country="DE").values_list("slug"))
    aachen, mainz = CityFactory(name_de="Aachen"), CityFactory(name_de="Mainz")
    assert [slugs.rows(city.pk) for city in (aachen, mainz)] == [[("aachen",)], [("mainz",)]]
    assert slugs.rows(0) == []
