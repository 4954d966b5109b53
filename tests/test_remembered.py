"""What tests begin with is put back exactly as it was made, and only where nothing was written before."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import translation

from tests.factories.circulars import issued
from tests.factories.people import SecretaryFactory
from tests.factories.remembered import MEMORY, is_untouched, key_of, put_back, written_files, written_rows

pytestmark = pytest.mark.django_db


def lines():
    return {table: sorted(rows.splitlines()) for table, _columns, rows in written_rows()}


def test_what_is_put_back_is_what_was_made():
    MEMORY.clear()
    before = transaction.savepoint()
    issued("Foshan", "Aachen")
    made, files = lines(), written_files()
    transaction.savepoint_rollback(before)
    assert lines() == {}

    [(_circular, tables, remembered_files)] = MEMORY.values()
    put_back(tables, remembered_files)

    assert lines() == made
    assert written_files() == files
    assert {"membership_circular", "membership_circularevent", "letters_delivery"} <= set(made)


def test_once_something_was_written_everything_is_made():
    assert is_untouched()
    SecretaryFactory()
    assert not is_untouched()


def test_other_values_languages_and_settings_are_another_beginning(settings):
    def keys():
        at = datetime(2017, 1, 29, tzinfo=UTC)
        return {key_of(("Foshan",), {}), key_of((), {"name": "Foshan"}), key_of(("Aachen",), {"at": at})}

    found = keys()
    with translation.override("de"):
        found |= keys()
    settings.SITE_URL = "https://elsewhere.example"
    found |= keys()
    assert len(found) == 9
    assert key_of((["Foshan"],), {}) is None
