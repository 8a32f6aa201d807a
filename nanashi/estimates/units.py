"""Units: words that multiply and divide, of which those of time convert and OOM is a power of ten.

A unit keeps at most one time symbol (`hour * FLOP/s` is read as `3600 FLOP/hour * hour`), and the words of
other units with whole exponents. Everything here is about units only; numbers are scaled by the factors that
these functions return.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

_DAY = 86_400.0
SECONDS: dict[str, float] = {
    "s": 1.0,
    "min": 60.0,
    "hour": 3_600.0,
    "day": _DAY,
    "week": 7 * _DAY,
    "month": 365.25 * _DAY / 12,
    "year": 365.25 * _DAY,
}
"""Seconds in each unit of time; a year is 365.25 days and a month a twelfth of it (ESTIMATES.md)."""

TIME_WORDS: dict[str, str] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "秒", "秒間"), "s"),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "分", "分間"), "min"),
    **dict.fromkeys(("hour", "hours", "h", "hr", "hrs", "時間"), "hour"),
    **dict.fromkeys(("day", "days", "d", "日", "日間"), "day"),
    **dict.fromkeys(("week", "weeks", "週", "週間"), "week"),
    **dict.fromkeys(
        ("month", "months", "か月", "ヶ月", "ヵ月", "カ月", "ケ月", "箇月", "月", "か月間", "ヶ月間"), "month"
    ),
    **dict.fromkeys(("year", "years", "yr", "yrs", "年", "年間"), "year"),
}
"""Spellings of the units of time."""

OOM_WORDS = frozenset({"OOM", "OOMs", "桁", "ケタ"})
TIMES_WORDS = frozenset({"x", "×", "倍", "times"})
OOM = "OOM"
TIMES = "x"


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of powers: `words` are (key, exponent) sorted by key, `time` the symbol of time if any.

    Hints say how the number was written and do not make units unlike: `bare` (no unit was ever given, so it
    takes the other side's), `hint` (`%`, `x`, or `halving` for a rate that falls when something grows by it),
    `soft` (a power of years that comes from the axis `year` and may be left away), `spelled` (key and how it
    was first written) and `loose` (what a bare numerator may have been).
    """

    words: tuple[tuple[str, int], ...] = ()
    time: str = ""
    power: int = 0
    bare: bool = False
    hint: str = ""
    soft: int = 0
    spelled: tuple[tuple[str, str], ...] = ()
    loose: tuple[tuple[str, int], ...] = ()

    @property
    def plain(self) -> bool:
        """Whether nothing is left of the unit."""
        return not self.words and not self.power

    @property
    def rate(self) -> bool:
        """Whether this is so much per time: a share, a factor or orders of magnitude."""
        return self.power == -1 and self.words in ((), ((OOM, 1),), ((TIMES, 1),))

    @property
    def dimension(self) -> tuple[tuple[tuple[str, int], ...], int]:
        """What must agree for a sum or comparison."""
        return self.words, self.power

    def settled(self) -> Unit:
        """The unit without hints, as the result of a calculation."""
        return replace(self, bare=False, hint="", loose=())

    def __str__(self) -> str:
        """As printed: `FLOP/円`, `OOM/yr`, `tokens/min`, empty for plain numbers."""
        names = dict(self.spelled)
        above = [_powered(names.get(key, key), power) for key, power in self.words if power > 0]
        below = [_powered(names.get(key, key), -power) for key, power in self.words if power < 0]
        if self.power > 0:
            above.append(_powered(self.time, self.power))
        elif self.power < 0:
            below.append(_powered("yr" if self.time == "year" else self.time, -self.power))
        return "/".join(["*".join(above) or ("1" if below else ""), *below])


def _powered(word: str, power: int) -> str:
    return word if power == 1 else f"{word}^{power}"


PLAIN = Unit()
BARE = Unit(bare=True)
PERCENT = Unit(hint="%")
TIMES_PLAIN = Unit(hint=TIMES)
OOM_UNIT = Unit(((OOM, 1),))
OOM_A_YEAR = Unit(((OOM, 1),), "year", -1)
TIMES_A_YEAR = Unit(((TIMES, 1),), "year", -1)
YEAR = Unit((), "year", 1)
AXIS = Unit(soft=1)


def unit_word(word: str, power: int = 1) -> Unit:
    """The unit of one word to a power; plurals in -s count as the singular (`token`, `tokens`)."""
    if word in TIME_WORDS:
        return Unit((), TIME_WORDS[word], power)
    if word in OOM_WORDS:
        return Unit(((OOM, power),))
    if word in TIMES_WORDS:
        return Unit(((TIMES, power),))
    key = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return Unit(((key, power),), spelled=((key, word),))


