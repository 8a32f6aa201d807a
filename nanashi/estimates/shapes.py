"""What is a series, what a list, and how much work there is: known before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from nanashi.estimates.block import Block
from nanashi.estimates.limits import HEAVY_WORK, MAX_CELLS, MAX_SAMPLES, MAX_WORK, MIN_SAMPLES
from nanashi.estimates.nodes import (
    Axis,
    Call,
    Distribution,
    First,
    Growing,
    ListOf,
    Mixture,
    Name,
    Node,
    Pick,
    Probability,
    children,
)
from nanashi.estimates.problems import Place, fail

_HEAVY = frozenset({"beta", "poisson"})
_REDUCING = frozenset({"sum", "mean", "product"})


@dataclass(frozen=True, slots=True)
class Shape:
    """`axis` is empty, `years` or `list`, `size` the number of years or items."""

    axis: str = ""
    size: int = 1


_SCALAR = Shape()


class _Shaper:
    """Finds the shape of every value and counts the operations."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.known: dict[str, Shape] = {}
        self.work = 0

    def of(self, node: Node) -> Shape:
        """The shape of a node; raises EstimateError where shapes do not fit together."""
        shape = self._of(node)
        heavy = isinstance(node, Distribution) and node.shape in _HEAVY
        self.work += shape.size * (HEAVY_WORK if heavy else 1)
        return shape

    def _of(self, node: Node) -> Shape:  # noqa: PLR0911 - one case for each kind of node
        match node:
            case Name():
                return self.known[node.name]
            case Axis():
                return self._years(node.place)
            case Pick():
                return self._pick(node)
            case First():
                return self._first(node)
            case Growing():
                return self._growing(node)
            case ListOf():
                return self._list(node)
            case Call() if node.function in _REDUCING or (
                node.function in ("min", "max") and len(node.arguments) == 1
            ):
                self.of(node.arguments[0])
                return _SCALAR
            case Probability() if node.given is None:
                return self.of(node.condition)
            case Mixture():
                return self._joined(node, [self.of(arm) for arm in node.arms])
            case _:
                return self._joined(node, [self.of(child) for child in children(node)])

    def _years(self, place: Place) -> Shape:
        if self.block.years is None:
            start = Place(place.line, 0, 0, place.source)
            fail("years_missing", start, "years: 2023 to 2040\n", column=str(place.start + 1))
        first, last = self.block.years
        return Shape("years", last - first + 1)

    def _pick(self, node: Pick) -> Shape:
        shape = self.of(node.operand)
        text = node.operand.place.text
        if shape.axis != "years" or self.block.years is None:
            fail("pick_scalar", node.place, text, written=text)
        first, last = self.block.years
        if not first <= node.year <= last:
            close = min(max(node.year, first), last)
            remedy = node.place.text.replace(str(node.year), str(close))
            fail("pick_outside", node.place, remedy, year=str(node.year), first=str(first), last=str(last))
        return _SCALAR

    def _first(self, node: First) -> Shape:
        if self.block.years is None:
            self._years(node.place)
        if self.of(node.condition).axis != "years":
            fail("first_scalar", node.condition.place, "year >= 2030", written=node.condition.place.text)
        return _SCALAR

    def _growing(self, node: Growing) -> Shape:
        years = self._years(node.place)
        for part, code in ((node.base, "growing_series"), (node.rate, "growth_series")):
            if self.of(part).axis:
                first = self.block.years[0] if self.block.years else 0
                fail(code, part.place, f"({part.place.text}) in {first}", written=part.place.text)
        return years

    def _list(self, node: ListOf) -> Shape:
        for item in node.items:
            if self.of(item).axis:
                fail("list_nested", item.place, "1", written=item.place.text)
        return Shape("list", len(node.items))

    def _joined(self, node: Node, shapes: list[Shape]) -> Shape:
        axes = {shape for shape in shapes if shape.axis}
        if len({shape.axis for shape in axes}) > 1:
            first = self.block.years[0] if self.block.years else 0
            series = next(c for c, shape in zip(children(node), shapes, strict=True) if shape.axis == "years")
            fail(
                "list_and_series",
                series.place,
                f"(({series.place.text}) in {first})",
                written=node.place.text,
            )
        if len(axes) > 1:
            sizes = ", ".join(str(shape.size) for shape in shapes if shape.axis)
            fail("list_lengths", node.place, f"{children(node)[0].place.text}", sizes=sizes)
        return next(iter(axes), _SCALAR)


def check_budget(block: Block, samples: int, max_work: int = MAX_WORK) -> dict[str, Shape]:
    """The shape of every value, after the work was found to be within limits.

    Raises EstimateError that says what to make smaller.
    """
    if not MIN_SAMPLES <= samples <= MAX_SAMPLES:
        fail("samples", Place(1, 0, 0), "", count=str(samples), low=str(MIN_SAMPLES), high=str(MAX_SAMPLES))
    shaper = _Shaper(block)
    for name in block.order:
        shaper.known[name] = shaper.of(block.values[name].node)
    cells = sum(shape.size for shape in shaper.known.values()) * samples
    if shaper.work * samples > max_work or cells > MAX_CELLS:
        largest = max(block.order, key=lambda name: shaper.known[name].size)
        fits = samples
        while fits > MIN_SAMPLES and (shaper.work * fits > max_work or cells * fits > MAX_CELLS * samples):
            fits //= 2
        place = block.values[largest].node.place
        fail("budget", place, "1", name=largest, samples=str(samples), fits=str(fits))
    return shaper.known
