"""What is to be billed: goods that left or arrived, events, charges; and by when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pipelines.sample.happenings import BillableEvent, OrderLine, Shipment, ShipmentLine
from pipelines.sample.world.catalogue_kinds import Customer
from pipelines.sample.world.company import Company

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COLLECTED = ("weekly", "monthly")  # billed on the customer's invoice day


@dataclass(frozen=True, slots=True)
class Clock:
    """Hours from the trigger until an invoice is due, and the grace after it."""

    due_hours: int
    grace_hours: int = 24
    business: bool = False

    def ends(self, at: datetime, company: Company) -> datetime:
        """End of the grace of something triggered at `at`; a business day counts 24 hours."""
        hours = timedelta(hours=self.due_hours + self.grace_hours)
        if not self.business:
            return at + hours
        local = at.astimezone(company.zone)
        if not company.is_business_day(local.date()):
            start = company.next_business_day(local.date())
            local = datetime.combine(start, time(0), tzinfo=company.zone)
        steps = (self.due_hours + self.grace_hours) // 24
        day = company.next_business_day(local.date(), steps=steps)
        return datetime.combine(day, local.time(), tzinfo=company.zone).astimezone(UTC)


# The billing rules of the company, as in its policy: BR-SHIP, BR-DELIV and so on.
ON_SHIP = Clock(24, business=True)
ON_DELIVERY = Clock(24)
OF_EVENT = {
    "consumption": Clock(48),
    "dropship_ship": Clock(48),
    "bill_hold": Clock(24),
    "recurring": Clock(0),
    "service": Clock(0),
    "storage": Clock(0),
}
GOODS = ("consumption", "dropship_ship", "bill_hold")
# Charges: how the invoice line is called.
KIND_OF_CHARGE = {
    "freight_charge": "freight",
    "surcharge": "surcharge",
    "handling": "handling",
    "hazmat": "hazmat",
    "min_order_fee": "fee",
}


@dataclass(frozen=True, slots=True)
class Billable:
    """One line to bill, triggered at `at`; `net` in cents of `currency`, `qty` in pieces."""

    customer: str
    day: date
    at: datetime
    item: str
    qty: int
    net: int
    currency: str
    clock: Clock
    kind: str = "item"
    order_id: str = ""
    order_line: int = 0
    shipment_id: str = ""
    shipment_line: int = 0
    event_id: str = ""
    uom: str = "EA"
    per_uom: int = 1
    lot: str = ""
    report: str = ""
    is_kit: bool = False
    in_advance: bool = False

    @property
    def price(self) -> int:
        """Net price a piece, rounded where the price list holds the tax."""
        return (2 * self.net + self.qty) // (2 * self.qty)

    @property
    def key(self) -> tuple[str, str]:
        """The shipment line, the event or the order line behind it."""
        if self.event_id:
            return ("", self.event_id)
        if self.in_advance:
            return (f"order {self.order_id}", str(self.order_line))
        if self.kind != "item":
            return (self.shipment_id, self.kind)
        return (self.shipment_id, str(self.shipment_line))

    @property
    def order(self) -> tuple[str, int]:
        return (self.order_id, self.order_line)

    @property
    def is_linkable(self) -> bool:
        """Goods of a shipment of ours."""
        return self.kind == "item" and bool(self.shipment_id) and not self.event_id

    def facts(self) -> dict[str, Any]:
        """Keys of the answer key."""
        return {
            "order_id": self.order_id,
            "order_line": self.order_line or "",
            "shipment_id": self.shipment_id,
            "shipment_line": self.shipment_line or "",
        }


def of_shipment_line(
    shipment: Shipment, line: ShipmentLine, day: date, at: datetime, clock: Clock,
    accepted: int | None = None,
) -> Billable:  # fmt: skip
    """Goods at the price of the shipment; of a delivery only what the customer accepted."""
    qty, net = line.billable_qty, line.sales
    if accepted is not None and accepted < line.qty:
        part = qty * accepted // line.qty
        qty, net = part, (2 * net * part + qty) // (2 * qty)
    return Billable(
        customer=shipment.customer, day=day, at=at, item=line.billed_item, qty=qty, net=net,
        currency=shipment.currency, clock=clock, order_id=line.order_id,
        order_line=line.order_line, shipment_id=shipment.shipment_id, shipment_line=line.line,
        uom=line.uom, per_uom=line.per_uom, lot=line.lot, is_kit=bool(line.parent_item),
    )  # fmt: skip


def of_event(event: BillableEvent) -> Billable:
    """Goods or services that pass to the customer with an event of their own."""
    qty = event.qty or 1
    net = qty * event.price if event.price is not None else event.charge_amount or 0
    return Billable(
        customer=event.customer, day=event.day, at=event.at, item=event.item, qty=qty, net=net,
        currency=event.currency, clock=OF_EVENT[event.kind],
        kind="item" if event.kind in GOODS else "service",
        order_id=event.order_id, order_line=event.order_line, shipment_id=event.shipment_id,
        event_id=event.event_id, report=event.report,
    )  # fmt: skip


def of_charge(event: BillableEvent) -> Billable:
    return Billable(
        customer=event.customer, day=event.day, at=event.at, item="", qty=1,
        net=event.charge_amount or 0, currency=event.currency, clock=Clock(120, 0),
        kind=KIND_OF_CHARGE[event.kind], order_id=event.order_id, shipment_id=event.shipment_id,
        event_id=event.event_id,
    )  # fmt: skip


def of_order(line: OrderLine, net: int, day: date) -> Billable:
    """Goods billed before they leave, as the policy of this customer allows."""
    return Billable(
        customer=line.customer, day=day, at=line.ordered_at, item=line.item, qty=line.qty,
        net=net, currency=line.currency, clock=ON_SHIP, order_id=line.order_id,
        order_line=line.line, uom=line.uom, per_uom=line.per_uom, in_advance=True,
    )  # fmt: skip


def invoice_date(customer: Customer, day: date) -> date:
    """The customer's next invoice day, today included (ruling A16 says how they are named)."""
    named = [word.strip().lower() for word in customer.invoice_days.split(",")]
    while not (WEEKDAYS[day.weekday()] in named or str(day.day) in named):
        day += timedelta(days=1)
    return day


