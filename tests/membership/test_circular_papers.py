"""The circular on paper: what stands on it, that it goes with the mail, and who gets it."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from alliance.accounts.models import TrailSeal
from alliance.letters.models import LetterAttachment
from alliance.pages.moments import moment_lines
from membership.actions import circular_files, circulars, papers
from membership.actions.circular_refusals import NotPrintable
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.circulars import DAY, DEADLINE, ISSUED
from tests.factories.files import upload
from tests.factories.pages import look, sign_in
from tests.factories.papers import information_of, pages_of, root_of, squeezed
from tests.factories.people import SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
LANGUAGES = {"zh": "zh-hans", "de": "de", "en": "en"}


@pytest.fixture
def secretary():
    return SecretaryFactory()


def paper(circular, ending):
    return bytes(papers.stored_paper(circular, ending).content)


def body(response):
    return b"".join(response.streaming_content)


def test_one_pdf_a_language_goes_with_the_letter():
    circular = cast.issued()
    rows = LetterAttachment.objects.filter(letter=circular.letter, media_type="application/pdf")
    assert {(row.language, row.filename) for row in rows} == {
        ("zh-hans", "circular-2017-01-zh.pdf"),
        ("de", "circular-2017-01-de.pdf"),
        ("en", "circular-2017-01-en.pdf"),
    }
    assert {row.sha256 for row in rows} == {
        hashlib.sha256(paper(circular, ending)).hexdigest() for ending in LANGUAGES
    }


@pytest.mark.parametrize("ending", LANGUAGES)
def test_it_says_everything_in_its_language(ending):
    cast.members()
    cast.observer("Trier")
    circular = cast.issued()
    attachment = circular.attachments.get()
    text = squeezed(" ".join(pages_of(paper(circular, ending))))
    with override(LANGUAGES[ending]):
        wanted = [
            "2017/01",
            str(circular.get_kind_display()),
            getattr(circular, f"subject_{ending}"),
            *getattr(circular, f"body_{ending}").split("\n"),
            *moment_lines(DEADLINE),
            *moment_lines(ISSUED),
            circulars.rule_in_words(circular.rule_content),
            circular.application.reference,
            attachment.filename,
            attachment.sha256,
            circular.seal,
            circular.code,
            f"http://testserver/verify/{circular.code}/",
        ]
    text = text.replace("-", "")  # words are hyphenated at the ends of lines
    missing = [one for one in wanted if squeezed(one).replace("-", "") not in text]
    assert missing == []
    assert information_of(paper(circular, ending)).title == getattr(circular, f"subject_{ending}")


def test_electorate_is_counted_by_side():
    cast.members()
    cast.observer("Trier")
    text = pages_of(paper(cast.issued(), "en"))[0]
    assert "Members asked 6 members Chinese side: 3, German side: 3 Observers 1 city, for information" in text


def test_seal_and_code_stand_on_every_page(secretary):
    draft = cast.draft(secretary=secretary)
    circulars.save_draft(draft, body_de="Absatz.\n\n" * 60, by=secretary, at=ISSUED)
    circular = circulars.issue(draft, by=secretary, at=ISSUED)
    pages = pages_of(paper(circular, "de"))
    assert len(pages) > 1
    assert all(circular.seal in page and circular.code in page for page in pages)


def test_same_circular_same_bytes_whoever_makes_it_and_in_which_zone():
    circular = cast.issued()
    with override("zh-hans"), timezone.override("America/New_York"):
        assert papers.paper_of(cast.fresh(circular), "de") == paper(circular, "de")


def test_newest_hash_of_the_trail_is_printed_and_sealed():
    cast.members()
    TrailSeal.objects.create(**trail_seal())
    circular = cast.issued()
    assert circular.trail_head == "ab" * 32
    assert "ab" * 32 in " ".join(pages_of(paper(circular, "en")))


def trail_seal():
    from django.db import models

    values = {"day": ISSUED.date(), "hash": "ab" * 32}
    for field in TrailSeal._meta.fields:
        if field.name in values or field.primary_key or field.null or field.has_default():
            continue
        values[field.name] = (
            ISSUED if isinstance(field, models.DateTimeField)
            else 0 if isinstance(field, models.IntegerField)
            else {} if isinstance(field, models.JSONField)
            else ""
        )  # fmt: skip
    return values


def test_what_people_wrote_is_printed_as_they_wrote_it(secretary):
    signs = '#pagebreak() *x* $y$ \\ "z" _a_ `b` <c> @d'
    draft = cast.draft(secretary=secretary)
    circulars.save_draft(draft, subject_en=f"S {signs}", body_en=f"B {signs}", by=secretary, at=ISSUED)
    circular_files.attach(draft, upload(name="#x *y* $z$.pdf"), language="en", by=secretary, at=ISSUED)
    circular = circulars.issue(draft, by=secretary, at=ISSUED)
    page = squeezed(" ".join(pages_of(paper(circular, "en"))))
    assert squeezed(f"S {signs}") in page
    assert squeezed(f"B {signs}") in page
    assert squeezed("#x *y* $z$.pdf") in page


def test_signs_that_cannot_be_printed_hold_the_issue_back(secretary):
    draft = cast.draft(secretary=secretary)
    circulars.save_draft(draft, body_de="Willkommen 😀", by=secretary, at=ISSUED)
    with pytest.raises(NotPrintable) as refused:
        circulars.issue(draft, by=secretary, at=ISSUED)
    assert "😀" in str(refused.value)
    circulars.save_draft(draft, body_de="Willkommen", by=secretary, at=ISSUED)
    assert circulars.issue(draft, by=secretary, at=ISSUED).label == "2017/01"


def test_notice_of_a_withdrawal_is_printed_too():
    circular = leaving.communicated().circular
    for ending, tag in (("zh", "zh-CN"), ("de", "de-DE"), ("en", "en-GB")):
        assert root_of(paper(circular, ending))["/Lang"] == tag
    text = " ".join(pages_of(paper(circular, "en")))
    assert "Withdrawal notice" in text
    assert "Members told" in text
    assert "Consent rule" not in text


@pytest.mark.parametrize("ending", LANGUAGES)
def test_it_is_at_hand_for_whoever_may_see_the_circular(client, ending):
    circular = cast.issued()
    response = look(client, cast.lead("Aachen"), f"/circulars/2017-01/paper/{ending}/")
    assert body(response) == paper(circular, ending)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="circular-2017-01-{ending}.pdf"'
    assert response["Cache-Control"] == "private, no-store"


def test_it_is_not_there_for_others_nor_in_other_languages(client):
    cast.issued()
    sign_in(client, UserFactory())
    assert client.get("/circulars/2017-01/paper/de/").status_code == 404
    sign_in(client, cast.lead("Aachen"))
    for language in ("fr", "zh-hans", "DE"):
        assert client.get(f"/circulars/2017-01/paper/{language}/").status_code == 404
    assert client.get("/circulars/2017-02/paper/de/").status_code == 404


def test_page_of_the_circular_leads_to_it_in_each_language(client):
    cast.issued()
    page = look(client, cast.lead("Aachen"), "/circulars/2017-01/").content.decode()
    for ending in LANGUAGES:
        assert f'href="/circulars/2017-01/paper/{ending}/"' in page


def test_draft_is_marked_and_for_staff_only(client, secretary):
    draft = cast.draft(secretary=secretary)
    address = reverse("membership:draft_paper", args=[draft.pk, "en"])
    response = look(client, secretary, address)
    text = squeezed(" ".join(pages_of(body(response))))
    assert "Draft" in text
    assert "Seal" not in text
    assert client.get(reverse("membership:draft_paper", args=[draft.pk, "fr"])).status_code == 404
    sign_in(client, cast.lead("Aachen"))
    assert client.get(address).status_code == 404


def test_asking_for_it_takes_as_many_queries_for_six_members_as_for_three(client):
    person, counts = SecretaryFactory(), []
    for number, names in enumerate((["Aachen", "Foshan", "Köln"], ["Liuzhou", "Nanning", "Wuppertal"]), 1):
        cast.members(*names)
        if number == 1:
            circular = cast.issued()
        else:
            circulars.cancel(circular, reason="Counted.", by=person, at=ISSUED)
            draft = circulars.draft_for(circular.application, by=person, at=ISSUED)
            circular = circulars.issue(draft, by=person, at=ISSUED)
        sign_in(client, person)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/circulars/2017-0{number}/paper/de/").status_code == 200
        counts.append(len(captured))
    assert counts == [5, 5]


def test_deadline_of_information_is_one_to_acknowledge():
    from membership.actions import information

    cast.members()
    secretary = SecretaryFactory()
    texts = {f"{part}_{ending}": f"{part} {ending}" for part in ("subject", "body") for ending in LANGUAGES}
    draft = information.begin(texts=texts, side="DE", deadline=ISSUED + 30 * DAY, by=secretary, at=ISSUED)
    circular = circulars.issue(draft, by=secretary, at=ISSUED + timedelta(hours=1))
    text = " ".join(pages_of(paper(circular, "en")))
    assert "Please acknowledge by" in text
    assert "To the German member cities" in text
    assert "Members told 3 members Seal" in text
