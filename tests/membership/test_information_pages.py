"""Writing an information circular, seeing who has taken note, acknowledging it: the pages."""

from datetime import UTC, datetime

import pytest
import time_machine

from membership.models import Acknowledgement, Circular, CircularAttachment
from tests.factories import circulars as cast
from tests.factories.circulars import DAY, DEADLINE, ISSUED, TEXTS, fresh
from tests.factories.files import upload
from tests.factories.pages import TODAY, csv_of, look, messages_of, post, sign_in, text_of
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
NEW = "/circulars/drafts/new/"
PAGE = "/circulars/2017-01/"
LIST = f"{PAGE}acknowledgements/"
LIST_QUERIES = 8
PAGE_QUERIES = 16


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def secretary():
    return SecretaryFactory()


@pytest.fixture
def circular():
    return cast.information(deadline=DEADLINE)


def test_the_secretariat_writes_attaches_previews_and_issues(client, secretary):
    cast.members()
    assert "What shall the members know?" in text_of(look(client, secretary, NEW))
    response = post(client, secretary, NEW, **TEXTS, side="DE", deadline="2017-04-30")
    draft = Circular.objects.get()
    page = f"/circulars/drafts/{draft.pk}/"
    assert response["Location"] == page
    assert (draft.kind, draft.side, draft.drafted_by) == ("information", "DE", secretary)
    assert draft.deadline == datetime(2017, 4, 30, 15, 59, 59, tzinfo=UTC)
    text = text_of(look(client, secretary, page))
    assert "Germany" in text
    assert "3 members" in text
    assert "30 April 2017, 23:59 Foshan time" in text
    post(client, secretary, f"{page}attachments/", upload=upload(name="Programm.pdf"), language="de")
    assert CircularAttachment.objects.get().filename == "Programm.pdf"
    assert "Frühjahrstagung" in text_of(look(client, secretary, f"{page}preview/"))
    post(client, secretary, page, **{**TEXTS, "subject_de": "Herbsttagung"}, side="all", deadline="")
    assert (fresh(draft).subject_de, fresh(draft).side, fresh(draft).deadline) == ("Herbsttagung", "", None)
    response = post(client, secretary, f"{page}issue/")
    assert response["Location"] == PAGE
    assert fresh(draft).electors.count() == 6


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"side": "FR"}, "side", "Select a valid choice."),
        ({"side": ""}, "side", "This field is required."),
        ({"deadline": "31.13.2017"}, "deadline", "Enter a valid date."),
        ({"deadline": "2017-02-01"}, None, "The deadline, 1 February 2017, 23:59 Foshan time"),
        ({"deadline": "2027-02-01"}, None, "The deadline lies more than two years ahead."),
        ({"subject_zh": ""}, "subject_zh", "This field is required."),
        ({"body_en": " "}, "body_en", "This field is required."),
        ({"subject_de": "x" * 301}, "subject_de", "Ensure this value has at most 300 characters"),
    ],
)
@pytest.mark.parametrize("where", ["new", "draft"])
def test_a_refused_draft_says_why_and_keeps_what_was_typed(client, secretary, where, changes, field, error):
    draft = cast.information(issue=False, at=ISSUED) if where == "draft" else None
    path = draft.get_absolute_url() if draft else NEW
    data = {**TEXTS, "body_de": "Anders.", "side": "all", "deadline": "", **changes}
    response = post(client, secretary, path, **data)
    assert response.status_code == 200
    form = response.context["form"]
    errors = form.errors[field] if field else form.non_field_errors()
    assert errors[0].startswith(error)
    assert form["body_de"].value() == "Anders."
    assert list(Circular.objects.values_list("body_de", flat=True)) == ([TEXTS["body_de"]] if draft else [])


def test_only_the_secretariat_writes_one(client):
    for other in (ManagerFactory(), AdministratorFactory(), UserFactory()):
        sign_in(client, other)
        assert client.get(NEW).status_code == 404
        assert client.post(NEW, {**TEXTS, "side": "all", "deadline": ""}).status_code == 404
    client.logout()
    assert client.get(NEW)["Location"] == f"/accounts/login/?next={NEW}"
    assert not Circular.objects.exists()


def test_a_lead_acknowledges_on_the_page(client, circular):
    person = cast.lead("Aachen")
    text = text_of(look(client, person, PAGE))
    assert "Acknowledged by 0 of 6 cities." in text
    assert "Please acknowledge it by 12 March 2017, 23:59 Foshan time · 16:59 German time." in text
    assert "Acknowledge for Aachen" in text
    for _twice in range(2):
        response = post(client, person, f"{PAGE}acknowledge/", city=cast.city("Aachen").pk)
        assert response["Location"] == PAGE
    assert Acknowledgement.objects.count() == 1
    response = client.get(PAGE)
    assert messages_of(response)[0] == "The acknowledgement of Aachen is recorded."
    assert "Acknowledge for Aachen" not in text_of(response)
    assert "Acknowledged by 1 of 6 cities." in text_of(response)


@pytest.mark.parametrize("city", ["Foshan", None, "x"])
def test_for_other_cities_there_is_nothing(client, circular, city):
    named = {"x": "x", None: ""}.get(city) or ("" if city is None else cast.city(city).pk)
    response = post(client, cast.lead("Aachen"), f"{PAGE}acknowledge/", city=named)
    assert response.status_code == 404
    assert not Acknowledgement.objects.exists()


def test_an_editor_and_staff_read_and_do_not_acknowledge(client, circular, secretary):
    editor = cast.officer("Aachen", "editor")
    for other in (editor, secretary, ManagerFactory()):
        assert "Acknowledge for" not in text_of(look(client, other, PAGE))
        response = post(client, other, f"{PAGE}acknowledge/", city=cast.city("Aachen").pk)
        assert response.status_code == 404


