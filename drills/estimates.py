"""Does any block of text make the estimates room crash, overrun its budget or show what is no number?

100,000 blocks (`--quick`: 1,200) are made by hypothesis, three quarters from the grammar and a quarter from
noise, and evaluated at 256 draws. Any exception but EstimateError is a crash; an answer that takes more than
a second of CPU, or leaves the process 300 MB larger, is over budget; NaN or Infinity in the JSON is shown
where it must not be. Further blocks at the edge of the budget are evaluated at full size.

Then fifty readers slide at an estimate on a real server: how much slower do other pages get?

`python -m drills.estimates [--quick] [--count N] [--seed S] [--only blocks|sliding]`. Last line: one JSON object
with `crashes`, `over_budget`, `not_numbers`, `generated`, `evaluated` (share of the blocks from the grammar),
`slowest_ms`, `page_slowdown` (median of ordinary pages while fifty slide, over the usual one), `slide_ms`,
`asked_to_wait`. With `--only` the keys of the other half are left out; how far it is goes to standard error.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
import traceback
from dataclasses import dataclass, field

from hypothesis import HealthCheck, Phase, given, seed, settings

from drills.stage.sliding import page_slowdown
from drills.stage.verdict import verdict
from nanashi.estimates import EstimateError, evaluate, parse
from tests.estimates.generated import blocks, noise

SECONDS = 1.0
HEAVY_SECONDS = 10.0
MEGABYTES = 300
SAMPLES = 256
_BATCH = 500
_PROGRESS = 5_000
SLIDING, SLIDING_QUICK = 10.0, 4.0
"""Seconds for which ordinary pages are measured, without and with readers who slide."""


@dataclass
class Tally:
    """What was seen."""

    crashes: int = 0
    over_budget: int = 0
    not_numbers: int = 0
    generated: int = 0
    from_grammar: int = 0
    evaluated: int = 0
    slowest: float = 0.0
    shown: list[str] = field(default_factory=list)

    def show(self, what: str, text: str) -> None:
        """Keep the first few findings for people."""
        if len(self.shown) < 10:
            self.shown.append(f"{what}: {text!r}")


def memory() -> float:
    """The most memory that this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def attempt(text: str, samples: int, limit: float, tally: Tally) -> bool:
    """Evaluate one block and note what is wrong with it; whether it evaluated."""
    before, start = memory(), time.process_time()
    done = False
    try:
        answer = json.dumps(evaluate(parse(text), samples=samples).to_json())
        done = True
        if "NaN" in answer or "Infinity" in answer:
            tally.not_numbers += 1
            tally.show("no number", text)
    except EstimateError as error:
        for problem in error.problems:
            problem.message("en"), problem.message("ja")
    except Exception:  # noqa: BLE001 - what else can happen is the question
        tally.crashes += 1
        tally.show("crash", text + "\n" + traceback.format_exc(limit=-2))
    took = time.process_time() - start
    tally.slowest = max(tally.slowest, took) if limit == SECONDS else tally.slowest
    if took > limit or memory() - before > MEGABYTES:
        tally.over_budget += 1
        tally.show(f"over budget ({took:.2f} s, {memory() - before:.0f} MB)", text)
    return done


def grammar_batch(tally: Tally, count: int, number: int) -> None:
    """Evaluate `count` blocks from the grammar, in both languages by turns."""

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(blocks())
    def each(pair: tuple[str, str]) -> None:
        tally.generated += 1
        tally.from_grammar += 1
        tally.evaluated += attempt(pair[tally.generated % 2], SAMPLES, SECONDS, tally)

    each()


def noise_batch(tally: Tally, count: int, number: int) -> None:
    """Evaluate `count` blocks of noise."""

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(noise())
    def each(text: str) -> None:
        tally.generated += 1
        attempt(text, SAMPLES, SECONDS, tally)

    each()


def heavy_blocks() -> list[tuple[str, int]]:
    """Blocks at and past the edges of the limits, with their draws."""
    many = "\n".join(f"v{i} = 1 to 2" for i in range(64))
    total = "total = " + " + ".join(f"v{i}" for i in range(64))
    wide = "years: 1500 to 1999\nb = 1 to 2\ng = 0.01 to 0.02 OOM/yr\n"
    series = "\n".join(f"s{i} = b growing g from 1500" for i in range(4))
    power = "x = " + "^".join(["(1 to 2)"] * 60)
    return [
        (f"{many}\n{total}", 65_536),
        (f"{wide}{series}", 8_192),
        (f"{wide}{series}", 65_536),
        (power, 65_536),
        ("x = " + "(" * 40 + "1 to 2" + ")" * 40, 65_536),
        ("x = [" + ", ".join(["1 to 2"] * 128) + "]\ny = x ^ 2.5", 65_536),
        ("x = poisson(mean=(1 to 1e6))\ny = beta((1 to 2), (1 to 2))", 65_536),
        ("x = poisson(mean=1e6)", 65_536),
        ("x = " + "1" * 10_000_000, 8_192),
        ("x = 1\n" * 1_000_000, 8_192),
        ("\n".join(f"v{i} = v{i + 1} + 1" for i in range(198)) + "\nv198 = 1 to 2", 8_192),
        ("x = " + " + ".join(["1"] * 140), 8_192),
        ("x = " + "".join(f"if {i} > 3 then {i} else " for i in range(60)) + "0", 8_192),
    ]


def fuzz(count: int, first_seed: int) -> dict[str, object]:
    """Evaluate the heavy blocks and `count` generated ones; the keys of this half."""
    tally = Tally()
    evaluate(parse("x = poisson(mean=(1 to 2))\ny = beta(2, 3)"), samples=SAMPLES)
    for text, samples in heavy_blocks():
        attempt(text, samples, HEAVY_SECONDS, tally)
    number = first_seed
    while tally.generated < count:
        left = min(_BATCH, count - tally.generated)
        grammar_batch(tally, left - left // 4, number)
        noise_batch(tally, left // 4, number)
        number += 1
        if tally.generated % _PROGRESS == 0:
            print(f"{tally.generated:,} blocks: {tally.crashes} crashes", file=sys.stderr, flush=True)
    for line in tally.shown:
        print(line)
    share = tally.evaluated / max(tally.from_grammar, 1)
    print(
        f"{tally.generated:,} blocks, {tally.from_grammar:,} from the grammar, {share:.0%} of these evaluated"
    )
    return {
        "crashes": tally.crashes,
        "over_budget": tally.over_budget,
        "not_numbers": tally.not_numbers,
        "generated": tally.generated,
        "evaluated": round(share, 3),
        "slowest_ms": round(tally.slowest * 1000, 1),
        "megabytes": round(memory()),
    }


def main() -> int:
    """Run the drill and print what was found; 1 where a block crashed, overran or showed what is no number."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="1,200 blocks, within 50 seconds")
    parser.add_argument("--count", type=int, default=None, help="how many blocks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["blocks", "sliding"], help="one half of the drill")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    if options.only != "sliding":
        figures |= fuzz(options.count or (1_200 if options.quick else 100_000), options.seed)
    if options.only != "blocks":
        figures |= page_slowdown(SLIDING_QUICK if options.quick else SLIDING)
    wrong, tried = ("crashes", "over_budget", "not_numbers", "slide_faults"), ("generated", "slides")
    return verdict(
        figures, [one for one in wrong if one in figures], [one for one in tried if one in figures]
    )


if __name__ == "__main__":
    sys.exit(main())
