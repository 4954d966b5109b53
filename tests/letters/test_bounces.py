"""What comes back, in the words of real mail servers: told apart, and written to the copy it is about."""

import base64
import random
from datetime import timedelta

import pytest

from alliance.letters import actions
from alliance.letters.bounces import LONGEST_MAIL, Result, Verdict, read, record
from alliance.letters.models import ReturnedMail
from alliance.letters.signals import copy_bounced
from alliance.letters.states import DeliveryState
from tests.factories.bounces import BACK, CORPUS, SENT, SOME_ID, accepted, fresh, mail
from tests.factories.letters import letter_to
from tests.factories.people import SecretaryFactory

# file → what it is, the status it names, how its words begin
CORPUS_TABLE = {
    "163_delayed": (Verdict.TEMPORARY, "4.2.1", "系统通知：邮件投递延迟\n您的邮件暂时无法送达收件人"),
    "163_failed": (Verdict.PERMANENT, "5.0.0", "550 用户不存在 User not found: li.wei@163.example"),
    "absent_de": (Verdict.AUTO_REPLY, "", ""),
    "absent_en": (Verdict.AUTO_REPLY, "", ""),
    "absent_without_subject": (Verdict.AUTO_REPLY, "", ""),
    "absent_zh": (Verdict.AUTO_REPLY, "", ""),
    "bare_failed": (Verdict.PERMANENT, "", "Unzustellbar\nIhre Nachricht konnte nicht zugestellt werden."),
    "challenge_response": (Verdict.AUTO_REPLY, "", ""),
    "delivered_report": (Verdict.OTHER, "", ""),
    "encoded_report_failed": (Verdict.PERMANENT, "5.7.1", "554 5.7.1 Relay access denied"),
    "exchange_failed": (Verdict.PERMANENT, "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound;"),
    "exim_delayed": (Verdict.TEMPORARY, "", "Warning: message 1cXf0P-0001Ab-Cd delayed 24 hours"),
    "exim_failed": (Verdict.PERMANENT, "", "Mail delivery failed: returning message to sender"),
    "forwarded_bounce": (Verdict.OTHER, "", ""),
    "gmail_delayed": (Verdict.TEMPORARY, "4.4.1", "** Delivery incomplete **"),
    "gmail_failed": (Verdict.PERMANENT, "5.1.1", "550-5.1.1 The email account that you tried"),
    "ordinary_reply": (Verdict.OTHER, "", ""),
    "postfix_delayed": (Verdict.TEMPORARY, "4.4.1", "connect to mail.stadt.example[192.0.2.10]:25:"),
    "postfix_failed": (Verdict.PERMANENT, "5.1.1", "550 5.1.1 <a.becker@stadt.example>: Recipient"),
    "postfix_gave_up": (Verdict.PERMANENT, "4.4.1", "connect to mail.stadt.example[192.0.2.10]:25:"),
    "qmail_failed": (Verdict.PERMANENT, "5.1.1", "failure notice\nHi. This is the qmail-send program"),
    "qq_failed": (Verdict.PERMANENT, "550", "系统退信/Systems bounce\n退信提示"),
    "read_receipt": (Verdict.OTHER, "", ""),
    "vacation_program": (Verdict.AUTO_REPLY, "", ""),
}
WITHOUT_MESSAGE_ID = {"bare_failed", "163_delayed"}


# What is it


def test_the_table_names_every_mail_of_the_corpus():
    assert {path.stem for path in CORPUS.glob("*.eml")} == set(CORPUS_TABLE)


@pytest.mark.parametrize("name", CORPUS_TABLE)
def test_each_mail_is_known_for_what_it_is(name):
    reading, (verdict, status, words) = read(mail(name)), CORPUS_TABLE[name]
    assert (reading.verdict, reading.status, reading.words[: len(words)]) == (verdict, status, words)
    assert bool(reading.words) is bool(words)


@pytest.mark.parametrize("name", sorted(set(CORPUS_TABLE) - WITHOUT_MESSAGE_ID))
def test_the_copy_is_named_wherever_the_server_put_its_message_id(name):
    assert read(mail(name)).message_ids == (SOME_ID,)


@pytest.mark.parametrize("name", sorted(WITHOUT_MESSAGE_ID))
def test_without_the_letter_the_return_path_tells_the_copy(name):
    reading = read(
        (CORPUS / f"{name}.eml").read_bytes().replace(b"RETURN-PATH", b"somebody@alliance.example")
    )
    assert (reading.message_ids, reading.return_paths) == ((), ())
    recipient = f"bounces+{SOME_ID.split('@')[0]}@alliance.example"
    assert read(mail(name)).return_paths == (SOME_ID.split("@")[0],)
    assert read(b"Subject: x\n\nx", recipient=recipient).return_paths == (SOME_ID.split("@")[0],)


