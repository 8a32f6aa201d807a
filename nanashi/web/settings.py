"""All settings, read once from the environment. docs/settings.md explains each for operators."""

import os
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from nanashi.web.secret_key import secret_key_in

PACKAGE = Path(__file__).resolve().parent.parent
READ = ["NANASHI_HOST"]
"""Names that mean something: the one that `nanashi serve` reads, and those that are read here."""


def _number(name: str, default: int, least: int = 1, most: int | None = None) -> int:
    """A whole number from the environment.

    Raises ImproperlyConfigured, naming the setting and the remedy, for anything else.
    """
    text = _text(name, str(default))
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise ImproperlyConfigured(
            f"{name} is {text!r}; write a whole number of {least} or more, such as {default}"
        )
    if most is not None and int(text) > most:
        raise ImproperlyConfigured(f"{name} is {text!r}; write a whole number from {least} to {most}")
    return int(text)


def _text(name: str, default: str = "") -> str:
    """A text from the environment. Raises ImproperlyConfigured where it has characters that no page can carry."""
    READ.append(name)
    text = os.environ.get(name, default)
    if not text.isprintable():
        raise ImproperlyConfigured(f"{name} is {text!r}; write it in one line, without control characters")
    return text


def _words(name: str) -> list[str]:
    """A list from the environment, separated by commas or spaces."""
    return _text(name).replace(",", " ").split()


def _choice(name: str, *choices: str) -> str:
    """One of these words from the environment, the first by default.

    Raises ImproperlyConfigured, naming the setting and the words, for any other.
    """
    text = _text(name, choices[0])
    if text not in choices:
        raise ImproperlyConfigured(f"{name} is {text!r}; write {' or '.join(choices)}")
    return text


# --- where things are --------------------------------------------------------
NANASHI_DATA = Path(_text("NANASHI_DATA") or "data").resolve()
DATABASE_FILE = NANASHI_DATA / "nanashi.sqlite3"
BACKUPS = NANASHI_DATA / "backups"
NANASHI_PORT = _number("NANASHI_PORT", 8000, most=65_535)
NANASHI_URL = _text("NANASHI_URL", f"http://127.0.0.1:{NANASHI_PORT}").rstrip("/")
FORMER_URLS = tuple(_words("NANASHI_FORMER_URLS"))
"""Addresses that this diary, or the one it was imported from, had before: /<14 digits> there is an entry."""
SITE_NAME = _text("NANASHI_NAME")
"""The diary's own name; without one, pages say Nanashi in English and 名無し日記 in Japanese."""

# --- limits ------------------------------------------------------------------
MAX_BODY = _number("NANASHI_MAX_BODY", 200_000)
"""Characters in one entry."""
MAX_DEFINITION = _number("NANASHI_MAX_DEFINITION", 20_000)
"""Characters in one definition."""
MAX_LINE_BYTES = _number("NANASHI_MAX_LINE_BYTES", 4_000_000)
"""Bytes in one line of an imported file."""
PAGE_SIZE = _number("NANASHI_PAGE_SIZE", 25)
"""Entries on one page."""
KEYWORD_PAGE_SIZE = _number("NANASHI_KEYWORD_PAGE_SIZE", 100)
"""Words on one page of the keyword index."""
TREE_LIMIT = _number("NANASHI_TREE_LIMIT", 500)
"""Replies shown under one entry."""
COUNT_LIMIT = _number("NANASHI_COUNT_LIMIT", 1_000)
"""Counts are exact up to here and shown as "1,000+" beyond, so that a page costs the same at any size."""
SEARCH_LIMIT = _number("NANASHI_SEARCH_LIMIT", 2_000)
"""Candidates that one page of search may look through before it offers to go on."""
FEED_SIZE = _number("NANASHI_FEED_SIZE", 50)
"""Entries in one feed."""
ESTIMATES_PER_ENTRY = _number("NANASHI_ESTIMATES_PER_ENTRY", 10)
"""Estimates of one entry that are evaluated."""
ESTIMATE_WORK = _number("NANASHI_ESTIMATE_WORK", 60_000_000, least=100_000)
"""Draws times years times operations that one estimate may take; a hundred million are about half a second."""
ESTIMATE_QUEUE = _number("NANASHI_ESTIMATE_QUEUE", 2)
"""Readers of one server process whose numbers are computed or wait for it; further ones are asked to try again."""
ESTIMATE_SECONDS = _number("NANASHI_ESTIMATE_SECONDS", 5)
"""Seconds after which a computation for a reader, or a chart, is given up."""
ESTIMATE_ANSWERS = _number("NANASHI_ESTIMATE_ANSWERS", 8)
"""Answers that a comparison of estimates sets side by side."""

SMALL_LEXICON = _number("NANASHI_SMALL_LEXICON", 50_000)
"""Keywords up to which a server process compiles the lexicon itself (0.3 s); with more it leaves that to the worker."""
STOP_WORDS = _text("NANASHI_STOP_WORDS")
"""A file of words that are never notable links, added to the package's list or, behind a "-", taken from it."""

MAX_REQUEST = _number("NANASHI_MAX_REQUEST", max(8_000_000, MAX_BODY * 24))
"""Bytes in one form: a character takes up to 12 as browsers send it, and a text over its limit is to come back too."""
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_REQUEST
MAX_FIELDS = 5_000
"""Fields in one form: each link that is switched off is one."""
DATA_UPLOAD_MAX_NUMBER_FIELDS = MAX_FIELDS
GUESTS = _choice("NANASHI_GUESTS", "open", "closed")
"""Whether people may write without an account."""

