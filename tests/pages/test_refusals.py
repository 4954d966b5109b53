"""Refusals carry a sentence, filled and in the language of the person."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alliance.pages.refusals import Refusal


class TooLate(Refusal):
    sentence = _("%(city)s came 100%% too late.")


class Disabled(Refusal):
    sentence = _("No")


def test_sentence_is_filled_from_keywords():
    refusal = TooLate(city="Mainz")
    assert refusal.sentence == str(refusal) == "Mainz came 100% too late."
    assert refusal.values == {"city": "Mainz"}


def test_sentence_without_values_is_left_alone():
    assert Refusal("100% of them").sentence == "100% of them"


def test_refusal_without_a_sentence_of_its_own_has_the_general_one():
    assert Refusal().sentence == "This is not possible at the moment."


def test_sentence_is_in_the_language_of_the_person():
    with translation.override("de"):
        assert Disabled().sentence == "Nein"
