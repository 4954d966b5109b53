"""Django's PostgreSQL backend, which makes its server run when somebody connects."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.db.backends.postgresql import base as postgresql
from django.utils.asyncio import async_unsafe
from django.utils.functional import cached_property

from alliance.embedded_postgres.client import DatabaseClient
from alliance.embedded_postgres.launcher import MAINTENANCE, Server


class DatabaseWrapper(postgresql.DatabaseWrapper):
    """A connection to the embedded server in `DATA_DIR`; connecting costs nothing extra while it runs."""

    client_class = DatabaseClient

    @cached_property
    def server(self) -> Server:
        return Server(self.settings_dict["DATA_DIR"])

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), **self.server.connection_settings}

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            self.server.ensure(_to_be_created(conn_params["dbname"]))
            return super().get_new_connection(conn_params)


def _to_be_created(database: str) -> str:
    """Test databases are made and dropped by the test runner: connecting must not bring one back."""
    return MAINTENANCE if database.startswith(TEST_DATABASE_PREFIX) else database