def test_of_several_recipients_the_worst_counts():
    report = (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        "Final-Recipient: rfc822; a@x.example\nAction: delivered\nStatus: 2.0.0\n\n"
        "Final-Recipient: rfc822; b@x.example\nAction: delayed\nStatus: 4.2.0\n\n"
        "Final-Recipient: rfc822; c@x.example\nAction: failed\nStatus: 5.2.0\n\n--b--\n"
    )
    assert read(report.encode()).verdict == Verdict.PERMANENT
    assert read(report.replace("failed", "delivered").encode()).verdict == Verdict.TEMPORARY
    assert read(report.replace("failed", "delayed").replace("5.2.0", "4.2.0").encode()).verdict == (
        Verdict.TEMPORARY
    )


@pytest.mark.parametrize(
    ("status", "verdict"), [("5.1.1", "permanent"), ("4.4.1", "temporary"), ("2.1.5", "other"), ("", "other")]
)
def test_without_an_action_the_status_tells(status, verdict):
    report = (
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
        f"Content-Type: message/delivery-status\n\nStatus: {status}\n\n--b--\n"
    )
    assert read(report.encode()).verdict.value == verdict


def test_the_corpus_holds_what_servers_in_china_send():
    """Raw GB18030, and the same in base64."""
    assert "退回来了".encode("gb18030") in (CORPUS / "163_failed.eml").read_bytes()
    assert base64.b64encode("系统退信/Systems bounce".encode("gb18030")) in mail("qq_failed")


# Whatever strangers send


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0",
        b"\xff\xfe" * 500,
        b"From: mailer-daemon@x\nContent-Type: text/plain; charset=no-such\n\n\xff\xff\xff",
        b'From: mailer-daemon@x\nContent-Type: text/plain; charset="utf-8\n'
        b"Content-Transfer-Encoding: base64\n\n%",
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"
        b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n!!!!\n--b--",
        b"Subject: =?utf-8?B?####?=\nFrom: =?x?q?=ZZ?= <postmaster@x>\n\n\0\0",
        b"From: [\nTo: @@<>,,(((\nIn-Reply-To: \xe4\xbd\n\n",
        b"\n".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d" % (n, n) for n in range(3000)),
    ],
)
def test_malformed_mails_break_nothing(raw):
    assert read(raw).verdict in Verdict


def test_half_a_mail_and_one_with_flipped_bytes_break_nothing():
    chance = random.Random(1)
    for name in CORPUS_TABLE:
        whole = mail(name)
        for _ in range(5):
            read(whole[: chance.randrange(len(whole))])
            damaged = bytearray(whole)
            for _ in range(30):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            assert "\0" not in read(bytes(damaged)).words


@pytest.mark.parametrize(
    "filling", [b"<style", b"-" * 75 + b"\n", b"<a.b@c>\n", b"\n", b"> \xce\xde\xb7\xa8\n"]
)
def test_a_huge_mail_is_read_in_a_moment(filling):
    head = b"From: MAILER-DAEMON@x.example\nContent-Type: text/html\n\nundeliverable\n"
    huge = head + filling * (LONGEST_MAIL // len(filling)) + b"\nMessage-ID: <%s>" % SOME_ID.encode()
    reading = read(huge)
    assert (reading.verdict, reading.message_ids) == (Verdict.PERMANENT, ())  # only the beginning is read
    assert len(reading.words) <= 2000


# What is done with it


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, row in CORPUS_TABLE.items() if row[0] == Verdict.PERMANENT])
def test_a_copy_that_comes_back_for_good_is_returned_with_the_servers_words(name):
    delivery, other = accepted(), accepted()
    taken = record(mail(name, delivery.message_id), at=BACK)
    assert (taken.result, taken.delivery) == (Result.BOUNCED, delivery)
    delivery = fresh(delivery)
    assert (delivery.state, delivery.bounced_at, delivery.settled_at) == ("bounced", BACK, SENT)
    assert delivery.bounce.startswith(CORPUS_TABLE[name][2])
    assert fresh(other).state == "accepted"
    assert list(ReturnedMail.objects.values_list("delivery", "kind", "taken_at")) == [
        (delivery.pk, "permanent", BACK)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, row in CORPUS_TABLE.items() if row[0] == Verdict.TEMPORARY])
def test_a_delay_is_noted_and_changes_nothing(name):
    delivery = accepted()
    assert record(mail(name, delivery.message_id), at=BACK).result == Result.NOTED
    assert (fresh(delivery).state, fresh(delivery).bounced_at) == ("accepted", None)
    assert delivery.returned_mails.get().kind == "temporary"


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, row in CORPUS_TABLE.items() if not row[0].is_bounce])
def test_replies_by_programs_and_people_change_nothing(name):
    delivery = accepted()
    expected = {Verdict.AUTO_REPLY: Result.AUTO_REPLY, Verdict.OTHER: Result.NO_BOUNCE}
    assert record(mail(name, delivery.message_id), at=BACK).result == expected[CORPUS_TABLE[name][0]]
    assert (fresh(delivery).state, ReturnedMail.objects.count()) == ("accepted", 0)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["postfix_failed", "postfix_delayed", "qq_failed", "qmail_failed"])
