"""A real installation's settings, served from databases of the benchmark's own by plain HTTP."""

import os

os.environ.update(DEBUG="0", DEMO="0", ALLOWED_HOSTS="127.0.0.1,testserver", DATABASE_URL="")
os.environ["SECRET_KEY"] = "a-benchmark-needs-no-secret-but-a-key-of-a-decent-length-all-the-same"
os.environ["SITE_URL"] = "http://127.0.0.1"
os.environ["EMAIL_URL"] = "dummymail://"
os.environ["LOG_LEVEL"] = "INFO"  # as a real site: a line for every request

from alliance.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
DATABASES["default"]["NAME"] = os.environ.get("BENCH_DATABASE", "bench")  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
SECOND_FACTOR_REQUIRED = False
MIDDLEWARE = [*MIDDLEWARE, "tests.bench.afresh.afresh"]  # noqa: F405
