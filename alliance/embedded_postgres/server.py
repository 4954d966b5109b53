"""The embedded server that the settings name, for whoever starts and stops the whole application."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from alliance.embedded_postgres.launcher import Server

ENGINE = "alliance.embedded_postgres"


def configured() -> Server | None:
    """The server of the default database; None when the settings use another PostgreSQL."""
    database = settings.DATABASES["default"]
    return Server(Path(database["DATA_DIR"])) if database["ENGINE"] == ENGINE else None


def ensure() -> bool:
    """Make sure that it runs with its database in it; True only if this call started it."""
    server = configured()
    return server is not None and server.ensure(settings.DATABASES["default"]["NAME"])


def stop() -> bool:
    """End it; False if it did not run or is not ours to end."""
    server = configured()
    return server is not None and server.stop()
