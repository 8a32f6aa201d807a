"""How fast and how close are estimates, against Squiggle and squigglepy in the same run?

Speed: one model of 12 assumptions, 10 series formulas over 12 years, five quantiles of each and one event.
Ours is the whole path from text to printed figures at the default draws; Squiggle (npm @quri/squiggle-lang)
evaluates each formula once with 10,000 samples, in a warm node process; squigglepy samples each formula by
itself with 10,000 samples, which does not keep one draw a world and is therefore wrong, but is what it has.
Closeness: root-mean-square error of the five quantiles, as a share of the true 90 % interval, over product,
sum, mixture and first passage and over seeds: ours at the default draws, Squiggle at its default of 1,000.

`python -m bench.estimates [--quick]`. Other systems are installed once into a temporary folder (or one named
by NANASHI_BENCH_DIR); what cannot be installed or run is skipped and said so. Last line: one JSON object with
`ms`, `times_squiggle`, `times_squigglepy`, `error_ratio`; null where skipped.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import NormalDist

from nanashi.estimates import evaluate, parse

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
KEYS = ("p5", "p25", "p50", "p75", "p95")
SQUIGGLE_VERSION = "0.10.0"
Z = NormalDist().inv_cdf(0.95)

MODEL = """title: The cost of growing
years: 2023 to 2034
compute = 2e25 to 3e25 FLOP
compute growth = 0.4 to 0.7 OOM/yr
efficiency growth = 0.2 to 0.5 OOM/yr
price = 1e-18 to 3e-18 USD/FLOP
price fall = 1.2 to 1.8 x/yr
staff = 500 to 2000
staff growth = 20% to 60%/yr
wage = 2e5 to 5e5 USD
wage growth = 2% to 6%/yr
revenue = 1B to 4B USD
revenue growth = 1.5 to 3 x/yr
part = 10% to 30%
run = compute growing compute growth from 2023
efficiency = 1 growing efficiency growth from 2023
effective = run * efficiency
unit price = price growing price fall from 2023
training = run / efficiency * unit price
people = staff growing staff growth from 2023
pay = wage growing wage growth from 2023
payroll = people * pay
income = revenue growing revenue growth from 2023
margin = income * part - payroll
passes = first year when effective >= 1e30 FLOP
"""

SQUIGGLE_MODEL = """
ys = List.upTo(0, 11)
compute = 2e25 to 3e25
computeGrowth = 0.4 to 0.7
efficiencyGrowth = 0.2 to 0.5
price = 1e-18 to 3e-18
priceFall = 1.2 to 1.8
staff = 500 to 2000
staffGrowth = 0.2 to 0.6
wage = 2e5 to 5e5
wageGrowth = 0.02 to 0.06
revenue = 1e9 to 4e9
revenueGrowth = 1.5 to 3
part = 0.1 to 0.3
q(d) = List.map([0.05, 0.25, 0.5, 0.75, 0.95], {|p| quantile(d, p)})
run = List.map(ys, {|y| SampleSet.fromDist(compute * 10 ^ (computeGrowth * y))})
efficiency = List.map(ys, {|y| SampleSet.fromDist(10 ^ (efficiencyGrowth * y))})
effective = List.map(ys, {|y| run[y] * efficiency[y]})
unitPrice = List.map(ys, {|y| SampleSet.fromDist(price * priceFall ^ y)})
training = List.map(ys, {|y| run[y] / efficiency[y] * unitPrice[y]})
people = List.map(ys, {|y| SampleSet.fromDist(staff * (1 + staffGrowth) ^ y)})
pay = List.map(ys, {|y| SampleSet.fromDist(wage * (1 + wageGrowth) ^ y)})
payroll = List.map(ys, {|y| people[y] * pay[y]})
income = List.map(ys, {|y| SampleSet.fromDist(revenue * revenueGrowth ^ y)})
margin = List.map(ys, {|y| income[y] * part - payroll[y]})
first = SampleSet.map3(SampleSet.fromDist(compute), SampleSet.fromDist(computeGrowth),
  SampleSet.fromDist(efficiencyGrowth), {|c, g, e| 2023 + ceil((30 - log10(c)) / (g + e))})
