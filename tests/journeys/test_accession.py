"""Mainz joins, as the paper tells it: from its application to the twentieth place in the register."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from alliance.letters.models import Delivery
from alliance.letters.states import LetterKind
from cities.models import Industry
from membership import tasks
from membership.actions import applications, decisions, statements
from membership.actions.decisions import NotCarried
from membership.models import Application, Circular, ConsentRule, Decision, Reminder
from tests.factories.files import upload
from tests.journeys.people import PASSWORD, Browser, Cast, foshan, on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAPER = json.loads(
    (Path(applications.__file__).parents[1] / "management/data/mainz_application.json").read_text()
)
SILENT = {"jiaozuo", "wuppertal"}
IN_THE_BROWSER = {"aachen", "liuzhou"}
BY_LETTER = "koeln"
QUESTION = {
    "en": "Shall Mainz join the alliance?",
    "de": "Beitritt von Mainz zur Allianz annehmen?",
    "zh-hans": "美因茨",
}
CARRIED = {"en": "Carried", "de": "Zustimmung erreicht", "zh-hans": "获得通过"}
FAILED = {"en": "Failed", "de": "Zustimmung nicht erreicht", "zh-hans": "未获通过"}


@pytest.fixture
def browser_at(page, live_server):
    return Browser(page, live_server.url)


def apply(browser: Browser, cast: Cast) -> Application:
    """The officer of Mainz writes the application, step by step."""
    browser.sign_in(cast.applicant.email, PASSWORD)
    browser.open("/applications/new/")
    browser.page.check("[name=cities] >> nth=0")
    browser.save()
    application = Application.objects.get()
    steps = f"/applications/{application.pk}"
    write_economic(browser, steps)
    browser.open(f"{steps}/industrial/")
    for language in ("zh", "de", "en"):
        browser.fill(f"[name=industrial_{language}]", PAPER["texts"]["industrial"][language])
    for code in PAPER["industries"]:
        tick(browser, code)
    browser.save()
    browser.open(f"{steps}/cooperations/")
    browser.fill("[name=cooperations_de]", PAPER["texts"]["cooperations"]["de"])
    browser.save()
    browser.open(f"{steps}/wishes/")
    browser.fill("[name=wishes_de]", PAPER["texts"]["wishes"]["de"])
    browser.save()
    write_contact(browser, steps)
    attach_resolution(browser, steps)
    return application


def write_economic(browser: Browser, steps: str) -> None:
    browser.open(f"{steps}/economic/")
    browser.fill("[name=economic_de]", PAPER["texts"]["economic"]["de"])
    rows = [
        {"indicator": "population", "year": "2015", "value": "209779", "concept": "resident"},
        {"indicator": "gdp", "year": "2014", "value": "10900", "currency": "EUR"},
    ]
    for number, row in enumerate(rows):
        for name, value in {**row, "source": "Statistisches Landesamt"}.items():
            field = browser.field(f"[name=figures-mainz-{number}-{name}]")
            if name in {"indicator", "concept", "currency"}:
                field.select_option(value)
            else:
                field.fill(value)
    browser.save()


def tick(browser: Browser, code: str) -> None:
    """Choose an industry by its code; its section may be folded."""
    number = Industry.objects.get(code=code)
    browser.field(f"[name=industries][value='{number.pk}'], [name=industries][value='{code}']").check()


def write_contact(browser: Browser, steps: str) -> None:
    browser.open(f"{steps}/contact/")
    for name, value in {
        "contact_name": "Herr Gega",
        "contact_email": "wirtschaft@mainz.example",
        "signatory_name": "Christopher Sitte",
        "signatory_function": "Beigeordneter",
        "resolution_body": PAPER["resolution"]["body"],
        "resolution_number": PAPER["resolution"]["number"],
        "resolution_date": PAPER["resolution"]["date"],
    }.items():
        browser.fill(f"[name={name}]", value)
    browser.save()


def attach_resolution(browser: Browser, steps: str) -> None:
    browser.open(f"{steps}/attachments/")
    file = upload()
    browser.page.set_input_files(
        "[name=file]", {"name": "beschluss.pdf", "mimeType": "application/pdf", "buffer": file.read()}
    )
    browser.page.select_option("main [name=kind]", "resolution")
    browser.page.select_option("main [name=language]", "de")
    browser.page.locator("main form:has([name=file]) button:not([name])").last.click()
    browser.page.locator("text=beschluss.pdf").first.wait_for()


def send_in(browser: Browser, application: Application) -> None:
    browser.open(f"/applications/{application.pk}/summary/")
    browser.send("/submit/")
    application.refresh_from_db()
    assert application.state == "submitted"


def return_and_correct(browser: Browser, cast: Cast, application: Application) -> None:
    """The secretariat asks for one correction; the applicant makes it and sends in again."""
    with on(2016, 12, 5):
        browser.become(cast.secretary)
        browser.open("/desk/")
        assert application.reference in browser.text
        browser.open(f"/applications/{application.pk}/return/")
        browser.fill("[name=wishes]", "Please name the sectors.")
        browser.save()
        application.refresh_from_db()
        assert application.state == "returned"
    with on(2016, 12, 12):
        browser.become(cast.applicant)
        browser.open(f"/applications/{application.pk}/wishes/")
        assert "Please name the sectors." in browser.text
        browser.fill("[name=wishes_zh]", PAPER["texts"]["wishes"]["zh"])
        browser.save()
        send_in(browser, application)
        browser.open(f"/applications/{application.pk}/versions/1/changes/2/")
        assert PAPER["texts"]["wishes"]["zh"][:12] in browser.text


def issue(browser: Browser, cast: Cast, application: Application, rule: str | None) -> Circular:
    """The secretariat passes it on, chooses the rule, and issues the first circular of 2016."""
    with on(2016, 12, 14):
        browser.become(cast.secretary)
        browser.open(f"/applications/{application.pk}/")
        browser.send("/pass-on/")
        draft = Circular.objects.get()
        browser.page.wait_for_url(f"**/circulars/drafts/{draft.pk}/")
    with on(2016, 12, 20):
        browser.become(cast.secretary)
        browser.open(f"/circulars/drafts/{draft.pk}/")
        if rule:
            number = ConsentRule.objects.current().get(key=rule).pk
            browser.page.locator(f"[name=rule][value='{number}']").check()
        browser.fill("[name=deadline]", "2017-01-31")
        browser.page.locator("#text form button:not([name]), #text form input[type=submit]").last.click()
        browser.page.wait_for_load_state()
        browser.open(f"/circulars/drafts/{draft.pk}/preview/")
        browser.open(f"/circulars/drafts/{draft.pk}/")
        browser.send("/issue/")
        browser.page.wait_for_url("**/circulars/2016-01/")
    return Circular.objects.get(year=2016, number=1)


def answer_in_browser(browser: Browser, cast: Cast, slug: str, position: str, text: str = "") -> None:
    browser.become(cast.leads[slug])
    browser.open("/desk/")
    browser.open("/circulars/2016-01/")
    browser.page.locator(f"form[action$='/state/'] [name=position][value={position}]").check()
    browser.fill("form[action$='/state/'] [name=text]", text)
    browser.send("/state/")


def enter_letter(browser: Browser, cast: Cast, circular: Circular) -> None:
    """Köln answers by letter; the secretariat enters it with the scanned page."""
    browser.become(cast.secretary)
    browser.open("/circulars/2016-01/statements/new/")
    elector = circular.electors.get(addressees__city__slug=BY_LETTER)
    browser.page.select_option("main [name=elector]", str(elector.pk))
    browser.page.select_option("main [name=channel]", "letter")
    browser.page.locator("[name=position][value=consent]").check()
    browser.fill("[name=given_by]", "Oberbürgermeisterin")
    browser.fill("[name=dated]", "2017-01-05")
    browser.fill("[name=received_at]", "2017-01-09T09:00")
    browser.page.set_input_files(
        "[name=proof]", {"name": "brief.pdf", "mimeType": "application/pdf", "buffer": upload().read()}
    )
    browser.page.locator("[name=as_given]").check()
    browser.page.locator("[name=may_speak]").check()
    browser.save()
    assert circular.statements.filter(elector=elector, channel="letter").count() == 1


def consult(browser: Browser, cast: Cast, circular: Circular) -> None:
    """What the nineteen answer between Christmas and the end of January."""
    with on(2016, 12, 22):
        answer_in_browser(browser, cast, "aachen", "consent")
        answer_in_browser(browser, cast, "liuzhou", "objection", "Please name partners in vehicle making.")
    with on(2017, 1, 10):
        enter_letter(browser, cast, circular)
    by_themselves = set(cast.leads) - SILENT - IN_THE_BROWSER - {BY_LETTER, "mainz"}
    for hour, slug in enumerate(sorted(by_themselves)):
        elector = circular.electors.get(addressees__city__slug=slug)
        at = foshan(2017, 1, 11, 9 + hour % 8)
        statements.state(circular, elector=elector, position="consent", by=cast.leads[slug], at=at)


def remind(circular: Circular) -> list[set[str]]:
    """The worker's reminders on their two days; whom each of them reached."""
    for day in (16, 17, 18, 27, 28, 29):
        tasks.send_due_reminders(at=foshan(2017, 1, day, 23, 59))
    reminders = Reminder.objects.filter(circular=circular).order_by("sent_at")
    return [set(reminder.letter.deliveries.values_list("on_behalf_of", flat=True)) for reminder in reminders]


