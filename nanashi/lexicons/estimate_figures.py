"""The figure of an estimate, as HTML and as plain text, made from its record alone.

Why the HTML is safe: every text of the record is escaped here, addresses are those of charts and entries or
begin with http, and the whole passes the one sanitiser, with the list of a figure's tags, before it takes the
place of a random placeholder in a body that has been sanitised already. Nothing that a writer typed is ever
read as markup.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlsplit

from nanashi.lexicons.estimate_records import Evaluated, Record, Surroundings
from nanashi.lexicons.estimate_words import shape_name, word
from nanashi.text.anchors import PUBLIC_ID, REFERENCE_CLASS
from nanashi.text.markup import Inset, entry_path
from nanashi.text.sanitising import clean_figure

ACTIONS = '<p class="estimate-actions">'
"""How the part of a figure begins that only leads on; feeds leave it out."""
SHARES = 6
LEAST_SHARE = 0.005
MOST_ROWS = 60
"""Rows of one table; a list of two hundred is read in its source."""


def with_figures(
    html: str, insets: Sequence[Inset], found: Sequence[Evaluated], public_id: str, around: Surroundings
) -> str:
    """A sanitised body with the figure of each estimate in the place of its placeholder."""
    for inset, one in zip(insets, found, strict=True):
        html = html.replace(inset.placeholder, figure(one, public_id, around.drawn), 1)
    return html


def figure(one: Evaluated, public_id: str, drawn: bool = True) -> str:
    """The figure of one estimate; without `drawn`, sentences stand for its charts."""
    record, language = one.record, one.record["language"]
    parts = [
        _caption(record, language),
        *_problems(record, language),
        *_changed_lines(one, language),
        *_results(record, language),
        *_charts(one, language, drawn),
        *_assumptions(record, language),
        *_matters(record, language),
        *_outcomes(record, language),
        *(
            f'<p class="warning">{word("warnings", language)} {escape(text)}</p>'
            for text in record["warnings"]
        ),
        *_source(one, language),
        *_actions(one, public_id, language, drawn),
    ]
    body = "\n".join(parts)
    return clean_figure(f'<figure class="estimate">\n{body}\n</figure>')


def without_actions(html: str) -> str:
    """A body without what only leads on to other pages, for feeds and plain readers."""
    while (start := html.find(ACTIONS)) >= 0:
        end = html.find("</p>", start)
        html = html[:start] + html[end + len("</p>") :]
    return html


def _caption(record: Record, language: str) -> str:
    title = escape(record["title"]) or word("estimate", language)
    based = ""
    if record["base"] and re.fullmatch(PUBLIC_ID, record["base"]["id"]) and not record["withdrawn"]:
        public_id = record["base"]["id"]
        block = f"#{record['base']['block']}" if record["base"]["block"] > 1 else ""
        link = f'<a class="{REFERENCE_CLASS}" href="{entry_path(public_id)}">&gt;&gt;{public_id}{block}</a>'
        based = f'<br><span class="based">{word("based", language)} {link}</span>'
    return f"<figcaption>{title}{based}</figcaption>"


def _problems(record: Record, language: str) -> Iterator[str]:
    if not record["problems"]:
        return
    lines = "".join(
        f"<li>{word('line', language).format(line=one['line'], column=one['column'])}: {_message(one['message'])}</li>"
        for one in record["problems"]
    )
    yield f'<p class="wrong">{word("wrong", language)}</p>'
    yield f'<ul class="problems">{lines}</ul>'


def _message(text: str) -> str:
    """What is wrong, with what stands between backquotes as code."""
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(text))


def _changed_lines(one: Evaluated, language: str) -> Iterator[str]:
    if one.record["withdrawn"]:
        absent = one.record.get("absent")
        told = word("absent", language).format(id=absent) if absent else word("withdrawn", language)
        yield f'<p class="withdrawn">{escape(told)}</p>'
        yield f"<pre><code>{escape(one.text)}</code></pre>"


def _results(record: Record, language: str) -> Iterator[str]:
    if record["rows"]:
        heads = " ".join(f"<th>{word(key, language)}</th>" for key in ("value", "median", "interval"))
        rows = "".join(
            f"<tr><th>{escape(label)}</th> <td>{escape(median)}</td> <td>{escape(interval)}</td></tr>"
            for label, median, interval in record["rows"][:MOST_ROWS]
        )
        yield f'<table class="figures"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _charts(one: Evaluated, language: str, drawn: bool) -> Iterator[str]:
    charts = one.record["charts"]
    if charts and not drawn:
        yield f'<p class="later">{word("later", language)}</p>'
        return
    for number, chart in enumerate(charts):
        yield picture(f"/chart/{one.digest}-{number}", f"{word('chart', language)} – {chart['alternative']}")


def picture(path: str, alternative: str, query: str = "") -> str:
    """A chart in the reader's colours and width; `path` is its address without theme and ending.

    `query` are a reader's numbers, encoded as in an address and without spaces or commas.
    """
    behind = f"?{escape(query)}" if query else ""
    narrow, dark = "(max-width: 34em)", "(prefers-color-scheme: dark)"
    sources = (
        ("print", "print"),
        (f"{narrow} and {dark}", "dark-narrow"),
        (narrow, "light-narrow"),
        (dark, "dark"),
    )
    listed = "".join(
        f'<source media="{media}" srcset="{path}-{theme}.svg{behind}">' for media, theme in sources
    )
    image = f'<img src="{path}-light.svg{behind}" alt="{escape(alternative)}" loading="lazy">'
    return f'<picture class="chart">{listed}{image}</picture>'


def _assumptions(record: Record, language: str) -> Iterator[str]:
    if not record["assumptions"]:
        return
    heads = " ".join(f"<th>{word(key, language)}</th>" for key in ("assumptions", "written", "shape", "note"))
    rows = "".join(_assumption(one, language) for one in record["assumptions"])
    yield f'<table class="assumptions"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _assumption(one: Record, language: str) -> str:
    mark = f' <span class="changed">{word("changed", language)}</span>' if one["changed"] else ""
    note = escape(one["note"])
    if one["source"]:
        note += (" " if note else "") + source_link(one["source"], word("source", language))
    shape = escape(shape_name(one["shape"], language))
    cells = f"<td>{escape(one['text'])}{mark}</td> <td>{shape}</td> <td>{note}</td>"
    return f"<tr><th>{escape(one['name'])}</th> {cells}</tr>"


def source_link(source: str, label: str) -> str:
    """A source: a link where it is a web address, else the words as written."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return f"{label}: {escape(source)}"
    if parts.scheme.lower() in ("http", "https") and parts.netloc and not set(source) & set(" \t\"'<>"):
        return f'<a rel="nofollow ugc noopener noreferrer" href="{escape(source)}">{label}: {escape(parts.netloc)}</a>'
    return f"{label}: {escape(source)}"


