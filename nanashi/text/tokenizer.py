"""MeCab with UniDic: how a Japanese segment falls into short units.

A segment holds no white space. A tagger is not safe to share between threads, so each thread has its own; the
dictionary behind them is mapped once.
"""

import threading
from typing import Any, NamedTuple, cast

import fugashi  # type: ignore[import-untyped]
import unidic_lite  # type: ignore[import-untyped]

_local = threading.local()


class Token(NamedTuple):
    """One short unit. `features` are UniDic's, separated by commas, part of speech first."""

    surface: str
    unknown: bool
    features: str

    def is_proper_name(self) -> bool:
        """A name of a person or thing; names of places are left out, they behave as common nouns do."""
        return self.features.startswith("名詞,固有名詞") and not self.is_place()

    def is_place(self) -> bool:
        return self.features.startswith("名詞,固有名詞,地名")

    def is_common(self) -> bool:
        """A common noun, an adverb or a place: a word that compounds are made of."""
        return not self.unknown and (self.features.startswith(("名詞,普通名詞", "副詞")) or self.is_place())


def surfaces(segment: str) -> str:
    """The units of a segment, separated by one space each."""
    return cast(str, tagger().parse(segment))


def tokens(segment: str) -> list[Token]:
    """The units of a segment with their features: half as fast as `surfaces`."""
    nodes = tagger().parseToNodeList(segment)
    return [Token(node.surface, node.is_unk, node.feature_raw) for node in nodes]


def tagger() -> Any:
    """This thread's MeCab; its dictionary is mapped at the first call."""
    try:
        return _local.tagger
    except AttributeError:
        folder = unidic_lite.DICDIR
        _local.tagger = fugashi.GenericTagger(f'-d "{folder}" -r "{folder}/dicrc" -Owakati')
        return _local.tagger
