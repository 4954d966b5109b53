"""A row of every model: one whole story, told as often as a test wants."""

from datetime import date, timedelta
from functools import cache

from django.apps import apps
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils import timezone

from alliance.accounts import trails
from alliance.accounts.models import User
from alliance.letters.actions import come_back, redirect
from alliance.letters.models import Heartbeat, Letter
from alliance.letters.states import ReturnKind
from alliance.pages.admin.refused import check_deferred_rules
from cities.actions import invitations
from cities.actions.profiles import save_profile
from cities.models import Institution, InstitutionContact, RegisterNote, RegisterNoteSource
from companies.actions import documents, sheets
from companies.models import (
    CompanySearch,
    DuplicatePair,
    FreshnessReminder,
    SearchChange,
    SearchReading,
    SearchWord,
    SheetSubmission,
)
from membership.actions import (
    applications,
    circulars,
    decisions,
    memberships,
    notice_terms,
    questions,
    statements,
)
from membership.models import Acknowledgement, NumberSeries, ObserverComment, RevokedLink
from membership.states import Ending
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.applications import complete, gdp, returned, twinning
from tests.factories.cities import THEN, CityFactory
from tests.factories.companies import CompanyFactory, ContactFactory, member_city, picture
from tests.factories.imports import checked
from tests.factories.letters import letter_to
from tests.factories.membership import MembershipFactory
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

MACHINERY = {CompanySearch, SearchChange, SearchReading, SearchWord}
OURS = ("accounts", "letters", "cities", "membership", "companies")


@cache
def our_models():
    """Every model of ours that is no table of events, and none of what the search keeps for itself."""
    models = [model for app in OURS for model in apps.get_app_config(app).get_models()]
    return [model for model in models if not (hasattr(model, "pgh_tracked_model") or model in MACHINERY)]


def url(model, view, *args):
    """The address of an admin page of a model."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def tell_story(number):
    """One set of rows: at least one of every model."""
    secretary = SecretaryFactory()
    register(number, secretary)
    people(number, secretary)
    consult(number, secretary)
    leave(number, secretary)
    Heartbeat.objects.create(worker=f"worker {number}", beat_at=THEN)
    NumberSeries.objects.create(series="test", year=2016 + number)
    mail(number, secretary)
    keep_companies(number, secretary)
    seal(number, secretary)


def keep_companies(number, secretary):
    """Two entries alike, a contact, a file, the firm's own sheet, a reminder, and a spreadsheet."""
    city = member_city("Aachen")
    company, other = (CompanyFactory(city=city, registered_name=f"Firma {number} GmbH") for _ in range(2))
    ContactFactory(company=company)
    documents.set_logo(company, picture(), by=secretary, at=THEN)
    DuplicatePair.objects.create(first=company, second=other, reasons=["name"], found_at=THEN)
    email = f"firm{number}@firm.example"
    link = sheets.send_link(company, email=email, language="en", by=secretary, at=timezone.now())
    SheetSubmission.objects.create(link=link, values={"employees": number}, submitted_at=THEN)
    FreshnessReminder.objects.create(
        city=city,
        days_before=30,
        period=DateRange(date(2018, number, 1), date(2018, number, 2)),
        entries=1,
        letter=Letter.objects.latest("pk"),
        sent_at=THEN,
    )
    checked(["Registered name"], [f"Neu {number} GmbH"], by=secretary)


def leave(number, secretary):
    """A city that leaves; one city opened the notice and said it took note, an observer has a word."""
    name = f"Gone {number}"
    cast.officer(name)
    MembershipFactory(cities=[cast.city(name)])
    at = leaving.OUT + number * cast.DAY
    withdrawal = leaving.communicated(name, at=at, secretary=secretary)
    leaving.open_copy(withdrawal.circular, "Foshan", at=at)
    lead, said = cast.lead("Foshan"), {"circular": withdrawal.circular, "city": cast.city("Foshan")}
    Acknowledgement.objects.create(**said, made_at=at, made_by=lead)
    ObserverComment.objects.create(**said, text="Welcome", made_at=at, made_by=lead)
    RevokedLink.objects.create(circular=withdrawal.circular, user=lead, revoked_at=at, revoked_by=secretary)
    notice_terms.set_terms(waiting_hours=24 + number, notice_days=number, by=secretary, at=at)
    check_deferred_rules()  # before the next story adds members that were not told


