"""The pages of applications: the list, the beginning, and who sees what on the page of one."""

from datetime import timedelta

import pytest
import time_machine

from cities.states import OfficerState
from membership.actions import applications, circulars, statements
from membership.models import Application
from tests.factories.applications import (
    APPLIED,
    complete,
    draft,
    lead_of,
    returned,
    submitted,
)
from tests.factories.cities import CityFactory
from tests.factories.membership import MembershipFactory
from tests.factories.people import ManagerFactory, OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
LATER = APPLIED + timedelta(days=3)


@pytest.fixture(autouse=True)
def three_days_later():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def mainz():
    return CityFactory(name_de="Mainz", name_zh="美因茨")


def page(client, user, path):
    client.force_login(user)
    return client.get(path)


def consult(application, secretary, members=1, answered=0):
    """Passed on and issued to so many members, some of whom have answered."""
    cities = [CityFactory() for _ in range(members)]
    for city in cities:
        MembershipFactory(cities=[city])
    circular = applications.pass_on(application, by=secretary, at=LATER)
    circular = circulars.issue(circular, by=secretary, at=LATER)
    for elector in circular.electors.all()[:answered]:
        by = lead_of(elector.membership.cities.get())
        statements.state(circular, elector=elector, position="consent", by=by, at=LATER)
    return circular, cities


# The list


def names(response):
    return [row.reference for row in response.context["rows"]]


def test_officers_list_their_own_and_staff_what_was_submitted(client, mainz):
    own, other = draft(mainz), submitted(CityFactory(name_de="Fulda"))
    assert names(page(client, own.begun_by, "/applications/")) == [own.reference]
    assert names(page(client, other.begun_by, "/applications/")) == [other.reference]
    assert names(page(client, SecretaryFactory(), "/applications/")) == [other.reference]
    assert names(page(client, ManagerFactory(), "/applications/")) == [other.reference]
    assert names(page(client, UserFactory(), "/applications/")) == []


def test_visitor_is_asked_to_sign_in(client, mainz):
    application = draft(mainz)
    for path in ["/applications/", "/applications/new/", f"/applications/{application.pk}/"]:
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={path}")


def test_list_is_searched_filtered_and_sorted(client, mainz):
    first = submitted(mainz)
    second = returned(CityFactory(name_de="Zhuhai", name_zh="珠海", country="CN"))
    secretary = SecretaryFactory()
    asked = {
        "?q=mainz": [first], "?q=美因茨": [first], "?q=A 2016/002": [second], "?q=Aachen": [],
        "?state=returned": [second], "?country=DE": [first], "?country=CN": [second],
        "?sort=city": [first, second], "?sort=-city": [second, first], "?sort=country": [second, first],
        "?sort=-reference": [second, first], "?state=draft": [],
    }  # fmt: skip
    found = {query: names(page(client, secretary, f"/applications/{query}")) for query in asked}
    assert found == {query: [row.reference for row in rows] for query, rows in asked.items()}


def test_list_is_a_file_too(client, mainz):
    submitted(mainz)
    response = page(client, SecretaryFactory(), "/applications/?format=csv")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Reference,City,Country,State,Submitted,Last change",
        "A 2016/001,Mainz,Germany,Submitted,2016-12-02 17:00+08:00,2016-12-02 17:00+08:00",
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    for _ in range(rows):
        submitted(CityFactory(), CityFactory())
    client.force_login(SecretaryFactory())
    client.get("/applications/")
    with django_assert_num_queries(11):
        assert len(client.get("/applications/").context["rows"]) == rows


# Begin


def test_begin(client, mainz):
    lead = lead_of(mainz)
    form = page(client, lead, "/applications/new/")
    assert form.context["form"]["cities"].value() == [mainz.pk]
    response = client.post("/applications/new/", {"cities": [mainz.pk]})
    application = Application.objects.get()
    assert response["Location"] == f"/applications/{application.pk}/economic/"
    assert (application.begun_by, application.reference) == (lead, "A 2016/001")


def test_beginning_twice_is_refused_on_the_form(client, mainz):
    application = draft(mainz)
    client.force_login(application.begun_by)
    response = client.post("/applications/new/", {"cities": [mainz.pk]})
    assert response.context["form"].non_field_errors() == [
        "Mainz already has an application that still stands. Please continue or retract that one."
    ]
    assert Application.objects.count() == 1


