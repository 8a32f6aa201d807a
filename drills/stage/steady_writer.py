"""A process that posts entries one after another and acknowledges each; drills/power.py looks at its system calls.

`python -m drills.stage.steady_writer POSTS FILE`, with NANASHI_DATA. A line of FILE is the id of a post that is
committed: one write, at the moment when a server would answer.
"""

import os
import random
import sys

from nanashi.cli.django_setup import set_up_django

CHECKPOINT, SEAL = 0.4, 0.7
"""Where in the run the log is written back, and where the diary is sealed, as parts of it."""
TEXT = ("研究", "京都", "大学", "音楽", "映画", "料理", "夢", "猫", "駅", "海", "散歩", "電車", "手紙")


def main() -> None:
    """Post, with a checkpoint and a seal on the way."""
    posts, chance = int(sys.argv[1]), random.Random(1)
    acknowledged = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    set_up_django()
    from django.db import connection  # noqa: PLC0415 - needs the settings

    from nanashi.sealing.seal import seal  # noqa: PLC0415

    for number in range(posts):
        os.write(acknowledged, _post(chance).encode() + b"\n")
        if number == int(posts * CHECKPOINT):
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        if number == int(posts * SEAL):
            seal()
    connection.close()


def _post(chance: random.Random) -> str:
    from django.utils import timezone  # noqa: PLC0415

    from nanashi.lexicons.current import renderer  # noqa: PLC0415
    from nanashi.writing.drafts import Draft  # noqa: PLC0415
    from nanashi.writing.publish import publish  # noqa: PLC0415

    body = "。".join("".join(chance.choices(TEXT, k=6)) for _ in range(chance.choice((3, 10, 60))))
    with renderer(1) as rendering:
        return publish(Draft(body, timezone.localdate()), rendering)


if __name__ == "__main__":
    main()
