"""The edition of the pages: what they look like, as part of every ETag."""

import hashlib
from pathlib import Path

from nanashi import __version__

PACKAGE = Path(__file__).resolve().parent.parent
SHOWN = ("templates/**/*.*", "static/**/*.*", "locale/**/*.mo")


def _digest() -> str:
    """A digest of all templates, styles and catalogs: it changes when a page may look different."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=6)
    for pattern in SHOWN:
        for file in sorted(PACKAGE.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.hexdigest()


EDITION = _digest()
