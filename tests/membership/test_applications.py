"""An application is begun, filled in, submitted, returned, retracted; and what refuses it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from alliance.letters.models import Delivery, Letter
from cities.models import Industry
from cities.states import OfficerLevel, OfficerState
from membership.actions import applications, circulars, decisions
from membership.actions.applicants import (
    AlreadyMember,
    HasOpenApplication,
    MustWait,
    NoCity,
    TwoCountries,
    may_apply_from,
)
from membership.actions.application_sections import NotEditable
from membership.actions.applications import Incomplete, Missing, NothingToCorrect, NotPossibleNow
from membership.actions.attachments import SameFileTwice
from membership.models import Application, Circular, ConsentRule, NumberSeries
from membership.models.contents import application_differences
from membership.permissions.applications import NotTheApplicant, NotTheCitysVoice, NotYetConfirmed
from tests.factories.applications import (
    APPLIED,
    CONTACT,
    complete,
    draft,
    fill,
    gdp,
    lead_of,
    population,
    returned,
    submitted,
    twinning,
)
from tests.factories.cities import CityFactory
from tests.factories.files import EXE_BYTES, PNG_BYTES, upload
from tests.factories.membership import MembershipFactory
from tests.factories.people import ManagerFactory, OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
LATER = APPLIED + timedelta(days=3)


@pytest.fixture
def mainz():
    return CityFactory(name_de="Mainz", name_zh="美因茨")


def sentence(refused):
    return refused.value.sentence


# Begin


def test_begin(mainz):
    lead = lead_of(mainz)
    application = applications.begin([mainz], by=lead, at=APPLIED)
    assert application.reference == "A 2016/001"
    assert (application.state, application.begun_by, application.begun_at) == ("draft", lead, APPLIED)
    assert [(place.city, place.is_open) for place in application.places.all()] == [(mainz, True)]
    assert not Letter.objects.exists()


def test_numbers_run_by_the_alliances_year(mainz):
    new_year_in_foshan = datetime(2016, 12, 31, 16, 30, tzinfo=UTC)
    other, third = CityFactory(name_de="Fulda"), CityFactory(name_de="Lahr")
    references = [
        applications.begin([city], by=lead_of(city), at=at).reference
        for city, at in [(mainz, APPLIED), (other, new_year_in_foshan), (third, new_year_in_foshan)]
    ]
    assert references == ["A 2016/001", "A 2017/001", "A 2017/002"]


def test_refused_beginning_uses_no_number(mainz):
    with pytest.raises(NotTheCitysVoice):
        applications.begin([mainz], by=UserFactory(), at=APPLIED)
    assert not NumberSeries.objects.filter(series="application", last__gt=0).exists()
    assert not Application.objects.exists()


@pytest.mark.parametrize("level", ["lead", "deputy"])
@pytest.mark.parametrize("state", ["registered", "confirmed"])
def test_lead_and_deputy_may_begin_even_before_they_are_confirmed(mainz, level, state):
    officer = OfficerFactory(city=mainz, level=level, state=state)
    assert draft(mainz, by=officer.user).begun_by == officer.user


def test_editor_may_not_begin(mainz):
    editor = OfficerFactory(city=mainz, level="editor").user
    with pytest.raises(NotTheCitysVoice) as refused:
        applications.begin([mainz], by=editor, at=APPLIED)
    assert sentence(refused) == "You can apply only for a city of which you are the lead or a deputy."


@pytest.mark.parametrize("somebody", [SecretaryFactory, ManagerFactory, UserFactory])
def test_nobody_applies_for_a_city_that_is_not_theirs(mainz, somebody):
    with pytest.raises(NotTheCitysVoice):
        applications.begin([mainz], by=somebody(), at=APPLIED)


def test_application_needs_a_city():
    with pytest.raises(NoCity) as refused:
        applications.begin([], by=UserFactory(), at=APPLIED)
    assert sentence(refused) == "Please name at least one city that applies."


def test_several_cities_of_one_country_apply_as_one(mainz):
    other = CityFactory(name_de="Raunheim")
    application = draft(mainz, other, mainz)
    assert [place.city for place in application.places.all()] == [mainz, other]


def test_cities_of_two_countries_do_not(mainz):
    foshan = CityFactory(name_de="Foshan", country="CN")
    with pytest.raises(TwoCountries):
        draft(mainz, foshan)


def test_who_is_not_confirmed_names_no_other_cities(mainz):
    other = CityFactory(name_de="Raunheim")
    officer = OfficerFactory(city=mainz, state=OfficerState.REGISTERED)
    with pytest.raises(NotYetConfirmed) as refused:
        draft(mainz, other, by=officer.user)
    assert sentence(refused) == "Other cities can be added once the secretariat has confirmed who you are."
    OfficerFactory(city=other, user=officer.user, state=OfficerState.REGISTERED)
    assert draft(mainz, other, by=officer.user).places.count() == 2


def test_full_member_does_not_apply(mainz):
    MembershipFactory(cities=[mainz])
    with pytest.raises(AlreadyMember) as refused:
        draft(mainz)
    assert sentence(refused) == "Mainz is already a full member of the alliance."


def test_city_that_is_to_become_a_member_does_not_apply(mainz):
    MembershipFactory(cities=[mainz], cities__begin=date(2017, 4, 24))
    with pytest.raises(AlreadyMember):
        draft(mainz)


def test_observer_may_apply(mainz):
    MembershipFactory(cities=[mainz], kind="observer")
    assert draft(mainz).state == "draft"


def test_former_member_may_apply_from_the_day_its_membership_ends(mainz):
    place = MembershipFactory(cities=[mainz]).places.get()
    place.period = type(place.period)(date(2016, 4, 25), date(2016, 12, 2), "[)")
    place.save()
    with pytest.raises(AlreadyMember):
        draft(mainz, at=APPLIED - timedelta(days=1))
    assert draft(mainz).state == "draft"


def test_city_has_one_open_application(mainz):
    draft(mainz)
    with pytest.raises(HasOpenApplication) as refused:
        draft(mainz)
    assert sentence(refused) == (
        "Mainz already has an application that still stands. Please continue or retract that one."
    )
    assert NumberSeries.objects.get(series="application").last == 1


def test_retracted_application_makes_room_for_another(mainz):
    first = draft(mainz)
    applications.retract(first, by=first.begun_by, at=APPLIED)
    assert draft(mainz).reference == "A 2016/002"


# The wait after a declined application


def decline(application, *, wait_days, decided_at):
    """An application declined by the management, after a circular under a rule with this wait."""
    MembershipFactory()
    secretary = SecretaryFactory()
    rule = ConsentRule.objects.create(
        key="waits", name_zh="等待", name_de="Wartet", name_en="Waits", threshold="no_objection",
        silence="consent", period_days=28, wait_days=wait_days, made_at=APPLIED,
    )  # fmt: skip
    circular = applications.pass_on(application, by=secretary, at=LATER)
    circulars.save_draft(circular, rule=rule, by=secretary, at=LATER)
    circular = circulars.issue(circular, by=secretary, at=LATER)
    circulars.close(circular, at=circular.deadline + timedelta(minutes=1))
    decisions.decline(application, reason="No consent", by=ManagerFactory(), at=decided_at)


def test_declined_city_waits_as_the_declining_circulars_rule_says(mainz):
    decided_at = datetime(2017, 3, 1, 20, 0, tzinfo=UTC)  # the 2nd of March in Foshan
    decline(submitted(mainz), wait_days=30, decided_at=decided_at)
    last_hour = datetime(2017, 3, 31, 15, 59, tzinfo=UTC)
    with pytest.raises(MustWait) as refused:
        draft(mainz, at=last_hour)
    assert sentence(refused) == (
        "The last application of Mainz was declined; a new one is possible from 1 April 2017."
    )
    assert draft(mainz, at=last_hour + timedelta(minutes=1)).state == "draft"


def test_without_a_wait_a_declined_city_applies_again_at_once(mainz):
    decided_at = datetime(2017, 3, 1, 20, 0, tzinfo=UTC)
    decline(submitted(mainz), wait_days=0, decided_at=decided_at)
    assert draft(mainz, at=decided_at).reference == "A 2017/001"


def test_city_that_was_never_declined_need_not_wait(mainz):
    assert may_apply_from(mainz) is None


# Filling in


def test_missing_names_everything_in_the_order_of_the_steps(mainz):
    assert applications.missing(draft(mainz)) == [
        Missing("economic", "The population of Mainz, with year and source."),
        Missing("economic", "At least one economic figure of Mainz, such as its gross domestic product."),
        Missing("industrial", "At least one industry that characterises the city."),
        Missing("industrial", "A text on the industrial characteristics, in at least one language."),
        Missing(
            "cooperations",
            "The present cooperations: at least one in the list, or a text that says there are none.",
        ),
        Missing("wishes", "A text on the cooperation wishes, in at least one language."),
        Missing("contact", "The name of the contact."),
        Missing("contact", "The e-mail address of the contact."),
        Missing("contact", "The name of who signs the application."),
        Missing("contact", "The body that resolved to apply."),
        Missing("contact", "The number of the resolution."),
        Missing("contact", "The date of the resolution."),
        Missing("attachments", "The resolution as a signed file."),
    ]  # fmt: skip


def test_nothing_is_missing_from_a_complete_application(mainz):
    assert applications.missing(complete(mainz)) == []


def test_each_city_needs_its_figures(mainz):
    other = CityFactory(name_de="Raunheim")
    application = fill(draft(mainz, other))
    area = population(other, indicator="area", concept="", value="12.6")
    figures = [population(mainz), gdp(mainz), area]
    applications.save_section(application, "economic", texts={}, figures=figures, by=application.begun_by)
    assert applications.missing(application) == [
        Missing("economic", "The population of Raunheim, with year and source."),
        Missing("economic", "At least one economic figure of Raunheim, such as its gross domestic product."),
    ]


@pytest.mark.parametrize("language", ["zh", "de", "en"])
def test_one_language_is_enough(mainz, language):
    application = draft(mainz)
    applications.save_section(application, "wishes", texts={language: " 交流 "}, by=application.begun_by)
    application.refresh_from_db()
    assert getattr(application, f"wishes_{language}") == "交流"
    assert "wishes" not in {gap.step for gap in applications.missing(application)}


def test_blank_text_is_no_text(mainz):
    application = draft(mainz)
    applications.save_section(application, "wishes", texts={"de": " \r\n "}, by=application.begun_by)
    application.refresh_from_db()
    assert "wishes" in {gap.step for gap in applications.missing(application)}


def test_rows_given_stand_instead_of_those_there_were_and_only_what_differs_is_written(mainz):
    application = draft(mainz)
    by = application.begun_by
    save = applications.save_section
    save(application, "economic", texts={}, figures=[population(mainz), gdp(mainz)], by=by)
    before = {figure.indicator: figure.pk for figure in application.figures.all()}
    figures = [population(mainz), gdp(mainz, value="12000"), gdp(mainz, year=2016)]
    save(application, "economic", texts={}, figures=figures, by=by)
    after = application.figures.order_by("pk").values_list("pk", "indicator", "year", "value", "unit")
    assert [row[1:] for row in after] == [
        ("population", 2015, 209779, "persons"),
        ("gdp", 2015, 12000, "million"),
        ("gdp", 2016, 11500.5, "million"),
    ]
    assert [row[0] for row in after][:2] == [before["population"], before["gdp"]]
    events = application.figures.model.pgh_event_model.objects
    assert events.filter(indicator="population").count() == 1
    save(application, "economic", texts={}, figures=[], by=by)
    assert not application.figures.exists()


def test_rows_that_are_not_given_stay(mainz):
    application = complete(mainz)
    applications.save_section(application, "economic", texts={"en": "Mainz"}, by=application.begun_by)
    assert application.figures.count() == 2


def test_city_that_is_left_out_takes_its_statements_with_it(mainz):
    other = CityFactory(name_de="Raunheim")
    application = fill(draft(mainz, other))
    applications.save_section(
        application, "cooperations", texts={}, cooperations=[twinning(other)], by=application.begun_by
    )
    applications.save_cities(application, [mainz], by=application.begun_by, at=LATER)
    assert {figure.city for figure in application.figures.all()} == {mainz}
    assert not application.cooperations.exists()
    assert [place.city for place in application.places.all()] == [mainz]
    assert draft(other).state == "draft"


def test_cities_are_changed_under_the_same_rules_as_begun(mainz):
    application, other = draft(mainz), CityFactory(name_de="Raunheim")
    by = application.begun_by
    applications.save_cities(application, [mainz, other], by=by, at=LATER)
    assert [place.city for place in application.places.all()] == [mainz, other]
    with pytest.raises(NoCity):
        applications.save_cities(application, [], by=by)
    with pytest.raises(NotTheCitysVoice):
        applications.save_cities(application, [other], by=by)
    member = MembershipFactory().cities.get()
    with pytest.raises(AlreadyMember):
        applications.save_cities(application, [mainz, member], by=by)
    taken = CityFactory(name_de="Fulda")
    draft(taken)
    with pytest.raises(HasOpenApplication):
        applications.save_cities(application, [mainz, taken], by=by)
    assert application.places.count() == 2


@pytest.mark.parametrize("state", ["submitted", "in_consultation", "postponed", "accepted", "retracted"])
def test_what_was_submitted_stands(mainz, state):
    application = submitted(mainz)
    moments = {"decided_at": LATER, "retracted_at": None, "retracted_by": None}
    if state == "retracted":
        moments |= {"retracted_at": LATER, "retracted_by": application.begun_by}
    Application.objects.filter(pk=application.pk).update(state=state, **moments)
    by = application.begun_by
    changes = [
        lambda: applications.save_section(application, "wishes", texts={"de": "anders"}, by=by),
        lambda: applications.save_contact(application, CONTACT, by=by),
        lambda: applications.save_cities(application, [mainz], by=by),
        lambda: applications.attach(application, upload(PNG_BYTES), kind="other", language="de", by=by),
        lambda: applications.remove_attachment(application.attachments.get(), by=by),
    ]
    for change in changes:
        with pytest.raises(NotEditable):
            change()
    application.refresh_from_db()
    assert application.wishes_de == "Austausch"


def test_editor_fills_in_and_strangers_do_not(mainz):
    application = draft(mainz)
    editor = OfficerFactory(city=mainz, level="editor").user
    applications.save_section(application, "wishes", texts={"de": "Austausch"}, by=editor, at=LATER)
    application.refresh_from_db()
    assert (application.wishes_de, application.edited_at) == ("Austausch", LATER)
    impostor = OfficerFactory(city=mainz, level="deputy", state="registered").user
    strangers = [OfficerFactory().user, SecretaryFactory(), ManagerFactory(), UserFactory(), impostor]
    for stranger in strangers:
        with pytest.raises(NotTheApplicant):
            applications.save_section(application, "wishes", texts={"de": "x"}, by=stranger)


# Attachments


def test_attach_and_remove(mainz):
    application = draft(mainz)
    by = application.begun_by
    file = applications.attach(
        application, upload(name="Beschluss.pdf"), kind="resolution", language="de",
        date=date(2016, 11, 28), reference="1720/2016", by=by, at=LATER,
    )  # fmt: skip
    assert (file.filename, file.media_type, file.uploaded_by) == ("Beschluss.pdf", "application/pdf", by)
    assert file.file.name.startswith("attachment/")
    assert "Beschluss" not in file.file.name
    applications.remove_attachment(file, by=by, at=LATER)
    applications.remove_attachment(file, by=by, at=LATER + timedelta(days=1))
    file.refresh_from_db()
    assert file.removed_at == LATER


def test_same_file_is_attached_once(mainz):
    application = complete(mainz)
    by = application.begun_by
    with pytest.raises(SameFileTwice) as refused:
        applications.attach(application, upload(name="Kopie.pdf"), kind="other", language="de", by=by)
    assert sentence(refused) == "This file is attached already, as “Beschluss.pdf”."


def test_wrong_file_leaves_nothing_behind(mainz, settings):
    from pathlib import Path

    from alliance.pages.files import FileTypeUnknown

    application = draft(mainz)
    with pytest.raises(FileTypeUnknown):
        applications.attach(
            application, upload(EXE_BYTES), kind="resolution", language="de", by=application.begun_by
        )
    assert not application.attachments.exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


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
    once, again = ({"wishes": "More"}, {"wishes": "Even more"})
    applications.send_back(application, comments=once, by=secretary, at=LATER)
    applications.send_back(application, comments=again, by=secretary, at=LATER)
    assert [comment.text for comment in application.versions.get().comments.all()] == ["More"]
    applications.submit(application, by=application.begun_by, at=LATER)
    first = applications.pass_on(application, by=secretary, at=LATER)
    letters = Letter.objects.count()
    assert applications.pass_on(application, by=secretary, at=LATER) == first
    assert Letter.objects.count() == letters


# Return and resubmit


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
