"""Logos and documents of companies."""

from datetime import UTC, datetime, timedelta

import pytest

from alliance.pages.files import FileTypeUnknown
from companies.actions import documents
from companies.models import CompanyDocument
from tests.factories.companies import company_of, picture
from tests.factories.files import EXE_BYTES, JPEG_BYTES, upload

pytestmark = pytest.mark.django_db
NOW = datetime(2018, 3, 6, 9, 0, tzinfo=UTC)


def test_a_new_logo_takes_the_place_of_the_old_one():
    company = company_of()
    first = documents.set_logo(company, picture(), by=None, at=NOW)
    assert documents.set_logo(company, picture(), by=None, at=NOW).pk == first.pk
    second = documents.set_logo(company, upload(JPEG_BYTES, name="Logo.jpg"), by=None, at=NOW)
    assert documents.logo_of(company) == second
    first.refresh_from_db()
    assert first.removed_at == NOW
    documents.remove_logo(company, by=None, at=NOW)
    assert documents.logo_of(company) is None
    assert CompanyDocument.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "refusal", "sentence"),
    [
        (upload(name="Logo.png"), documents.NotAPicture, "A logo is a PNG or JPEG file; “Logo.png” is not."),
        (
            picture(b"\0" * documents.LARGEST_LOGO),
            documents.LogoTooLarge,
            "“Logo.png” is larger than 2 MB",
        ),
        (upload(EXE_BYTES, name="Logo.png"), FileTypeUnknown, "is not a PDF, PNG, JPEG, DOCX or XLSX file"),
    ],
)
def test_a_logo_is_a_small_picture(file, refusal, sentence):
    company = company_of()
    documents.set_logo(company, picture(b"kept"), by=None, at=NOW)
    with pytest.raises(refusal, match=sentence):
        documents.set_logo(company, file, by=None, at=NOW)
    assert documents.logo_of(company).removed_at is None


def test_documents_are_added_and_taken_out():
    company = company_of()
    first = documents.add(company, upload(), title=" Catalogue ", language="de", by=None, at=NOW)
    second = documents.add(company, picture(), by=None, at=NOW)
    documents.set_logo(company, picture(), by=None, at=NOW)
    assert documents.documents_of(company) == [first, second]
    assert (first.title, first.media_type) == ("Catalogue", "application/pdf")
    removed = documents.remove(first, by=None, at=NOW)
    assert (
        documents.remove(first, by=None, at=NOW + timedelta(days=1)).removed_at == removed.removed_at == NOW
    )
    assert documents.documents_of(company) == [second]


def test_the_same_document_twice_is_refused():
    company = company_of()
    documents.add(company, upload(), title="Catalogue", by=None, at=NOW)
    with pytest.raises(documents.SameDocument, match="among the documents already, as “Catalogue”"):
        documents.add(company, upload(name="Other.pdf"), by=None, at=NOW)


def test_there_is_a_limit_that_only_mistakes_reach():
    company = company_of()
    for number in range(documents.MOST_DOCUMENTS):
        documents.add(company, picture(bytes([number])), by=None, at=NOW)
    with pytest.raises(documents.TooManyDocuments, match="can have 20 documents"):
        documents.add(company, upload(), by=None, at=NOW)
