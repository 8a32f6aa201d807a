"""No text of an estimate runs as code, on pages, in lists, comparisons and feeds."""

from collections.abc import Callable, Iterator
from urllib.parse import quote, urlsplit

import html5lib

from nanashi.lexicons.estimate_figures import figure
from nanashi.lexicons.estimate_records import EMPTY, Evaluated
from nanashi.text.sanitising import (
    CHART,
    FIGURE_ATTRIBUTES,
    FIGURE_CLASSES,
    FIGURE_TAGS,
    SCHEMES,
    clean_figure,
)
from tests.reading.pages import Read
from tests.text.test_markup_safety import STRIPPED, payloads

Write = Callable[..., list[str]]


def faults(html: str) -> Iterator[str]:
    """Whatever a browser's parser finds that the list for figures does not name."""
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in FIGURE_TAGS:
            yield f"tag {element.tag}"
        for name, value in element.attrib.items():
            if name == "class":
                if not set(value.split()) <= FIGURE_CLASSES.get(element.tag, set()):
                    yield f"class {value}"
            elif name not in FIGURE_ATTRIBUTES.get(element.tag, set()):
                yield f"attribute {name} of {element.tag}"
            elif name in ("src", "srcset") and not CHART.fullmatch(value):
                yield f"image {value}"
            elif name == "href" and scheme_of(value) not in {"", *SCHEMES}:
                yield f"address {value}"


def scheme_of(address: str) -> str:
    """The scheme of an address as a browser reads it."""
    return urlsplit(address.strip(STRIPPED)).scheme.lower()


def record(text: str) -> Evaluated:
    """A record in which every text is this one."""
    values = {
        **EMPTY,
        "language": "en",
        "title": text,
        "base": {"id": text, "block": 1},
        "rows": [[text, text, text]],
        "assumptions": [
            {"name": text, "text": text, "shape": text, "note": text, "source": text, "changed": True},
            {
                "name": text,
                "text": text,
                "shape": text,
                "note": "",
                "source": f"https://{text}",
                "changed": False,
            },
        ],
        "matters": {text: [[text, 0.5], [text, 0.4]]},
        "scores": {text: {"written": text, "date": text, "crps": 1.0, "inside90": True}},
        "charts": [{"name": text, "scale": "", "alternative": text}],
        "warnings": [text],
        "problems": [{"line": 1, "column": 1, "message": text}],
    }
    return Evaluated(1, text, "0" * 32, values)


def test_no_text_of_a_record_gets_through() -> None:
    found = {
        text: what for text in payloads() if (what := list(faults(figure(record(text), "20240101-aaaaaa"))))
    }
    assert found == {}


def test_the_cleaner_alone_lets_nothing_through() -> None:
    assert {text: what for text in payloads() if (what := list(faults(clean_figure(text))))} == {}
    foreign = '<img src="https://x.example/chart/a.svg"><img src="/chart/../e/x.svg"><source srcset="//x/chart/a.svg">'
    assert list(faults(clean_figure(foreign))) == []


def test_the_search_for_faults_finds_them() -> None:
    assert len(list(faults('<img src="//x"><script></script><p onclick="x">'))) == 3


def test_a_text_cannot_stand_for_a_placeholder(read: Read, write: Write) -> None:
    (one,) = write("<p>0-0</p>\n\n```estimate\na = 1 to 2\n```\n\n0123456789abcdef0123456789abcdef-0")
    page = read(f"/e/{one}")
    assert len(page.texts("figure.estimate")) == 1
    assert page.texts(".body > p")[-1] == "0123456789abcdef0123456789abcdef-0"


def test_payloads_in_an_entry_and_in_a_readers_numbers(read: Read, write: Write) -> None:
    text = "<img src=x onerror=alert(1)>\"'><script>alert(1)</script>"
    block = (
        f"```estimate\ntitle: {text}\na = 1 to 2   # {text} source: javascript:alert(1)\nx = a * {text}\n```"
    )
    good = f"```estimate\ntitle: {text}\na = 1 to 2   # {text} source: javascript:alert(1)\n```"
    one, two = write(block, good)
    for path in (
        f"/e/{one}",
        f"/e/{two}",
        "/estimates",
        f"/e/{two}/estimate",
        f"/e/{two}?set.a={quote(text)}",
    ):
        page = read(path)
        assert page.status == 200, path
        assert page.tree.css("main script:not([src^='/static/']), [onerror], main img[src=x]") == [], path
        assert "javascript:" not in " ".join(page.values("main a", "href"))
