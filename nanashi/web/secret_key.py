"""The key that Django signs with: made once, kept beside the data, readable by its owner alone."""

import os
import secrets
from pathlib import Path

FILE_NAME = "secret_key"


def secret_key_in(folder: Path) -> str:
    """The secret key kept in this folder; a new one on the first call.

    Before the data folder exists the key is only held in memory, so that a command which stores nothing
    leaves nothing behind.
    """
    file = folder / FILE_NAME
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return _write(file) if folder.is_dir() else secrets.token_urlsafe(48)


def _write(file: Path) -> str:
    key = secrets.token_urlsafe(48)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(key)
    return key
