"""Every page in a real browser, in every language: readable by everybody, on every window, by itself alone.

The pages and who may see them come from the table of roles; each is opened as those who use it most.
"""

from urllib.parse import urlsplit

import pytest
import time_machine
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django.urls import reverse

from alliance.accounts.models import User
from alliance.letters.models import Letter
from alliance.letters.states import LetterKind
from cities.models import City
from companies.actions.sheets import token_of
from companies.models import SheetLink
from membership import tasks
from membership.models import Application, Circular
from tests.admin.rows import url as admin_url
from tests.factories.circulars import AFTER
from tests.scene import NOW, ROLES, Scene
from tests.test_role_matrix import addresses, table

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

LOCALES = {"en": "en-GB", "de": "de-DE", "zh-hans": "zh-CN"}
FILES = {
    "companies:city_options",
    "companies:company_pdf",
    "companies:document",
    "companies:import_file",
    "companies:industry_options",
    "companies:logo",
    "companies:template",
    "letters:proof",
    "membership:application_attachment",
    "membership:circular_attachment",
    "membership:circular_paper",
    "membership:deadline_file",
    "membership:draft_attachment",
    "membership:draft_paper",
    "membership:personal_attachment",
    "membership:statement_proof",
    "membership:withdrawal_request",
}
MOST_TELLING = ("secretariat", "lead", "applicant", "management", "administrator", "visitor", "contact")
ALSO = {
    "companies:companies": {"visitor", "lead"},
    "companies:company": {"visitor", "lead"},
    "companies:city_companies": {"visitor"},
    "home": {"visitor", "lead", "applicant"},
    "desk": {"lead", "applicant", "management", "administrator", "stranger"},
    "city": {"visitor", "lead"},
    "cities:institution": {"visitor"},
    "cities:invitations": {"administrator"},
    "cities:register": {"visitor"},
    "cities:register_new": {"visitor"},
    "cities:register_for": {"visitor"},
    "letters:inbox": {"lead"},
    "membership:members": {"visitor"},
    "verify": {"visitor", "lead"},
    "membership:applications": {"applicant"},
    "membership:application": {"applicant", "lead", "management"},
    "membership:application_new": {"stranger"},
    "membership:circulars": {"lead"},
    "membership:circular": {"applicant", "lead", "editor", "management"},
    "membership:circular_draft": {"management"},
    "membership:rule": {"lead"},
    "membership:withdrawals": {"stranger"},
    "membership:withdrawal": {"lead"},
    "membership:withdrawal_new": {"lead"},
    "membership:statements": {"lead"},
}
AFTER_THE_CLOSE = [
    ("membership:circular", "lead"),
    ("membership:circular", "secretariat"),
    ("membership:circular", "management"),
    ("membership:application", "applicant"),
    ("membership:application", "secretariat"),
    ("membership:application_decide", "management"),
    ("desk", "management"),
]
CRITERIA = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
    "preload": False,
}
CONTRAST = {**CRITERIA, "runOnly": ["color-contrast"]}
# Two frames, so that a window that was just made wider or darker is drawn before it is looked at.
VIOLATIONS = """async options => {
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return (await axe.run(document, options)).violations.map(
        found => `${found.id}: ${found.nodes.length} × ${found.nodes[0].html.slice(0, 200)}`);
}"""
WIDER_THAN_THE_WINDOW = """() => {
    const width = document.scrollingElement.scrollWidth, edge = window.innerWidth;
    if (width <= edge) return null;
    const clips = e => e && e !== document.body
        && (getComputedStyle(e).overflowX !== 'visible' || clips(e.parentElement));
    const over = [...document.body.querySelectorAll('*')].filter(
        e => e.getBoundingClientRect().right > edge && !clips(e.parentElement));
    return `${width} px: ${over.length ? over.at(-1).outerHTML.slice(0, 200) : ''}`;
}"""
# The name of the language itself stands in choices and labels, where nothing can be marked.
CHINESE_WITHOUT_ITS_LANGUAGE = r"""() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (texts.nextNode()) {
        const said = texts.currentNode.data.replace('中文', '');
        const marked = texts.currentNode.parentElement.closest('[lang]').lang.startsWith('zh');
        if (/\p{Script=Han}/u.test(said) && !marked) found.push(said.trim().slice(0, 60));
    }
    return found;
}"""


def window(width):
    return {"width": width, "height": 900}


def telling(codes):
    """Who gets the page, the one to whom it says most first."""
    given = dict(zip(ROLES, codes, strict=True))
    return next(role for role in MOST_TELLING if given[role] == "200")


def pages(scene):
    """(role, address) of every page."""
    arguments = addresses(scene)
    for (method, name), codes in table().items():
        if method == "get" and "200" in codes and name not in FILES:
            for role in sorted({telling(codes), *ALSO.get(name, ())}):
                yield role, reverse(name, args=arguments.get(name))
    yield "visitor", Letter.objects.filter(kind=LetterKind.INVITATION).latest("pk").path
    for role in ("secretariat", "lead", "management"):
        yield role, scene.leaving.get_absolute_url()
        yield role, scene.leaving.circular.get_absolute_url()
        yield role, scene.information.get_absolute_url()
    yield "secretariat", scene.information_draft.get_absolute_url()
    yield from company_pages(scene.companies)
    yield "secretariat", reverse("membership:members") + "?q=nowhere"
    yield "secretariat", reverse("letters:letters") + "?q=nothing"
    yield from (("administrator", address) for address in admin_pages(scene))


