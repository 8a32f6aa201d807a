"""The language of commands: Japanese or English, as the environment says, from the same catalog as the pages.

Django's own gettext would need Django; the standard library's reads the same compiled catalog.
"""

import gettext as catalogs
import os
from pathlib import Path

LOCALE = Path(__file__).resolve().parents[1] / "locale"
DOMAIN = "django"
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first of these that is set decides."""


def language() -> str:
    """ "ja" or "en"."""
    set_to = next((value for name in VARIABLES if (value := os.environ.get(name))), "")
    return "ja" if set_to.startswith("ja") else "en"


_catalog = catalogs.translation(DOMAIN, LOCALE, [language()], fallback=True)
gettext = _catalog.gettext
