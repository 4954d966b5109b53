"""Signing in by e-mail and password: what works, what is refused, what nobody learns."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from alliance.letters.models import Letter
from tests.accounts.factors import PASSWORD, is_signed_in, sign_in, with_password
from tests.factories.people import OfficerFactory, UserFactory

pytestmark = pytest.mark.django_db

WRONG = "The email address and/or password you specified are not correct."


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


def without_secrets(response):
    return re.sub(r'value="[^"]{30,}"', "", response.content.decode())


@pytest.mark.parametrize("typed", ["li.na@foshan.example", "Li.Na@Foshan.Example", " li.na@foshan.example "])
def test_signing_in(client, typed):
    user = with_password(UserFactory, email="li.na@foshan.example")
    response = client.post("/accounts/login/", {"login": typed, "password": PASSWORD})
    assertRedirects(response, "/desk/", fetch_redirect_response=False)
    assert is_signed_in(client, user)


def test_one_comes_back_to_the_page_one_wanted(client):
    user = with_password(UserFactory)
    page = client.get("/accounts/login/?next=/inbox/")
    assertContains(page, '<input type="hidden" name="next" value="/inbox/">', html=True)
    assertContains(page, "The page you want to see is for people who are signed in.")
    typed = {"login": user.email, "password": PASSWORD, "next": "/inbox/"}
    assert client.post("/accounts/login/", typed)["Location"] == "/inbox/"


def test_nobody_is_sent_to_another_site(client):
    user = with_password(UserFactory)
    typed = {"login": user.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/accounts/login/", typed)["Location"] == "/desk/"


def test_a_wrong_password_and_an_unknown_address_look_the_same(client):
    user = with_password(UserFactory, email="li.na@foshan.example")
    known = sign_in(client, user, "wrong")
    assertContains(known, WRONG)
    unknown = client.post("/accounts/login/", {"login": "no.body@foshan.example", "password": "wrong"})
    assert without_secrets(unknown).replace("no.body", "li.na") == without_secrets(known)
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_sign_in(client):
    user = with_password(UserFactory, is_active=False)
    sign_in(client, user)
    assert not is_signed_in(client, user)


def test_an_address_that_was_not_confirmed_does_not_sign_in_and_gets_the_link(client):
    user = with_password(UserFactory)
    EmailAddress.objects.update(verified=False)
    response = sign_in(client, user)
    assertRedirects(response, "/accounts/confirm-email/")
    assert not is_signed_in(client, user)
    assert Letter.objects.get().path.startswith("/accounts/confirm-email/")


def test_after_five_wrong_passwords_one_waits(client):
    user = with_password(UserFactory)
    for _attempt in range(5):
        sign_in(client, user, "wrong")
    assertContains(sign_in(client, user), "Too many failed login attempts. Try again later.")
    assert not is_signed_in(client, user)


def test_signing_up_is_closed(client):
    page = client.get("/accounts/signup/")
    assertContains(page, "Accounts come by invitation")
    typed = {"email": "a@b.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", typed)
    assert not EmailAddress.objects.filter(email="a@b.example").exists()


def test_signing_out_takes_a_click(client):
    user = UserFactory()
    client.force_login(user)
    assertContains(client.get("/accounts/logout/"), "Do you want to sign out?")
    assert is_signed_in(client, user)
    assertRedirects(client.post("/accounts/logout/"), "/", fetch_redirect_response=False)
    assert not is_signed_in(client, user)


def test_a_new_password_by_mail(client):
    user = with_password(UserFactory)
    response = client.post("/accounts/password/reset/", {"email": user.email.upper()})
    assertRedirects(response, "/accounts/password/reset/done/")
    link = Letter.objects.get().path
    path = client.get(link)["Location"]
    for wrong in ({"password1": "short", "password2": "short"}, {"password1": PASSWORD, "password2": "x"}):
        assert client.post(path, wrong).status_code == 200
    typed = {"password1": "seven-Main-barges", "password2": "seven-Main-barges"}
    assertRedirects(client.post(path, typed), "/accounts/password/reset/key/done/")
    sign_in(client, user, "seven-Main-barges")
    assert is_signed_in(client, user)
    client.logout()
    assertContains(client.get(link, follow=True), "This link is no longer valid")


def test_asking_for_a_new_password_says_the_same_for_an_unknown_address(client):
    with_password(UserFactory, email="li.na@foshan.example")
    pages = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in ("li.na@foshan.example", "no.body@foshan.example")
    ]
    assert without_secrets(pages[0]) == without_secrets(pages[1])


def test_changing_the_password(client):
    user = with_password(UserFactory)
    sign_in(client, user)
    typed = {"oldpassword": PASSWORD, "password1": "seven-Main-barges", "password2": "seven-Main-barges"}
    refused = client.post("/accounts/password/change/", {**typed, "oldpassword": "wrong"})
    assertContains(refused, "Please type your current password.")
    client.post("/accounts/password/change/", typed)
    user.refresh_from_db()
    assert user.check_password("seven-Main-barges")


def test_a_new_address_counts_once_it_is_confirmed(client):
    user = with_password(UserFactory, email="li.na@foshan.example")
    sign_in(client, user)
    client.post("/accounts/email/", {"email": "Na.Li@foshan.example", "action_add": "1"})
    user.refresh_from_db()
    assert user.email == "li.na@foshan.example"
    assertContains(client.get("/accounts/email/"), "na.li@foshan.example")
    client.post(Letter.objects.filter(path__contains="confirm-email").get().path)
    user.refresh_from_db()
    assert user.email == "na.li@foshan.example"
    told = set(
        Letter.objects.exclude(path__contains="confirm-email").values_list("deliveries__address", flat=True)
    )
    assert "li.na@foshan.example" in told


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-x/",
        "/accounts/password/reset/key/done/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/MQ:x:y/",
        "/accounts/inactive/",
        "/accounts/signup/",
    ],
)
@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_every_entrance_has_our_look_in_every_language(client, path, language):
    client.cookies["django_language"] = language
    page = client.get(path)
    assert page.status_code == 200
    check_look(page)


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/",
        "/accounts/logout/",
        "/accounts/password/change/",
        "/accounts/email/",
        "/accounts/reauthenticate/",
        "/accounts/second-factor/",
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
    ],
)
def test_every_page_of_the_account_has_our_look(client, path):
    client.force_login(OfficerFactory(user__password=PASSWORD).user)
    page = client.get(path)
    assert page.status_code == 200
    check_look(page)


def check_look(page):
    """One heading with words in it, our style sheet, and nothing that the security policy would refuse."""
    html = page.content.decode()
    assert len(re.findall(r"<h1>\s*[^<\s]", html)) == 1
    assert html.count("<h1") == 1
    assertContains(page, "css/tokens.css")
    assertNotContains(page, "style=")
    for attributes, text in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.S):
        assert "src=" in attributes or 'type="application/json"' in attributes, text


def test_the_demonstration_accounts_stand_on_the_sign_in_page_only_there(client):
    assertNotContains(client.get("/accounts/login/"), "Accounts of the demonstration")


def test_a_flood_does_not_make_the_counters_forget(client):
    """Attempts are counted in a table that Django empties by a third when it is full."""
    cache.set("0", "counted")
    for number in range(320):
        cache.set(f"flood-{number:03d}", number)
    assert cache.get("0") == "counted"