def trimmed(unit: Unit) -> Unit:
    """`x` (times) means something only per time; alone it is a plain number."""
    if unit.power < 0 or all(key != TIMES for key, _ in unit.words):
        return unit
    words = tuple((key, power) for key, power in unit.words if key != TIMES)
    return replace(unit, words=words, hint=TIMES if not words and not unit.power else "")


def multiply(left: Unit, right: Unit, sign: int = 1) -> tuple[Unit, float]:
    """`left` times `right` (`sign` 1) or divided by it (-1), and the factor for the number.

    Times of both kinds are joined under the left one's symbol: hour * FLOP/s is 3600 FLOP.
    """
    powers = dict(left.words)
    for key, power in right.words:
        powers[key] = powers.get(key, 0) + sign * power
    words = tuple(sorted((key, power) for key, power in powers.items() if power))
    time, power, factor = left.time, left.power + sign * right.power, 1.0
    if not left.power:
        time = right.time
    elif right.power and right.time != left.time:
        factor = (SECONDS[right.time] / SECONDS[left.time]) ** (sign * right.power)
    soft = left.soft + sign * right.soft
    power, soft, more = _absorbed(time, power, soft)
    bare = left.bare and right.bare
    spelled = (
        left.spelled
        if left.spelled == right.spelled
        else tuple({**dict(right.spelled), **dict(left.spelled)}.items())
    )
    loose = left.loose
    if sign < 0 and left.bare and not right.bare:
        loose = tuple((key, p) for key, p in right.words if p > 0 and key not in (OOM, TIMES))
    unit = Unit(words, time if power else "", power, bare, "", soft, spelled, loose)
    return trimmed(unit), factor * more


def _absorbed(time: str, power: int, soft: int) -> tuple[int, int, float]:
    """Let the years of the axis cancel against written ones: 0.5 OOM/yr * (year - 2023) is in OOM."""
    factor = 1.0
    while soft > 0 and power < 0:
        soft, power, factor = soft - 1, power + 1, factor * SECONDS["year"] / SECONDS[time]
    while soft < 0 and power > 0:
        soft, power, factor = soft + 1, power - 1, factor * SECONDS[time] / SECONDS["year"]
    return power, soft, factor


def raised(unit: Unit, power: int) -> Unit:
    """`unit` to a whole power."""
    words = tuple((key, p * power) for key, p in unit.words if power)
    return trimmed(
        Unit(
            words,
            unit.time if power else "",
            unit.power * power,
            unit.bare,
            "",
            unit.soft * power,
            unit.spelled,
        )
    )


def rooted(unit: Unit) -> Unit | None:
    """The square root of `unit`, None where an exponent is odd."""
    if unit.power % 2 or unit.soft % 2 or any(power % 2 for _, power in unit.words):
        return None
    words = tuple((key, power // 2) for key, power in unit.words)
    return Unit(words, unit.time, unit.power // 2, unit.bare, "", unit.soft // 2, unit.spelled)


def factor_to(source: Unit, target: Unit) -> float | None:
    """What turns a number in `source` into one in `target`, None where they are unlike.

    A bare number takes the target's unit as it stands; a year of the axis counts as a year or as nothing.
    """
    if source.bare or (source.plain and source.soft and target.plain):
        return 1.0
    if source.dimension == target.dimension:
        if not source.power or source.time == target.time:
            return 1.0
        return float((SECONDS[source.time] / SECONDS[target.time]) ** source.power)
    hard = _hardened(source)
    if hard is not None and hard.dimension == target.dimension:
        return factor_to(hard, target)
    hard = _hardened(target)
    if hard is not None and hard.dimension == source.dimension:
        return factor_to(source, hard)
    return None


def _hardened(unit: Unit) -> Unit | None:
    """`unit` with the axis's years counted as written ones, None where it has none."""
    if not unit.soft or (unit.power and unit.time != "year"):
        return None
    power = unit.power + unit.soft
    return replace(unit, time="year" if power else "", power=power, soft=0)


def common(left: Unit, right: Unit) -> tuple[Unit, float, float] | None:
    """The unit of a sum, and the factors for its two sides; None where they are unlike.

    The sum carries its left operand's unit, unless that one is bare.
    """
    if left.bare and not right.bare:
        return replace(right, loose=()), 1.0, 1.0
    factor = factor_to(right, left)
    if factor is None:
        return None
    if right.bare and not left.bare:
        return left, 1.0, 1.0
    hint = left.hint if left.hint == right.hint and left.hint != "halving" else ""
    return replace(left, hint=hint), 1.0, factor


def per_year_unit(unit: Unit) -> Unit | None:
    """The rate per year of what was written in OOM, % or times; None for anything else."""
    if unit.words == OOM_UNIT.words and not unit.power:
        return OOM_A_YEAR
    if unit.plain and unit.hint == TIMES:
        return TIMES_A_YEAR
    if unit.plain and unit.hint == "%":
        return Unit((), "year", -1, hint="%")
    return None