def bill_on(billable: Billable, customer: Customer, company: Company) -> date:
    """The next business day, or the invoice day of a customer who is billed collectively.

    Where the grace ends in the month of the trigger and the next business day lies in another, the
    invoice goes out in the evening of the day itself: it belongs into the month of the goods."""
    if customer.invoice_policy in COLLECTED:
        day = invoice_date(customer, billable.day)
        return day if company.is_business_day(day) else company.next_business_day(day)
    usual = company.next_business_day(billable.day)
    ends = billable.clock.ends(billable.at, company).astimezone(company.zone).date()
    crosses = (usual.year, usual.month) > (ends.year, ends.month)
    return billable.day if crosses and company.is_business_day(billable.day) else usual


def grace_ends(billable: Billable, customer: Customer, company: Company) -> datetime:
    """When an open line begins to count as unbilled: ruling D13 for collective invoices."""
    ends = billable.clock.ends(billable.at, company)
    if customer.invoice_policy not in COLLECTED:
        return ends
    day = invoice_date(customer, billable.day)
    closes = datetime.combine(day, time(23, 59), tzinfo=company.zone).astimezone(UTC)
    return max(ends, Clock(0, 24, billable.clock.business).ends(closes, company))


def tax_of(customer: Customer, percent: int) -> tuple[str, int]:
    """Tax code and per cent: what leaves the country is exempt."""
    return ("X0", 0) if customer.tax_exempt_until else (f"V{percent}", percent)
