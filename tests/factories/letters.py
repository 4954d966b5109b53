"""Letters as the apps write them."""

from datetime import UTC, datetime, timedelta

from django.utils.translation import get_language

from alliance.letters.actions import Addressee, hand_over, write
from alliance.letters.sending import Answer, Outcome
from alliance.letters.states import DeliveryChannel, LetterKind
from alliance.letters.worker import queue
from alliance.letters.worker.pace import Pace
from tests.factories.files import upload
from tests.factories.people import SecretaryFactory

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


def for_aachen(*addresses, **more):
    """A letter to Aachen: to the city's Anna, or to the addresses that are named."""
    to = addresses or ("anna@aachen.example",)
    return letter_to(*(Addressee(one, "de", name="Anna", on_behalf_of="aachen") for one in to), **more)


def settle(outcome=Outcome.ACCEPTED, answer="250 OK", at=WRITTEN + timedelta(minutes=1)):
    """The worker sends what waits, and the mail server answers so."""
    for delivery in queue.claim(at=at, pace=Pace(batch=1000)):
        queue.settle(delivery, Answer(outcome, answer), at=at)


def handed(letter, city="aachen", *, by=None, at=WRITTEN + timedelta(days=1), **values):
    """That a city got a letter by post, entered a day later."""
    given = {
        "channel": DeliveryChannel.POST,
        "on": WRITTEN.date(),
        "note": "Registered letter RR 123",
        "proof": upload(name="Einlieferungsbeleg.pdf"),
    }
    return hand_over(letter, on_behalf_of=city, by=by or SecretaryFactory(), at=at, **{**given, **values})
