"""What a worker needs and no more: so that its database is made quickly."""

import os

os.environ.update(DEBUG="0", DEMO="0", ALLOWED_HOSTS="localhost", DATABASE_URL="")
os.environ["SECRET_KEY"] = "tests-need-no-secret-but-a-key-of-a-decent-length-all-the-same"
os.environ["SITE_URL"] = "https://alliance.example"
os.environ["EMAIL_URL"] = "smtp://127.0.0.1:25"
os.environ["LOG_LEVEL"] = "WARNING"

from alliance.settings import *  # noqa: F403

INSTALLED_APPS = [
    "alliance",
    "alliance.embedded_postgres",
    "alliance.pages",
    "alliance.accounts",
    "alliance.letters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pghistory",
    "pgtrigger",
]
WORKER_SWEEPS: list[str] = []
