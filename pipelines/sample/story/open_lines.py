"""Order lines on their way, what is reserved for each, and the pieces a kit is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from pipelines.sample.happenings import Allocated, OrderLine
from pipelines.sample.world.catalogue_kinds import Item

Lots = list[tuple[str, int]]  # lot ("" where none is kept) and pieces of it


@dataclass(slots=True)
class Allocation:
    """Pieces of one item that lie reserved; `told` is what the warehouse system said last."""

    told: Allocated
    lots: Lots


@dataclass(slots=True)
class OpenLine:
    """`owed` and `reserved` in units of the line: pieces, or kits of a phantom kit."""

    line: OrderLine
    parts: tuple[tuple[str, int], ...]  # items to pick for one unit, and pieces of each
    owed: int
    reserved: int = 0
    allocations: list[Allocation] = field(default_factory=list)
    cancels: bool = False
    cancels_after_pick: bool = False
    changes: bool = False
    held: bool = False  # credit has not released it
    stays_held: bool = False
    is_settled: bool = False  # the customer neither changes nor cancels it
    waits_for: str = ""  # what it waits for before it may leave; "" nothing

    @property
    def is_done(self) -> bool:
        return self.owed == 0

    @property
    def is_kit(self) -> bool:
        return self.parts[0][0] != self.line.item

    def is_reserved_after(self, at: datetime) -> bool:
        """Put aside too late for a pick at that moment."""
        return any(allocation.told.reserved_at > at for allocation in self.allocations)


def parts_of(item: Item) -> tuple[tuple[str, int], ...]:
    """A phantom kit is picked as its components; everything else as itself."""
    return item.components if item.kind == "phantom_kit" else ((item.code, 1),)


def take_from(lots: Lots, qty: int) -> Iterator[tuple[str, int]]:
    """The first `qty` pieces of the lots, in their order."""
    for lot, held in lots:
        taken = min(held, qty)
        if taken > 0:
            yield lot, taken
            qty -= taken
    assert qty == 0, "more wanted than the lots hold"
