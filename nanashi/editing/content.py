"""What people write of a keyword: the content of a revision, and of the form."""

from dataclasses import dataclass, fields
from typing import Any

from nanashi.models import Keyword


@dataclass(frozen=True, slots=True)
class Content:
    """A keyword as one revision has it."""

    word: str
    reading: str = ""
    aliases: tuple[str, ...] = ()
    definition: str = ""
    explicit: bool = False
    see_also: tuple[str, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As the column of a revision keeps it."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def content_from(stored: dict[str, Any]) -> Content:
    """What `stored` gave, read again."""
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
    return Content(**values)


def content_of(keyword: Keyword) -> Content:
    """A keyword as it is now, aliases by their normalised forms."""
    aliases = keyword.aliases.order_by("norm").values_list("text", flat=True)
    return Content(
        keyword.word,
        keyword.reading,
        tuple(aliases),
        keyword.definition,
        keyword.explicit,
        tuple(keyword.see_also),
    )
