"""A real PostgreSQL with nothing to set up: a database backend and the launcher behind it.

Settings: ENGINE "alliance.embedded_postgres", NAME "alliance", DATA_DIR BASE_DIR / "var" / "postgres".
The first connection makes the server run; `manage.py embedded_postgres stop` ends it.
"""
