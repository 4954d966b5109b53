"""Fixtures for all tests; the standing cast stands in tests/factories."""

import gc
import os
import shutil
from importlib import import_module

import pytest
from django.utils import translation

from alliance.pages.kept import Kept
from alliance.pages.translations import ensure_compiled


def pytest_configure(config):
    """Pages are tested in three languages: the catalogs are compiled first."""
    ensure_compiled()
    # Playwright drives its browser with a loop in the same thread; our tests use the database beside it.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The longest first among their kind, so that no worker is left alone with one in the end."""
    transactional = [place for place, item in enumerate(items) if is_transactional(item)]
    longest_first = sorted((items[place] for place in transactional), key=lambda item: not is_long(item))
    for place, item in zip(transactional, longest_first, strict=True):
        items[place] = item


def is_transactional(item):
    mark = item.get_closest_marker("django_db")
    return mark is not None and mark.kwargs.get("transaction", False)


def is_long(item):
    return item.get_closest_marker("long") is not None


def pytest_collection_finish():
    """What is loaded by now stays: it need not be looked through for rubbish again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def reference_data_comes_back():
    """Industries and shipped rules outlive tests with real transactions."""
    import_module("tests.reference_data")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup):
    """Triggers are installed with the tables; emptying tables between tests leaves them there."""
    from django.conf import settings

    settings.PGTRIGGER_INSTALL_ON_MIGRATE = False


@pytest.fixture(autouse=True)
def every_test_begins_in_english():
    """A request leaves its language behind in the thread; the next test must not find it."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def nothing_is_kept_from_before():
    """A page drawn for one test is not shown to the next, which finds the same tables."""
    for kept in Kept.everything:
        kept.drawn.clear()


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    """Stored files of a test go to a folder of that test."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The chromium of the machine; where there is none, browser tests are left out, but never in CI."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("There is no chromium here.")
    return {**browser_type_launch_args, "executable_path": chromium, "args": ["--no-sandbox"]}
