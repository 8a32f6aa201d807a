"""`nanashi estimate`: the command that scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nanashi.cli.estimate import estimate_command

FIRST = """title: GPT-4 から 2027 年までに何桁伸びるか
計算量       = 2〜3 OOM          # 学習に使う計算量 出典: https://situational-awareness.ai/
アルゴリズム = 1〜3 OOM
合計         = 計算量 + アルゴリズム
大きく伸びる確率 = 確率(合計 >= 5 OOM)
"""
SECOND = """title: When does a training run pass 1e29 FLOP?
years: 2023 to 2040
base   = 2e25 to 3e25 FLOP
growth = 0.4 to 0.7 OOM/yr     # assumption: money does not run out
run    = base growing growth from 2023
passes = first year when run >= 1e29 FLOP
"""


def run(path: Path, text: str, *options: str) -> Result:
    """Run the command on a file with `text`."""
    file = path / "estimate.txt"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(
        estimate_command, [str(file), *options], env={"LANG": "C", "LC_ALL": "", "LC_MESSAGES": ""}
    )


def test_json_of_a_bare_block(tmp_path: Path) -> None:
    answer = json.loads(run(tmp_path, FIRST, "--json").stdout)
    assert list(answer) == ["title", "seed", "samples", "warnings", "values", "sensitivity", "scores"]
    assert answer["samples"] == 8192
    total = answer["values"]["合計"]
    assert list(total) == ["kind", "unit", "mean", "sd", "p5", "p25", "p50", "p75", "p95"]
    assert total["unit"] == "OOM"
    assert total["p50"] == pytest.approx(4.22, rel=0.01)
    assert answer["values"]["計算量"]["shape"] == "lognormal"
    odds = answer["values"]["大きく伸びる確率"]
    assert odds["p5"] == odds["p95"] == pytest.approx(0.148, abs=0.002)
    assert [name for name, _ in answer["sensitivity"]["合計"]] == ["アルゴリズム", "計算量"]


def test_json_of_series_and_events(tmp_path: Path) -> None:
    values = json.loads(run(tmp_path, SECOND, "--json").stdout)["values"]
    assert list(values["run"]) == ["kind", "unit", "years", "p5", "p25", "p50", "p75", "p95"]
    assert values["run"]["years"] == list(range(2023, 2041))
    assert list(values["passes"]) == ["kind", "unit", "p5", "p25", "p50", "p75", "p95", "never"]
    assert values["passes"]["p50"] == 2030
    assert values["passes"]["unit"] == "year"


def test_several_blocks_are_a_list_and_may_stand_on_one_another(tmp_path: Path) -> None:
    text = f"# An entry\n\n```estimate\n{SECOND}```\n\n```estimate\nbased on >>1\ngrowth = 1 OOM/yr\n```\n"
    answers = json.loads(run(tmp_path, text, "--json").stdout)
    assert [answer["values"]["passes"]["p50"] for answer in answers] == [2030, 2027]
    assert answers[0]["seed"] == answers[1]["seed"]


def test_samples_seed_and_set(tmp_path: Path) -> None:
    options = (
        "--samples",
        "1000",
        "--seed",
        "5",
        "--set",
        "growth=1 OOM/yr",
        "--set",
        "base = 2e25 FLOP",
        "--json",
    )
    answer = json.loads(run(tmp_path, SECOND, *options).stdout)
    assert (answer["samples"], answer["seed"]) == (1000, 5)
    assert answer["values"]["passes"]["p95"] == 2027
    assert run(tmp_path, SECOND, *options).stdout == run(tmp_path, SECOND, *options).stdout


def test_errors_name_file_line_and_column(tmp_path: Path) -> None:
    result = run(tmp_path, "# Head\n\n```estimate\nx = 1 to 2\ny = 2-3\nz = foo\n```\n")
    assert result.exit_code == 1
    assert result.stdout == ""
    first, second = result.stderr.strip().split("\n")
    assert first.startswith(
        f"{tmp_path / 'estimate.txt'}:5:5: `2-3` may be an interval or a difference; write "
    )
    assert second.startswith(f"{tmp_path / 'estimate.txt'}:6:5: `foo` is not defined")


def test_errors_as_json(tmp_path: Path) -> None:
    result = run(tmp_path, "x = 5 m", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["errors"][0]["line"] == 1
    assert set(json.loads(result.stdout)["errors"][0]) == {"line", "column", "message"}
    assert "estimate.txt:1:5:" in result.stderr


def test_messages_in_japanese_by_the_locale(tmp_path: Path) -> None:
    file = tmp_path / "e.txt"
    file.write_text("費用 = 1〜3万円", encoding="utf-8")
    result = CliRunner().invoke(estimate_command, [str(file)], env={"LC_ALL": "ja_JP.UTF-8"})
    assert "`1万〜3万円` または `1円〜3万円`" in result.stderr


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ("growth=2-3", "--set growth:1:1: `2-3` may be an interval"),
        ("run=3", "`run` is a formula"),
        ("nothing=3", "`nothing` is not defined"),
        ("growth", "write NAME=EXPR"),
    ],
)
def test_changes_that_are_refused(tmp_path: Path, change: str, part: str) -> None:
    result = run(tmp_path, SECOND, "--set", change)
    assert result.exit_code != 0
    assert part in result.stderr


def test_the_table_for_people(tmp_path: Path) -> None:
    out = run(tmp_path, SECOND).stdout
    assert "passes  2030    2029 to 2033" in out
    assert "growth 9" in out


def test_svg(tmp_path: Path) -> None:
    out = tmp_path / "out.svg"
    assert run(tmp_path, SECOND, "--svg", str(out)).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<svg")
    assert run(tmp_path, SECOND, "--svg", str(tmp_path / "no" / "out.svg")).exit_code == 1


def test_standard_input_and_limits(tmp_path: Path) -> None:
    runner = CliRunner()
    assert "x" in runner.invoke(estimate_command, ["-"], input="x = 1 to 2\n").stdout
    assert run(tmp_path, SECOND, "--samples", "5").exit_code == 2
    huge = run(tmp_path, "x = " + "1" * 10_000_000)
    assert huge.exit_code == 1
    assert "characters, more than" in huge.stderr
    assert run(tmp_path, "").exit_code == 1
