"""The dossier: everything about a circular that has ended, in one file, the same bytes each time."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from alliance.accounts.permissions import NotPermitted
from membership.actions import circulars, decisions, dossiers, questions, statements
from membership.states import CircularState, DecisionKind
from tests.factories import circulars as cast
from tests.factories import withdrawals as leaving
from tests.factories.applications import lead_of
from tests.factories.circulars import AFTER, DAY, ISSUED
from tests.factories.files import upload
from tests.factories.pages import messages_of, sign_in
from tests.factories.people import AdministratorFactory, ManagerFactory, SecretaryFactory, UserFactory

pytestmark = pytest.mark.django_db
ALWAYS = {
    "README.txt", "circular/sealed.json", "circular/circular.json", "circular/circular-2017-01-zh.pdf",
    "circular/circular-2017-01-de.pdf", "circular/circular-2017-01-en.pdf", "circular/text-zh.txt",
    "circular/text-de.txt", "circular/text-en.txt", "members/members.csv", "members/cities.csv",
    "statements/statements.csv", "statements/questions.csv", "statements/observers.csv",
    "statements/acknowledgements.csv", "course/extension.csv", "course/reminders.csv",
    "delivery/letters.csv", "delivery/deliveries.csv", "delivery/told.csv", "outcome/outcome-zh.txt",
    "outcome/outcome-de.txt", "outcome/outcome-en.txt", "verification.txt", "manifest.json", "SHA256SUMS",
}  # fmt: skip


@pytest.fixture
def secretary():
    return SecretaryFactory()


@pytest.fixture
def whole(secretary):
    """A circular with one of everything, closed and decided."""
    cast.members()
    cast.observer("Trier")
    circular = cast.issued(secretary=secretary, rule=cast.rule())
    cast.say(circular, "Foshan")
    cast.say(circular, "Liuzhou")
    cast.say(circular, "Nanning", "consent_with_comment", "=Gladly")
    cast.say(circular, "Aachen", "objection")
    cast.say(circular, "Aachen", at=ISSUED + 2 * DAY)
    entered = {"by": secretary, "text": "No", "proof": upload(name="Fax.pdf"), "at": ISSUED + 3 * DAY}
    wrong = cast.enter(circular, "Wuppertal", "objection", **entered)
    statements.contest(wrong, reason="Not ours", by=cast.lead("Wuppertal"), at=ISSUED + 4 * DAY)
    question = questions.ask(
        circular, elector=cast.elector(circular, "Köln"), text="Which fairs?", by=cast.lead("Köln"),
        at=ISSUED + DAY,
    )  # fmt: skip
    questions.answer(
        question, text="All.", by=lead_of(circular.application.cities.get()), at=ISSUED + 2 * DAY
    )
    circulars.remind(circular, by=secretary, at=ISSUED + 5 * DAY)
    circulars.extend(circular, new_deadline=cast.DEADLINE + 7 * DAY, reason="Holidays", by=secretary,
                     at=ISSUED + 6 * DAY)  # fmt: skip
    circulars.close(circular, at=AFTER + 7 * DAY)
    cast.say(circular, "Wuppertal", at=AFTER + 8 * DAY)
    decisions.accept(
        circular.application, member_from=(AFTER + 30 * DAY).date(), occasion="Plenary", by=ManagerFactory(),
        at=AFTER + 9 * DAY,
    )  # fmt: skip
    return cast.fresh(circular)


def packed(circular, by=None):
    with dossiers.make(circular, by=by) as file:
        return file.read()


def opened(content):
    """The files of a dossier by their path, without its folder."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    folders = {name.split("/")[0] for name in archive.namelist()}
    assert len(folders) == 1
    assert len(set(archive.namelist())) == len(archive.namelist())
    return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}


def rows(files, path):
    return list(csv.DictReader(io.StringIO(files[path].decode("utf-8-sig"))))


def test_everything_is_there_and_nothing_else(whole):
    files = opened(packed(whole))
    contested = whole.statements.get(contestation__isnull=False)
    calendar = {
        f"circular/{row.filename}" for row in whole.letter.attachments.exclude(media_type="application/pdf")
    }
    assert set(files) == ALWAYS | calendar | {
        f"attachments/01-{whole.attachments.get().filename}",
        f"statements/proofs/{contested.pk}-Fax.pdf",
        "circular/application.json",
        "outcome/outcome.json",
        "decision/1.json",
    }


