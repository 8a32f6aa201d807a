"""`nanashi link`, as people and scripts call it."""

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from nanashi.text import Lexicon

NANASHI = [sys.executable, "-m", "nanashi", "link"]


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text("京都\r\n\nart\nC&A\n", encoding="utf-8")
    return path


def run(*arguments: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*NANASHI, *map(str, arguments)], input=given, capture_output=True, check=False)


def test_json_lines_in_and_out(words: Path) -> None:
    given = '{"id": "a", "text": "東京都と京都"}\n{"id": 2, "text": "ＡＲＴ"}\n'.encode()
    done = run("-", "--lexicon", words, given=given)
    assert done.returncode == 0
    assert done.stderr == b""
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": "a", "links": [[4, 6, "京都"]]},
        {"id": 2, "links": [[0, 3, "art"]]},
    ]


def test_boundaries_off(words: Path) -> None:
    done = run("--lexicon", words, "--boundaries", "off", given='{"id": 1, "text": "東京都start"}'.encode())
    assert json.loads(done.stdout)["links"] == [[1, 3, "京都"], [5, 8, "art"]]


def test_text_files_one_document_each(words: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("京都\nart", encoding="utf-8")
    second.write_text("東京都", encoding="utf-8")
    done = run(first, second, "--lexicon", words)
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": str(first), "links": [[0, 2, "京都"], [3, 6, "art"]]},
        {"id": str(second), "links": []},
    ]


def test_tab_separated_values(words: Path) -> None:
    given = '{"id": "a\\tb", "text": "京都、art"}'.encode()
    done = run("-", "--lexicon", words, "--format", "tsv", given=given)
    assert done.stdout.decode() == "a\\tb\t0\t2\t京都\na\\tb\t3\t6\tart\n"


def test_html_of_plain_text_and_of_pages(words: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>C&amp;A <code>art</code>", encoding="utf-8")
    anchor = '<a class="k" href="/keyword/C%26A">C&amp;A</a>'
    assert run("--lexicon", words, "--format", "html", given=b"<C&A>").stdout.decode() == f"&lt;{anchor}&gt;"
    assert (
        f"<p>{anchor} <code>art</code></p>"
        in run(page, "--lexicon", words, "--format", "html").stdout.decode()
    )
    lines = run("--lexicon", words, "--format", "html", given=b'{"id": 1, "text": "C&A"}')
    assert json.loads(lines.stdout) == {"id": 1, "html": anchor}


def test_pages_have_no_offsets(words: Path) -> None:
    done = run("--lexicon", words, given=b"<html><p>x")
    assert done.returncode == 1
    assert done.stderr.decode() == "-:1: document: HTML, whose text has no offsets; ask for --format html\n"


def test_bad_lines_are_named_and_passed_over(words: Path, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_bytes(b'{"id": 1, "text": "art"}\n{"id": 2}\n\xff\n{"id": 4, "text": "art"}\n')
    done = run(path, "--lexicon", words)
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [1, 4]
    assert done.stderr.decode().splitlines() == [
        f"{path}:2: text: missing or not a string; write the document's text (or body)",
        f"{path}:3: line: byte 1 is not UTF-8; convert the file",
    ]


def test_bad_lines_of_the_lexicon(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_bytes(b"\xff\nart\na\0b\n")
    done = run("--lexicon", words, given=b'{"id": 1, "text": "art"}')
    assert done.returncode == 1
    assert json.loads(done.stdout)["links"] == [[0, 3, "art"]]
    assert done.stderr.decode().splitlines() == [
        f"{words}:1: word: not UTF-8; convert the file",
        f"{words}:3: word: holds a NUL character; take it out",
    ]


def test_packed_files_are_read(tmp_path: Path) -> None:
    words, documents = tmp_path / "words.txt.gz", tmp_path / "documents.jsonl.gz"
    words.write_bytes(gzip.compress(b"art\n"))
    documents.write_bytes(gzip.compress(b'{"id": 1, "text": "art"}\n'))
    done = run(documents, "--lexicon", words)
    assert (done.returncode, json.loads(done.stdout)["links"]) == (0, [[0, 3, "art"]])


def test_an_archive_of_a_diary_is_read_as_it_is(words: Path) -> None:
    done = run("--lexicon", words, given=b'{"id": null, "date": "2024-06-06", "body": "art"}')
    assert json.loads(done.stdout) == {"id": 1, "links": [[0, 3, "art"]]}


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe\n" * 300])
def test_a_lexicon_without_a_word_is_refused(tmp_path: Path, content: bytes) -> None:
    words = tmp_path / "words.txt"
    words.write_bytes(content)
    done = run("--lexicon", words, given=b"art")
    assert (done.returncode, done.stdout) == (1, b"")
    lines = done.stderr.decode().splitlines()
    assert lines[-1] == f"Error: {words} holds no word; write one keyword a line, in UTF-8"
    assert len(lines) <= 102


def test_a_compiled_lexicon_and_a_torn_one(tmp_path: Path) -> None:
    path = tmp_path / "lexicon"
    Lexicon.from_words(["art"]).save(path)
    given = b'{"id": 1, "text": "art"}'
    assert json.loads(run("--lexicon", path, given=given).stdout)["links"] == [[0, 3, "art"]]
    path.write_bytes(path.read_bytes()[:-8])
    done = run("--lexicon", path, given=given)
    assert done.returncode == 1
    assert b"torn" in done.stderr
    assert b"Traceback" not in done.stderr


def test_workers_keep_the_order(words: Path, tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    text = "京都とart。" * 100
    path.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n in range(500)), encoding="utf-8")
    assert run(path, "--lexicon", words, "--workers", 2).stdout == run(path, "--lexicon", words).stdout


@pytest.mark.parametrize("workers", [1, 2])
def test_a_closed_pipe_is_quiet(words: Path, tmp_path: Path, workers: int) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_bytes(b'{"id": 1, "text": "art art art"}\n' * 200_000)
    command = [*NANASHI, str(path), "--lexicon", str(words), "--workers", str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b'{"id": 1')
        process.stdout.close()
        assert process.stderr.read() == b""


def test_memory_stays_the_same_whatever_the_size(words: Path, tmp_path: Path) -> None:
    peaks = []
    for lines in (1000, 400_000):
        path = tmp_path / "text.txt"
        path.write_bytes("東京都の京都で見た。\n".encode() * lines)
        with path.open("rb") as given, open(os.devnull, "wb") as nothing:
            code = (
                "import resource, sys; from nanashi.cli.link import link_command\n"
                "try: link_command(sys.argv[1:])\n"
                "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
            )
            command = [sys.executable, "-c", code, "-", "--lexicon", str(words)]
            done = subprocess.run(command, stdin=given, stdout=nothing, stderr=subprocess.PIPE, check=True)
        peaks.append(int(done.stderr))
    assert peaks[1] < peaks[0] + 20_000  # KiB; the larger text alone has 12,000 KiB


def test_the_command_knows_no_django(words: Path) -> None:
    code = "import sys, nanashi.cli.link; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_ctrl_c_ends_it_with_a_word_and_the_status_of_shells(words: Path) -> None:
    command = [*NANASHI, "--lexicon", str(words), "--input", "jsonl"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"id": 1, "text": "art"}\n' * 1_500)  # less than a pipe holds
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _output, errors = process.communicate()
    assert process.returncode == 130
    assert errors.decode().strip() == "Cut off; what was printed is right."
