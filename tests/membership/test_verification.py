"""Whether a circular is still what was sealed: every change, made without triggers, is found and named."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from alliance.letters.models import LetterAttachment
from membership.actions import circular_files, circulars, seals, verification
from membership.models import SealedManifest
from tests.factories import circulars as cast
from tests.factories.circulars import DAY, ISSUED
from tests.factories.files import upload
from tests.factories.people import SecretaryFactory
from tests.factories.tampering import tamper

pytestmark = pytest.mark.django_db


@pytest.fixture
def circular():
    cast.members()
    cast.observer("Trier")
    return cast.fresh(cast.issued(secretary=SecretaryFactory()))


def named(circular):
    return [str(one) for one in verification.differences(cast.fresh(circular))]


def test_what_was_issued_is_intact(circular):
    assert named(circular) == []
    assert seals.is_intact(circular)
    assert circular.seal == seals.sha256(circular.manifest.content)


def test_what_goes_on_later_does_not_touch_the_seal(circular):
    cast.say(circular, "Aachen")
    circulars.extend(
        circular, new_deadline=cast.DEADLINE + DAY, reason="Holidays", by=SecretaryFactory(), at=ISSUED + DAY
    )
    circulars.close(circular, at=cast.AFTER + DAY)
    assert named(circular) == []


def byte(column):
    """One character more in a text."""
    return f"{column} = {column} || ' '"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (byte("subject_zh"), "Subject in Chinese: changed"),
        (byte("subject_de"), "Subject in German: changed"),
        (byte("subject_en"), "Subject in English: changed"),
        (byte("body_zh"), "Text in Chinese: changed"),
        (byte("body_de"), "Text in German: changed"),
        (byte("body_en"), "Text in English: changed"),
        ("number = 2", "Number: changed"),
        ("kind = 'information'", "Kind: changed"),
        ("deadline = deadline + interval '1 microsecond'", "Deadline as issued: changed"),
        ("deadline = NULL, kind = 'information'", "Deadline as issued: changed"),
        ("issued_at = issued_at - interval '1 microsecond'", "Issued at: changed"),
        ("issued_by_id = NULL", "Issued by: changed"),
        ("side = 'DE', kind = 'information'", "Side: changed"),
        (f"trail_head = '{'0' * 64}'", "Newest hash of the trail: changed"),
        ("""rule_content = jsonb_set(rule_content, '{quorum_percent}', '51')""",
         "Consent rule (Quorum in per cent): changed"),
    ],
)  # fmt: skip
def test_a_byte_of_the_circular_is_caught_and_named(circular, change, name):
    tamper(f"UPDATE membership_circular SET {change}")
    found = {one for one in named(circular) if not one.startswith("PDF")}
    assert found == {name, *({"Kind: changed"} if "kind" in change else ())}


def test_a_changed_number_is_named_by_its_papers_too(circular):
    tamper("UPDATE membership_circular SET number = 2")
    assert named(circular) == [
        "Number: changed",
        *(f"PDF “circular-2017-02-{ending}.pdf”: missing" for ending in ("zh", "de", "en")),
    ]


@pytest.mark.parametrize(
    ("table", "change", "name"),
    [
        ("membership_elector", "name_de = name_de || 'x'", "Member no. {membership} (name_de): changed"),
        ("membership_elector", "side = CASE side WHEN 'CN' THEN 'DE' ELSE 'CN' END",
         "Member no. {membership} (side): changed"),
    ],
)  # fmt: skip
def test_a_changed_member_is_named_by_its_number(circular, table, change, name):
    elector = circular.electors.order_by("pk").first()
    tamper(f"UPDATE {table} SET {change} WHERE id = %s", elector.pk)
    assert named(circular) == [name.format(membership=elector.membership_id)]


def test_a_member_taken_out_and_an_observer_put_in_are_named(circular):
    observer = circular.addressees.get(elector__isnull=True)
    elector = circular.electors.order_by("pk").first()
    tamper("DELETE FROM membership_addressee WHERE id = %s", observer.pk)
    assert named(circular) == ["Observers told: changed"]
    tamper("DELETE FROM membership_addressee WHERE elector_id = %s", elector.pk)
    tamper("DELETE FROM membership_elector WHERE id = %s", elector.pk)
    number = elector.membership_id
    parts = ("cities", "membership", "name_de", "name_en", "name_zh", "side")
    assert named(circular) == [
        *(f"Member no. {number} ({part}): missing" for part in parts),
        "Observers told: changed",
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [("sha256", "0" * 64), ("size", 1), ("media_type", "image/png"), ("language", "en")],
)
def test_a_changed_row_of_an_attachment_is_named(circular, column, value):
    row = circular.attachments.get()
    tamper(f"UPDATE membership_circularattachment SET {column} = %s", value)
    found = named(circular)
    assert found[0] == f"Attachment “{row.filename}” ({column}): changed"
    file = f"Stored file of the attachment “{row.filename}”: changed"
    assert found[1:] == ([file] if column == "sha256" else [])


def test_an_attachment_added_or_taken_away_is_named(circular):
    row = circular.attachments.get()
    tamper("UPDATE membership_circularattachment SET filename = 'other.pdf'")
    assert set(named(circular)) == {
        *(f"Attachment “other.pdf” ({part}): added" for part in FILE_PARTS),
        *(f"Attachment “{row.filename}” ({part}): missing" for part in FILE_PARTS),
    }


FILE_PARTS = ("filename", "language", "media_type", "sha256", "size")


def test_two_attachments_of_one_name_are_told_apart():
    secretary = SecretaryFactory()
    draft = cast.draft(secretary=secretary)
    for content in (b"%PDF-1.7 one", b"%PDF-1.7 two"):
        circular_files.attach(draft, upload(content, name="same.pdf"), language="de", by=secretary, at=ISSUED)
    circular = circulars.issue(draft, by=secretary, at=ISSUED)
    assert named(circular) == []
    last = circular.attachments.order_by("pk").last()
    tamper("UPDATE membership_circularattachment SET size = 1 WHERE id = %s", last.pk)
    assert len(named(circular)) == 1


def test_a_byte_of_a_stored_file_is_caught(circular):
    row = circular.attachments.get()
    with open(row.file.path, "r+b") as stored:
        stored.seek(5)
        stored.write(b"X")
    found = verification.differences(circular)
    assert [str(one) for one in found] == [f"Stored file of the attachment “{row.filename}”: changed"]
    assert found[0].sealed == row.sha256


def test_a_lost_file_is_named(circular):
    row = circular.attachments.get()
    row.file.storage.delete(row.file.name)
    assert named(circular) == [f"Stored file of the attachment “{row.filename}”: missing"]


def test_a_byte_of_the_application_is_caught(circular):
    sql = "jsonb_set(content, '{texts,wishes,de}', '\"Nothing\"')"
    tamper(f"UPDATE membership_applicationversion SET content = {sql} || '{{\"more\": 1}}'")
    assert named(circular) == ["Application (sha256): changed"]


@pytest.mark.parametrize("ending", ["zh", "de", "en"])
def test_a_byte_of_a_pdf_is_caught(circular, ending):
    name = f"circular-2017-01-{ending}.pdf"
    tamper(
        "UPDATE letters_letterattachment SET content = set_byte(content, 100, get_byte(content, 100) # 1) "
        "WHERE filename = %s",
        name,
    )
    assert named(circular) == [f"PDF “{name}”: changed"]
    tamper("DELETE FROM letters_letterattachment WHERE filename = %s", name)
    assert named(circular) == [f"PDF “{name}”: missing"]


def test_a_byte_of_the_kept_manifest_is_caught_by_the_printed_seal(circular):
    tamper("UPDATE membership_sealedmanifest SET content = replace(content, '\"2017/01\"', '\"2017/07\"')")
    assert named(circular) == ["Manifest kept with the seal: changed", "Number: changed"]
    tamper("UPDATE membership_sealedmanifest SET content = '{'")
    assert named(circular) == ["Manifest kept with the seal: changed"]


def test_text_and_manifest_changed_alike_are_caught_by_the_printed_seal(circular):
    tamper("UPDATE membership_circular SET subject_en = 'Other'")
    changed = seals.canonical(seals.manifest_of(cast.fresh(circular)))
    tamper("UPDATE membership_sealedmanifest SET content = %s", changed)
    assert named(circular) == ["Seal: changed"]


def test_a_lost_manifest_is_named_and_the_seal_still_tells(circular):
    tamper("DELETE FROM membership_sealedmanifest")
    assert named(circular) == ["Manifest kept with the seal: missing"]
    tamper("UPDATE membership_circular SET subject_en = 'Other'")
    assert named(circular) == ["Manifest kept with the seal: missing", "Content of the circular: changed"]


def test_everything_made_anew_is_caught_by_the_code_on_paper(circular):
    """Text, manifest and seal changed so that they fit: the copies on paper name another seal."""
    printed = circular.code
    tamper("UPDATE membership_circular SET subject_en = 'Other'")
    changed = seals.canonical(seals.manifest_of(cast.fresh(circular)))
    tamper("UPDATE membership_sealedmanifest SET content = %s", changed)
    tamper("UPDATE membership_circular SET seal = %s", seals.sha256(changed))
    assert named(circular) == []
    assert verification.find(printed) is None
    with pytest.raises(CommandError, match="Not as sealed: 2017/01"):
        call_command("verify_circular", "2017/01", seal=printed, stdout=StringIO())


def test_triggers_hold_the_manifest(circular):
    from django.db import DatabaseError, transaction

    for change in (
        lambda: SealedManifest.objects.update(content="{}"),
        lambda: SealedManifest.objects.all().delete(),
        lambda: SealedManifest.objects.create(circular=circular, content="{}"),
        lambda: LetterAttachment.objects.update(content=b""),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_code_is_found_as_people_type_it(circular):
    code, seal = circular.code, circular.seal
    spelt = (code, code.replace("-", ""), code.replace("-", " "), code.replace("-", "–"), seal)
    for typed in (*spelt, *(one.upper() for one in spelt), f" {code}\n", "\u200b".join(seal)):
        assert verification.find(typed) == circular
    wrong = "0" if seal[-1] != "0" else "1"
    for typed in ("", code[:-1], code + "0", seal[:-1] + wrong, "zzzz-zzzz-zzzz", "%", "0" * 12, seal + "0"):
        assert verification.find(typed) is None


def run(*numbers, **options):
    out = StringIO()
    try:
        call_command("verify_circular", *numbers, stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_command_verifies_one_or_all(circular):
    intact = f"2017/01: intact, seal {circular.seal}\n"
    assert run("2017/01") == (intact, "")
    assert run("2017-01", seal=circular.code) == (intact, "")
    assert run() == (intact, "")
    assert run("2017/02") == ("", "There is no circular 2017/02.")


def test_command_names_what_was_and_what_is(circular):
    sealed = circular.subject_de
    tamper("UPDATE membership_circular SET subject_de = 'Anders'")
    assert run("2017/01") == (
        f"2017/01: Subject in German: changed\n  sealed: {sealed}\n  found:  Anders\n",
        "Not as sealed: 2017/01",
    )


def test_verifying_takes_as_many_queries_for_six_members_as_for_three(django_assert_num_queries):
    first = cast.issued("Aachen", "Foshan", "Köln")
    with django_assert_num_queries(8):
        verification.differences(first)
