"""Lines, names, bases, changes and files."""

from __future__ import annotations

import numpy as np
import pytest

from nanashi.estimates import Block, EstimateError, Reference, evaluate, find_blocks, parse, parse_blocks

BASE = """title: Base
years: 2023 to 2030
compute = 2 to 3 OOM   # training compute source: https://example.org/a
algorithms = 1 to 3 OOM
total = compute + algorithms
show total
"""


def base_of(text: str | None) -> object:
    """A finder that knows one block under the id `b`; None for a withdrawn one."""

    def find(reference: Reference) -> Block | None:
        if reference.target != "b":
            raise LookupError(reference.target)
        return None if text is None else parse(text)

    return find


def test_notes_and_sources() -> None:
    value = parse(BASE).values["compute"]
    assert (value.note, value.source) == ("training compute", "https://example.org/a")
    japanese = parse("x = 1 # 学習 出典: https://example.org/#part").values["x"]
    assert (japanese.note, japanese.source) == ("学習", "https://example.org/#part")
    assert parse("# a note alone\nx = 1").values["x"].note == ""


def test_names_are_read_first_and_the_longest_wins() -> None:
    text = "計算 = 1\n計算量 = 5\nから = 7\nrun = 2\nrun time = 3\nx = 計算量 + run time\ny = からからから\n"
    found = evaluate(parse("\n".join(text.split("\n")[:-2]))).to_json()["values"]
    assert found["x"]["p50"] == 8
    assert evaluate(parse("running = 4\nrun = 2\nx = running + run")).to_json()["values"]["x"]["p50"] == 6


def test_function_names_are_free_unless_a_bracket_follows() -> None:
    found = evaluate(parse("min = 3\n確率 = 4\n割合 = 5\nx = min(1, 2) + min + 確率 + 割合")).to_json()[
        "values"
    ]
    assert found["x"]["p50"] == 13


@pytest.mark.parametrize(
    "name",
    ["a to b", "年", "year", "in", "title", "show x", "図 x", "図", "3a", "a-b", "a  b", "when", "source in"],
)
def test_names_that_are_refused(name: str) -> None:
    with pytest.raises(EstimateError):
        parse(f"{name} = 3")


@pytest.mark.parametrize(
    "name", ["tomorrow", "図書館", "年収", "cost_2", "run time", "表示数", "Größe", "P", "mean"]
)
def test_names_that_are_allowed(name: str) -> None:
    assert list(parse(f"{name} = 3").values) == [name]


def test_a_reply_puts_its_lines_in_place_of_those_of_its_base() -> None:
    reply = parse("based on >>b\ncompute = 4 to 5 OOM\nextra = 1 to 2 OOM\n", base=base_of(BASE))  # type: ignore[arg-type]
    before, after = evaluate(parse(BASE)), evaluate(reply)
    assert reply.changed == {"compute"}
    assert after.seed == before.seed
    assert list(after.values) == ["compute", "algorithms", "total", "extra"]
    assert np.array_equal(before.draws("algorithms"), after.draws("algorithms"))
    assert reply.title == "Base"
    assert reply.results == ("total",)


def test_a_withdrawn_base_leaves_the_changed_lines_only() -> None:
    reply = parse("元 >>b\ncompute = 4 to 5 OOM\ntotal = compute + algorithms\n", base=base_of(None))  # type: ignore[arg-type]
    assert reply.withdrawn
    assert list(reply.values) == ["compute"]
    with pytest.raises(EstimateError, match="withdrawn"):
        evaluate(reply)


def test_an_unknown_base_is_an_error() -> None:
    with pytest.raises(EstimateError, match="no block 1 of `c`"):
        parse("based on >>c\nx = 1", base=base_of(BASE))  # type: ignore[arg-type]
    with pytest.raises(EstimateError):
        parse("based on >>c\nx = 1")


def test_blocks_of_a_file() -> None:
    text = (
        f"# Heading\n\n```estimate\n{BASE}```\n\n````\n```estimate\nnot = one\n```\n````\n"
        "~~~estimate\nbased on >>1\ncompute = 1 OOM\n~~~\n"
    )
    assert [fenced.first_line for fenced in find_blocks(text)] == [4, 18]
    blocks = parse_blocks(text)
    assert evaluate(blocks[1]).to_json()["values"]["compute"]["p50"] == 1
    assert parse_blocks("x = 1")[0].values["x"].line == 1
    with pytest.raises(EstimateError) as caught:
        parse_blocks(text.replace("compute = 1 OOM", "compute = 1 m"))
    assert caught.value.problems[0].line == 19


def test_changes_are_for_assumptions() -> None:
    block = parse(BASE)
    assert evaluate(block, changes={"compute": "1〜2桁"}).values["compute"].quantile("p50")[
        0
    ] == pytest.approx(2**0.5, rel=0.01)
    with pytest.raises(EstimateError, match="is a formula"):
        evaluate(block, changes={"total": "3 OOM"})
    with pytest.raises(EstimateError, match="not defined"):
        evaluate(block, changes={"nothing": "3 OOM"})
    with pytest.raises(EstimateError, match="circle"):
        evaluate(block, changes={"compute": "total"})


def test_what_is_shown() -> None:
    assert parse("a = 1\nb = a\nc = a").results == ("b", "c")
    assert parse("a = 1\nb = a\nshow a, b").results == ("a", "b")


def test_chart_scale_is_the_last_word_unless_it_is_a_name() -> None:
    charts = parse("years: 2020 to 2030\nrun log = year\nrun = year\nchart run log\nchart run linear").charts
    assert [(chart.name, chart.scale) for chart in charts or ()] == [("run log", ""), ("run", "linear")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a = 5", ("a",)),
        ("a = 1 to 2", ("a",)),
        ("a = yes with 3%", ("a",)),
        ("a = doubling every 3 to 4 months", ("a",)),
        ("a = 年30%", ("a",)),
        ("a = 30%: 1 to 2 or 70%: 3", ("a",)),
        ("a = -3", ("a",)),
        ("a = 2 * 3", ()),
        ("a = (1 to 2) * 3", ()),
        ("a = [1, 2]", ()),
        ("b = 1\na = 30%: b or 70%: 3", ("b",)),
    ],
)
def test_which_values_are_assumptions(text: str, names: tuple[str, ...]) -> None:
    assert parse(text).assumptions == names


def test_an_answer_to_a_wrong_block_is_not_blamed() -> None:
    text = "```estimate\na = 2-3\nb = a\n```\n\n```estimate\nbased on >>1\na = 2 to 3\n```\n"
    with pytest.raises(EstimateError) as caught:
        parse_blocks(text)
    assert [problem.line for problem in caught.value.problems] == [2]
