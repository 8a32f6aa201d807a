"""Documents read, linked and written as a stream."""

import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.text import Lexicon, documents, link
from nanashi.text.documents import Finding, Kind, Page, Part, kind_of, parse_line, read_items
from nanashi.text.streaming import Form, Linker, linked

LEXICON = Lexicon.from_words(["京都", "東京", "art"])


def opened(content: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(content))


def items(content: bytes, kind: Kind) -> list[documents.Item | Finding]:
    return list(read_items(opened(content), "file", kind))


@pytest.mark.parametrize(
    ("name", "start", "kind"),
    [
        ("a.jsonl", b"", Kind.LINES),
        ("a.html", b"{", Kind.PAGE),
        ("a.txt", b"{", Kind.TEXT),
        ("-", b' {"id": 1', Kind.LINES),
        ("-", b"<!DOCTYPE html>", Kind.PAGE),
        ("-", b"\xef\xbb\xbf<html>", Kind.PAGE),
        ("-", b"<p>", Kind.TEXT),
        ("notes", b"[1]", Kind.TEXT),
    ],
)
def test_what_a_file_holds(name: str, start: bytes, kind: Kind) -> None:
    assert kind_of(name, start) is kind


@given(
    st.lists(st.sampled_from(["東京", "\n", "京都は", "。", "a", " ", "😀", "\r\n"])),
    st.integers(1, 9),
    st.integers(4, 20),
)
def test_the_parts_of_a_text_are_the_text(pieces: list[str], read: int, longest: int) -> None:
    text = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "_READ", read)
        patch.setattr(documents, "LONGEST_PART", longest)
        parts = [part for part in items(text.encode(), Kind.TEXT) if isinstance(part, Part)]
    assert "".join(part.text for part in parts) == text
    assert [part.offset for part in parts] == [sum(len(p.text) for p in parts[:n]) for n in range(len(parts))]
    assert [part.is_first for part in parts] == [True] + [False] * (len(parts) - 1)
    assert [part.is_last for part in parts] == [False] * (len(parts) - 1) + [True]


def written(content: bytes, kind: Kind, form: Form) -> str:
    return "".join(
        one.opening + (one.joint if number and one.body else "") + one.body + one.closing
        for number, one in enumerate(linked(items(content, kind), Linker(LEXICON, form)))
    )


def test_a_text_in_parts_is_linked_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "東京\n京都は東京。\n\nart と art\n" * 50
    monkeypatch.setattr(documents, "_READ", 100)
    record = json.loads(written(text.encode(), Kind.TEXT, Form.JSONL))
    assert record["links"] == [[one.start, one.end, one.word] for one in link(text, LEXICON)]
    rows = written(text.encode(), Kind.TEXT, Form.TSV).splitlines()
    assert rows[1] == "file\t3\t5\t京都"
    assert len(rows) == len(record["links"])


def test_lines_that_are_too_long_are_named_and_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LONGEST_LINE", 40)
    first, second = items(b'{"text": "' + b"a" * 200 + b'"}\n{"text": "b"}\n', Kind.LINES)
    assert str(first).startswith("file:1: line: longer than")
    assert second == documents.Line("file", 2, b'{"text": "b"}\n')


def test_pages_that_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST_PAGE", 5)
    assert items(b"<html>", Kind.PAGE) == [Finding("file", 1, "document", "longer than 0 MB; split it")]
    assert items(b"<htm>", Kind.PAGE) == [Page("file", b"<htm>")]


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (b'{"id": "a", "text": "x"}', ("a", "x")),
        (b'{"id": 1.5, "text": "x", "more": []}', (1.5, "x")),
        (b'\xef\xbb\xbf{"text": "x"}', (1, "x")),
        (b'{"text": "\\ud83d"}', (1, "\ud83d")),
        (b'{"text": "\xff"}', "line: byte 11 is not UTF-8; convert the file"),
        (b'{"text": "x"', "line: not JSON"),
        (b"[" * 100_000, "line: not JSON"),
        (b"[]", "line: not an object"),
        (b'{"id": "a"}', "text: missing or not a string; write the document's text (or body)"),
        (b'{"id": [], "text": "x"}', "id: neither a string nor a number; write one, or leave it out"),
        (b'{"id": true, "text": "x"}', "id: neither"),
    ],
)
def test_a_line_of_json(content: bytes, outcome: object) -> None:
    parsed = parse_line(documents.Line("file", 1, content))
    if isinstance(outcome, str):
        assert str(parsed).startswith(f"file:1: {outcome}")
    else:
        assert parsed == outcome


def test_every_line_with_bytes_that_are_no_text_is_named() -> None:
    found = items(b"a\n\xff\n\nb\xff\xffc\n", Kind.TEXT)
    assert [one.line for one in found if isinstance(one, Finding)] == [2, 4]
    assert [one.text for one in found if isinstance(one, Part)] == ["a\n\ufffd\n\nb\ufffd\ufffdc\n", ""]


def test_two_workers_write_the_same_in_the_same_order() -> None:
    lines = (
        b"".join(b'{"id": %d, "text": "%s"}\n' % (n, "京都とart".encode() * 50) for n in range(3000)) + b"{\n"
    )
    one, two = (list(linked(items(lines, Kind.LINES), Linker(LEXICON), workers)) for workers in (1, 2))
    assert one == two
    assert len(one) == 3001
    assert one[-1].problem is not None


def test_input_is_read_only_as_fast_as_it_is_linked() -> None:
    read = 0

    def endless() -> Iterator[documents.Line]:
        nonlocal read
        while True:
            read += 1
            yield documents.Line("file", read, b'{"text": "' + b"a" * 30_000 + b'"}')

    results = linked(endless(), Linker(LEXICON), 2)
    for _ in range(5):
        next(results)
    results.close()
    assert read < 100
