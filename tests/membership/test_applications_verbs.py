"""What is done with an application through its pages; its versions and files."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages

from cities.states import OfficerState
from membership.actions import applications
from tests.factories.applications import (
    APPLIED,
    COMPLETE,
    complete,
    draft,
    lead_of,
    returned,
    submitted,
)
from tests.factories.cities import CityFactory
from tests.factories.files import PDF_BYTES, PNG_BYTES, upload
from tests.factories.people import ManagerFactory, OfficerFactory, SecretaryFactory

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


def said(response):
    return [(message.level_tag, str(message)) for message in get_messages(response.wsgi_request)]


# Verbs


def test_submit_and_submit_again(client, mainz):
    application = complete(mainz)
    client.force_login(application.begun_by)
    for _click in range(2):
        response = client.post(f"/applications/{application.pk}/submit/")
        assert response["Location"] == f"/applications/{application.pk}/"
    assert said(response)[-1] == (
        "success",
        "The application A 2016/001 is with the secretariat. You will hear from it by letter.",
    )
    assert application.versions.count() == 1
    assert client.get(f"/applications/{application.pk}/submit/").status_code == 405


def test_refused_submission_leads_to_the_summary(client, mainz):
    application = draft(mainz)
    client.force_login(application.begun_by)
    response = client.post(f"/applications/{application.pk}/submit/")
    assert response["Location"] == f"/applications/{application.pk}/summary/"
    assert said(response) == [
        ("error", "The application is not complete yet. The summary lists what is missing.")
    ]


def test_unconfirmed_officer_is_told_why_it_is_not_submitted(client, mainz):
    officer = OfficerFactory(city=mainz, state=OfficerState.REGISTERED)
    application = complete(mainz, by=officer.user)
    summary = page(client, officer.user, f"/applications/{application.pk}/summary/")
    assert (summary.context["submits"], summary.context["confirmed"]) == (False, False)
    [(level, sentence)] = said(client.post(f"/applications/{application.pk}/submit/"))
    assert (level, sentence) == (
        "error",
        "The secretariat first confirms who you are; then this counts. Your draft is kept until then.",
    )


def test_return_with_comments(client, mainz):
    application, secretary = submitted(mainz), SecretaryFactory()
    path = f"/applications/{application.pk}/return/"
    assert page(client, secretary, path).status_code == 200
    empty = client.post(path, {"wishes": "  "})
    assert empty.context["form"].non_field_errors() == [
        "Please write at least one comment that says what is to be corrected."
    ]
    response = client.post(path, {"wishes": "More", "general": "Thanks"})
    assert response["Location"] == f"/applications/{application.pk}/"
    comments = application.versions.get().comments.values_list("section", "text")
    assert set(comments) == {("wishes", "More"), ("", "Thanks")}


def test_return_is_for_the_secretariat(client, mainz):
    application = submitted(mainz)
    client.force_login(application.begun_by)
    assert client.post(f"/applications/{application.pk}/return/", {"wishes": "x"}).status_code == 404
    client.force_login(ManagerFactory())
    response = client.post(f"/applications/{application.pk}/return/", {"wishes": "x"})
    assert response.context["form"].non_field_errors() == ["Only the secretariat can do this."]


def test_pass_on_leads_to_the_draft_of_the_circular_however_often_it_is_sent(client, mainz):
    application = submitted(mainz)
    client.force_login(SecretaryFactory())
    places = {client.post(f"/applications/{application.pk}/pass-on/")["Location"] for _click in range(2)}
    assert places == {f"/circulars/drafts/{application.circulars.get().pk}/"}
    assert COMPLETE > LATER


def test_retract_asks_first_and_keeps_the_reason(client, mainz):
    application = submitted(mainz)
    client.force_login(application.begun_by)
    path = f"/applications/{application.pk}/retract/"
    assert client.get(path).status_code == 200
    application.refresh_from_db()
    assert application.state == "submitted"
    client.post(path, {"reason": "A new council"})
    application.refresh_from_db()
    assert (application.state, application.retraction_reason) == ("retracted", "A new council")


# Versions and files


def test_versions_and_their_changes(client, mainz):
    application = returned(mainz)
    by = application.begun_by
    applications.save_section(application, "wishes", texts={"de": "Mehr Austausch"}, by=by, at=LATER)
    applications.submit(application, by=by, at=LATER)
    one = f"/applications/{application.pk}/"
    client.force_login(SecretaryFactory())
    assert "Mehr" not in client.get(f"{one}versions/1/").content.decode()
    assert "Mehr" in client.get(f"{one}versions/2/").content.decode()
    changes = client.get(f"{one}versions/1/changes/2/")
    assert [(row.label, row.before, row.after) for row in changes.context["rows"]] == [
        ("Cooperation wishes, in German", "Austausch", "Mehr Austausch")
    ]
    assert "<ins>" in changes.content.decode()
    assert b"Both versions say the same." in client.get(f"{one}versions/2/changes/2/").content
    assert {client.get(f"{one}{path}").status_code for path in ("versions/3/", "versions/1/changes/3/")} == {
        404
    }


def test_file_is_given_out_to_readers_only_and_as_a_download(client, mainz):
    application = submitted(mainz)
    file = application.attachments.get()
    path = f"/applications/{application.pk}/attachments/{file.pk}/"
    for reader in [application.begun_by, SecretaryFactory(), ManagerFactory()]:
        response = page(client, reader, path)
        assert response["Content-Disposition"] == 'attachment; filename="Beschluss.pdf"'
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == (
            "application/pdf",
            "nosniff",
        )
        assert b"".join(response.streaming_content) == PDF_BYTES
    assert page(client, lead_of(CityFactory(name_de="Fulda")), path).status_code == 404
    other = draft(CityFactory(name_de="Fulda"))
    forged = f"/applications/{other.pk}/attachments/{file.pk}/"
    assert page(client, other.begun_by, forged).status_code == 404


def test_file_that_was_never_submitted_is_the_applicants_own(client, mainz):
    application = returned(mainz)
    by = application.begun_by
    file = applications.attach(application, upload(PNG_BYTES), kind="other", language="de", by=by, at=LATER)
    path = f"/applications/{application.pk}/attachments/{file.pk}/"
    assert page(client, SecretaryFactory(), path).status_code == 404
    response = page(client, by, path)
    assert b"".join(response.streaming_content) == PNG_BYTES