def test_no_city_chosen_is_said_beside_the_field(client, mainz):
    client.force_login(lead_of(mainz))
    response = client.post("/applications/new/", {})
    assert response.context["form"].errors == {"cities": ["Please choose at least one of your cities."]}


def test_only_ones_own_cities_are_offered(client, mainz):
    member = MembershipFactory(cities=[CityFactory(name_de="Aachen")]).cities.get()
    chinese, german = CityFactory(country="CN"), CityFactory(name_de="Fulda")
    CityFactory(name_de="Geheim", confirmed_at=None)
    fields = page(client, lead_of(mainz), "/applications/new/").context["form"].fields
    assert list(fields["cities"].queryset) == [mainz]
    assert list(fields["others"].queryset) == [german]
    assert {member, chinese}.isdisjoint(fields["others"].queryset)
    forged = client.post("/applications/new/", {"cities": [german.pk]})
    assert list(forged.context["form"].errors) == ["cities"]


def test_who_is_not_confirmed_is_offered_no_other_cities(client, mainz):
    CityFactory(name_de="Fulda")
    officer = OfficerFactory(city=mainz, state=OfficerState.REGISTERED)
    assert list(page(client, officer.user, "/applications/new/").context["form"].fields) == ["cities"]


@pytest.mark.parametrize("somebody", [UserFactory, SecretaryFactory])
def test_who_speaks_for_no_city_is_told_so(client, somebody):
    response = page(client, somebody(), "/applications/new/")
    assert b"You do not speak for a city yet" in response.content


# The page, by state and reader


def test_applicant_sees_what_is_missing_with_links(client, mainz):
    application = draft(mainz)
    response = page(client, application.begun_by, f"/applications/{application.pk}/")
    assert response.context["question"] == "Where does the application of Mainz stand?"
    assert len(response.context["gaps"]) == 13
    assert f"/applications/{application.pk}/contact/".encode() in response.content
    assert response.context["status"] == ("Not submitted yet", "neutral")


def test_staff_and_applicants_get_their_own_words(client, mainz):
    application = submitted(mainz)
    path = f"/applications/{application.pk}/"
    for_applicant = page(client, application.begun_by, path).context
    for_staff = page(client, SecretaryFactory(), path).context
    assert (for_applicant["status"], for_staff["status"]) == (
        ("Being checked", "active"),
        ("Submitted", "active"),
    )
    assert for_staff["question"] == "Is the application of Mainz complete?"
    assert (for_applicant["checks"], for_staff["checks"]) == (False, True)
    assert for_staff["sentence"] == (
        "With the secretariat since 2 December 2016, which checks whether everything is there."
    )


def test_management_looks_and_does_not_check(client, mainz):
    response = page(client, ManagerFactory(), f"/applications/{submitted(mainz).pk}/")
    assert (response.context["checks"], response.context["decides"]) == (False, False)
    assert b"pass-on" not in response.content


def test_staff_see_what_was_submitted_and_not_what_is_being_corrected(client, mainz):
    application = returned(mainz)
    applications.save_section(application, "wishes", texts={"en": "Half a sen"}, by=application.begun_by)
    path = f"/applications/{application.pk}/"
    assert b"Half a sen" in page(client, application.begun_by, path).content
    content = page(client, SecretaryFactory(), path).content
    assert b"Half a sen" not in content
    assert b"Exchange" in content


def test_comments_stand_on_the_page_and_beside_their_step(client, mainz):
    comments = {"wishes": "Say more.", "contact": "Who signs?", "": "Nearly there."}
    application = returned(mainz, comments=comments)
    path = f"/applications/{application.pk}/"
    overview = page(client, application.begun_by, path)
    assert [comment.text for comment in overview.context["comments"]] == [*comments.values()]
    assert [one.text for one in client.get(f"{path}contact/").context["comments"]] == ["Who signs?"]
    assert [comment.text for comment in client.get(f"{path}wishes/").context["comments"]] == ["Say more."]
    assert client.get(f"{path}economic/").context["comments"] == []
    assert [one.text for one in client.get(f"{path}summary/").context["comments"]] == ["Nearly there."]


