"""The steps of an application as forms: saved one by one, wrong input answered beside its field."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages

from cities.models import Industry
from membership.actions import applications
from tests.factories.applications import (
    APPLIED,
    CONTACT,
    complete,
    draft,
    gdp,
    lead_of,
    population,
    submitted,
    twinning,
)
from tests.factories.cities import CityFactory
from tests.factories.files import EXE_BYTES, PDF_BYTES, docx, upload
from tests.factories.people import OfficerFactory

pytestmark = pytest.mark.django_db
LATER = APPLIED + timedelta(days=3)
STEPS = [
    "cities", "economic", "industrial", "cooperations", "wishes", "contact", "attachments", "summary",
]  # fmt: skip


@pytest.fixture(autouse=True)
def three_days_later():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def application(client):
    application = draft(CityFactory(name_de="Mainz", name_zh="美因茨"))
    client.force_login(application.begun_by)
    return application


def url(application, step):
    return f"/applications/{application.pk}/{step}/"


def rows(prefix, *given, kept=0):
    """What a browser sends for a set of rows."""
    data = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": kept}
    for place, row in enumerate(given):
        data |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return data


FIGURE = {
    "indicator": "population", "year": "2015", "value": "209,779", "currency": "", "concept": "resident",
    "territory": "", "status": "p", "source": "Landesamt",
}  # fmt: skip
MONEY = {**FIGURE, "indicator": "gdp", "value": "11500.5", "currency": "EUR", "concept": "", "status": ""}
EMPTY = dict.fromkeys(FIGURE, "")
COOPERATION = {
    "partner": "Dijon", "partner_country": "France", "kind": "twinning", "since": "1958", "description": "",
}  # fmt: skip


def errors_of(response, row=0, city=0):
    return response.context["rows"][city]["formset"].forms[row].errors


# Every step


@pytest.mark.parametrize("step", STEPS)
def test_every_step_of_an_empty_and_of_a_full_draft_is_shown(client, application, step):
    assert client.get(url(application, step)).status_code == 200
    full = complete(CityFactory(name_de="Raunheim"), CityFactory(name_de="Kelsterbach"))
    client.force_login(full.begun_by)
    response = client.get(url(full, step))
    assert response.status_code == 200
    assert {one["state"] for one in response.context["steps"]} == {"done"}


def test_steps_tell_what_is_complete_begun_and_not_begun(client, application):
    by = application.begun_by
    applications.save_section(application, "wishes", texts={"de": "Austausch"}, by=by, at=LATER)
    applications.save_contact(application, {"contact_name": "Erika Muster"}, by=by, at=LATER)
    steps = client.get(url(application, "economic")).context["steps"]
    assert [(step["state"], bool(step["current"])) for step in steps] == [
        ("done", False),
        ("todo", True),
        ("todo", False),
        ("todo", False),
        ("done", False),
        ("missing", False),
        ("todo", False),
        ("todo", False),
    ]


def test_unknown_step_is_not_found(client, application):
    assert client.get(url(application, "secrets")).status_code == 404


def test_submitted_application_is_read_on_its_page(client):
    application = submitted(CityFactory(name_de="Mainz"))
    client.force_login(application.begun_by)
    for answer in (client.get(url(application, "wishes")), client.post(url(application, "wishes"), {"x": 1})):
        assert (answer.status_code, answer["Location"]) == (302, f"/applications/{application.pk}/")
    application.refresh_from_db()
    assert application.wishes_de == "Austausch"


def test_saving_goes_on_or_leaves(client, application):
    texts = {"wishes_de": "Austausch"}
    go_on = client.post(url(application, "wishes"), texts)
    assert go_on["Location"] == url(application, "contact")
    leave = client.post(url(application, "wishes"), {**texts, "leave": "1"})
    assert leave["Location"] == f"/applications/{application.pk}/"
    assert [str(message) for message in get_messages(leave.wsgi_request)] == [
        "Saved. You can go on at any time."
    ]


def test_editor_fills_in_too(client, application):
    [city] = application.cities.all()
    client.force_login(OfficerFactory(city=city, level="editor").user)
    client.post(url(application, "wishes"), {"wishes_zh": "交流"})
    application.refresh_from_db()
    assert application.wishes_zh == "交流"
    assert client.get(url(application, "summary")).context["submits"] is False


# Cities


def test_cities_are_changed(client, application):
    other = CityFactory(name_de="Raunheim")
    [mainz] = application.cities.all()
    form = client.get(url(application, "cities")).context["form"]
    assert list(form.fields["others"].queryset) == [other]
    client.post(url(application, "cities"), {"cities": [mainz.pk], "others": [other.pk]})
    assert set(application.cities.all()) == {mainz, other}
    shown = client.get(url(application, "cities"))
    assert str(shown.content).count("checked") == 2


def test_refused_cities_are_said_on_the_form(client, application):
    [mainz] = application.cities.all()
    other = CityFactory(name_de="Raunheim")
    draft(other)
    response = client.post(url(application, "cities"), {"cities": [mainz.pk], "others": [other.pk]})
    assert response.context["form"].non_field_errors() == [
        "Raunheim already has an application that still stands. Please continue or retract that one."
    ]
    assert list(application.cities.all()) == [mainz]


# Figures


def test_figures_are_kept_and_empty_rows_are_none(client, application):
    response = client.post(url(application, "economic"), rows("figures-mainz", FIGURE, EMPTY, MONEY))
    assert response["Location"] == url(application, "industrial")
    kept = application.figures.values_list(
        "indicator", "year", "value", "unit", "currency", "concept", "status"
    )
    assert set(kept) == {
        ("population", 2015, 209779, "persons", "", "resident", "p"),
        ("gdp", 2015, 11500.5, "million", "EUR", "", ""),
    }


def test_figures_of_several_cities_are_kept_apart(client):
    mainz, other = CityFactory(name_de="Mainz"), CityFactory(name_de="Raunheim")
    application = draft(mainz, other)
    client.force_login(application.begun_by)
    data = rows("figures-mainz", FIGURE) | rows("figures-raunheim", {**FIGURE, "value": "16000"})
    client.post(url(application, "economic"), data)
    assert set(application.figures.values_list("city", "value")) == {(mainz.pk, 209779), (other.pk, 16000)}


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"value": "about 200"}, "value", "Enter a number."),
        ({"value": "-1"}, "value", "Ensure this value is greater than or equal to 0."),
        ({"value": ""}, "value", "This field is required."),
        ({"year": "2017"}, "year", "The year 2017 has not come yet."),
        ({"year": "16"}, "year", "Ensure this value is greater than or equal to 1950."),
        ({"source": ""}, "source", "This field is required."),
        ({"concept": ""}, "concept", "Please say which population is meant."),
        ({"indicator": "gdp"}, "currency", "Please say in which currency."),
        ({"indicator": "happiness"}, "indicator", None),
    ],
)
def test_wrong_figure_is_said_beside_its_field_and_kept_as_typed(
    client, application, changed, field, sentence
):
    response = client.post(url(application, "economic"), rows("figures-mainz", {**FIGURE, **changed}))
    assert response.status_code == 200
    [error] = errors_of(response)[field]
    assert sentence is None or error == sentence
    [form] = response.context["rows"][0]["formset"].forms
    assert form["source"].value() == {**FIGURE, **changed}["source"]
    assert response.context["wrong"] == [form]
    assert not application.figures.exists()


def test_same_figure_twice_is_refused(client, application):
    response = client.post(url(application, "economic"), rows("figures-mainz", FIGURE, FIGURE))
    assert list(errors_of(response, row=1)) == ["__all__"]
    assert not application.figures.exists()


def test_wrong_text_and_right_figures_save_neither(client, application):
    data = {**rows("figures-mainz", FIGURE), "economic_de": "x" * 20_001}
    response = client.post(url(application, "economic"), data)
    assert list(response.context["texts_form"].errors) == ["economic_de"]
    assert not application.figures.exists()


def test_more_rows_keep_what_was_typed_and_save_nothing(client, application):
    half = {**EMPTY, "indicator": "gdp"}
    data = {**rows("figures-mainz", FIGURE, half), "economic_de": "Mainz", "figures-mainz-more": "1"}
    response = client.post(url(application, "economic"), data)
    formset = response.context["rows"][0]["formset"]
    assert len(formset.forms) == 5
    assert (formset.forms[0]["value"].value(), formset.forms[1]["indicator"].value()) == ("209,779", "gdp")
    assert response.context["texts_form"]["economic_de"].value() == "Mainz"
    assert response.context["wrong"] == []
    assert b"field-error" not in response.content
    assert not application.figures.exists()


def test_kept_rows_stand_closed_in_one_line_and_can_be_taken_out(client, application):
    [mainz] = application.cities.all()
    figures = [population(mainz), gdp(mainz)]
    applications.save_section(application, "economic", texts={}, figures=figures, by=application.begun_by)
    formset = client.get(url(application, "economic")).context["rows"][0]["formset"]
    assert [form.words for form in formset.forms] == [
        "Gross domestic product 2015: 11,500.5 million euro",
        "Population 2015, Resident population: 209,779 persons",
        "",
        "",
        "",
    ]
    data = rows("figures-mainz", {**MONEY, "DELETE": "on"}, FIGURE, kept=2)
    client.post(url(application, "economic"), data)
    assert [figure.indicator for figure in application.figures.all()] == ["population"]


# Industries, cooperations, contact


def test_industries_are_chosen_by_code(client, application):
    client.post(url(application, "industrial"), {"industrial_en": "Glass", "industries": ["23", "72"]})
    assert {row.code for row in application.industries.all()} == {"23", "72"}
    shown = client.get(url(application, "industrial")).content.decode()
    assert 'value="23" id="' in shown
    assert shown.count(" checked") == 2
    client.post(url(application, "industrial"), {"industrial_en": "Glass"})
    assert not application.industries.exists()


def test_forged_industry_is_refused(client, application):
    response = client.post(url(application, "industrial"), {"industries": ["999"]})
    assert list(response.context["industries_form"].errors) == ["industries"]
    assert not application.industries.filter(pk__in=Industry.objects.all()).exists()


def test_cooperations_are_kept(client, application):
    client.post(url(application, "cooperations"), rows("cooperations-mainz", COOPERATION))
    [mainz] = application.cities.all()
    [kept] = application.cooperations.all()
    assert {**kept.as_content(), "city": kept.city} == {**twinning(mainz), "city": mainz}
    formset = client.get(url(application, "cooperations")).context["rows"][0]["formset"]
    assert formset.forms[0].words == "Dijon: Town twinning · since 1958"


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"partner": ""}, "partner"), ({"kind": "war"}, "kind"), ({"since": "2020"}, "since")],
)
def test_wrong_cooperation_is_said_beside_its_field(client, application, changed, field):
    data = rows("cooperations-mainz", {**COOPERATION, **changed})
    assert list(errors_of(client.post(url(application, "cooperations"), data))) == [field]
    assert not application.cooperations.exists()


def test_contact_is_kept_half_filled_in(client, application):
    response = client.post(url(application, "contact"), {"contact_name": "Erika Muster"})
    assert response["Location"] == url(application, "attachments")
    application.refresh_from_db()
    assert (application.contact_name, application.resolution_date) == ("Erika Muster", None)
    client.post(url(application, "contact"), CONTACT)
    application.refresh_from_db()
    assert {name: getattr(application, name) for name in CONTACT} == CONTACT


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"contact_email": "erika"}, "contact_email", "Enter a valid email address."),
        ({"resolution_date": "28.11."}, "resolution_date", "Enter a valid date."),
        (
            {"resolution_date": "2016-12-06"},
            "resolution_date",
            "This day is still to come. Please give the day of the resolution.",
        ),
    ],
)
def test_wrong_contact_is_said_beside_its_field(client, application, changed, field, sentence):
    response = client.post(url(application, "contact"), {**CONTACT, **changed})
    assert response.context["form"].errors == {field: [sentence]}
    assert response.context["form"]["contact_name"].value() == "Erika Muster"
    application.refresh_from_db()
    assert application.contact_name == ""


# Attachments and summary


def send(client, application, sent, **changed):
    data = {"kind": "resolution", "language": "de", "date": "2016-11-28", "reference": "1720/2016"}
    return client.post(url(application, "attachments"), {**data, "file": sent, **changed})


def test_file_is_attached_and_removed(client, application):
    response = send(client, application, upload(PDF_BYTES, "Beschluss.pdf"))
    assert response["Location"] == url(application, "attachments")
    file = application.attachments.get()
    assert (file.filename, file.date, file.reference) == ("Beschluss.pdf", date(2016, 11, 28), "1720/2016")
    assert file.sha256 in client.get(url(application, "attachments")).content.decode()
    for _click in range(2):
        removed = client.post(f"/applications/{application.pk}/attachments/{file.pk}/remove/")
        assert removed["Location"] == url(application, "attachments")
    file.refresh_from_db()
    assert file.removed_at == LATER
    assert file.sha256 not in client.get(url(application, "attachments")).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (EXE_BYTES, "Beschluss.pdf", "“Beschluss.pdf” is not a PDF, PNG, JPEG, DOCX or XLSX file"),
        (PDF_BYTES + b"\x00" * 21 * 1024 * 1024, "Beschluss.pdf", "“Beschluss.pdf” is too large"),
        (docx({"word/vbaProject.bin": b"x"}), "Antrag.docx", "“Antrag.docx” contains macros"),
        (b"", "leer.pdf", "“leer.pdf” is empty."),
    ],
    ids=["renamed", "21 MB", "macros", "empty"],
)
def test_wrong_file_is_refused_in_words(client, application, content, name, sentence):
    response = send(client, application, upload(content, name))
    [error] = response.context["form"].errors["file"]
    assert error.startswith(sentence)
    assert response.context["form"]["reference"].value() == "1720/2016"
    assert not application.attachments.exists()


def test_same_file_again_is_refused_on_the_form(client, application):
    send(client, application, upload())
    response = send(client, application, upload(name="Kopie.pdf"))
    assert response.context["form"].non_field_errors() == [
        "This file is attached already, as “Beschluss.pdf”."
    ]


@pytest.mark.parametrize("field", ["file", "kind", "language"])
def test_what_a_file_is_must_be_said(client, application, field):
    response = send(client, application, upload(), **{field: ""})
    assert list(response.context["form"].errors) == [field]
    assert not application.attachments.exists()


def test_summary_lists_what_is_missing_with_a_link_to_each_step(client, application):
    response = client.get(url(application, "summary"))
    missing = {row["url"]: row["gaps"] for row in response.context["overview"] if row["gaps"]}
    assert set(missing) == {url(application, step) for step in STEPS[1:-1]}
    assert [gap for gaps in missing.values() for gap in gaps] == [
        gap.sentence for gap in applications.missing(application)
    ]
    assert b"submit/" not in response.content
    assert b"13 things are missing" in response.content


def test_summary_of_a_complete_application_has_the_button(client):
    application = complete(CityFactory(name_de="Mainz"))
    client.force_login(application.begun_by)
    assert (
        f"/applications/{application.pk}/submit/".encode() in client.get(url(application, "summary")).content
    )
    assert lead_of(application.cities.get()) == application.begun_by