WRITER_WAIT = _number("NANASHI_WRITER_WAIT", 2)
"""Seconds within which a post is stored, or its writer has the text back: so long it waits at most."""
WRITERS = _number("NANASHI_WRITERS", 8)
"""Posts that one server process makes, or lets wait, at the same time; further ones are asked to try again."""

PROPOSAL_HOURS = _number("NANASHI_PROPOSAL_HOURS", 24, least=0)
"""Hours that a proposal to retire or merge a keyword waits for objections."""
STRIKES = _number("NANASHI_STRIKES", 3)
"""Struck entries of one key ring from which on it may not post."""
SPLIT_OVER = _number("NANASHI_SPLIT_OVER", 30_000, least=1_000)
"""Characters of a text from which on it can be split into a series, and the most that a part means to have."""

SEAL_HOUR = _number("NANASHI_SEAL_HOUR", 4, least=0, most=23)
"""Hour of the day, in the diary's time zone, from which on the nightly seal is due."""

# --- accounts ----------------------------------------------------------------
ACCOUNTS_FILE = NANASHI_DATA / "accounts.sqlite3"
SIGN_UP = _choice("NANASHI_SIGN_UP", "open", "closed")
"""Whether strangers may make an account."""
SESSION_DAYS = _number("NANASHI_SESSION_DAYS", 2, least=2)
"""Days of which cookies are accepted: 2 are today and yesterday. Each day's first visit gives out a new one."""
RATE_FACTOR = _number("NANASHI_RATE_FACTOR", 1)
"""How many times the usual rates one reader may sign in, sign up and post."""
FORWARDED_HEADER = _text("NANASHI_FORWARDED_HEADER")
"""The header in which the proxy in front says where a request comes from; "" where there is none."""
SECURE_COOKIES = NANASHI_URL.startswith("https://")
INSECURE_COOKIE = _choice("NANASHI_INSECURE_COOKIE", "no", "yes") == "yes"
"""Whether people may sign in over plain http where others on the way could take their cookie."""
SESSION_COOKIE = "__Host-nanashi" if SECURE_COOKIES else "nanashi_session"

# --- Django ------------------------------------------------------------------
SECRET_KEY = _text("NANASHI_SECRET_KEY") or secret_key_in(NANASHI_DATA)
DEBUG = False
ALLOWED_HOSTS = ["*"]
"""No address is built from the Host header: canonical ones come from NANASHI_URL."""
ROOT_URLCONF = "nanashi.web.urls"
WSGI_APPLICATION = "nanashi.web.wsgi.application"
INSTALLED_APPS = ["nanashi", "csp"]
MIGRATION_MODULES = {"nanashi": "nanashi.models.migrations"}
APPEND_SLASH = False
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nanashi.accounts.access.CompressionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "nanashi.accounts.sessions.SessionMiddleware",
    "nanashi.accounts.access.PrivacyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "nanashi.web.waiting.WaitingMiddleware",
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATABASE_FILE,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                "PRAGMA cache_size=-32768; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY"
            ),
        },
        "TEST": {"NAME": NANASHI_DATA / "test.sqlite3"},
    },
    "accounts": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ACCOUNTS_FILE,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # No write-ahead log: what an account was before a change of password would stay in it.
            "init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON",
        },
        "TEST": {"NAME": NANASHI_DATA / "test-accounts.sqlite3"},
    },
}
DATABASE_ROUTERS = ["nanashi.accounts.router.AccountsRouter"]
if os.environ.get("DATABASE_URL"):
    raise ImproperlyConfigured("DATABASE_URL is set, but this version stores on SQLite only; unset it")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "nanashi.web.templates.environment"},
    }
]

# --- language and time -------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "nanashi_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = NANASHI_URL.startswith("https://")
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = _text("NANASHI_TIME_ZONE", "Asia/Tokyo")
"""Which day it is."""

# --- what browsers are told --------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
CSRF_COOKIE_NAME = "__Host-nanashi_csrf" if SECURE_COOKIES else "nanashi_csrf"
CSRF_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None
"""Until the browser is closed."""
CSRF_TRUSTED_ORIGINS = [NANASHI_URL] if urlsplit(NANASHI_URL).netloc else []
"""Behind a proxy that speaks https a request looks like http; this is what its forms come from all the same."""
CSRF_FAILURE_VIEW = "nanashi.web.forgery.refused"
SILENCED_SYSTEM_CHECKS = [
    "security.W004",  # whether the diary is on https alone is for the operator's proxy to say
    "security.W008",  # an onion address may well speak http; redirects are for the proxy
]
if not SECURE_COOKIES:
    SILENCED_SYSTEM_CHECKS.append("security.W016")  # on plain http no cookie can be for https alone
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- logs: that something failed, and where in our code ----------------------
_ERROR_LOG = "nanashi.accounts.error_log"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": f"{_ERROR_LOG}.Discreet"}},
    "filters": {"failures": {"()": f"{_ERROR_LOG}.Failures"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["stderr"], "level": "ERROR"},
    "loggers": {
        "django": {"handlers": [], "level": "ERROR"},
        "django.request": {"filters": ["failures"]},
        "django.security": {"level": "CRITICAL"},  # errors of those who ask, not of ours
    },
}

# --- what was meant for this file and is not read by it ------------------------
for _name in os.environ:
    _near = get_close_matches(_name, READ, n=1, cutoff=0.85) if _name.startswith("NANASHI_") else []
    if _near and _name not in READ:
        raise ImproperlyConfigured(f"{_name} is no setting; did you mean {_near[0]}?")
