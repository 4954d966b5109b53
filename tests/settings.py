"""The site's settings as a real installation has them, with what tests may take lighter."""

import os

os.environ.update(DEBUG="0", DEMO="0", ALLOWED_HOSTS="testserver,localhost,127.0.0.1")
os.environ["SECRET_KEY"] = "tests-need-no-secret-but-a-key-of-a-decent-length-all-the-same"
os.environ["SITE_URL"] = "http://testserver"
os.environ["EMAIL_URL"] = "dummymail://"
os.environ["LOG_LEVEL"] = "WARNING"

from alliance.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Asked for in tests/accounts/test_second_factor.py; elsewhere people are signed in by force_login.
SECOND_FACTOR_REQUIRED = False
STATIC_ROOT = BASE_DIR / "static"  # noqa: F405
# A live server answers each of a browser's connections in a thread of its own; none keeps the database.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
# What is asked for is done at once; tests/companies/test_imports_kill.py has workers of its own.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
