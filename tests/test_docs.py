"""The documentation says what the code does, and says the same in both languages."""

import doctest
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from nanashi.estimates import evaluate, parse, parse_blocks
from nanashi.estimates.tables import text_table
from nanashi.estimates.words import FUNCTIONS, LINE_WORDS, SHAPES
from nanashi.text.markup import DEVIATIONS

ROOT = Path(__file__).resolve().parents[1]
DOCS, DOCS_JA = ROOT / "docs", ROOT / "docs" / "ja"
# Those who read it read the sources too, which are in English.
ENGLISH_ONLY = {"performance.md"}
PAGES = sorted(path.name for path in DOCS.glob("*.md") if path.name not in ENGLISH_ONLY)
PAIRS = {
    "README.md": (ROOT / "README.md", ROOT / "README.ja.md"),
    "SECURITY.md": (ROOT / "SECURITY.md", ROOT / "SECURITY.ja.md"),
    **{name: (DOCS / name, DOCS_JA / name) for name in PAGES},
}
JAPANESE = dict(PAIRS.values())
EVERY_PAGE = [path for folder in (ROOT, DOCS, DOCS_JA) for path in sorted(folder.glob("*.md"))]
ESTIMATES = [DOCS_JA / "estimates.md", DOCS_JA / "estimates-notebook.md"]
SHOWN = [
    found
    for path in ESTIMATES
    for found in re.findall(
        r"```estimate\n((?:(?!```).)*)```\n\n```output\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL
    )
]
# Settings, options, commands, programs and figures: what no translation changes.
FACT = re.compile(
    r"NANASHI_[A-Z_]+|DATABASE_URL|(?<![\w-])--[a-z][a-z-]*|(?<![\w-])nanashi [a-z]+|python -m [\w.]+"
    r"|[\w.-]+\.(?:py|txt|sqlite3|md)\b|(?<![a-zA-Z0-9])[0-9]+(?:[.,][0-9]+)*",
    re.ASCII,
)
SCALES = {" million": 1_000_000, "億": 100_000_000, "万": 10_000}

both_languages = pytest.mark.parametrize(("english", "japanese"), PAIRS.values(), ids=PAIRS)


def tokens(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page.read_text(encoding="utf-8"))


def blocks(page: Path) -> list[tuple[str, str]]:
    """Kind and text of each block of code, in order; the kind of those without a name is `shell`."""
    found = [token for token in tokens(page) if token.type in ("fence", "code_block")]
    return [(token.info.strip() or "shell", token.content) for token in found]


def commands(page: Path) -> list[str]:
    """The lines of shell, without their notes."""
    lines = [line for kind, text in blocks(page) if kind == "shell" for line in text.splitlines()]
    return [re.sub(r"\s+# .*", "", line) for line in lines]


def facts_of(text: str) -> list[str]:
    """Settings, options, commands, programs and figures of a text; 400 million and 4億 are one figure."""
    plain = re.sub(r"([0-9]+)( million|億|万)", lambda found: str(int(found[1]) * SCALES[found[2]]), text)
    return FACT.findall(plain.replace(".ja.md", ".md"))


def facts(page: Path) -> tuple[list[Counter[str]], list[Counter[str]]]:
    """What stands, outside of blocks of code, in each section but its tables, and in each row of a table."""
    sections: list[Counter[str]] = [Counter()]
    rows: list[Counter[str]] = []
    in_row = False
    for token in tokens(page):
        if token.type == "heading_open":
            sections.append(Counter())
        elif token.type == "tr_open":
            rows.append(Counter())
        in_row = token.type == "tr_open" or (in_row and token.type != "tr_close")
        if token.type == "inline":
            said = "".join(child.content or "\n" for child in token.children or [])
            (rows if in_row else sections)[-1].update(facts_of(said))
    return sections, rows


