"""All settings, read once from the environment. README.md explains each variable."""

from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import environ
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def stop(sentence: str) -> None:
    """End the start with one sentence that says what to set."""
    raise SystemExit(f"Settings: {sentence}")


def flag(name: str) -> bool:
    value = env.str(name, default="").strip().lower()
    if value not in {"", "0", "1", "false", "true", "no", "yes"}:
        stop(f"{name} is “{value}”; set it to 1 or 0.")
    return value in {"1", "true", "yes"}


def required(name: str, help_text: str, otherwise: str) -> str:
    """A variable that a real installation must set and the demonstration may leave out."""
    value = env.str(name, default="").strip()
    if not value and not SAFE_TO_GUESS:
        stop(f"{name} is missing. {help_text}")
    return value or otherwise


DEBUG = flag("DEBUG")
DEMO = flag("DEMO")
SAFE_TO_GUESS = DEBUG or DEMO

SECRET_KEY = required(
    "SECRET_KEY",
    "Set it to 50 or more random characters and keep it secret.",
    otherwise="only-for-the-demonstration-and-development-never-for-real-data",
)
ALLOWED_HOSTS = [
    host.strip()
    for host in required(
        "ALLOWED_HOSTS", "Set it to the host names of this site, separated by commas.", "*"
    ).split(",")
]
PORT = env.str("PORT", default="8000")
if not (PORT.isdecimal() and 0 < int(PORT) < 65536):
    stop(f"PORT is “{PORT}”; set it to a number from 1 to 65535.")
SITE_URL = required(
    "SITE_URL",
    "Set it to the public address, such as https://alliance.example; links in mails begin with it.",
    otherwise=f"http://localhost:{PORT}",
).rstrip("/")
if not SITE_URL.startswith(("https://", "http://")):
    stop(f"SITE_URL is “{SITE_URL}”; it must begin with https:// (or http:// for a trial).")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "alliance",
    "alliance.embedded_postgres",
    "alliance.search",
    "alliance.pages",
    "alliance.accounts",
    "alliance.letters",
    "cities",
    "membership",
    "companies",
    "alliance.pages.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_filters",
    "django_fsm",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "pghistory",
    "pgtrigger",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "alliance.accounts.middleware.RequestRecord",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alliance.accounts.middleware.AuditContext",
    "alliance.accounts.middleware.Preferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alliance.accounts.middleware.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "alliance.urls"
WSGI_APPLICATION = "alliance.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alliance.views.frame.context",
            ],
        },
    }
]
FILTERS_EMPTY_CHOICE_LABEL = _("All")
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

try:
    DATABASE_URL = env.str("DATABASE_URL", default="")
    database = env.db_url_config(DATABASE_URL) if DATABASE_URL else {}
except (ImproperlyConfigured, ValueError):
    stop("DATABASE_URL cannot be read; it looks like postgres://user:password@host:5432/name.")
if DATABASE_URL and database.get("ENGINE") != "django.db.backends.postgresql":
    stop("DATABASE_URL must name a PostgreSQL database: postgres://user:password@host:5432/name.")
if not DATABASE_URL:
    database = {
        "ENGINE": "alliance.embedded_postgres",
        "NAME": "alliance",
        "DATA_DIR": env.path("POSTGRES_DIR", default=str(BASE_DIR / "var" / "postgres")).__str__(),
    }
