"""The addresses that stand in a mail, and the one it comes back to."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings

from alliance.letters import personal
from alliance.letters.models import Delivery
from alliance.letters.sending import mime


def link_to(path: str) -> str:
    """The full address of a page, as mails need it; none for no page."""
    return f"{settings.SITE_URL}{path}" if path else ""


def link_of(delivery: Delivery) -> str:
    """The address of the page a letter is about; without one, the letter in the recipient's inbox."""
    path = delivery.letter.path
    if not path and delivery.recipient_id and not delivery.letter.confidential:
        path = delivery.get_absolute_url()
    return link_to(path)


def personal_link_of(delivery: Delivery) -> str:
    """The address of the addressee's own page; none for letters without, and for copies to no person."""
    path = delivery.letter.personal_path
    token = personal.token_of(delivery) if path else ""
    return link_to(path.replace("{token}", token)) if token else ""


def return_path(delivery: Delivery) -> str:
    """Where a mail server sends what it cannot deliver: with BOUNCE_ADDRESS, an address for each copy."""
    if not settings.BOUNCE_ADDRESS:
        return mime.bare(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    box, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{box}+{delivery.message_id.partition('@')[0]}@{domain}"