[List.map([run, efficiency, effective, unitPrice, training, people, pay, payroll, income, margin],
  {|s| List.map(s, q)}), q(first)]
"""

SQUIGGLE_CASES = """
q(d) = List.map([0.05, 0.25, 0.5, 0.75, 0.95], {|p| quantile(d, p)})
product = SampleSet.fromDist(2 to 3) * SampleSet.fromDist(10 to 100)
total = SampleSet.fromDist(1 to 3) + SampleSet.fromDist(2 to 9)
mix = SampleSet.fromDist(mx(1 to 2, 10 to 40, [0.3, 0.7]))
first = SampleSet.map2(SampleSet.fromDist(2e25 to 3e25), SampleSet.fromDist(0.4 to 0.7),
  {|c, r| 2023 + ceil((29 - log10(c)) / r)})
[q(product), q(total), q(mix), q(first)]
"""

RUNNER = """
import { run } from "@quri/squiggle-lang";
import { readFileSync } from "fs";
const job = JSON.parse(readFileSync(0, "utf-8"));
const times = [], answers = [];
for (const seed of job.seeds) {
  const start = performance.now();
  const environment = { sampleCount: job.samples, xyPointLength: 1000, seed };
  const output = await run(job.code, { environment });
  times.push(performance.now() - start);
  if (!output.result.ok) { console.error(output.result.value.toString()); process.exit(1); }
  answers.push(output.result.value.result.asJS());
}
console.log(JSON.stringify({ times, answers }));
"""

SQUIGGLEPY_RUNNER = """
import json, sys, time
import numpy as np
import squigglepy as sq
def quantiles(d):
    return np.percentile(sq.sample(d, n=10000), [5, 25, 50, 75, 95]).tolist()
def once():
    compute, g, e = sq.to(2e25, 3e25), sq.to(0.4, 0.7), sq.to(0.2, 0.5)
    price, fall = sq.to(1e-18, 3e-18), sq.to(1.2, 1.8)
    staff, sg = sq.to(500, 2000), sq.to(0.2, 0.6)
    wage, wg = sq.to(2e5, 5e5), sq.to(0.02, 0.06)
    revenue, rg, part = sq.to(1e9, 4e9), sq.to(1.5, 3), sq.to(0.1, 0.3)
    ten = lambda d: sq.dist_fn(d, lambda x: 10.0 ** x)
    power = lambda d, y: sq.dist_fn(d, lambda x: x ** y)
    start = time.perf_counter()
    for y in range(12):
        for formula in (
            lambda: compute * ten(g * y), lambda: ten(e * y), lambda: compute * ten(g * y) * ten(e * y),
            lambda: price * power(fall, y),
            lambda: compute * ten(g * y) / ten(e * y) * price * power(fall, y),
            lambda: staff * power(sg + 1, y), lambda: wage * power(wg + 1, y),
            lambda: staff * power(sg + 1, y) * wage * power(wg + 1, y), lambda: revenue * power(rg, y),
            lambda: revenue * power(rg, y) * part - staff * power(sg + 1, y) * wage * power(wg + 1, y),
        ):
            quantiles(formula())
    return (time.perf_counter() - start) * 1000
