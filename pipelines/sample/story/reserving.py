"""Reservations: pieces put aside for an order line, the lot that expires first before the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from pipelines.sample.happenings import Allocated
from pipelines.sample.story.open_lines import Allocation, Lots, OpenLine
from pipelines.sample.world.company import Company

NOTHING: Mapping[tuple[str, str], int] = MappingProxyType({})


class Reserving:
    def __init__(self, company: Company) -> None:
        self.company = company
        # When pieces last came back to a shelf: an order of that day has them only then.
        self._free_from: dict[tuple[str, str], datetime] = {}

    def can_cover(
        self, waiting: OpenLine, wanted: int, *, less: Mapping[tuple[str, str], int] = NOTHING
    ) -> int:
        """Units of the line that lie free on the shelf, in whole cases where it asks for cases;
        `less` pieces that others will take."""
        units = min(self.lies_free(waiting, less=less), wanted)
        return units - units % waiting.line.per_uom

    def lies_free(self, waiting: OpenLine, *, less: Mapping[tuple[str, str], int] = NOTHING) -> int:
        """Units of the line on the shelf; of a kit, as many as its scarcest part allows."""
        location = waiting.line.location
        return min(
            max(
                0,
                self.company.stock.level(location, item, "ON_HAND") - less.get((location, item), 0),
            )
            // each
            for item, each in waiting.parts
        )

    def reserve(self, waiting: OpenLine, day: date, at: datetime) -> None:
        units = self.can_cover(waiting, waiting.owed - waiting.reserved)
        if units <= 0:
            return
        line = waiting.line
        at = max(at, *(self._free_from.get((line.location, i), at) for i, _ in waiting.parts))
        for item, each in waiting.parts:
            lots = self.lots_to_take(line.location, item, units * each)
            for lot, qty in lots:
                self._shift(waiting, "E14", at, day, item, qty, lot)
            told = Allocated(
                self.company.number("AL"), line.order_id, line.line, item, line.location,
                units * each, at, "open", at, channel=line.channel,
            )  # fmt: skip
            self.company.tell(told)
            waiting.allocations.append(Allocation(told, lots))
        waiting.reserved += units

    def release(self, waiting: OpenLine, day: date, at: datetime) -> None:
        """All that is reserved for the line goes back to the shelf; nobody has it before."""
        for allocation in waiting.allocations:
            self._free_from[waiting.line.location, allocation.told.item] = at
            for lot, qty in allocation.lots:
                self._shift(waiting, "E15", at, day, allocation.told.item, qty, lot)
            self.company.tell(allocation.told.changed("released", at, released_at=at))
        waiting.allocations = []
        waiting.reserved = 0

    def lots_to_take(self, location: str, item: str, qty: int) -> Lots:
        """Oldest lot first; what carries no lot comes last."""
        if not self.company.items[item].lot_controlled:
            return [("", qty)]
        taken: Lots = []
        for lot, held in self.company.stock.lots_of(location, item, "ON_HAND"):
            part = min(held, qty)
            if part > 0:
                taken.append((lot, part))
                qty -= part
        return [*taken, ("", qty)] if qty else taken

    def _shift(
        self, waiting: OpenLine, event: str, at: datetime, day: date, item: str, qty: int, lot: str
    ) -> None:
        line = waiting.line
        self.company.move(
            event, at, day, item=item, location=line.location, qty=qty, lot=lot, doc_type="SO",
            doc_id=line.order_id, doc_line=str(line.line),
        )  # fmt: skip
