"""Marks: the same in one place, another in the next, and short."""

from hypothesis import given
from hypothesis import strategies as st

from nanashi.identity.pseudonyms import editor_mark, thread_mark

MASTERS = st.binary(min_size=32, max_size=32)


@given(master=MASTERS, keyword=st.integers(0, 2**62), other=st.integers(0, 2**62))
def test_one_hand_has_one_mark_in_one_place(master: bytes, keyword: int, other: int) -> None:
    assert editor_mark(master, keyword) == editor_mark(master, keyword)
    assert (editor_mark(master, keyword) == editor_mark(master, other)) is (keyword == other)
    assert 1 <= len(editor_mark(master, keyword)) <= 16


@given(master=MASTERS, other=MASTERS)
def test_another_hand_has_another(master: bytes, other: bytes) -> None:
    assert (thread_mark(master, "20260611-k7m2xq") == thread_mark(other, "20260611-k7m2xq")) is (
        master == other
    )


@given(master=MASTERS)
def test_a_mark_in_a_thread_says_nothing_of_one_by_a_keyword(master: bytes) -> None:
    marks = {editor_mark(master, 5), thread_mark(master, "5"), thread_mark(master, "20260611-k7m2xq")}
    assert len(marks) == 3


def test_the_derivations_are_those_that_are_written_down() -> None:
    """They must never change: a hand would lose the mark that it is known by."""
    assert editor_mark(bytes(32), 1) == EDITOR
    assert thread_mark(bytes(32), "20260611-k7m2xq") == THREAD


EDITOR, THREAD = "752w2axs", "69pvappv"
