"""`nanashi keywords`: lists in, words changed, lists out."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nanashi.models import Alias, Backfill, Keyword, Occurrence

Run = Callable[..., Result]

WORDS = "研究\n  雨  \n\nrain\n"
CSV = """word,reading,aliases,definition
研究,けんきゅう,リサーチ|research,"調べること。

また、その""成果""。"
雨,あめ,,
"""
JSONL = """
{"word": "研究", "reading": "けんきゅう", "aliases": ["リサーチ", "research"], "definition": "調べること。"}
{"word": "雨", "explicit": true}
"""


def counts(result: Result) -> tuple[int, int, int, int]:
    report = json.loads(result.stdout)
    return report["added"], report["updated"], report["already_here"], report["bad"]


def only_error(result: Result) -> dict[str, Any]:
    (error,) = json.loads(result.stdout)["errors"]
    found: dict[str, Any] = error
    return found


@pytest.mark.parametrize("name", ["words.txt", "words", "words.txt.gz"])
def test_one_word_a_line(nanashi: Run, tmp_path: Path, name: str) -> None:
    packed = gzip.compress(WORDS.encode()) if name.endswith(".gz") else WORDS.encode()
    (tmp_path / name).write_bytes(packed)
    assert counts(nanashi("keywords", "import", "--json", tmp_path / name)) == (3, 0, 0, 0)
    assert counts(nanashi("keywords", "import", "--json", tmp_path / name)) == (0, 0, 3, 0)
    assert set(Keyword.objects.values_list("word", flat=True)) == {"研究", "雨", "rain"}


@pytest.mark.parametrize("name", ["words.csv", "words"])
def test_csv_with_a_header(nanashi: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(CSV, encoding="utf-8")
    assert counts(nanashi("keywords", "import", "--json", tmp_path / name)) == (2, 0, 0, 0)
    assert counts(nanashi("keywords", "import", "--json", tmp_path / name)) == (0, 0, 2, 0)
    keyword = Keyword.objects.get(word="研究")
    assert (keyword.reading, keyword.shelf) == ("けんきゅう", "か")
    assert keyword.definition == '調べること。\n\nまた、その"成果"。'
    assert set(keyword.aliases.values_list("text", flat=True)) == {"リサーチ", "research"}


@pytest.mark.parametrize("name", ["words.jsonl", "words"])
def test_json_lines(nanashi: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(JSONL, encoding="utf-8")
    assert counts(nanashi("keywords", "import", "--json", tmp_path / name)) == (2, 0, 0, 0)
    assert counts(nanashi("keywords", "import", "--json", tmp_path / name)) == (0, 0, 2, 0)
    assert Keyword.objects.get(word="雨").explicit
    assert Keyword.objects.get(word="研究").aliases.count() == 2


def test_a_line_for_a_word_that_is_here_changes_what_it_says(nanashi: Run) -> None:
    nanashi("keywords", "import", "-", given=JSONL)
    change = '{"word": "研究", "reading": "リサーチ", "aliases": ["research", "study"]}\n'
    assert counts(nanashi("keywords", "import", "--json", "-", given=change)) == (0, 1, 0, 0)
    keyword = Keyword.objects.get(word="研究")
    assert (keyword.reading, keyword.shelf, keyword.definition) == ("リサーチ", "ら", "調べること。")
    assert set(keyword.aliases.values_list("text", flat=True)) == {"research", "study"}


def test_a_word_alone_changes_nothing_of_what_is_known_of_it(nanashi: Run) -> None:
    nanashi("keywords", "import", "-", given=JSONL)
    before = list(Keyword.objects.order_by("key").values())
    assert counts(nanashi("keywords", "import", "--json", "-", given="研究\n雨\n")) == (0, 0, 2, 0)
    assert list(Keyword.objects.order_by("key").values()) == before
    assert Alias.objects.count() == 2


@pytest.mark.parametrize(
    "case",
    [
        ("雨", '{"word": "天気", "aliases": ["雨"]}', "aliases", '"雨"'),
        ('{"word": "天気", "aliases": ["雨"]}', '{"word": "雨"}', "word", '"天気"'),
        ('{"word": "天気", "aliases": ["雨"]}', '{"word": "空", "aliases": ["雨"]}', "aliases", '"天気"'),
    ],
)
@pytest.mark.parametrize("together", [True, False], ids=["in one file", "in two files"])
def test_a_spelling_belongs_to_one_keyword(
    nanashi: Run, case: tuple[str, str, str, str], together: bool
) -> None:
    first, second, field, named = case
    first = first if first.startswith("{") else json.dumps({"word": first})
    if not together:
        nanashi("keywords", "import", "-", given=first)
    given = f"{first}\n{second}\n" if together else second
    result = nanashi("keywords", "import", "--json", "-", given=given)
    error = only_error(result)
    assert error["field"] == field
    assert named in error["message"]
    assert result.exit_code == 1
    assert Keyword.objects.count() == 1


@pytest.mark.parametrize("second", ["ＧＰＴ", "gpt"])
@pytest.mark.parametrize("together", [True, False], ids=["in one file", "in two files"])
def test_another_case_or_width_of_a_keyword_is_passed_over_with_a_warning(
    nanashi: Run, second: str, together: bool
) -> None:
    if not together:
        nanashi("keywords", "import", "-", given="GPT\n")
    result = nanashi("keywords", "import", "--json", "-", given=f"GPT\n{second}\n" if together else second)
    report = json.loads(result.stdout)
    assert (result.exit_code, report["bad"], report["already_here"]) == (0, 0, 1)
    (warning,) = report["warnings"]
    assert '"GPT"' in warning["message"]
    assert list(Keyword.objects.values_list("word", flat=True)) == ["GPT"]


def test_an_alias_can_move_to_another_keyword_in_one_file(nanashi: Run) -> None:
    nanashi("keywords", "import", "-", given='{"word": "天気", "aliases": ["雨"]}\n{"word": "空"}\n')
    moves = """
        {"word": "空", "reading": "そら"}
        {"word": "天気", "aliases": []}
        {"word": "空", "aliases": ["雨"]}
    """
    assert counts(nanashi("keywords", "import", "--json", "-", given=moves)) == (0, 3, 0, 0)
    assert Alias.objects.get(text="雨").keyword.word == "空"


def test_an_alias_that_is_matched_as_its_own_word_needs_no_row(nanashi: Run) -> None:
    nanashi("keywords", "add", "GPT", "--alias", "ＧＰＴ", "--alias", "ジーピーティー")
    assert [alias.text for alias in Alias.objects.all()] == ["ジーピーティー"]


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("", "missing or empty"),
        (" \u3000", "empty; write a word"),
        (".", "another page"),
        ("..", "another page"),
        ("研究/edit", "another page"),
        ("研究/history", "another page"),
        ("a" * 101, "at most 100"),
        ("a\tb", "control character"),
        ("a\u0085b", "control character"),
        ("。、", "nothing but punctuation"),
        ("\u200b", "nothing but punctuation"),
        ("ﷺ" * 30, "too long when it is matched"),
    ],
)
def test_what_cannot_be_a_keyword_is_refused(nanashi: Run, word: str, remedy: str) -> None:
    given = json.dumps({"word": word}) + '\n{"word": "雨"}\n'
    error = only_error(nanashi("keywords", "import", "--json", "-", given=given))
    assert (error["line"], error["field"]) == (1, "word")
    assert remedy in error["message"]
    assert [keyword.word for keyword in Keyword.objects.all()] == ["雨"]


@pytest.mark.parametrize("word", ["TCP/IP", "package.json", "C++", "☕", "々", "...", "10", "研究/編集"])
def test_other_words_are_taken(nanashi: Run, word: str) -> None:
    expected = 1 if word == "..." else 0
    assert nanashi("keywords", "add", word).exit_code == expected


@pytest.mark.parametrize(
    ("lines", "field", "remedy"),
    [
        ('{"reading": "あめ"}', "word", "missing"),
        ('{"word": 3}', "word", "a number; write a text"),
        ('{"word": "空", "aliases": "そら"}', "aliases", "square brackets"),
        ('{"word": "空", "explicit": "yes"}', "explicit", "true or false"),
        ('{"word": "空", "definition": "%s"}' % ("あ" * 20_001), "definition", "at most 20000"),
        ('{"word": "空", "reading": "そ\\nら"}', "reading", "one line"),
        ('{"word": "空", "aliases": [".."]}', "aliases", "another page"),
        ("{", "line", "no JSON"),
    ],
)
def test_a_bad_line_is_named_with_its_remedy(nanashi: Run, lines: str, field: str, remedy: str) -> None:
    result = nanashi(
        "keywords", "import", "--json", "-", given='{"word": "雨"}\n' + lines + '\n{"word": "雪"}\n'
    )
    error = only_error(result)
    assert (error["file"], error["line"], error["field"]) == ("-", 2, field)
    assert remedy in error["message"]
    assert set(Keyword.objects.values_list("word", flat=True)) == {"雨", "雪"}


@pytest.mark.parametrize(
    ("row", "line", "remedy"),
    [("空,そら,,晴れ,くもり", 2, "5 cells"), ('"空"そら,', 2, "no CSV"), (",そら", 2, "missing or empty")],
)
def test_a_bad_row_is_named_with_its_remedy(
    nanashi: Run, tmp_path: Path, row: str, line: int, remedy: str
) -> None:
    file = tmp_path / "words.csv"
    file.write_text(f"word,reading,aliases,definition\n{row}\n雪,ゆき\n", encoding="utf-8")
    error = only_error(nanashi("keywords", "import", "--json", file))
    assert error["line"] == line
    assert remedy in error["message"]
    assert [keyword.word for keyword in Keyword.objects.all()] == ["雪"]


def test_csv_without_a_column_for_the_word_says_how_to_begin(nanashi: Run, tmp_path: Path) -> None:
    file = tmp_path / "words.csv"
    file.write_text("言葉,読み\n雨,あめ\n", encoding="utf-8")
    error = only_error(nanashi("keywords", "import", "--json", file))
    assert "word,reading,aliases,definition" in error["message"]


def test_an_unknown_column_is_left_out(nanashi: Run, tmp_path: Path) -> None:
    file = tmp_path / "words.csv"
    file.write_text("word,readng\n雨,あめ\n", encoding="utf-8")
    result = nanashi("keywords", "import", "--json", file)
    assert "did you mean reading?" in json.loads(result.stdout)["warnings"][0]["message"]
    assert Keyword.objects.get().reading == ""


ONE_LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), max_size=12)
SPELLINGS = st.text(st.sampled_from("研究雨あいアーｱabＡ1 ・C+"), min_size=1, max_size=6).filter(
    lambda text: any(map(str.isalnum, text))
)
WHAT_IS_SAID = st.fixed_dictionaries(
    {},
    optional={
        "reading": ONE_LINE,
        "aliases": st.lists(SPELLINGS, max_size=3),
        "definition": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
        "explicit": st.booleans(),
        "see_also": st.lists(SPELLINGS, max_size=3),
        "retired": st.booleans(),
    },
)


def dictionary() -> list[tuple[object, ...]]:
    """All that is known of each keyword, whatever its key."""
    columns = (
        "word",
        "norm",
        "reading",
        "shelf",
        "sort_key",
        "definition",
        "explicit",
        "see_also",
        "retired",
    )
    found = [
        (*(getattr(one, name) for name in columns), sorted(one.aliases.values_list("text", "norm")))
        for one in Keyword.objects.order_by("word")
    ]
    Keyword.objects.all().delete()
    return found


@given(st.dictionaries(SPELLINGS, WHAT_IS_SAID, min_size=1, max_size=6))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_export_imports_to_the_same_dictionary(
    nanashi: Run, tmp_path: Path, said: dict[str, dict[str, Any]]
) -> None:
    lines = "\n".join(json.dumps({"word": word, **fields}) for word, fields in said.items())
    nanashi("keywords", "import", "--json", "-", given=lines)
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    assert nanashi("keywords", "export", first).exit_code == 0
    before = dictionary()
    assert counts(nanashi("keywords", "import", "--json", first)) == (len(before), 0, 0, 0)
    assert counts(nanashi("keywords", "import", "--json", first)) == (0, 0, len(before), 0)
    assert nanashi("keywords", "export", second).exit_code == 0
    assert second.read_bytes() == first.read_bytes()
    assert dictionary() == before


FULL = {
    "word": "研究",
    "reading": "けんきゅう",
    "aliases": ["research", "リサーチ"],
    "definition": "調べること。",
    "explicit": True,
    "see_also": ["実験", "ない言葉"],
    "retired": True,
}


def test_every_field_of_a_keyword_is_written_and_read(nanashi: Run) -> None:
    line = json.dumps(FULL)
    assert counts(nanashi("keywords", "import", "--json", "-", given=line)) == (1, 0, 0, 0)
    assert json.loads(nanashi("keywords", "export", "-").stdout) == FULL
    other = {**FULL, "see_also": [], "retired": False}
    assert counts(nanashi("keywords", "import", "--json", "-", given=json.dumps(other))) == (0, 1, 0, 0)
    assert nanashi("keywords", "import", "-", given='{"word": "研究"}').exit_code == 0
    written = json.loads(nanashi("keywords", "export", "-").stdout)
    assert written == {name: value for name, value in FULL.items() if name not in ("see_also", "retired")}


@pytest.mark.parametrize("others", [0, 250])
def test_a_list_retires_keywords_and_revives_them(nanashi: Run, others: int) -> None:
    words = ["雨", *(f"言葉{number}" for number in range(others))]
    nanashi("import", "-", given='{"date": "2024-06-06", "body": "雨が降る。"}')
    linked = []
    for said in ({"retired": True}, {}, {"retired": False}, {"retired": True}):
        lines = "\n".join(json.dumps({"word": word, **said}) for word in words)
        assert nanashi("keywords", "import", "-", given=lines).exit_code == 0
        assert not Backfill.objects.exists()
        linked.append(Occurrence.objects.count())
    assert linked == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("retired", 1, "a number; write true or false"),
        ("see_also", "雪", "a text; write a list in square brackets"),
        ("see_also", ["雪", " "], "empty; write a word"),
        ("see_also", ["雪"] * 31, "31 values; write at most 30"),
    ],
)
def test_what_is_wrong_with_see_also_and_retired(
    nanashi: Run, field: str, value: object, message: str
) -> None:
    given_line = json.dumps({"word": "雨", field: value})
    error = only_error(nanashi("keywords", "import", "--json", "-", given=given_line))
    assert (error["line"], error["field"], error["message"]) == (1, field, message)
    assert not Keyword.objects.exists()


def test_one_word_is_added_and_changed_from_the_command_line(nanashi: Run) -> None:
    result = nanashi("keywords", "add", "研究", "--reading", "けんきゅう", "--alias", "リサーチ")
    assert result.stdout == "研究: added\n"
    assert nanashi("keywords", "add", "研究", "--definition", "調べること。").stdout == "研究: updated\n"
    assert nanashi("keywords", "add", "研究").stdout == "研究: already here\n"
    keyword = Keyword.objects.get()
    assert (keyword.reading, keyword.definition) == ("けんきゅう", "調べること。")
    assert keyword.aliases.get().text == "リサーチ"
    refused = nanashi("keywords", "add", "リサーチ")
    assert refused.exit_code == 1
    assert '"研究"' in refused.stderr


def test_the_queries_of_an_import_do_not_grow_with_its_words(nanashi: Run) -> None:
    # The first one finds nothing compiled, and the next two are alike.
    nanashi("keywords", "import", "-", given="".join(f"電車{n}\n" for n in range(250)))
    with CaptureQueriesContext(connection) as few:
        nanashi("keywords", "import", "-", given="".join(f"雨{n}\n" for n in range(250)))
    with CaptureQueriesContext(connection) as many:
        nanashi("keywords", "import", "-", given="".join(f"言葉{n}\n" for n in range(500)))
    assert len(many) == len(few)
