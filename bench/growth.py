"""Does a page cost more in a larger diary?

A day page and a keyword page at 10 thousand, 100 thousand and 1 million entries, each diary behind a server of
its own, asked in turn. Every day has 100 entries; a tenth of all entries contain the word. --quick stops at
100 thousand.

JSON: `day` and `keyword`, the largest ratio between the medians of two sizes.
"""

import argparse
import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

from bench.stage.big_diary import LAST_DAY, MARK
from bench.stage.serving import medians_ms, serving
from drills.stage.workplace import workplace

SIZES = {False: (10_000, 100_000, 1_000_000), True: (10_000, 100_000)}
ROUNDS = {False: 300, True: 100}
PAGES = {"day": f"/{LAST_DAY.isoformat()}", "keyword": f"/keyword/{quote(MARK)}"}


def measure(folder: Path, quick: bool) -> dict[str, dict[int, float]]:
    """Median milliseconds of each page at each size."""
    sizes = SIZES[quick]
    with ExitStack() as servers:
        ports = []
        for size in sizes:
            data = folder / str(size)
            subprocess.run(
                [sys.executable, "-m", "bench.stage.big_diary", str(data), str(size), str(size // 10)],
                check=True,
            )
            ports.append(servers.enter_context(serving(data)))
        return {
            page: dict(zip(sizes, medians_ms([(port, path) for port in ports], ROUNDS[quick]), strict=True))
            for page, path in PAGES.items()
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    with workplace("bench") as folder:
        medians = measure(folder, parser.parse_args().quick)
    for page, times in medians.items():
        print(page + "".join(f"   {size:>9,}: {ms:6.2f} ms" for size, ms in times.items()))
    ratios = {page: round(max(ms.values()) / min(ms.values()), 2) for page, ms in medians.items()}
    print(json.dumps({**ratios, "ms": {page: list(times.values()) for page, times in medians.items()}}))


if __name__ == "__main__":
    main()