def links(page: Path) -> list[str]:
    """Where the page's links and images lead, without those to other sites."""
    spans = [child for token in tokens(page) for child in token.children or []]
    targets = [str(span.attrGet("href") or span.attrGet("src") or "") for span in spans]
    return [target for target in targets if target and not re.match(r"[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """The ids that forges give to the page's headings."""
    titles = [inline.content for heading, inline in pairwise(tokens(page)) if heading.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_page_has_its_japanese_one() -> None:
    assert sorted(path.name for path in DOCS_JA.glob("*.md")) == PAGES
    assert all(path.exists() for pair in PAIRS.values() for path in pair)


@both_languages
def test_both_languages_have_the_same_headings(english: Path, japanese: Path) -> None:
    outlines = [
        [token.tag for token in tokens(page) if token.type == "heading_open"] for page in (english, japanese)
    ]
    assert outlines[0]
    assert outlines[0] == outlines[1]


@both_languages
def test_both_languages_have_the_same_blocks_and_commands(english: Path, japanese: Path) -> None:
    assert [kind for kind, _ in blocks(english)] == [kind for kind, _ in blocks(japanese)]
    assert commands(english) == commands(japanese)


@both_languages
def test_both_languages_say_the_same_settings_options_and_figures(english: Path, japanese: Path) -> None:
    """Section by section and row by row: a limit that changes in one language changes in the other."""
    for one, other in zip(facts(english), facts(japanese), strict=True):
        assert one == other


@both_languages
def test_each_language_leads_to_the_other(english: Path, japanese: Path) -> None:
    """In the first line under the title."""
    assert (japanese.parent / links(japanese)[0]).resolve() == english
    assert (english.parent / links(english)[0]).resolve() == japanese


@both_languages
def test_japanese_pages_lead_to_japanese_pages(english: Path, japanese: Path) -> None:
    leads = {(japanese.parent / target.partition("#")[0]).resolve() for target in links(japanese)[1:]}
    assert not leads & JAPANESE.keys()


@pytest.mark.parametrize("document", EVERY_PAGE, ids=[str(page.relative_to(ROOT)) for page in EVERY_PAGE])
def test_every_link_leads_to_a_file_and_a_heading(document: Path) -> None:
    for target in links(document):
        file, _, heading = target.partition("#")
        path = (document.parent / file).resolve() if file else document
        assert path.exists(), target
        assert not heading or heading in anchors(path), target


@pytest.mark.parametrize("folder", [DOCS, DOCS_JA], ids=["en", "ja"])
def test_the_examples_of_the_linking_page_run_as_shown(folder: Path) -> None:
    result = doctest.testfile(str(folder / "linking.md"), module_relative=False, encoding="utf-8")
    assert result.attempted == 12
    assert result.failed == 0


@pytest.mark.parametrize("folder", [DOCS, DOCS_JA], ids=["en", "ja"])
def test_every_deviation_from_commonmark_is_on_the_markup_page(folder: Path) -> None:
    text = (folder / "markup.md").read_text(encoding="utf-8")
    assert [name for name in DEVIATIONS if not re.search(rf"^\| .*?{name}.*? \|", text, re.MULTILINE)] == []


@pytest.mark.parametrize("document", ESTIMATES, ids=lambda path: path.name)
def test_the_japanese_estimates_evaluate_to_what_the_english_ones_do(document: Path) -> None:
    """Seeds come from the texts, so figures are near rather than equal."""
    medians = []
    for path in (document, DOCS / document.name):
        values = [
            value
            for block in parse_blocks(path.read_text(encoding="utf-8"))
            for value in evaluate(block).values.values()
        ]
        middles = [middle for value in values for middle in value.quantile("p50") if middle is not None]
        medians.append(sorted(middles))
    assert medians[0]
    assert medians[0] == pytest.approx(medians[1], rel=0.03)


@pytest.mark.parametrize(("block", "output"), SHOWN)
def test_japanese_figures_shown_are_those_that_come_out(block: str, output: str) -> None:
    assert text_table(evaluate(parse(block)), "ja") == output


def test_every_spelling_is_on_the_japanese_estimates_page() -> None:
    text = ESTIMATES[0].read_text(encoding="utf-8")
    spellings = [
        one for table in (FUNCTIONS, SHAPES, LINE_WORDS) for words in table.values() for one in words
    ]
    assert [spelling for spelling in spellings if spelling not in text] == []


@pytest.mark.parametrize("document", ESTIMATES, ids=lambda path: path.name)
def test_the_python_example_of_the_japanese_page_runs(document: Path) -> None:
    (example,) = [text for kind, text in blocks(document) if kind == "python"]
    exec(compile(example, str(document), "exec"), {})
