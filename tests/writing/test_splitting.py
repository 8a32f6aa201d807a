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
from nanashi.writing.splitting import Part, continue_series, publish_series, split

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
    assert "".join(part.piece for part in split(body, "題", limit)) == body


def test_parts_begin_at_headings_and_keep_to_the_limit() -> None:
    body = "".join(f"## 章 {n}\n\n{'本文。' * 20}\n\n" for n in range(10))
    parts = split(body, "全体", 200)
    assert [part.title for part in parts] == ["全体", *(f"章 {n}" for n in range(2, 10, 2))]
    assert all(len(part.body) <= 200 and part.body.startswith("## 章") for part in parts)
    assert [part.body for part in split(body, "全体", 10_000)] == [body]


def test_the_highest_heading_within_reach_is_cut_at() -> None:
    body = "序\n\n" + "### 節\n\n本文本文本文本文\n\n" * 3 + "# 章\n\n本文\n\n" + "### 節\n\n本文\n\n" * 3
    assert split(body, "", 90)[1].title == "章"


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
    assert [part.piece for part in split(body, "", 20)] == [body]


def test_definitions_go_with_the_part_that_uses_them() -> None:
    body = (
        "# 一\n\n甲[^1]と[地図][m]\n\n# 二\n\n乙[^2]\n\n"
        "[^1]: 一の註 [m]\n[^2]: 二の註\n    続き\n\n[m]: https://example.org/\n"
    )
    first, second = split(body, "", 30)
    assert "[^1]: 一の註" in first.body
    assert "[m]: https://example.org/" in first.body
    assert "[^2]" not in first.body
    assert "[^2]: 二の註\n    続き" in second.body
    assert "一の註" not in second.body
    assert first.piece + second.piece == body


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


def test_a_single_entry_becomes_the_first_part_by_its_holder_alone(rendering: Renderer) -> None:
    public_id = publish_as(MASTER, Draft("一", DAY), rendering)
    with pytest.raises(NotHolderError):
        continue_series(public_id, b"x" * 32, Draft("二", DAY), rendering)
    assert Entry.objects.get().series is None
    continue_series(public_id, derived_key(MASTER, 0), Draft("二", DAY), rendering, master=MASTER)
    assert sorted(Entry.objects.values_list("part", "source_text")) == [(1, "一"), (2, "二")]
