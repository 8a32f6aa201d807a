"""Estimate blocks in a file: a bare block, or Markdown with fenced ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nanashi.estimates.block import Block, parse
from nanashi.estimates.limits import MAX_BLOCKS, MAX_MARKDOWN
from nanashi.estimates.problems import EstimateError, Place, Problem, fail
from nanashi.estimates.statements import Reference

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*(.*?)[ \t]*")


@dataclass(frozen=True, slots=True)
class Fenced:
    """One block of a file: its text and the number of its first line."""

    text: str
    first_line: int


def find_blocks(text: str) -> list[Fenced]:
    """The estimate blocks of a file, in order; a file without any fence of a block is a bare block.

    Fences follow CommonMark 0.31, section 4.5: a block ends at a fence of the same kind that is at least as
    long, or with the file. Fences inside other fenced code do not count. Raises EstimateError for a file past
    the limits.
    """
    if len(text) > MAX_MARKDOWN and text.count("\n") > 1:
        fail("text_long", Place(1, 0, 0), "", limit=f"{MAX_MARKDOWN:,}")
    fences = _fences(text.replace("\r\n", "\n").split("\n"))
    found = [fenced for language, fenced in fences if language.split()[:1] == ["estimate"]]
    if len(found) > MAX_BLOCKS:
        fail(
            "blocks_many",
            Place(found[MAX_BLOCKS].first_line, 0, 0),
            count=str(len(found)),
            limit=str(MAX_BLOCKS),
        )
    if not found and fences:
        fail("blocks_none", Place(1, 0, 0))
    return found or [Fenced(text, 1)]


def _fences(lines: list[str]) -> list[tuple[str, Fenced]]:
    """The info string and content of every fenced code block."""
    found: list[tuple[str, Fenced]] = []
    fence, language, inside, start = "", "", list[str](), 0
    for number, line in enumerate(lines, 1):
        match = _FENCE.fullmatch(line) if len(line) < 1000 else None
        if not fence:
            if match is not None and "`" not in match[2]:
                fence, language, inside, start = match[1], match[2], [], number + 1
        elif match is not None and match[1].startswith(fence) and not match[2]:
            found.append((language, Fenced("\n".join(inside), start)))
            fence = ""
        else:
            inside.append(line)
    return [*found, (language, Fenced("\n".join(inside), start))] if fence else found


def parse_blocks(text: str) -> list[Block]:
    """All blocks of a file; `based on >>1` names the file's first block.

    Raises EstimateError with the problems of every block, by the lines of the file.
    """
    blocks: list[Block | None] = []
    problems: list[Problem] = []
    for fenced in find_blocks(text):

        def base(reference: Reference) -> Block | None:
            number = int(reference.target) if reference.target.isdecimal() else 0
            if not 1 <= number <= len(blocks) or reference.block != 1:
                raise LookupError(reference.target)
            return blocks[number - 1]

        try:
            blocks.append(parse(fenced.text, base=base, first_line=fenced.first_line))
        except EstimateError as error:
            problems.extend(error.problems)
            blocks.append(None)
    if problems:
        raise EstimateError(problems)
    return [block for block in blocks if block is not None]
