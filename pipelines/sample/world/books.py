"""The book of pieces, which can never be wrong in the story, and the value of what is ours.

Stock never appears from nowhere: a piece changes state, or it crosses the edge of the company and
is counted there. Value follows the costing method of the company, one pool per item, reduced by
the figure that is posted (ruling C1), so that pool and ledger agree to the cent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pipelines.sample.world.events import OUTSIDE

IN_THE_BUILDING = (
    "RECEIVED", "QC_HOLD", "ON_HAND", "RESERVED", "PICKED", "PACKED", "RETURN_QC", "QUARANTINE",
    "DAMAGED", "RTV_STAGED",
)  # fmt: skip
# Ours perhaps, but their cost has left the pool with the shipment (ruling C7).
COST_HAS_LEFT = ("IN_TRANSIT_OUT", "RETURN_TRANSIT", "DROPSHIP_TRANSIT")
Cell = tuple[str, str, str, str]


class StockBook:
    """Pieces by location, item, state and owner; the owner is "" where they are the company's."""

    def __init__(self) -> None:
        self.levels: defaultdict[Cell, int] = defaultdict(int)
        self.came_in: defaultdict[str, int] = defaultdict(int)
        self.went_out: defaultdict[str, int] = defaultdict(int)
        self.in_building: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.pooled: defaultdict[str, int] = defaultdict(int)  # by item: ours, in a pool of value
        self.lots: defaultdict[Cell, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))

    def level(self, location: str, item: str, state: str, owner: str = "") -> int:
        return self.levels.get((location, item, state, owner), 0)

    def lots_of(
        self, location: str, item: str, state: str, owner: str = ""
    ) -> list[tuple[str, int]]:
        """Lots with something left, the oldest number first."""
        held: Mapping[str, int] = self.lots.get((location, item, state, owner), {})
        return sorted((lot, qty) for lot, qty in held.items() if qty > 0)

    def shift(
        self, item: str, qty: int, leaves: Cell, enters: Cell, *, lot: str = "",
        may_go_negative: bool = False,
    ) -> None:  # fmt: skip
        """Moves pieces from one cell to another; a cell of the outside world is only counted.

        Books go below zero only where a planted fault says so: an entry that came too late."""
        assert qty > 0, "a piece moves forward; a reversal swaps the two states"
        for cell, sign in ((leaves, -1), (enters, 1)):
            location, _, state, owner = cell
            if state in OUTSIDE:
                count = self.went_out if sign > 0 else self.came_in
                count[item] += qty
                continue
            if not owner and state not in COST_HAS_LEFT:
                self.pooled[item] += sign * qty
            self.levels[cell] += sign * qty
            assert self.levels[cell] >= 0 or may_go_negative, f"{cell} has too few pieces"
            if state in IN_THE_BUILDING and not owner:
                self.in_building[location, item] += sign * qty
            if lot:
                self.lots[cell][lot] += sign * qty

    def held(self, item: str) -> int:
        """All pieces inside, whoever owns them."""
        return sum(qty for (_, held, _, _), qty in self.levels.items() if held == item)

    def by_lot(self, cell: Cell) -> list[tuple[str, int]]:
        """What a cell holds, split by lot; the pieces of no lot come first."""
        lots = sorted((lot, qty) for lot, qty in self.lots.get(cell, {}).items() if qty)
        rest = self.levels.get(cell, 0) - sum(qty for _, qty in lots)
        return [("", rest), *lots] if rest else lots
