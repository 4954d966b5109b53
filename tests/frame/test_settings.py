"""Each setting that is missing or wrong stops the start with a sentence of help."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "k8Zq0Vw3nB7xC1mL5pR9tY2uI6oP4aS8dF0gH3jK7lQ1wE5rT9y",
    "ALLOWED_HOSTS": "alliance.example",
    "SITE_URL": "https://alliance.example",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example:587",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command with this environment and nothing else of ours."""
    base = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=base | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_a_missing_variable_stops_the_start_with_its_name_and_what_to_set(name):
    environment = {key: value for key, value in COMPLETE.items() if key != name}
    ended = manage("check", **environment)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Settings: {name} is missing. Set it to ")
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"SITE_URL": "alliance.example"}, "SITE_URL is “alliance.example”; it must begin with https://"),
        ({"DATABASE_URL": "mysql://a:b@db/x"}, "DATABASE_URL must name a PostgreSQL database"),
        ({"EMAIL_URL": "pigeon://coop"}, "EMAIL_URL cannot be read"),
        ({"ALLIANCE_TIME_ZONE": "Asia/Foshan"}, "ALLIANCE_TIME_ZONE is “Asia/Foshan”"),
        ({"DEBUG": "perhaps"}, "DEBUG is “perhaps”; set it to 1 or 0."),
        ({"PORT": "http"}, "PORT is “http”; set it to a number"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is “LOUD”; set it to DEBUG, INFO, WARNING or ERROR."),
        ({"MAIL_FROM": "Secretariat"}, "MAIL_FROM is “Secretariat”; set it to an address"),
        ({"EMAIL_URL": "smtp://"}, "EMAIL_URL names no mail server"),
    ],
)
def test_a_wrong_variable_stops_the_start_with_a_sentence(wrong, sentence):
    ended = manage("check", **COMPLETE | wrong)
    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_complete_installation_passes_the_deployment_check_without_a_warning():
    ended = manage("check", "--deploy", "--fail-level", "INFO", **COMPLETE)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_demonstration_needs_no_variable_at_all():
    ended = manage("check", DEMO="1")
    assert ended.returncode == 0


def test_the_demonstration_is_not_loaded_into_a_real_installation():
    ended = manage("load_demo", **COMPLETE)
    assert ended.returncode == 1
    assert "it needs DEMO=1" in ended.stderr


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        (COMPLETE, "set DEMO=1"),
        (
            {"DEMO": "1", "DATABASE_URL": "postgres://u:p@db.example/alliance"},
            "DATABASE_URL names the host db.example",
        ),
        (
            {"DEMO": "1", "DATABASE_URL": "postgres:///alliance?host=db.example"},
            "DATABASE_URL names the host db.example",
        ),
        (
            {"DEMO": "1", "DATABASE_URL": "postgres:///alliance", "PGHOST": "db.example"},
            "DATABASE_URL names the host db.example",
        ),
    ],
)
def test_run_is_refused_for_what_is_not_a_demonstration_of_this_machine(environment, sentence):
    ended = manage("run", **environment)
    assert ended.returncode == 1
    assert sentence in ended.stderr