def company_pages(scene):
    """Further steps of files, the other ways to merge, and what a firm sees after it has sent its sheet."""
    for run in (scene.uploaded, scene.done):
        yield "lead", run.get_absolute_url()
    yield "lead", reverse("companies:import_rows", args=[scene.done.pk]) + "?q=nowhere"
    yield "lead", reverse("companies:import_row", args=[scene.checked.pk, 3])
    yield "lead", reverse("companies:merge", args=[scene.company.pk]) + f"?with={scene.pair.second_id}"
    yield "lead", reverse("companies:duplicates") + "?state=different"
    yield "visitor", reverse("companies:own_sheet", args=[token_of(scene.sheet.link)]) + "?sent=1"


def admin_pages(scene):
    yield reverse("admin:index")
    for model, row in ((City, scene.city), (Application, scene.application), (Circular, scene.circular)):
        yield admin_url(model, "changelist")
        yield admin_url(model, "change", row.pk)
        yield admin_url(model, "trail", row.pk)


class Looker:
    """A browser in one language that opens pages as different people and writes down what is wrong."""

    def __init__(self, new_context, live_server, scene, language):
        self.new_context, self.site = new_context, live_server.url
        self.scene, self.language = scene, language
        self.sessions, self.noise, self.faults = {}, [], []
        self.page = self.opened_window()

    def opened_window(self):
        """One window for all; people take turns."""
        context = self.new_context(
            locale=LOCALES[self.language], reduced_motion="reduce", viewport=window(1280)
        )
        context.add_init_script(AXE_SCRIPT)
        page = context.new_page()
        page.on("console", lambda said: said.type in ("error", "warning") and self.noise.append(said.text))
        page.on("pageerror", lambda error: self.noise.append(str(error)))
        page.on("request", lambda asked: self.note_strangers(asked.url))
        return page

    def become(self, role):
        """Sit down at the window, with nothing of the one before."""
        self.page.context.clear_cookies()
        if person := self.scene.people[role]:
            if role not in self.sessions:
                client = Client()
                client.force_login(person)
                self.sessions[role] = client.cookies["sessionid"].value
            session = {"name": "sessionid", "value": self.sessions[role], "url": self.site}
            self.page.context.add_cookies([session])

    def note_strangers(self, address):
        if not address.startswith((self.site + "/", "data:")):
            self.noise.append(f"asks {urlsplit(address).hostname}")

    def look(self, role, address):
        """A page is opened on a desk by day, goes to phones, and back to the desk at night."""
        self.become(role)
        page = self.page
        page.emulate_media(color_scheme="light")
        response = page.goto(self.site + address)
        found = [f"answers {response.status}"] * (response.status != 200)
        found += [*self.frame(page), *self.sideways(page, 1280)]
        found += [*self.at(page, 390), *self.axe(page, "light", CRITERIA), *self.at(page, 320)]
        page.set_viewport_size(window(1280))
        page.emulate_media(color_scheme="dark")
        found += self.axe(page, "dark", CONTRAST)
        self.faults += [f"{role} {address}: {fault}" for fault in found + self.noise]
        self.noise.clear()

    def frame(self, page):
        """What every page has once."""
        language = page.locator("html").get_attribute("lang").lower()
        if language != self.language:
            yield f"is in {language}"
        if not page.title().strip():
            yield "has no title"
        headings = page.locator("h1")
        if headings.count() != 1 or not headings.first.inner_text().strip():
            yield f"has {headings.count()} headings"
        if self.language != "zh-hans" and "/admin/" not in page.url:
            found = page.evaluate(CHINESE_WITHOUT_ITS_LANGUAGE)
            yield from (f"Chinese without its language: {text}" for text in found)

    def at(self, page, width):
        page.set_viewport_size(window(width))
        return self.sideways(page, width)

    def sideways(self, page, width):
        if over := page.evaluate(WIDER_THAN_THE_WINDOW):
            yield f"scrolls sideways at {width}: {over}"

    def axe(self, page, scheme, options):
        """Everything as a phone shows it by day; at night, on a desk, the colours, which alone differ."""
        yield from (f"{scheme}: {violation}" for violation in page.evaluate(VIOLATIONS, options))


@pytest.mark.parametrize("language", LOCALES)
def test_every_page_is_readable_by_everybody(new_context, live_server, settings, language):
    settings.SECOND_FACTOR_REQUIRED = False
    scene = Scene()
    User.objects.update(language=language)
    SheetLink.objects.update(language=language)
    looker = Looker(new_context, live_server, scene, language)
    with time_machine.travel(NOW, tick=True):
        for role, address in pages(scene):
            looker.look(role, address)
    with time_machine.travel(AFTER, tick=True):
        looker.sessions.clear()
        tasks.close_due_circulars()
        for name, role in AFTER_THE_CLOSE:
            looker.look(role, reverse(name, args=addresses(scene).get(name)))
    assert not looker.faults, "\n".join(looker.faults)
