"""What the pages of a withdrawal say, and what they ask the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def page_of(withdrawal):
    return f"/withdrawals/{withdrawal.pk}/"


def told_of(response):
    """Mark and word of each city on the page."""
    sides = response.context["sides"]
    return {line.name: (line.mark, line.word) for side in sides for line in side["rows"]}


def steps_of(response):
    return [(step["label"], step["state"]) for step in response.context["steps"]]


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)
