"""Personal links: who may answer by one, until when, and what is recorded."""

from datetime import timedelta

import pytest

from alliance.accounts.permissions import NotPermitted
from alliance.letters.models import Delivery
from alliance.letters.personal import Claim, read, token_for, token_of
from alliance.letters.sending import Stencils
from cities.models import Officer
from cities.states import OfficerLevel
from membership.actions import circulars, personal_links
from membership.actions.circular_refusals import AsksForNoStatement
from membership.actions.personal_links import LinkNotTaken, LinkOver, UnknownLink
from membership.models import Acknowledgement, RevokedLink, Statement
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, DAY, DEADLINE, ISSUED
from tests.factories.people import ManagerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db
NUMBER = "2017/01"


@pytest.fixture
def circular():
    return cast.issued()


def answer(token, position="consent", text="", number=NUMBER, at=ISSUED + DAY):
    return personal_links.state(token, number, position=position, text=text, at=at)


def test_letters_that_ask_carry_the_place_of_the_link(circular):
    assert circular.letter.personal_path == "/circulars/2017-01/answer/{token}/"
    reminder = circulars.remind(circular, by=SecretaryFactory(), at=ISSUED + DAY)
    assert reminder.letter.personal_path == circular.letter.personal_path
    circulars.extend(
        circular, new_deadline=DEADLINE + 7 * DAY, reason="Holidays", by=SecretaryFactory(), at=ISSUED + DAY
    )
    (notice,) = cast.letters(circular, "notice")
    assert notice.personal_path == ""


def test_letters_with_the_deadline_carry_it_for_the_calendar(circular):
    circulars.remind(circular, by=SecretaryFactory(), at=ISSUED + DAY)
    circulars.extend(
        circular, new_deadline=DEADLINE + 7 * DAY, reason="Holidays", by=SecretaryFactory(), at=ISSUED + DAY
    )
    for letter in cast.letters(circular):
        calendars = letter.attachments.filter(media_type="text/calendar")
        assert [(one.filename, one.language) for one in calendars] == [("2017-01.ics", "")]


def test_the_token_names_person_and_city_and_is_always_the_same(circular):
    token = cast.token(circular, "Aachen")
    assert read(token) == Claim(NUMBER, cast.lead("Aachen").pk, "aachen")
    assert token == cast.token(circular, "Aachen")
    assert token != cast.token(circular, "Foshan")


def test_copies_to_no_person_have_no_token(circular):
    copy = Delivery.objects.filter(letter=circular.letter).first()
    copy.recipient = None
    assert token_of(copy) == ""


@pytest.mark.parametrize("token", ["", "x", "x.y", "é.ü", "W10.abc"])
def test_what_was_not_made_here_is_not_read(token):
    assert read(token) is None


def test_the_answer_is_recorded_as_given_by_the_link(circular):
    statement = answer(cast.token(circular, "Aachen"), "objection", "Too far.")
    assert (statement.channel, statement.position, statement.text) == (
        "personal_link",
        "objection",
        "Too far.",
    )
    assert (statement.entered_by, statement.elector) == (
        cast.lead("Aachen"),
        cast.elector(circular, "Aachen"),
    )
    assert (statement.received_at, statement.recorded_at, statement.late) == (
        ISSUED + DAY,
        ISSUED + DAY,
        False,
    )


def test_everybody_who_speaks_for_the_city_is_told_the_person_included(circular):
    cast.officer("Aachen", "deputy")
    answer(cast.token(circular, "Aachen"))
    (copy,) = cast.letters(circular, "confirmation")
    assert cast.told(copy) == {"lead@aachen.example", "deputy@aachen.example"}
    assert "The personal link of Lead of Aachen was used" in copy.body_en


def test_the_same_answer_twice_is_recorded_once(circular):
    first = answer(cast.token(circular, "Aachen"))
    assert answer(cast.token(circular, "Aachen"), at=ISSUED + 2 * DAY) == first
    assert len(cast.letters(circular, "confirmation")) == 1


def test_a_changed_answer_follows(circular):
    answer(cast.token(circular, "Aachen"))
    answer(cast.token(circular, "Aachen"), "abstention", at=ISSUED + 2 * DAY)
    assert list(Statement.objects.order_by("pk").values_list("position", flat=True)) == [
        "consent",
        "abstention",
    ]


def test_it_is_taken_until_the_deadline_and_not_a_moment_longer(circular):
    assert answer(cast.token(circular, "Aachen"), at=DEADLINE).late is False
    with pytest.raises(LinkOver):
        answer(cast.token(circular, "Foshan"), at=AFTER)


def test_it_is_taken_until_the_extended_deadline(circular):
    circulars.extend(
        circular, new_deadline=DEADLINE + 7 * DAY, reason="Holidays", by=SecretaryFactory(), at=ISSUED + DAY
    )
    assert answer(cast.token(circular, "Aachen"), at=DEADLINE + DAY).late is False
    with pytest.raises(LinkOver):
        answer(cast.token(circular, "Aachen"), at=DEADLINE + 8 * DAY)


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_it_ends_with_the_circular(state):
    circular = cast.in_state(state)
    with pytest.raises(LinkOver):
        answer(cast.token(circular, "Aachen"), at=ISSUED + 2 * DAY)


def test_a_token_for_another_circular_is_unknown_here(circular):
    token = cast.token(circular, "Aachen")
    other = cast.information()
    with pytest.raises(UnknownLink):
        answer(token, number=other.label)


@pytest.mark.parametrize("reference", ["2019/01", "2017/99", "", "A-2017/01", "x"])
def test_a_token_for_no_circular_is_unknown(circular, reference):
    token = token_for(Claim(reference, cast.lead("Aachen").pk, "aachen"))
    with pytest.raises(UnknownLink):
        answer(token, number=reference)


