"""Institutions: who enters and ends them, who sees what, and how they are found."""

from datetime import UTC, datetime

import pytest
from django.contrib.messages import get_messages

from alliance.accounts.permissions import NotPermitted
from cities.actions import institutions, invitations
from cities.models import Institution, InstitutionContact
from tests.factories.cities import CityFactory
from tests.factories.people import (
    AdministratorFactory,
    ManagerFactory,
    OfficerFactory,
    SecretaryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

AT = datetime(2017, 4, 24, 8, 0, tzinfo=UTC)
LATER = datetime(2017, 5, 1, 8, 0, tzinfo=UTC)
LIST, NEW = "/institutions/", "/institutions/new/"
UNIVERSITY = {"name_de": "Universität Mainz", "name_en": "Mainz University", "name_zh": "美因茨大学"}


@pytest.fixture
def mainz():
    return CityFactory(name_de="Mainz", name_zh="美因茨")


@pytest.fixture
def secretary(client):
    user = SecretaryFactory()
    client.force_login(user)
    return user


def university(seat, by=None, **texts):
    return institutions.add(kind="university", seat=seat, texts=texts or UNIVERSITY, by=by, at=AT)


def contact_of(institution, name="Zhou Yan"):
    user = UserFactory(name=name, email=f"{name.split()[0].lower()}@institution.example")
    return InstitutionContact.objects.create(institution=institution, user=user, function="Desk", since=AT)


def names(response):
    return [row.name for row in response.context["rows"]]


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


class TestActions:
    def test_add(self, mainz):
        found = university(
            mainz, by=SecretaryFactory(), **UNIVERSITY, website="https://x.example/", about_de="a\r\nb "
        )
        found.refresh_from_db()
        assert (found.kind, found.seat, found.registered_at, found.ended_at) == (
            "university",
            mainz,
            AT,
            None,
        )
        assert (found.name_de, found.name_zh, found.about_de) == ("Universität Mainz", "美因茨大学", "a\nb")

    @pytest.mark.parametrize("person", [ManagerFactory, AdministratorFactory, UserFactory])
    def test_only_the_secretariat(self, mainz, person):
        by, found = person(), university(mainz)
        contact = contact_of(found)
        for act in (
            lambda: university(mainz, by=by, name_en="Other"),
            lambda: institutions.edit(found, kind="chamber", seat=mainz, texts=UNIVERSITY, by=by, at=AT),
            lambda: institutions.end(found, by=by, at=AT),
            lambda: institutions.end_contact(contact, by=by, at=AT),
        ):
            with pytest.raises(NotPermitted, match="Only the secretariat can do this"):
                act()
        found.refresh_from_db()
        assert (Institution.objects.count(), found.kind, found.ended_at) == (1, "university", None)

    def test_without_a_name(self, mainz):
        with pytest.raises(institutions.NameMissing):
            university(mainz, name_en="  ", about_en="x")
        assert not Institution.objects.exists()

    def test_the_same_name_in_the_same_city_is_the_same(self, mainz):
        university(mainz)
        with pytest.raises(institutions.AlreadyThere, match="universität mainz in Mainz is already"):
            university(mainz, name_de="universität mainz")
        university(CityFactory(name_de="Bonn"))
        assert Institution.objects.count() == 2

    def test_after_its_end_it_may_come_anew(self, mainz):
        institutions.end(university(mainz), by=SecretaryFactory(), at=AT)
        assert university(mainz).ended_at is None

    def test_an_unconfirmed_city_is_no_seat(self):
        with pytest.raises(institutions.SeatNotConfirmed, match="Mainz is not confirmed yet"):
            university(CityFactory(name_de="Mainz", confirmed_at=None))

    def test_edit(self, mainz):
        found = university(mainz)
        bonn = CityFactory(name_de="Bonn")
        institutions.edit(found, kind="research", seat=bonn, texts={"name_en": "Institute"}, by=None, at=AT)
        found.refresh_from_db()
        assert (found.kind, found.seat, found.name_en, found.name_de) == ("research", bonn, "Institute", "")

    def test_an_ended_one_is_not_edited(self, mainz):
        found = institutions.end(university(mainz), by=SecretaryFactory(), at=AT)
        with pytest.raises(institutions.Ended, match="Mainz University has ended"):
            institutions.edit(found, kind="research", seat=mainz, texts=UNIVERSITY, by=None, at=AT)

    def test_end_ends_contacts_and_takes_invitations_back(self, mainz):
        secretary, found = SecretaryFactory(), university(mainz)
        contact = contact_of(found)
        other = contact_of(university(CityFactory(name_de="Bonn")), name="Li Na")
        open_one = invitations.invite_contact(
            found, email="a@b.example", name="A", function="F", language="en", by=secretary, at=AT
        )
        institutions.end(found, by=secretary, at=LATER)
        for row in (found, contact, other, open_one):
            row.refresh_from_db()
        assert (found.ended_at, contact.ended_at, contact.ended_by) == (LATER, LATER, secretary)
        assert (open_one.revoked_at, open_one.revoked_by) == (LATER, secretary)
        assert other.ended_at is None

    def test_ending_twice_keeps_the_first_end(self, mainz):
        secretary, found = SecretaryFactory(), university(mainz)
        contact = contact_of(found)
        institutions.end(found, by=secretary, at=AT)
        institutions.end(found, by=secretary, at=LATER)
        institutions.end_contact(contact, by=secretary, at=LATER)
        found.refresh_from_db()
        contact.refresh_from_db()
        assert (found.ended_at, contact.ended_at) == (AT, AT)


class TestList:
    def test_everybody_sees_those_that_have_not_ended(self, client, mainz):
        university(mainz)
        institutions.end(university(mainz, name_en="Old School"), by=SecretaryFactory(), at=AT)
        assert names(client.get(LIST)) == ["Mainz University"]
        client.force_login(ManagerFactory())
        assert names(client.get(LIST)) == ["Mainz University", "Old School"]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"q": "universitaet"}, ["Mainz University"]),
            ({"q": "美因茨"}, ["Mainz University"]),
            ({"q": "uni mainz"}, ["Mainz University"]),
            ({"q": "nothing"}, []),
            ({"kind": "chamber"}, ["IHK Köln"]),
            ({"country": "CN"}, ["投资促进局"]),
            ({"country": "DE"}, ["IHK Köln", "Mainz University"]),
            ({"seat": "Koeln"}, ["IHK Köln"]),
            ({"seat": "foshan"}, ["投资促进局"]),
            ({"sort": "-name"}, ["投资促进局", "Mainz University", "IHK Köln"]),
            ({"sort": "seat"}, ["投资促进局", "IHK Köln", "Mainz University"]),
            ({"sort": "kind"}, ["IHK Köln", "投资促进局", "Mainz University"]),
        ],
    )
    def test_found_and_sorted(self, client, mainz, query, expected):
        university(mainz)
        koeln, foshan = CityFactory(name_de="Köln"), CityFactory(name_de="Foshan", country="CN")
        institutions.add(kind="chamber", seat=koeln, texts={"name_de": "IHK Köln"}, by=None, at=AT)
        institutions.add(
            kind="investment_promotion", seat=foshan, texts={"name_zh": "投资促进局"}, by=None, at=AT
        )
        assert names(client.get(LIST, query)) == expected

    def test_as_a_file(self, client, mainz):
        university(mainz, **UNIVERSITY, website="https://uni.example/")
        lines = client.get(LIST, {"format": "csv"}).getvalue().decode("utf-8-sig").splitlines()
        assert lines == [
            "Institution,Kind,Seat,Country,Web site",
            "Mainz University,University,Mainz,Germany,https://uni.example/",
        ]

    def test_empty(self, client):
        assert "No institution is in the register yet" in client.get(LIST).content.decode()

    @pytest.mark.parametrize("count", [1, 3])
    def test_as_many_queries_for_one_as_for_three(self, client, count, django_assert_num_queries):
        for number in range(count):
            university(CityFactory(), name_en=f"University {number}")
        with django_assert_num_queries(2):
            client.get(LIST)
        with django_assert_num_queries(1):
            client.get(LIST, {"format": "csv"}).getvalue()


