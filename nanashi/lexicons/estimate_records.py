"""From the estimate blocks of one entry to what is stored of them. Nothing here needs Django.

A record is a JSON object: everything that pages, feeds, lists and comparisons say of a block, so that none of
them evaluates anything. Its keys are described at `evaluated`.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from nanashi.text.markup import Inset

if TYPE_CHECKING:  # NumPy and lark are loaded with the first estimate, not with every process
    from nanashi.estimates import Block, Problem, Reference, Result
    from nanashi.estimates.sliders import Slider

Record = dict[str, Any]
EDITION = 1
"""Raised when the same text gives another record: what was kept is then evaluated again."""
DEPTH = 10
"""Estimates based on one another in a chain (`nanashi.estimates.limits.MAX_BASES`)."""
BASED = re.compile(r"^\s*(?:based\s+on|元)", re.MULTILINE | re.IGNORECASE)
"""A block that may be based on another."""
YEAR = re.compile(r"(?<![0-9])(?:19|20|21)[0-9]{2}(?![0-9])")
NOT_COMPUTED = {
    "en": "nothing is computed at the moment, as many ask for it; ask for the preview again",
    "ja": "計算が混み合っているため、今は計算していません。もう一度プレビューしてください",
}
STUMP = "#0"
"""Behind an id among the bases: its entry was withdrawn and left a stump."""
PARTS = 1_000_000
"""Scores are stored in millionths, so that a page can begin behind one exactly."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the estimates of an entry depend on, beside its text."""

    language: str
    """`ja` or `en`: that of the entry."""
    bases: Mapping[str, str | None] = field(default_factory=dict)
    """`ID#block` as written, with the text of that block; None where there is no such entry (any more)."""
    kept: Mapping[str, Record] = field(default_factory=dict)
    """Records of this entry by digest, as they were stored."""
    work: int = 100_000_000
    """Draws x years x operations that one block may take."""
    most: int = 10
    """Blocks of one entry that are evaluated."""
    drawn: bool = True
    """Whether charts have addresses already; a preview's have none."""
    elsewhere: bool = False
    """Whether another process evaluates: a block that is not in `kept` is shown as one that is not computed yet."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One block with its record."""

    ordinal: int
    text: str
    digest: str
    record: Record

    @property
    def base(self) -> tuple[str, int] | None:
        """Id, as written, and number of the block of another entry that this one is based on."""
        found = self.record.get("base")
        return (found["id"], found["block"]) if found else None


def evaluate_all(insets: Sequence[Inset], public_id: str, around: Surroundings) -> tuple[Evaluated, ...]:
    """The blocks of an entry, in order; a record that is kept is not made again."""
    texts = [inset.text for inset in insets]
    found: list[Evaluated] = []
    for ordinal, inset in enumerate(insets, 1):
        digest = _digest(public_id, ordinal, inset, texts, around)
        record = around.kept.get(digest) or _record(ordinal, inset, texts, around)
        found.append(Evaluated(ordinal, inset.text, digest, record))
    return tuple(found)


