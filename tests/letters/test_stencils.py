"""What is made once for all copies of a letter, and what is put in for each."""

import base64
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr

import pytest

from alliance.letters import personal
from alliance.letters.actions import Addressee, Enclosure
from alliance.letters.models import Delivery
from alliance.letters.sending import Stencils, mime
from alliance.letters.sending.stencils import KEPT_STENCILS
from alliance.letters.states import LetterKind
from alliance.letters.worker import Worker
from tests.factories.letters import WRITTEN, letter_to
from tests.factories.people import UserFactory
from tests.mail_server import MailServer

pytestmark = pytest.mark.django_db
PDF = bytes(range(256)) * 300


def bytes_of(delivery):
    return Stencils().mail_for(delivery).content


def read(delivery):
    return message_from_bytes(bytes_of(delivery), policy=default)


def text_of(mail, kind):
    return mail.get_body((kind,)).get_content().replace("\r\n", "\n")


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_each_addressee_has_a_personal_link_beside_the_page(language):
    people = [UserFactory(language=language), UserFactory(language=language)]
    letter = letter_to(*people, path="/circulars/2016-01/", personal_path="/answers/{token}/")
    links = set()
    for delivery in letter.deliveries.all():
        link = f"http://testserver/answers/{personal.token_of(delivery)}/"
        mail = read(delivery)
        assert f"\n{link}\n" in text_of(mail, "plain")
        assert f'<a href="{link}">{link}</a>' in text_of(mail, "html")
        assert "\nhttp://testserver/circulars/2016-01/\n" in text_of(mail, "plain")
        links.add(link)
    assert len(links) == 2


def test_who_has_a_personal_link_need_not_sign_in_and_is_told_that_opening_it_does_nothing():
    letter = letter_to(UserFactory(language="en"), path="/c/", personal_path="/answers/{token}/")
    plain = text_of(read(letter.deliveries.get()), "plain")
    assert "Your personal link, which needs no sign-in:" in plain
    assert "meant for you alone" in plain
    assert "has to be confirmed there" in plain
    assert "by people who have signed in" not in plain


def test_a_copy_to_no_person_has_no_personal_link():
    letter = letter_to("mailbox@aachen.example", path="/c/", personal_path="/answers/{token}/")
    plain = text_of(read(letter.deliveries.get()), "plain")
    assert "personal link" not in plain
    assert "{token}" not in plain
    assert "by people who have signed in" in plain


