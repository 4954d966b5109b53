"""Mails that come back, in the words of real mail servers, and the copies they are about."""

from datetime import timedelta
from pathlib import Path

from alliance.letters.models import Delivery
from tests.factories.letters import WRITTEN, letter_to

CORPUS = Path(__file__).parents[1] / "letters" / "bounces"
SOME_ID = "0123456789abcdef0123456789abcdef@alliance.example"
SENT = WRITTEN + timedelta(minutes=1)
BACK = WRITTEN + timedelta(hours=3)


def mail(name, message_id=SOME_ID):
    """A mail of the corpus, about a copy of ours."""
    raw = (CORPUS / f"{name}.eml").read_bytes().replace(b"<MESSAGE-ID>", f"<{message_id}>".encode())
    return raw.replace(b"RETURN-PATH", f"bounces+{message_id.split('@')[0]}@alliance.example".encode())


def accepted(address="a.becker@stadt.example"):
    """A copy that the mail server has taken."""
    delivery = letter_to(address).deliveries.get()
    delivery.claim(until=BACK)
    delivery.accept(answer="250 OK", at=SENT)
    delivery.save()
    return delivery


def fresh(delivery):
    return Delivery.objects.get(pk=delivery.pk)
