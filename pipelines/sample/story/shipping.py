"""Pick, pack and ship: what leaves a warehouse for one order, and what is not found on the shelf."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pipelines.sample.copying import altered
from pipelines.sample.happenings import OrderLine, Shipment, ShipmentLine
from pipelines.sample.story.carriers import carrier_of, promised_delivery
from pipelines.sample.story.misshipping import Misshipping
from pipelines.sample.story.open_lines import OpenLine
from pipelines.sample.story.picking import SCAN_TIME, Leaving, Picking
from pipelines.sample.story.ship_traps import remember_traps
from pipelines.sample.world.company import Company

PACK_AFTER, SHIP_AFTER = 45, 90  # minutes after the pick
EVENT_OF_KIND = {"sample": "E54", "warranty": "E54", "consignment": "E43"}
FREE_KINDS = ("sample", "warranty", "consignment")


class Shipping:
    def __init__(self, company: Company, picking: Picking, mishaps: Misshipping) -> None:
        self.company = company
        self.picking = picking
        self.mishaps = mishaps
        self._serials: dict[str, int] = {}

    def ship(self, day: date, minute: int, waiting_lines: list[tuple[OpenLine, int]]) -> Shipment:
        """Picks, packs and ships the given units of each line as one shipment and tells it."""
        first = waiting_lines[0][0].line
        leaving = self._leaving(day, minute, first)
        if self.mishaps.stays_unconfirmed(waiting_lines, day):
            return self._pack_only(waiting_lines[0][0], leaving)
        lines: list[ShipmentLine] = []
        forgotten: list[tuple[OpenLine, int]] = []
        too_many: list[tuple[OpenLine, int]] = []
        for waiting, units in waiting_lines:
            if extra := self.picking.add_too_many(waiting, units, leaving):
                too_many.append((waiting, extra))
            made = self._leave(waiting, units, leaving, len(lines))
            lines += made
            waiting.owed = max(0, waiting.owed - self._units_of(waiting, made))
            if made and waiting.owed and self.mishaps.rest_is_forgotten(waiting, day):
                forgotten.append((waiting, waiting.owed))
                waiting.owed = 0
            status = "partial" if waiting.owed else "shipped"
            waiting.line = waiting.line.changed(status, leaving.at)
            self.company.tell(waiting.line)
        shipment = self._header(leaving, first, tuple(lines))
        self.company.tell(shipment)
        for waiting, rest in forgotten:
            self.mishaps.plant_forgotten(waiting, shipment, rest)
        for waiting, extra in too_many:
            self.mishaps.plant_too_many(waiting, shipment, extra)
        for waiting, _ in waiting_lines:
            self.mishaps.may_change_later(waiting, shipment)
            remember_traps(self.company, shipment, waiting)
        return shipment

    def _pack_only(self, waiting: OpenLine, leaving: Leaving) -> Shipment:
        """All steps but the last: the goods stay packed in the books of the warehouse."""
        line = waiting.line
        lines: list[ShipmentLine] = []
        for turn, allocation in enumerate(waiting.allocations):
            told, later = allocation.told, turn * SCAN_TIME
            for lot, qty in allocation.lots:
                for event, at in (("E16", leaving.picked_at), ("E17", leaving.packed_at)):
                    self.picking.shift(waiting, event, at + later, leaving.day, told.item, lot, qty)
                lines.append(
                    ShipmentLine(
                        len(lines) + 1, line.order_id, line.line, told.item, qty, qty, line.price,
                        0, lot=lot,
                    )
                )  # fmt: skip
            self.company.tell(
                told.changed(
                    "packed", leaving.packed_at, picked=told.reserved, packed=told.reserved,
                    picked_at=leaving.picked_at, packed_at=leaving.packed_at,
                )
            )  # fmt: skip
        waiting.allocations, waiting.reserved, waiting.owed = [], 0, 0
        header = self._header(leaving, line, tuple(lines))
        shipment = replace(header, at=None, status="packed", changed_at=leaving.packed_at)
        self.company.tell(shipment)
        self.mishaps.plant_unconfirmed(line, shipment)
        return shipment

    def _leaving(self, day: date, minute: int, first: OrderLine) -> Leaving:
        customer = self.company.customers[first.customer]
        kind = "sale"
        if first.kind in ("sample", "consignment"):
            kind = first.kind
        elif first.free_reason == "warranty":
            kind = "warranty"
        at_delivery = kind == "sale" and customer.fob == "destination"
        picked_at, packed_at, at = (
            self.company.moment(day, minute + wait) for wait in (0, PACK_AFTER, SHIP_AFTER)
        )
        event = EVENT_OF_KIND.get(kind, "E20" if at_delivery else "E19")
        site = customer.consignment_site if kind == "consignment" else ""
        number = self.company.number("SH")
        return Leaving(number, kind, event, day, picked_at, packed_at, at, site)

    def _header(
        self, leaving: Leaving, first: OrderLine, lines: tuple[ShipmentLine, ...]
    ) -> Shipment:
        customer = self.company.customers[first.customer]
        items = self.company.items
        grams = sum(items[line.item].grams * line.qty for line in lines)
        per_carton = self.company.parameters.outbound.grams_per_carton
        carrier = carrier_of(customer)
        return Shipment(
            leaving.shipment_id, leaving.kind, first.location, first.customer, leaving.day,
            leaving.at, lines, order_kind=first.kind, ship_to=first.ship_to,
            to_location=leaving.to_location, carrier=carrier,
            service="standard" if customer.country == self.company.parameters.country else "export",
            tracking=f"{carrier[:3]}{leaving.shipment_id[2:]}", fob=customer.fob,
            freight_terms=customer.freight_terms,
            promised_ship_at=self.company.moment(leaving.day, 18 * 60),
            promised_delivery_at=promised_delivery(self.company, customer, leaving.day),
            cartons=-(-grams // per_carton), grams=grams,
            hazmat=any(items[line.item].hazmat for line in lines), currency=first.currency,
            fx_rate=self.company.exchange.rate(first.currency, leaving.day),
        )  # fmt: skip

    def _leave(
        self, waiting: OpenLine, units: int, leaving: Leaving, made: int
    ) -> list[ShipmentLine]:
        line = waiting.line
        staged = self.company.locations[line.location].reserves
        lots = (
            self.picking.picked(waiting, leaving)
            if staged
            else self.picking.taken(waiting, units, leaving)
        )
        lines: list[ShipmentLine] = []
        for turn, (item, of_item) in enumerate(lots):
            packed_at = leaving.packed_at + turn * SCAN_TIME
            for lot, qty in of_item:
                if qty == 0:
                    continue
                kind = None if staged else ""
                self.picking.shift(
                    waiting, "E17", packed_at, leaving.day, item, lot, qty, kind=kind
                )
                pieces = [1] * qty if self.company.items[item].serial_controlled else [qty]
                for part in pieces:
                    number = made + len(lines) + 1
                    lines.append(self._line(waiting, leaving, number, item, lot, part, staged))
        return self._priced(waiting, lines)

    def _line(
        self, waiting: OpenLine, leaving: Leaving, number: int, item: str, lot: str, qty: int,
        staged: bool,
    ) -> ShipmentLine:  # fmt: skip
        """The goods leave; their cost leaves the pool with them, but for consigned goods."""
        line = waiting.line
        serial = ""
        if self.company.items[item].serial_controlled:
            self._serials[item] = self._serials.get(item, 0) + 1
            serial = f"{item[3:]}-{self._serials[item]:05d}"
        if leaving.kind == "consignment":
            cost = self.company.worth_in_place(item, qty)
            details: dict[str, Any] = {"to_location": leaving.to_location}
        else:
            cost = self.company.cost.issue(item, qty, f"{leaving.shipment_id}/{number}")
            details = {"ext_cost": -cost}
        movement = self.picking.shift(
            waiting, leaving.event, leaving.at, leaving.day, item, lot, qty,
            shown_as="" if staged else "available", serial=serial,
            shipment_id=leaving.shipment_id, shipment_line=str(number), **details,
        )  # fmt: skip
        return ShipmentLine(
            number, line.order_id, line.line, item, 0, qty,
            0 if leaving.kind in FREE_KINDS else line.price, cost, lot=lot, serial=serial,
            parent_item=line.item if waiting.is_kit else "",
            free_reason=line.free_reason, movement_id=movement,
        )  # fmt: skip

    def _units_of(self, waiting: OpenLine, lines: list[ShipmentLine]) -> int:
        item, each = waiting.parts[0]
        return sum(line.qty for line in lines if line.item == item) // each

    def _priced(self, waiting: OpenLine, lines: list[ShipmentLine]) -> list[ShipmentLine]:
        """What was ordered and what is charged, spread over the lines of one order line."""
        shipped = self._units_of(waiting, lines)
        priced = []
        for position, line in enumerate(lines):
            each = dict(waiting.parts)[line.item]
            last = position == len(lines) - 1 or lines[position + 1].item != line.item
            rest = (waiting.owed - shipped) * each if last else 0
            if waiting.is_kit:
                units = shipped if position == 0 else 0
                price = line.price if position == 0 else 0
                line = altered(line, billed_qty=units, price=price)
            priced.append(
                altered(
                    line, qty_ordered=line.qty + rest, net=self._net(waiting.line, line),
                    tax_inclusive=waiting.line.tax_inclusive,
                    short_reason="no stock" if rest else "",
                )
            )  # fmt: skip
        return priced

    def _net(self, order: OrderLine, line: ShipmentLine) -> int:
        """Net sales; a price with the tax in it is cut to the cent once, for the whole line."""
        gross = line.billable_qty * line.price
        if not order.tax_inclusive:
            return gross
        percent = 100 + self.company.parameters.money.tax_percent
        return (2 * gross * 100 + percent) // (2 * percent)
