"""What should become an invoice line, and how far it has come at the end: the truth of billing.

One row for every shipment line that left (of a kit its first component), for every event that is
billed, and for every charge on a shipment, whether an event tells of it or the policy alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.sample.happenings import (
    BillableEvent,
    Delivered,
    GoodsReturned,
    OrderLine,
    Shipment,
    ShipmentLine,
    VendorReturned,
)
from pipelines.sample.story.billables import KIND_OF_CHARGE, OF_EVENT, Billable, of_event
from pipelines.sample.story.invoicing import Invoicing, waits_for_delivery
from pipelines.sample.world.company import Company
from pipelines.sample.world.exchange import ONE
from pipelines.sample.writers.texts import Row, money

NEVER = ("transfer", "rtv", "sample", "warranty", "billhold_release")
MILLIONTH = Decimal("0.000001")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Arrived:
    day: date
    qty: int
    is_enough: bool  # signed, where the customer must sign


class BillingTruth:
    def __init__(self, company: Company, invoicing: Invoicing) -> None:
        self.company = company
        self.invoicing = invoicing
        self._shipments: dict[str, Shipment] = {}
        self._arrived: dict[Key, Arrived] = {}
        self._events: dict[str, BillableEvent] = {}
        self._orders: dict[tuple[str, int], OrderLine] = {}
        company.listen(Shipment, self._hear_shipment)
        company.listen(Delivered, self._hear_delivery)
        company.listen(BillableEvent, self._hear_event)
        self._sent_back: list[VendorReturned] = []
        self._undecided: dict[str, Key] = {}  # shipment line by the receipt that brought it back
        company.listen(GoodsReturned, self._hear_return)
        company.listen(OrderLine, self._hear_order)
        company.listen(VendorReturned, self._sent_back.append)

    def _hear_shipment(self, shipment: Shipment) -> None:
        """A packed one that nobody confirms has left all the same: the carrier says so."""
        known = self._shipments.get(shipment.shipment_id)
        if known is None or not known.is_confirmed:
            self._shipments[shipment.shipment_id] = shipment

    def _hear_delivery(self, told: Delivered) -> None:
        customer = self.company.customers.get(told.shipment.customer)
        enough = told.signed or customer is None or not customer.pod_required
        for line, qty in told.accepted:
            key = (told.shipment.shipment_id, str(line.line))
            self._arrived.setdefault(key, Arrived(told.day, qty, enough))

    def _hear_return(self, returned: GoodsReturned) -> None:
        """What came back waits until somebody decides about it, and its bill with it."""
        if returned.accepted_day is None:
            key = (returned.shipment_id, str(returned.shipment_line))
            self._undecided[returned.receipt_id] = key
        else:
            self._undecided.pop(returned.receipt_id, None)

    def _hear_event(self, event: BillableEvent) -> None:
        self._events[event.event_id] = event

    def _hear_order(self, line: OrderLine) -> None:
        self._orders[line.order_id, line.line] = line

    def rows(self) -> Iterator[Row]:
        readiness = self.invoicing.readiness
        blocked = {billable.key for _, billable in readiness.blocked}
        blocked.update(self._undecided.values())
        held = {billable.key for billable in self.invoicing.still_held()}
        for shipment in self._shipments.values():
            told: set[tuple[str, int, str]] = set()
            for line in shipment.lines:
                kit = (line.order_id, line.order_line, line.parent_item)
                if line.parent_item and kit in told:
                    continue
                told.add(kit)
                yield self._goods(shipment, line, blocked, held)
        for event in self._events.values():
            if event.kind in OF_EVENT:
                yield self._passed(event)
            elif event.shipment_id:
                yield self._charge(event)
        for fee in self.invoicing.charging.fees:
            yield self._fee(fee)
        for returned in self._sent_back:
            yield self._sent(returned)

    def _goods(
        self, shipment: Shipment, line: ShipmentLine, blocked: set[Key], held: set[Key]
    ) -> Row:
        key = (shipment.shipment_id, str(line.line))
        order = self._orders.get((line.order_id, line.order_line))
        if shipment.kind in NEVER or line.free_reason:
            return self._row(shipment, line, Decimal(0), 0, "suppressed")
        qty, net = line.billable_qty, line.sales
        if shipment.kind == "consignment":
            net = qty * order.price if order else 0
            return self._row(shipment, line, _units(qty, order), net, "not_triggered")
        if not shipment.is_confirmed:
            return self._row(shipment, line, _units(qty, order), net, "not_triggered")
        arrived = self._arrived.get(key)
        customer = self.company.customers.get(shipment.customer)
        waits = customer is not None and waits_for_delivery(shipment, customer)
        if waits and arrived and arrived.is_enough and arrived.qty < line.qty:
            part = qty * arrived.qty // line.qty
            qty, net = part, (2 * net * part + qty) // (2 * qty)
        if key in self.invoicing.billed and key not in self.invoicing.misbilling.short:
            state = "billed"
        elif (waits and not (arrived and arrived.is_enough)) or key in held:
            state = "not_triggered"
        else:
            state = "blocked" if key in blocked else "ready"
        return self._row(shipment, line, _units(qty, order), net, state)

    def _row(
        self, shipment: Shipment, line: ShipmentLine, qty: Decimal, net: int, state: str
    ) -> Row:
        return {
            "shipment_id": shipment.shipment_id,
            "shipment_line": str(line.line),
            "order_id": line.order_id,
            "order_line": str(line.order_line) if line.order_line else "",
            "billable_event_id": "",
            "line_kind": "goods",
            "qty": f"{qty.normalize():f}",
            "amount": money(self.company.exchange.to_own(net, shipment.currency, shipment.day)),
            "billing_state": state,
        }

    def _passed(self, event: BillableEvent) -> Row:
        billable = of_event(event)
        billed = ("", event.event_id) in self.invoicing.billed
        return {
            "shipment_id": event.shipment_id,
            "shipment_line": "",
            "order_id": event.order_id,
            "order_line": str(event.order_line) if event.order_line else "",
            "billable_event_id": event.event_id,
            "line_kind": "goods" if billable.kind == "item" else billable.kind,
            "qty": str(billable.qty),
            "amount": money(self._own(billable.net, event)),
            "billing_state": "billed" if billed else "ready",
        }

    def _charge(self, event: BillableEvent) -> Row:
        """A charge is due with its goods."""
        billed = ("", event.event_id) in self.invoicing.billed
        goods_billed = self.invoicing.charging.goods_are_billed(event.shipment_id)
        state = "billed" if billed else "ready" if goods_billed else "not_triggered"
        return {
            "shipment_id": event.shipment_id,
            "shipment_line": "",
            "order_id": event.order_id,
            "order_line": "",
            "billable_event_id": event.event_id,
            "line_kind": KIND_OF_CHARGE[event.kind],
            "qty": "1",
            "amount": money(self._charged(event)),
            "billing_state": state if event.rated else "blocked",
        }

    def _fee(self, fee: Billable) -> Row:
        """What the policy asks without an event."""
        charging = self.invoicing.charging
        is_billed = fee.key in self.invoicing.billed
        state = "ready" if charging.goods_are_billed(fee.shipment_id) else "not_triggered"
        return {
            "shipment_id": fee.shipment_id,
            "shipment_line": "",
            "order_id": fee.order_id,
            "order_line": "",
            "billable_event_id": "",
            "line_kind": fee.kind,
            "qty": "1",
            "amount": money(self.company.exchange.to_own(fee.net, fee.currency, fee.day)),
            "billing_state": "billed" if is_billed else state,
        }

    def _sent(self, returned: VendorReturned) -> Row:
        return {
            "shipment_id": returned.shipment_id,
            "shipment_line": "1",
            "order_id": returned.purchase.po_id,
            "order_line": str(returned.purchase.line),
            "billable_event_id": "",
            "line_kind": "goods",
            "qty": "0",
            "amount": money(0),
            "billing_state": "suppressed",
        }

    def _charged(self, event: BillableEvent) -> int:
        """What nobody has rated is worth its cost and the mark-up of the policy, rounded once."""
        if event.charge_amount is not None:
            return self._own(event.charge_amount, event)
        percent = 100 + self.company.parameters.outbound.freight_markup_percent
        rate = self.company.exchange.rate(event.currency, event.day)
        return ((event.cost_amount or 0) * percent * rate + 50 * ONE) // (100 * ONE)

    def _own(self, cents: int, event: BillableEvent) -> int:
        return self.company.exchange.to_own(cents, event.currency, event.day)


def _units(qty: int, order: OrderLine | None) -> Decimal:
    """Pieces in the unit of the order (ruling D15)."""
    per_unit = order.per_uom if order else 1
    return (
        (Decimal(qty) / per_unit).quantize(MILLIONTH)
        if qty % per_unit
        else Decimal(qty // per_unit)
    )
