"""The style page in a real browser: readable by everybody, wide and narrow, light and dark."""

import mimetypes
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.test import RequestFactory
from django.urls import include, path
from django.utils import translation

from alliance.pages.style import style

urlpatterns = [path("style/", style, name="home"), path("", include("django.conf.urls.i18n"))]
pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]

SITE = "http://pages.test"
LANGUAGES = ["en", "de", "zh-hans"]


def answer(route):
    """What our site answers to this request, without a server: pages and static files."""
    address = route.request.url.removeprefix(SITE)
    static = address.removeprefix(configured.STATIC_URL).partition("?")[0]
    if not address.startswith(configured.STATIC_URL):
        request = RequestFactory().get(address)
        request.user = AnonymousUser()
        with translation.override(request.GET.get("language", "en")):
            page = style(request).content
        route.fulfill(body=page, content_type="text/html; charset=utf-8")
    elif found := finders.find(static):
        route.fulfill(body=Path(found).read_bytes(), content_type=mimetypes.guess_type(found)[0])
    else:
        route.fulfill(status=404)


@pytest.fixture
def look(new_context, settings):
    """Open the style page in a window of this size and scheme."""
    settings.DEMO = True

    def open_page(*, width=1280, scheme="light", language="en", scripts=True):
        context = new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        page = context.new_page()
        page.route("**/*", answer)
        page.goto(f"{SITE}/style/?language={language}")
        return page

    return open_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(look, scheme, width):
    results = Axe().run(look(width=width, scheme=scheme)).response
    assert [(found["id"], found["nodes"][0]["html"]) for found in results["violations"]] == []
    assert len(results["passes"]) > 20


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_nothing_scrolls_sideways(look, width, language):
    page = look(width=width, language=language)
    assert page.locator("html").get_attribute("lang").lower() == language
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_on_a_phone_the_facts_follow_the_title(look):
    page = look(width=390)
    parts = ["h1", ".facts", ".progress-line", ".answers"]
    tops = page.evaluate(  # at once: the window may be scrolling to the error summary
        "parts => parts.map(part => document.querySelector(part).getBoundingClientRect().top)", parts
    )
    assert tops == sorted(tops)


def test_on_a_phone_filters_are_folded_away(look):
    page = look(width=390, scripts=False)
    fields = {name: page.locator(f".filters [name={name}]") for name in ("q", "country", "kind")}
    fold = page.locator(".filters summary")
    assert [name for name, field in fields.items() if field.is_visible()] == ["q"]
    fold.press("Enter")
    assert all(field.is_visible() for field in fields.values())
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not fold.is_visible()


def test_on_a_wide_window_filters_are_never_folded(look):
    page = look(scripts=False)
    assert not page.locator(".filters summary").is_visible()
    assert page.locator(".filters [name=kind]").is_visible()


def test_on_a_wide_window_the_facts_stand_beside_the_work(look):
    page = look()
    work, facts = (page.locator(part).first.bounding_box() for part in (".page-content", ".facts"))
    assert facts["x"] >= work["x"] + work["width"]
    assert facts["y"] < work["y"]


@pytest.mark.parametrize(
    ("scheme", "paper", "accent"),
    [("light", "rgb(247, 247, 244)", "rgb(14, 90, 99)"), ("dark", "rgb(18, 24, 30)", "rgb(111, 195, 204)")],
)
def test_both_schemes_have_their_colours(look, scheme, paper, accent):
    page = look(scheme=scheme)
    button = page.get_by_role("button", name="Issue the circular")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
    assert button.evaluate("e => getComputedStyle(e).backgroundColor") == accent


def test_chinese_is_never_spaced_or_slanted(look):
    page = look()
    styles = page.evaluate(
        """[...document.querySelectorAll(':lang(zh)')].map(
            e => [getComputedStyle(e).letterSpacing, getComputedStyle(e).fontStyle].join(' '))"""
    )
    assert len(styles) > 10
    assert set(styles) <= {"normal normal", "0px normal"}


def test_the_first_stop_of_the_keyboard_leads_to_the_content(look):
    page = look()
    refused = page.locator(".error-summary")
    assert refused.evaluate("e => e === document.activeElement")
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    skip = page.get_by_role("link", name="Skip to the content")
    skip.focus()
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_list_filters_as_one_types(look):
    page = look()
    with page.expect_request(lambda request: "q=foshan" in request.url) as asked:
        page.get_by_role("searchbox").fill("foshan")
    assert asked.value.headers["hx-request"] == "true"
    assert "sort=name" in asked.value.url
    page.wait_for_url("**q=foshan**")
    assert page.locator("#results").count() == 1


def test_a_list_filters_without_scripts_too(look):
    page = look(scripts=False)
    page.get_by_role("searchbox").fill("foshan")
    page.get_by_role("button", name="Show").click()
    assert "q=foshan" in page.url
