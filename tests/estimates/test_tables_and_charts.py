"""Figures as people say them, the table, and the charts."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from nanashi.estimates import Result, evaluate, parse
from nanashi.estimates.chart_specs import threshold
from nanashi.estimates.charts import alternative, chart_svg, charts_svg, sensitivity_svg
from nanashi.estimates.nodes import First
from nanashi.estimates.tables import rows, spoken, text_table

MODEL = """title: いつ超えるか <script>alert(1)</script>
期間: 2023〜2040年
計算量 = 2e25〜3e25 FLOP
伸び = 0.4〜0.7 桁/年
学習 = 2023年の計算量から年伸び
到達 = 学習 ≧ 1e29 FLOP になる最初の年
費用 = (1億〜3億円) * (1〜2)
割合 = 20〜30%
確からしさ = 確率(到達 <= 2030)
時間 = [10, 1000] / (5〜10)
表示 学習, 到達, 費用, 割合, 確からしさ, 時間
実績 割合 = 25%（2027-03-01）
"""


@pytest.fixture(scope="module")
def result() -> Result:
    """The model's answer."""
    return evaluate(parse(MODEL))


@pytest.mark.parametrize(
    ("value", "unit", "language", "percent", "text"),
    [
        (240_000_000, "円", "ja", False, "2.4億円"),
        (3_100_000, "", "en", False, "3.1 million"),
        (1.2e29, "FLOP", "en", False, "1.2e29 FLOP"),
        (1.2e29, "FLOP", "ja", False, "1.2e29 FLOP"),
        (0.3, "", "en", True, "30%"),
        (0.0123456, "", "en", False, "0.0123"),
        (1.23e-9, "", "en", False, "1.23e-9"),
        (0, "", "en", False, "0"),
        (12_345, "人", "ja", False, "1.23万人"),
        (12_345, "people", "en", False, "12,300 people"),
        (99_999_999, "円", "ja", False, "1億円"),
        (999_999, "", "en", False, "1 million"),
        (2.5, "OOM/yr", "ja", False, "2.5桁/年"),
        (-3_100_000, "", "en", False, "-3.1 million"),
        (None, "", "en", False, "—"),
        (1.5, "month", "en", False, "1.5 months"),
        (1, "day", "en", False, "1 day"),
        (-1, "year", "en", False, "-1 year"),
        (1.5, "month", "ja", False, "1.5か月"),
        (90, "min", "en", False, "90 min"),
    ],
)
def test_numbers_as_people_say_them(
    value: float | None, unit: str, language: str, percent: bool, text: str
) -> None:
    assert spoken(value, unit, language, percent) == text


def test_the_table(result: Result) -> None:
    table = {name: (middle, between) for name, middle, between in rows(result, "ja")}
    assert table["到達"] == ("2030年", "2029年〜2033年 (来ない 0.0122%)") or table["到達"][0] == "2030年"
    assert table["割合"][0] == "24.7%"
    assert table["学習（2040年）"][0].endswith(" FLOP")
    assert set(table) >= {"時間 [1]", "時間 [2]"}
    text = text_table(result, "ja")
    assert "効いている前提 (到達): 伸び" in text
    assert "割合: CRPS" in text


@pytest.mark.parametrize("name", ["学習", "到達", "費用", "割合", "時間"])
@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_kind_of_chart_is_an_svg_that_says_its_figures(result: Result, name: str, theme: str) -> None:
    svg = chart_svg(result, name, theme=theme, language="ja")
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    description = root.find("{http://www.w3.org/2000/svg}desc")
    assert description is not None
    assert description.text == alternative(result, name, "ja")
    assert "http://" not in svg.replace("http://www.w3.org/", "")


def test_the_threshold_of_the_event_is_drawn_over_the_series(result: Result) -> None:
    node = result.block.values["到達"].node
    assert isinstance(node, First)
    assert threshold(result, node, result.values["学習"]) == 1e29
    assert "stroke-dasharray" in chart_svg(result, "学習")


