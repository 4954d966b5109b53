"""What must be true of the installation before anything connects."""

from importlib.util import find_spec
from typing import Any

from django.core.checks import CheckMessage, Error, register


@register()
def psycopg_2_alone(**kwargs: Any) -> list[CheckMessage]:
    """Django silently prefers psycopg 3 where both are installed; this site is tested with psycopg2."""
    if find_spec("psycopg") is None:
        return []
    return [
        Error(
            "The package psycopg (version 3) is installed, and Django would use it instead of psycopg2.",
            hint="Uninstall it: pip uninstall psycopg.",
            id="alliance.E001",
        )
    ]