def labels(response):
    return [(step["label"], step["state"]) for step in response.context["steps"]]


def test_way_in_plain_steps_with_both_times(client, mainz):
    application = submitted(mainz)
    consult(application, SecretaryFactory(), members=3, answered=2)
    response = page(client, application.begun_by, f"/applications/{application.pk}/")
    assert labels(response) == [
        ("Applied", "done"),
        ("Complete", "done"),
        ("With the member cities", "current"),
        ("Decision", "todo"),
        ("Member", "todo"),
    ]
    assert response.context["sentence"] == (
        "With the member cities until 16 January 2017, 23:59 Foshan time, 16:59 Mainz time "
        "· 2 of 3 have answered"
    )


def test_way_of_a_chinese_applicant_names_german_time(client):
    city = CityFactory(name_de="Maoming", name_zh="茂名", country="CN")
    application = submitted(city)
    consult(application, SecretaryFactory())
    sentence = page(client, application.begun_by, f"/applications/{application.pk}/").context["sentence"]
    assert "23:59 Foshan time, 16:59 German time" in sentence


@pytest.mark.parametrize(
    ("move", "sentence"),
    [
        (draft, "A draft that nobody but you and your city's officers can see."),
        (complete, "A complete draft. It counts once it is submitted."),
        (
            returned,
            "Returned on 2 December 2016 with comments: to be corrected and submitted again.",
        ),
    ],
)
def test_where_it_stands_is_one_sentence(client, mainz, move, sentence):
    application = move(mainz)
    response = page(client, application.begun_by, f"/applications/{application.pk}/")
    assert response.context["sentence"] == sentence


def test_retracted_application_goes_no_further(client, mainz):
    application = submitted(mainz)
    applications.retract(application, by=application.begun_by, at=LATER)
    response = page(client, application.begun_by, f"/applications/{application.pk}/")
    assert labels(response) == [("Applied", "done"), ("Retracted", "current")]
    assert response.context["sentence"] == "Retracted by the applicant on 5 December 2016."
    assert not response.context["may_retract"]


# Who sees it


def test_draft_of_another_city_is_not_found(client, mainz):
    application = complete(mainz)
    file = application.attachments.get()
    one = f"/applications/{application.pk}/"
    strangers = [
        OfficerFactory(city=CityFactory(name_de="Fulda")).user,
        lead_of(MembershipFactory(cities=[CityFactory(name_de="Aachen")]).cities.get()),
        OfficerFactory(city=mainz, level="deputy", state=OfficerState.REGISTERED).user,
        OfficerFactory(city=mainz, level="deputy", state=OfficerState.REFUSED, ended_at=APPLIED).user,
        SecretaryFactory(),
        ManagerFactory(),
        UserFactory(),
    ]
    pages = ["", "summary/", "cities/", "economic/", "versions/1/", "retract/", f"attachments/{file.pk}/"]
    verbs = ["submit/", "pass-on/", "return/", "retract/", "wishes/", f"attachments/{file.pk}/remove/"]
    for stranger in strangers:
        client.force_login(stranger)
        assert {client.get(one + path).status_code for path in pages} == {404}
        assert {client.post(one + path, {"reason": "x"}).status_code for path in verbs} == {404}
    application.refresh_from_db()
    assert (application.state, application.attachments.filter(removed_at=None).count()) == ("draft", 1)


def test_member_that_was_asked_reads_the_version_it_was_asked_about(client, mainz):
    application = submitted(mainz)
    outsider = lead_of(CityFactory(name_de="Fulda"))
    _circular, [city] = consult(application, SecretaryFactory())
    one, file = f"/applications/{application.pk}/", application.attachments.get()
    response = page(client, lead_of(city), one)
    assert response.context["question"] == "Shall Mainz join the alliance?"
    assert b"erika.muster@mainz.example" not in response.content
    assert client.get(f"{one}versions/1/").status_code == 200
    assert client.get(f"{one}attachments/{file.pk}/").status_code == 200
    for path in ["summary/", "retract/", "return/", "versions/2/"]:
        assert client.get(one + path).status_code == 404
    assert page(client, outsider, one).status_code == 404
