"""Entries of a real diary keep every place of a word; a small one of ours stands in where theirs is not."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from nanashi.text import Lexicon
from nanashi.text.markup import Rendered, render

ARCHIVE = Path(__file__).parents[3] / "shared" / "data" / "kenkyu" / "entries.jsonl"

OURS = [
    {"title": "研究室の朝", "body": "    字下げした研究の段落\n    二行目"},
    {"title": "覚え書き", "body": "`研究`のメモ\n\n```\n研究計画\n```\n\nhttps://example.com/研究 は頁"},
    {"title": "返事", "body": ">>20260611-k7m2xq\n> 研究とは\n調べること。[研究の頁](https://example.com)"},
    {"title": "天気", "body": "雨だった"},
]
ANCHOR = re.compile(r'<a class="k" href="[^"]*">([^<]*)</a>')
CODE = re.compile(r"<code>(.*?)</code>", re.DOTALL)
LINK_TEXT = re.compile(r'<a href="[^"]*" rel="[^"]*">([^<]*)</a>')


@dataclass(frozen=True)
class Count:
    entries: int
    places: int


def archives() -> list[object]:
    found = [pytest.param(OURS, Count(entries=3, places=6), id="ours")]
    if ARCHIVE.exists():
        lines = ARCHIVE.read_text(encoding="utf-8").splitlines()
        found.append(
            pytest.param([json.loads(line) for line in lines], Count(entries=23, places=50), id="theirs")
        )
    return list(found)


def places(title: str, rendered: Rendered, word: str) -> int:
    """Places of a word in the title, as links, in code, and in the text of links that are no addresses."""
    linked = len(ANCHOR.findall(rendered.html))
    in_code = sum(code.count(word) for code in CODE.findall(rendered.html))
    in_links = sum(text.count(word) for text in LINK_TEXT.findall(rendered.html) if "://" not in text)
    return title.count(word) + linked + in_code + in_links


@pytest.mark.parametrize(("entries", "expected"), archives())
def test_every_place_of_a_word_is_kept(entries: list[dict[str, str]], expected: Count) -> None:
    lexicon = Lexicon.from_words(["研究"])
    found = []
    for entry in entries:
        rendered = render(entry["body"], anchor="a", lexicon=lexicon, boundaries=False)
        count = places(entry["title"], rendered, "研究")
        assert bool(count) == (bool(rendered.keywords) or "研究" in entry["title"])
        found.append(count)
    assert Count(sum(map(bool, found)), sum(found)) == expected


@pytest.mark.parametrize(("entries", "expected"), archives())
def test_the_text_of_an_entry_is_shown_as_typed(entries: list[dict[str, str]], expected: Count) -> None:
    """But for markup, of which these entries have little: what is left of a line is in the plain text."""
    assert len(entries) >= expected.entries
    for entry in entries:
        plain = render(entry["body"], anchor="a").plain
        for line in entry["body"].splitlines():
            text = re.sub(r"^([>\s]+|\d+\. ?)|[`\[\]]|\(https?:[^)]*\)", "", line).strip(" ")
            assert text in plain or line.strip(" ") in plain
