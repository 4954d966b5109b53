from django.apps import AppConfig


class EmbeddedPostgresConfig(AppConfig):
    name = "alliance.embedded_postgres"
    label = "embedded_postgres"
    verbose_name = "Embedded PostgreSQL"

    def ready(self) -> None:
        from alliance.embedded_postgres import checks  # noqa: F401
