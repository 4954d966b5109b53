"""A delivery as a mail."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.utils.translation import override

from alliance.letters.actions import Addressee
from alliance.letters.sending import Stencils
from alliance.letters.states import LetterKind
from tests.factories.letters import letter_to
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def mail_of(delivery):
    """What a mail program reads."""
    return message_from_bytes(Stencils().mail_for(delivery).content, policy=default)


def texts_of(mail):
    bodies = mail.get_body(("plain",)), mail.get_body(("html",))
    return tuple(body.get_content().replace("\r\n", "\n") for body in bodies)


def test_a_mail_has_a_plain_and_an_html_text_and_its_headers():
    user = UserFactory(name="Anna Müller", language="en", email="anna@aachen.example")
    delivery = letter_to(user, path="/circulars/2016-01/", kind=LetterKind.REMINDER).deliveries.get()
    mail = mail_of(delivery)
    assert mail["Subject"] == "Shall Mainz join the alliance?"
    assert mail["From"] == "secretariat@alliance.example"
    assert mail["To"] == "Anna Müller <anna@aachen.example>"
    assert mail["Message-ID"] == f"<{delivery.message_id}>"
    assert mail["Date"] == "Sun, 29 Jan 2017 02:00:00 +0000"
    assert mail["Content-Language"] == "en"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    plain, html = texts_of(mail)
    assert plain.startswith("Dear Anna Müller,\n\nPlease give your statement.\n\nThe deadline is near.\n\n")
    assert "\nhttp://testserver/circulars/2016-01/\n" in plain
    assert "Opening a link never gives a statement" in plain
    assert "<p>Please give your statement.</p>" in html
    assert '<a href="http://testserver/circulars/2016-01/">' in html
    assert "Opening a link never gives a statement" in html


@pytest.mark.parametrize(
    ("language", "lang", "subject", "sentence"),
    [
        ("en", "en", "Shall Mainz join the alliance?", "Please give your statement."),
        ("de", "de", "Soll Mainz der Allianz beitreten?", "Bitte nehmen Sie Stellung."),
        ("zh-hans", "zh-Hans", "美因茨是否加入联盟？", "请发表意见。"),
    ],
)
def test_a_mail_is_in_the_recipients_language(language, lang, subject, sentence):
    delivery = letter_to(UserFactory(language=language)).deliveries.get()
    with override("de"):
        mail = mail_of(delivery)
    assert (mail["Subject"], mail["Content-Language"]) == (subject, lang)
    plain, html = texts_of(mail)
    assert sentence in plain
    assert f"<p>{sentence}</p>" in html
    assert f'<html lang="{lang}">' in html


def test_what_somebody_typed_stays_text():
    def compose():
        return "<b>Subject</b>", "1 < 2 & <script>alert(1)</script>\nhttps://alliance.example/?a=1&b=2"

    to = Addressee("a@example.org", "en", name='"><img src=x>')
    plain, html = texts_of(mail_of(letter_to(to, compose=compose).deliveries.get()))
    assert "1 < 2 & <script>alert(1)</script>\nhttps://alliance.example/?a=1&b=2" in plain
    assert "1 &lt; 2 &amp; &lt;script&gt;alert(1)&lt;/script&gt;<br>" in html
    assert '<a href="https://alliance.example/?a=1&amp;b=2" rel="nofollow">' in html
    assert "<script" not in html
    assert "<img" not in html


def test_nothing_is_fetched_from_elsewhere_by_reading_a_mail():
    _plain, html = texts_of(mail_of(letter_to(UserFactory()).deliveries.get()))
    assert not [word for word in ("src=", "url(", "<link", "@import", "<script") if word in html]


def test_a_name_cannot_add_a_header():
    to = Addressee("a@example.org", "en", name="Eve\r\nBcc: everybody@example.org")
    mail = mail_of(letter_to(to).deliveries.get())
    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].addr_spec == "a@example.org"
    assert mail["To"].addresses[0].display_name == "Eve Bcc: everybody@example.org"


def test_a_letter_about_no_page_links_to_the_inbox_of_who_has_one():
    letter = letter_to(UserFactory(email="a@example.org"), "stranger@example.org")
    delivery = letter.deliveries.get(address="a@example.org")
    assert f"http://testserver/inbox/{delivery.pk}/\n" in Stencils().mail_for(delivery).plain
    assert "http://testserver/inbox" not in Stencils().mail_for(letter.deliveries.get(recipient=None)).plain


def test_somebody_without_a_name_is_greeted_all_the_same():
    delivery = letter_to("a@example.org", kind=LetterKind.NOTICE).deliveries.get()
    assert Stencils().mail_for(delivery).plain.startswith("Dear reader,\n\n")


def test_a_circular_brings_its_own_salutation():
    plain, html = texts_of(
        mail_of(letter_to(UserFactory(name="Anna"), kind=LetterKind.CIRCULAR).deliveries.get())
    )
    assert plain.startswith("Please give your statement.")
    assert "Dear Anna" not in plain + html


@pytest.mark.parametrize("language", ["en", "de", "zh-hans"])
def test_the_alliance_is_named_in_chinese_once(language):
    mail = mail_of(letter_to(UserFactory(language=language)).deliveries.get())
    assert [text.count("中德工业城市联盟") for text in texts_of(mail)] == [1, 1]
