"""Whatever happens to the lexicon, what is stored is what relinking everything would store."""

import datetime
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from nanashi.lexicons import changing
from nanashi.lexicons.backfill import relink_everything, run_pending
from nanashi.lexicons.current import current_lexicon, renderer
from nanashi.lexicons.defining import KeywordDraft
from nanashi.lexicons.generations import compile_generation, files
from nanashi.lexicons.registrable import RefusedError
from nanashi.models import Entry, Keyword, LexiconChange, Occurrence
from nanashi.writing.drafts import Draft
from nanashi.writing.publish import publish_many

Run = Callable[..., Result]
DAY = datetime.date(2024, 6, 6)
PIECES = [
    "研究",
    "大学",
    "京都",
    "東京都",
    "雨",
    "天気",
    "GPT",
    "rain",
    "research",
    "機械学習",
    "学習",
    "猫",
    "電車",
]
SPELLINGS = [*PIECES, "東京都立大学", "雨の日", "京都大学", "人工知能", "keyword", "機械", "黒猫", "空", "雪"]
WORDS = [*SPELLINGS, *(f"{a}{b}" for a in PIECES for b in PIECES)]
ENTRIES, EDITS = 2_000, 200


def nothing(_done: int, _total: int) -> None:
    """Nobody watches."""


def post(chance: random.Random, number: int) -> None:
    drafts = [Draft("と".join(chance.choices(SPELLINGS, k=6)) + "。", DAY) for _ in range(number)]
    with renderer(1) as rendering:
        for _written in publish_many(drafts, rendering):
            pass


def word_of(key: int) -> str:
    return Keyword.objects.get(key=key).word


def edit(chance: random.Random) -> None:
    keys = list(Keyword.objects.order_by("word").values_list("key", flat=True))
    draft = KeywordDraft(
        chance.choice(SPELLINGS), aliases=tuple(chance.sample(SPELLINGS, chance.randrange(3)))
    )
    one, other = (chance.choice(keys), chance.choice(keys)) if keys else (0, 0)
    steps = [lambda: changing.define(draft)]
    if keys:
        steps += [
            *[lambda: changing.define(draft)] * 4,
            lambda: changing.revive(one),
            lambda: changing.revive(other),
            lambda: changing.rename(one, chance.choice(WORDS)),
            lambda: changing.merge(one, other),
            lambda: changing.retire(one),
            lambda: changing.revive(one),
            lambda: changing.define(KeywordDraft(word_of(one), explicit=chance.random() < 0.3)),
        ]
    try:
        chance.choice(steps)()
    except RefusedError:
        return


def stored() -> tuple[list[tuple[object, ...]], list[tuple[int, int]]]:
    bodies = Entry.objects.order_by("key").values_list("key", "body", "excerpt")
    occurrences = Occurrence.objects.values_list("keyword_id", "entry_id")
    return list(bodies), sorted(occurrences)


def test_what_edits_leave_is_what_a_relink_leaves(nanashi: Run) -> None:
    chance = random.Random(4)
    post(chance, ENTRIES)
    for number in range(EDITS):
        edit(chance)
        if number % 10 == 0:
            post(chance, 3)
        if number % 50 == 25:
            compile_generation()
        if number % 50 == 0:
            run_pending(nothing, 1)
    run_pending(nothing, 1)
    incremental = stored()
    relink_everything(nothing, 1)
    assert stored() == incremental
    assert len(incremental[1]) > ENTRIES
    with renderer(1) as rendering:
        assert sorted(rendering.lexicon) == sorted(current_lexicon())


def test_a_generation_is_used_and_what_changed_lies_on_top(nanashi: Run, diary: Path) -> None:
    changing.define(KeywordDraft("研究"))
    version = compile_generation()
    assert [number for number, _file in files()] == [version]
    changing.define(KeywordDraft("雨"))
    with renderer(1) as rendering:
        assert rendering.version == version + 1
        assert {one.text for one in rendering.lexicon} == {"研究", "雨"}
    compile_generation()
    assert LexiconChange.objects.count() == 1


@pytest.mark.parametrize("damage", ["torn", "foreign"])
def test_a_torn_or_foreign_file_is_refused(nanashi: Run, diary: Path, damage: str) -> None:
    changing.define(KeywordDraft("研究"))
    version = compile_generation()
    file = diary / "lexicon" / str(version)
    if damage == "torn":
        file.write_bytes(file.read_bytes()[:-9])
    else:
        file.rename(file.with_name(str(version - 1000)))
    changing.define(KeywordDraft("雨"))
    with renderer(1) as rendering:
        assert {one.text for one in rendering.lexicon} == {"研究", "雨"}