def reached(kind: str, reference: str) -> set[str]:
    rows = Delivery.objects.filter(letter__kind=kind, letter__reference=reference)
    return set(rows.exclude(on_behalf_of="").values_list("on_behalf_of", flat=True))


def members_on(browser: Browser, day: str) -> int:
    browser.open(f"/members/?on={day}")
    return browser.page.locator("#results tbody tr").count()


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_mainz_becomes_the_twentieth_member(browser_at, language):
    browser, cast = browser_at, Cast(language)
    with on(2016, 12, 2):
        application = apply(browser, cast)
        send_in(browser, application)
    return_and_correct(browser, cast, application)
    circular = issue(browser, cast, application, "two-thirds")
    assert reached(LetterKind.CIRCULAR, "2016/01") == set(cast.leads) - {"mainz"}
    assert circular.electors.count() == 19

    consult(browser, cast, circular)
    with on(2017, 1, 20):
        answer_in_browser(browser, cast, "liuzhou", "consent")
        assert QUESTION[language] in browser.page.locator("h1").inner_text()
    assert remind(circular) == [SILENT, SILENT]

    assert tasks.close_due_circulars(at=foshan(2017, 1, 31, 23, 58)) == 0
    assert tasks.close_due_circulars(at=foshan(2017, 2, 1, 0, 1)) == 1
    circular.refresh_from_db()
    assert (circular.state, circular.result) == ("closed", "carried")

    with on(2017, 2, 6):
        browser.become(cast.manager)
        browser.open("/circulars/2016-01/")
        assert CARRIED[language] in browser.text
        browser.open(f"/applications/{application.pk}/decide/")
        browser.fill("form[action$='/accept/'] [name=member_from]", "2017-04-24")
        browser.fill("form[action$='/accept/'] [name=occasion]", "Plenary in Hannover")
        browser.send("/accept/")
    decision = Decision.objects.get()
    assert (decision.kind, decision.member_from) == ("accepted", date(2017, 4, 24))
    assert decision.membership.certificate_number == "2017/01"
    assert cast.mainz.profile.wishes_zh == PAPER["texts"]["wishes"]["zh"]

    with on(2017, 4, 25):
        browser.become(cast.applicant)
        assert members_on(browser, "2017-04-23") == 19
        assert members_on(browser, "2017-04-24") == 20
        browser.open("/cities/mainz/")
        with translation.override(language):
            assert str(cast.mainz.name) in browser.page.locator("h1").inner_text()


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_under_the_default_rule_the_same_answers_fail_and_acceptance_is_refused(browser_at, language):
    browser, cast = browser_at, Cast(language)
    with on(2016, 12, 2):
        application = apply(browser, cast)
        send_in(browser, application)
    return_and_correct(browser, cast, application)
    circular = issue(browser, cast, application, None)
    consult(browser, cast, circular)
    with on(2017, 1, 20):
        answer_in_browser(browser, cast, "liuzhou", "consent")
    assert remind(circular) == [SILENT, SILENT]
    assert tasks.close_due_circulars(at=foshan(2017, 2, 1, 0, 1)) == 1
    circular.refresh_from_db()
    assert (circular.state, circular.result) == ("closed", "failed")

    with on(2017, 2, 6):
        browser.become(cast.manager)
        browser.open("/circulars/2016-01/")
        assert FAILED[language] in browser.text
        with translation.override(language):
            silent = {elector.name for elector in circular.electors.filter(addressees__city__slug__in=SILENT)}
        assert {name for name in silent if name in browser.text} == silent
        browser.open(f"/applications/{application.pk}/decide/")
        assert browser.page.locator("form[action$='/accept/']").count() == 0
    with pytest.raises(NotCarried):
        decisions.accept(application, by=cast.manager, at=foshan(2017, 2, 6))
    assert Decision.objects.count() == 0
