"""Log lines as JSON, one a line, with the request they belong to."""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")

SECRETS = re.compile(
    r"(/invitations|/sheets|/circulars/[\w-]+/answer|/accounts/(?:confirm-email|password/reset/key))/[^/\s]{20,}"
)


def without_secrets(text: str) -> str:
    """An address, or a line with one in it, without the part that opens an account or answers for a city."""
    return SECRETS.sub(r"\1/…", text)


class Line(logging.Formatter):
    """One log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if request_id.get():
            line["request"] = request_id.get()
        line.update(getattr(record, "fields", {}))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