once()
print(json.dumps([once() for _ in range(int(sys.argv[1]))]))
"""

CASES: dict[str, str] = {
    "product": "x = (2 to 3) * (10 to 100)",
    "sum": "x = (1 to 3) + (2 to 9)",
    "mixture": "x = 30%: 1 to 2 or 70%: 10 to 40",
    "first passage": "years: 2023 to 2050\nb = 2e25 to 3e25\ng = 0.4 to 0.7 OOM/yr\n"
    "r = b growing g from 2023\nx = first year when r >= 1e29",
}


def lognormal(low: float, high: float) -> NormalDist:
    """The normal of the natural log of `low to high`."""
    return NormalDist((math.log(low) + math.log(high)) / 2, (math.log(high) - math.log(low)) / 2 / Z)


def root(share: Callable[[float], float], level: float, low: float, high: float) -> float:
    """Where a rising function reaches `level`, by bisection on the log scale."""
    for _ in range(100):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if share(middle) < level else (low, middle)
    return math.sqrt(low * high)


def truths() -> dict[str, list[float]]:
    """The exact quantiles: closed forms, and sums over 4,000 slices of one factor where there is none."""
    a, b = lognormal(2, 3), lognormal(10, 100)
    product = NormalDist(a.mean + b.mean, math.hypot(a.stdev, b.stdev))
    c, d = lognormal(1, 3), lognormal(2, 9)
    slices = [(i + 0.5) / 4000 for i in range(4000)]
    parts = [math.exp(c.inv_cdf(p)) for p in slices]
    e, f = lognormal(1, 2), lognormal(10, 40)
    base, rate = lognormal(2e25, 3e25), lognormal(0.4, 0.7)
    rates = [math.exp(rate.inv_cdf(p)) for p in slices]

    def total(t: float) -> float:
        return statistics.fmean(d.cdf(math.log(t - part)) if t > part else 0.0 for part in parts)

    def mixture(t: float) -> float:
        return 0.3 * e.cdf(math.log(t)) + 0.7 * f.cdf(math.log(t))

    def passed(year: int) -> float:
        return statistics.fmean(
            1 - base.cdf(math.log(1e29) - r * (year - 2023) * math.log(10)) for r in rates
        )

    return {
        "product": [math.exp(product.inv_cdf(level)) for level in LEVELS],
        "sum": [root(total, level, 1, 100) for level in LEVELS],
        "mixture": [root(mixture, level, 0.1, 1000) for level in LEVELS],
        "first passage": [
            float(next(y for y in range(2023, 2060) if passed(y) >= level)) for level in LEVELS
        ],
    }


def squared_errors(found: list[float], true: list[float]) -> list[float]:
    """Squared errors as shares of the true 90 % interval."""
    return [((x - t) / (true[-1] - true[0])) ** 2 for x, t in zip(found, true, strict=True)]


def folder() -> Path:
    """Where the other systems are installed."""
    path = Path(
        os.environ.get("NANASHI_BENCH_DIR") or Path(tempfile.gettempdir()) / "nanashi-bench-estimates"
    )
    path.mkdir(parents=True, exist_ok=True)
    return path


def install_squiggle() -> Path | None:
    """The folder with Squiggle, None (with a clear word) where it cannot be had."""
    where = folder() / "squiggle"
    if shutil.which("node") is None or shutil.which("npm") is None:
        print("Squiggle: skipped, node or npm is missing")
        return None
    if not (where / "node_modules" / "@quri" / "squiggle-lang").exists():
        where.mkdir(exist_ok=True)
        (where / "package.json").write_text('{"private": true, "type": "module"}')
        command = ["npm", "install", "--no-audit", "--no-fund", f"@quri/squiggle-lang@{SQUIGGLE_VERSION}"]
        if subprocess.run(command, cwd=where, capture_output=True, check=False).returncode:
            print("Squiggle: skipped, npm could not install it")
            return None
    (where / "runner.mjs").write_text(RUNNER)
    return where


def squiggle(where: Path, code: str, samples: int, seeds: list[str]) -> dict[str, list[object]] | None:
    """Times in milliseconds and answers of Squiggle, one a seed."""
    job = json.dumps({"code": code, "samples": samples, "seeds": seeds})
    done = subprocess.run(
        ["node", "runner.mjs"], cwd=where, input=job, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"Squiggle: skipped, it failed: {done.stderr[:300]}")
        return None
    answer: dict[str, list[object]] = json.loads(done.stdout)
    return answer


def squigglepy_ms(rounds: int) -> float | None:
    """Median milliseconds of squigglepy, None (with a clear word) where it cannot be had."""
    where = folder() / "squigglepy"
    python = where / "bin" / "python"
    if not (where / "ready").exists():
        steps = (
            [sys.executable, "-m", "venv", str(where)],
            [str(python), "-m", "pip", "install", "-q", "squigglepy"],
        )
        if any(subprocess.run(step, capture_output=True, check=False).returncode for step in steps):
            print("squigglepy: skipped, it could not be installed")
            return None
        (where / "ready").touch()
    command = [str(python), "-c", SQUIGGLEPY_RUNNER, str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"squigglepy: skipped, it failed: {done.stderr[-300:]}")
        return None
    return float(statistics.median(json.loads(done.stdout.strip().splitlines()[-1])))


def our_ms(rounds: int) -> float:
    """Median milliseconds from text to printed figures, warm."""
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        json.dumps(evaluate(parse(MODEL)).to_json())
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


def our_error(true: dict[str, list[float]], seeds: int) -> dict[str, float]:
    """Root-mean-square error by case."""
    out = {}
    for name, text in CASES.items():
        squares: list[float] = []
        for seed in range(seeds):
            value = evaluate(parse(text), seed=seed).to_json()["values"]["x"]
            squares.extend(squared_errors([value[key] for key in KEYS], true[name]))
        out[name] = math.sqrt(statistics.fmean(squares))
    return out


def squiggle_error(where: Path, true: dict[str, list[float]], seeds: int) -> dict[str, float] | None:
    """The same for Squiggle at its default of 1,000 samples."""
    answer = squiggle(where, SQUIGGLE_CASES, 1000, [f"seed {i}" for i in range(seeds)])
    if answer is None:
        return None
    out = {}
    for index, name in enumerate(CASES):
        squares: list[float] = []
        for found in answer["answers"]:
            squares.extend(squared_errors(found[index], true[name]))  # type: ignore[index]
        out[name] = math.sqrt(statistics.fmean(squares))
    return out


def pooled(errors: dict[str, float]) -> float:
    """One error of several cases."""
    return math.sqrt(statistics.fmean(error**2 for error in errors.values()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="less of the same, within 50 seconds")
    quick = parser.parse_args().quick
    rounds, seeds = (7, 20) if quick else (25, 100)
    ms = our_ms(rounds)
    true = truths()
    ours = our_error(true, seeds)
    where = install_squiggle()
    timed = (
        squiggle(where, SQUIGGLE_MODEL, 10_000, [str(i) for i in range(4 if quick else 8)]) if where else None
    )
    theirs = squiggle_error(where, true, seeds) if where else None
    squiggle_ms = statistics.median(timed["times"][1:]) if timed else None  # type: ignore[type-var]
    pythonic = squigglepy_ms(3 if quick else 5)
    print(f"{'':16}{'ms':>10}{'times ours':>12}")
    for name, figure in (("ours", ms), ("Squiggle", squiggle_ms), ("squigglepy", pythonic)):
        print(
            f"{name:16}"
            + (f"{figure:>10.1f}{figure / ms:>12.1f}" if isinstance(figure, float) else "   skipped")
        )
    print(f"\n{'error':16}{'ours':>10}{'Squiggle':>12}")
    for name, error in ours.items():
        print(f"{name:16}{error:>10.6f}" + (f"{theirs[name]:>12.6f}" if theirs else "     skipped"))
    figures = {
        "ms": round(ms, 2),
        "times_squiggle": round(squiggle_ms / ms, 1) if isinstance(squiggle_ms, float) else None,
        "times_squigglepy": round(pythonic / ms, 1) if pythonic else None,
        "error_ratio": round(pooled(theirs) / pooled(ours), 1) if theirs else None,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
