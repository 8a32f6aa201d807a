"""Does any text that people write run as code, or fetch anything from elsewhere?

The public payloads of ../shared/data/corpora (those that the project carries where they are not there) go through
titles, bodies, definitions, words, aliases, readings, sources and names of series into a diary, by its commands. A real
server shows them; Chromium opens days, entries, keywords, the index and search with the Content-Security-Policy
bypassed, so that the sanitiser alone has to hold, and html5lib and feedparser read pages and feeds.

Counted as executed: a call of alert, confirm, prompt or print; an event handler or a script address left in the page;
a request to any other host. Counted as faults: anything that the sanitiser's list does not name. The same is run with
the sanitiser switched off, where it must be found.

`python -m drills.xss [--quick]`. Last line: one JSON object with `vectors` (payloads times places), `executed`,
`foreign_requests`, `faults`, `executed_on_broken`.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import feedparser
import httpx
from playwright.sync_api import BrowserContext, Page, Request, sync_playwright
from selectolax.lexbor import LexborHTMLParser

from drills.stage.real_server import command, server
from drills.stage.verdict import verdict
from drills.stage.workplace import workplace
from nanashi.text.sanitising import FIGURE_ATTRIBUTES, FIGURE_CLASSES, FIGURE_TAGS
from tests.text.test_markup_safety import faults, payloads, placed

CHROMIUM = "/usr/bin/chromium"
QUICK = 90
"""Payloads of the short form: every so manieth."""
BROKEN = 120
"""Payloads that the broken build is given: enough to see that it breaks."""
A_DAY = 25
"""Entries of one day: one page."""
PLACES = (
    "title",
    "body",
    "source title",
    "source address",
    "series",
    "word",
    "alias",
    "reading",
    "definition",
)
FORMS = ("atom", "rss", "json")
LEAD = frozenset({"class quoted of p", "class by of span", "class answers of ul", "class sign of span"})
"""What our own template puts before a text in a feed (templates/feeds/lead.html)."""
LEAD_ATTRIBUTES = frozenset(
    {
        "attribute aria-hidden of span",
        "attribute hreflang of a",
        "attribute lang of span",
        "attribute dir of span",
    }
)
FIRST_DAY = datetime.date(2024, 1, 1)

WATCH = """
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => { window.ran(name); };
"""
LEFT_IN_PAGE = """() => {
  const found = [];
  for (const element of document.querySelectorAll("main *")) {
    for (const {name, value} of element.attributes) {
      if (name.startsWith("on")) found.push(element.tagName + " " + name);
      if (/^[\\u0000-\\u0020]*(javascript|vbscript|data):/i.test(value.replace(/[\\t\\n\\r]/g, "")) &&
          ["href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"].includes(name))
        found.push(element.tagName + " " + name + "=" + value);
    }
    if (["SCRIPT", "IFRAME", "OBJECT", "EMBED"].includes(element.tagName) &&
        !(element.getAttribute("src") || "").startsWith("/static/")) found.push(element.tagName);
  }
  return found;
}"""


@dataclass
class Seen:
    """What was found, with the first few of each kind for people."""

    executed: int = 0
    foreign: int = 0
    faults: int = 0
    pages: int = 0
    shown: list[str] = field(default_factory=list)

    def note(self, kind: str, where: str, what: str) -> None:
        """Count one finding."""
        setattr(self, kind, getattr(self, kind) + 1)
        if len(self.shown) < 10:
            self.shown.append(f"{kind}: {where}: {what[:120]}")


def one_line(text: str) -> str:
    """A payload where a single line is asked for."""
    return " ".join(text.split())


def entries(texts: Sequence[str]) -> Iterator[dict[str, object]]:
    """Lines of an archive: each payload in every place that an entry has."""
    for number, text in enumerate(texts):
        line = one_line(text) or "x"
        yield {
            "id": f"{day_of(number):%Y%m%d}-x{number:05d}",
            "date": day_of(number).isoformat(),
            "title": line[:300],
            "body": f"{placed(text)}\n\n{estimate(line)}\n\nxssword",
            "series": {"id": line[:60].replace("/", "∕"), "part": 1},
            "source": {
                "title": line[:300],
                "url": "https://example.org/?" + quote(line)[:900],
                "by": line[:100],
            },
        }


def estimate(line: str) -> str:
    """A block with the payload in each of its texts."""
    shown = line.replace("`", "'")
    return f"```estimate\ntitle: {shown}\nx = 2 to 3 # {shown} source: {shown}\n{shown[:40]} = x + 1\n```"


def keywords(texts: Sequence[str]) -> Iterator[dict[str, object]]:
    """Lines of a keyword list: each payload as word, alias, reading and definition."""
    for number, text in enumerate(texts):
        line = one_line(text)
        yield {
            "word": f"{number} {line}"[:100],
            "aliases": [f"also {number} {line}"[:100]],
            "reading": line[:100],
            "definition": placed(text),
        }


def day_of(number: int) -> datetime.date:
    """The day of an entry: so many a day that one page shows them all."""
    return FIRST_DAY + datetime.timedelta(days=number // A_DAY)


def fill(data: Path, texts: Sequence[str], fault: str = "") -> None:
    """Bring the payloads into a diary by its own commands; lines that are refused are no danger."""
    folder = data.parent
    for name, rows, arguments in (
        ("keywords.jsonl", keywords(texts), ("keywords", "import")),
        ("entries.jsonl", entries(texts), ("import",)),
    ):
        file = folder / name
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        accepting(data, *arguments, file, fault=fault)


def accepting(data: Path, *arguments: str | Path, fault: str) -> None:
    """Run a command that may refuse some lines."""
    try:
        command(data, *arguments, fault=fault)
    except Exception as error:
        if getattr(error, "returncode", None) != 1:
            raise


def addresses(texts: Sequence[str], every: int) -> list[str]:
    """Pages to open: every day and the index, and one entry and one keyword in so many."""
    days = sorted({day_of(number) for number in range(len(texts))})
    pages = ["/", "/keywords", "/search?q=xssword", "/search?q=" + quote("<script>alert(1)</script>")]
    pages += [f"/{day.isoformat()}" for day in days]
    for number in range(0, len(texts), every):
        pages.append(f"/e/{day_of(number):%Y%m%d}-x{number:05d}")
        pages.append("/keyword/" + quote(f"{number} {one_line(texts[number])}"[:100].strip(), safe=""))
    return pages


def browse(address: str, pages: Sequence[str], seen: Seen) -> None:
    """Open pages in Chromium and note what runs, is left, or leaves."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        context = browser.new_context(bypass_csp=True)
        watch(context, address, seen)
        page = context.new_page()
        for path in pages:
            look(page, address, path, seen)
        browser.close()


