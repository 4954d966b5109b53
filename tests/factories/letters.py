"""Letters as the apps write them."""

from datetime import UTC, datetime

from django.utils.translation import get_language

from alliance.letters.actions import Addressee, write
from alliance.letters.states import LetterKind

WRITTEN = datetime(2017, 1, 29, 2, 0, tzinfo=UTC)
WORDS = {
    "en": ("Shall Mainz join the alliance?", "Please give your statement.\n\nThe deadline is near."),
    "de": ("Soll Mainz der Allianz beitreten?", "Bitte nehmen Sie Stellung.\n\nDie Frist läuft bald ab."),
    "zh-hans": ("美因茨是否加入联盟？", "请发表意见。\n\n期限将至。"),
}


def compose():
    return WORDS[get_language()]


def letter_to(*addressees, by=None, at=WRITTEN, kind=LetterKind.CIRCULAR, compose=compose, **more):
    """A letter to people (users) or to bare addresses."""
    to = [
        one
        if isinstance(one, Addressee)
        else Addressee(one, "en")
        if isinstance(one, str)
        else Addressee.of(one)
        for one in addressees
    ]
    return write(kind, compose, to, by=by, at=at, **more)
