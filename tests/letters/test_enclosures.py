"""What a letter carries: files, and a page of each addressee's own."""

import hashlib

import pytest
from django.db import IntegrityError, transaction

from alliance.letters.actions import Enclosure
from alliance.letters.models import LetterAttachment
from tests.factories.letters import letter_to

pytestmark = pytest.mark.django_db


def test_files_are_enclosed_once_with_their_checksum():
    files = [
        Enclosure("Rundschreiben.pdf", "application/pdf", b"%PDF-1.7 de", "de"),
        Enclosure("frist.ics", "text/calendar", b"BEGIN:VCALENDAR"),
    ]
    letter = letter_to("a@x.example", enclosures=files)
    kept_files = LetterAttachment.objects.filter(letter=letter)
    assert [(one.filename, one.language, bytes(one.content)) for one in kept_files] == [
        ("Rundschreiben.pdf", "de", b"%PDF-1.7 de"),
        ("frist.ics", "", b"BEGIN:VCALENDAR"),
    ]
    assert kept_files[0].sha256 == hashlib.sha256(b"%PDF-1.7 de").hexdigest()
    with pytest.raises(IntegrityError, match="letter_attachment_named_once"), transaction.atomic():
        letter_to("a@x.example", enclosures=[files[1], files[1]])


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("https://elsewhere.example/{token}/", "no page of this site"),
        ("//elsewhere.example/{token}/", "no page of this site"),
        ("/circulars/2016-01/", "no place for"),
    ],
)
def test_a_personal_page_is_one_of_ours_and_names_the_addressee(page, words):
    with pytest.raises(ValueError, match=words):
        letter_to("a@x.example", personal_path=page)
    good = letter_to("a@x.example", personal_path="/p/{token}/")
    assert good.personal_path == "/p/{token}/"