def mail(number, secretary):
    """A copy that came back, another sent in its place."""
    copy = letter_to(f"back{number}@city.example").deliveries.get()
    copy.claim(until=THEN)
    copy.accept(answer="250 OK", at=THEN)
    copy.save()
    come_back(copy, kind=ReturnKind.PERMANENT, status="5.1.1", words="No such user", digest="0", at=THEN)
    redirect(copy, address=f"there{number}@city.example", note="By telephone", by=secretary, at=THEN)


def seal(number, secretary):
    trails.redact(
        User, secretary.pk, columns=["name"], reason="Asked for", by=AdministratorFactory(), at=THEN
    )
    trails.seal_days(at=timezone.now() + timedelta(days=number, hours=2))


def register(number, secretary):
    city = CityFactory(name_de=f"Register {number}")
    figure = {key: value for key, value in gdp(city).items() if key != "city"}
    cooperation = {key: value for key, value in twinning(city).items() if key != "city"}
    save_profile(
        city,
        texts={"economic": {"de": "Text"}},
        industries=["20"],
        figures=[figure],
        cooperations=[cooperation],
        by=secretary,
        at=THEN,
    )
    note = RegisterNote.objects.create(
        key=f"note-{number}", city=city, text_zh="注", text_de="N", text_en="N"
    )
    RegisterNoteSource.objects.create(
        note=note, title="Paper", says_zh="七", says_de="sieben", says_en="seven"
    )


def people(number, secretary):
    institution = Institution.objects.create(
        kind="chamber",
        name_en=f"Chamber {number}",
        seat=CityFactory(name_de="Register 1"),
        registered_at=THEN,
    )
    InstitutionContact.objects.create(
        institution=institution, user=UserFactory(), function="Referent", since=THEN
    )
    person = {"name": "Invited", "function": "Officer", "language": "en", "by": secretary, "at": THEN}
    invitations.invite_contact(institution, email=f"contact{number}@chamber.example", **person)
    invitations.invite_officer(
        CityFactory(name_de="Register 1"), email=f"officer{number}@city.example", level="editor", **person
    )
    invitations.invite_staff(
        email=f"staff{number}@alliance.example", name="Invited", role="secretariat", language="en",
        by=AdministratorFactory(), at=THEN,
    )  # fmt: skip


def consult(number, secretary):
    """An application that is returned, resubmitted, asked about, answered in every way, and declined."""
    if number == 1:
        cast.members("Foshan", "Aachen", "Köln")
    leaving = MembershipFactory(cities=[CityFactory(name_de=f"Leaving {number}")])
    application = returned(CityFactory(name_de=f"Applicant {number}"))
    applications.submit(application, by=application.begun_by, at=cast.ISSUED)
    circular = applications.pass_on(application, by=secretary, at=cast.ISSUED)
    circular = circulars.issue(circular, by=secretary, at=cast.ISSUED)
    statement = cast.enter(circular, "Foshan", "objection", text="Too far", by=secretary)
    statements.contest(statement, reason="Not ours", by=cast.lead("Foshan"), at=cast.ISSUED + 3 * cast.DAY)
    asked = questions.ask(
        circular,
        text="How far?",
        elector=cast.elector(circular, "Köln"),
        by=cast.lead("Köln"),
        at=cast.ISSUED,
    )
    questions.answer(asked, text="Not far.", by=application.begun_by, at=cast.ISSUED)
    place = leaving.places.get()
    ends = (cast.ISSUED + cast.DAY).date()
    memberships.end_place(place, ends=ends, ending=Ending.ENDED, by=secretary, at=cast.ISSUED + 2 * cast.DAY)
    circulars.remind(circular, by=secretary, at=cast.ISSUED + 4 * cast.DAY)
    later = cast.DEADLINE + timedelta(days=7)
    circulars.extend(
        circular, new_deadline=later, reason="Holidays", by=secretary, at=cast.ISSUED + 5 * cast.DAY
    )
    circulars.close(circular, at=later + timedelta(seconds=1))
    decisions.decline(application, reason="Failed", by=ManagerFactory(), at=later + cast.DAY)
    complete(CityFactory(name_de=f"Draft {number}"))
