"""Questions to the applicant, and their answers."""

import pytest

from cities.actions import officers
from cities.states import OfficerLevel
from membership.actions import circulars, outcomes, questions
from membership.actions.circular_refusals import AlreadyCancelled, AlreadyClosed, DeadlinePassed
from membership.actions.statement_refusals import AlreadyAnswered, EmptyAnswer, EmptyQuestion
from membership.models import Question
from membership.permissions.circulars import NotAVoice, NotTheApplicantsVoice, may_answer
from membership.states import CircularState
from tests.factories import circulars as cast
from tests.factories.circulars import AFTER, DAY, ISSUED
from tests.factories.people import OfficerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db


def ask(circular, name="Aachen", text="How far is it?", at=ISSUED + DAY):
    return questions.ask(circular, text=text, by=cast.lead(name), at=at)


def test_question_goes_to_the_applicant():
    circular = cast.issued()
    question = ask(circular, text=" How far is it? ")
    assert (question.text, question.elector, question.asked_by) == (
        "How far is it?",
        cast.elector(circular, "Aachen"),
        cast.lead("Aachen"),
    )
    letter = cast.letters(circular)[-1]
    assert cast.told(letter) == {circular.application.begun_by.email, circular.application.contact_email}
    assert "How far is it?" in letter.body_en


def test_question_is_no_answer():
    circular = cast.issued()
    ask(circular)
    cast.say(circular, "Köln")
    ask(circular, "Köln")
    outcome = outcomes.outcome_of(circular, at=ISSUED + DAY)
    assert (outcome.consents, outcome.silent) == (1, 5)


def test_answer_goes_to_who_asked():
    circular = cast.issued()
    question = ask(circular)
    answered = questions.answer(
        question, text=" Not far. ", by=circular.application.begun_by, at=ISSUED + DAY
    )
    assert (answered.answer, answered.answered_by) == ("Not far.", circular.application.begun_by)
    letter = cast.letters(circular)[-1]
    assert cast.told(letter) == {"lead@aachen.example"}
    assert "The answer: Not far." in letter.body_en


def test_twice_is_once():
    circular = cast.issued()
    question = ask(circular)
    assert ask(circular) == question
    by = circular.application.begun_by
    for _ in range(2):
        questions.answer(question, text="Not far.", by=by, at=ISSUED + DAY)
    assert len(cast.letters(circular)) == 3
    with pytest.raises(AlreadyAnswered):
        questions.answer(question, text="Far.", by=by, at=ISSUED + DAY)


def test_a_deputy_of_the_applying_city_answers():
    circular = cast.issued()
    deputy = OfficerFactory(city=circular.application.cities.get(), level=OfficerLevel.DEPUTY).user
    assert questions.answer(ask(circular), text="Not far.", by=deputy, at=AFTER).answered_by == deputy


def test_nobody_else_answers():
    circular = cast.issued()
    question = ask(circular)
    editor = OfficerFactory(city=circular.application.cities.get(), level=OfficerLevel.EDITOR).user
    for by in (cast.lead("Aachen"), SecretaryFactory(), editor, None):
        with pytest.raises(NotTheApplicantsVoice):
            questions.answer(question, text="Not far.", by=by, at=ISSUED + DAY)


def test_who_began_the_application_answers_while_in_office_only():
    circular = cast.issued()
    question, by = ask(circular), circular.application.begun_by
    deputy = OfficerFactory(city=circular.application.cities.get(), level=OfficerLevel.DEPUTY)
    officers.change_level(deputy, OfficerLevel.LEAD, by=None)
    officer = officers.change_level(by.officers.get(), OfficerLevel.EDITOR, by=None)
    assert may_answer(by, question)
    officers.end(officer, reason="Works elsewhere.", by=None)
    with pytest.raises(NotTheApplicantsVoice):
        questions.answer(question, text="Not far.", by=by, at=ISSUED + DAY)


def test_nobody_but_members_asks():
    circular = cast.issued()
    for by in (circular.application.begun_by, SecretaryFactory(), None):
        with pytest.raises(NotAVoice):
            questions.ask(circular, text="Why?", by=by, at=ISSUED)
    assert not Question.objects.exists()


def test_empty_words_are_refused():
    circular = cast.issued()
    with pytest.raises(EmptyQuestion):
        ask(circular, text=" ")
    with pytest.raises(EmptyAnswer):
        questions.answer(ask(circular), text="\n", by=circular.application.begun_by, at=ISSUED + DAY)


def test_questions_end_with_the_deadline():
    circular = cast.issued()
    with pytest.raises(DeadlinePassed):
        ask(circular, at=AFTER)
    with pytest.raises(AlreadyClosed):
        ask(circulars.close(circular, at=AFTER), at=AFTER)


def test_no_question_about_a_cancelled_circular():
    with pytest.raises(AlreadyCancelled):
        ask(cast.in_state(CircularState.CANCELLED))
