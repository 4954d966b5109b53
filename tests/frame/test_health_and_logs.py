"""What operators see: health, log lines, the request in the audit trail."""

import json
import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from alliance.accounts.logs import Line
from alliance.letters.models import Heartbeat
from tests.factories.people import UserFactory


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "status", "body"),
    [
        (timedelta(seconds=5), 200, {"healthy": True, "database": "ok", "worker": "ok"}),
        (timedelta(minutes=10), 503, {"healthy": False, "database": "ok", "worker": "late"}),
        (None, 503, {"healthy": False, "database": "ok", "worker": "late"}),
    ],
)
def test_health_tells_database_and_worker(client, age, status, body):
    if age is not None:
        Heartbeat.objects.create(worker="one", beat_at=timezone.now() - age)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (status, body)


@pytest.mark.django_db
def test_each_request_has_one_log_line_with_its_id(client, caplog):
    caplog.set_level(logging.INFO, logger="alliance.requests")
    answer = client.get("/imprint/", headers={"X-Request-ID": "from-the-proxy-1"})
    lines = [
        json.loads(Line().format(record)) for record in caplog.records if record.name == "alliance.requests"
    ]
    assert [(line["method"], line["path"], line["status"], line["user"]) for line in lines] == [
        ("GET", "/imprint/", 200, None)
    ]
    assert answer["X-Request-ID"] == "from-the-proxy-1"


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_a_bad_request(client):
    client.raise_request_exception = False
    answer = client.get("/", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.context["navigation"] != []) == (400, True)
    assert "This request was not understood" in answer.content.decode()


@pytest.mark.django_db
def test_a_request_id_that_is_none_is_replaced(client):
    answer = client.get("/imprint/", headers={"X-Request-ID": "a b\tc"})
    assert len(answer["X-Request-ID"]) == 32


@pytest.mark.django_db
def test_the_audit_trail_knows_person_address_and_request(client):
    user = UserFactory(language="en")
    client.force_login(user)
    answer = client.post(
        "/accounts/language/", {"language": "de", "next": "/"}, headers={"X-Request-ID": "trail-request-7"}
    )
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.language == "de"
    last = user.events.order_by("pgh_id").last()
    context = last.pgh_context.metadata
    assert (context["user"], context["url"], context["request"]) == (
        user.pk,
        "/accounts/language/",
        "trail-request-7",
    )


def test_log_lines_are_json_with_their_exception():
    try:
        raise ValueError("wrong")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "it %s", ("failed",), exc_info=True)
        record.exc_info = __import__("sys").exc_info()
    line = json.loads(Line().format(record))
    assert (line["level"], line["message"]) == ("error", "it failed")
    assert "ValueError: wrong" in line["exception"]
