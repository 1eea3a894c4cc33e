"""The sales side: orders come in, wait for stock and credit, and leave as shipments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from pipelines.sample.happenings import OrderLine, Shipment
from pipelines.sample.story.bin_checks import BinChecks
from pipelines.sample.story.credit import CreditDesk
from pipelines.sample.story.market import Market
from pipelines.sample.story.misshipping import Misshipping
from pipelines.sample.story.open_lines import OpenLine, parts_of
from pipelines.sample.story.ordering import Ordering
from pipelines.sample.story.picking import Picking
from pipelines.sample.story.promising import Promising
from pipelines.sample.story.reserving import Reserving
from pipelines.sample.story.ship_traps import remember_split
from pipelines.sample.story.shipping import Shipping
from pipelines.sample.world.channels import CAREFUL_CHANNELS
from pipelines.sample.world.company import Company

RELEASE_MINUTE, CANCEL_MINUTE = 7 * 60 + 20, 7 * 60 + 40
RESERVE_MINUTE, PICK_MINUTE, CANCELLED_LATE_MINUTE = 8 * 60, 12 * 60, 14 * 60 + 10
SOLD_TWICE_MINUTE, LAST_PICK_AFTER = 17 * 60, 120


class Selling:
    """`demand` is what customers wanted, by day, place and item; `needs` the same in pieces of
    what has to be bought for it."""

    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self.open: list[OpenLine] = []
        self.cancelled_today: list[OrderLine] = []
        self.demand: dict[tuple[date, str, str], int] = {}
        self.needs: dict[tuple[date, str, str], int] = {}
        self.market = Market(company, company.stream("market"))
        self.ordering = Ordering(company, company.stream("ordering"), self.market)
        self.reserving = Reserving(company)
        self.bin_checks = BinChecks(company, company.stream("bin checks"))
        self.mishaps = Misshipping(company)
        self.picking = Picking(
            company, company.stream("picking"), self.reserving, self.bin_checks, self.mishaps
        )
        self.shipping = Shipping(company, self.picking, self.mishaps)
        self.promising = Promising(company, self.reserving, self.mishaps)
        self.credit = CreditDesk(company)
        self._outbound = company.parameters.outbound
        self._rng = rng

    def work(self, day: date) -> None:
        """A day of the sales side; receipts of the morning are already put away."""
        self.cancelled_today = []
        self.market.work(day)
        if self.company.is_business_day(day):
            self.bin_checks.work(day)
            self._release_credit(day)
            self._change(day)
            self.cancel(day)
            self.reserve_back_orders(day)
            self.ship(day)
            self.promising.promise_anew(self.open, day)
            self.promising.begin_anew(self.back_orders())
            for line in self.ordering.orders_of(day):
                self.accept(line, day)
            self.mishaps.work(day)
            if self.company.next_business_day(day) > self.company.parameters.last_day:
                self._sell_twice(day)

    # --- orders ------------------------------------------------------------------------------

    def accept(self, line: OrderLine, day: date, *, reserves: bool = True) -> OpenLine:
        """An order comes in; the full warehouse reserves for it at once, as a rule."""
        waiting = OpenLine(line, parts_of(self.company.items[line.item]), line.qty)
        ordinary = line.kind == "standard" and not line.free_reason
        stopped = ordinary and self.credit.stops(line.customer, day)
        if not line.free_reason and line.kind != "sample":
            waiting.line = line = self.promising.promise(
                waiting, day, stopped=stopped, owed=self._owed_to_others
            )
        elif line.channel in CAREFUL_CHANNELS:
            waiting.line = line = self.promising.put_off(waiting, day)
        if ordinary:
            self._foresee(waiting)
            if stopped or self.mishaps.needs_a_hold(line, day):
                waiting.held = True
                waiting.stays_held = self.mishaps.is_never_released(line, day)
                waiting.line = line = replace(
                    line, credit_status="hold", hold_at=line.ordered_at, promise_basis="unknown"
                )
        self.open.append(waiting)
        self.company.tell(line)
        if not waiting.cancels and not waiting.cancels_after_pick:
            self._wanted(waiting, line.qty)
        if not self.company.locations[line.location].reserves:
            self.promising.speak_for(waiting)
        elif reserves and not waiting.held:
            self.reserving.reserve(waiting, day, line.ordered_at + timedelta(minutes=2))
        return waiting

    def _owed_to_others(self, line: OrderLine) -> int:
        """Pieces of the item for which lines of the place wait."""
        return sum(
            (waiting.owed - waiting.reserved) * each
            for waiting in self.open
            if waiting.line.location == line.location
            for item, each in waiting.parts
            if item == line.item
        )

    def _foresee(self, waiting: OpenLine) -> None:
        """What the customer will do about the line; drawn at once, so that nothing else changes."""
        drawn, change = self._rng.random(), self._rng.random()
        if waiting.is_settled:
            return
        share = self.company.parameters.demand.cancelled_line_share
        waiting.cancels = drawn < share
        late = self._outbound.cancelled_after_pick_share
        staged = self.company.locations[waiting.line.location].reserves
        if not waiting.cancels and staged and drawn < share + late:
            waiting.cancels_after_pick = True
        elif not waiting.cancels and waiting.line.per_uom == 1:
            waiting.changes = change < self._outbound.changed_line_share

    def _sell_twice(self, day: date) -> None:
        """The web shop sells from a copy of the stock that does not know what is reserved."""
        company, at = self.company, self.company.moment(day, SOLD_TWICE_MINUTE)
        for customer, item in self.mishaps.sold_twice():
            free = company.stock.level(customer.location, item.code, "ON_HAND")
            qty = free + max(1, item.typical_qty // 3)
            order = (company.number("SO"), 1)
            line = self.ordering.line(day, at, order, customer, item, qty)
            waiting = OpenLine(line, parts_of(item), qty)
            self.open.append(waiting)
            company.tell(line)
            self._wanted(waiting, qty)
            self.reserving.reserve(waiting, day, at + timedelta(minutes=2))
            self.mishaps.plant_sold_twice(line, qty - waiting.reserved, day)

    def want(self, line: OrderLine) -> None:
        """Demand of an order that needs no reservation."""
        self._wanted(OpenLine(line, parts_of(self.company.items[line.item]), 0), line.qty)

    def use(self, day: date, location: str, item: str, qty: int) -> None:
        """Pieces that are needed for something else than an order: planners must know."""
        key = (day, location, item)
        self.needs[key] = self.needs.get(key, 0) + qty

    def _wanted(self, waiting: OpenLine, qty: int) -> None:
        """What a customer takes back before it leaves was no demand."""
        line = waiting.line
        key = (line.requested, line.location, line.item)
        self.demand[key] = self.demand.get(key, 0) + qty
        for item, each in waiting.parts:
            part = (line.requested, line.location, item)
            self.needs[part] = self.needs.get(part, 0) + qty * each

    def _release_credit(self, day: date) -> None:
        """The morning after, somebody has spoken to the customer and lets the order go."""
        at = self.company.moment(day, RELEASE_MINUTE)
        for waiting in self.open:
            if waiting.held and not waiting.stays_held:
                waiting.held = False
                careful = waiting.line.channel in CAREFUL_CHANNELS
                waiting.line = waiting.line.changed(
                    "open",
                    at,
                    credit_status="released",
                    release_at=at,
                    released_by="c.wolters",
                    promise_basis="planned" if careful else "on_hand",
                )
                self.company.tell(waiting.line)

    def _change(self, day: date) -> None:
        """Customers who want more or less say so the morning after, before anything is picked."""
        at = self.company.moment(day, RELEASE_MINUTE + 5)
        for waiting in self.open:
            line = waiting.line
            if not waiting.changes or line.qty < 2 or waiting.owed != line.qty:
                waiting.changes = False
                continue
            waiting.changes = False
            if waiting.reserved:
                self.reserving.release(waiting, day, at)
            qty = line.qty * 3 // 4 if line.qty > 3 else line.qty + 1
            company = self.company
            price = company.prices.price(
                company.items[line.item], company.customers[line.customer],
                line.ordered_at.astimezone(company.zone).date(), qty,
            )  # fmt: skip
            self._wanted(waiting, qty - line.qty)
            waiting.owed = qty
            waiting.line = line.changed(
                "open", at, qty=qty, price=price.amount, price_id=price.price_id, edited_at=at,
                changed_by="customer service",
            )  # fmt: skip
            company.tell(waiting.line)

    def cancel(self, day: date) -> None:
        """Customers cancel the morning after, or when a back order takes too long."""
        patience = self.company.parameters.demand.backorder_patience_days
        at = self.company.moment(day, CANCEL_MINUTE)
        for waiting in self.open:
            age = (day - waiting.line.ordered_at.date()).days
            if (waiting.cancels and age >= 1) or age > patience:
                self.reserving.release(waiting, day, at)
                self._drop(waiting, at)
                if waiting.cancels:
                    self.cancelled_today.append(waiting.line)
        self._drop_done()

    def _drop(self, waiting: OpenLine, at: datetime) -> None:
        """The rest of the line will not be delivered."""
        untouched = waiting.owed == waiting.line.qty
        waiting.line = waiting.line.changed(
            "cancelled" if untouched else "closed", at, qty_cancelled=waiting.owed,
            edited_at=at if untouched else waiting.line.edited_at,
        )  # fmt: skip
        waiting.owed = 0
        self.company.tell(waiting.line)

    # --- goods -------------------------------------------------------------------------------

    def reserve_back_orders(self, day: date) -> None:
        at = self.company.moment(day, RESERVE_MINUTE)
        for waiting in self.open:
            staged = self.company.locations[waiting.line.location].reserves
            if staged and waiting.reserved < waiting.owed and not waiting.held:
                self.reserving.reserve(waiting, day, at)

    def ship(self, day: date) -> None:
        """One shipment per order, two now and then: all that can leave and is not of today."""
        by_order: dict[str, list[OpenLine]] = {}
        for waiting in self.open:
            line = waiting.line
            if line.ordered_at.date() < day and not waiting.held and not waiting.waits_for:
                by_order.setdefault(line.order_id, []).append(waiting)
        for position, waiting_lines in enumerate(by_order.values()):
            self._ship_order(day, position, waiting_lines)
        self._drop_done()

    def _ship_order(self, day: date, position: int, waiting_lines: list[OpenLine]) -> None:
        splits = len(waiting_lines) > 2 and (
            self._rng.random() < self._outbound.split_shipment_share
        )
        parts = [waiting_lines[:-1], waiting_lines[-1:]] if splits else [waiting_lines]
        shipped: list[Shipment] = []
        for later, part in enumerate(parts):
            minute = PICK_MINUTE + min(3 * position + 2 * later, LAST_PICK_AFTER)
            leaving: list[tuple[OpenLine, int]] = []
            taken: dict[tuple[str, str], int] = {}
            for waiting in part:
                if waiting.is_reserved_after(self.company.moment(day, minute)):
                    continue
                if waiting.cancels_after_pick and waiting.reserved == waiting.owed:
                    self._cancel_after_pick(waiting, day, minute)
                elif (
                    not waiting.cancels_after_pick
                    and (units := self._can_leave(waiting, taken)) > 0
                ):
                    leaving.append((waiting, units))
            if leaving:
                shipped.append(self.shipping.ship(day, minute, leaving))
        if len(shipped) > 1:
            remember_split(self.company, shipped)

    def _can_leave(self, waiting: OpenLine, taken: dict[tuple[str, str], int]) -> int:
        """Units of a line; `taken` are pieces that lines before it in the shipment take."""
        location = waiting.line.location
        if self.company.locations[location].reserves:
            return waiting.reserved
        units = self.reserving.can_cover(waiting, waiting.owed, less=taken)
        for item, each in waiting.parts:
            taken[location, item] = taken.get((location, item), 0) + units * each
        return units

    def _cancel_after_pick(self, waiting: OpenLine, day: date, minute: int) -> None:
        """Picked, then called off: the pick is taken back and the pieces return to the shelf."""
        at = self.company.moment(day, CANCELLED_LATE_MINUTE)
        back_at = self.picking.pick_and_put_back(waiting, day, self.company.moment(day, minute), at)
        self.reserving.release(waiting, day, back_at)
        self._drop(waiting, at)
        self.company.faults.trap(
            "cancelled after pick", "picked, taken back to the shelf, never shipped",
            order_id=waiting.line.order_id, order_line=waiting.line.line,
        )  # fmt: skip

    def _drop_done(self) -> None:
        self.open = [waiting for waiting in self.open if not waiting.is_done]

    def back_orders(self) -> dict[tuple[str, str], int]:
        """All pieces still owed: reserved pieces are owed too and stand on the shelf."""
        owed: dict[tuple[str, str], int] = {}
        for waiting in self.open:
            for item, each in waiting.parts:
                key = (waiting.line.location, item)
                owed[key] = owed.get(key, 0) + waiting.owed * each
        return owed