def end_office(person):
    Officer.objects.filter(user=person).update(state="ended", ended_at=ISSUED)


def make_editor(person):
    Officer.objects.filter(user=person).update(level=OfficerLevel.EDITOR)


def lock_account(person):
    person.is_active = False
    person.save()


@pytest.mark.parametrize("change", [end_office, make_editor, lock_account])
def test_who_does_not_speak_for_the_city_any_more_has_no_link(change):
    cast.members()
    deputy = cast.officer("Aachen", "deputy")
    token = cast.token(cast.issued(), "Aachen", "deputy")
    answer(token)
    change(deputy)
    with pytest.raises(LinkNotTaken):
        answer(token, "abstention", at=ISSUED + 2 * DAY)
    assert Statement.objects.count() == 1


def test_who_speaks_for_another_city_has_no_link_for_this_one(circular):
    token = token_for(Claim(NUMBER, cast.lead("Foshan").pk, "aachen"))
    with pytest.raises(LinkNotTaken):
        answer(token)


def test_a_city_that_was_not_told_has_no_link(circular):
    cast.officer("Mannheim")
    token = token_for(Claim(NUMBER, cast.lead("Mannheim").pk, "mannheim"))
    with pytest.raises(LinkNotTaken):
        answer(token)


def test_a_revoked_link_stays_revoked(circular):
    person, token = cast.lead("Aachen"), cast.token(circular, "Aachen")
    revoked = personal_links.revoke(circular, person, by=person, at=ISSUED + DAY)
    assert personal_links.revoke(circular, person, by=SecretaryFactory(), at=ISSUED + 2 * DAY) == revoked
    assert (revoked.revoked_at, revoked.revoked_by) == (ISSUED + DAY, person)
    with pytest.raises(LinkNotTaken):
        answer(token)
    assert answer(cast.token(circular, "Foshan")).channel == "personal_link"


def test_the_secretariat_revokes_and_others_do_not(circular):
    person = cast.lead("Aachen")
    for other in (cast.lead("Foshan"), ManagerFactory(), None):
        with pytest.raises(NotPermitted):
            personal_links.revoke(circular, person, by=other, at=ISSUED + DAY)
    assert not RevokedLink.objects.exists()
    assert personal_links.revoke(circular, person, by=SecretaryFactory(), at=ISSUED + DAY).user == person


def test_people_with_a_link_are_those_it_went_to(circular):
    cast.officer("Aachen", "deputy")  # after the issue
    linked = personal_links.people_with_link(circular)
    assert set(linked) == {cast.lead(name) for name in cast.CAST}
    personal_links.revoke(circular, cast.lead("Aachen"), by=SecretaryFactory(), at=ISSUED + DAY)
    assert set(linked.all()) == {cast.lead(name) for name in cast.CAST if name != "Aachen"}
    assert not personal_links.has_link(circular, cast.lead("Aachen"), at=ISSUED + DAY)
    assert personal_links.has_link(circular, cast.lead("Foshan"), at=DEADLINE)
    assert not personal_links.has_link(circular, cast.lead("Foshan"), at=AFTER)


def test_an_observers_link_shows_and_answers_nothing():
    cast.members()
    cast.observer("Trier")
    circular = cast.issued()
    token = cast.token(circular, "Trier")
    link = personal_links.opened(token, NUMBER, at=ISSUED + DAY)
    assert (link.is_observers, link.city) == (True, cast.city("Trier"))
    with pytest.raises(LinkNotTaken):
        answer(token)


def test_an_information_circular_is_acknowledged_by_the_link():
    circular = cast.information()
    token = cast.token(circular, "Aachen")
    made = personal_links.acknowledge(token, NUMBER, at=ISSUED + DAY)
    assert (made.city, made.channel, made.made_by) == (
        cast.city("Aachen"),
        "personal_link",
        cast.lead("Aachen"),
    )
    assert personal_links.acknowledge(token, NUMBER, at=ISSUED + 2 * DAY) == made
    assert Acknowledgement.objects.count() == 1
    with pytest.raises(AsksForNoStatement):
        answer(token)


def test_a_link_without_deadline_is_taken_until_the_close():
    circular = cast.information()
    token = cast.token(circular, "Aachen")
    assert personal_links.opened(token, NUMBER, at=ISSUED + timedelta(days=400)).city == cast.city("Aachen")
    circulars.close(circular, by=SecretaryFactory(), at=ISSUED + DAY)
    with pytest.raises(LinkOver):
        personal_links.acknowledge(token, NUMBER, at=ISSUED + 2 * DAY)


def test_a_mail_made_after_a_link_was_revoked_does_not_name_it(circular):
    """Neither a reminder nor the circular itself, sent once more; other people's mails do."""
    person, secretary = cast.lead("Foshan"), SecretaryFactory()
    personal_links.revoke(circular, person, by=person, at=ISSUED + DAY)
    reminder = circulars.remind(circular, by=secretary, at=ISSUED + 2 * DAY)
    for letter in (circular.letter, reminder.letter):
        stencils = Stencils()
        named = {
            copy.on_behalf_of
            for copy in letter.deliveries.all()
            if "/answer/" in (mail := stencils.mail_for(copy)).plain + mail.html
        }
        assert named == set(letter.deliveries.values_list("on_behalf_of", flat=True)) - {"foshan"}


def test_the_links_of_one_letter_cost_one_query(circular, django_assert_num_queries):
    copies = list(circular.letter.deliveries.select_related("letter").filter(language="zh-hans"))
    stencils = Stencils()
    stencils.mail_for(copies[0])
    with django_assert_num_queries(0):
        for copy in copies[1:]:
            stencils.mail_for(copy)
