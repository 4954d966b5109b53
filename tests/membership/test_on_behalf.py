"""What the secretariat enters for a city: who is told, and what follows when the city contests it."""

import pytest
import time_machine

from alliance.accounts.models import User
from membership.actions import statements
from membership.actions.outcomes import outcome_of
from membership.models import Statement
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, DAY, DEADLINE, ISSUED
from tests.factories.pages import TODAY, look, text_of
from tests.factories.people import SecretaryFactory

pytestmark = pytest.mark.django_db
CITY = {"lead@aachen.example", "deputy@aachen.example"}


@pytest.fixture
def circular():
    cast.members()
    cast.officer("Aachen", "deputy")
    cast.officer("Aachen", "editor")
    return cast.issued()


@pytest.fixture
def secretary():
    return SecretaryFactory()


def contest(statement, at=ISSUED + 3 * DAY, level="deputy"):
    person = cast.city("Aachen").officers.get(level=level).user
    return statements.contest(statement, reason="Nobody of us wrote that.", by=person, at=at)


def position(circular, name="Aachen"):
    given = outcome_of(circular, at=ISSUED + 4 * DAY).positions[cast.elector(circular, name).pk]
    return str(given) if given else ""


def test_all_leads_and_deputies_are_told_who_gave_it_and_that_they_can_contest(circular, secretary):
    cast.enter(circular, "Aachen", by=secretary)
    (letter,) = cast.letters(circular, "confirmation")
    assert cast.told(letter) == CITY
    for words in ("Given by: Mayor of Aachen (By letter).", "If this is not your city's answer, contest it"):
        assert words in letter.body_en


def test_a_contestation_is_told_to_all_who_speak_for_the_city_and_to_the_secretariat(circular, secretary):
    contest(cast.enter(circular, "Aachen", by=secretary))
    (letter,) = cast.letters(circular, "notice")
    secretariat = set(User.objects.filter(role="secretariat").values_list("email", flat=True))
    assert secretary.email in secretariat
    assert cast.told(letter) == CITY | secretariat
    until = "12 March 2017, 23:59 Foshan time · 16:59 German time"
    assert f"The city can give its own answer until {until}." in letter.body_en


def test_the_citys_answer_is_open_again_until_the_deadline(circular, secretary):
    statement = cast.enter(circular, "Aachen", "objection", text="Too far.", by=secretary)
    assert position(circular) == "objection"
    contest(statement)
    assert position(circular) == ""
    cast.say(circular, "Aachen", at=DEADLINE)
    given = outcome_of(circular, at=AFTER).positions[cast.elector(circular, "Aachen").pk]
    assert str(given) == "consent"
    assert Statement.objects.count() == 2


def test_an_earlier_answer_of_the_city_counts_again(circular, secretary):
    cast.say(circular, "Aachen", "abstention")
    contest(cast.enter(circular, "Aachen", by=secretary))
    assert position(circular) == "abstention"


def test_after_the_deadline_nothing_is_promised(circular, secretary):
    contest(cast.enter(circular, "Aachen", by=secretary), at=AFTER)
    (letter,) = cast.letters(circular, "notice")
    assert "The city can give its own answer" not in letter.body_en


def test_the_page_shows_it(client, circular, secretary):
    contest(cast.enter(circular, "Aachen", by=secretary))
    with time_machine.travel(TODAY, tick=False):
        text = text_of(look(client, cast.lead("Aachen"), "/circulars/2017-01/"))
        assert "Your answer now: Consent , contested, not counted · the answer is open again" in text
        assert "Nobody of us wrote that." in text
