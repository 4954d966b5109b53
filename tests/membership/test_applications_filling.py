"""An application is filled in step by step; what is missing is named; files are attached."""

from datetime import date, timedelta

import pytest

from membership.actions import applications
from membership.actions.applicants import (
    AlreadyMember,
    HasOpenApplication,
    NoCity,
)
from membership.actions.application_sections import NotEditable
from membership.actions.applications import Missing
from membership.actions.attachments import SameFileTwice
from membership.models import Application
from membership.permissions.applications import NotTheApplicant, NotTheCitysVoice
from tests.factories.applications import (
    APPLIED,
    CONTACT,
    complete,
    draft,
    fill,
    gdp,
    population,
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
