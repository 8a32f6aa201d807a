"""What logs say: that something failed, of what kind and where in our code. Never on what.

A message, the text of an exception and a traceback can name a path, an id or a text; beside the time that a system's
journal adds, that is who did what when. So nothing of them is printed: what is not known to be harmless stays out.
"""

import errno
import logging
import sqlite3
import sys
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

OWN = "nanashi"
LOGGER = logging.getLogger(OWN)


class Discreet(logging.Formatter):
    """Shows the level of a record and its exception's kind and place; without an exception, who logged it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, without any text of the record."""
        error = record.exc_info[1] if record.exc_info else None
        return f"{record.levelname} {record.name if error is None else kind_and_place(error)}"


class Failures(logging.Filter):
    """Lets through what failed by an exception. An answer 503 is an ordinary one, and says when somebody wrote."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is shown."""
        return bool(record.exc_info)


def kind_and_place(error: BaseException) -> str:
    """As "OperationalError SQLITE_FULL at nanashi.writing.publish:120"."""
    said = [type(error).__name__, *_codes(error), "at", _place(error.__traceback__)]
    return " ".join(filter(None, said))


def report(error: BaseException) -> None:
    """Log that something failed and could be gone on with."""
    LOGGER.error("", exc_info=error)


def forbid_tracebacks() -> None:
    """Log in the same way what else Python would print: what ends a process or a thread, and warnings."""
    logging.raiseExceptions = False
    logging.captureWarnings(True)
    sys.excepthook = lambda _kind, error, _trace: report(error)
    threading.excepthook = _report_any
    sys.unraisablehook = _report_any


def _report_any(hooked: Any) -> None:
    """What both hooks are given has its exception under the same name."""
    if hooked.exc_value is not None:
        report(hooked.exc_value)


def _codes(error: BaseException) -> Iterator[str]:
    """Names of what the system or SQLite say: constants such as ENOSPC."""
    for one in (error, error.__cause__):
        if isinstance(one, sqlite3.Error) and hasattr(one, "sqlite_errorname"):
            yield one.sqlite_errorname
        elif isinstance(one, OSError) and one.errno is not None:
            yield errno.errorcode.get(one.errno, "")


def _place(trace: TracebackType | None) -> str:
    """The innermost line of ours, or of whoever it was."""
    frames = [(str(frame.f_globals.get("__name__")), line) for frame, line in traceback.walk_tb(trace)]
    own = [one for one in frames if one[0].partition(".")[0] == OWN]
    return "{}:{}".format(*(own or frames or [("", 0)])[-1])
