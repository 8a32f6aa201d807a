"""Blocks made from the grammar, each in English and in Japanese; and noise. For hypothesis."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

Pair = tuple[str, str]
"""The same text in English and Japanese."""

NAMES = ("a", "cost", "run time", "計算量", "費用", "年収", "GPU数", "総費用", "x2", "はやさ")
SERIES_NAMES = ("run", "系列", "sales b")
_WHOLE = st.integers(1, 999)


def joined(*parts: Pair | str) -> Pair:
    """The parts one after the other."""
    sides = [(part, part) if isinstance(part, str) else part for part in parts]
    return "".join(side[0] for side in sides), "".join(side[1] for side in sides)


@st.composite
def numbers(draw: st.DrawFn) -> Pair:
    """A number above zero without unit."""
    value = draw(_WHOLE)
    kind = draw(
        st.sampled_from(
            [
                "whole",
                "decimal",
                "scaled",
                "power",
                "whole",
                "share",
                *(["extreme"] if value % 9 == 0 else []),
            ]
        )
    )
    if kind == "decimal":
        return (f"{value / 7:.3f}",) * 2
    if kind == "scaled":
        return draw(
            st.sampled_from([(f"{value}k", f"{value}千"), (f"{value / 10} million", f"{value * 10}万")])
            if value % 10 == 0
            else st.sampled_from([(f"{value}k", f"{value}千"), (f"{value},000", f"{value},000")])
        )
    if kind == "power":
        return (f"1.5e{value % 7}", f"1.5e{value % 7}")
    if kind == "extreme":
        return (draw(st.sampled_from(["1e300", "1e-300", "0", "1e150", "-1e300"])),) * 2
    if kind == "share":
        return (f"{value % 99 + 1}%", f"{value % 99 + 1}％")
    return str(value), str(value)


@st.composite
def intervals(draw: st.DrawFn) -> Pair:
    """An interval or distribution above zero."""
    low = draw(_WHOLE)
    high = low + draw(_WHOLE)
    unit = draw(st.sampled_from([("", ""), (" h", "時間"), (" x", "倍"), ("", ""), ("", "")]))
    level = draw(st.sampled_from([("", ""), ("", ""), (" (95%)", "（95%）"), (" (50%)", "(50%)")]))
    between = draw(st.sampled_from([(" to ", "〜"), (" to ", "から"), ("〜", "～")]))
    ends = joined(str(low), between, str(high), unit)
    whole = joined(ends, level)
    plain = joined(str(low), between, str(high))
    share = (
        f"{low % 40 + 1}% to {low % 40 + 2 + high % 50}%",
        f"{low % 40 + 1}〜{low % 40 + 2 + high % 50}%",
    )
    return draw(
        st.sampled_from(
            [
                whole,
                whole,
                whole,
                joined(("normal(", "正規("), whole, ")"),
                joined(("lognormal(", "対数正規("), whole, ")"),
                joined(("uniform(", "一様("), ends, ")"),
                joined(("loguniform(", "対数一様("), plain, ")"),
                share,
                joined(("share(", "割合("), share, ")"),
                (f"triangular({low}, {high}, {high + 5})", f"三角({low}, {high}, {high + 5})"),
                (f"normal(mean={high}, sd={low})", f"正規(平均={high}, 標準偏差={low})"),
                (f"lognormal(median={low}, sd=0.5)", f"対数正規(中央値={low}、標準偏差=0.5)"),
                (f"exponential(mean={low})", f"指数分布(平均={low})"),
                (f"poisson(mean={low})", f"ポアソン(平均={low})"),
                (f"one of({low}, {high}, 4)", f"どれか({low}, {high}, 4)"),
                joined((f"yes with {low % 100}%", f"{low % 100}%で はい")),
                joined("30%: ", plain, (" or 70%: ", " または 70%: "), f"{high + 1}"),
                joined((f"doubling every {low} to {high} months", f"{low}〜{high}か月で2倍")),
                joined((f"halving every {low} months", f"{low}か月で半分")),
                (f"{low}%/yr", f"年{low}%"),
                (f"{low % 3 + 1} to {low % 3 + 2} x/yr", f"年{low % 3 + 1}〜{low % 3 + 2}倍"),
                (f"0.{low % 9 + 1} OOM/yr", f"0.{low % 9 + 1} 桁/年"),
                (f"{low}e4 OOM/yr", f"{low}e4 桁/年"),
                (f"1e-{high % 300} to 1e{low % 300} x/yr", f"1e-{high % 300}〜1e{low % 300}倍/年"),
                (f"1 to 2 ({low % 99 + 1}.{high}%)", f"1〜2（{low % 99 + 1}.{high}%）"),
                (
                    f"beta({low}e{high % 300}, {high}e-{low % 300})",
                    f"ベータ({low}e{high % 300}, {high}e-{low % 300})",
                ),
                (f"doubling every {low}e-{high % 300} s", f"{low}e-{high % 300}秒で2倍"),
            ]
        )
    )


@st.composite
def amounts(draw: st.DrawFn, names: list[str], series: bool = False) -> Pair:
    """A formula over `names`; with the year when it is a series."""
    english, japanese = draw(_amounts(len(names), series))
    for place, name in enumerate(names):
        english, japanese = (text.replace(_standing_for(place), name) for text in (english, japanese))
    return english, japanese


def _standing_for(place: int) -> str:
    """A letter of the private use area for the name at a place."""
    return chr(0xE000 + place)


@cache
def _amounts(count: int, series: bool) -> st.SearchStrategy[Pair]:
    """A formula over so many names. Kept, since hypothesis checks a new strategy for longer than it draws."""
    leaves = [numbers(), intervals().map(lambda text: joined("(", text, ")"))]
    if count:
        names = [_standing_for(place) for place in range(count)]
        leaves += [st.sampled_from(names).map(lambda name: (name, name))] * 3
    if series:
        leaves.append(st.just(("(year - 2000)", "(year − 2000)")))
    return st.recursive(st.one_of(leaves), _larger, max_leaves=6)


def _larger(inner: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    two = st.tuples(inner, inner)
    sign_list: list[Pair | str] = [" + ", " * ", " - ", " / ", (" * ", "×"), (" / ", " ÷ "), " + "]
    signs = st.sampled_from(sign_list)
    calls = st.sampled_from(
        [
            ("sqrt", "平方根"),
            ("abs", "絶対値"),
            ("floor", "切り捨て"),
            ("round", "四捨五入"),
            ("ln", "自然対数"),
            ("log10", "常用対数"),
        ]
    )
    extremes: st.SearchStrategy[Pair] = st.sampled_from([("min", "最小"), ("max", "最大")])
    return st.one_of(
        st.tuples(two, signs).map(lambda t: joined(t[0][0], t[1], t[0][1])),
        st.tuples(two, signs).map(lambda t: joined("(", t[0][0], t[1], t[0][1], ")")),
        st.tuples(calls, inner).map(lambda t: joined(t[0], "(", t[1], ")")),
        st.tuples(extremes, two).map(lambda t: joined(t[0], "(", t[1][0], ", ", t[1][1], ")")),
        inner.map(lambda text: joined("-(", text, ")")),
        inner.map(lambda text: joined("(", text, ")^2")),
        inner.map(lambda text: joined(("clip(", "範囲内("), text, ", 1, 100)")),
        st.tuples(conditions(two), two).map(
            lambda t: joined(
                ("(if ", "(もし "),
                t[0],
                (" then ", " なら "),
                t[1][0],
                (" else ", " でなければ "),
                t[1][1],
                ")",
            )
        ),
        conditions(two).map(lambda text: joined(("P(", "確率("), text, ")")),
        st.tuples(conditions(two), conditions(two)).map(
            lambda t: (f"P({t[0][0]} given {t[1][0]})", f"({t[1][1]} のときの 確率({t[0][1]}))")
        ),
    )


def conditions(two: st.SearchStrategy[tuple[Pair, Pair]]) -> st.SearchStrategy[Pair]:
    """Comparisons, joined and denied."""
    signs = st.sampled_from([(" > ", " > "), (" >= ", " ≧ "), (" < ", "＜"), (" <= ", "≦"), (" != ", "≠")])
    simple = st.tuples(two, signs).map(lambda t: joined(t[0][0], t[1], t[0][1]))
    return st.one_of(
        simple,
        simple,
        simple.map(lambda text: (f"not {text[0]}", f"{text[1]} でない")),
        st.tuples(simple, simple).map(lambda t: joined(t[0], (" and ", " かつ "), t[1])),
        st.tuples(simple, simple).map(lambda t: joined(t[0], (" or ", " または "), t[1])),
    )


_NUMBERS = numbers()
_ASSUMPTIONS = st.one_of(intervals(), _NUMBERS)


@st.composite
def series(draw: st.DrawFn, names: list[str]) -> Pair:
    """A series."""
    name = draw(st.sampled_from(names or ["1"]))
    base = draw(st.one_of(_NUMBERS, st.just((name, name))))
    start = draw(st.integers(2018, 2024))
    rates = [
        ("30%/yr", "年30%"),
        ("0.1 to 0.3 OOM/yr", "年0.1〜0.3 桁"),
        ("doubling every 6 to 12 months", "6〜12か月で2倍"),
        ("halving every 5 to 14 months", "5〜14か月で半分"),
        ("2 x/yr", "年2倍"),
        ("1e5 OOM/yr", "年1e5桁"),
        *[(name, name) for name in names[:2]],
    ]
    rate = draw(st.sampled_from(rates))
    grown = (f"{base[0]} growing {rate[0]} from {start}", f"{start}年の{base[1]} から {rate[1]}")
    free = draw(amounts(names, series=True))
    return draw(st.sampled_from([grown, grown, joined(free, " + 0 * year")]))


@st.composite
def blocks(draw: st.DrawFn) -> Pair:
    """A whole block with assumptions, formulas, sometimes series, an event, a correlation and outcomes."""
    lines: list[Pair] = [("title: 例", "題: 例")]
    names: list[str] = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True)):
        formula = draw(st.booleans()) and bool(names)
        lines.append(
            joined(
                name,
                " = ",
                draw(amounts(list(names))) if formula else draw(_ASSUMPTIONS),
            )
        )
        names.append(name)
    if draw(st.booleans()):
        lines.insert(1, ("years: 2020 to 2026", "期間: 2020〜2026年"))
        name = draw(st.sampled_from(SERIES_NAMES))
        lines.append(joined(name, " = ", draw(series(list(names)))))
        lines.append((f"event = first year when {name} >= 3", f"event = {name} ≧ 3 になる最初の年"))
        lines.append((f"picked = {name} in 2024", f"picked = 2024年の {name}"))
    if draw(st.integers(0, 3)) == 0:
        lines.append((f"show {names[-1]}, {names[0]}", f"表示 {names[-1]}、{names[0]}"))
    if draw(st.integers(0, 3)) == 0:
        lines.append((f"outcome {names[0]} = 3 on 2027-03-01", f"実績 {names[0]} = 3（2027-03-01）"))
    english = "\n".join(line[0] for line in lines)
    return english, "\n".join(line[1] for line in lines)


_PIECES = st.sampled_from(
    [
        "a",
        "b",
        "=",
        "+",
        "-",
        "*",
        "/",
        "^",
        "(",
        ")",
        "[",
        "]",
        ",",
        "1",
        "2.5",
        "1e9",
        "10%",
        "5k",
        "3万",
        "1億2000万円",
        "to",
        "〜",
        "から",
        "年",
        "の",
        "2023年の",
        "in",
        "if",
        "then",
        "else",
        "or",
        "または",
        "かつ",
        "でない",
        "P(",
        "確率(",
        "given",
        "のときの",
        "normal(",
        "正規(",
        "mean=",
        "sd=",
        "one",
        "of(",
        "どれか(",
        "yes",
        "with",
        "で",
        "はい",
        "growing",
        "from",
        "2023",
        "doubling",
        "every",
        "で2倍",
        "first",
        "year",
        "when",
        "になる最初の年",
        "title:",
        "題:",
        "years:",
        "2020",
        "to",
        "2030",
        "期間:",
        "correlate",
        "a,",
        "b",
        "=",
        "0.5",
        "show",
        "表示",
        "chart",
        "outcome",
        "実績",
        "on",
        "2027-01-01",
        "based",
        "on",
        ">>1",
        "#",
        "OOM",
        "桁",
        "/yr",
        "x",
        "×",
        "倍",
        "m",
        "FLOP",
        "tokens/min",
        ">=",
        "==",
        "≠",
        ":",
        "min(",
        "max(",
        "計算量",
        "費用",
    ]
)


def noise() -> st.SearchStrategy[str]:
    """Words of the language in no order, and any characters."""
    words = st.lists(st.one_of(_PIECES, st.just("\n"), st.just(" ")), max_size=40).map(" ".join)
    assigned = st.lists(st.lists(_PIECES, max_size=8).map(lambda p: "x = " + " ".join(p)), max_size=3).map(
        "\n".join
    )
    return st.one_of(
        words, assigned, st.text(max_size=60), st.text(max_size=30).map(lambda text: f"x = {text}")
    )
