"""Invitations: whom they make what, once and for 14 days, and who may send them."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from alliance.accounts.actions import WeakPassword
from alliance.accounts.models import Invitation, User, digest_of
from alliance.accounts.permissions import NotPermitted
from alliance.accounts.states import InvitationState, StaffRole
from alliance.letters.models import Letter
from alliance.letters.states import LetterKind
from alliance.pages.refusals import Refusal
from cities.actions import invitations
from cities.actions.invitations import (
    AlreadyContact,
    AlreadyInvited,
    AlreadyStaff,
    ExpiredLink,
    RevokedLink,
    SignInFirst,
    UnknownLink,
    UsedLink,
)
from cities.actions.officers import AlreadyOfficer
from cities.models import Institution, InstitutionContact, Officer
from cities.states import InstitutionKind, OfficerLevel, OfficerState
from tests.factories.cities import CityFactory
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2016, 12, 2, 9, 0, tzinfo=UTC)
FORTNIGHT = timedelta(days=14)
PASSWORD = "seven-Rhine-barges"
ROLES = {
    "secretariat": SecretaryFactory,
    "management": ManagerFactory,
    "administrator": AdministratorFactory,
    "officer": lambda: OfficerFactory().user,
    "somebody": UserFactory,
}


def an_institution():
    return Institution.objects.create(
        kind=InstitutionKind.CHAMBER, name_de="IHK", seat=CityFactory(), registered_at=NOW
    )


def invite_officer(by=None, at=NOW, **more):
    wanted = {"email": "Li.Na@Foshan.example", "name": "Li Na", "level": "deputy", "language": "zh-hans"}
    city = more.pop("city", None) or CityFactory(country="CN", name_de="Foshan", name_zh="佛山市")
    return invitations.invite_officer(
        city, function="Foreign affairs", by=by or SecretaryFactory(), at=at, **{**wanted, **more}
    )


def invite_contact(by=None, at=NOW, institution=None, **more):
    wanted = {"email": "anna@ihk.example", "name": "Anna Kern", "language": "de"}
    return invitations.invite_contact(
        institution or an_institution(),
        function="Asia",
        by=by or SecretaryFactory(),
        at=at,
        **{**wanted, **more},
    )


def invite_staff(by=None, at=NOW, role=StaffRole.SECRETARIAT, **more):
    wanted = {"email": "new@alliance.example", "name": "New Person", "language": "en"}
    return invitations.invite_staff(role=role, by=by or AdministratorFactory(), at=at, **{**wanted, **more})


INVITE = {"officer": invite_officer, "contact": invite_contact, "staff": invite_staff}


def token_in(letter):
    """The token, which stands in the mail's link and nowhere else."""
    return letter.path.removeprefix("/invitations/").removesuffix("/")


def newest_token():
    return token_in(Letter.objects.filter(kind=LetterKind.INVITATION).latest("pk"))


def accept(token, at=NOW, **more):
    return invitations.accept(token, password=PASSWORD, at=at, **more)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", INVITE)
def test_who_may_invite_whom(kind, role):
    by = ROLES[role]()
    if role == ("administrator" if kind == "staff" else "secretariat"):
        assert INVITE[kind](by=by).invited_by == by
    else:
        with pytest.raises(NotPermitted):
            INVITE[kind](by=by)
        assert not Invitation.objects.exists()
        assert not Letter.objects.exists()


def test_an_invitation_is_valid_for_fourteen_days_and_keeps_no_token():
    invitation = invite_officer()
    assert (invitation.email, invitation.expires_at) == ("li.na@foshan.example", NOW + FORTNIGHT)
    token = newest_token()
    assert len(token) == 43
    assert invitation.token_digest == digest_of(token)
    kept = [str(value) for row in Invitation.objects.values() for value in row.values()]
    assert not any(token in value for value in kept)


def test_the_mail_is_confidential_and_in_the_language_of_the_invited():
    invite_officer()
    letter = Letter.objects.get()
    delivery = letter.deliveries.get()
    assert (letter.kind, letter.confidential) == (LetterKind.INVITATION, True)
    assert (delivery.address, delivery.language, delivery.name) == (
        "li.na@foshan.example",
        "zh-hans",
        "Li Na",
    )
    assert "佛山市" in letter.subject_zh
    assert "Foshan" in letter.subject_en
    assert "16 December 2016" in letter.body_en


def test_the_mail_to_somebody_with_an_account_is_in_their_own_language():
    UserFactory(email="li.na@foshan.example", language="de")
    invite_officer()
    assert Letter.objects.get().deliveries.get().language == "de"


