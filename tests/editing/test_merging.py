"""Two edits put together, and differences: pure, so by properties."""

from hypothesis import given, settings
from hypothesis import strategies as st

from nanashi.editing.content import Content
from nanashi.editing.differences import line_differences
from nanashi.editing.matching import BoundedMatcher, Steps
from nanashi.editing.merging import merge, merge_lines

LINES = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=7)


@settings(max_examples=150)
@given(LINES, LINES)
def test_one_change_alone_stands_whole(base: list[str], other: list[str]) -> None:
    assert merge_lines(base, other, base) == other
    assert merge_lines(base, base, other) == other
    assert merge_lines(base, other, other) == other


@settings(max_examples=150)
@given(LINES, LINES, LINES)
def test_both_orders_give_the_same(base: list[str], one: list[str], two: list[str]) -> None:
    assert merge_lines(base, one, two) == merge_lines(base, two, one)


@settings(max_examples=150)
@given(LINES, LINES)
def test_a_difference_says_all_of_what_is_gone_and_new(before: list[str], after: list[str]) -> None:
    lines = list(line_differences(before, after))
    for kind, text in (("gone", before), ("new", after)):
        shown = ["".join(one.text for one in line.stretches) for line in lines if line.kind in (kind, "same")]
        rest = iter(text)
        assert all(line in rest for line in shown)
    changed = any(line.kind != "same" for line in lines)
    assert changed == (before != after)


@settings(max_examples=150)
@given(LINES, LINES, st.integers(0, 40))
def test_a_search_keeps_to_its_steps_and_still_says_all(
    before: list[str], after: list[str], most: int
) -> None:
    steps = Steps(most)
    opcodes = BoundedMatcher(before, after, steps).get_opcodes()
    assert steps.left >= 0
    made = [line for kind, i, j, k, m in opcodes for line in (before[i:j] if kind == "equal" else after[k:m])]
    assert made == after


def test_lists_take_both_sides() -> None:
    base = Content("w", aliases=("a", "b"))
    merged = merge(base, Content("w", aliases=("a", "b", "mine")), Content("w", aliases=("b", "theirs")))
    assert set(merged.content.aliases) == {"b", "mine", "theirs"}
    assert merged.conflicts == ()


def test_fields_of_one_value_conflict_by_name() -> None:
    merged = merge(Content("w"), Content("w", reading="x"), Content("w", reading="y", explicit=True))
    assert merged.conflicts == ("reading",)
    assert (merged.content.reading, merged.content.explicit) == ("x", True)