def test_whole_series_is_there_with_late_and_contested_ones(whole):
    files = opened(packed(whole))
    series = [
        (row["member"], row["position"], row["late"], row["contested_because"], bool(row["proof"]))
        for row in rows(files, "statements/statements.csv")
    ]
    assert series == [
        ("Foshan", "consent", "no", "", False),
        ("Liuzhou", "consent", "no", "", False),
        ("Nanning", "consent_with_comment", "no", "", False),
        ("Aachen", "objection", "no", "", False),
        ("Aachen", "consent", "no", "", False),
        ("Wuppertal", "objection", "no", "Not ours", True),
        ("Wuppertal", "consent", "yes", "", False),
    ]
    assert rows(files, "statements/statements.csv")[2]["text"] == "'=Gladly"
    assert [(row["text"], row["answer"]) for row in rows(files, "statements/questions.csv")] == [
        ("Which fairs?", "All.")
    ]
    assert [row["reason"] for row in rows(files, "course/extension.csv")] == ["Holidays"]
    assert [len(row["memberships"].split()) for row in rows(files, "course/reminders.csv")] == [2]


def test_members_cities_and_copies_are_there(whole):
    files = opened(packed(whole))
    assert {row["name_en"] for row in rows(files, "members/members.csv")} == set(cast.CAST)
    assert {
        row["name_de"] for row in rows(files, "members/cities.csv") if row["for_information"] == "yes"
    } == {"Trier"}
    copies = rows(files, "delivery/deliveries.csv")
    numbers = {row["letter"] for row in rows(files, "delivery/letters.csv")}
    assert {row["letter"] for row in copies} == numbers
    first = min(numbers, key=int)
    assert {row["for"] for row in copies if row["letter"] == first} == {
        *(cast.city(name).slug for name in cast.CAST), "trier",
    }  # fmt: skip


def test_outcome_and_decision_stand_in_words_in_three_languages(whole):
    files = opened(packed(whole))
    english = files["outcome/outcome-en.txt"].decode()
    assert f"Result: {whole.get_result_display()}." in english
    assert "Consents: 4. Objections: 0. Abstentions: 0. No answer: 2." in english
    assert "Aachen: Consent\n" in english
    assert "Wuppertal: No answer" in english
    assert "Accepted" in english
    assert "佛山市" in files["outcome/outcome-zh.txt"].decode()
    assert "Zustimmung" in files["outcome/outcome-de.txt"].decode()
    decision = json.loads(files["decision/1.json"])
    assert (decision["kind"], decision["occasion"]) == (DecisionKind.ACCEPTED, "Plenary")
    assert files["verification.txt"].decode().endswith("As it was sealed.\n")


