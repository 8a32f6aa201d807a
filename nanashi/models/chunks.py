"""Values for queries, some hundreds at a time: SQLite bounds the number of parameters."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")
PARAMETERS = 400
"""Values in one query."""


def chunks(values: Iterable[Value], size: int = PARAMETERS) -> Iterator[list[Value]]:
    """These values in their order, in lists of up to `size`; what is not asked for is not read."""
    remaining = iter(values)
    while chunk := list(islice(remaining, size)):
        yield chunk
