"""All settings, read once from the environment. docs/settings.md explains each for operators."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from nanashi.web.secret_key import secret_key_in

PACKAGE = Path(__file__).resolve().parent.parent


def _number(name: str, default: int, least: int = 1) -> int:
    """A whole number from the environment.

    Raises ImproperlyConfigured, naming the setting and the remedy, for anything else.
    """
    text = os.environ.get(name, str(default))
    if not text.isascii() or not text.isdigit() or int(text) < least:
        raise ImproperlyConfigured(
            f"{name} is {text!r}; write a whole number of {least} or more, such as {default}"
        )
    return int(text)


def _words(name: str) -> list[str]:
    """A list from the environment, separated by commas or spaces."""
    return os.environ.get(name, "").replace(",", " ").split()


# --- where things are --------------------------------------------------------
NANASHI_DATA = Path(os.environ.get("NANASHI_DATA", "data")).resolve()
DATABASE_FILE = NANASHI_DATA / "nanashi.sqlite3"
BACKUPS = NANASHI_DATA / "backups"
NANASHI_PORT = _number("NANASHI_PORT", 8000)
NANASHI_URL = os.environ.get("NANASHI_URL", f"http://127.0.0.1:{NANASHI_PORT}").rstrip("/")
FORMER_URLS = tuple(_words("NANASHI_FORMER_URLS"))
"""Addresses that this diary, or the one it was imported from, had before: /<14 digits> there is an entry."""
SITE_NAME = os.environ.get("NANASHI_NAME", "")
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

WRITER_WAIT = _number("NANASHI_WRITER_WAIT", 2)
"""Seconds that a post waits for its turn to write before its writer gets the text back."""

# --- Django ------------------------------------------------------------------
SECRET_KEY = os.environ.get("NANASHI_SECRET_KEY") or secret_key_in(NANASHI_DATA)
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
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.locale.LocaleMiddleware",
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
    }
}
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
TIME_ZONE = os.environ.get("NANASHI_TIME_ZONE", "Asia/Tokyo")
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
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- logs: errors only, without addresses ------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