def test_files_go_with_the_copies_in_their_language_or_in_all():
    german, chinese = UserFactory(language="de"), UserFactory(language="zh-hans")
    files = [
        Enclosure("Einladung.pdf", "application/pdf", PDF, "de"),
        Enclosure("邀请函.pdf", "application/pdf", PDF[:7], "zh-hans"),
        Enclosure("Frist.ics", "text/calendar; charset=utf-8; method=PUBLISH", b"BEGIN:VCALENDAR\r\n"),
    ]
    letter = letter_to(german, chinese, enclosures=files)
    found = {}
    for delivery in letter.deliveries.all():
        mail = read(delivery)
        assert mail.get_content_type() == "multipart/mixed"
        assert next(mail.iter_parts()).get_content_type() == "multipart/alternative"
        found[delivery.language] = [
            (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
            for part in mail.iter_attachments()
        ]
    calendar = ("Frist.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n")
    assert found == {
        "de": [("Einladung.pdf", "application/pdf", PDF), calendar],
        "zh-hans": [("邀请函.pdf", "application/pdf", PDF[:7]), calendar],
    }


def test_a_calendar_file_keeps_its_method():
    file = Enclosure("a.ics", "text/calendar; charset=utf-8; method=PUBLISH", b"BEGIN:VCALENDAR\r\n")
    [part] = read(letter_to("a@example.org", enclosures=[file]).deliveries.get()).iter_attachments()
    assert dict(part.get_params()) | {"method": "PUBLISH", "charset": "utf-8"} == dict(part.get_params())


def test_texts_and_files_are_put_together_once_for_many_copies(django_assert_num_queries):
    people = [UserFactory(language=("en", "de")[number % 2]) for number in range(6)]
    letter = letter_to(*people, path="/c/", enclosures=[Enclosure("a.pdf", "application/pdf", PDF)])
    deliveries = list(letter.deliveries.prefetch_related("letter"))
    stencils = Stencils()
    with django_assert_num_queries(2):  # the files, once in each language
        mails = [stencils.mail_for(delivery) for delivery in deliveries]
    assert len(stencils.kept) == 2
    encoded = base64.b64encode(PDF)[:60]
    assert {mail.content.count(encoded) for mail in mails} == {mails[0].content.count(encoded)}
    assert len({mail.content for mail in mails}) == 6


def test_no_more_stencils_are_kept_than_are_of_use():
    stencils = Stencils()
    for number in range(KEPT_STENCILS + 2):
        stencils.mail_for(letter_to(f"{number}@example.org").deliveries.get())
    assert len(stencils.kept) == KEPT_STENCILS
    stencils.clear()
    assert (len(stencils.kept), stencils.ahead) == (0, None)


def test_the_same_mail_is_made_at_every_attempt():
    files = [Enclosure("议程.pdf", "application/pdf", PDF)]
    delivery = letter_to(UserFactory(), enclosures=files, personal_path="/a/{token}/").deliveries.get()
    assert bytes_of(delivery) == bytes_of(Delivery.objects.get())


@pytest.mark.parametrize(
    "name",
    [
        "王伟",
        "欧阳" * 90,
        "Dr. Jürgen Groß-Öhringen, Wirtschaftsförderung",
        'Anna "die Chefin" Müller',
        "Smith, John (Office)",
        "=?utf-8?q?not_encoded?=",
        "",
    ],
)
@pytest.mark.parametrize(
    "subject", ["短题目", "关于美因茨市加入中德工业城市联盟的通函" * 14, "Über" * 60, "plain " * 45]
)
def test_headers_are_short_lines_of_ascii_that_mean_what_was_meant(name, subject):
    to = Addressee("wei@foshan.example", "en", name=name)
    content = bytes_of(letter_to(to, compose=lambda: (subject, "text")).deliveries.get())
    head, _empty, _body = content.partition(b"\r\n\r\n")
    assert head.isascii()
    assert max(map(len, head.split(b"\r\n"))) <= 100
    mail = message_from_bytes(content)
    assert decoded(unfolded(mail["Subject"])) == subject.strip()
    read_name, address = parseaddr(unfolded(mail["To"]))
    assert (decoded(read_name), address) == (name, "wei@foshan.example")
    assert not {b"\n", b"\r"} & set(content.split(b"\r\n"))


def unfolded(value):
    return "".join(value.splitlines())


def decoded(value):
    return str(make_header(decode_header(value)))


def test_a_domain_beyond_ascii_is_written_as_mail_servers_know_it():
    mail = Stencils().mail_for(letter_to("rat@münchen.example").deliveries.get())
    assert mail.recipient == "rat@xn--mnchen-3ya.example"


@pytest.mark.parametrize(
    "text",
    [".", "..\n.\n\n.a", "=20 = ==", "trailing \n\t\n", "x" * 3000, "长" * 3000, "a\r\nb\rc", "ü" + "a" * 80],
)
def test_any_text_arrives_as_it_was_written(text):
    part = message_from_bytes(mime.text_part("plain", f"{text}\n"))
    assert part.get_payload(decode=True).decode() == f"{text}\n".replace("\r\n", "\n").replace("\n", "\r\n")
    assert max(map(len, mime.text_part("plain", f"{text}\n").split(b"\r\n"))) <= 78


def test_lines_that_begin_with_a_dot_are_quoted():
    assert mime.quoted(b"a: b\r\n\r\n.\r\n..c\r\nd.") == b"a: b\r\n\r\n..\r\n...c\r\nd.\r\n"
    assert mime.quoted(b"a: b\r\n\r\nend\r\n") == b"a: b\r\n\r\nend\r\n"


def test_with_an_address_for_returns_each_copy_has_its_own_return_path(smtp_settings):
    smtp_settings.BOUNCE_ADDRESS = "bounces@alliance.example"
    delivery = letter_to("a@aachen.example").deliveries.get()
    with MailServer() as server:
        smtp_settings.EMAIL_PORT = server.port
        Worker("w").once(at=WRITTEN)
    [mail] = server.received
    local, _at, _host = delivery.message_id.partition("@")
    assert mail.sender == f"bounces+{local}@alliance.example"
    assert message_from_bytes(mail.text)["From"] == "secretariat@alliance.example"


def test_without_one_the_sender_is_told(smtp_settings):
    smtp_settings.DEFAULT_FROM_EMAIL = "工业城市联盟 <office@alliance.example>"
    letter_to("a@aachen.example", kind=LetterKind.NOTICE)
    with MailServer() as server:
        smtp_settings.EMAIL_PORT = server.port
        Worker("w").once(at=WRITTEN)
    [mail] = server.received
    assert mail.sender == "office@alliance.example"
    [sender] = message_from_bytes(mail.text, policy=default)["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("工业城市联盟", "office@alliance.example")
