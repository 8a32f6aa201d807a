"""Settings come from the environment; a bad one is named, with what to write instead."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.core import checks

NUMBERS = [
    "NANASHI_PORT",
    "NANASHI_PAGE_SIZE",
    "NANASHI_KEYWORD_PAGE_SIZE",
    "NANASHI_TREE_LIMIT",
    "NANASHI_COUNT_LIMIT",
    "NANASHI_SEARCH_LIMIT",
    "NANASHI_FEED_SIZE",
    "NANASHI_MAX_BODY",
    "NANASHI_MAX_DEFINITION",
    "NANASHI_MAX_LINE_BYTES",
    "NANASHI_MAX_REQUEST",
    "NANASHI_RATE_FACTOR",
    "NANASHI_SESSION_DAYS",
]
REASONS = {
    "security.W004": "whether the diary is on https alone is for the operator's proxy to say",
    "security.W008": "an onion address or a proxy may well speak http; redirects are for the proxy",
    "security.W016": "on plain http, as in these tests, no cookie can be for https alone",
}
"""Warnings of `check --deploy` that do not apply, with the reason for each."""


def run(code: str, environment: Mapping[str, str], **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def value_of(name: str, environment: Mapping[str, str], **settings: str) -> str:
    """A setting as a new process reads it."""
    code = f"from django.conf import settings; print(repr(settings.{name}))"
    done = run(code, environment, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("value", ["0", "-1", "many", "", "2.5", "２５", "1e3", " 25"])
def test_a_bad_number_is_named(environment: dict[str, str], value: str) -> None:
    done = run("from nanashi.cli import main; main(['check'])", environment, NANASHI_PAGE_SIZE=value)
    assert done.returncode == 1
    assert "NANASHI_PAGE_SIZE" in done.stderr
    assert repr(value) in done.stderr
    assert "write a whole number of 1 or more, such as 25" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("NANASHI_PORT", "99999", "write a whole number from 1 to 65535"),
        ("NANASHI_SEAL_HOUR", "24", "write a whole number from 0 to 23"),
        ("NANASHI_NAME", "a\nb", "write it in one line"),
        ("NANASHI_PAGE_SIZ", "3", "did you mean NANASHI_PAGE_SIZE?"),
        ("NANASHI_STOP_WORDS", "/nowhere", "name a file in UTF-8, one word a line"),
        ("NANASHI_URL", "https://diary.example/here", "without a path"),
    ],
)
def test_check_says_what_to_write_instead(
    environment: dict[str, str], name: str, value: str, remedy: str
) -> None:
    done = run("from nanashi.cli import main; main(['check'])", environment, **{name: value})
    assert done.returncode == 1
    assert remedy in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_an_empty_folder_name_is_the_usual_folder(environment: dict[str, str]) -> None:
    usual = value_of("NANASHI_DATA", {**environment, "NANASHI_DATA": "data"})
    assert value_of("NANASHI_DATA", environment, NANASHI_DATA="") == usual


@pytest.mark.parametrize("name", NUMBERS)
def test_every_number_is_checked(environment: dict[str, str], name: str) -> None:
    done = run("from nanashi.web import settings", environment, **{name: "x"})
    assert done.returncode == 1
    assert f"{name} is 'x'" in done.stderr


def test_the_environment_is_read(environment: dict[str, str], tmp_path: Path) -> None:
    assert value_of("PAGE_SIZE", environment) == "25"
    assert value_of("PAGE_SIZE", environment, NANASHI_PAGE_SIZE="7") == "7"
    assert value_of("NANASHI_URL", environment) == "'http://127.0.0.1:8000'"
    assert value_of("NANASHI_URL", environment, NANASHI_PORT="8001") == "'http://127.0.0.1:8001'"
    site = "https://diary.example"
    assert value_of("NANASHI_URL", environment, NANASHI_URL=f"{site}/") == f"'{site}'"
    assert value_of("FORMER_URLS", environment, NANASHI_FORMER_URLS="a, b c") == "('a', 'b', 'c')"
    assert value_of("TIME_ZONE", environment) == "'Asia/Tokyo'"


def test_the_largest_form_is_what_the_operator_says(environment: dict[str, str]) -> None:
    """What Django refuses, not only a number of that name."""
    name = "DATA_UPLOAD_MAX_MEMORY_SIZE"
    assert value_of(name, environment) == "8000000"
    assert value_of(name, environment, NANASHI_MAX_BODY="500000") == str(24 * 500_000)
    assert value_of(name, environment, NANASHI_MAX_REQUEST="1234") == "1234"


def test_cookies_are_kept_to_https_where_the_diary_is(environment: dict[str, str]) -> None:
    assert value_of("LANGUAGE_COOKIE_SECURE", environment) == "False"
    assert value_of("LANGUAGE_COOKIE_SECURE", environment, NANASHI_URL="https://diary.example") == "True"


def test_sessions_have_a_host_cookie_on_https_and_another_name_elsewhere(environment: dict[str, str]) -> None:
    for name, plain, secure in [
        ("SESSION_COOKIE", "nanashi_session", "__Host-nanashi"),
        ("CSRF_COOKIE_NAME", "nanashi_csrf", "__Host-nanashi_csrf"),
    ]:
        assert value_of(name, environment) == repr(plain)
        assert value_of(name, environment, NANASHI_URL="https://diary.example") == repr(secure)
    assert value_of("CSRF_COOKIE_SECURE", environment, NANASHI_URL="https://diary.example") == "True"


@pytest.mark.parametrize("name", ["NANASHI_SIGN_UP", "NANASHI_INSECURE_COOKIE"])
def test_a_bad_word_is_named_with_those_that_count(environment: dict[str, str], name: str) -> None:
    done = run("from nanashi.cli import main; main(['check'])", environment, **{name: "perhaps"})
    assert done.returncode == 1
    assert f"{name} is 'perhaps'; write " in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "https://diary.example"])
def test_the_command_of_django_finds_nothing(environment: dict[str, str], address: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={**environment, "NANASHI_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_database_that_is_not_there_yet_is_refused_by_name(environment: dict[str, str]) -> None:
    done = run("from nanashi.web import settings", environment, DATABASE_URL="postgres://x")
    assert done.returncode == 1
    assert "DATABASE_URL is set" in done.stderr


def test_reading_the_settings_leaves_nothing_behind(environment: dict[str, str]) -> None:
    value_of("SECRET_KEY", environment)
    assert not Path(environment["NANASHI_DATA"]).exists()


def test_a_secret_key_is_made_once_for_the_owner_alone(environment: dict[str, str]) -> None:
    folder = Path(environment["NANASHI_DATA"])
    folder.mkdir()
    first = value_of("SECRET_KEY", environment)
    assert len(first) > 50
    assert value_of("SECRET_KEY", environment) == first
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert value_of("SECRET_KEY", environment, NANASHI_SECRET_KEY="given") == "'given'"


def test_debug_is_off_and_no_setting_turns_it_on(environment: dict[str, str]) -> None:
    assert value_of("DEBUG", environment, DEBUG="1", DJANGO_DEBUG="1", NANASHI_DEBUG="1") == "False"


def test_django_finds_nothing_else_to_warn_of() -> None:
    """`check --deploy`, but for what stands above with its reason."""
    found = {message.id: message for message in checks.run_checks(include_deployment_checks=True)}
    assert {name: str(message) for name, message in found.items() if name not in REASONS} == {}
    assert set(REASONS) <= set(found), "a reason for a warning that is no longer given"
