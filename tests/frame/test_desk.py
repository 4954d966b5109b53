"""The desk: to each role exactly what waits for it, and nothing said in words."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliance.letters.models import Delivery
from alliance.views.piles import SHOWN
from cities.models import Officer
from membership.actions import applications, circulars, questions, withdrawals
from membership.models import Application
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.applications import draft as begun
from tests.factories.applications import returned, submitted
from tests.factories.circulars import AFTER, DAY, ISSUED
from tests.factories.cities import CityFactory
from tests.factories.letters import letter_to
from tests.factories.membership import MembershipFactory
from tests.factories.pages import look, text_of
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

TODAY = ISSUED + 4 * DAY
QUESTION = "Shall Mainz join the alliance?"
OPEN = {"Circulars with the member cities": [f"2017/01 · {QUESTION}"]}
WAITS = {"Circulars that wait for your city’s statement": [f"2017/01 · {QUESTION}"]}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def circular():
    return cast.issued()


def piles(client, user):
    """Headings and titles, as they stand on somebody's desk."""
    found = look(client, user, "/desk/").context["piles"]
    return {pile.heading: [task.title for task in pile.tasks] for pile in found}


def failed_letter(name):
    letter = letter_to(UserFactory(name=name))
    Delivery.objects.filter(letter=letter).update(state="failed", settled_at=ISSUED, next_attempt_at=None)


def busy_register():
    """One of everything that the secretariat has to do."""
    submitted(CityFactory(name_de="Worms"))
    begun(CityFactory(name_de="Trier"))
    returned(CityFactory(name_de="Bingen"))
    OfficerFactory(city=CityFactory(name_de="Speyer"), user__name="Eva Muster", state="registered")
    failed_letter("Otto Fern")
    MembershipFactory(cities=[CityFactory(name_de="Essen")])
    further = submitted(CityFactory(name_de="Ulm"))
    applications.pass_on(further, by=SecretaryFactory(), at=ISSUED)


def test_the_secretariat_sees_what_is_to_be_checked_confirmed_issued_and_put_right(client, circular):
    busy_register()
    assert piles(client, SecretaryFactory()) == {
        "Applications to check": ["Worms"],
        "Officers to confirm": ["Eva Muster · Speyer"],
        "Circulars to prepare and issue": ["Shall Ulm join the alliance?"],
        "Letters that could not be delivered": ["Otto Fern"],
        "Member cities without a lead officer": ["Essen"],
        **OPEN,
    }


@pytest.mark.parametrize("factory", [ManagerFactory, AdministratorFactory])
def test_management_and_administrators_see_what_is_under_way_only(client, circular, factory):
    busy_register()
    assert piles(client, factory()) == OPEN


def test_management_sees_the_decision_to_take_with_its_result(client, circular):
    circulars.close(circular, at=AFTER)
    desk = look(client, ManagerFactory(), "/desk/")
    (pile,) = desk.context["piles"]
    assert (pile.heading, [(task.title, task.url) for task in pile.tasks]) == (
        "Decisions to take",
        [(QUESTION, f"/applications/{circular.application_id}/")],
    )
    assert "Circular 2017/01: Failed" in text_of(desk)
    for factory in (SecretaryFactory, AdministratorFactory):
        assert piles(client, factory()) == {}


def test_an_application_whose_members_are_asked_again_waits_once_and_only_after_the_close(client, circular):
    secretary, manager = SecretaryFactory(), ManagerFactory()
    circulars.close(circular, at=AFTER)
    second = circulars.draft_for(circular.application, by=secretary, at=AFTER)
    assert piles(client, manager) == {}
    second = circulars.issue(second, by=secretary, at=AFTER)
    assert list(piles(client, manager)) == ["Circulars with the member cities"]
    circulars.close(second, at=second.deadline)
    (pile,) = look(client, manager, "/desk/").context["piles"]
    assert [task.detail for task in pile.tasks] == ["Circular 2017/02: Failed"]


@pytest.mark.parametrize("level", ["lead", "deputy"])
def test_who_speaks_for_a_city_sees_the_circular_with_the_time_left(client, circular, level):
    officer = cast.lead("Aachen") if level == "lead" else cast.officer("Aachen", level)
    assert piles(client, officer) == WAITS
    assert "38 days left" in text_of(look(client, officer, "/desk/"))


def test_editors_and_people_without_office_see_nothing(client, circular):
    for user in (cast.officer("Aachen", "editor"), UserFactory(), OfficerFactory(city=cast.city("Hof")).user):
        assert piles(client, user) == {}


def test_an_answer_clears_the_desks_of_its_city_and_of_no_other(client, circular):
    deputy = cast.officer("Aachen", "deputy")
    cast.say(circular, "Aachen")
    assert [piles(client, user) for user in (cast.lead("Aachen"), deputy, cast.lead("Köln"))] == [
        {},
        {},
        WAITS,
    ]


def test_a_closed_circular_waits_for_nobody(client, circular):
    circulars.close(circular, at=AFTER)
    assert piles(client, cast.lead("Aachen")) == {}