DATABASES = {
    "default": {
        **database,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": env.str("TEST_DATABASE_NAME", default="") or None},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in attempts and used codes are kept here; of Django's 300 entries a flood would push them out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_ADAPTER = "alliance.letters.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_RATE_LIMITS = {"register": "10/h/ip,5/d/key", "personal_link": "60/h/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("BEHIND_PROXY") else 0
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sino-German Industrial Cities Alliance"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SAFE_TO_GUESS
SECOND_FACTOR_REQUIRED = not DEMO

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["alliance.pages.formats"]
ALLIANCE_TIME_ZONE = env.str("ALLIANCE_TIME_ZONE", default="Asia/Shanghai")
try:
    ZoneInfo(ALLIANCE_TIME_ZONE)
except (ZoneInfoNotFoundError, ValueError):
    stop(f"ALLIANCE_TIME_ZONE is “{ALLIANCE_TIME_ZONE}”; set a name such as Asia/Shanghai or Europe/Berlin.")
TIME_ZONE = ALLIANCE_TIME_ZONE
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
BOOTSTRAP = next(iter(find_spec("bootstrap").submodule_search_locations))  # type: ignore[union-attr, arg-type]
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", BOOTSTRAP)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if SAFE_TO_GUESS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = SAFE_TO_GUESS
MEDIA_ROOT = env.str("FILES_DIR", default=str(BASE_DIR / "var" / "files"))
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

try:
    EMAIL_URL = required(
        "EMAIL_URL",
        "Set it to the mail server, for example smtp+tls://user:password@mail.example:587.",
        otherwise="dummymail://",
    )
    mail = env.email_url_config(EMAIL_URL)
except (ImproperlyConfigured, KeyError, ValueError):
    stop("EMAIL_URL cannot be read; it looks like smtp+tls://user:password@mail.example:587.")
EMAIL_BACKEND = mail["EMAIL_BACKEND"]
if EMAIL_URL.startswith("smtp") and not mail["EMAIL_HOST"]:
    stop("EMAIL_URL names no mail server; it looks like smtp+tls://user:password@mail.example:587.")
EMAIL_HOST, EMAIL_PORT = mail["EMAIL_HOST"], mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail["EMAIL_HOST_USER"] or "", mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = mail.get("EMAIL_USE_TLS", False), mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = env.int("MAIL_TIMEOUT", default=30)
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="secretariat@alliance.example")
if "@" not in DEFAULT_FROM_EMAIL:
    stop(f"MAIL_FROM is “{DEFAULT_FROM_EMAIL}”; set it to an address such as secretariat@alliance.example.")
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="").strip()
if BOUNCE_ADDRESS and not 0 < BOUNCE_ADDRESS.find("@") <= 31:  # a local part is at most 64 characters long
    stop(f"BOUNCE_ADDRESS is “{BOUNCE_ADDRESS}”; set it to an address such as bounces@alliance.example.")

# Who was told comes first: whom a withdrawal takes out of an electorate is out of it when circulars close.
WORKER_SWEEPS = [
    "membership.tasks.record_told",
    "membership.tasks.make_withdrawals_effective",
    "membership.tasks.close_due_circulars",
    "membership.tasks.send_due_reminders",
    "companies.tasks.freshness.archive_ended_memberships",
    "companies.tasks.freshness.make_stale",
    "companies.tasks.freshness.send_reminders",
    "companies.tasks.indexing.index_missing",
    "companies.tasks.vocabulary.have_words_counted",
    "companies.tasks.imports.take_up_abandoned",
    "alliance.accounts.tasks.seal_trail",
]
WORKER_LATE_AFTER_SECONDS = 90
LETTER_PARTIES = "membership.actions.parties"
# Long work that somebody asked for; `manage.py db_worker` does it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

SECURE_SSL_REDIRECT = not SAFE_TO_GUESS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY") else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if SAFE_TO_GUESS else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not SAFE_TO_GUESS
SECURE_HSTS_PRELOAD = not SAFE_TO_GUESS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not SAFE_TO_GUESS
SESSION_COOKIE_AGE = 12 * 3600
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"
# Installed after `migrate` from the models: as 180 migration operations they took half a minute.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True

CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    stop(f"LOG_LEVEL is “{LOG_LEVEL}”; set it to DEBUG, INFO, WARNING or ERROR.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "alliance.accounts.logs.Line"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"pgtrigger": {"level": "WARNING"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
}