def test_a_circular_that_asks_for_consent_has_nothing_to_acknowledge(client):
    cast.issued()
    assert client.get("/circulars/").status_code == 302
    person = cast.lead("Aachen")
    assert post(client, person, f"{PAGE}acknowledge/", city=cast.city("Aachen").pk).status_code == 404


def test_staff_see_all_and_others_their_own_city(client, circular, secretary):
    cast.acknowledge(circular, "Köln")

    def shown(person):
        sides = look(client, person, PAGE).context["acknowledged_sides"]
        return {row["city"].name_de: row["word"] for side in sides for row in side["rows"]}

    assert shown(secretary) == dict.fromkeys(cast.CAST, "Not yet") | {"Köln": "Acknowledged 30 January"}
    assert shown(cast.lead("Köln")) == {"Köln": "Acknowledged 30 January"}
    assert shown(cast.lead("Aachen")) == {"Aachen": "Not yet"}


def test_the_secretariat_reminds_extends_and_closes(client, circular, secretary):
    text = text_of(look(client, secretary, PAGE))
    assert "Remind the 6 cities that have not acknowledged" in text
    assert "Extend the deadline" in text
    post(client, secretary, f"{PAGE}remind/")
    assert messages_of(client.get(PAGE)) == ["6 members are reminded."]
    response = post(client, secretary, f"{PAGE}extend/", deadline="2017-04-30", reason="Holidays")
    assert response["Location"] == PAGE
    assert fresh(circular).current_deadline == datetime(2017, 4, 30, 15, 59, 59, tzinfo=UTC)
    post(client, secretary, f"{PAGE}close/")
    assert fresh(circular).state == "issued"
    with time_machine.travel(datetime(2017, 5, 1, 3, tzinfo=UTC), tick=False):
        post(client, secretary, f"{PAGE}close/")
        assert messages_of(client.get(PAGE))[-1] == "The circular is closed."
    assert fresh(circular).state == "closed"


def test_without_a_deadline_it_is_closed_by_hand(client, secretary):
    cast.information()
    text = text_of(look(client, secretary, PAGE))
    assert "It has no deadline: it is open until it is closed here." in text
    assert "Remind the" not in text


def test_the_list_is_for_staff(client, circular):
    for other in (cast.lead("Aachen"), UserFactory()):
        sign_in(client, other)
        assert client.get(LIST).status_code == 404
    client.logout()
    assert client.get(LIST)["Location"].startswith("/accounts/login/")
    for staff in (SecretaryFactory(), ManagerFactory(), AdministratorFactory()):
        assert len(look(client, staff, LIST).context["rows"]) == 6


def test_the_list_is_searched_narrowed_sorted_and_taken_as_a_file(client, circular, secretary):
    cast.acknowledge(circular, "Köln")
    cast.acknowledge(circular, "Foshan", at=ISSUED + 2 * DAY)

    def names(query):
        return [row.city.name_de for row in look(client, secretary, f"{LIST}?{query}").context["rows"]]

    assert set(names("")) == set(cast.CAST)
    assert names("q=koeln") == ["Köln"]
    assert set(names("state=acknowledged")) == {"Köln", "Foshan"}
    assert set(names("state=missing&country=DE")) == {"Aachen", "Wuppertal"}
    assert names("state=acknowledged&sort=-date") == ["Foshan", "Köln"]
    rows = csv_of(client.get(f"{LIST}?format=csv&q=koeln"))
    assert rows == [
        ["City", "Country", "State", "Acknowledged at", "By", "Channel"],
        ["Köln", "Germany", "Acknowledged", "2017-01-30 10:00+08:00", "Lead of Köln", "Signed in"],
    ]
    assert client.get(f"{LIST}?format=xlsx").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_page_take_the_same_queries_for_one_and_three(client, django_assert_num_queries, count):
    names = ["Aachen", "Köln", "Wuppertal"][:count]
    circular = cast.information(*names, deadline=DEADLINE)
    for name in names[1:]:
        cast.acknowledge(circular, name)
    sign_in(client, SecretaryFactory())
    client.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(LIST).context["rows"]) == count
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(PAGE)


def test_the_list_of_circulars_counts_acknowledgements(client, circular, secretary):
    cast.acknowledge(circular, "Köln")
    text = text_of(look(client, secretary, "/circulars/?kind=information"))
    assert "1 of 6" in text
    assert "New information circular" in text
    assert "New information circular" not in text_of(look(client, cast.lead("Aachen"), "/circulars/"))


def test_the_deadline_for_the_calendar(client, circular):
    person = cast.lead("Aachen")
    assert "For the calendar (.ics)" in text_of(look(client, person, PAGE))
    response = client.get(f"{PAGE}deadline.ics")
    assert response["Content-Type"] == "text/calendar; method=PUBLISH; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="2017-01.ics"'
    assert b"DTSTART:20170312T155959Z" in response.content
    endless = cast.information()
    assert client.get(f"/circulars/{endless.slug}/deadline.ics").status_code == 404


def test_staff_read_when_there_will_be_a_dossier(client, circular, secretary):
    assert "Once it is closed: after its deadline" in text_of(look(client, secretary, PAGE))
    assert "Dossier" not in text_of(look(client, cast.lead("Foshan"), PAGE))
    with time_machine.travel(DEADLINE + DAY, tick=False):
        post(client, secretary, f"{PAGE}close/")
        html = look(client, secretary, PAGE).content.decode()
    assert f'href="{PAGE}dossier/"' in html
    assert "Once it is closed" not in html
