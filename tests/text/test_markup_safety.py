"""No text runs as code, and none is so odd that it does not end or loses its words."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest

from nanashi.text import Lexicon
from nanashi.text.markdown.nesting import NESTING_LIMIT
from nanashi.text.markup import render
from nanashi.text.sanitising import ATTRIBUTES, CLASSES, SCHEMES, TAGS, clean

PAYLOADS = Path(__file__).parents[3] / "shared" / "data" / "corpora" / "xss.jsonl.gz"
OURS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "JaVaScRiPt&colon;alert(1)",
    "java\tscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "' onmouseover='alert(1)",
    "<a href=vbscript:x>",
    "<style>@import 'x'</style>",
    "<math><mi xlink:href=javascript:alert(1)>",
    "</code></pre><script>",
    "<iframe srcdoc='<script>'>",
    "\x01javascript:alert(1)",
    "/\\evil.example/",
]
LEXICON = Lexicon.from_words(["alert", "script", "img", "onerror", "<script>", "a"])
Tags = frozenset[str]
Names = Mapping[str, frozenset[str]]
LINK_ATTRIBUTES = {"href"}
STRIPPED = "".join(map(chr, range(0x21)))
"""What a browser takes away at both ends of an address."""


def payloads() -> list[str]:
    if not PAYLOADS.exists():
        return OURS
    with gzip.open(PAYLOADS, "rt", encoding="utf-8") as lines:
        return OURS + [json.loads(line)["payload"] for line in lines]


def placed(payload: str) -> str:
    """A text that has a payload in each place where markup takes text or an address."""
    line = payload.replace("\n", " ")
    texts = [
        payload,
        f'[a]({line}) [b](<{line}> "{line}") ![{line}]({line}) <{line}> [[{line}|{line}]] `{line}`',
        f"[c][x]\n\n[x]: {line}",
        f"https://example.com/{line}\n\n# {line}",
        f"| {line} |\n|---|\n| {line} |",
        f"d[^{line}]\n\n[^{line}]: {line}",
        f"```{line}\n{payload}\n```",
    ]
    return "\n\n".join(texts)


def faults(
    html: str, tags: Tags = TAGS, attributes: Names = ATTRIBUTES, classes: Names = CLASSES
) -> Iterator[str]:
    """Whatever a browser's parser finds in `html` that the sanitiser does not list."""
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        tag = element.tag
        if tag == "DOCUMENT_FRAGMENT":
            continue
        if tag not in tags:
            yield f"tag {tag}"
            continue
        for name, value in element.attrib.items():
            if name == "class":
                if not set(value.split()) <= classes.get(tag, set()):
                    yield f"class {value} of {tag}"
            elif name not in attributes.get(tag, set()):
                yield f"attribute {name} of {tag}"
            elif name in LINK_ATTRIBUTES and urlsplit(value.strip(STRIPPED)).scheme.lower() not in {
                "",
                *SCHEMES,
            }:
                yield f"address {value}"


def test_no_payload_gets_through() -> None:
    found = {
        payload: what
        for payload in payloads()
        if (what := list(faults(render(placed(payload), anchor="a", lexicon=LEXICON).html)))
    }
    assert found == {}


def test_the_search_for_faults_finds_them() -> None:
    html = '<img src=x><p onclick=x class=y></p><a href="javascript:x">z</a>'
    assert list(faults(html)) == [
        "tag img",
        "attribute onclick of p",
        "class y of p",
        "address javascript:x",
    ]


def test_the_sanitiser_alone_lets_nothing_through() -> None:
    found = {payload: what for payload in payloads() if (what := list(faults(clean(payload))))}
    assert found == {}


@pytest.mark.parametrize("kind", ["h3", "p", "td", "li", "span", "ol", "a"])
def test_the_sanitiser_takes_away_what_is_not_listed(kind: str) -> None:
    html = f'<table><tr><td><{kind} style="x" lang="x" dir="x" data-x="y" class="x" onclick="y">z'
    assert "x" not in clean(html)


LENGTH = 20_000
GREAT_LENGTH = 200_000
PIECES = [
    *[
        "_",
        "~",
        "`",
        "<",
        "\\",
        "!",
        "&",
        "^",
        "(",
        ":",
        "#",
        "-",
        "　",
        "\n",
        "研究",
        "\\研究",
        "&#12;",
        "**「",
    ],
    *["![", "[a](", "[[", "[[a|", "*a **a ", "> ", "- ", "1. ", "a\n", "> a\n", "| a ", "\n|", "|-|\n"],
    *["a|b\n-|-\n", "[a]: /b\n", "[^1]: a\n", "x [^1]", "a\n: b\n", "https://a/(", "https://a/-京a"],
    *[">>20260611-k7m2xq\n", "> a\n>>20260611-k7m2xq\n"],
]
REPEATED = [(piece, LENGTH) for piece in PIECES] + [(piece, GREAT_LENGTH) for piece in "[>*|"]


@pytest.mark.parametrize(("piece", "length"), REPEATED)
def test_a_text_of_one_thing_over_and_over_ends_and_keeps_its_words(piece: str, length: int) -> None:
    source = f"初めの語\n\n{piece * (length // len(piece))}\n\n終わりの語"
    rendered = render(source, anchor="x", lexicon=Lexicon.from_words(["研究", "語"]), boundaries=False)
    assert rendered.plain.startswith("初めの語")
    assert "終わりの語" in rendered.plain


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("[", "]"), ("![", "](/x)"), ("[", "](/x)"), ("*", "*"), ("**a ", " a**"), ("[[", "]]"), ("(", ")")],
)
def test_deep_nesting_in_a_line_keeps_the_word_in_the_middle(opening: str, closing: str) -> None:
    depth = GREAT_LENGTH // 2 // len(opening + closing)
    rendered = render(opening * depth + "研究" + closing * depth, anchor="x")
    assert "研究" in rendered.plain


@pytest.mark.parametrize("container", ["> ", "- ", "1. ", "+ > "])
def test_blocks_nested_beyond_the_limit_are_text(container: str) -> None:
    rendered = render(container * 2000 + "研究", anchor="x")
    opened = rendered.html.count("<blockquote>") + 2 * rendered.html.count("<li>")
    assert NESTING_LIMIT <= opened <= NESTING_LIMIT + 2
    assert container.strip()[-1] in rendered.plain
    assert rendered.plain.endswith("研究")
