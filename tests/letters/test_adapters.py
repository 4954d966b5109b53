"""What allauth writes goes the way of all letters."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from alliance.letters.adapters import AccountAdapter
from alliance.letters.models import Delivery, Letter
from alliance.letters.sending import Stencils
from alliance.letters.worker import Worker
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

WITH_A_PAGE = (
    "password_reset_key",
    "email_confirmation",
    "email_confirmation_signup",
    "account_already_exists",
)
NOTICES = (
    "account/email/password_changed",
    "account/email/password_set",
    "account/email/password_reset",
    "account/email/email_changed",
    "account/email/email_confirm",
    "account/email/email_deleted",
    "mfa/email/totp_activated",
    "mfa/email/totp_deactivated",
    "mfa/email/recovery_codes_generated",
    "mfa/email/webauthn_added",
    "mfa/email/webauthn_removed",
)


@pytest.fixture
def wei():
    user = UserFactory(
        name="Wei", email="wei@foshan.example", language="zh-hans", password="old and long enough"
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def a_request(rf):
    """A request allauth is working on, from a host an outsider chose."""
    request = rf.get("/", headers={"user-agent": "Browser 1.0"})
    request.user, request.session = AnonymousUser(), {}
    with request_context(request):
        yield request


def test_a_password_reset_is_a_confidential_letter_in_the_persons_language(client, wei):
    assert client.post("/accounts/password/reset/", {"email": "WEI@foshan.example"}).status_code == 302
    letter, delivery = Letter.objects.get(), Delivery.objects.get()
    assert (letter.kind, letter.confidential, letter.written_by) == ("sign_in", True, None)
    assert (delivery.recipient, delivery.address, delivery.name) == (wei, wei.email, "Wei")
    assert (delivery.language, delivery.state) == ("zh-hans", "queued")
    assert letter.path.startswith("/accounts/password/reset/key/")
    assert mail.outbox == []

    link = f"http://testserver{letter.path}"
    Worker("w").once()
    [sent] = mail.outbox
    assert sent.to == ["Wei <wei@foshan.example>"]
    assert link in sent.body
    letter.refresh_from_db()
    assert letter.is_wiped

    response = client.get(letter_path := link.removeprefix("http://testserver"), follow=True)
    assert response.status_code == 200
    assert letter_path != response.request["PATH_INFO"]
    new = "a new one, long enough"
    client.post(response.request["PATH_INFO"], {"password1": new, "password2": new})
    wei.refresh_from_db()
    assert wei.check_password(new)
    assert Letter.objects.first().subject_en == "Your password was reset"


def test_whoever_has_no_account_is_told_so_in_the_language_of_the_page(client):
    client.post(
        "/accounts/password/reset/", {"email": "nobody@example.org"}, headers={"accept-language": "de"}
    )
    letter, delivery = Letter.objects.get(), Delivery.objects.get()
    assert (delivery.recipient, delivery.address, delivery.language) == (None, "nobody@example.org", "de")
    assert letter.subject_en == "There is no account for this address"
    assert "nobody@example.org" in letter.body_en
    assert letter.path == ""
    assert "signup" not in Stencils().mail_for(delivery).plain


def test_nobody_signs_up_by_the_open_form(client, a_request):
    assert AccountAdapter(a_request).is_open_for_signup(a_request) is False
    data = {
        "email": "new@example.org",
        "password1": "long enough to be good",
        "password2": "long enough to be good",
    }
    client.post("/accounts/signup/", data)
    assert not EmailAddress.objects.exists()
    assert not type(UserFactory.build()).objects.filter(email="new@example.org").exists()


@pytest.mark.parametrize("template", WITH_A_PAGE)
def test_the_link_of_a_sign_in_mail_starts_with_the_address_of_the_site(a_request, settings, wei, template):
    settings.SITE_URL = "https://alliance.example"
    link = "https://evil.example/accounts/key/?a=1"
    context = (
        {"password_reset_url": link}
        if "password" in template or "already" in template
        else {"activate_url": link}
    )
    AccountAdapter(a_request).send_mail(f"account/email/{template}", wei.email, {"user": wei, **context})
    read = message_from_bytes(Stencils().mail_for(Delivery.objects.get()).content, policy=default)
    for part in read.iter_parts():
        assert "https://alliance.example/accounts/key/?a=1" in part.get_content().replace("&amp;", "&")
        assert "evil.example" not in part.get_content()


@pytest.mark.parametrize("prefix", NOTICES)
def test_a_notice_says_what_changed_and_from_where(a_request, wei, prefix):
    adapter = AccountAdapter(a_request)
    context = {
        "from_email": "old@foshan.example",
        "to_email": wei.email,
        "deleted_email": "old@foshan.example",
    }
    adapter.send_notification_mail(prefix, wei, context, email="old@foshan.example")
    letter, delivery = Letter.objects.get(), Delivery.objects.get()
    assert (delivery.recipient, delivery.address, delivery.language) == (wei, "old@foshan.example", "zh-hans")
    assert letter.confidential
    assert letter.subject_en == str(render_in("en", f"{prefix}_subject.txt", context))
    assert "If it was you, there is nothing to do." in letter.body_en
    assert "internet address 127.0.0.1; browser: Browser 1.0" in letter.body_en
    assert not letter.body_en.startswith("If it was you")


def render_in(language, template, context):
    with override(language):
        return render_to_string(template, context).strip()


def test_a_letter_of_somebody_signed_in_is_by_that_person(client, wei):
    client.force_login(wei)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    new = "another one, long enough"
    data = {"oldpassword": "old and long enough", "password1": new, "password2": new}
    client.post("/accounts/password/change/", data)
    letter = Letter.objects.get()
    assert (letter.subject_en, letter.written_by) == ("Your password was changed", wei)
    assert timezone.now() - letter.written_at < timedelta(minutes=1)
