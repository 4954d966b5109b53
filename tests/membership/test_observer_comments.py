"""Comments of observers on an accession: visible, and no vote."""

import pytest
import time_machine
from django.db import DatabaseError, transaction

from membership.actions import circulars, memberships, observer_comments
from membership.actions.circular_refusals import (
    AlreadyCancelled,
    AlreadyClosed,
    AsksForNoStatement,
    DeadlinePassed,
)
from membership.actions.observer_comments import EmptyComment, NotAnObserver
from membership.actions.outcomes import as_content, outcome_of
from membership.models import MembershipCity, ObserverComment
from membership.permissions.circulars import NotTheCitysVoice
from tests.factories import circulars as cast
from tests.factories.applications import lead_of
from tests.factories.circulars import AFTER, DAY, DEADLINE, ISSUED
from tests.factories.cities import CityFactory
from tests.factories.pages import TODAY, look, messages_of, post, text_of
from tests.factories.people import ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db
PAGE = "/circulars/2017-01/"
COMMENT = f"{PAGE}comment/"


@pytest.fixture
def circular():
    cast.members()
    cast.observer("Trier")
    return cast.issued()


def comment(circular, text="A good neighbour.", name="Trier", by=None, at=ISSUED + DAY):
    return observer_comments.comment(
        circular, city=cast.city(name), text=text, by=by or cast.lead(name), at=at
    )


def said():
    return list(ObserverComment.objects.values_list("city__name_de", "text", "made_at"))


def test_an_observer_comments(circular):
    before = as_content(outcome_of(circular, at=ISSUED + DAY))
    first = comment(circular, " A good neighbour. ")
    assert comment(circular) == first
    comment(circular, "And a fair partner.", at=ISSUED + 2 * DAY)
    assert said() == [
        ("Trier", "A good neighbour.", ISSUED + DAY),
        ("Trier", "And a fair partner.", ISSUED + 2 * DAY),
    ]
    assert as_content(outcome_of(circular, at=ISSUED + DAY)) == before


@pytest.mark.parametrize("text", ["", " \n "])
def test_a_comment_has_words(circular, text):
    with pytest.raises(EmptyComment):
        comment(circular, text)


def test_members_give_a_statement_instead(circular):
    with pytest.raises(NotAnObserver):
        comment(circular, name="Aachen")


def test_only_lead_and_deputy_of_the_observer_comment(circular):
    comment(circular, by=cast.officer("Trier", "deputy"))
    for other in (cast.officer("Trier", "editor"), cast.lead("Aachen"), SecretaryFactory(), ManagerFactory()):
        with pytest.raises(NotTheCitysVoice):
            comment(circular, by=other)
    assert len(said()) == 1


def test_who_came_later_or_observes_no_more_does_not_comment(circular):
    cast.observer("Saarbrücken")
    with pytest.raises(NotAnObserver):
        comment(circular, name="Saarbrücken")
    place = MembershipCity.objects.get(city=cast.city("Trier"))
    memberships.end_place(place, ends=ISSUED.date(), ending="ended", by=SecretaryFactory(), at=ISSUED)
    with pytest.raises(NotAnObserver):
        comment(circular)


def test_comments_are_taken_until_the_deadline_and_while_it_is_open(circular):
    assert comment(circular, at=DEADLINE)
    with pytest.raises(DeadlinePassed):
        comment(circular, "Late", at=AFTER)
    circulars.close(circular, at=AFTER)
    with pytest.raises(AlreadyClosed):
        comment(circular, "Late", at=AFTER)


def test_a_cancelled_or_an_information_circular_is_not_commented(circular):
    circulars.cancel(circular, reason="Mistaken.", by=SecretaryFactory(), at=ISSUED)
    with pytest.raises(AlreadyCancelled):
        comment(circular)
    with pytest.raises(AsksForNoStatement):
        comment(cast.information())


@pytest.mark.parametrize("change", ["update", "delete"])
def test_comments_are_kept_as_they_are(circular, change):
    comment(circular)
    rows = ObserverComment.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(text="Other") if change == "update" else rows.delete()


@time_machine.travel(TODAY, tick=False)
def test_the_form_on_the_page(client, circular):
    trier = cast.lead("Trier")
    assert "Comment for Trier" in text_of(look(client, trier, PAGE))
    data = {"city": cast.city("Trier").pk, "text": "A good neighbour."}
    response = post(client, trier, COMMENT, **data)
    assert response["Location"] == PAGE
    assert messages_of(client.get(PAGE)) == ["The comment is visible to all members."]


@time_machine.travel(TODAY, tick=False)
@pytest.mark.parametrize(
    ("text", "error"),
    [("", "This field is required."), ("x" * 20_001, "Ensure this value has at most 20000 characters")],
)
def test_a_refused_comment_says_why_and_keeps_what_was_typed(client, circular, text, error):
    response = post(client, cast.lead("Trier"), COMMENT, city=cast.city("Trier").pk, text=text)
    assert response.status_code == 200
    (entry,) = response.context["comment_forms"]
    assert entry["form"].errors["text"][0].startswith(error)
    assert entry["form"]["text"].value() == text
    assert said() == []


@time_machine.travel(TODAY, tick=False)
def test_for_a_city_one_does_not_speak_for_there_is_nothing(client, circular):
    for person, name in (("Aachen", "Trier"), ("Aachen", "Aachen"), ("Trier", "Aachen")):
        data = {"city": cast.city(name).pk, "text": "Hello"}
        assert post(client, cast.lead(person), COMMENT, **data).status_code == 404
    assert post(client, cast.lead("Trier"), COMMENT, city="x", text="Hello").status_code == 404
    assert said() == []


@time_machine.travel(TODAY, tick=False)
def test_everybody_who_sees_the_circular_sees_the_comment_and_that_it_is_no_vote(client, circular):
    comment(circular)
    applicant = lead_of(CityFactory(name_de="Mainz"))
    for person in (cast.lead("Aachen"), cast.lead("Trier"), applicant, SecretaryFactory(), ManagerFactory()):
        text = text_of(look(client, person, PAGE))
        assert "A good neighbour." in text
        assert "Observer, no vote" in text
    assert client.get(PAGE).status_code == 200


@time_machine.travel(TODAY, tick=False)
def test_after_the_deadline_there_is_no_form(client, circular):
    with time_machine.travel(AFTER, tick=False):
        assert "Comment for Trier" not in text_of(look(client, cast.lead("Trier"), PAGE))
