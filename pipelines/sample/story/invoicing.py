"""Invoices: what triggers them, when they go out, and how a customer wants them grouped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from pipelines.sample.happenings import (
    BillableEvent,
    Delivered,
    Invoice,
    InvoiceLine,
    OrderLine,
    Shipment,
)
from pipelines.sample.story import billables
from pipelines.sample.story.billables import Billable, tax_of
from pipelines.sample.story.charging import Charging
from pipelines.sample.story.misbilling import Misbilling, Mistakes
from pipelines.sample.story.readiness import Readiness
from pipelines.sample.world.catalogue_kinds import Customer
from pipelines.sample.world.company import Company

# The monthly run begins half an hour after midnight: by its UTC stamp it is a day of last month.
MIDNIGHT, MORNING, EVENING = 30, 9 * 60, 18 * 60 + 30
ROUNDED_TO = {"CHF": 5}  # cents of cash in a currency without small coins
ENDED = ("shipped", "closed", "cancelled")
Key = tuple[str, str]


@dataclass(slots=True)
class HeldOrder:
    """An order of a customer who takes no part invoices: its open lines, and what has left."""

    open_lines: set[int] = field(default_factory=set)
    left: list[Billable] = field(default_factory=list)


class Invoicing:
    """`billed` says for each shipment line or event with which invoice it went out."""

    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self.faults = company.faults
        self.readiness = Readiness(company)
        self.charging = Charging(company)
        self.misbilling = Misbilling(company)
        self.billed: dict[Key, str] = {}
        self.pre_billed: dict[tuple[str, int], str] = {}
        self.waiting: defaultdict[date, list[Billable]] = defaultdict(list)
        self._held: dict[str, HeldOrder] = {}
        self._advance: defaultdict[date, list[OrderLine]] = defaultdict(list)
        self._seen: set[Key] = set()
        self._orders: dict[tuple[str, int], OrderLine] = {}
        self._rng = rng
        company.listen(OrderLine, self._hear_order)
        company.listen(Shipment, self._hear_shipment)
        company.listen(Delivered, self._hear_delivery)
        company.listen(BillableEvent, self._hear_event)

    def _hear_order(self, line: OrderLine) -> None:
        customer = self.company.customers.get(line.customer)
        key = (line.order_id, line.line)
        is_new = key not in self._orders
        self._orders[key] = line
        if customer is None or line.kind != "standard":
            return
        if customer.pre_billed and is_new and line.price:
            self._advance[self._local_day(line.ordered_at)].append(line)
        if customer.partial_billing == "hold_until_complete":
            held = self._held.setdefault(line.order_id, HeldOrder())
            if line.status in ENDED:
                held.open_lines.discard(line.line)
            else:
                held.open_lines.add(line.line)

    def _hear_shipment(self, shipment: Shipment) -> None:
        """Goods sold on shipment; a customer who must sign, or to whom we deliver free, waits."""
        is_sale = shipment.kind == "sale" and shipment.order_kind == "standard"
        if not (is_sale and shipment.is_confirmed and self._is_new("", shipment.shipment_id)):
            return
        customer = self.company.customers.get(shipment.customer)
        if customer is None or waits_for_delivery(shipment, customer):
            return
        assert shipment.at is not None
        self._perhaps_another_period(shipment, customer)
        for line in shipment.lines:
            if line.billable_qty and line.sales:
                self._trigger(
                    billables.of_shipment_line(
                        shipment, line, shipment.day, shipment.at, billables.ON_SHIP
                    ),
                    customer,
                )

    def _hear_delivery(self, delivered: Delivered) -> None:
        shipment = delivered.shipment
        customer = self.company.customers.get(shipment.customer)
        if (
            customer is None
            or shipment.kind != "sale"
            or not waits_for_delivery(shipment, customer)
            or (customer.pod_required and not delivered.signed)
        ):
            return
        for line, accepted in delivered.accepted:
            is_new = self._is_new(shipment.shipment_id, str(line.line))
            if is_new and accepted and line.billable_qty and line.sales:
                billable = billables.of_shipment_line(
                    shipment, line, delivered.day, delivered.at, billables.ON_DELIVERY, accepted
                )
                self._trigger(billable, customer)

    def _hear_event(self, event: BillableEvent) -> None:
        customer = self.company.customers.get(event.customer)
        if customer is None or not event.rated or not self._is_new("event", event.event_id):
            return
        if event.kind in billables.OF_EVENT:
            self._trigger(billables.of_event(event), customer)
            return
        charge = billables.of_charge(event)
        if charge.net and not self.charging.wait_for_goods(charge):
            self.waiting[self.company.next_business_day(event.day)].append(charge)

    def _is_new(self, *key: str) -> bool:
        if key in self._seen:
            return False
        self._seen.add((key[0], key[1]))
        return True

    def _trigger(self, billable: Billable, customer: Customer) -> None:
        """Puts a line where it waits: for its order, for what blocks it, or for its day."""
        order = self._orders.get(billable.order)
        if order is not None and order.per_uom > 1 and not billable.is_kit:
            # Billed as ordered, in cases, though pieces left.
            billable = replace(billable, uom=order.uom, per_uom=order.per_uom)
        if billable.order in self.pre_billed and not billable.event_id:
            self.billed[billable.key] = self.pre_billed[billable.order]
            return
        if self.readiness.blocks(billable, customer):
            return
        held = self._held.get(billable.order_id)
        if held is not None and not billable.event_id:
            held.left.append(billable)
            return
        day = billables.bill_on(billable, customer, self.company)
        self.waiting[self._perhaps_late(billable, customer, day)].append(billable)

    def _perhaps_late(self, billable: Billable, customer: Customer, usual: date) -> date:
        """Some shipments are billed some days later, but never into another month."""
        if customer.invoice_policy != "per_shipment" or not billable.clock.business:
            return usual
        if billable.shipment_id in self.misbilling.late:
            return self.misbilling.late[billable.shipment_id]
        chance = Random(f"{self.company.seed}/late/{billable.shipment_id}")
        if chance.random() >= self.company.parameters.money.late_invoice_share:
            return usual
        late = self.company.next_business_day(usual, steps=chance.randrange(1, 4))
        return late if late.month == billable.day.month and late.day < 24 else usual

    def _perhaps_another_period(self, shipment: Shipment, customer: Customer) -> None:
        """A small shipment lies until the month after: its revenue and its invoice part ways."""
        day = shipment.day
        claims = [("sale", customer.code, line.billed_item) for line in shipment.lines]
        ordinary = (
            customer.invoice_policy == "per_shipment"
            and customer.partial_billing == "allowed"
            and customer.names_shipment
            and not customer.pre_billed
            and len(shipment.lines) <= 2
            and all(line.sales and not line.parent_item for line in shipment.lines)
            and day.day <= 24
            and day.month < self.company.parameters.last_day.month
        )
        if not ordinary or any(self.faults.is_claimed(*claim) for claim in claims):
            return
        if self.faults.strikes("INVOICE_WRONG_PERIOD", day=day):
            for claim in claims:
                self.faults.claim(*claim)
            next_month = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
            steps = self.faults.rng("INVOICE_WRONG_PERIOD").randrange(2, 5)
            self.misbilling.late[shipment.shipment_id] = self.company.next_business_day(
                next_month, steps=steps
            )

    def order_line(self, key: tuple[str, int]) -> OrderLine:
        """The latest version of it."""
        return self._orders[key]

    def due_today(self, day: date) -> list[list[Billable]]:
        """What goes out today, one list per invoice, as each customer wants it."""
        if not self.company.is_business_day(day):
            return []
        self._release_complete(day)
        groups: dict[tuple[str, ...], list[Billable]] = {}
        for due in sorted(due for due in self.waiting if due <= day):
            for billable in self.waiting.pop(due):
                customer = self.company.customers[billable.customer]
                key = (customer.code, billable.currency, *_group_of(billable, customer))
                groups.setdefault(key, []).append(billable)
        for lines in self._in_advance(day):
            groups[lines[0].customer, "in advance", lines[0].order_id] = lines
        return list(groups.values())

    def _release_complete(self, day: date) -> None:
        for order_id in [key for key, held in self._held.items() if not held.open_lines]:
            held = self._held.pop(order_id)
            at = self.company.moment(day, MORNING)
            for billable in held.left:
                late = replace(billable, day=day, at=max(billable.at, at - timedelta(hours=24)))
                self.waiting[self.company.next_business_day(day)].append(late)

    def incomplete_orders(self) -> set[str]:
        """Of customers who take no part invoices."""
        return {order_id for order_id, held in self._held.items() if held.open_lines}

    def still_held(self) -> list[Billable]:
        return [billable for held in self._held.values() for billable in held.left]

    def _in_advance(self, day: date) -> Iterable[list[Billable]]:
        """Orders whose goods lie ready for a customer who is billed before they leave."""
        by_order: dict[str, list[Billable]] = {}
        for told in self._advance.pop(day, []):
            line = self._orders[told.order_id, told.line]
            stock = self.company.stock
            ready = sum(
                stock.level(line.location, line.item, state) for state in ("ON_HAND", "RESERVED")
            )
            if line.status == "open" and ready >= line.qty and not line.free_reason:
                net = line.qty * line.price * (100 - line.discount_percent) // 100
                by_order.setdefault(line.order_id, []).append(billables.of_order(line, net, day))
        return by_order.values()

    def write(
        self, day: date, position: int, lines: list[Billable]
    ) -> tuple[Invoice, Mistakes] | None:
        """One invoice, with the mistakes made on it; None where all of it was forgotten."""
        customer = self.company.customers[lines[0].customer]
        lines = self.charging.with_charges(lines, day)
        mistakes = self.misbilling.draw(lines, customer, day)
        kept = [line for line in lines if mistakes.of(line) != "UNBILLED"]
        if not kept:
            self.misbilling.plant(mistakes, lines, "", {}, day)
            return None
        invoice_id = self.company.number("IN")
        numbered = {
            billable.key: self._line(number, billable, mistakes, customer)
            for number, billable in enumerate(
                (b for b in kept if mistakes.of(b) != "MISSED_CHARGE"), start=1
            )
        }
        if not numbered:
            self.misbilling.plant(mistakes, lines, "", {}, day)
            return None
        for billable in kept:
            if billable.key in numbered:
                self.billed[billable.key] = invoice_id
                if billable.in_advance:
                    self.pre_billed[billable.order] = invoice_id
        self.misbilling.plant(mistakes, lines, invoice_id, numbered, day)
        billed = tuple(numbered.values())
        billed += self._rounding(billed, lines[0].currency)
        invoice = self.issue(day, position, customer, billed, lines, invoice_id)
        return invoice, mistakes

    def _rounding(self, lines: tuple[InvoiceLine, ...], currency: str) -> tuple[InvoiceLine, ...]:
        """The line that brings an invoice to what can be paid in coins."""
        step = ROUNDED_TO.get(currency, 1)
        gross = sum(line.net + line.tax for line in lines)
        missing = (gross + step // 2) // step * step - gross
        if not missing:
            return ()
        return (
            InvoiceLine(
                len(lines) + 1, "", 1, missing, missing, 0, kind="rounding", tax_code="X0",
                description="rounded to the coin",
            ),
        )  # fmt: skip

    def issue(
        self, day: date, position: int, customer: Customer, lines: tuple[InvoiceLine, ...],
        behind: list[Billable], invoice_id: str,
    ) -> Invoice:  # fmt: skip
        currency = behind[0].currency
        minute = MIDNIGHT if customer.invoice_policy == "monthly" else MORNING
        if any(billable.day == day for billable in behind):
            minute = EVENING
        at = self.company.moment(day, minute + min(position, 90))
        goods = sum(line.net + line.tax for line in lines)
        discount = max(0, goods * customer.discount_percent // 100)
        until = day + timedelta(days=customer.discount_days)
        return Invoice(
            invoice_id, customer.code, day, at, day + timedelta(days=customer.terms_days),
            self._reference(behind), lines, "sent", at, currency=currency,
            fx_rate=self.company.exchange.rate(currency, day), terms=customer.terms,
            discount_until=until if customer.discount_percent else None,
            discount=discount if customer.discount_percent else 0,
        )  # fmt: skip

    def _reference(self, behind: list[Billable]) -> str:
        """The customer's own number, where all lines come from one order."""
        orders = {billable.order_id for billable in behind if billable.order_id}
        if len(orders) != 1:
            return ""
        first = next(billable for billable in behind if billable.order_id)
        line = self._orders.get(first.order)
        return line.purchase_reference if line else ""

    def _line(
        self, number: int, billable: Billable, mistakes: Mistakes, customer: Customer
    ) -> InvoiceLine:
        qty, price, net = self.misbilling.figures(billable, mistakes)
        tax_code, percent = tax_of(customer, self.company.parameters.money.tax_percent)
        order = self._orders.get(billable.order)
        named = customer.names_shipment or billable.kind != "item"
        by_piece = bills_by_piece(customer)
        return InvoiceLine(
            number, billable.item, qty, price, net, (2 * net * percent + 100) // 200,
            billable.order_id, billable.order_line,
            shipment_id=billable.shipment_id if named else "",
            shipment_line=str(billable.shipment_line) if named and billable.shipment_line else "",
            kind=billable.kind, billable_event_id=billable.event_id, tax_code=tax_code,
            uom="EA" if by_piece else billable.uom, per_uom=1 if by_piece else billable.per_uom,
            price_source=self.misbilling.source(billable, mistakes, order),
            manual_price=mistakes.of(billable) in ("UNDER_PRICED", "OVER_PRICED"),
            lot=billable.lot, in_advance=billable.in_advance,
        )  # fmt: skip

    def _local_day(self, at: datetime) -> date:
        return at.astimezone(self.company.zone).date()


def waits_for_delivery(shipment: Shipment, customer: Customer) -> bool:
    return customer.pod_required or shipment.fob == "destination"


def bills_by_piece(customer: Customer) -> bool:
    """Every second customer finds cases as pieces on the invoice."""
    return int(customer.code[1:]) % 2 == 0


def _group_of(billable: Billable, customer: Customer) -> tuple[str, ...]:
    """What shares an invoice."""
    if customer.invoice_policy in ("daily", "weekly", "monthly"):
        return ()
    if customer.invoice_policy == "per_order":
        return (billable.order_id,)
    return (billable.shipment_id or billable.report or billable.event_id,)
