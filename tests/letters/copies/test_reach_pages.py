"""How far a letter came: the mark of each city, the record as a paper, finding letters by it."""

from datetime import timedelta

import pytest

from alliance.letters.actions import Addressee
from alliance.letters.sending import Answer, Outcome
from alliance.letters.views.reach import SHOWN_AT_ONCE, reach_of
from alliance.letters.worker import queue
from alliance.letters.worker.pace import Pace
from tests.factories.circulars import issued
from tests.factories.cities import CityFactory
from tests.factories.letters import WRITTEN, for_aachen, handed, letter_to, settle

pytestmark = pytest.mark.django_db
NOW = WRITTEN + timedelta(minutes=1)
NEXT_DAY = WRITTEN + timedelta(days=1)


def hand_over_url(letter):
    return f"/letters/{letter.pk}/hand-over/"


def test_each_city_has_a_mark_and_a_word_what_needs_work_first(client, secretary, aachen):
    CityFactory(name_de="Bonn")
    CityFactory(name_de="Celle")
    letter = letter_to(
        Addressee("a@x.example", "de", on_behalf_of="aachen"),
        Addressee("b@x.example", "de", on_behalf_of="bonn"),
        Addressee("b2@x.example", "de", on_behalf_of="bonn"),
        Addressee("c@x.example", "de", on_behalf_of="celle"),
        Addressee("nobody@x.example", "de"),
    )
    letter.deliveries.filter(address__in=["c@x.example"]).update(next_attempt_at=NEXT_DAY)
    for delivery in queue.claim(at=NOW, pace=Pace(batch=1000)):
        failed = delivery.address in ("a@x.example", "b2@x.example")
        queue.settle(delivery, Answer(Outcome.FAILED if failed else Outcome.ACCEPTED, "x"), at=NOW)
    assert [(row.name, str(row.word)) for row in reach_of(letter)] == [
        ("Aachen", "In trouble"),
        ("Celle", "On the way"),
        ("Bonn", "Accepted"),
    ]
    response = client.get(f"/letters/{letter.pk}/")
    page = response.content.decode()
    assert "1 of 3 cities reached by at least one copy." in page
    assert "One city was not reached." in page
    assert f'href="{hand_over_url(letter)}?for=aachen"' in page
    assert f'href="{hand_over_url(letter)}?for=bonn"' not in page

    handed(letter)
    assert [(row.name, str(row.word)) for row in reach_of(letter)] == [
        ("Celle", "On the way"),
        ("Aachen", "Handed over"),
        ("Bonn", "Accepted"),
    ]
    of_bonn = client.get(f"/letters/{letter.pk}/?city=bonn").context["rows"]
    assert {row.address for row in of_bonn} == {"b2@x.example", "b@x.example"}


def test_a_city_nobody_could_be_written_to_is_named_at_once(client, secretary):
    circular = issued()
    city = circular.addressees.select_related("city").first().city
    with_copies = circular.letter.deliveries.filter(on_behalf_of=city.slug).exists()
    words = {row.slug: str(row.word) for row in reach_of(circular.letter)}
    assert words[city.slug] == ("On the way" if with_copies else "Nobody to write to")
    assert "Nobody to write to" in words.values() or with_copies


def test_of_many_cities_those_that_were_reached_stand_apart(client, secretary):
    many = SHOWN_AT_ONCE + 5
    letter = letter_to(*(Addressee(f"{n}@x.example", "de", on_behalf_of=f"city-{n:03}") for n in range(many)))
    letter.deliveries.filter(on_behalf_of="city-000").update(next_attempt_at=NEXT_DAY)
    settle()
    response = client.get(f"/letters/{letter.pk}/")
    assert [row.slug for row in response.context["reach"]] == ["city-000"]
    assert len(response.context["reached_apart"]) == many - 1
    assert len(response.context["rows"]) == 25
    assert f"{many - 1} of {many} cities reached" in response.content.decode()


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_the_record_as_a_paper(client, secretary, aachen, language):
    letter = for_aachen("anna@aachen.example", "bernd@aachen.example")
    settle(Outcome.FAILED, "550 无此用户 <no such user>")
    handed(letter)
    client.cookies["django_language"] = language
    response = client.get(f"/letters/{letter.pk}/?format=pdf", headers={"accept-language": language})
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="deliveries.pdf"'
    assert response.content.startswith(b"%PDF-1.7")
    empty = letter_to()
    assert client.get(f"/letters/{empty.pk}/?format=pdf").content.startswith(b"%PDF")
    assert client.get(f"/letters/{letter.pk}/?format=xlsx").status_code == 200


def test_letters_are_found_by_city_and_by_the_state_of_that_citys_copy(client, secretary, aachen):
    CityFactory(name_de="Bonn")
    letter = letter_to(
        Addressee("a@x.example", "de", on_behalf_of="aachen"),
        Addressee("b@x.example", "de", on_behalf_of="bonn"),
    )
    letter.deliveries.filter(on_behalf_of="bonn").update(next_attempt_at=NEXT_DAY)
    settle(Outcome.FAILED)

    def found(query):
        return [row.pk for row in client.get(f"/letters/?{query}").context["rows"]]

    assert found("city=aachen") == found("city=bonn") == found("city=aachen&state=failed") == [letter.pk]
    assert found("city=bonn&state=failed") == found("city=aachen&state=queued") == []
    assert "nowhere" in " ".join(client.get("/letters/?city=nowhere").context["notes"])
