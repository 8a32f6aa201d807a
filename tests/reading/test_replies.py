"""The tree of replies on an entry's page."""

import datetime
from collections.abc import Iterator

import pytest
from selectolax.lexbor import LexborNode

from nanashi.reading.queries.trees import DEPTH
from tests.reading.conftest import DAY, Write
from tests.reading.pages import Page, Read

Tree = list[tuple[str, "Tree"]]


def tree_of(page: Page) -> Tree:
    """The replies shown, as [(id, replies to it)]."""
    (section,) = page.tree.css("#replies")
    trees = children(section, "ol")
    return [one for tree in trees for one in branches(tree)]


def branches(tree: LexborNode) -> Iterator[tuple[str, Tree]]:
    for item in children(tree, "li"):
        replies = [one for inner in children(item, "ol") for one in branches(inner)]
        shown = [article.attributes["id"] or "" for article in children(item, "article")]
        links = [link.attributes["href"] or "" for link in item.css("p.further a")]
        yield (shown or links)[0], replies


def children(node: LexborNode, tag: str) -> list[LexborNode]:
    return [one for one in node.iter() if one.tag == tag]


def chain_below(write: Write, root: str, length: int) -> list[str]:
    """Entries of which each answers the one before it."""
    ids: list[str] = []
    for n in range(length):
        ids += write(f"level {n + 1}", reply_to=(ids[-1] if ids else root,))
    return ids


def test_replies_stand_under_what_they_answer_oldest_first(read: Read, write: Write) -> None:
    (root,) = write("問い")
    first, second = write("一", "二", reply_to=(root,))
    under_second = write("二の一", "二の二", reply_to=(second,))
    (under_first,) = write("一の一", reply_to=(first,), day=DAY + datetime.timedelta(days=1))
    (earlier,) = write("前の日から", reply_to=(root,), day=DAY - datetime.timedelta(days=1))
    page = read(f"/e/{root}")
    assert tree_of(page) == [
        (earlier, []),
        (first, [(under_first, [])]),
        (second, [(one, []) for one in under_second]),
    ]
    assert page.text("#replies-heading") == "6 replies"
    assert tree_of(read(f"/e/{second}")) == [(one, []) for one in under_second]


def test_a_reply_of_another_day_says_its_day(read: Read, write: Write) -> None:
    (root,) = write("問い", quarter=4)
    write("同じ日", reply_to=(root,), quarter=8)
    write("次の日", reply_to=(root,), day=DAY + datetime.timedelta(days=1), quarter=12)
    assert read(f"/e/{root}").texts(".tree a.time") == ["02:00", "7 June 2024 03:00"]


def test_one_reply_is_counted_as_one(read: Read, write: Write) -> None:
    (root,) = write("問い")
    write("答え", reply_to=(root,))
    assert read(f"/e/{root}").text("#replies-heading") == "1 reply"


def test_a_reply_to_several_of_the_tree_stands_under_each(read: Read, write: Write) -> None:
    """In full under the first; under the others a link leads there."""
    (root,) = write("問い")
    first, second = write("一", "二", reply_to=(root,))
    (both,) = write("両方", reply_to=(first, second))
    (last,) = write("その答え", reply_to=(both,))
    page = read(f"/e/{root}")
    assert tree_of(page) == [(first, [(both, [(last, [])])]), (second, [(f"#{both}", [])])]
    assert page.text("#replies-heading") == "4 replies"
    assert page.text(".further") == "↑ 両方"


def test_entries_that_answer_all_before_them_make_no_endless_page(read: Read, write: Write) -> None:
    """The ways through such a tree double with each entry; the page may not."""
    ids = write("問い")
    for n in range(24):
        ids += write(f"{n}", reply_to=tuple(ids[-20:]))
    assert sorted(read(f"/e/{ids[0]}").entries) == ids


def test_ways_that_meet_again_use_up_no_room(read: Read, write: Write) -> None:
    """Pairs that both answer both of the pair before: many ways lead down, and every entry is shown."""
    ids = write("問い")
    pair = tuple(ids)
    for n in range(15):
        pair = tuple(write(f"{n} 左", f"{n} 右", reply_to=pair))
        ids += pair
    assert sorted(read(f"/e/{ids[0]}").entries) == ids


def test_an_id_stands_once_on_a_page(read: Read, write: Write) -> None:
    (root,) = write("問い")
    first, second = write("一", "二", reply_to=(root,))
    write("## 両方\n\n注[^1]\n\n[^1]: 脚注", reply_to=(first, second))
    ids = [node.attributes["id"] for node in read(f"/e/{root}").tree.css("[id]")]
    assert sorted(ids) == sorted(set(ids))


def test_a_tree_deeper_than_a_page_goes_on_at_its_own_page(read: Read, write: Write) -> None:
    (root,) = write("問い")
    ids = chain_below(write, root, DEPTH + 3)
    page = read(f"/e/{root}")
    assert page.entries == [root, *ids[:DEPTH]]
    deepest = ids[DEPTH - 1]
    assert page.value(".further a", "href") == f"/e/{deepest}#replies"
    assert page.text(".further") == "1 further reply"
    assert read(f"/e/{deepest}").entries == ids[DEPTH - 1 :]


def test_a_tree_wider_than_a_page_says_that_it_goes_on(
    read: Read,
    write: Write,
    settings,  # noqa: ANN001
) -> None:
    settings.TREE_LIMIT = 10
    (root,) = write("問い")
    (asked,) = write("一", reply_to=(root,))
    write(*(str(n) for n in range(20)), reply_to=(asked,))
    page = read(f"/e/{root}")
    assert len(page.entries) == 1 + 10
    assert page.text(".further") == "11 further replies"
    assert page.value(".further a", "href") == f"/e/{asked}#replies"


@pytest.mark.parametrize("level", range(3))
def test_every_entry_of_a_tree_has_the_tree_below_it(read: Read, write: Write, level: int) -> None:
    (root,) = write("問い")
    ids = [root, *chain_below(write, root, 4)]
    assert read(f"/e/{ids[level]}").entries == ids[level:]
