"""What is stored of estimates, from blocks in a source; what depends on what; what is erased."""

import json

import pytest

from nanashi.estimates import evaluate, parse
from nanashi.lexicons.estimate_errands import compare
from nanashi.lexicons.estimate_figures import plain_table, without_actions
from nanashi.lexicons.estimate_records import Surroundings, evaluate_all, settles
from nanashi.text.markup import render

SUM = "a = 2 to 3 OOM\nb = 1 to 3 OOM\ntotal = a + b"


def records(source: str, **around: object) -> list[dict]:  # type: ignore[type-arg]
    rendered = render(source, anchor="x", set_aside="estimate")
    found = evaluate_all(rendered.insets, "20240101-aaaaaa", Surroundings("en", **around))  # type: ignore[arg-type]
    return [one.record for one in found]


def fenced(*blocks: str) -> str:
    return "\n\n".join(f"```estimate\n{block}\n```" for block in blocks)


def test_a_record_is_json_and_says_everything() -> None:
    (record,) = records(fenced(SUM))
    assert json.loads(json.dumps(record)) == record
    assert record["results"] == ["total"]
    assert [one["name"] for one in record["assumptions"]] == ["a", "b"]
    assert record["values"]["total"]["p50"] == evaluate(parse(SUM)).to_json()["values"]["total"]["p50"]


def test_a_block_may_be_based_on_one_above_it_in_the_same_entry() -> None:
    first, second = records(fenced(SUM, "based on >>1\na = 1 to 2 OOM"))
    assert second["values"]["total"]["p50"] < first["values"]["total"]["p50"]
    assert [one["changed"] for one in second["assumptions"]] == [True, False]


def test_a_circle_of_bases_ends() -> None:
    bases = {
        "20240101-bbbbbb#1": "based on >>20240101-cccccc\na = 1",
        "20240101-cccccc#1": "based on >>20240101-bbbbbb",
    }
    (record,) = records(fenced("based on >>20240101-bbbbbb\na = 2"), bases=bases)
    assert record["problems"]


def test_what_is_kept_is_not_made_again() -> None:
    rendered = render(fenced(SUM), anchor="x", set_aside="estimate")
    (one,) = evaluate_all(rendered.insets, "20240101-aaaaaa", Surroundings("en"))
    marked = {**one.record, "title": "kept"}
    (again,) = evaluate_all(rendered.insets, "20240101-aaaaaa", Surroundings("en", kept={one.digest: marked}))
    assert again.record["title"] == "kept"


@pytest.mark.parametrize(
    ("block", "year"),
    [
        ("a = 1 to 2", None),
        ("title: by 2031\na = 1 to 2", 2031),
        ("years: 2023 to 2040\ns = (1 to 2) * (year - 2022)", 2040),
        ("years: 2023 to 2040\ns = (1 to 2) * (year - 2022)\ne = first year when s >= 5.5", 2028),
        ("years: 2023 to 2025\ns = (1 to 2) * (year - 2022)\ne = first year when s >= 6", 2025),
        ("a = 1 to 2\noutcome a = 1.5 on 2027-03-01", 2027),
    ],
)
def test_when_an_estimate_settles(block: str, year: int | None) -> None:
    assert settles(evaluate(parse(block))) == year


def test_a_change_moves_what_hangs_on_it_draw_by_draw() -> None:
    errand = {"text": SUM, "before": [], "bases": [], "work": 10**8, "language": "en"}
    answer = compare({**errand, "changes": {"a": "3 to 4 OOM"}})
    (row,) = answer["rows"]
    assert row[3].startswith("+1")
    assert row[4] is True
    assert compare({**errand, "changes": {"a": "2 to 3 OOM"}})["rows"][0][4] is False
    assert "2 to 3" in compare({**errand, "changes": {"a": "2-3"}})["wrong"]["a"][0]
    assert compare({**errand, "changes": {"nothing": "1"}})["wrong"].keys() == {"nothing"}


def test_plain_text_and_feeds_have_the_figures_without_the_links() -> None:
    (record,) = records(fenced(SUM))
    assert plain_table(record).splitlines()[2].split()[0] == "total"
    assert without_actions('a<p class="estimate-actions"><a href="/">b</a></p>c') == "ac"
