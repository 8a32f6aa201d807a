"""A long text in parts: nothing is lost, nothing is cut in half, and notes go with what they explain."""

import datetime
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nanashi.identity.entry_keys import derived_key
from nanashi.lexicons.current import renderer
from nanashi.lexicons.rendering import Renderer
from nanashi.models import Entry
from nanashi.writing.drafts import Draft
from nanashi.writing.holding import NotHolderError
from nanashi.writing.own import own_entries, publish_as
from nanashi.writing.splitting import MOST_OFFERED, Part, continue_series, publish_series, split

DAY = datetime.date(2024, 6, 6)
MASTER = b"m" * 32
PIECES = st.sampled_from(
    [
        "# 一\n",
        "## 二 *強い*\n",
        "題\n====\n",
        "本文。" * 9 + "\n\n",
        "```\n# 見出しではない\n```\n",
        "| a | b |\n|---|---|\n| # 1 | 2 |\n",
        "[^1]: 註\n    # 続き\n\n",
        "[site]: https://example.org/\n",
        "文[^1]と[site]。\n",
        "> # 引用\n",
        "\r\n",
        "\u2028\x0c\x1c",
        "- # 項目\n",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.integers(1, 300))
def test_pieces_joined_are_the_text(body: str, limit: int) -> None:
    assert "".join(part.piece for part in split(body, "題", limit).parts) == body


def test_parts_begin_at_headings_and_keep_to_the_limit() -> None:
    body = "".join(f"## 章 {n}\n\n{'本文。' * 20}\n\n" for n in range(10))
    parts = split(body, "全体", 200).parts
    assert [part.title for part in parts] == [
        "全体",
        *(f"全体: 章 {n} – 章 {n + 1}" for n in range(2, 10, 2)),
    ]
    assert all(len(part.body) <= 200 and part.body.startswith("## 章") for part in parts)
    assert [part.body for part in split(body, "全体", 10_000).parts] == [body]


def test_the_highest_heading_within_reach_is_cut_at() -> None:
    body = "序\n\n" + "### 節\n\n本文本文本文本文\n\n" * 3 + "# 章\n\n本文\n\n" + "### 節\n\n本文\n\n" * 3
    assert split(body, "", 90).parts[1].title == "章"


@pytest.mark.parametrize(
    "shelter",
    [
        "```\n{}\n```\n",
        "~~~~\n{}\n~~~~\n",
        "> {}\n\n",
        "- {}\n\n",
        "[^n]: a\n\n    {}\n\nx[^n]\n",
    ],
    ids=["fence", "tildes", "quotation", "list", "note"],
)
def test_nothing_is_cut_in_half(shelter: str) -> None:
    body = "前書き\n\n" + shelter.format("# 見出し").replace("\n# ", "\n# ") + "\n後書き" * 10
    assert [part.piece for part in split(body, "", 20).parts] == [body]


def test_definitions_go_with_the_part_that_uses_them() -> None:
    body = (
        "# 一\n\n甲[^1]と[地図][m]\n\n# 二\n\n乙[^2]\n\n"
        "[^1]: 一の註 [m]\n[^2]: 二の註\n    続き\n\n[m]: https://example.org/\n"
    )
    first, second = split(body, "", 30).parts
    assert "[^1]: 一の註" in first.body
    assert "[m]: https://example.org/" in first.body
    assert "[^2]" not in first.body
    assert "[^2]: 二の註\n    続き" in second.body
    assert "一の註" not in second.body
    assert first.piece + second.piece == body


CHAPTERS = "".join(f"## 章 {n}\n\n本文。\n\n" for n in range(1, 13))


def test_every_part_says_of_what_it_is_and_which_headings_it_has() -> None:
    splitting = split("序\n\n" + CHAPTERS, "散歩", 90)
    assert [part.title for part in splitting.parts] == ["散歩", "散歩: 章 7 – 章 12"]
    assert [one.name for one in splitting.headings if one.begins] == ["章 7"]
    assert [one.name for one in splitting.headings] == [f"章 {n}" for n in range(1, 13)]


def test_a_writer_chooses_where_parts_begin() -> None:
    offered = {one.name: one.value for one in split(CHAPTERS, "", 10_000).headings}
    chosen = split(CHAPTERS, "散歩", 90, [offered["章 3"], offered["章 11"]])
    assert [part.title for part in chosen.parts] == ["散歩", "散歩: 章 3 – 章 10", "散歩: 章 11 – 章 12"]
    assert "".join(part.piece for part in chosen.parts) == CHAPTERS
    assert chosen.possible
    assert not split(CHAPTERS, "散歩", 90, []).possible


def test_a_choice_of_another_text_is_missed() -> None:
    chosen = [split(CHAPTERS, "", 10_000).headings[0].value]
    assert not split(CHAPTERS, "", 90, chosen).missed
    changed = split("## 序\n\n" + CHAPTERS, "", 90, chosen)
    assert changed.missed
    assert not changed.possible


def test_of_very_many_headings_the_highest_are_offered() -> None:
    body = "".join(f"# 章 {n}\n\n" + "### 節\n\n文\n\n" * 30 for n in range(20))
    names = [one.name for one in split(body, "", 100_000).headings]
    assert len(names) == MOST_OFFERED
    assert [name for name in names if name.startswith("章")] == [f"章 {n}" for n in range(1, 20)]


@pytest.fixture
def rendering(diary: object) -> Iterator[Renderer]:
    with renderer(1) as one:
        yield one


def test_a_series_is_made_whole_and_gone_on_with(rendering: Renderer) -> None:
    parts = [Part("全体", "一", "一"), Part("二", "二", "二")]
    ids = publish_series(parts, Draft("", DAY, quarter=3), rendering, master=MASTER)
    third = continue_series(ids[0], derived_key(MASTER, 0), Draft("三", DAY), rendering, master=MASTER)
    rows = Entry.objects.order_by("part").values_list("public_id", "part", "title", "source_text")
    assert list(rows) == [(ids[0], 1, "全体", "一"), (ids[1], 2, "二", "二"), (third, 3, "", "三")]
    assert Entry.objects.values("series").distinct().count() == 1
    assert [own.public_id for own in own_entries(MASTER)] == [*ids, third]


def test_the_first_part_of_a_series_stands_first_in_every_list(rendering: Renderer) -> None:
    """Lists have the greatest key first; by chance ten parts would stand so once in 3.6 million times."""
    parts = [Part(str(number), "文", "文") for number in range(10)]
    publish_series(parts, Draft("", DAY, quarter=3), rendering, master=MASTER)
    assert list(Entry.objects.order_by("-key").values_list("part", flat=True)) == list(range(1, 11))


def test_a_single_entry_becomes_the_first_part_by_its_holder_alone(rendering: Renderer) -> None:
    public_id = publish_as(MASTER, Draft("一", DAY), rendering)
    with pytest.raises(NotHolderError):
        continue_series(public_id, b"x" * 32, Draft("二", DAY), rendering)
    assert Entry.objects.get().series is None
    continue_series(public_id, derived_key(MASTER, 0), Draft("二", DAY), rendering, master=MASTER)
    assert sorted(Entry.objects.values_list("part", "source_text")) == [(1, "一"), (2, "二")]
