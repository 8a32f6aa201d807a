"""Estimates: uncertain numbers and formulas as text, evaluated the same way everywhere. Pure: no Django.

    >>> from nanashi.estimates import parse, evaluate
    >>> result = evaluate(parse("total = (2 to 3) * (10 to 100)"))
    >>> round(result.values["total"].quantile("p50")[0], 1)
    77.5

The language is described in docs/estimates.md.
"""

from nanashi.estimates.block import Block, parse, with_changes
from nanashi.estimates.evaluation import evaluate
from nanashi.estimates.markdown import Fenced, find_blocks, parse_blocks
from nanashi.estimates.printing import print_block, print_expression
from nanashi.estimates.problems import ChangeError, EstimateError, Problem
from nanashi.estimates.result import Result, ValueResult
from nanashi.estimates.scoring import Score
from nanashi.estimates.statements import Reference

__all__ = [
    "Block",
    "ChangeError",
    "EstimateError",
    "Fenced",
    "Problem",
    "Reference",
    "Result",
    "Score",
    "ValueResult",
    "evaluate",
    "find_blocks",
    "parse",
    "parse_blocks",
    "print_block",
    "print_expression",
    "with_changes",
]
