"""The frame around every page, the error pages, the style page."""

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import Http404
from django.template.loader import get_template
from django.urls import include, path
from django.utils import translation

from alliance.pages.style import style

urlpatterns = [
    path("", style, name="home"),
    path("imprint/", style, name="imprint"),
    path("privacy/", style, name="privacy"),
    path("accessibility/", style, name="accessibility"),
    path("sign-in/", style, name="account_login"),
    path("", include("django.conf.urls.i18n")),
]
pytestmark = pytest.mark.urls(__name__)

BOOTSTRAP_5_3_8 = "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede"
STYLE_SHEETS = sorted(Path(finders.find("css/base.css")).parent.glob("*.css"))


@pytest.fixture
def request_of_a_visitor(rf):
    request = rf.get("/style/?sort=name")
    request.user = AnonymousUser()
    return request


@pytest.fixture
def style_page(request_of_a_visitor, settings):
    settings.DEMO = True
    return style(request_of_a_visitor).content.decode()


def test_bootstrap_is_the_official_file():
    assert hashlib.sha256(Path(finders.find("bootstrap/css/bootstrap.min.css")).read_bytes()).hexdigest() == (
        BOOTSTRAP_5_3_8
    )


def test_the_style_page_is_for_the_demonstration_only(request_of_a_visitor, settings):
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(Http404):
        style(request_of_a_visitor)


def test_no_page_carries_inline_style_or_script(style_page):
    assert " style=" not in style_page
    assert "<style" not in style_page
    assert all(part.startswith(" src=") for part in style_page.split("<script")[1:])
    assert (
        "includeIndicatorStyles&quot;:false" in style_page or '"includeIndicatorStyles":false' in style_page
    )


def test_nothing_is_fetched_from_elsewhere(style_page):
    assert "https://" not in style_page
    assert "http://" not in style_page.replace("http://testserver", "")
    assert [sheet.name for sheet in STYLE_SHEETS if "//" in sheet.read_text()] == []


@pytest.mark.parametrize(
    ("language", "lang", "button"),
    [("en", "en", "English"), ("de", "de", "Deutsch"), ("zh-hans", "zh-Hans", "中文")],
)
def test_the_language_switch_marks_the_language_of_the_page(
    request_of_a_visitor, settings, language, lang, button
):
    settings.DEMO = True
    with translation.override(language):
        html = style(request_of_a_visitor).content.decode()
    assert f'<html lang="{lang}">' in html
    assert re.search(
        rf'lang="{lang}" aria-current="true">.*<span class="full">{button}</span></button>', html
    )
    assert html.count('aria-current="true">') - html.count('" aria-current="true">Version') == 1


def test_the_switch_comes_back_to_the_same_page(style_page):
    assert '<input type="hidden" name="next" value="/style/?sort=name">' in style_page


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_render_without_any_context(name):
    html = get_template(f"{name}.html").render()
    assert html.count("<h1>") == 1
    assert '<a class="button" href="/">' in html


def test_the_page_of_our_own_failures_speaks_all_three_languages():
    html = get_template("500.html").render()
    assert '<p class="lead" lang="de">' in html
    assert '<p class="lead" lang="zh-Hans">' in html


HEADS = [
    {"label": "City", "url": "?sort=-name", "direction": "ascending", "numeric": False},
    {"label": "Inhabitants", "url": "?sort=inhabitants", "direction": "", "numeric": True},
    {"label": "Kind", "url": "", "direction": "", "numeric": False},
]


def list_page(**context):
    with translation.override("en"):
        return get_template("pages/list.html").render({"title": "Members", "total": 3, **context})


def test_a_list_says_how_it_is_sorted_and_counts_its_rows():
    html = list_page(rows=["a"], heads=HEADS)
    assert '<th scope="col" aria-sort="ascending"><a href="?sort=-name">City' in html
    assert '<th scope="col" class="number"><a href="?sort=inhabitants">Inhabitants</a></th>' in html
    assert '<th scope="col">Kind</th>' in html
    assert '<p id="result-count" role="status">3 results</p>' in html


def test_an_empty_list_says_so_and_a_narrowed_one_leads_back():
    empty = list_page(rows=[], empty_message="No members on this day.")
    narrowed = list_page(rows=[], narrowed=True, whole_list_url="/members/")
    assert "<h2>No members on this day.</h2>" in empty
    assert "Nothing matches" not in empty
    assert "<h2>Nothing matches</h2>" in narrowed
    assert '<a class="button button-secondary" href="/members/">Show the whole list</a>' in narrowed


def test_what_was_left_out_is_said():
    assert "There is no order called “x”." in list_page(rows=["a"], notes=["There is no order called “x”."])
