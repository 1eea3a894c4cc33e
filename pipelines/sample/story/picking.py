"""Picking: what is taken off the shelf for an order line, and what is not found there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from pipelines.sample.story.bin_checks import BinChecks, Short
from pipelines.sample.story.misshipping import Misshipping
from pipelines.sample.story.open_lines import Lots, OpenLine, take_from
from pipelines.sample.story.reserving import Reserving
from pipelines.sample.world.company import Company

SCAN_TIME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Leaving:
    """One shipment while it is made: its number, its kind and its moments."""

    shipment_id: str
    kind: str
    event: str
    day: date
    picked_at: datetime
    packed_at: datetime
    at: datetime
    to_location: str


class Picking:
    def __init__(
        self, company: Company, rng: Random, reserving: Reserving, bin_checks: BinChecks,
        mishaps: Misshipping,
    ) -> None:  # fmt: skip
        self.company = company
        self._rng = rng
        self._reserving = reserving
        self._bin_checks = bin_checks
        self._mishaps = mishaps

    def picked(self, waiting: OpenLine, leaving: Leaving) -> list[tuple[str, Lots]]:
        """All that was reserved for the line, less what the picker did not find; what was reserved
        in several parts is scanned part after part, a minute each."""
        found: list[tuple[str, Lots]] = []
        for turn, allocation in enumerate(waiting.allocations):
            at = leaving.picked_at + turn * SCAN_TIME
            told, lots = allocation.told, allocation.lots
            short = (
                self._short_of(waiting, told.reserved)
                if sum(qty for _, qty in lots) == told.reserved
                else 0
            )
            if short:
                lots = self._not_found(waiting, told.item, lots, short, leaving)
            for lot, qty in lots:
                self.shift(waiting, "E16", at, leaving.day, told.item, lot, qty)
            left = sum(qty for _, qty in lots)
            self.company.tell(
                told.changed(
                    "shipped", leaving.at, picked=left, packed=left, short=short,
                    picked_at=leaving.picked_at, packed_at=leaving.packed_at,
                    released_at=leaving.at,
                )
            )  # fmt: skip
            found.append((told.item, lots))
        waiting.allocations, waiting.reserved = [], 0
        return found

    def taken(self, waiting: OpenLine, units: int, leaving: Leaving) -> list[tuple[str, Lots]]:
        """A site that reports what leaves and no step before it (ruling A2)."""
        taken = []
        for item, each in waiting.parts:
            lots = self._reserving.lots_to_take(waiting.line.location, item, units * each)
            for lot, qty in lots:
                for event in ("E14", "E16"):
                    self.shift(
                        waiting, event, leaving.picked_at, leaving.day, item, lot, qty, kind=""
                    )
            taken.append((item, lots))
        return taken

    def add_too_many(self, waiting: OpenLine, units: int, leaving: Leaving) -> int:
        """More than was ordered goes into the box; the reservation says so too late."""
        staged = self.company.locations[waiting.line.location].reserves
        if not staged or leaving.kind != "sale" or len(waiting.allocations) != 1:
            return 0
        extra = self._mishaps.pieces_too_many(waiting, units, leaving.day)
        if extra:
            item = waiting.line.item
            self.shift(waiting, "E14", leaving.picked_at, leaving.day, item, "", extra)
            ((_, held),) = waiting.allocations[0].lots
            waiting.allocations[0].lots = [("", held + extra)]
        return extra

    def pick_and_put_back(
        self, waiting: OpenLine, day: date, picked_at: datetime, at: datetime
    ) -> datetime:
        """A pick, and its reversal when the customer calls the order off before it leaves; the
        moment when the last piece is back."""
        for turn, allocation in enumerate(waiting.allocations):
            item, later = allocation.told.item, turn * SCAN_TIME
            for lot, qty in allocation.lots:
                picked = self.shift(waiting, "E16", picked_at + later, day, item, lot, qty)
                self.shift(
                    waiting, "E58", at + later, day, item, lot, qty, leaves="PICKED", enters="RESERVED",
                    kind="pick", reversal_of=picked, reason="order cancelled",
                )  # fmt: skip
        return at + max(len(waiting.allocations) - 1, 0) * SCAN_TIME

    def _short_of(self, waiting: OpenLine, reserved: int) -> int:
        """A few pieces of a line are not in their bin; never all of them."""
        share = self.company.parameters.outbound.pick_short_share
        line = waiting.line
        if self._rng.random() >= share or reserved < 3 or line.kind != "standard":
            return 0
        if waiting.is_kit or line.per_uom > 1 or line.free_reason:
            return 0
        return self._rng.randrange(1, 1 + max(1, reserved // 5))

    def _not_found(
        self, waiting: OpenLine, item: str, lots: Lots, short: int, leaving: Leaving
    ) -> Lots:
        location = waiting.line.location
        backwards = list(reversed(lots))
        missing = dict(take_from(backwards, short))
        for lot, qty in missing.items():
            self.shift(
                waiting, "E18", leaving.picked_at, leaving.day, item, lot, qty,
                reason="not in the bin",
            )  # fmt: skip
            self._bin_checks.ask(Short(location, item, lot, qty))
        return [(lot, qty - missing.get(lot, 0)) for lot, qty in lots if qty > missing.get(lot, 0)]

    def shift(
        self, waiting: OpenLine, event: str, at: datetime, day: date, item: str, lot: str,
        qty: int, **details: Any,
    ) -> str:  # fmt: skip
        line = waiting.line
        return self.company.move(
            event, at, day, item=item, location=line.location, qty=qty, lot=lot, doc_type="SO",
            doc_id=line.order_id, doc_line=str(line.line), **details,
        ).movement_id  # fmt: skip
