"""`manage.py dbshell` for the embedded server: with its own psql, over its own socket."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from alliance.embedded_postgres import binaries
from alliance.embedded_postgres.launcher import Server


class DatabaseClient(PostgresClient):
    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.ensure_connection()
        super().runshell(list(parameters))

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        to = Server(settings_dict["DATA_DIR"]).connection_settings
        where = {**settings_dict, "HOST": to["host"], "PORT": to["port"], "USER": to["user"]}
        arguments, environment = super().settings_to_cmd_args_env(where, list(parameters))
        return [str(binaries.installed()[0] / "psql"), *arguments[1:]], environment
