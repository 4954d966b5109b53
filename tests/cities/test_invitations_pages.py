"""Inviting, the list of invitations, and the page behind the link."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from alliance.accounts.models import Invitation, User
from alliance.accounts.states import InvitationState, StaffRole
from alliance.letters.models import Letter
from cities.actions import invitations
from cities.models import Officer
from tests.cities.test_invitations import (
    PASSWORD,
    an_institution,
    invite_contact,
    invite_officer,
    invite_staff,
    newest_token,
)
from tests.factories.cities import CityFactory
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ROLES = {
    "secretariat": SecretaryFactory,
    "management": ManagerFactory,
    "administrator": AdministratorFactory,
    "officer": lambda: OfficerFactory().user,
    "somebody": UserFactory,
}
TYPED = {
    "name": "Li Na 李娜",
    "password": PASSWORD,
    "password_again": PASSWORD,
    "language": "zh-hans",
    "time_zone": "Asia/Shanghai",
}


@pytest.fixture
def link():
    """The link of an invitation sent a moment ago."""
    invite_officer(at=timezone.now())
    return f"/invitations/{newest_token()}/"


def signed_in(client, user):
    client.force_login(user)
    return user


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


def expected_statuses(role):
    """Status of: list, city's form, institution's form, staff form."""
    return {
        "secretariat": [200, 200, 200, 404],
        "management": [200, 404, 404, 404],
        "administrator": [200, 404, 404, 200],
        "officer": [404, 404, 404, 404],
        "somebody": [404, 404, 404, 404],
    }[role]


@pytest.mark.parametrize("role", [*ROLES, "visitor"])
def test_who_reaches_which_page(client, role):
    city, institution = CityFactory(), an_institution()
    paths = [
        "/invitations/",
        f"/cities/{city.slug}/invite/",
        f"/institutions/{institution.pk}/invite/",
        "/invitations/staff/",
    ]
    if role == "visitor":
        for path in paths:
            assertRedirects(client.get(path), f"/accounts/login/?next={path}", fetch_redirect_response=False)
        return
    signed_in(client, ROLES[role]())
    assert [client.get(path).status_code for path in paths] == expected_statuses(role)


@pytest.mark.parametrize("verb", ["resend", "revoke"])
@pytest.mark.parametrize("role", ROLES)
def test_who_may_move_an_invitation(client, role, verb):
    invitation = invite_officer(at=timezone.now())
    signed_in(client, ROLES[role]())
    response = client.post(f"/invitations/{invitation.pk}/{verb}/")
    if role in ("officer", "somebody"):
        assert response.status_code == 404
    else:
        assertRedirects(response, "/invitations/", fetch_redirect_response=False)
        tags = [tag for tag, _text in said(response)]
        assert tags == (["success"] if role == "secretariat" else ["error"])
    assert client.get(f"/invitations/{invitation.pk}/{verb}/").status_code in (404, 405)


def test_inviting_an_officer(client):
    secretary = signed_in(client, SecretaryFactory())
    city = CityFactory(country="CN", name_de="Foshan", name_zh="佛山市")
    page = client.get(f"/cities/{city.slug}/invite/")
    assert page.context["form"].initial == {"language": "zh-hans", "level": "lead"}
    typed = {"email": "Li.Na@foshan.example", "name": "Li Na", "function": "Foreign affairs"}
    response = client.post(f"/cities/{city.slug}/invite/", {**typed, "level": "lead", "language": "zh-hans"})
    assertRedirects(response, "/invitations/", fetch_redirect_response=False)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.invited_by, invitation.officer.city) == (
        "li.na@foshan.example",
        secretary,
        city,
    )
    again = client.post(f"/cities/{city.slug}/invite/", {**typed, "level": "lead", "language": "zh-hans"})
    assertContains(again, "has an open invitation to this already")
    assertContains(again, "Foreign affairs")
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "no address"),
        ("name", ""),
        ("function", ""),
        ("level", "king"),
        ("language", "fr"),
    ],
)
def test_an_incomplete_invitation_is_not_sent(client, field, value):
    signed_in(client, SecretaryFactory())
    typed = {"email": "a@b.example", "name": "A", "function": "F", "level": "lead", "language": "de"}
    response = client.post(f"/cities/{CityFactory().slug}/invite/", {**typed, field: value})
    assert set(response.context["form"].errors) == {field}
    assert not Invitation.objects.exists()


def test_inviting_a_contact_and_staff(client):
    institution = an_institution()
    signed_in(client, SecretaryFactory())
    typed = {"email": "a@b.example", "name": "A", "language": "de"}
    client.post(f"/institutions/{institution.pk}/invite/", {**typed, "function": "Asia"})
    assert Invitation.objects.get().contact.institution == institution
    signed_in(client, AdministratorFactory())
    client.post("/invitations/staff/", {**typed, "role": "management"})
    assert Invitation.objects.exclude(role="").get().role == StaffRole.MANAGEMENT
    refused = client.post("/invitations/staff/", {**typed, "role": ""})
    assert set(refused.context["form"].errors) == {"role"}


def test_the_list_filters_by_state_and_searches(client):
    signed_in(client, SecretaryFactory())
    now = timezone.now()
    city = CityFactory(name_de="Mainz", name_zh="美因茨")
    opened = invite_officer(city=city, email="open@a.example", name="Otto", at=now)
    expired = invite_officer(city=city, email="late@a.example", name="Lars", at=now - timedelta(days=15))
    revoked = invite_contact(at=now)
    invitations.revoke(revoked, by=SecretaryFactory(), at=now)
    hidden = invite_staff(at=now)

    def found(query):
        return {row["invitation"] for row in client.get(f"/invitations/?{query}").context["rows"]}

    assert found("") == {opened, expired, revoked}
    assert hidden not in found("state=open")
    assert found("state=open") == {opened}
    assert found("state=expired") == {expired}
    assert found("state=revoked") == {revoked}
    assert found("state=accepted") == set()
    assert found("q=美因茨") == {opened, expired}
    assert found("q=lars") == {expired}
    assert found("q=ihk") == {revoked}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, django_assert_num_queries, rows):
    signed_in(client, SecretaryFactory())
    for number in range(rows):
        invite_officer(email=f"a{number}@b.example", city=CityFactory())
    client.get("/invitations/")
    with django_assert_num_queries(7):
        assert len(client.get("/invitations/").context["rows"]) == rows


def test_an_empty_list_says_so(client):
    signed_in(client, SecretaryFactory())
    assertContains(client.get("/invitations/"), "Nobody has been invited yet.")


def test_opening_the_link_changes_nothing(client, link):
    before = Invitation.objects.values().get()
    page = client.get(link)
    assertContains(page, "Invitation to act for Foshan")
    assert page.context["form"].initial == {"name": "Li Na", "language": "en", "time_zone": "Asia/Shanghai"}
    assert "no-store" in page["Cache-Control"]
    assert Invitation.objects.values().get() == before
    assert not User.objects.filter(email="li.na@foshan.example").exists()


def test_accepting_signs_in_in_the_chosen_language(client, link):
    response = client.post(link, TYPED)
    assertRedirects(response, "/desk/", fetch_redirect_response=False)
    person = User.objects.get(email="li.na@foshan.example")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.name, person.language) == ("Li Na 李娜", "zh-hans")
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["您已接受邀请。欢迎！"]
    assert Officer.objects.get().user == person
    assert client.get("/accounts/").context["LANGUAGE_CODE"] == "zh-hans"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"password": "", "password_again": ""}, "password"),
        ({"password_again": "something-else-77"}, "password_again"),
        ({"password": "short", "password_again": "short"}, "password"),
        ({"password": "li.na@foshan", "password_again": "li.na@foshan"}, "password"),
        ({"language": "fr"}, "language"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(client, link, wrong, field):
    response = client.post(link, {**TYPED, **wrong})
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not User.objects.filter(email="li.na@foshan.example").exists()
    assert Invitation.objects.get().accepted_at is None


def test_a_used_link_says_so_and_leads_to_the_sign_in(client, link):
    client.post(link, TYPED)
    client.logout()
    for response in (client.get(link), client.post(link, TYPED)):
        assertContains(response, "already accepted; it works once. Please sign in.", status_code=410)
        assertContains(response, 'href="/accounts/login/"', status_code=410)


def test_an_expired_link_says_so(client, link):
    Invitation.objects.update(
        invited_at=timezone.now() - timedelta(days=15), expires_at=timezone.now() - timedelta(days=1)
    )
    for response in (client.get(link), client.post(link, TYPED)):
        assertContains(response, "This invitation has expired", status_code=410)
    assert not User.objects.filter(email="li.na@foshan.example").exists()


def test_a_link_taken_back_says_so(client, link):
    invitations.revoke(Invitation.objects.get(), by=SecretaryFactory())
    assertContains(client.get(link), "This invitation was taken back", status_code=410)


@pytest.mark.parametrize("token", ["abc", "a" * 43])
def test_an_unknown_link_says_so(client, link, token):
    response = client.get(f"/invitations/{token}/")
    assertContains(response, "does not belong to any invitation", status_code=404)


def test_somebody_with_an_account_signs_in_first(client, link):
    person = UserFactory(email="li.na@foshan.example")
    page = client.get(link)
    assertContains(page, f"/accounts/login/?next={link}")
    assert page.context["form"] is None
    assert client.post(link, TYPED).status_code == 200
    assert not Officer.objects.exists()
    signed_in(client, person)
    assertNotContains(client.get(link), 'name="password"')
    assertRedirects(client.post(link), "/desk/", fetch_redirect_response=False)
    assert Officer.objects.get().user == person


def test_somebody_else_signed_in_signs_out_first(client, link):
    signed_in(client, UserFactory(email="other@example.org"))
    assertContains(client.get(link), "You are signed in as other@example.org")
    assert client.post(link, TYPED).status_code == 200
    assert Invitation.objects.get().state(timezone.now()) == InvitationState.OPEN


@pytest.mark.parametrize(("language", "name"), [("de", "Foshan"), ("zh-hans", "佛山市")])
def test_the_page_speaks_the_readers_language(client, link, language, name):
    client.cookies["django_language"] = language
    page = client.get(link)
    assert page.context["LANGUAGE_CODE"] == language
    assert name in page.context["subject"]
