"""Administrators correct data, each time with a reason; states and what was sealed stay as they are."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.db import connection
from django_fsm import FSMField

from alliance.accounts.models import Invitation, User
from alliance.letters.models import Delivery, Letter
from alliance.pages.admin.corrections import REASON
from cities.actions.profiles import save_profile
from cities.models import City, KeyFigure, Officer
from membership.models import Application, Circular, MembershipCity
from tests.admin.rows import our_models, tell_story, url
from tests.factories import circulars as cast
from tests.factories.applications import gdp, submitted
from tests.factories.cities import THEN, CityFactory
from tests.factories.letters import letter_to
from tests.factories.membership import MembershipFactory
from tests.factories.people import OfficerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db

REASON_GIVEN = "The name was misspelt in the resolution."


def form_data(client, row, **changes):
    """What the browser would send: every field of the form as it stands, and the changes."""
    response = client.get(url(type(row), "change", row.pk))
    form = response.context["adminform"].form
    data = {}
    for name in form.fields:
        value = form[name].value()
        widget = form.fields[name].widget
        if hasattr(widget, "widgets"):
            parts = widget.decompress(value) if not isinstance(value, list) else value
            data |= {f"{name}_{n}": "" if part is None else part for n, part in enumerate(parts)}
        elif value is not None and value is not False:
            data[name] = value
    return {**data, REASON: REASON_GIVEN, **changes}


def correct(client, row, **changes):
    return client.post(url(type(row), "change", row.pk), form_data(client, row, **changes))


def errors(response):
    return response.context["adminform"].form.errors


def test_a_correction_is_saved_and_its_trail_says_what_why_and_who(administrator):
    city = CityFactory(name_de="Mainz", name_en="Mayence")

    response = correct(administrator, city, name_en="Mainz")

    assert response.status_code == 302
    city.refresh_from_db()
    assert city.name_en == "Mainz"
    event = city.events.get(pgh_label="update")
    metadata = event.pgh_context.metadata
    assert event.name_en == "Mainz"
    assert metadata["reason"] == REASON_GIVEN
    assert metadata["user"] == administrator.person.pk
    assert metadata["url"] == url(City, "change", city.pk)
    assert metadata["request"] == response.headers["X-Request-ID"]


def test_the_admins_own_log_says_the_reason_and_the_fields(administrator):
    city = CityFactory(name_de="Mainz", name_en="Mayence")

    correct(administrator, city, name_en="Mainz")

    assert LogEntry.objects.get().get_change_message() == f"Correction of Name in English: {REASON_GIVEN}"


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_correction_without_a_reason_is_refused_and_what_was_typed_is_kept(administrator, reason):
    city = CityFactory(name_de="Mainz", name_en="Mayence")

    response = correct(administrator, city, name_en="Mainz", **{REASON: reason})

    assert response.status_code == 200
    assert errors(response) == {REASON: ["This field is required."]}
    assert 'value="Mainz"' in response.content.decode()
    city.refresh_from_db()
    assert city.name_en == "Mayence"
    assert not city.events.filter(pgh_label="update").exists()


@pytest.mark.parametrize(("role", "status"), [("secretariat", 403), ("management", 403), ("officer", 302)])
def test_nobody_but_administrators_corrects(role, status, administrator, request):
    city = CityFactory(name_de="Mainz", name_en="Mayence")
    data = form_data(administrator, city, name_en="Mainz")

    response = request.getfixturevalue(role).post(url(City, "change", city.pk), data)

    assert response.status_code == status
    city.refresh_from_db()
    assert city.name_en == "Mayence"


def test_others_see_no_field_for_a_reason(secretariat):
    city = CityFactory(name_de="Mainz")

    assert REASON not in secretariat.get(url(City, "change", city.pk)).content.decode()


def test_a_posted_state_changes_nothing(administrator):
    officer = OfficerFactory(state="registered", level="editor")

    response = correct(
        administrator, officer, function="Clerk", state="confirmed", level="lead", confirmed_at_0="2016-05-01"
    )

    assert response.status_code == 302
    officer = Officer.objects.get(pk=officer.pk)
    assert (officer.state, officer.level, officer.confirmed_at) == ("registered", "editor", None)
    assert officer.function == "Clerk"


def test_a_posted_state_of_an_application_changes_nothing(administrator):
    application = submitted()

    correct(administrator, application, contact_name="Eva Muster", state="accepted", reference="A 2016/999")

    after = Application.objects.get(pk=application.pk)
    assert (after.state, after.reference, after.contact_name) == (
        "submitted",
        application.reference,
        "Eva Muster",
    )


def test_what_an_issued_circular_says_is_refused_in_words(administrator):
    circular = cast.issued("Foshan", "Aachen")

    response = correct(administrator, circular, subject_en="Another question")

    assert response.status_code == 200
    assert errors(response)["__all__"] == [
        "An issued circular is sealed: text, rule and deadline stay as they went out. "
        "A mistaken one is cancelled, and a new one issued."
    ]
    assert 'value="Another question"' in response.content.decode()
    assert [str(message) for message in get_messages(response.wsgi_request)] == []
    assert Circular.objects.get().subject_en == circular.subject_en
    assert not LogEntry.objects.exists()


def test_a_rule_without_a_sentence_is_named(administrator, monkeypatch):
    circular = cast.issued("Foshan", "Aachen")
    monkeypatch.setattr(admin.site._registry[Circular], "refusals", {})

    response = correct(administrator, circular, subject_en="Another question")

    assert errors(response)["__all__"] == [
        "The database keeps the rule “sealed_once_issued” and refuses this. Nothing was changed."
    ]


def test_a_period_that_overlaps_is_refused(administrator):
    city = CityFactory(name_de="Mainz")
    place = MembershipFactory(cities=[city]).places.get()
    place.period = ("2016-04-25", "2017-01-01")
    place.save()
    MembershipCity.objects.create(
        membership=MembershipFactory(cities=[CityFactory()]),
        city=city,
        kind="full",
        period=("2017-01-01", None),
    )

    response = correct(administrator, place, period_1="2017-02-01")

    assert response.status_code == 200
    assert errors(response) == {"__all__": ["The city has another membership of this kind at that time."]}


def test_rules_that_the_database_checks_at_the_end_speak_in_time(administrator):
    """A trigger that fires at the end of the transaction, put on a table that can be corrected."""
    city = CityFactory(name_de="Mainz", name_en="Mayence")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE FUNCTION no_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'no' USING ERRCODE = 'check_violation', CONSTRAINT = 'city_stays';
            END $$;
            CREATE CONSTRAINT TRIGGER city_stays AFTER UPDATE ON cities_city
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no_change();
            """
        )

    response = correct(administrator, city, name_en="Mainz")

    assert response.status_code == 200
    assert errors(response)["__all__"] == [
        "The database keeps the rule “city_stays” and refuses this. Nothing was changed."
    ]
    assert [str(message) for message in get_messages(response.wsgi_request)] == []
    assert City.objects.get(pk=city.pk).name_en == "Mayence"


