"""Passkeys in a real browser, under our security policy: set up, sign in, give up."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from tests.accounts.factors import PASSWORD, with_password
from tests.factories.people import SecretaryFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def secretary(settings, transactional_db):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    cache.clear()
    return with_password(SecretaryFactory, email="secretary@alliance.example")


@pytest.fixture
def site(live_server):
    """The same server under a name that browsers allow passkeys for."""
    return re.sub(r"//[^:]+", "//localhost", live_server.url)


@pytest.fixture
def complaints(page):
    """What the browser refuses or finds wrong."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def key(page):
    """A passkey in the browser's pocket."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return session


def sign_in(page, site):
    page.goto(f"{site}/accounts/login/")
    page.fill("#id_login", "secretary@alliance.example")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page):
    page.get_by_role("link", name="Add a passkey").click()
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.check("#id_passwordless")
    page.fill("#id_name", "My telephone")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes/")


def test_a_passkey_is_set_up_and_then_signs_in_alone(page, site, secretary, key, complaints):
    sign_in(page, site)
    page.wait_for_url("**/second-factor/**")
    add_passkey(page)
    assert page.locator("h1").inner_text() == "Your recovery codes"
    page.get_by_role("link", name="I have kept them, go on").click()
    page.wait_for_url("**/desk/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/accounts/login/?next=/officers/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site}/officers/")
    assert page.locator("h1").inner_text() == "Officers"
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 1
    assert complaints == []


def test_a_passkey_is_the_second_factor_after_the_password(page, site, secretary, key, complaints):
    sign_in(page, site)
    page.wait_for_url("**/second-factor/**")
    add_passkey(page)
    page.goto(f"{site}/accounts/2fa/webauthn/")
    assert "My telephone" in page.locator("main").inner_text()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, site)
    page.wait_for_url("**/2fa/authenticate/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/desk/")
    assert complaints == []


def test_without_a_passkey_the_page_says_so(page, site, secretary, key, complaints):
    sign_in(page, site)
    page.wait_for_url("**/second-factor/**")
    add_passkey(page)
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, site)
    page.wait_for_url("**/2fa/authenticate/")
    assert page.locator("[data-passkey-failed]").is_hidden()
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.get_by_role("button", name="Use a passkey").click()
    page.locator("[data-passkey-failed]").wait_for(state="visible")
    assert complaints == []
