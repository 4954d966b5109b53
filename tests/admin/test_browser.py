"""The admin in a real browser: nothing is blocked by our own headers, nobody else is asked."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from cities.models import City, Institution, Officer
from membership.models import Application
from tests.admin.rows import tell_story, url
from tests.factories.applications import submitted
from tests.factories.people import AdministratorFactory, SecretaryFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page):
    """What the browser says against a page."""
    found = []
    page.on("console", lambda message: message.type in ("error", "warning") and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.fixture
def hosts(page):
    """Whom the browser asks."""
    asked = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
    return asked


def sign_in(page, live_server, person):
    client = Client()
    client.force_login(person)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def test_pages_work_under_our_headers(page, live_server, complaints, hosts):
    tell_story(1)
    sign_in(page, live_server, AdministratorFactory())
    institution = Institution.objects.get()

    for address in ("/admin/", url(City, "changelist"), url(City, "trails"), url(Officer, "changelist")):
        page.goto(live_server.url + address)
    page.goto(live_server.url + url(Institution, "change", institution.pk))
    page.locator("#id_seat + .select2").click()
    page.locator(".select2-search__field").fill("Aachen")
    page.locator(".select2-results__option", has_text="Aachen").click()
    page.get_by_label("Reason of the correction").fill("Moved.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(live_server.url + url(Institution, "trail", institution.pk))

    assert page.locator("ins", has_text="Aachen").count() == 1
    assert complaints == []
    assert hosts == {"localhost"}


def test_moves_and_trails_work_by_keyboard(page, live_server, complaints):
    application = submitted()
    sign_in(page, live_server, SecretaryFactory())
    page.goto(live_server.url + url(Application, "change", application.pk))
    page.get_by_role("link", name="Return for correction").press("Enter")
    page.get_by_label("Cooperation wishes").fill("Please say more.")
    page.get_by_role("button", name="Return for correction").press("Enter")
    page.get_by_text("Done: Return for correction").wait_for()
    page.get_by_role("link", name="Trail", exact=True).press("Enter")

    page.get_by_role("heading", name="Changed").first.wait_for()

    assert complaints == []
