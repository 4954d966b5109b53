"""Whether the database is on this machine: the demonstration is for no other."""

import os

from django.conf import settings

LOCAL_HOSTS = {"", "localhost", "127.0.0.1", "::1"}


def hosts() -> list[str]:
    """Where the database is, in each of the ways that libpq is told."""
    database = settings.DATABASES["default"]
    options = database.get("OPTIONS", {})
    named = database.get("HOST") or options.get("host") or os.environ.get("PGHOST", "")
    return [*str(named).split(","), str(options.get("hostaddr") or os.environ.get("PGHOSTADDR", ""))]


def far_host() -> str:
    """The first host that is not this machine; empty when the database is here, or the built-in one."""
    far = (host for host in hosts() if host not in LOCAL_HOSTS and not host.startswith("/"))
    return next(far, "") if settings.DATABASE_URL else ""
