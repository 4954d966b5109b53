"""An officer who changes the e-mail address: the secretariat learns of it, and nothing else changes."""

import re

import pytest
from allauth.account.models import EmailAddress

from alliance.accounts.models import User
from alliance.letters.models import Delivery, Letter
from tests.factories.cities import CityFactory
from tests.factories.people import OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
OLD, NEW = "erika@mainz.example", "erika@stadt-mainz.example"


@pytest.fixture
def officer():
    officer = OfficerFactory(city=CityFactory(name_de="Mainz"), user__email=OLD, user__name="Erika Muster")
    address_of(officer.user)
    return officer


def address_of(user):
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def change_address(client, user, address):
    """As a person does: type the address, open the link that was sent there."""
    client.force_login(user)
    client.post("/accounts/email/", {"action_add": "", "email": address})
    assert User.objects.get(pk=user.pk).email != address
    link = Letter.objects.filter(path__startswith="/accounts/confirm-email/").latest("pk").path
    client.get(link)
    return client.post(re.sub(r"\?.*", "", link))


def notices():
    return Delivery.objects.filter(letter__subject_en__contains="another e-mail address")


def test_the_secretariat_is_told_and_the_page_says_so(client, officer):
    secretary = SecretaryFactory(language="en")
    SecretaryFactory(is_active=False)
    change_address(client, officer.user, NEW)

    [copy] = notices()
    assert copy.recipient == secretary
    assert copy.letter.subject_en == "Erika Muster of Mainz has another e-mail address"
    assert f"is reached at {NEW} from now on; before at {OLD}." in copy.letter.body_en
    assert copy.letter.path == officer.get_absolute_url()
    officer.refresh_from_db()
    assert (officer.state, officer.user.email) == ("confirmed", NEW)
    client.force_login(secretary)
    assert "Address changed on" in client.get(officer.get_absolute_url()).content.decode()


def test_each_city_of_the_person_is_named(client, officer):
    SecretaryFactory()
    OfficerFactory(city=CityFactory(name_de="Worms"), user=officer.user, level="editor")
    OfficerFactory(
        city=CityFactory(name_de="Bingen"), user=officer.user, state="ended", ended_at=officer.registered_at
    )

    change_address(client, officer.user, NEW)

    subjects = set(notices().values_list("letter__subject_en", flat=True))
    assert subjects == {f"Erika Muster of {city} has another e-mail address" for city in ("Mainz", "Worms")}


def test_who_is_no_officer_changes_it_in_silence(client):
    SecretaryFactory()
    person = UserFactory(email=OLD)
    address_of(person)

    change_address(client, person, NEW)

    assert User.objects.get(pk=person.pk).email == NEW
    assert not notices().exists()


def test_without_a_change_the_page_says_nothing(client, officer):
    client.force_login(SecretaryFactory())

    assert "Address changed on" not in client.get(officer.get_absolute_url()).content.decode()