def test_the_applicant_sees_questions_and_an_application_to_go_on_with(client, circular):
    city = circular.application.cities.get()
    asked = {"elector": cast.elector(circular, "Aachen"), "by": cast.lead("Aachen"), "at": ISSUED + DAY}
    question = questions.ask(circular, text="Which fairs?", **asked)
    lead, editor = circular.application.begun_by, OfficerFactory(city=city, level="editor").user
    worms = CityFactory(name_de="Worms")
    back = returned(worms, by=OfficerFactory(city=worms, user=lead).user)
    assert piles(client, lead) == {
        "Questions to your city": ["Which fairs?"],
        "Your city’s application": [f"{back.reference} · Worms"],
    }
    assert piles(client, editor) == {}
    questions.answer(question, text="Hannover.", by=lead, at=ISSUED + 2 * DAY)
    assert list(piles(client, lead)) == ["Your city’s application"]


def test_nothing_to_do_is_said_in_words(client):
    for user in (SecretaryFactory(), UserFactory()):
        text = text_of(look(client, user, "/desk/"))
        assert "Nothing waits for you" in text
        assert "Everything that was yours to do is done." in text


def test_visitors_sign_in_first(client):
    assert client.get("/desk/")["Location"] == "/accounts/login/?next=/desk/"


def test_a_long_pile_shows_the_first_and_counts_all(client):
    for number in range(SHOWN + 2):
        OfficerFactory(user__name=f"Officer {number:02d}", state="registered")
    desk = look(client, SecretaryFactory(), "/desk/")
    (pile,) = desk.context["piles"]
    assert (len(pile.tasks), pile.total, pile.more_url) == (SHOWN, SHOWN + 2, "/officers/?state=registered")
    assert f'href="{pile.more_url}"' in desk.content.decode()


def test_the_number_of_queries_does_not_grow_with_what_waits(client, circular, django_assert_num_queries):
    busy_register()
    secretary = SecretaryFactory()
    client.force_login(secretary)
    client.get("/desk/")
    with CaptureQueriesContext(connection) as one:
        client.get("/desk/")
    for name in ("Hof", "Fulda"):
        submitted(CityFactory(name_de=name))
        OfficerFactory(city=CityFactory(name_de=f"Bad {name}"), state="registered")
        failed_letter(name)
        MembershipFactory(cities=[CityFactory(name_de=f"Neu {name}")])
    with django_assert_num_queries(len(one)):
        desk = client.get("/desk/")
    assert [pile.total for pile in desk.context["piles"]] == [3, 3, 1, 3, 3, 1]
    assert Application.objects.filter(state="submitted").count() == 3
    assert Officer.objects.filter(state="registered").count() == 3


def test_a_withdrawal_waits_for_the_secretariat_and_shows_where_it_stands(client):
    secretary = SecretaryFactory()
    cast.members()
    withdrawal = leaving.filed(at=ISSUED, dated=ISSUED.date())
    name, own = "Liuzhou", {"Your city’s withdrawal": [f"{withdrawal.reference} · Liuzhou"]}
    assert piles(client, secretary) == {"Withdrawals to communicate": [name]}
    assert piles(client, ManagerFactory()) == {}
    assert piles(client, cast.lead("Liuzhou")) == piles(client, cast.officer("Liuzhou", "editor")) == own
    assert piles(client, cast.lead("Foshan")) == {}

    withdrawals.communicate(withdrawal, by=secretary, at=ISSUED)
    under_way = {"Withdrawals being communicated": [f"{withdrawal.reference} · Liuzhou"]}
    assert piles(client, secretary) == piles(client, ManagerFactory()) == under_way
    assert piles(client, cast.lead("Liuzhou")) == own
    assert piles(client, cast.lead("Foshan")) == {}


def test_a_city_that_a_notice_does_not_reach_is_on_the_desk_at_once(client):
    secretary = SecretaryFactory()
    cast.members()
    MembershipFactory(cities=[CityFactory(name_de="Herne")])
    withdrawal = leaving.filed(at=ISSUED, dated=ISSUED.date())
    withdrawal = withdrawals.communicate(withdrawal, by=secretary, at=ISSUED)
    leaving.accept_all(withdrawal, at=ISSUED)
    heading = "Member cities that a circular does not reach"
    assert piles(client, secretary)[heading] == ["Herne"]
    leaving.bounce(leaving.copies(withdrawal.circular, "Köln").get(), at=ISSUED + DAY / 2)
    assert set(piles(client, secretary)[heading]) == {"Herne", "Köln"}
    leaving.hand(withdrawal.circular, "Köln", on=TODAY.date(), at=TODAY, by=secretary)
    assert piles(client, secretary)[heading] == ["Herne"]
    found = look(client, secretary, "/desk/").context["piles"]
    task = next(pile for pile in found if pile.heading == heading).tasks[0]
    assert task.url == f"/withdrawals/{withdrawal.pk}/#missing"


def test_an_information_circular_waits_for_those_who_speak_until_their_city_has_taken_note(client):
    information, deputy = cast.information(), cast.officer("Aachen", "deputy")
    waits = {"Circulars of which your city is to take note": ["2017/01 · Spring conference"]}
    assert piles(client, cast.lead("Aachen")) == piles(client, deputy) == waits
    assert piles(client, cast.officer("Aachen", "editor")) == {}
    cast.acknowledge(information, "Aachen", by=deputy)
    assert piles(client, cast.lead("Aachen")) == piles(client, deputy) == {}
    assert piles(client, cast.lead("Foshan")) == waits
