"""Fixtures for all tests; the standing cast stands in tests/factories."""

import pytest

from alliance.pages.translations import ensure_compiled


def pytest_configure(config):
    """Pages are tested in three languages: the catalogs are compiled first."""
    ensure_compiled()


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    """Stored files of a test go to a folder of that test."""
    settings.MEDIA_ROOT = tmp_path / "files"
