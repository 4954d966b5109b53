"""Bounces by the pipe of a mail server, or collected from a mailbox."""

import os
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alliance.letters.models import ReturnedMail
from tests.factories.bounces import BACK, SOME_ID, accepted, fresh, mail
from tests.factories.letters import letter_to


def run(monkeypatch, raw=b"", **options):
    out, err = StringIO(), StringIO()
    stdin = StringIO()
    stdin.buffer = BytesIO(raw)
    monkeypatch.setattr(sys, "stdin", stdin)
    call_command("record_bounce", stdout=out, stderr=err, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_the_pipe_takes_one_mail_and_says_what_it_did(monkeypatch):
    delivery = accepted()
    said = run(monkeypatch, mail("postfix_failed", delivery.message_id))
    assert said == f"the mail: came back: {delivery}\n"
    assert "taken before" in run(monkeypatch, mail("postfix_failed", delivery.message_id))
    assert "of no mail of ours" in run(monkeypatch, mail("postfix_failed"))
    assert "automatic reply" in run(monkeypatch, mail("absent_zh", delivery.message_id))
    assert "no bounce" in run(monkeypatch, mail("ordinary_reply", delivery.message_id))


@pytest.mark.django_db
@pytest.mark.parametrize("by_environment", [True, False])
def test_the_pipe_knows_the_envelope_recipient(monkeypatch, by_environment):
    delivery = accepted()
    recipient = f"bounces+{delivery.message_id.split('@')[0]}@alliance.example"
    raw = b"From: mailer-daemon@x.example\nSubject: failure notice\n\nNo such user.\n"
    if by_environment:
        monkeypatch.setenv("ORIGINAL_RECIPIENT", recipient)
        run(monkeypatch, raw)
    else:
        run(monkeypatch, raw, recipient=recipient)
    assert fresh(delivery).state == "bounced"


@pytest.mark.django_db
def test_the_pipe_asks_the_mail_server_to_come_again(monkeypatch):
    delivery = letter_to("a.becker@stadt.example").deliveries.get()
    delivery.claim(until=BACK)
    delivery.save()
    with pytest.raises(CommandError) as caught:
        run(monkeypatch, mail("postfix_failed", delivery.message_id))
    assert caught.value.returncode == 75


def test_without_a_database_the_mail_server_keeps_the_mail():
    """The whole program, as a mail server starts it."""
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none", "DEBUG": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    root = Path(__file__).parents[2]
    ended = subprocess.run(
        [sys.executable, root / "manage.py", "record_bounce"],
        input=mail("postfix_failed"),
        env=environment,
        cwd=root,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 75, ended.stderr


@pytest.fixture
def mailbox(tmp_path):
    for part in ("cur", "new", "tmp"):
        (tmp_path / "Maildir" / part).mkdir(parents=True)
    return tmp_path / "Maildir"


def names(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.mark.django_db
def test_a_mailbox_is_emptied_of_bounces_and_people_find_the_rest(monkeypatch, mailbox):
    bounced, delayed = accepted(), accepted()
    (mailbox / "new" / "1.a.host").write_bytes(mail("qq_failed", bounced.message_id))
    (mailbox / "new" / "2.b.host").write_bytes(mail("postfix_delayed", delayed.message_id))
    (mailbox / "new" / "3.c.host").write_bytes(mail("ordinary_reply", bounced.message_id))
    (mailbox / "new" / "4.d.host").write_bytes(mail("postfix_failed", SOME_ID))
    said = run(monkeypatch, maildir=str(mailbox))
    assert [fresh(one).state for one in (bounced, delayed)] == ["bounced", "accepted"]
    assert said.count("\n") == 4
    assert names(mailbox / "new") == []
    assert names(mailbox / "cur") == ["3.c.host:2,"]
    assert names(mailbox / ".processed" / "cur") == ["1.a.host:2,", "2.b.host:2,", "4.d.host:2,"]
    assert run(monkeypatch, maildir=str(mailbox)) == ""
    assert ReturnedMail.objects.count() == 2


@pytest.mark.django_db
def test_what_cannot_be_taken_in_yet_stays_in_the_mailbox(monkeypatch, mailbox):
    delivery = letter_to("a.becker@stadt.example").deliveries.get()
    delivery.claim(until=BACK)
    delivery.save()
    (mailbox / "new" / "1.a.host").write_bytes(mail("postfix_failed", delivery.message_id))
    (mailbox / "new" / "2.b.host").write_bytes(mail("ordinary_reply"))
    with pytest.raises(CommandError) as caught:
        run(monkeypatch, maildir=str(mailbox))
    assert caught.value.returncode == 75
    assert (names(mailbox / "new"), names(mailbox / "cur")) == (["1.a.host"], ["2.b.host:2,"])


def test_what_is_no_mailbox_is_refused(monkeypatch, tmp_path):
    with pytest.raises(CommandError, match="no Maildir") as caught:
        run(monkeypatch, maildir=str(tmp_path))
    assert caught.value.returncode == 66
