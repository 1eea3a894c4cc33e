"""What goes wrong on purpose between an order and the ramp, written into the answer key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pipelines.sample.happenings import OrderLine, Shipment, ShipmentLine
from pipelines.sample.story.open_lines import OpenLine
from pipelines.sample.world.catalogue_kinds import Customer, Item
from pipelines.sample.world.company import Company
from pipelines.sample.world.exchange import convert

EDIT_MINUTE, EDIT_PERCENT = 15 * 60 + 20, 93
# A held order is given up after the patience for back orders: one of the key is younger.
HELD_SINCE_DAYS = (6, 38)


@dataclass(frozen=True, slots=True)
class LateEdit:
    """A price that somebody will change in an order of which the goods are gone."""

    line: OrderLine
    shipment: Shipment
    shipped: ShipmentLine


class Misshipping:
    def __init__(self, company: Company) -> None:
        self.company = company
        self.faults = company.faults
        self._edits: dict[date, list[LateEdit]] = {}

    # --- at the ramp -------------------------------------------------------------------------

    def pieces_too_many(self, waiting: OpenLine, units: int, day: date) -> int:
        """Pieces that are packed beyond the order, 0 as a rule."""
        line = waiting.line
        item = self.company.items[line.item]
        plain = item.is_bought and not (item.lot_controlled or item.serial_controlled)
        paid = line.kind == "standard" and line.price and line.per_uom == 1
        extra = max(1, line.qty // 8)
        free = self.company.stock.level(line.location, line.item, "ON_HAND")
        if not (plain and paid) or line.qty != units or units < 2 or free < extra:
            return 0
        claim = ("sale", line.customer, line.item)
        return extra if self.faults.strikes("SHIP_OVER", day=day, claim=claim) else 0

    def plant_too_many(self, waiting: OpenLine, shipment: Shipment, extra: int) -> None:
        for line in _lines_of(shipment, waiting.line):
            self.faults.plant(
                "SHIP_OVER", self._value(waiting.line, shipment, extra),
                f"{line.qty} left for {waiting.line.qty} ordered", **_keys(shipment, line),
            )  # fmt: skip

    def rest_is_forgotten(self, waiting: OpenLine, day: date) -> bool:
        """The line is closed as if all of it had left."""
        line = waiting.line
        if line.kind != "standard" or not line.price or waiting.is_kit or line.per_uom > 1:
            return False
        return self.faults.strikes(
            "SHIP_SHORT", day=day, claim=("sale", line.customer, line.item)
        )  # fmt: skip

    def plant_forgotten(self, waiting: OpenLine, shipment: Shipment, rest: int) -> None:
        line = _lines_of(shipment, waiting.line)[0]
        self.faults.plant(
            "SHIP_SHORT", self._value(waiting.line, shipment, rest),
            f"{rest} of {waiting.line.qty} never left, the line is closed",
            **_keys(shipment, line),
        )  # fmt: skip

    def stays_unconfirmed(self, waiting_lines: list[tuple[OpenLine, int]], day: date) -> bool:
        """One line, packed and taken along; nobody confirms it."""
        waiting, units = waiting_lines[0]
        line, company = waiting.line, self.company
        item, customer = company.items[line.item], company.customers[line.customer]
        plain = item.is_bought and not item.serial_controlled and len(waiting_lines) == 1
        usual = line.kind == "standard" and line.price and units == line.qty
        passes = customer.fob == "origin" and not (customer.pod_required or customer.pre_billed)
        staged = company.locations[line.location].reserves
        if not (plain and usual and passes and staged and line.per_uom == 1):
            return False
        if customer.partial_billing != "allowed":
            return False
        claim = ("sale", line.customer, line.item)
        return self.faults.strikes("SHIP_CONF_MISSING", day=day, claim=claim)

    def plant_unconfirmed(self, order: OrderLine, shipment: Shipment) -> None:
        self.faults.plant(
            "SHIP_CONF_MISSING", self._value(order, shipment, order.qty),
            "packed and picked up, never confirmed", order_id=order.order_id,
            order_line=order.line, shipment_id=shipment.shipment_id,
        )  # fmt: skip

    # --- in the order ------------------------------------------------------------------------

    def may_change_later(self, waiting: OpenLine, shipment: Shipment) -> None:
        """Remembers a complete line of which the price will be changed days later."""
        line = waiting.line
        lines = _lines_of(shipment, line)
        complete = line.status == "shipped" and line.kind == "standard" and len(lines) == 1
        if not complete or line.price < 200 or waiting.is_kit or shipment.kind != "sale":
            return
        claim = ("sale", line.customer, line.item)
        if self.faults.strikes("ORDER_CHANGED_AFTER_SHIP", day=shipment.day, claim=claim):
            on = self.company.next_business_day(shipment.day, steps=2)
            self._edits.setdefault(on, []).append(LateEdit(line, shipment, lines[0]))

    def work(self, day: date) -> None:
        for edit in self._edits.pop(day, []):
            at = self.company.moment(day, EDIT_MINUTE)
            line, price = edit.line, edit.line.price * EDIT_PERCENT // 100
            lost = convert(line.qty * (line.price - price), edit.shipment.fx_rate)
            self.company.tell(
                line.changed(
                    line.status, at, price=price, edited_at=at, changed_by=line.sales_rep
                )
            )  # fmt: skip
            self.faults.plant(
                "ORDER_CHANGED_AFTER_SHIP", lost, "the price was changed after the goods had left",
                **_keys(edit.shipment, edit.shipped),
            )  # fmt: skip

    def promises_what_comes(self, waiting: OpenLine, free: int, day: date) -> bool:
        """Promised for tomorrow out of goods that are ordered and not here."""
        line = waiting.line
        item = self.company.items[line.item]
        coming = self.company.stock.level(
            line.location, line.item, "ON_ORDER", item.supplier.code
        )  # fmt: skip
        ordinary = line.kind == "standard" and line.price and not waiting.is_kit
        if not ordinary or not coming or free >= line.qty:
            return False
        claim = ("sale", line.customer, line.item)
        if not self.faults.strikes("PROMISE_ON_THEORETICAL", day=day, claim=claim):
            return False
        self.faults.plant(
            "PROMISE_ON_THEORETICAL", self._promised_value(line, line.qty - free, day),
            f"{line.qty - free} promised out of {coming} on order", order_id=line.order_id,
            order_line=line.line, item_id=line.item, location_id=line.location,
        )  # fmt: skip
        return True

    def promises_the_safety_stock(self, waiting: OpenLine, free: int, left: int, day: date) -> bool:
        """Promised out of the pieces that its channel must leave alone; `left` are the others."""
        line = waiting.line
        taken = line.qty - max(left, 0)
        staged = self.company.locations[line.location].reserves
        if taken < 2 or free < line.qty or line.kind != "standard" or not line.price or not staged:
            return False
        claim = ("sale", line.customer, line.item)
        if not self.faults.strikes("BUFFER_BREACH", day=day, claim=claim):
            return False
        self.faults.plant(
            "BUFFER_BREACH", self._promised_value(line, taken, day),
            f"{taken} promised out of the safety stock", order_id=line.order_id,
            order_line=line.line, item_id=line.item, location_id=line.location,
        )  # fmt: skip
        return True

    def needs_a_hold(self, line: OrderLine, day: date) -> bool:
        """Where a quiet autumn gave the desk nothing to forget, bad news gives it something."""
        last = self.company.parameters.last_day
        youngest, _ = HELD_SINCE_DAYS
        late = last - timedelta(days=2 * youngest) <= day <= last - timedelta(days=youngest)
        limited = self.company.customers[line.customer].credit_limit
        if not (late and limited and self.faults.rates.of("CREDIT_HOLD")):
            return False
        return all(planted.code != "CREDIT_HOLD" for planted in self.faults.planted)

    def sold_twice(self) -> list[tuple[Customer, Item]]:
        """Who will buy what others have reserved, at least once in a year."""
        shops = ("web",)  # the marketplace knows the stock to the piece
        places = [
            (customer, item)
            for customer in self.company.catalogue.customers
            if customer.channel in shops and self.company.locations[customer.location].reserves
            for item in self.company.bought
            if self._is_reserved(customer, item)
        ]
        struck = [
            (customer, item)
            for customer, item in places
            if self.faults.strikes(
                "DOUBLE_COMMIT", claim=("stock", customer.location, item.code)
            )
        ]  # fmt: skip
        if not struck and self.faults.rates.of("DOUBLE_COMMIT"):
            return places[:1]
        return struck

    def _is_reserved(self, customer: Customer, item: Item) -> bool:
        """Plain pieces, most of which others have reserved."""
        stock = self.company.stock
        reserved = stock.level(customer.location, item.code, "RESERVED")
        free = stock.level(customer.location, item.code, "ON_HAND")
        plain = not (item.lot_controlled or item.serial_controlled)
        claimed = self.faults.is_claimed("sale", customer.code, item.code)
        return plain and not claimed and reserved > 0 and free <= 12 * item.typical_qty

    def plant_sold_twice(self, line: OrderLine, qty: int, day: date) -> None:
        self.faults.claim("sale", line.customer, line.item)
        self.faults.plant(
            "DOUBLE_COMMIT", self._promised_value(line, qty, day),
            f"{qty} sold that others have reserved", order_id=line.order_id,
            order_line=line.line, item_id=line.item, location_id=line.location,
        )  # fmt: skip

    def is_never_released(self, line: OrderLine, day: date) -> bool:
        """Nobody asks the customer, and the order waits into the next year."""
        last = self.company.parameters.last_day
        youngest, oldest = HELD_SINCE_DAYS
        if not last - timedelta(days=oldest) <= day <= last - timedelta(days=youngest):
            return False
        claim = ("sale", line.customer, line.item)
        forced = self.needs_a_hold(line, day) and not self.faults.is_claimed(*claim)
        if not line.price or not (forced or self.faults.strikes("CREDIT_HOLD", claim=claim)):
            return False
        self.faults.claim(*claim)
        self.faults.plant(
            "CREDIT_HOLD", self._promised_value(line, line.qty, day), "on hold, nobody decided",
            order_id=line.order_id, order_line=line.line, party_id=line.customer,
        )  # fmt: skip
        return True

    def _promised_value(self, line: OrderLine, qty: int, day: date) -> int:
        return convert(self._net(line, qty), self.company.exchange.rate(line.currency, day))

    def _value(self, order: OrderLine, shipment: Shipment, qty: int) -> int:
        """Net sales of some pieces at the order's price, company currency."""
        return convert(self._net(order, qty), shipment.fx_rate)

    def _net(self, order: OrderLine, qty: int) -> int:
        gross = qty * order.price
        if order.tax_inclusive:
            gross = gross * 100 // (100 + self.company.parameters.money.tax_percent)
        return gross


def _lines_of(shipment: Shipment, order: OrderLine) -> list[ShipmentLine]:
    return [
        line
        for line in shipment.lines
        if (line.order_id, line.order_line) == (order.order_id, order.line)
    ]


def _keys(shipment: Shipment, line: ShipmentLine) -> dict[str, Any]:
    return {
        "order_id": line.order_id,
        "order_line": line.order_line,
        "shipment_id": shipment.shipment_id,
        "shipment_line": line.line,
    }
