"""Looking at pages as somebody, in English, and reading what stands there."""

import csv
import io
import re
from datetime import UTC, datetime

from alliance.accounts.models import User

TODAY = datetime(2017, 2, 28, 2, 20, tzinfo=UTC)


def sign_in(client, user):
    """Sign somebody in who reads English."""
    User.objects.filter(pk=user.pk).update(language="en", time_zone="")
    user.refresh_from_db()
    client.force_login(user)


def look(client, user, path):
    """A page, as somebody sees it."""
    sign_in(client, user)
    response = client.get(path)
    assert response.status_code == 200
    return response


def post(client, user, path, **data):
    sign_in(client, user)
    return client.post(path, data)


def text_of(response):
    """What a reader reads: without marks, white space made one."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def csv_of(response):
    """The lines of a CSV file."""
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text)))


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def answers_of(response):
    """Who has answered how, by name, as the page of a circular shows it."""
    sides = response.context["answers"]["sides"]
    return {row["name"]: row["position"] for side in sides for row in side["rows"]}


def notes_of(response):
    """What stands beside the answers, by name."""
    sides = response.context["answers"]["sides"]
    return {row["name"]: str(row.get("note", "")) for side in sides for row in side["rows"]}


def facts_of(response):
    """The facts beside a page, by label."""
    return {str(fact["label"]): fact for fact in response.context["facts"]}
