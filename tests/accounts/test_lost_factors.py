"""A telephone is lost: an administrator takes the second factor off, and the person is told."""

import pytest
from allauth.mfa.models import Authenticator

from alliance.accounts.actions import ReasonMissing, take_off_factors
from alliance.accounts.permissions import NotPermitted, has_second_factor
from alliance.letters.models import Letter
from tests.accounts.factors import code_of, sign_in, with_app, with_passkey, with_password
from tests.factories.people import AdministratorFactory, ManagerFactory, OfficerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    user = with_password(SecretaryFactory)
    with_app(user)
    with_passkey(user)
    return user


def test_an_administrator_takes_them_off(secretary):
    take_off_factors(secretary, by=AdministratorFactory(), reason="Telephone lost.")
    assert not Authenticator.objects.filter(user=secretary).exists()


def test_other_peoples_factors_stay(secretary):
    other = SecretaryFactory()
    with_app(other)
    take_off_factors(secretary, by=AdministratorFactory(), reason="Telephone lost.")
    assert has_second_factor(other)


@pytest.mark.parametrize("factory", [SecretaryFactory, ManagerFactory, lambda: OfficerFactory().user])
def test_nobody_else_does(secretary, factory):
    with pytest.raises(NotPermitted):
        take_off_factors(secretary, by=factory(), reason="Telephone lost.")
    assert has_second_factor(secretary)


def test_nobody_takes_off_their_own():
    administrator = AdministratorFactory()
    with_app(administrator)
    with pytest.raises(NotPermitted):
        take_off_factors(administrator, by=administrator, reason="Telephone lost.")


def test_it_has_a_reason(secretary):
    with pytest.raises(ReasonMissing):
        take_off_factors(secretary, by=AdministratorFactory(), reason=" ")
    assert has_second_factor(secretary)


def test_in_the_admin_and_the_person_is_told(client, settings, secretary):
    settings.SECOND_FACTOR_REQUIRED = True
    administrator = with_password(AdministratorFactory)
    secret = with_app(administrator)
    sign_in(client, administrator)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    page = client.get(f"/admin/accounts/user/{secretary.pk}/change/").content.decode()
    assert "Take off lost second factors" in page
    address = f"/admin/accounts/user/{secretary.pk}/move/take_off_factors/"
    assert address in page
    client.post(address, {"reason": "Telephone lost."})
    assert not has_second_factor(secretary)
    letter = Letter.objects.get(subject_en="Your second factor was taken off")
    assert letter.deliveries.get().address == secretary.email