def test_the_same_bounce_twice_changes_nothing(name):
    delivery = accepted()
    first = record(mail(name, delivery.message_id), at=BACK)
    before = fresh(delivery)
    again = record(
        b"Received: from elsewhere\n" + mail(name, delivery.message_id), at=BACK + timedelta(hours=1)
    )
    assert first.result != again.result == Result.KNOWN
    assert fresh(delivery).bounced_at == before.bounced_at
    assert ReturnedMail.objects.count() == 1


@pytest.mark.django_db
def test_an_old_bounce_says_nothing_about_a_copy_that_was_sent_again():
    delivery = accepted()
    record(mail("postfix_failed", delivery.message_id), at=BACK)
    delivery = actions.requeue(delivery, by=SecretaryFactory(), at=BACK)
    delivery.claim(until=BACK + timedelta(hours=1))
    delivery.accept(answer="250 OK", at=BACK)
    delivery.save()
    assert record(mail("postfix_failed", delivery.message_id), at=BACK).result == Result.KNOWN
    assert fresh(delivery).state == "accepted"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["postfix_failed", "bare_failed", "qq_failed"])
@pytest.mark.parametrize("forged", [SOME_ID, "1@alliance.example", "", "%@alliance.example"])
def test_a_bounce_without_the_id_of_a_copy_does_nothing(name, forged):
    delivery = accepted()
    taken = record(mail(name, forged), at=BACK)
    assert (taken.result, taken.delivery) == (Result.UNKNOWN_COPY, None)
    assert (fresh(delivery).state, ReturnedMail.objects.count()) == ("accepted", 0)


@pytest.mark.django_db
def test_knowing_the_address_and_the_subject_is_not_enough():
    delivery = accepted()
    for recipient in (f"bounces+{delivery.pk}@alliance.example", "bounces@alliance.example"):
        assert record(mail("postfix_failed", SOME_ID), recipient=recipient).result == Result.UNKNOWN_COPY
    assert fresh(delivery).state == "accepted"


STATES_BEFORE_A_BOUNCE = {
    DeliveryState.QUEUED: "queued",
    DeliveryState.ACCEPTED: "bounced",
    DeliveryState.DEFERRED: "deferred",
    DeliveryState.FAILED: "failed",
    DeliveryState.UNCERTAIN: "bounced",
    DeliveryState.CALLED_BACK: "called_back",
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES_BEFORE_A_BOUNCE)
def test_a_bounce_in_every_state(state):
    delivery = letter_to("a.becker@stadt.example").deliveries.get()
    moves = {
        "accepted": lambda: delivery.accept(answer="", at=SENT),
        "deferred": lambda: delivery.defer(answer="", until=BACK),
        "failed": lambda: delivery.fail(answer="", at=SENT),
        "uncertain": lambda: delivery.lose(answer="", until=BACK),
    }
    if state in moves:
        delivery.claim(until=BACK)
        moves[state]()
    elif state == DeliveryState.CALLED_BACK:
        delivery.call_back(at=SENT)
    delivery.save()
    expected = STATES_BEFORE_A_BOUNCE[state]
    taken = record(mail("postfix_failed", delivery.message_id), at=BACK)
    assert taken.result == (Result.BOUNCED if expected == "bounced" else Result.NOTED)
    assert fresh(delivery).state == expected
    assert delivery.returned_mails.count() == 1


@pytest.mark.django_db
def test_while_a_worker_waits_for_the_answer_a_bounce_comes_again_later():
    delivery = letter_to("a.becker@stadt.example").deliveries.get()
    delivery.claim(until=BACK)
    delivery.save()
    with pytest.raises(actions.BeingSent):
        record(mail("postfix_failed", delivery.message_id), at=SENT)
    assert ReturnedMail.objects.count() == 0
    delivery.accept(answer="250 OK", at=SENT)
    delivery.save()
    assert record(mail("postfix_failed", delivery.message_id), at=BACK).result == Result.BOUNCED


@pytest.mark.django_db
def test_a_bounce_is_told_to_other_apps_once_within_the_transaction():
    heard = []

    def hear(sender, delivery, at, **more):
        heard.append((delivery.pk, delivery.state, at))

    delivery = accepted()
    copy_bounced.connect(hear)
    try:
        for _ in range(2):
            record(mail("postfix_delayed", delivery.message_id), at=BACK)
            record(mail("postfix_failed", delivery.message_id), at=BACK)
    finally:
        copy_bounced.disconnect(hear)
    assert heard == [(delivery.pk, "bounced", BACK)]


@pytest.mark.django_db
def test_a_receiver_that_fails_leaves_nothing_behind():
    def fail(**more):
        raise LookupError

    delivery = accepted()
    copy_bounced.connect(fail)
    try:
        with pytest.raises(LookupError):
            record(mail("postfix_failed", delivery.message_id), at=BACK)
    finally:
        copy_bounced.disconnect(fail)
    assert (fresh(delivery).state, ReturnedMail.objects.count()) == ("accepted", 0)
