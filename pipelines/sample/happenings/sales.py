"""What happens between a customer and the warehouse: orders, reservations, shipments, deliveries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipelines.sample.copying import altered


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One version of an order line, told whenever it changes. `qty` in pieces, `price` in cents
    of `currency` a piece."""

    order_id: str
    line: int
    kind: str
    ordered_at: datetime
    customer: str
    location: str
    item: str
    qty: int
    price: int
    price_id: str
    purchase_reference: str
    requested: date
    status: str
    changed_at: datetime
    qty_cancelled: int = 0
    currency: str = "EUR"
    channel: str = ""
    ship_to: str = ""
    bill_to: str = ""
    sales_rep: str = ""
    uom: str = "EA"
    per_uom: int = 1  # pieces in one `uom`
    discount_percent: int = 0
    promised: date | None = None
    promise_basis: str = "on_hand"
    terms: str = ""
    freight_terms: str = "included"
    fob: str = "origin"
    credit_status: str = "ok"
    hold_at: datetime | None = None
    release_at: datetime | None = None
    released_by: str = ""
    changed_by: str = "orders"
    contract_id: str = ""
    recurrence: str = ""
    invoice_policy: str = ""
    confirmed: bool = True
    tax_inclusive: bool = False
    free_reason: str = ""  # promo, warranty: nothing to pay for the line
    edited_at: datetime | None = None  # somebody changed what was ordered; None: nobody did

    def changed(self, status: str, at: datetime, **values: Any) -> OrderLine:
        return altered(self, status=status, changed_at=at, **values)


@dataclass(frozen=True, slots=True)
class Allocated:
    """One version of a reservation of pieces for an order line."""

    allocation_id: str
    order_id: str
    order_line: int
    item: str
    location: str
    reserved: int
    reserved_at: datetime
    status: str
    changed_at: datetime
    picked: int = 0
    packed: int = 0
    short: int = 0
    picked_at: datetime | None = None
    packed_at: datetime | None = None
    released_at: datetime | None = None
    channel: str = ""
    supply: str = "on_hand"
    hard: bool = True

    def changed(self, status: str, at: datetime, **values: Any) -> Allocated:
        return altered(self, status=status, changed_at=at, **values)


@dataclass(frozen=True, slots=True)
class ShipmentLine:
    """`cost` in cents as it left the books; `price` what billing should charge, a piece.

    `billed_qty` differs from `qty` where a kit is billed as its parent: the kits on the line of the
    first component, 0 on the others. `net` are the net sales of the line in the shipment's
    currency: without tax where the price holds it, 0 where nothing is charged."""

    line: int
    order_id: str
    order_line: int
    item: str
    qty_ordered: int
    qty: int
    price: int
    cost: int
    location: str = ""
    lot: str = ""
    serial: str = ""
    parent_item: str = ""
    free_reason: str = ""
    short_reason: str = ""
    uom: str = "EA"
    per_uom: int = 1
    movement_id: str = ""
    billed_qty: int | None = None
    net: int | None = None
    tax_inclusive: bool = False

    @property
    def billable_qty(self) -> int:
        return self.qty if self.billed_qty is None else self.billed_qty

    @property
    def billed_item(self) -> str:
        return self.parent_item or self.item

    @property
    def sales(self) -> int:
        return self.billable_qty * self.price if self.net is None else self.net


@dataclass(frozen=True, slots=True)
class Shipment:
    """One version of a shipment; `at` is the confirmation, None while it is not confirmed.

    Only a confirmed version with the status "shipped" is news of goods that left; "delivered" is
    the same shipment again. `fx_rate`: company currency for one unit of `currency`, millionths."""

    shipment_id: str
    kind: str
    location: str
    customer: str
    day: date
    at: datetime | None
    lines: tuple[ShipmentLine, ...]
    status: str = "shipped"
    order_kind: str = "standard"
    ship_to: str = ""
    to_location: str = ""
    carrier: str = "NORDSPED"
    service: str = "standard"
    tracking: str = ""
    fob: str = "origin"
    freight_terms: str = "included"
    promised_ship_at: datetime | None = None
    promised_delivery_at: datetime | None = None
    cartons: int = 0
    grams: int = 0
    hazmat: bool = False
    currency: str = "EUR"
    changed_at: datetime | None = None
    cancelled_at: datetime | None = None
    fx_rate: int = 1_000_000

    @property
    def is_confirmed(self) -> bool:
        return self.at is not None and self.status == "shipped"


@dataclass(frozen=True, slots=True)
class CarrierEvent:
    """What a carrier reports; `line` 0 speaks for the whole shipment."""

    shipment_id: str
    seq: int
    kind: str
    at: datetime
    carrier: str
    line: int = 0
    delivered: int | None = None
    short: int | None = None
    damaged: int | None = None
    pod: str = ""
    signed_by: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """Goods of a shipment reached the customer: accepted pieces by shipment line, with their cost.

    `passes_control`: only now they stop being ours (free on board destination)."""

    shipment: Shipment
    day: date
    at: datetime
    accepted: tuple[tuple[ShipmentLine, int], ...]
    passes_control: bool
    signed: bool = True


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """Goods that were ours in transit and never reached the customer: `kind` lost or refused.

    `lines`: shipment line, pieces, their cost in cents. What is refused is on its way back."""

    shipment: Shipment
    day: date
    at: datetime
    kind: str
    lines: tuple[tuple[ShipmentLine, int, int], ...]


@dataclass(frozen=True, slots=True)
class CarrierClaim:
    """What we ask a carrier to pay for goods it lost or damaged; filed, not yet acknowledged.

    `amount`: cents, the cost of the pieces."""

    claim_id: str
    carrier: str
    shipment_id: str
    shipment_line: int
    item: str
    qty: int
    amount: int
    day: date
    at: datetime
    reason: str
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class BillableEvent:
    """Something to bill that is no shipment, or a charge on one; money in cents.

    `stock_cost` is the cost of the goods that pass to the customer with the event: out of the
    stock with a bill-and-hold, out of consignment with a consumption, from the supplier (GR/IR)
    with a drop-ship. `price` is net, a piece."""

    event_id: str
    kind: str
    day: date
    at: datetime
    customer: str
    shipment_id: str = ""
    order_id: str = ""
    order_line: int = 0
    item: str = ""
    location: str = ""
    qty: int | None = None
    price: int | None = None
    cost_amount: int | None = None
    charge_amount: int | None = None
    currency: str = "EUR"
    rated: bool = True
    report: str = ""
    evidence: str = ""
    stock_cost: int = 0
    fx_rate: int = 1_000_000
    purchase_id: str = ""  # drop-ship: the order at the supplier
    purchase_line: int = 0
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class GoodsReturned:
    """Pieces of a customer back at the dock, and later what became of them.

    `disposition` "" while nobody decided; restock or scrap afterwards. `cost` is their original
    issue cost, `price` what they were billed at, a piece, in the currency of the shipment. The
    credit is owed from `accepted_day` on, whatever became of the pieces. `shipment_id` is
    "" where the warehouse does not know which issue comes back. Pieces that a carrier brings back
    because the customer refused them have the reason "refused"."""

    receipt_id: str
    line: int
    day: date
    at: datetime
    customer: str
    location: str
    item: str
    qty: int
    shipment_id: str
    shipment_line: int
    order_id: str
    order_line: int
    price: int
    cost: int
    reason: str
    disposition: str = ""
    decided_at: datetime | None = None
    lot: str = ""
    currency: str = "EUR"
    accepted_day: date | None = None
    rma: str = ""
    inbound_id: str = ""
    serial: str = ""
    movement_id: str = ""
