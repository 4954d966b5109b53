"""An application is submitted, returned, retracted; and what refuses it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from alliance.letters.models import Delivery, Letter
from cities.models import Industry
from cities.states import OfficerLevel, OfficerState
from membership.actions import applications, circulars
from membership.actions.applicants import (
    AlreadyMember,
)
from membership.actions.applications import Incomplete, NothingToCorrect, NotPossibleNow
from membership.models import Application, Circular
from membership.models.contents import application_differences
from membership.permissions.applications import NotYetConfirmed
from tests.factories.applications import (
    APPLIED,
    complete,
    draft,
    lead_of,
    returned,
    submitted,
)
from tests.factories.cities import CityFactory
from tests.factories.files import PNG_BYTES, upload
from tests.factories.membership import MembershipFactory
from tests.factories.people import ManagerFactory, OfficerFactory, SecretaryFactory

pytestmark = pytest.mark.django_db
LATER = APPLIED + timedelta(days=3)


@pytest.fixture
def mainz():
    return CityFactory(name_de="Mainz", name_zh="美因茨")


def sentence(refused):
    return refused.value.sentence


# Submit


def test_submit_keeps_a_version_and_tells_secretariat_and_applicant(mainz):
    secretary, deputy = SecretaryFactory(), OfficerFactory(city=mainz, level=OfficerLevel.DEPUTY).user
    ManagerFactory()
    OfficerFactory(city=mainz, level="editor")
    application = complete(mainz)
    lead = application.begun_by
    applications.submit(application, by=lead, at=LATER)
    application.refresh_from_db()
    assert (application.state, application.submitted_by, application.submitted_at) == (
        "submitted",
        lead,
        LATER,
    )
    version = application.versions.get()
    assert (version.number, version.submitted_by, version.submitted_at) == (1, lead, LATER)
    told = Delivery.objects.values_list("recipient", "letter__subject_en", "on_behalf_of")
    assert set(told) == {
        (secretary.pk, "Application A 2016/001: Mainz", ""),
        (lead.pk, "Your application A 2016/001 has arrived", "mainz"),
        (deputy.pk, "Your application A 2016/001 has arrived", "mainz"),
    }
    assert set(Letter.objects.values_list("path", flat=True)) == {f"/applications/{application.pk}/"}


def test_version_says_everything(mainz):
    application = submitted(mainz)
    file = application.attachments.get()
    assert application.versions.get().content == {
        "cities": [{"slug": "mainz", "name_zh": "美因茨", "name_de": "Mainz", "name_en": "Mainz"}],
        "texts": {
            "economic": {"zh": "", "de": "Mainz am Rhein", "en": ""},
            "industrial": {"zh": "", "de": "Glas", "en": ""},
            "cooperations": {"zh": "", "de": "", "en": ""},
            "wishes": {"zh": "交流", "de": "Austausch", "en": "Exchange"},
        },
        "figures": {
            "mainz": [
                {
                    "indicator": "gdp", "year": 2015, "value": "11500.50", "unit": "million",
                    "currency": "EUR",
                    "territory": "", "concept": "", "status": "",
                    "source": "Statistisches Landesamt Rheinland-Pfalz",
                },
                {
                    "indicator": "population", "year": 2015, "value": "209779.00", "unit": "persons",
                    "currency": "", "territory": "", "concept": "resident", "status": "",
                    "source": "Statistisches Landesamt Rheinland-Pfalz",
                },
            ]
        },
        "industries": ["20", "23"],
        "cooperations": {
            "mainz": [
                {
                    "partner": "Dijon", "partner_country": "France", "kind": "twinning", "since": 1958,
                    "description": "",
                }
            ]
        },
        "contact": {
            "name": "Erika Muster", "function": "Economic development",
            "email": "erika.muster@mainz.example", "phone": "+49 6131 12-0",
        },
        "signatory": {"name": "Michael Muster", "function": "Mayor"},
        "resolution": {"body": "City council", "number": "1720/2016", "date": "2016-11-28"},
        "attachments": [
            {
                "id": file.pk, "kind": "resolution", "language": "de", "date": "", "reference": "",
                "filename": "Beschluss.pdf", "media_type": "application/pdf", "size": file.size,
                "sha256": file.sha256,
            }
        ],
    }  # fmt: skip


def test_incomplete_application_is_not_submitted(mainz):
    application = complete(mainz)
    applications.remove_attachment(application.attachments.get(), by=application.begun_by)
    with pytest.raises(Incomplete) as refused:
        applications.submit(application, by=application.begun_by, at=LATER)
    assert sentence(refused) == "The application is not complete yet. The summary lists what is missing."
    application.refresh_from_db()
    assert application.state == "draft"
    assert not application.versions.exists()
    assert not Letter.objects.exists()


def test_who_is_not_confirmed_may_fill_in_but_not_submit(mainz):
    officer = OfficerFactory(city=mainz, state=OfficerState.REGISTERED)
    application = complete(mainz, by=officer.user)
    with pytest.raises(NotYetConfirmed) as refused:
        applications.submit(application, by=officer.user, at=LATER)
    assert sentence(refused) == (
        "The secretariat first confirms who you are; then this counts. Your draft is kept until then."
    )
    officer.confirm(by=SecretaryFactory(), at=LATER)
    officer.save()
    assert applications.submit(application, by=officer.user, at=LATER).state == "submitted"


def test_city_that_became_a_member_meanwhile_does_not_submit(mainz):
    application = complete(mainz)
    MembershipFactory(cities=[mainz], cities__begin=date(2016, 12, 3))
    with pytest.raises(AlreadyMember):
        applications.submit(application, by=application.begun_by, at=LATER)


def test_submitting_twice_changes_nothing(mainz):
    application, deputy = submitted(mainz), OfficerFactory(city=mainz, level="deputy").user
    letters = Letter.objects.count()
    assert applications.submit(application, by=application.begun_by, at=LATER).submitted_at == APPLIED
    with pytest.raises(NotPossibleNow) as refused:
        applications.submit(application, by=deputy, at=LATER)
    assert sentence(refused) == "This is not possible: the application A 2016/001 is “Submitted”."
    application.refresh_from_db()
    assert application.submitted_at == APPLIED
    assert (application.versions.count(), Letter.objects.count()) == (1, letters)


def test_returning_and_passing_on_twice_changes_nothing(mainz):
    application, secretary = submitted(mainz), SecretaryFactory()
    for _twice in range(2):
        applications.send_back(application, comments={"wishes": "More"}, by=secretary, at=LATER)
    assert [comment.text for comment in application.versions.get().comments.all()] == ["More"]
    applications.submit(application, by=application.begun_by, at=LATER)
    first = applications.pass_on(application, by=secretary, at=LATER)
    letters = Letter.objects.count()
    assert applications.pass_on(application, by=secretary, at=LATER) == first
    assert Letter.objects.count() == letters


# Return and resubmit


def test_other_comments_to_a_returned_application_are_not_dropped_in_silence(mainz):
    application, secretary = submitted(mainz), SecretaryFactory()
    applications.send_back(application, comments={"wishes": "More"}, by=secretary, at=LATER)
    with pytest.raises(NotPossibleNow) as refused:
        applications.send_back(application, comments={"wishes": "Even more"}, by=secretary, at=LATER)
    assert "“Returned for correction”" in sentence(refused)
    assert application.versions.get().comments.get().text == "More"


def test_return_keeps_comments_on_the_version_and_tells_the_applicant(mainz):
    application, secretary = submitted(mainz), SecretaryFactory()
    comments = {"wishes": " Please say more. ", "economic": "", "": "Thank you so far."}
    applications.send_back(application, comments=comments, by=secretary, at=LATER)
    application.refresh_from_db()
    assert (application.state, application.returned_by, application.returned_at) == (
        "returned",
        secretary,
        LATER,
    )
    kept = application.versions.get().comments.values_list("section", "text")
    assert list(kept) == [("wishes", "Please say more."), ("", "Thank you so far.")]
    letter = Letter.objects.get(subject_en="Please correct your application A 2016/001")
    assert "Cooperation wishes: Please say more." in letter.body_en
    assert "In general: Thank you so far." in letter.body_en
    assert [copy.recipient for copy in letter.deliveries.all()] == [application.begun_by]


@pytest.mark.parametrize("comments", [{}, {"wishes": "  "}, {"unknown": "text"}])
def test_return_needs_a_comment(mainz, comments):
    application = submitted(mainz)
    with pytest.raises(NothingToCorrect) as refused:
        applications.send_back(application, comments=comments, by=SecretaryFactory(), at=LATER)
    assert sentence(refused) == "Please write at least one comment that says what is to be corrected."
    application.refresh_from_db()
    assert application.state == "submitted"


def test_corrected_application_is_a_further_version_and_both_can_be_compared(mainz):
    application = returned(mainz)
    by = application.begun_by
    applications.save_section(application, "wishes", texts={"en": "Exchange of engineers"}, by=by, at=LATER)
    applications.save_contact(application, {"contact_phone": "+49 6131 12-1"}, by=by, at=LATER)
    old = application.attachments.get()
    applications.remove_attachment(old, by=by, at=LATER)
    new = applications.attach(
        application, upload(PNG_BYTES), kind="resolution", language="en", by=by, at=LATER
    )
    applications.submit(application, by=by, at=LATER)
    second, first = application.versions.all()
    assert (second.number, first.number) == (2, 1)
    rows = application_differences(first.content, second.content)
    assert [(row.section, row.label, row.before, row.after) for row in rows] == [
        ("wishes", "Cooperation wishes, in English", "Exchange", "Exchange of engineers"),
        ("contact", "Contact's telephone", "+49 6131 12-0", "+49 6131 12-1"),
        ("attachments", "Attachment “Beschluss.pdf”", f"Resolution · Deutsch · SHA-256 {old.sha256}", ""),
        ("attachments", "Attachment “Beschluss.pdf.png”", "", f"Resolution · English · SHA-256 {new.sha256}"),
    ]
    assert application_differences(first.content, first.content) == []
    assert (
        Letter.objects.filter(body_en__startswith="Mainz has corrected its application A 2016/001").count()
        == 1
    )


# Retract


def test_retracted_draft_nobody_saw_is_no_news(mainz):
    officer = OfficerFactory(city=mainz, state=OfficerState.REGISTERED)
    application = draft(mainz, by=officer.user)
    applications.retract(application, by=officer.user, at=LATER)
    application.refresh_from_db()
    assert (application.state, application.retracted_by, application.retracted_at) == (
        "retracted", officer.user, LATER,
    )  # fmt: skip
    assert not Letter.objects.exists()


def test_retracting_tells_the_secretariat_and_the_applicant(mainz):
    secretary = SecretaryFactory()
    ManagerFactory()
    application = submitted(mainz)
    applications.retract(application, by=application.begun_by, reason="A new council", at=LATER)
    told = Delivery.objects.filter(letter__written_at=LATER).values_list("recipient", "letter__subject_en")
    assert set(told) == {
        (secretary.pk, "Application A 2016/001 was retracted"),
        (application.begun_by.pk, "Your application A 2016/001 is retracted"),
    }
    assert Letter.objects.get(subject_en__endswith="was retracted").body_en.endswith("A new council")


def test_retracting_throws_a_draft_of_a_circular_away(mainz):
    application = submitted(mainz)
    Application.objects.filter(pk=application.pk).update(
        state="in_consultation", passed_on_at=LATER, passed_on_by=SecretaryFactory()
    )
    circular = Circular.objects.create(kind="accession", application=application, drafted_at=LATER)
    applications.retract(application, by=application.begun_by, at=LATER)
    with pytest.raises(ObjectDoesNotExist):
        circular.refresh_from_db()


def test_retracting_cancels_the_circular_and_tells_the_members(mainz):
    member = lead_of(MembershipFactory(cities=[CityFactory(name_de="Aachen")]).cities.get())
    application, secretary = submitted(mainz), SecretaryFactory()
    circular = applications.pass_on(application, by=secretary, at=LATER)
    circular = circulars.issue(circular, by=secretary, at=LATER)
    at = LATER + timedelta(days=1)
    applications.retract(application, by=application.begun_by, reason="A new council", at=at)
    circular.refresh_from_db()
    assert (circular.state, circular.cancelled_at) == ("cancelled", at)
    assert circular.cancel_reason.splitlines() == [
        "The applicant has retracted the application.",
        *circular.cancel_reason.splitlines()[1:-1],
        "A new council",
    ]
    assert Delivery.objects.filter(recipient=member, letter__written_at=at).count() == 1


def test_retracting_twice_changes_nothing(mainz):
    application = draft(mainz)
    by = application.begun_by
    applications.retract(application, by=by, at=APPLIED)
    applications.retract(application, by=by, at=LATER)
    application.refresh_from_db()
    assert application.retracted_at == APPLIED


def test_industries_are_those_of_the_register(mainz):
    application = complete(mainz)
    assert set(application.industries.all()) == set(Industry.objects.filter(code__in=["20", "23"]))