def test_all_charts_of_a_block_in_one_document(result: Result) -> None:
    svg = charts_svg([result], language="ja")
    ElementTree.fromstring(svg)
    assert "<script" not in svg
    two = evaluate(parse("a = 1 to 2\nb = 1 to 3\nx = a * b"))
    assert "b 7" in (sensitivity_svg(two, "x") or "")
    assert sensitivity_svg(evaluate(parse("x = 1 to 2\ny = x * 2")), "y") is None
    ElementTree.fromstring(charts_svg([evaluate(parse("x = 3"))]))


def test_writers_text_stays_text() -> None:
    text = "title: </title><script>x</script>\nyears: 2020 to 2022\nr = (1 to 2 a&b) * year\n".replace(
        "a&b", "ab"
    )
    svg = chart_svg(evaluate(parse(text)), "r", scale="log")
    ElementTree.fromstring(svg)
    assert "<script" not in svg


YES_OR_NO = """years: 2024 to 2026
open = yes with 30%
shut = not open
late = year > 2024
show shut, late
"""


@pytest.mark.parametrize(
    ("language", "shut", "late"), [("en", "yes 70%", "late (2026)"), ("ja", "はい 70%", "late（2026年）")]
)
def test_a_yes_or_no_is_told_by_how_often_it_is_yes(language: str, shut: str, late: str) -> None:
    answer = evaluate(parse(YES_OR_NO))
    told = {name: (middle, between) for name, middle, between in rows(answer, language)}
    assert told["shut"] == (shut, "")
    assert told[late][0].endswith("100%")


def test_a_chart_of_yes_or_no_is_told_in_the_same_words() -> None:
    told = alternative(evaluate(parse(YES_OR_NO)), "late", "en")
    assert "late (2024): yes 0%" in told
    assert "late (2026): yes 100%" in told


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("x = normal(-1 to 1)", ("x", "0", "-1 to 1")),
        ("x = uniform(0 to 2) - 1", ("x", "0", "-0.9 to 0.9")),
        ("x = 1e-5 to 1e-4", ("x", "3.16e-5", "1e-5 to 1e-4")),
        ("x = yes with 5%", ("x", "yes 5%", "")),
        ("x = uniform(0 to 1) > 0.9999", ("x", "yes 0.0122%", "")),
    ],
)
def test_figures_have_no_more_places_than_the_draws_tell(text: str, row: tuple[str, str, str]) -> None:
    assert rows(evaluate(parse(text), seed=1)) == [row]


BASE = """years: 2023 to 2030
a = 1 to 2 FLOP
g = 0.4 to 0.7 OOM/yr
run = a growing g from 2023
event = first year when run > 100 FLOP
number = a * 3
list = [1, 2] * a
"""


@pytest.mark.parametrize("name", ["run", "event", "number", "list"])
def test_the_authors_figures_stand_in_the_chart_of_a_readers(name: str) -> None:
    author = evaluate(parse(BASE))
    own = evaluate(author.block, changes={"a": "4 to 9 FLOP", "g": "0.5 to 0.6 OOM/yr"})
    alone, both = chart_svg(own, name), chart_svg(own, name, author=author)
    assert both.count("<path") > alone.count("<path")
    ElementTree.fromstring(both)
    assert alternative(own, name) in both.replace("&gt;", ">")
    unchanged = [chart_svg(author, name, author=before) for before in (author, None)]
    assert len({re.sub("clip[0-9]+", "clip", svg) for svg in unchanged}) == 1


def test_figures_of_another_unit_cannot_stand_beside_it() -> None:
    author = evaluate(parse("a = 1 to 2 FLOP\nx = a * 3"))
    own = evaluate(author.block, changes={"a": "3 to 4 km"})
    assert chart_svg(own, "x", author=author) == chart_svg(own, "x")


def test_an_axis_has_room_for_both() -> None:
    author = evaluate(parse("a = 1000 to 2000\nx = a * 3"))
    own = evaluate(author.block, changes={"a": "1 to 2"})
    assert "1e3" in chart_svg(own, "x", author=author)
    assert "1e3" not in chart_svg(own, "x")