def _digest(public_id: str, ordinal: int, inset: Inset, texts: Sequence[str], around: Surroundings) -> str:
    """128 bits that differ when a record does. With the entry's id, so that its charts can be erased with it."""
    based = bool(BASED.search(inset.text))
    others = (texts[:ordinal], sorted(around.bases.items())) if based else ()
    limits = (EDITION, around.work, ordinal > around.most)
    parts = (limits, public_id, ordinal, around.language, inset.first_line, inset.text, others)
    return hashlib.blake2b(json.dumps(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _record(ordinal: int, inset: Inset, texts: Sequence[str], around: Surroundings) -> Record:
    from nanashi.estimates import EstimateError, evaluate  # noqa: PLC0415 - NumPy and lark, only where needed

    if around.elsewhere:
        return {**EMPTY, "language": around.language, "warnings": [NOT_COMPUTED[around.language]]}
    if ordinal > around.most:
        return _failed(around.language, [_too_many(inset, around)])
    try:
        block = read_block(inset.text, texts[: ordinal - 1], around.bases, inset.first_line)
        if block.withdrawn:
            return _without_base(block, around)
        return evaluated(evaluate(block, max_work=around.work), around.language)
    except EstimateError as error:
        return _failed(around.language, [_told(problem, around.language) for problem in error.problems])


def read_block(
    text: str, before: Sequence[str], bases: Mapping[str, str | None], first_line: int = 1
) -> "Block":
    """Parse a block of an entry; `>>1` is the entry's own first block, `>>ID` another entry's.

    `before` are the entry's blocks above this one. Raises EstimateError.
    """
    from nanashi.estimates import EstimateError, parse  # noqa: PLC0415

    def finder(depth: int, own: Sequence[str]) -> Any:
        def find(reference: "Reference") -> "Block | None":
            number = int(reference.target) if re.fullmatch("[0-9]{1,2}", reference.target) else 0
            try:
                if number:
                    found: str | None = own[number - 1]
                    above = own[: number - 1]
                else:
                    found, above = _base_text(bases, reference), ()
                if depth >= DEPTH:
                    raise LookupError(reference.target)
                return None if found is None else parse(found, base=finder(depth + 1, above))
            except EstimateError as error:  # the base cannot be read: to its answers it is not there
                raise LookupError(reference.target) from error

        return find

    return parse(text, base=finder(0, before), first_line=first_line)


def _base_text(bases: Mapping[str, str | None], reference: "Reference") -> str | None:
    """The text of a base; None where its entry is not here. Raises LookupError where it has no such block."""
    first = f"{reference.target}#1"
    if first in bases and bases[first] is None:
        return None
    return bases[f"{reference.target}#{reference.block}"]


def evaluated(result: "Result", language: str) -> Record:
    """The record of an evaluated block.

    `title`; `base` ({id, block} or null); `results` (names that are shown); `rows` ([label, median, interval],
    as said in `language`); `assumptions`; `values` (as `nanashi estimate --json` prints them, with `percent`);
    `matters` (shares by result); `scores`; `charts` ({name, scale, alternative}); `warnings`; `problems`;
    `settles` (year), `score` (see `relative_score`), `samples`, `seed`.
    """
    from nanashi.estimates.charts import alternative, charted  # noqa: PLC0415
    from nanashi.estimates.tables import rows  # noqa: PLC0415

    block, told = result.block, result.to_json(language)
    for name, value in told["values"].items():
        value["percent"] = result.values[name].percent
        value["truth"] = result.values[name].sample.kind == "truth"
    return {
        "language": language,
        "title": block.title,
        "base": _base(block),
        "withdrawn": False,
        "results": list(block.results),
        "rows": [list(row) for row in rows(result, language)],
        "assumptions": _assumptions(result, language),
        "values": told["values"],
        "matters": {
            name: told["sensitivity"][name] for name in block.results if told["sensitivity"].get(name)
        },
        "scores": _scores(result, told["scores"]),
        "charts": [
            {"name": name, "scale": scale, "alternative": alternative(result, name, language)}
            for name, scale in charted(result)
        ],
        "warnings": told["warnings"],
        "problems": [],
        "settles": settles(result),
        "score": relative_score(result),
        "samples": result.samples,
        "seed": result.seed,
    }


def _base(block: "Block") -> dict[str, Any] | None:
    if block.base is None:
        return None
    return {"id": block.base.target, "block": block.base.block}


def _assumptions(result: "Result", language: str) -> list[dict[str, Any]]:
    from nanashi.estimates.sliders import slider_of  # noqa: PLC0415
    from nanashi.estimates.tables import rows_of  # noqa: PLC0415

    found: list[dict[str, Any]] = []
    for name in result.block.assumptions:
        value = result.block.values[name]
        _label, median, interval = rows_of(result.values[name], language)[0]
        found.append(
            {
                "name": name,
                "text": value.text,
                "shape": result.values[name].shape,
                "median": median,
                "interval": interval,
                "note": value.note,
                "source": value.source,
                "changed": name in result.block.changed,
                "slider": _slider(slider_of(result.block, name, language)),
            }
        )
    return found


def _slider(slider: "Slider | None") -> dict[str, Any] | None:
    return None if slider is None else {**asdict(slider), "ends": list(slider.ends)}


def _scores(result: "Result", told: Mapping[str, Any]) -> dict[str, Any]:
    outcomes = result.block.outcomes
    return {
        name: {**score, "written": outcomes[name].text, "date": outcomes[name].date.isoformat()}
        for name, score in told.items()
    }


def settles(result: "Result") -> int | None:
    """The year in which it will be known how an estimate fared; None where the text names none.

    The year of the last outcome; else the latest 95th percentile of a shown event, or the last year of the
    block's `years` where that percentile is never; else the last year of a shown series; else the latest year in
    the title or among the names.
    """
    block = result.block
    if block.outcomes:
        return max(outcome.date.year for outcome in block.outcomes.values())
    shown = [result.values[name] for name in block.results]
    last = block.years[1] if block.years else 0
    events = [value.quantile("p95")[0] for value in shown if value.kind == "event"]
    if events:
        return max(int(year) if year is not None else last for year in events)
    if any(value.kind == "series" for value in shown):
        return last
    named = YEAR.findall(" ".join((block.title, *block.values)))
    return max(map(int, named), default=None)


def relative_score(result: "Result") -> int | None:
    """One figure that compares estimates of unlike things, in millionths; lower is better.

    The mean over the outcomes of: the Brier score for yes or no; CRPS over the size of the outcome for numbers
    (over the 90 % interval where the outcome is 0); CRPS over the number of years of the axis for events.
    """
    figures: list[float] = []
    for name, score in result.scores.items():
        if score.brier is not None:
            figures.append(score.brier)
        elif score.crps is not None:
            figures.append(score.crps / _size(result, name, score.outcome))
    return None if not figures else min(round(PARTS * sum(figures) / len(figures)), 10**12)


def _size(result: "Result", name: str, outcome: float | None) -> float:
    value = result.values[name]
    if value.kind == "event":
        first, last = result.block.years or (0, 1)
        return float(last - first + 1)
    if outcome:
        return abs(outcome)
    low, high = value.quantile("p5")[-1], value.quantile("p95")[-1]
    return (high - low) or 1.0 if low is not None and high is not None else 1.0


EMPTY: Record = {
    "title": "",
    "base": None,
    "withdrawn": False,
    "results": [],
    "rows": [],
    "assumptions": [],
    "values": {},
    "matters": {},
    "scores": {},
    "charts": [],
    "warnings": [],
    "problems": [],
    "settles": None,
    "score": None,
    "samples": 0,
    "seed": 0,
}
"""A record of which nothing is known."""


def _failed(language: str, problems: list[dict[str, Any]]) -> Record:
    return {**EMPTY, "language": language, "problems": problems}


def _without_base(block: "Block", around: Surroundings) -> Record:
    """What is left of an answer when its base is not here: its own lines, and no figure.

    `absent` is the id where nothing says that the base was withdrawn: it left no stump, or never was here.
    """
    base = _base(block)
    found = {**EMPTY, "language": around.language, "title": block.title, "base": base, "withdrawn": True}
    if base and f"{base['id']}{STUMP}" not in around.bases:
        found["absent"] = base["id"]
    return found


def _told(problem: "Problem", language: str) -> dict[str, Any]:
    return {"line": problem.line, "column": problem.column, "message": problem.message(language)}


def _too_many(inset: Inset, around: Surroundings) -> dict[str, Any]:
    message = {
        "en": f"an entry may have {around.most} estimates; put this one into another entry",
        "ja": f"一つの日記に書ける推定は{around.most}個までです。これは別の日記に書いてください",
    }
    return {"line": inset.first_line, "column": 1, "message": message[around.language]}