def test_sealed_manifest_has_the_printed_seal_and_every_file_its_checksum(whole):
    files = opened(packed(whole))
    assert hashlib.sha256(files["circular/sealed.json"]).hexdigest() == whole.seal
    listed = {row["path"]: row for row in json.loads(files["manifest.json"])["files"]}
    assert set(listed) == set(files) - {"manifest.json", "SHA256SUMS"}
    assert {path: (row["size"], row["sha256"]) for path, row in listed.items()} == {
        path: (len(files[path]), hashlib.sha256(files[path]).hexdigest()) for path in listed
    }
    sums = dict(reversed(line.split("  ", 1)) for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {
        path: hashlib.sha256(content).hexdigest() for path, content in files.items() if path != "SHA256SUMS"
    }
    application = json.loads(files["circular/application.json"])
    assert application == whole.application_version.content


def test_same_record_same_bytes_whoever_asks_and_when(whole):
    with time_machine.travel(AFTER + 100 * DAY), override("de"), timezone.override("Europe/Berlin"):
        first = packed(whole, by=SecretaryFactory())
    with time_machine.travel(AFTER + 200 * DAY), override("zh-hans"), timezone.override("Asia/Shanghai"):
        assert packed(cast.fresh(whole), by=ManagerFactory()) == first


def test_nothing_in_it_depends_on_the_machine(whole):
    archive = zipfile.ZipFile(io.BytesIO(packed(whole)))
    assert {
        (one.date_time, one.create_system, one.external_attr, one.compress_type) for one in archive.infolist()
    } == {((2017, 1, 29, 2, 0, 0), 3, 0o100644 << 16, zipfile.ZIP_STORED)}


def test_a_lost_proof_is_listed_as_lost(whole):
    contested = whole.statements.get(contestation__isnull=False)
    contested.file.storage.delete(contested.file.name)
    files = opened(packed(whole))
    path = f"statements/proofs/{contested.pk}-Fax.pdf"
    assert path not in files
    listed = {row["path"]: row for row in json.loads(files["manifest.json"])["files"]}
    assert listed[path] == {"path": path, "missing": True, "sha256": contested.sha256}


def test_what_was_recorded_after_the_close_is_computed_too(secretary):
    circular = cast.issued(rule=cast.rule("all-expressly"), secretary=secretary)
    for name in tuple(cast.CAST)[1:]:
        cast.say(circular, name)
    circulars.close(circular, at=AFTER)
    cast.enter(circular, "Foshan", by=secretary, at=AFTER + DAY)
    english = opened(packed(circular))["outcome/outcome-en.txt"].decode()
    at_close, later = english.split("With what was recorded or contested after the close:")
    assert "Result: Failed." in at_close
    assert "Foshan: No answer" in at_close
    assert "Result: Carried." in later
    assert "Foshan: Consent" in later


def test_cancelled_circular_says_why():
    files = opened(packed(cast.in_state(CircularState.CANCELLED)))
    assert "Reason: The text is mistaken." in files["outcome/outcome-en.txt"].decode()
    assert "outcome/outcome.json" not in files


def test_there_is_none_while_a_withdrawal_is_under_way():
    with pytest.raises(dossiers.NotEnded):
        dossiers.make(leaving.communicated().circular, by=None)


def test_notice_of_an_effective_withdrawal_has_the_request_and_who_was_told():
    withdrawal = leaving.effective()
    files = opened(packed(withdrawal.circular))
    request = f"withdrawal/request-{withdrawal.filename}"
    assert hashlib.sha256(files[request]).hexdigest() == withdrawal.sha256
    assert json.loads(files["withdrawal/withdrawal.json"])["reference"] == withdrawal.reference
    told = {row["city"] for row in rows(files, "delivery/told.csv")}
    assert told >= {cast.city(name).slug for name in cast.CAST if name != "Liuzhou"}
    assert "asked for no consent" in files["outcome/outcome-en.txt"].decode()


@pytest.mark.parametrize("state", [CircularState.DRAFT, CircularState.ISSUED])
def test_there_is_none_before_the_end(state):
    with pytest.raises(dossiers.NotEnded):
        dossiers.make(cast.in_state(state), by=None)


def test_it_is_for_those_who_work_for_the_alliance():
    circular = cast.closed()
    for person in (SecretaryFactory(), ManagerFactory(), AdministratorFactory()):
        assert packed(circular, by=person)
    for person in (cast.lead("Aachen"), UserFactory()):
        with pytest.raises(NotPermitted):
            dossiers.make(circular, by=person)


def test_one_click_brings_it(client, secretary):
    circular = cast.closed()
    sign_in(client, secretary)
    page = client.get("/circulars/2017-01/").content.decode()
    assert 'href="/circulars/2017-01/dossier/"' in page
    response = client.get("/circulars/2017-01/dossier/")
    assert response["Content-Disposition"] == 'attachment; filename="dossier-2017-01.zip"'
    assert response["Content-Type"] == "application/zip"
    assert b"".join(response.streaming_content) == packed(circular)


def test_before_the_close_a_click_says_why_not(client, secretary):
    cast.issued(secretary=secretary)
    sign_in(client, secretary)
    assert 'href="/circulars/2017-01/dossier/"' not in client.get("/circulars/2017-01/").content.decode()
    response = client.get("/circulars/2017-01/dossier/", follow=True)
    assert response.redirect_chain == [("/circulars/2017-01/", 302)]
    assert messages_of(response) == [
        "The dossier of the circular 2017/01 is made once it is closed or cancelled; "
        "that of a withdrawal notice once the withdrawal is effective or revoked."
    ]


def test_others_find_nothing(client):
    cast.closed()
    for person in (cast.lead("Aachen"), UserFactory()):
        sign_in(client, person)
        assert client.get("/circulars/2017-01/dossier/").status_code == 404
    sign_in(client, cast.lead("Aachen"))
    assert 'href="/circulars/2017-01/dossier/"' not in client.get("/circulars/2017-01/").content.decode()


def test_queries_do_not_grow_with_the_members():
    person, counts, circular = SecretaryFactory(), [], None
    for names in (["Aachen", "Foshan"], ["Köln", "Liuzhou", "Nanning", "Wuppertal"]):
        cast.members(*names)
        if circular is None:
            circular = cast.issued()
        else:
            draft = circulars.draft_for(circular.application, by=person, at=ISSUED + timedelta(minutes=1))
            circular = circulars.issue(draft, by=person, at=ISSUED + timedelta(minutes=1))
        circulars.cancel(circular, reason="Counted.", by=person, at=ISSUED + DAY)
        with CaptureQueriesContext(connection) as captured:
            packed(circular)
        counts.append(len(captured))
    assert counts[0] == counts[1]
