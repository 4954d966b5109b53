"""Liuzhou leaves, as the paper tells it: effective once all member cities were told, and not before."""

import io
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext

from alliance.letters.models import Delivery
from alliance.letters.states import LetterKind
from alliance.letters.worker import Worker
from membership.actions import applications, circulars, statements
from membership.actions.outcomes import outcome_of, record_of
from membership.models import Circular, ElectorateExit, Told, Withdrawal
from tests.factories.applications import submitted
from tests.factories.files import upload
from tests.journeys.people import Browser, Cast, foshan, on
from tests.journeys.test_accession import members_on, reached

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RETURNED = Path(__file__).parents[1] / "letters/bounces/postfix_failed.eml"
HEADINGS = {
    "en": "Liuzhou has left the alliance",
    "de": "Liuzhou ist aus der Allianz ausgetreten",
    "zh-hans": "柳州市已退出联盟",
}


@pytest.fixture
def browser_at(page, live_server):
    return Browser(page, live_server.url)


def ask_about_mainz(cast: Cast) -> Circular:
    """Under the default rule: everybody consents but Liuzhou, which stands in the way."""
    at = foshan(2017, 5, 2)
    application = submitted(cast.mainz, by=cast.applicant, at=foshan(2017, 4, 3))
    circular = circulars.issue(
        applications.pass_on(application, by=cast.secretary, at=at), by=cast.secretary, at=at
    )
    for elector in circular.electors.prefetch_related("addressees__city"):
        slug = elector.addressees.get().city.slug
        position, text = ("objection", "合作领域不足。") if slug == "liuzhou" else ("consent", "")
        answer = {"elector": elector, "position": position, "text": text, "by": cast.leads[slug]}
        statements.state(circular, **answer, at=foshan(2017, 5, 4))
    return circular


def pdf(name: str) -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": upload().read()}


def file(browser: Browser, cast: Cast) -> Withdrawal:
    """The lead of Liuzhou files the signed request."""
    browser.become(cast.leads["liuzhou"])
    browser.open("/withdrawals/")
    browser.page.locator("main a[href='/withdrawals/new/']").click()
    browser.page.set_input_files("[name=request]", pdf("退出申请.pdf"))
    browser.fill("[name=dated]", "2017-05-05")
    browser.fill("[name=signed_by]", "柳州市商务局局长")
    browser.fill("[name=wished_end]", "2017-12-31")
    browser.save()
    withdrawal = Withdrawal.objects.get()
    browser.page.wait_for_url(f"**/withdrawals/{withdrawal.pk}/")
    assert withdrawal.reference in browser.text
    return withdrawal


def communicate(browser: Browser, cast: Cast, withdrawal: Withdrawal, about_mainz: Circular) -> Circular:
    """The secretariat finds it on the desk, sees what it touches, and tells all member cities."""
    browser.become(cast.secretary)
    browser.open("/desk/")
    browser.page.locator(f"main a[href='/withdrawals/{withdrawal.pk}/']").first.click()
    browser.page.locator("main a[href$='/communicate/']").click()
    assert about_mainz.label in browser.page.locator("#touches").inner_text()
    browser.save()
    browser.page.wait_for_url(f"**/withdrawals/{withdrawal.pk}/")
    withdrawal.refresh_from_db()
    assert withdrawal.state == "communicating"
    return withdrawal.circular


