"""The people of a journey and what they do in the browser; everything is found without its words."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Locator, Page

from alliance.accounts.models import User
from cities.models import City, Officer
from cities.states import Country
from tests.factories.cities import CityFactory
from tests.factories.people import ManagerFactory, OfficerFactory, SecretaryFactory, UserFactory

FOSHAN = ZoneInfo("Asia/Shanghai")
FOUNDED = datetime(2016, 4, 25, 10, 0, tzinfo=FOSHAN)
PASSWORD = "a-good-long-password-of-2016"


def foshan(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment by the clock in Foshan."""
    return datetime(year, month, day, hour, minute, tzinfo=FOSHAN)


@contextmanager
def on(*moment: int) -> Iterator[datetime]:
    """The clock of the whole site stands at this moment of Foshan time and runs on."""
    with time_machine.travel(foshan(*moment), tick=True):
        yield foshan(*moment)


class Cast:
    """Nineteen founding cities with a lead each, Mainz with its lead, secretariat and management."""

    def __init__(self, language: str):
        with time_machine.travel(FOUNDED, tick=True):
            call_command("load_founding_members", verbosity=0, stdout=io.StringIO())
            self.secretary = SecretaryFactory(language=language, name="Secretariat")
            self.manager = ManagerFactory(language=language, name="Management")
            self.leads = {city.slug: self.lead_of(city, language) for city in City.objects.all()}
            self.mainz = CityFactory(
                name_de="Mainz", name_en="Mainz", name_zh="美因茨", official_code="07315000"
            )
            self.applicant = self.lead_of(self.mainz, language, password=PASSWORD)

    def lead_of(self, city: City, language: str, **more: str) -> User:
        user = UserFactory(
            email=f"lead@{city.slug}.example", name=f"Lead of {city.slug}", language=language, **more
        )
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        OfficerFactory(city=city, user=user)
        return user

    @property
    def german(self) -> list[str]:
        return sorted(
            Officer.objects.filter(city__country=Country.GERMANY).values_list("city__slug", flat=True)
        )


class Browser:
    """A page on which people take turns."""

    def __init__(self, page: Page, address: str):
        self.page, self.address = page, address

    def become(self, user: User) -> None:
        """Sign in without the form, as a session of now."""
        client = Client()
        client.force_login(user)
        self.page.context.clear_cookies()
        self.page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.address}]
        )

    def sign_in(self, email: str, password: str) -> None:
        """Sign in with the form."""
        self.page.context.clear_cookies()
        self.open("/accounts/login/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", password)
        self.page.click("main button[type=submit]:not([name])")
        self.page.wait_for_url("**/desk/")

    def open(self, path: str) -> None:
        response = self.page.goto(self.address + path)
        assert response is not None
        assert response.status == 200, (path, response.status)

    def send(self, action: str) -> None:
        """Press the last plain button of the form with this address, and see where it leads."""
        form = self.page.locator(f"main form[action$='{action}']")
        button = form.locator("button:not([name]), input[type=submit]:not([name])").last
        if not button.is_visible():
            form.locator("xpath=ancestor::details").first.locator("summary").first.click()
        with self.page.expect_navigation():
            button.click()

    def save(self) -> None:
        """Press the last “save” of the one form of the page that has no address of its own."""
        with self.page.expect_navigation():
            self.page.locator(
                "main form:not([action]) button:not([name]), main form[action=''] button:not([name])"
            ).last.click()

    def field(self, selector: str) -> Locator:
        """A field; what it is folded into is opened first."""
        found = self.page.locator(selector).first
        folded = self.page.locator("details:not([open])").filter(has=found)
        while not found.is_visible() and folded.count():
            folded.first.locator("summary").first.click()
        return found

    def fill(self, selector: str, value: str) -> None:
        self.field(selector).fill(value)

    @property
    def text(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())