def _matters(record: Record, language: str) -> Iterator[str]:
    for name, shares in record["matters"].items():
        shown = [(other, share) for other, share in shares[:SHARES] if share >= LEAST_SHARE]
        if len(shown) < 2:
            continue
        rows = "".join(
            f'<tr><th>{escape(other)}</th> <td><meter max="1" value="{share:.3f}">{share:.0%}</meter></td>'
            f" <td>{share:.0%}</td></tr>"
            for other, share in shown
        )
        heading = f"{word('matters', language)} {escape(name)}"
        yield f'<table class="matters"><caption>{heading}</caption><tbody>{rows}</tbody></table>'


def _outcomes(record: Record, language: str) -> Iterator[str]:
    if not record["scores"]:
        return
    heads = " ".join(f"<th>{word(key, language)}</th>" for key in ("outcome_of", "outcome", "known", "score"))
    rows = "".join(
        f"<tr><th>{escape(name)}</th> <td>{escape(score['written'])}</td> <td>{escape(score['date'])}</td>"
        f" <td>{escape(score_text(score, language))}</td></tr>"
        for name, score in record["scores"].items()
    )
    yield f'<table class="outcomes"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def score_text(score: Record, language: str) -> str:
    """The scores of one outcome in a line."""
    named = (("CRPS", "crps"), ("Brier", "brier"), ("log", "log"))
    parts = [f"{label} {score[key]:.3g}" for label, key in named if score.get(key) is not None]
    if "inside90" in score:
        parts.append(word("inside" if score["inside90"] else "outside", language))
    return ("、" if language == "ja" else ", ").join(parts)


def _source(one: Evaluated, language: str) -> Iterator[str]:
    if one.record["withdrawn"]:
        return
    is_open = " open" if one.record["problems"] else ""
    code = f"<pre><code>{escape(one.text)}</code></pre>"
    yield f"<details{is_open}><summary>{word('text', language)}</summary>{code}</details>"


def _actions(one: Evaluated, public_id: str, language: str, drawn: bool) -> Iterator[str]:
    if one.record["assumptions"] and drawn:
        block = f"?block={one.ordinal}" if one.ordinal > 1 else ""
        change = f'<a href="{entry_path(public_id)}/estimate{block}">{word("change", language)}</a>'
        yield f'{ACTIONS}{change} <a href="/estimates/help">{word("language", language)}</a></p>'
    elif one.record["problems"]:
        yield f'{ACTIONS}<a href="/estimates/help">{word("language", language)}</a></p>'


def plain_table(record: Record) -> str:
    """The figures of an estimate as plain text, in the language of its entry."""
    language = record["language"]
    lines = [record["title"] or word("estimate", language)]
    heads = [word(key, language) for key in ("value", "median", "interval")]
    table = [heads, *record["rows"]] if record["rows"] else []
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = [cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    for name, score in record["scores"].items():
        text = score_text(score, language)
        lines.append(f"{word('outcome', language)} {name} = {score['written']} ({score['date']}): {text}")
    for one in record["problems"]:
        place = word("line", language).format(line=one["line"], column=one["column"])
        lines.append(f"{place}: {one['message']}")
    return "\n".join(lines) + "\n"


def _width(text: str) -> int:
    """Columns on a terminal: full-width characters take two (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
