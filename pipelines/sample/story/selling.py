"""Reservation and shipping: how the two warehouses serve what was ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from pipelines.sample.happenings import OrderLine, Shipment, ShipmentLine
from pipelines.sample.story.ordering import Ordering
from pipelines.sample.world.calendar import is_business_day
from pipelines.sample.world.company import Company

CANCEL_MINUTE, RESERVE_MINUTE, PICK_MINUTE = 7 * 60 + 40, 8 * 60, 12 * 60


@dataclass(slots=True)
class OpenLine:
    """An order line on its way: what is still owed and what is reserved for it."""

    line: OrderLine
    owed: int
    reserved: int = 0
    cancels: bool = False

    @property
    def is_done(self) -> bool:
        return self.owed == 0


class Selling:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self.open: list[OpenLine] = []
        self.cancelled_today: list[OrderLine] = []
        self.demand: dict[tuple[date, str, str], int] = {}
        self._rng = rng
        self._ordering = Ordering(company, company.stream("ordering"))

    def accept(self, line: OrderLine, day: date) -> None:
        """An order comes in; the full warehouse reserves for it at once."""
        cancels = (
            line.kind == "standard"
            and self._rng.random() < self.company.parameters.demand.cancelled_line_share
        )
        waiting = OpenLine(line, line.qty, cancels=cancels)
        self.open.append(waiting)
        self.company.tell(line)
        if not cancels:  # what a customer takes back the next morning was no demand
            key = (line.requested, line.location, line.item)
            self.demand[key] = self.demand.get(key, 0) + line.qty
        if self.company.locations[line.location].reserves:
            self._reserve(waiting, day, minutes_after=2)

    def cancel(self, day: date) -> None:
        """Customers cancel the morning after, or when a back order takes too long."""
        patience = self.company.parameters.demand.backorder_patience_days
        at = self.company.moment(day, CANCEL_MINUTE)
        for waiting in self.open:
            age = (day - waiting.line.ordered_at.date()).days
            if (waiting.cancels and age >= 1) or age > patience:
                if waiting.reserved:
                    self._shift(waiting, "E15", at, day, waiting.reserved)
                    waiting.reserved = 0
                untouched = waiting.owed == waiting.line.qty
                waiting.line = waiting.line.changed(
                    "cancelled" if untouched else "closed", at, qty_cancelled=waiting.owed
                )
                waiting.owed = 0
                self.company.tell(waiting.line)
                if waiting.cancels:
                    self.cancelled_today.append(waiting.line)
        self._drop_done()

    def reserve_back_orders(self, day: date) -> None:
        for waiting in self.open:
            if self.company.locations[waiting.line.location].reserves:
                self._reserve(waiting, day)

    def _reserve(self, waiting: OpenLine, day: date, *, minutes_after: int = 0) -> None:
        line = waiting.line
        wanted = waiting.owed - waiting.reserved
        taken = min(wanted, self.company.stock.level(line.location, line.item, "ON_HAND"))
        if taken > 0:
            at = self.company.moment(day, RESERVE_MINUTE)
            if minutes_after:
                at = line.ordered_at + timedelta(minutes=minutes_after)
            self._shift(waiting, "E14", at, day, taken)
            waiting.reserved += taken

    def ship(self, day: date) -> None:
        """One shipment per order: all that can leave and was ordered before today."""
        by_order: dict[str, list[OpenLine]] = {}
        for waiting in self.open:
            if waiting.line.ordered_at.date() < day:
                by_order.setdefault(waiting.line.order_id, []).append(waiting)
        for position, waiting_lines in enumerate(by_order.values()):
            leaving = [(w, self._can_leave(w)) for w in waiting_lines]
            leaving = [(w, qty) for w, qty in leaving if qty > 0]
            if leaving:
                self._ship_order(day, PICK_MINUTE + 3 * min(position, 40), leaving)
        self._drop_done()

    def _can_leave(self, waiting: OpenLine) -> int:
        line = waiting.line
        if self.company.locations[line.location].reserves:
            return waiting.reserved
        return min(waiting.owed, self.company.stock.level(line.location, line.item, "ON_HAND"))

    def _ship_order(self, day: date, minute: int, leaving: list[tuple[OpenLine, int]]) -> None:
        first = leaving[0][0].line
        shipment_id = self.company.number("SH")
        at = self.company.moment(day, minute + 90)
        lines = []
        for position, (waiting, qty) in enumerate(leaving, start=1):
            line = waiting.line
            cost = self._leave(waiting, qty, (shipment_id, position), day, minute)
            lines.append(
                ShipmentLine(
                    position,
                    line.order_id,
                    line.line,
                    line.item,
                    waiting.owed,
                    qty,
                    line.price,
                    cost,
                    free_reason="sample" if line.kind == "sample" else "",
                    short_reason="no stock" if qty < waiting.owed else "",
                )
            )
            waiting.owed -= qty
            waiting.line = line.changed("partial" if waiting.owed else "shipped", at)
            self.company.tell(waiting.line)
        kind = "sample" if first.kind == "sample" else "sale"
        shipment = Shipment(
            shipment_id, kind, first.location, first.customer, day, at, tuple(lines),
            order_kind=first.kind,
        )  # fmt: skip
        self.company.tell(shipment)

    def _leave(
        self, waiting: OpenLine, qty: int, shipment: tuple[str, int], day: date, minute: int
    ) -> int:
        line = waiting.line
        steps = self.company.locations[line.location].reserves
        picked_at, packed_at = (self.company.moment(day, minute + n) for n in (0, 45))
        if steps:
            waiting.reserved -= qty
        else:  # a site that reports what leaves and no step before it (ruling A2)
            self._shift(waiting, "E14", picked_at, day, qty, kind="")
        kind = None if steps else ""
        self._shift(waiting, "E16", picked_at, day, qty, kind=kind)
        self._shift(waiting, "E17", packed_at, day, qty, kind=kind)
        cost = self.company.cost.issue(line.item, qty)
        self._shift(
            waiting, "E54" if line.kind == "sample" else "E19",
            self.company.moment(day, minute + 90), day, qty,
            shown_as="" if steps else "available",
            shipment_id=shipment[0], shipment_line=str(shipment[1]), ext_cost=-cost,
        )  # fmt: skip
        return cost

    def _shift(
        self, waiting: OpenLine, event: str, at: datetime, day: date, qty: int, **details: Any
    ) -> None:
        line = waiting.line
        self.company.move(
            event, at, day, item=line.item, location=line.location, qty=qty, doc_type="SO",
            doc_id=line.order_id, doc_line=str(line.line), **details,
        )  # fmt: skip

    def _drop_done(self) -> None:
        self.open = [waiting for waiting in self.open if not waiting.is_done]

    def work(self, day: date) -> None:
        """A day of the sales side; receipts of the morning are already put away."""
        self.cancelled_today = []
        if is_business_day(day):
            self.cancel(day)
            self.reserve_back_orders(day)
            self.ship(day)
            for line in self._ordering.orders_of(day):
                self.accept(line, day)

    def back_orders(self) -> dict[tuple[str, str], int]:
        """All that is still owed: reserved pieces are owed too and stand on the shelf."""
        owed: dict[tuple[str, str], int] = {}
        for waiting in self.open:
            key = (waiting.line.location, waiting.line.item)
            owed[key] = owed.get(key, 0) + waiting.owed
        return owed