def test_accepting_makes_account_and_officer_confirmed_at_once():
    invitation = invite_officer()
    person = accept(newest_token(), name="Li Na 李娜", language="en", time_zone="Asia/Shanghai")
    officer = Officer.objects.get()
    assert (person.email, person.name, person.language, person.time_zone, person.role) == (
        "li.na@foshan.example",
        "Li Na 李娜",
        "en",
        "Asia/Shanghai",
        "",
    )
    assert person.check_password(PASSWORD)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
        ("li.na@foshan.example", True, True)
    ]
    assert (officer.user, officer.state, officer.level, officer.function, officer.confirmed_by) == (
        person,
        OfficerState.CONFIRMED,
        OfficerLevel.DEPUTY,
        "Foreign affairs",
        invitation.invited_by,
    )
    invitation.refresh_from_db()
    assert (invitation.accepted_at, invitation.accepted_by) == (NOW, person)


def test_accepting_makes_a_contact():
    invite_contact()
    person = accept(newest_token())
    assert list(InstitutionContact.objects.values_list("user", "function", "since")) == [
        (person.pk, "Asia", NOW)
    ]
    assert (person.name, person.language) == ("Anna Kern", "de")
    assert not Officer.objects.exists()


@pytest.mark.parametrize("role", [StaffRole.SECRETARIAT, StaffRole.MANAGEMENT, StaffRole.ADMINISTRATOR])
def test_accepting_makes_staff(role):
    invite_staff(role=role)
    assert User.objects.get(pk=accept(newest_token()).pk).role == role


def test_whoever_was_lead_makes_room_for_an_invited_lead():
    former = OfficerFactory()
    invite_officer(city=former.city, level="lead")
    person = accept(newest_token())
    levels = dict(former.city.officers.values_list("user", "level"))
    assert levels == {former.user_id: OfficerLevel.DEPUTY, person.pk: OfficerLevel.LEAD}


def test_somebody_who_had_registered_is_confirmed_by_the_invitation():
    waiting = OfficerFactory(
        state=OfficerState.REGISTERED, user=UserFactory(email="li.na@foshan.example"), level="editor"
    )
    invite_officer(city=waiting.city)
    accept(newest_token(), by=waiting.user)
    officer = waiting.city.officers.get()
    assert (officer.pk, officer.state, officer.level) == (waiting.pk, OfficerState.CONFIRMED, "deputy")


def test_an_existing_account_accepts_only_signed_in_and_keeps_its_password():
    person = UserFactory(email="li.na@foshan.example", password="what it was before", name="Na")
    invite_officer()
    token = newest_token()
    for by in (None, UserFactory()):
        with pytest.raises(SignInFirst):
            accept(token, by=by)
    assert accept(token, by=person, name="Other") == person
    person.refresh_from_db()
    assert (person.name, person.check_password("what it was before")) == ("Na", True)
    assert Officer.objects.get().user == person


@pytest.mark.parametrize("password", ["short", "password1234", "12345678901234", "li.na@foshan"])
def test_a_weak_password_is_refused_and_nothing_is_written(password):
    invite_officer()
    with pytest.raises(WeakPassword):
        invitations.accept(newest_token(), password=password, at=NOW)
    assert not User.objects.filter(email="li.na@foshan.example").exists()
    assert Invitation.objects.get().accepted_at is None


def test_a_link_works_once():
    invite_officer()
    token = newest_token()
    person = accept(token)
    for by in (None, person):
        with pytest.raises(UsedLink):
            accept(token, by=by)
    assert Officer.objects.count() == 1


@pytest.mark.parametrize(
    ("later", "refused"),
    [(FORTNIGHT - timedelta(seconds=1), None), (FORTNIGHT, ExpiredLink), (FORTNIGHT * 2, ExpiredLink)],
)
def test_a_link_is_valid_until_the_fourteenth_day_has_passed(later, refused):
    invite_officer()
    if refused is None:
        assert accept(newest_token(), at=NOW + later).email == "li.na@foshan.example"
    else:
        with pytest.raises(refused):
            accept(newest_token(), at=NOW + later)
        assert not Officer.objects.exists()


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "ü"])
def test_an_unknown_link_is_refused(token):
    invite_officer()
    with pytest.raises(UnknownLink):
        accept(token)


def test_a_link_that_was_taken_back_is_refused():
    invitation = invite_officer()
    invitations.revoke(invitation, by=SecretaryFactory(), at=NOW)
    with pytest.raises(RevokedLink):
        accept(newest_token())


