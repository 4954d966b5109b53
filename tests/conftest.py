"""Fixtures for all tests; the standing cast stands in tests/factories."""

import pytest


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    """Stored files of a test go to a folder of that test."""
    settings.MEDIA_ROOT = tmp_path / "files"
