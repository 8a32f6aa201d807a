"""`nanashi link`: link the words of documents, without a diary, a database or Django."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from gzip import BadGzipFile
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

import click

from nanashi.archive.reports import Findings
from nanashi.cli.language import gettext as _
from nanashi.cli.progress import Advance, bytes_read, say_error
from nanashi.cli.reporting import say_left_off
from nanashi.text import Lexicon, LexiconFileError, Spelling
from nanashi.text.documents import PACKED, Finding, Item, Kind, kind_of, read_items, unpacked
from nanashi.text.lexicon_file import MAGIC
from nanashi.text.streaming import Form, Linked, Linker, linked

STANDARD_INPUT = "-"
READABLE = click.Path(exists=True, dir_okay=False, readable=True, allow_dash=True)
KINDS = ["auto", *(kind.value for kind in Kind)]


@click.command(
    "link",
    help=_(
        "Print the places of keywords in FILEs (or - for the standard input): lines of JSON with id and text, "
        "plain text, or HTML."
    ),
)
@click.argument("files", nargs=-1, type=READABLE, metavar="[FILE|-]...")
@click.option(
    "--lexicon",
    "lexicon_path",
    required=True,
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    help=_("Keywords, one a line, or a compiled lexicon."),
)
@click.option(
    "--boundaries",
    type=click.Choice(["on", "off"]),
    default="on",
    help=_("Whether a keyword must begin and end where words do."),
)
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in Form]),
    default=Form.JSONL.value,
    help=_("What to print: places as JSON Lines or TSV, or the documents as HTML with links."),
)
@click.option(
    "--input", "kind", type=click.Choice(KINDS), default="auto", help=_("What the files hold; auto looks.")
)
@click.option("--workers", type=click.IntRange(1), default=1, help=_("Processes that link at the same time."))
def link_command(  # noqa: PLR0913 - one for each option
    *, files: tuple[str, ...], lexicon_path: Path, boundaries: str, form: str, kind: str, workers: int
) -> None:
    """Link documents in a stream; exit status 1 when a line was bad."""
    problems = Findings(say_error)
    linker = Linker(_read_lexicon(lexicon_path, problems), Form(form), boundaries == "on")
    names = files or (STANDARD_INPUT,)
    with ExitStack() as stack:
        advance = stack.enter_context(_progress(names))
        results = stack.enter_context(closing(linked(_items(names, kind), linker, workers)))
        for result in _written(results, sys.stdout.buffer, Form(form)):
            advance(result.size)
            if result.problem is not None:
                problems.add(result.problem)
    say_left_off(problems)
    if problems.count:
        raise SystemExit(1)


@contextmanager
def _progress(names: Iterable[str]) -> Iterator[Advance]:
    """A bar, but where somebody is typing the text; packed files do not tell how much is in them."""
    if STANDARD_INPUT in names and sys.stdin.isatty():
        click.echo(_("Reading what you type; end it with Ctrl-D."), err=True)
        yield lambda _amount: None
        return
    with bytes_read([name for name in names if not name.endswith(PACKED)], _("Linking")) as advance:
        yield advance


def _read_lexicon(path: Path, problems: Findings) -> Lexicon:
    """A compiled lexicon as it is; a list of words, packed or not, compiled now."""
    try:
        with path.open("rb") as file:
            if file.peek(len(MAGIC)).startswith(MAGIC):
                return Lexicon.load(path)
            lexicon = Lexicon.from_spellings(_spellings(unpacked(file), str(path), problems))
    except (LexiconFileError, BadGzipFile, EOFError) as error:
        raise click.ClickException(str(error)) from error
    if not len(lexicon):
        say_left_off(problems)
        raise click.ClickException(_("%s holds no word; write one keyword a line, in UTF-8") % path)
    return lexicon


def _spellings(file: BinaryIO, name: str, problems: Findings) -> Iterator[Spelling]:
    """The words of a list, one a line; its key is the line's number, from 0."""
    for key, line in enumerate(file):
        try:
            word = line.decode("utf-8-sig" if key == 0 else "utf-8").strip()
        except UnicodeDecodeError:
            problems.add(Finding(name, key + 1, "word", _("not UTF-8; convert the file")))
            continue
        if "\0" in word:
            problems.add(Finding(name, key + 1, "word", _("holds a NUL character; take it out")))
        elif word:
            yield Spelling(word, word, key)


def _items(names: Iterable[str], kind: str) -> Iterator[Item | Finding]:
    """The items of all files, one file after the other."""
    for name in names:
        with ExitStack() as stack:
            packed = (
                _standard_input() if name == STANDARD_INPUT else stack.enter_context(Path(name).open("rb"))
            )
            file = unpacked(packed)
            yield from read_items(file, name, kind_of(name, file.peek()) if kind == "auto" else Kind(kind))


def _standard_input() -> BufferedReader:
    """The standard input in bytes, with a look at what comes, whatever stands in for it."""
    return BufferedReader(cast(RawIOBase, sys.stdin.buffer))


def _written(results: Iterable[Linked], output: BinaryIO, form: Form) -> Iterator[Linked]:
    """Write each result, then give it."""
    errors = "backslashreplace" if form is Form.JSONL else "replace"
    started = False
    for result in results:
        started = started and not result.opening
        joint = result.joint if started and result.body else ""
        output.write(f"{result.opening}{joint}{result.body}{result.closing}".encode(errors=errors))
        started = started or bool(result.body)
        yield result
    output.flush()
