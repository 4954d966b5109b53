"""What django-allauth asks of us: its mails go the way of all letters, and nobody signs up by itself."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from alliance.accounts.models import User
from alliance.letters.actions import Addressee, write
from alliance.letters.states import LetterKind

LINKS = ("password_reset_url", "activate_url")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in mails are letters; accounts come by invitation or by a city's own registration."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail as a letter in all languages, to be sent in the recipient's."""
        filled = {"email": email, **context}

        def compose() -> tuple[str, str]:
            subject = render_to_string(f"{template_prefix}_subject.txt", filled)
            return subject, render_to_string(f"{template_prefix}_message.txt", filled)

        to = addressee_of(email, context.get("user"))
        # The page stands in the letter once, as the link every letter ends with.
        path = next((path_of(context[name]) for name in LINKS if context.get(name)), "")
        write(LetterKind.SIGN_IN, compose, [to], by=signed_in_user(), path=path, confidential=True)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that the account was changed; also at an address that is no longer the account's."""
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)


def addressee_of(email: str, user: User | None) -> Addressee:
    """The person behind an address, if there is one; else whoever asked, in the language of the page."""
    user = user or User.objects.filter(email=email.strip().lower()).first()
    language = (user and user.language) or get_language() or ""
    return Addressee(email, language, name=user.name if user else "", user=user)


def signed_in_user() -> User | None:
    """Who is at work, if somebody is."""
    request = allauth_context.request
    user = getattr(request, "user", None)
    return user if isinstance(user, User) and user.is_authenticated else None


def path_of(url: str) -> str:
    """The page without the host, which an outsider can choose in a request; links start with SITE_URL."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