def watch(context: BrowserContext, address: str, seen: Seen) -> None:
    """Hear of calls and of requests to other hosts, which are not let out."""
    context.expose_binding("ran", lambda source, name: seen.note("executed", source["page"].url, name))
    context.add_init_script(WATCH)

    def leaves(request: Request) -> bool:
        return not request.url.startswith((address, "data:", "blob:", "about:"))

    def note(request: Request) -> None:
        if leaves(request):
            seen.note("foreign", request.frame.url, request.url)

    context.on("request", note)
    context.route(lambda url: not url.startswith(address), lambda route: route.abort())


def look(page: Page, address: str, path: str, seen: Seen) -> None:
    """One page: what is left in it that could run when it is touched."""
    page.goto(address + path, wait_until="load")
    seen.pages += 1
    for what in page.evaluate(LEFT_IN_PAGE):
        seen.note("executed", path, what)


def read(address: str, pages: Sequence[str], seen: Seen) -> None:
    """Pages by parser: the parts that people wrote hold nothing but what the sanitiser lists."""
    with httpx.Client(base_url=address, timeout=30) as client:
        for path in pages:
            tree = LexborHTMLParser(client.get(path).text)
            for node in tree.css(".body"):
                for what in listed_faults(node.inner_html or ""):
                    seen.note("faults", path, what)
        for path in feeds(pages):
            read_feed(client.get(path).content, path, seen)


def listed_faults(html: str) -> Iterator[str]:
    """What stands in neither of the sanitiser's lists, for texts and for the figures of estimates."""
    return faults(html, FIGURE_TAGS, FIGURE_ATTRIBUTES, FIGURE_CLASSES)


def feeds(pages: Sequence[str]) -> Iterator[str]:
    """The feeds of days and of the diary."""
    for form in FORMS:
        yield f"/feed.{form}"
        yield from (f"{path}.{form}" for path in pages if path.startswith("/20"))


def read_feed(answer: bytes, path: str, seen: Seen) -> None:
    """A feed's texts, as a reader that trusts them would show them."""
    if path.endswith(".json"):
        texts = [item.get("content_html", "") for item in json.loads(answer)["items"]]
    else:
        found = feedparser.parse(answer, sanitize_html=False)
        if found.bozo:
            seen.note("faults", path, str(found.bozo_exception))
        texts = [one.value for item in found.entries for one in item.get("content", ())]
    for text in texts:
        for what in set(listed_faults(text)) - LEAD - LEAD_ATTRIBUTES:
            seen.note("faults", path, what)


def run(texts: Sequence[str], every: int, fault: str = "") -> Seen:
    """One diary with these payloads, looked at from all sides."""
    seen = Seen()
    with workplace("xss") as folder:
        data = folder / "data"
        fill(data, texts, fault)
        with server(data, fault) as address:
            pages = addresses(texts, every)
            browse(address, pages, seen)
            if not fault:
                read(address, pages, seen)
    return seen


def main() -> int:
    """Run both builds and print what was found; 1 where a text ran, or the switched-off sanitiser was not noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer payloads, under 50 seconds")
    quick = parser.parse_args().quick
    texts = payloads()
    if quick:
        texts = texts[:: max(1, len(texts) // QUICK)]
    sound = run(texts, every=5 if quick else 1)
    broken = run(texts[:: max(1, len(texts) // BROKEN)], every=10, fault="broken_sanitiser")
    for line in [*sound.shown, f"opened {sound.pages} pages"]:
        print(line)
    figures = {
        "vectors": len(texts) * len(PLACES),
        "payloads": len(texts),
        "executed": sound.executed,
        "foreign_requests": sound.foreign,
        "faults": sound.faults,
        "executed_on_broken": broken.executed,
    }
    wrong = ("executed", "foreign_requests", "faults")
    return verdict(figures, wrong, ("vectors", "executed_on_broken"))


if __name__ == "__main__":
    sys.exit(main())