def test_what_is_kept_as_it_was_given_has_no_form(administrator):
    tell_story(1)
    kept = {model for model in our_models() if not admin.site._registry[model].correctable}

    statuses = {
        model: administrator.post(url(model, "change", model.objects.first().pk), {REASON: "x"}).status_code
        for model in kept
    }

    assert {model.__name__ for model in kept} == {
        "Acknowledgement", "Addressee", "ApplicationCity", "ApplicationVersion", "CircularAttachment",
        "ColumnMemory", "ConsentRule", "ContactInvitation", "Contestation", "DeadlineExtension", "Decision",
        "DuplicatePair", "Elector", "ElectorateExit", "FreshnessReminder", "Heartbeat", "Import", "ImportRow",
        "Invitation", "Letter", "LetterAttachment", "NoticeTerms",
        "NumberSeries", "ObserverComment", "OfficerInvitation", "ProfileVersion", "Question", "Reminder",
        "ReturnComment", "ReturnedMail", "RevokedLink", "SealedManifest", "SheetLink", "SheetSubmission",
        "Statement", "Told", "TrailMark",
        "TrailRedaction", "TrailSeal",
    }  # fmt: skip
    assert statuses == dict.fromkeys(kept, 403)


def test_a_corrected_address_must_be_confirmed_by_its_owner_again(administrator):
    person = UserFactory(email="old@city.example")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)

    assert correct(administrator, person, email="new@city.example").status_code == 302

    address = EmailAddress.objects.get(user=person)
    assert (User.objects.get(pk=person.pk).email, address.email, address.verified) == (
        "new@city.example",
        "new@city.example",
        False,
    )


def test_a_corrected_figure_makes_a_version_of_the_profile(administrator):
    city = CityFactory(name_de="Mainz")
    figure = {key: value for key, value in gdp(city).items() if key != "city"}
    save_profile(city, texts={"economic": {"de": "Text"}}, figures=[figure], by=SecretaryFactory(), at=THEN)
    row = KeyFigure.objects.get()

    assert correct(administrator, row, value="12000").status_code == 302

    version = city.profile_versions.get(number=2)
    assert version.content["figures"][0]["value"] == "12000.00"
    assert version.made_by == administrator.person


def test_the_address_of_a_mail_is_corrected_until_it_is_handed_over(administrator):
    letter_to("wrong@city.example")
    delivery = Delivery.objects.get()

    assert correct(administrator, delivery, address="right@city.example").status_code == 302
    assert Delivery.objects.get().address == "right@city.example"

    Delivery.objects.update(state="accepted", settled_at=THEN)
    page = url(Delivery, "change", delivery.pk)
    assert administrator.post(page, {"address": "x@city.example", REASON: "x"}).status_code == 403


def test_secrets_stand_on_no_page(administrator):
    person = UserFactory(password="correct horse battery staple")
    letter_to(
        person, compose=lambda: ("Invitation", "Open https://x/invitations/tokentoken"), confidential=True
    )
    invitation = Invitation.objects.create(
        email="a@b.example",
        name="A",
        token_digest="d" * 64,
        invited_at=THEN,
        invited_by=person,
        expires_at=cast.ISSUED,
    )
    secrets = [person.password, "tokentoken", "d" * 64]
    pages = [
        url(type(row), view, row.pk)
        for row in (person, Letter.objects.get(), Delivery.objects.get(), invitation)
        for view in ("change", "trail")
    ]
    shown = [administrator.get(page).content.decode() for page in pages]

    assert [secret for secret in secrets for page in shown if secret in page] == []
    assert "kept secret" in administrator.get(url(Letter, "change", Letter.objects.get().pk)).content.decode()


def is_state_or_moment(field):
    """Also who did something at a moment; a name that was written down may be mistyped."""
    did_it = field.name.endswith("_by") and field.is_relation
    return isinstance(field, FSMField) or did_it or field.name.endswith(("_at", "state"))


def test_no_state_and_no_moment_can_be_corrected_anywhere():
    wrong = [
        (model.__name__, name)
        for model in our_models()
        for name in admin.site._registry[model].correctable
        if is_state_or_moment(model._meta.get_field(name))
    ]

    assert wrong == []