class TestPage:
    def test_everybody_reads_what_it_is(self, client, mainz):
        found = university(mainz, **UNIVERSITY, about_de="Forschung", website="https://uni.example/")
        page = client.get(found.get_absolute_url()).content.decode()
        for text in [
            "Mainz University",
            "Universität Mainz",
            "美因茨大学",
            "uni.example",
            'lang="de"><p>Forschung',
        ]:
            assert text in page

    @pytest.mark.parametrize(
        ("person", "sees"),
        [
            (lambda found: None, False),
            (lambda found: UserFactory(), False),
            (lambda found: OfficerFactory(state="registered").user, False),
            (lambda found: contact_of(university(CityFactory(name_de="Bonn")), "Li Na").user, False),
            (lambda found: contact_of(found, "Li Na").user, True),
            (lambda found: OfficerFactory().user, True),
            (lambda found: SecretaryFactory(), True),
            (lambda found: ManagerFactory(), True),
        ],
    )
    def test_who_sees_contacts(self, client, mainz, person, sees):
        found = university(mainz)
        contact_of(found)
        gone = contact_of(found, "Wang Gone")
        institutions.end_contact(gone, by=SecretaryFactory(), at=AT)
        if user := person(found):
            client.force_login(user)
        page = client.get(found.get_absolute_url()).content.decode()
        assert ("Zhou Yan" in page) is sees
        assert ("zhou@institution.example" in page) is sees
        assert "Wang Gone" not in page

    def test_ended_ones_are_for_staff(self, client, mainz):
        found = institutions.end(university(mainz), by=SecretaryFactory(), at=AT)
        assert client.get(found.get_absolute_url()).status_code == 404
        client.force_login(OfficerFactory().user)
        assert client.get(found.get_absolute_url()).status_code == 404
        client.force_login(SecretaryFactory())
        page = client.get(found.get_absolute_url()).content.decode()
        assert "It has not worked with the alliance since 24 April 2017." in page
        assert "End the institution" not in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_as_many_queries_for_one_contact_as_for_three(
        self, client, mainz, count, django_assert_num_queries
    ):
        found = university(mainz)
        for number in range(count):
            contact_of(found, f"Person{number} X")
        client.force_login(OfficerFactory().user)
        with django_assert_num_queries(6):
            client.get(found.get_absolute_url())


