"""Staff use the site only with a second factor, whichever way they come in."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from pytest_django.asserts import assertContains, assertRedirects

from alliance.accounts.states import StaffRole
from alliance.letters.models import Letter
from cities.actions import invitations
from tests.accounts.factors import (
    PASSWORD,
    code_of,
    is_signed_in,
    sign_in,
    with_app,
    with_passkey,
    with_password,
)
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

STAFF = [SecretaryFactory, ManagerFactory, AdministratorFactory]
PAGE = "/accounts/second-factor/"
CLOSED = ["/", "/desk/", "/members/", "/admin/", "/admin/accounts/user/", "/officers/", "/accounts/",
          "/accounts/email/", "/accounts/password/change/", "/register/"]  # fmt: skip
TO_SET_UP = ["/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"]
TO_PROVE = ["/accounts/2fa/reauthenticate/", "/accounts/2fa/webauthn/reauthenticate/"]
LEGAL = ["/imprint/", "/privacy/", "/accessibility/"]


@pytest.fixture(autouse=True)
def as_in_a_real_installation(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    cache.clear()


def leads_to_the_page(response):
    return response.status_code == 302 and response["Location"].split("?")[0] == PAGE


@pytest.mark.parametrize("factory", STAFF)
@pytest.mark.parametrize("path", CLOSED)
def test_without_one_every_page_leads_to_the_set_up(client, factory, path):
    client.force_login(factory())
    assert client.get(path)["Location"] == f"{PAGE}?next={path.replace('/', '%2F')}"
    assert client.post(path)["Location"] == PAGE


@pytest.mark.parametrize("path", [PAGE, *TO_SET_UP, *LEGAL, "/accounts/logout/"])
def test_without_one_the_set_up_is_reached(client, path):
    client.force_login(SecretaryFactory())
    assert not leads_to_the_page(client.get(path))


def test_the_page_says_why_and_what_to_do(client):
    client.force_login(SecretaryFactory())
    page = client.get("/desk/", follow=True)
    assertContains(page, "a password alone is not enough")
    assertContains(page, 'href="/accounts/2fa/totp/activate/"')
    assertContains(page, 'href="/accounts/2fa/webauthn/add/"')


@pytest.mark.parametrize("give", [with_app, with_passkey])
@pytest.mark.parametrize("path", [*CLOSED, *TO_SET_UP, "/accounts/reauthenticate/"])
def test_a_session_that_has_not_seen_it_reaches_nothing_either(client, give, path):
    user = SecretaryFactory(password=PASSWORD)
    give(user)
    client.force_login(user)
    assert leads_to_the_page(client.get(path))
    assert leads_to_the_page(client.post(path, {"password": PASSWORD}))


def test_a_session_that_has_not_seen_it_may_show_it(client):
    user = SecretaryFactory(password=PASSWORD)
    secret = with_app(user)
    client.force_login(user)
    for path in [PAGE, *TO_PROVE, *LEGAL]:
        assert not leads_to_the_page(client.get(path))
    response = client.post("/accounts/2fa/reauthenticate/?next=/desk/", {"code": code_of(secret)})
    assertRedirects(response, "/desk/", fetch_redirect_response=False)
    assert client.get("/desk/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client):
    user = SecretaryFactory()
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(user)
    assert leads_to_the_page(client.get("/desk/"))


def test_signing_out_and_changing_the_language_work_without_one(client):
    user = SecretaryFactory()
    client.force_login(user)
    client.post("/accounts/language/", {"language": "de", "next": PAGE})
    user.refresh_from_db()
    assert user.language == "de"
    client.post("/accounts/logout/")
    assert not is_signed_in(client, user)


@pytest.mark.parametrize("factory", [UserFactory, lambda: OfficerFactory().user])
def test_officers_and_others_are_not_asked(client, factory):
    client.force_login(factory())
    assert client.get("/desk/").status_code == 200


def test_visitors_are_not_asked(client):
    assert client.get("/members/").status_code == 200


def test_somebody_who_left_the_staff_is_not_asked(client):
    user = SecretaryFactory()
    client.force_login(user)
    type(user).objects.update(role=StaffRole.NONE)
    assert client.get("/desk/").status_code == 200


def test_in_the_demonstration_nobody_is_asked(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(SecretaryFactory())
    assert client.get("/desk/").status_code == 200


def test_a_password_alone_does_not_sign_staff_with_an_app_in(client):
    user = with_password(SecretaryFactory)
    secret = with_app(user)
    assertRedirects(sign_in(client, user), "/accounts/2fa/authenticate/", fetch_redirect_response=False)
    assert not is_signed_in(client, user)
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assertContains(wrong, "Incorrect code.")
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert is_signed_in(client, user)
    assert client.get("/desk/").status_code == 200
    assert client.get("/admin/").status_code == 200


def test_a_password_of_staff_without_a_factor_opens_the_set_up_only(client):
    user = with_password(SecretaryFactory)
    sign_in(client, user)
    assert is_signed_in(client, user)
    assert leads_to_the_page(client.get("/desk/"))


def test_setting_the_app_up_opens_the_site(client):
    user = with_password(SecretaryFactory)
    sign_in(client, user)
    asked = client.get("/accounts/2fa/totp/activate/", follow=True)
    assertContains(asked, "Confirm that it is you")
    shown = client.post(
        "/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", {"password": PASSWORD}, follow=True
    )
    secret = re.search(r'id="authenticator_secret" value="(\w+)"', shown.content.decode()).group(1)
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assertContains(wrong, "Incorrect code.")
    assert leads_to_the_page(client.get("/desk/"))
    response = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assertRedirects(response, "/accounts/2fa/recovery-codes/", fetch_redirect_response=False)


@pytest.mark.django_db(transaction=True)
def test_setting_the_app_up_counts_as_showing_it(client):
    user = with_password(SecretaryFactory)
    sign_in(client, user)
    shown = client.post(
        "/accounts/reauthenticate/?next=/accounts/2fa/totp/activate/", {"password": PASSWORD}, follow=True
    )
    secret = re.search(r'id="authenticator_secret" value="(\w+)"', shown.content.decode()).group(1)
    codes = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}, follow=True)
    assertContains(codes, "Your recovery codes")
    assert client.get("/desk/").status_code == 200


def test_taking_the_app_off_closes_the_site_again(client):
    user = with_password(SecretaryFactory)
    secret = with_app(user)
    sign_in(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get("/desk/").status_code == 200
    Authenticator.objects.all().delete()
    assert leads_to_the_page(client.get("/desk/"))


def test_the_admin_has_no_sign_in_of_its_own(client):
    with_password(AdministratorFactory, email="admin@alliance.example")
    asked = client.get("/admin/")
    assert asked["Location"] == "/admin/login/?next=/admin/"
    assertRedirects(
        client.get(asked["Location"]), "/accounts/login/?next=%2Fadmin%2F", fetch_redirect_response=False
    )
    typed = {"username": "admin@alliance.example", "password": PASSWORD, "next": "/admin/"}
    assert client.post("/admin/login/", typed)["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_somebody_without_a_role_gets_nowhere_in_the_admin(client):
    client.force_login(OfficerFactory().user)
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/").status_code == 403


def test_a_new_password_does_not_go_round_it(client):
    user = with_password(SecretaryFactory)
    secret = with_app(user)
    client.post("/accounts/password/reset/", {"email": user.email})
    path = client.get(Letter.objects.latest("pk").path)["Location"]
    typed = {"password1": "seven-Main-barges", "password2": "seven-Main-barges"}
    done = client.post(path, typed)
    assertRedirects(done, "/accounts/password/reset/key/done/")
    assert not is_signed_in(client, user)
    sign_in(client, user, "seven-Main-barges")
    assert not is_signed_in(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert is_signed_in(client, user)


def test_a_recovery_code_shows_it_too_and_once(client):
    user = with_password(SecretaryFactory)
    with_app(user)
    seed = {"seed": "0" * 40, "used_mask": 0}
    codes = Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data=seed)
    code = codes.wrap().get_unused_codes()[0]
    sign_in(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/desk/").status_code == 200
    client.post("/accounts/logout/")
    sign_in(client, user)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_signed_in(client, user)


def test_an_invitation_to_the_staff_does_not_go_round_it(client):
    typed = {"email": "new@alliance.example", "name": "New", "language": "en"}
    invitations.invite_staff(**typed, role=StaffRole.SECRETARIAT, by=AdministratorFactory())
    path = Letter.objects.latest("pk").path
    accepted = {"name": "New", "password": PASSWORD, "password_again": PASSWORD, "language": "en"}
    response = client.post(path, accepted)
    assertRedirects(response, "/desk/", fetch_redirect_response=False)
    assert leads_to_the_page(client.get("/desk/"))


def test_guessing_codes_is_slowed_down(client):
    user = with_password(SecretaryFactory)
    secret = with_app(user)
    sign_in(client, user)
    for _attempt in range(5):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    response = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assertContains(response, "Too many failed login attempts. Try again later.")
    assert not is_signed_in(client, user)