def test_opening_a_link_changes_nothing():
    invitation = invite_officer()
    before = Invitation.objects.values().get()
    assert invitations.open_invitation(newest_token(), at=NOW) == invitation
    assert Invitation.objects.values().get() == before


def test_sending_again_makes_a_new_link_and_ends_the_old_one():
    invitation, later = invite_officer(), NOW + timedelta(days=20)
    old = newest_token()
    with pytest.raises(ExpiredLink):
        accept(old, at=later)
    invitation = invitations.resend(invitation, by=SecretaryFactory(), at=later)
    assert invitation.expires_at == later + FORTNIGHT
    assert invitation.state(later) == InvitationState.OPEN
    with pytest.raises(UnknownLink):
        accept(old, at=later)
    assert accept(newest_token(), at=later).email == "li.na@foshan.example"


@pytest.mark.parametrize("move", [invitations.resend, invitations.revoke])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", INVITE)
def test_who_may_send_again_and_take_back(kind, role, move):
    invitation, by = INVITE[kind](), ROLES[role]()
    if role == ("administrator" if kind == "staff" else "secretariat"):
        assert move(invitation, by=by, at=NOW).pk == invitation.pk
    else:
        with pytest.raises(NotPermitted):
            move(invitation, by=by, at=NOW)
        assert Invitation.objects.get().state(NOW) == InvitationState.OPEN


@pytest.mark.parametrize("move", [invitations.resend, invitations.revoke])
def test_an_accepted_invitation_is_settled(move):
    invitation = invite_officer()
    accept(newest_token())
    with pytest.raises(Refusal, match="already accepted"):
        move(invitation, by=SecretaryFactory(), at=NOW)


def test_taking_back_twice_is_taking_back_once():
    invitation, secretary = invite_officer(), SecretaryFactory()
    invitations.revoke(invitation, by=secretary, at=NOW)
    again = invitations.revoke(invitation, by=SecretaryFactory(), at=NOW + FORTNIGHT)
    assert (again.revoked_by, again.revoked_at) == (secretary, NOW)
    with pytest.raises(Refusal, match="taken back"):
        invitations.resend(invitation, by=secretary, at=NOW)


def test_one_open_invitation_a_person_and_city():
    first = invite_officer()
    with pytest.raises(AlreadyInvited):
        invite_officer(city=first.officer.city, email="LI.NA@foshan.example")
    invite_officer(city=CityFactory(), email="li.na@foshan.example")
    invite_officer(city=first.officer.city, email="somebody.else@foshan.example")
    invite_officer(city=first.officer.city, at=NOW + FORTNIGHT)
    assert Invitation.objects.count() == 4


def test_one_open_invitation_a_contact_and_a_member_of_staff():
    institution = invite_contact().contact.institution
    with pytest.raises(AlreadyInvited):
        invite_contact(institution=institution)
    invite_staff()
    with pytest.raises(AlreadyInvited):
        invite_staff(role=StaffRole.MANAGEMENT)


def test_nobody_is_invited_to_what_they_are():
    officer = OfficerFactory()
    with pytest.raises(AlreadyOfficer):
        invite_officer(city=officer.city, email=officer.user.email.upper())
    contact = InstitutionContact.objects.create(
        institution=an_institution(), user=UserFactory(), function="x", since=NOW
    )
    with pytest.raises(AlreadyContact):
        invite_contact(institution=contact.institution, email=contact.user.email)
    with pytest.raises(AlreadyStaff):
        invite_staff(email=SecretaryFactory().email)


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_invitations(role):
    officers, staff = invite_officer(), invite_staff()
    seen = set(Invitation.objects.visible_to(ROLES[role]()))
    expected = {
        "secretariat": {officers},
        "management": {officers},
        "administrator": {officers, staff},
        "officer": set(),
        "somebody": set(),
    }
    assert seen == expected[role]


def test_states_of_invitations_as_lists_find_them():
    secretary = SecretaryFactory()
    invited = {
        name: invite_officer(by=secretary, email=f"{name}@foshan.example")
        for name in ("open", "accepted", "revoked")
    }
    invited["expired"] = invite_officer(by=secretary, email="expired@foshan.example", at=NOW - FORTNIGHT)
    invitations.revoke(invited["revoked"], by=secretary, at=NOW)
    Invitation.objects.filter(pk=invited["accepted"].pk).update(accepted_at=NOW, accepted_by=UserFactory())
    for state in InvitationState:
        assert list(Invitation.objects.in_state(state, NOW)) == [invited[state.value]]
        assert Invitation.objects.get(pk=invited[state.value].pk).state(NOW) == state
