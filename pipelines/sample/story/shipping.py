"""Pick, pack and ship: what leaves a warehouse for one order, and what is not found on the shelf."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random
from typing import Any

from pipelines.sample.happenings import OrderLine, Shipment, ShipmentLine
from pipelines.sample.story.carriers import carrier_of, promised_delivery
from pipelines.sample.story.misshipping import Misshipping
from pipelines.sample.story.open_lines import Lots, OpenLine, take_from
from pipelines.sample.story.reserving import Reserving
from pipelines.sample.world.company import Company

PACK_AFTER, SHIP_AFTER = 45, 90  # minutes after the pick
EVENT_OF_KIND = {"sample": "E54", "warranty": "E54", "consignment": "E43"}
FREE_KINDS = ("sample", "warranty", "consignment")


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


@dataclass(frozen=True, slots=True)
class Short:
    """Pieces a picker did not find: they stay blocked until somebody looks."""

    location: str
    item: str
    lot: str
    qty: int
    day: date


class Shipping:
    def __init__(self, company: Company, rng: Random, reserving: Reserving) -> None:
        self.company = company
        self.shorts: list[Short] = []
        self._rng = rng
        self._reserving = reserving
        self.mishaps = Misshipping(company)
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
            if extra := self._pack_too_many(waiting, units, leaving):
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
            self._remember_traps(shipment, waiting)
        return shipment

    def _pack_too_many(self, waiting: OpenLine, units: int, leaving: Leaving) -> int:
        """More than was ordered goes into the box; the reservation says so too late."""
        staged = self.company.locations[waiting.line.location].reserves
        if not staged or leaving.kind != "sale" or len(waiting.allocations) != 1:
            return 0
        extra = self.mishaps.pieces_too_many(waiting, units, leaving.day)
        if extra:
            item = waiting.line.item
            self._shift(waiting, "E14", leaving.picked_at, leaving.day, item, "", extra)
            ((_, held),) = waiting.allocations[0].lots
            waiting.allocations[0].lots = [("", held + extra)]
        return extra

    def _pack_only(self, waiting: OpenLine, leaving: Leaving) -> Shipment:
        """All steps but the last: the goods stay packed in the books of the warehouse."""
        line = waiting.line
        lines: list[ShipmentLine] = []
        for allocation in waiting.allocations:
            told = allocation.told
            for lot, qty in allocation.lots:
                for event, at in (("E16", leaving.picked_at), ("E17", leaving.packed_at)):
                    self._shift(waiting, event, at, leaving.day, told.item, lot, qty)
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

    def _remember_traps(self, shipment: Shipment, waiting: OpenLine) -> None:
        """Lines that look wrong to a quick eye, and why they are right."""
        order, customer = waiting.line, self.company.customers[shipment.customer]
        names = {
            "free goods": (order.free_reason == "promo", "one more piece for a large order"),
            "sample": (shipment.kind == "sample", "free of charge, nothing to bill"),
            "warranty": (shipment.kind == "warranty", "replaced under warranty, nothing to bill"),
            "kit": (waiting.is_kit, "components leave, the kit is billed"),
            "case unit": (order.per_uom > 1, "ordered in cases, shipped in pieces"),
            "other currency": (
                shipment.currency != self.company.parameters.currency,
                "billed in the customer's currency at the rate of the day",
            ),
            "tax in the price": (order.tax_inclusive, "the order's price holds the tax"),
            "freight collect": (
                customer.freight_terms == "collect",
                "the carrier bills the customer",
            ),
        }
        for name, (applies, why) in names.items():
            for line in shipment.lines if applies else ():
                if (line.order_id, line.order_line) == (order.order_id, order.line):
                    self.company.faults.trap(
                        name, why, order_id=line.order_id, order_line=line.order_line,
                        shipment_id=shipment.shipment_id, shipment_line=line.line,
                    )  # fmt: skip

    def pick_and_put_back(
        self, waiting: OpenLine, day: date, picked_at: datetime, at: datetime
    ) -> None:
        """A pick, and its reversal when the customer calls the order off before it leaves."""
        for allocation in waiting.allocations:
            item = allocation.told.item
            for lot, qty in allocation.lots:
                picked = self._shift(waiting, "E16", picked_at, day, item, lot, qty)
                self._shift(
                    waiting, "E58", at, day, item, lot, qty, leaves="PICKED", enters="RESERVED",
                    kind="pick", reversal_of=picked, reason="order cancelled",
                )  # fmt: skip

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
            service="export" if customer.country != "DE" else "standard",
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
        lots = self._picked(waiting, leaving) if staged else self._taken(waiting, units, leaving)
        lines: list[ShipmentLine] = []
        for item, of_item in lots:
            for lot, qty in of_item:
                if qty == 0:
                    continue
                kind = None if staged else ""
                self._shift(
                    waiting, "E17", leaving.packed_at, leaving.day, item, lot, qty, kind=kind
                )
                pieces = [1] * qty if self.company.items[item].serial_controlled else [qty]
                for part in pieces:
                    number = made + len(lines) + 1
                    lines.append(self._line(waiting, leaving, number, item, lot, part, staged))
        return self._priced(waiting, lines)

    def _picked(self, waiting: OpenLine, leaving: Leaving) -> list[tuple[str, Lots]]:
        """All that was reserved for the line, less what the picker did not find."""
        found: list[tuple[str, Lots]] = []
        for allocation in waiting.allocations:
            told, lots = allocation.told, allocation.lots
            short = (
                self._short_of(waiting, told.reserved)
                if sum(qty for _, qty in lots) == told.reserved
                else 0
            )
            if short:
                lots = self._not_found(waiting, told.item, lots, short, leaving)
            for lot, qty in lots:
                self._shift(
                    waiting, "E16", leaving.picked_at, leaving.day, told.item, lot, qty
                )  # fmt: skip
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

    def _taken(self, waiting: OpenLine, units: int, leaving: Leaving) -> list[tuple[str, Lots]]:
        """A site that reports what leaves and no step before it (ruling A2)."""
        taken = []
        for item, each in waiting.parts:
            lots = self._reserving.lots_to_take(waiting.line.location, item, units * each)
            for lot, qty in lots:
                for event in ("E14", "E16"):
                    self._shift(
                        waiting, event, leaving.picked_at, leaving.day, item, lot, qty, kind=""
                    )
            taken.append((item, lots))
        return taken

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
            self._shift(
                waiting, "E18", leaving.picked_at, leaving.day, item, lot, qty,
                reason="not in the bin",
            )  # fmt: skip
            self.shorts.append(Short(location, item, lot, qty, leaving.day))
        return [(lot, qty - missing.get(lot, 0)) for lot, qty in lots if qty > missing.get(lot, 0)]

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
            cost = self._value_of(item, qty)
            details: dict[str, Any] = {"to_location": leaving.to_location}
        else:
            cost = self.company.cost.issue(item, qty)
            details = {"ext_cost": -cost}
        movement = self._shift(
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

    def _value_of(self, item: str, qty: int) -> int:
        """What pieces are worth that leave the building and stay ours; cents, half up."""
        held = self.company.cost.qty[item]
        return (2 * self.company.cost.value[item] * qty + held) // (2 * held)

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
                line = replace(line, billed_qty=units, price=price)
            priced.append(
                replace(
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

    def _shift(
        self, waiting: OpenLine, event: str, at: datetime, day: date, item: str, lot: str,
        qty: int, **details: Any,
    ) -> str:  # fmt: skip
        line = waiting.line
        return self.company.move(
            event, at, day, item=item, location=line.location, qty=qty, lot=lot, doc_type="SO",
            doc_id=line.order_id, doc_line=str(line.line), **details,
        ).movement_id  # fmt: skip
