"""Second factors of the standing cast."""

import time

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

PASSWORD = "seven-Rhine-barges"
PERIOD = 30


def with_password(factory, **more):
    """Somebody whose address is confirmed and who signs in with the password above."""
    user = factory(password=PASSWORD, **more)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def with_app(user):
    """Give a person an authenticator app; its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def with_passkey(user):
    """A passkey as a row; nobody can sign in with it."""
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}
    )


def sign_in(client, user, password=PASSWORD):
    return client.post("/accounts/login/", {"login": user.email, "password": password})


def is_signed_in(client, user):
    return client.session.get("_auth_user_id") == str(user.pk)