def come_back(copy: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail server of the city returns the mail, and ours hands it to the command in its pipe."""
    mail = RETURNED.read_bytes().replace(b"<MESSAGE-ID>", f"<{copy.message_id}>".encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(mail)))
    call_command("record_bounce", stdout=io.StringIO())
    copy.refresh_from_db()
    assert copy.state == "bounced"


def hand_over(browser: Browser, withdrawal: Withdrawal, slug: str, day: str) -> None:
    """From the page of the withdrawal: by post, with the receipt."""
    browser.open(f"/withdrawals/{withdrawal.pk}/")
    browser.page.locator(f"#missing a[href*='/hand-over/?for={slug}&next=']").click()
    browser.page.wait_for_url("**/hand-over/**")
    assert browser.page.locator("[name=on_behalf_of]").input_value() == slug
    browser.page.select_option("[name=channel]", "post")
    browser.fill("[name=on]", day)
    browser.fill("[name=note]", "Einschreiben RR 123 456 789 DE")
    browser.page.set_input_files("[name=proof]", pdf("Rückschein.pdf"))
    browser.save()


def told(circular: Circular) -> set[str]:
    return set(Told.objects.filter(circular=circular).values_list("city__slug", flat=True))


def said(language: str, text: str, **values: object) -> str:
    """A sentence of a page, as it stands there in this language."""
    with translation.override(language):
        return gettext(text) % values


def standing(language: str, circular: Circular, moment: object) -> str:
    with translation.override(language):
        return record_of(Circular.objects.get(pk=circular.pk)).missing(moment).headline.text()


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_liuzhou_is_out_in_the_moment_in_which_the_last_city_is_told(browser_at, language, monkeypatch):
    browser, cast = browser_at, Cast(language)
    members = set(cast.leads) - {"mainz"}
    about_mainz = ask_about_mainz(cast)
    assert not outcome_of(about_mainz, at=foshan(2017, 5, 8)).carried

    with on(2017, 5, 8):
        withdrawal = file(browser, cast)
    with on(2017, 5, 9):
        notice = communicate(browser, cast, withdrawal, about_mainz)
        Worker("sends").once()
    assert reached(LetterKind.CIRCULAR, notice.label) == members
    with on(2017, 5, 9, 12):
        come_back(Delivery.objects.get(letter=notice.letter, on_behalf_of="wuppertal"), monkeypatch)
    with on(2017, 5, 11):
        Worker("sweeps").once()
    assert told(notice) == members - {"wuppertal"}

    with on(2017, 5, 12):
        browser.become(cast.secretary)
        browser.open("/desk/")
        assert browser.page.locator(f"main a[href='/withdrawals/{withdrawal.pk}/#missing']").count() == 1
        browser.open(f"/withdrawals/{withdrawal.pk}/")
        told_so_far = "%(told)d of %(all)d member cities are told."
        assert said(language, told_so_far, told=17, all=18) in browser.text
        browser.open(about_mainz.get_absolute_url())
        assert standing(language, about_mainz, foshan(2017, 5, 12)) in browser.text
        assert members_on(browser, "2017-05-12") == 19
        withdrawal.refresh_from_db()
        assert withdrawal.state == "communicating"

        hand_over(browser, withdrawal, "wuppertal", "2017-05-12")
        withdrawal.refresh_from_db()
        assert (withdrawal.state, withdrawal.effective_at) == ("effective", foshan(2017, 5, 12, 0))
        assert withdrawal.place.ends == date(2017, 5, 12)
        browser.open(f"/withdrawals/{withdrawal.pk}/")
        assert HEADINGS[language] in browser.page.locator("h1").inner_text()
        assert members_on(browser, "2017-05-11") == 19
        assert members_on(browser, "2017-05-12") == 18

        gone = ElectorateExit.objects.get(elector__circular=about_mainz)
        assert gone.elector.membership_id == withdrawal.place.membership_id
        assert outcome_of(Circular.objects.get(pk=about_mainz.pk), at=foshan(2017, 5, 12, 11)).carried
        browser.open(about_mainz.get_absolute_url())
        assert standing(language, about_mainz, foshan(2017, 5, 12, 11)) in browser.text

    assert reached(LetterKind.CONFIRMATION, withdrawal.reference) == members
    with on(2017, 5, 13):
        browser.become(cast.leads["liuzhou"])
        browser.open(f"/withdrawals/{withdrawal.pk}/")
        browser.open(about_mainz.get_absolute_url())
        assert browser.page.locator("form[action$='/state/']").count() == 0
        browser.open("/cities/liuzhou/")
        with translation.override(language):
            assert gettext("Withdrawal") in browser.page.locator("#membership").inner_text()