class TestForms:
    def fields(self, **changed):
        empty = dict.fromkeys(["name_zh", "name_en", "website", "about_zh", "about_de", "about_en"], "")
        return {**empty, "name_de": "Universität Mainz", "kind": "university", "seat": "美因茨", **changed}

    def test_new(self, client, mainz, secretary):
        response = client.post(NEW, self.fields())
        found = Institution.objects.get()
        assert (response.status_code, response["Location"]) == (302, f"/institutions/{found.pk}/")
        assert said(response) == [("success", "Universität Mainz is in the register.")]
        assert found.seat == mainz

    @pytest.mark.parametrize("seat", ["Mainz", "mainz", " MAINZ ", "美因茨"])
    def test_the_seat_by_any_name(self, client, mainz, secretary, seat):
        CityFactory(name_de="Mainz-Kastel")
        client.post(NEW, self.fields(seat=seat))
        assert Institution.objects.get().seat == mainz

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"name_de": ""}, "Please give the name in at least one of the three languages."),
            ({"kind": ""}, "This field is required."),
            ({"kind": "club"}, "Select a valid choice."),
            ({"seat": ""}, "This field is required."),
            ({"seat": "Atlantis"}, "“Atlantis” is not in the register. Try the name in another language."),
            ({"seat": "Neu"}, "“Neu” could be several cities: Neuss, Neustadt."),
            ({"seat": "Hidden"}, "“Hidden” is not in the register."),
            ({"website": "no address"}, "Enter a valid URL."),
            ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
        ],
    )
    def test_bad_input_is_said_and_kept(self, client, mainz, secretary, changed, sentence):
        for name in ["Neuss", "Neustadt"]:
            CityFactory(name_de=name)
        CityFactory(name_de="Hidden", confirmed_at=None)
        response = client.post(NEW, self.fields(**changed))
        page = response.content.decode()
        assert response.status_code == 200
        assert sentence in page
        assert changed.get("name_de") == "" or 'value="Universität Mainz"' in page
        assert not Institution.objects.exists()

    def test_a_refusal_stands_above_the_form(self, client, mainz, secretary):
        university(mainz)
        response = client.post(NEW, self.fields())
        assert "Universität Mainz in Mainz is already in the register." in response.content.decode()
        assert Institution.objects.count() == 1

    def test_edit(self, client, mainz, secretary):
        found = university(mainz)
        address = f"/institutions/{found.pk}/edit/"
        page = client.get(address).content.decode()
        assert 'value="Mainz University"' in page
        assert 'name="seat" value="Mainz"' in page
        response = client.post(address, self.fields(name_en="JGU"))
        assert (response.status_code, response["Location"]) == (302, f"/institutions/{found.pk}/")
        found.refresh_from_db()
        assert (found.name_en, found.name_zh) == ("JGU", "")

    def test_end_by_its_button_twice(self, client, mainz, secretary):
        found = university(mainz)
        for _time in range(2):
            response = client.post(f"/institutions/{found.pk}/end/")
            assert (response.status_code, response["Location"]) == (302, f"/institutions/{found.pk}/")
        found.refresh_from_db()
        assert found.ended_at is not None

    def test_end_a_contact_by_its_button(self, client, mainz, secretary):
        contact = contact_of(university(mainz))
        address = f"/institutions/{contact.institution_id}/contacts/{contact.pk}/end/"
        response = client.post(address)
        assert response["Location"] == f"/institutions/{contact.institution_id}/"
        assert said(response) == [("success", "Zhou Yan is a contact no longer.")]
        contact.refresh_from_db()
        assert contact.ended_by == secretary

    def test_a_contact_of_another_institution_is_not_reached(self, client, mainz, secretary):
        contact, other = contact_of(university(mainz)), university(CityFactory(name_de="Bonn"))
        assert client.post(f"/institutions/{other.pk}/contacts/{contact.pk}/end/").status_code == 404

    @pytest.mark.parametrize("person", [ManagerFactory, UserFactory, lambda: OfficerFactory().user])
    def test_others_do_not_find_these_pages(self, client, mainz, person):
        contact = contact_of(university(mainz))
        there = f"/institutions/{contact.institution_id}/"
        client.force_login(person())
        for address in [NEW, f"{there}edit/"]:
            assert client.get(address).status_code == 404
            assert client.post(address, self.fields()).status_code == 404
        for address in [f"{there}end/", f"{there}contacts/{contact.pk}/end/"]:
            assert client.post(address).status_code == 404
        assert Institution.objects.filter(ended_at=None).count() == 1
        contact.refresh_from_db()
        assert contact.ended_at is None

    def test_visitors_sign_in_first(self, client, mainz):
        found = university(mainz)
        for address in [NEW, f"/institutions/{found.pk}/edit/"]:
            assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
        assert client.post(f"/institutions/{found.pk}/end/").status_code == 302
        found.refresh_from_db()
        assert found.ended_at is None

    def test_an_ended_one_is_neither_edited_nor_invited_to(self, client, mainz, secretary):
        found = university(mainz)
        addresses = [f"/institutions/{found.pk}/edit/", f"/institutions/{found.pk}/invite/"]
        assert [client.get(address).status_code for address in addresses] == [200, 200]
        institutions.end(found, by=secretary, at=AT)
        assert [client.get(address).status_code for address in addresses] == [404, 404]
