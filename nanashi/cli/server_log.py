"""What the server says of itself: its warnings, except one about something that is meant, and no text of a request.

It is read before Django is set up.
"""

import logging
import multiprocessing
import re
from copy import deepcopy
from multiprocessing.connection import wait
from typing import Any

from granian.log import LOGGING_CONFIG

MANY_THREADS = "Python threads"
"""Words of granian's warning that there are more threads than cores: most of ours sleep until their turn."""


KILLING = "refused to gracefully stop"
"""Words of granian's warning that it kills a process, which may just have ended: it looks twice in a millisecond."""
CHILD = "granian-worker"
"""How granian names its processes."""


class Unexpected(logging.Filter):
    """Lets through what operators do not know yet."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is shown."""
        message = record.getMessage()
        return MANY_THREADS not in message and (KILLING not in message or _is_any_left())


def _is_any_left() -> bool:
    """Whether a process of granian still runs: the pipe that it held open for its parent is closed when it ends."""
    children = [child for child in multiprocessing.active_children() if child.name == CHILD]
    return len(wait([child.sentinel for child in children], 0)) < len(children)


class WithoutTraceback(logging.Formatter):
    """Of what the application or the body of an answer raised, shows the kind and our innermost line, as error_log.py.

    granian puts the whole traceback, with the exception's text, into its message.
    """

    OWN_LINE = re.compile(r'File ".*?/(nanashi/[\w/]+)\.py", line (\d+)')
    KIND = re.compile(r"^([A-Za-z_][\w.]*)(?::|$)", re.MULTILINE)

    def format(self, record: logging.LogRecord) -> str:
        """The first line, which is granian's own, and those two."""
        first, _, trace = record.getMessage().partition("\n")
        kind = self.KIND.search(trace.partition("\n")[2])
        places = self.OWN_LINE.findall(trace)
        said = [f"[{record.levelname}] {first}", *([kind[1]] if kind else [])]
        return " ".join(
            [*said, *("at {}:{}".format(name.replace("/", "."), line) for name, line in places[-1:])]
        )


def logging_of_server() -> dict[str, Any]:
    """granian's own configuration with that filter, for `logging.config.dictConfig`."""
    configuration: dict[str, Any] = deepcopy(LOGGING_CONFIG)
    configuration["filters"] = {"unexpected": {"()": f"{__name__}.Unexpected"}}
    configuration["handlers"]["console"]["filters"] = ["unexpected"]
    configuration["formatters"]["generic"] = {"()": f"{__name__}.WithoutTraceback"}
    return configuration
