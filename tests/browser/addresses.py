"""Where the pages of the sample diary are: one of every kind, and all of them."""

import json
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import quote

import nanashi
from nanashi.text.markup import keyword_path

SAMPLE = Path(nanashi.__file__).parent / "archive" / "sample"
LANGUAGES = ("en", "ja")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (390, 1280)
SMALLEST = 320


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SAMPLE / name).read_text(encoding="utf-8").splitlines() if line]


ENTRIES = _lines("entries.jsonl")
WORDS = [line["word"] for line in _lines("keywords.jsonl")]
DAYS = sorted({entry["date"] for entry in ENTRIES})


class Address(NamedTuple):
    """Where a page is, and the status of its answer."""

    path: str
    status: int = 200


def _answered_most() -> str:
    """The entry with the most direct replies."""
    answered: list[str] = []
    for entry in ENTRIES:
        targets = entry.get("reply_to") or []
        answered += [targets] if isinstance(targets, str) else targets
    return max(sorted(set(answered)), key=answered.count)


def _with_most(text: str) -> str:
    return str(max(ENTRIES, key=lambda entry: entry["body"].count(text))["id"])


TREE = f"/e/{_answered_most()}"
PART = "/e/" + next(entry["id"] for entry in ENTRIES if (entry.get("series") or {}).get("part") == 2)
SERIES = "/series/" + next(entry["series"]["id"] for entry in ENTRIES if entry.get("series"))
ESTIMATE = "/e/" + _with_most("```estimate\n題: 学習")
OTHER_ESTIMATE = "/e/" + _with_most("```estimate\ntitle:")
COMMON_WORD = max(WORDS, key=lambda word: sum(word in entry["body"] for entry in ENTRIES))

KINDS = {
    "front": Address("/"),
    "day": Address(f"/{DAYS[1]}"),
    "empty day": Address("/1999-12-31"),
    "entry with replies": Address(TREE),
    "part of a series": Address(PART),
    "entry with a table": Address("/e/" + _with_most("|")),
    "entry with code": Address("/e/" + _with_most("`")),
    "translation": Address("/e/" + next(entry["id"] for entry in ENTRIES if entry.get("source"))),
    "series": Address(SERIES),
    "keyword": Address(keyword_path(COMMON_WORD)),
    "keyword, older": Address(keyword_path(COMMON_WORD) + "?before=1"),
    "keywords": Address("/keywords"),
    "keywords, last": Address("/keywords?shelf=" + quote("わ")),
    "search": Address("/search"),
    "search, found": Address("/search?q=" + quote(COMMON_WORD)),
    "search, nothing": Address("/search?q=" + quote("ありもしない言葉")),
    "about": Address("/about"),
    "estimate": Address(ESTIMATE),
    "numbers to change": Address(f"{ESTIMATE}/estimate"),
    "changed numbers": Address(f"{OTHER_ESTIMATE}?set.nights=5"),
    "changed numbers, wrong": Address(f"{OTHER_ESTIMATE}?set.nights=2-3"),
    "estimates": Address("/estimates"),
    "estimates, help": Address("/estimates/help"),
    "sign up": Address("/sign-up"),
    "sign in": Address("/sign-in"),
    "recovery": Address("/recover"),
    "not found": Address("/nothing", 404),
    "unknown keyword": Address(keyword_path("ありもしない言葉"), 404),
}
"""A page of every kind that anybody can open."""

OWN = (
    "/account",
    "/account/password",
    "/account/code",
    "/account/delete",
    "/mine",
    "/new",
    f"{TREE}/reply",
    "/key",
    keyword_path(COMMON_WORD) + "/edit",
    keyword_path(COMMON_WORD) + "/history",
    keyword_path("ありもしない言葉") + "/edit",
    "/keywords/propose?word=" + quote(COMMON_WORD),
)
"""Pages of somebody who is signed in."""

EVERY = (
    *(address.path for address in KINDS.values() if address.status == 200),
    *(f"/{day}" for day in DAYS),
    *(f"/e/{entry['id']}" for entry in ENTRIES),
    *map(keyword_path, WORDS),
)
"""Every page of the sample diary."""
