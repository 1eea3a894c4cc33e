"""Entries between us and customers' goods: control passes, invoices and credits are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.sample.happenings import (
    BillableEvent,
    Delivered,
    DeliveryFailed,
    Entry,
    Invoice,
    InvoiceLine,
    Shipment,
    ShipmentLine,
)
from pipelines.sample.story.postings.sums import Facts, Held, Key, converted, pair

if TYPE_CHECKING:
    from pipelines.sample.story.accounting import Accounting

AT_DELIVERY = ("destination", "DAP", "DPU", "DDP")
# Shipments of which another document tells all that the ledger wants to know.
ELSEWHERE = ("transfer", "rtv", "dropship", "billhold_release")
FREE = {"sample": "MARKETING_EXP"}
EVENTS = {
    "consumption": ("E44", "INV_CONSIGN"),
    "bill_hold": ("E25", "INV"),
    "dropship_ship": ("E47", "GRIR"),
}
ROLE_OF_LINE = {
    "item": "REVENUE",
    "service": "REVENUE",
    "adjustment": "REVENUE",
    "discount": "REVENUE",
    "freight": "FREIGHT_REV",
    "surcharge": "SURCHARGE_REV",
    "handling": "SURCHARGE_REV",
    "hazmat": "SURCHARGE_REV",
    "fee": "SURCHARGE_REV",
    "rounding": "ROUNDING",
    "deposit": "DEFERRED_REV",
    "tax": "TAX_PAYABLE",
    "write_off": "WRITE_OFF",
    "brought_forward": "EQUITY",
}


class SalesPostings:
    """`unbilled`: sales in company currency by order line that passed control, less what was
    billed of it; negative where more was billed."""

    def __init__(self, accounting: Accounting) -> None:
        self.accounting = accounting
        self.on_the_road = Held()  # cost of goods that are ours until they are delivered
        self.unbilled: dict[Key, int] = {}
        self.deferred: dict[Key, int] = {}
        self._sales = Held()
        self._cost_to_bill = Held()
        self._rates: dict[Key, int] = {}
        self._shipped: set[str] = set()
        self._invoiced: set[str] = set()
        for kind, hears in (
            (Shipment, self._shipment),
            (Delivered, self._delivered),
            (DeliveryFailed, self._failed),
            (BillableEvent, self._event),
            (Invoice, self._invoice),
        ):
            accounting.company.listen(kind, hears)

    # --- goods ---------------------------------------------------------------------------------

    def _shipment(self, shipment: Shipment) -> None:
        known = shipment.shipment_id in self._shipped
        if known or not shipment.is_confirmed or shipment.kind in ELSEWHERE:
            return
        self._shipped.add(shipment.shipment_id)
        entries: list[Entry] = []
        for line in shipment.lines:
            entries += self._ship_line(shipment, line)
        source = ("INV", "shipment", shipment.shipment_id)
        self.accounting.post(shipment.day, source, entries)

    def _ship_line(self, shipment: Shipment, line: ShipmentLine) -> list[Entry]:
        facts = _facts(shipment, line)
        profile = self.accounting.profile
        if shipment.kind == "consignment":
            return self._consign(shipment, line, facts)
        if shipment.kind in ("sample", "warranty"):
            role = FREE.get(shipment.kind, "COGS")
            return pair(role, "INV", line.cost, qty=line.qty, **(facts | {"event": "E54"}))
        if shipment.fob in AT_DELIVERY:
            facts["event"] = "E20"
            key = (shipment.shipment_id, line.line)
            self.on_the_road.put(key, line.qty, line.cost)
            self._sales.put(key, line.qty, line.sales)
            self._remember_cost(line)
            return pair(profile.sent, "INV", line.cost, qty=line.qty, **facts)
        facts["event"] = "E19"
        self._remember_cost(line)
        role = "INV_INTERIM" if profile.cost == "invoice" else "COGS"
        entries = pair(role, "INV", line.cost, qty=line.qty, **facts)
        key = (line.order_id, line.order_line)
        entries += self._earn(key, line.sales, line.billable_qty, shipment.fx_rate, facts)
        return entries + self._reserve(line.cost, line.sales, shipment.fx_rate, facts)

    def _remember_cost(self, line: ShipmentLine) -> None:
        key = (line.order_id, line.order_line)
        self._cost_to_bill.put(key, line.billable_qty, line.cost)

    def _consign(self, shipment: Shipment, line: ShipmentLine, facts: Facts) -> list[Entry]:
        """E43: ours still, at the customer's site, at the value it left with."""
        site = shipment.to_location or shipment.ship_to
        value = line.cost or self.accounting.company.worth_in_place(line.item, line.qty)
        self.accounting.consigned.put((site, line.item), line.qty, value)
        facts["event"] = "E43"
        entries = pair("INV_CONSIGN", "INV", value, qty=line.qty, **(facts | {"location": site}))
        return [
            Entry(e.role, e.amount, qty=e.qty, **facts) if e.role == "INV" else e for e in entries
        ]

    def _earn(self, key: Key, sales: int, qty: int, fx_rate: int, facts: Facts) -> list[Entry]:
        """Revenue where control passes; what was billed before goes out of the liability (E24)."""
        if not self.accounting.profile.earns_at_control or not sales:
            return []
        amount = converted(sales, fx_rate)
        self._rates[key] = fx_rate
        waiting = min(self.deferred.get(key, 0), amount)
        if waiting:
            self.deferred[key] -= waiting
        self.unbilled[key] = self.unbilled.get(key, 0) + amount - waiting
        return [
            *pair("DEFERRED_REV", "REVENUE", waiting, **facts),
            *pair("UNBILLED_AR", "REVENUE", amount - waiting, qty=qty, **facts),
        ]

    def _reserve(self, cost: int, sales: int, fx_rate: int, facts: Facts) -> list[Entry]:
        """E28: the share of a sale that is expected to come back."""
        rules = self.accounting.rules
        if not rules.returns_reserve or not self.accounting.profile.earns_at_control:
            return []
        facts = facts | {"event": "E28"}
        share = rules.expected_return_percent
        back = (converted(sales, fx_rate) * share + 50) // 100
        return [
            *pair("REVENUE", "REFUND_LIAB", back, **facts),
            *pair("RETURN_ASSET", "COGS", (cost * share + 50) // 100, **facts),
        ]

    def _delivered(self, told: Delivered) -> None:
        """E21: control passes to pieces that were ours on the road."""
        shipment, entries = told.shipment, list[Entry]()
        for line, qty in told.accepted:
            key = (shipment.shipment_id, line.line)
            if not told.passes_control or key not in self.on_the_road:
                continue
            facts = _facts(shipment, line) | {"event": "E21"}
            cost, sales = self.on_the_road.take(key, qty), self._sales.take(key, qty)
            if self.accounting.profile.cost == "control":
                entries += pair("COGS", "INV_TRANSIT", cost, qty=qty, **facts)
            order = (line.order_id, line.order_line)
            entries += self._earn(order, sales, qty, shipment.fx_rate, facts)
            entries += self._reserve(cost, sales, shipment.fx_rate, facts)
        self.accounting.post(told.day, ("INV", "shipment", shipment.shipment_id), entries)

    def _failed(self, told: DeliveryFailed) -> None:
        """E27: the carrier owes what it lost; what was refused is on its way back."""
        shipment, entries = told.shipment, list[Entry]()
        lost = told.kind == "lost"
        role = "CARRIER_CLAIM" if lost else self.accounting.refused_role
        for line, qty, _ in told.lines:
            key = (shipment.shipment_id, line.line)
            cost = self.on_the_road.take(key, qty)
            self._sales.take(key, qty)
            self._cost_to_bill.take((line.order_id, line.order_line), qty)
            facts = _facts(shipment, line) | {"event": "E27"}
            entries += pair(role, self.accounting.profile.sent, cost, qty=qty, **facts)
        self.accounting.post(told.day, ("INV", "shipment", shipment.shipment_id), entries)

    def _event(self, told: BillableEvent) -> None:
        """Control passes without a shipment of ours: consumption, bill-and-hold, drop-ship."""
        if told.kind not in EVENTS:
            return
        event, stock = EVENTS[told.kind]
        facts: Facts = {"item": told.item, "location": told.location, "event": event}
        whom: Facts = {"party": told.customer, "party_role": "customer"}
        qty, cost = told.qty or 0, told.stock_cost
        value = cost
        if stock == "INV_CONSIGN":
            value = self.accounting.consigned.take((told.location, told.item), qty)
        if stock == "GRIR":
            whom = {"party": told.supplier, "party_role": "supplier"}
        entries = pair("COGS", stock, value, qty=qty, **facts, **whom)
        entries += pair("COGS", "INV", cost - value, **facts)
        sales = qty * (told.price or 0)
        whom = {"party": told.customer, "party_role": "customer"}
        key = (told.order_id, told.order_line) if told.order_id else ("event", told.event_id)
        entries += self._earn(key, sales, qty, told.fx_rate, facts | whom)
        source = ("INV", "movement", told.event_id)
        self.accounting.post(told.day, source, entries)

    # --- documents -----------------------------------------------------------------------------

    def _invoice(self, invoice: Invoice) -> None:
        """E23, E24, E30; later versions of what is booked already say nothing new."""
        if invoice.status != "sent" or invoice.invoice_id in self._invoiced:
            return
        self._invoiced.add(invoice.invoice_id)
        day = invoice.posted or invoice.day
        is_credit = invoice.kind == "credit_memo"
        entries: list[Entry] = []
        for line in invoice.lines:
            entries += self._invoice_line(invoice, line)
        whom: Facts = {"party": invoice.customer, "party_role": "customer"}
        event = "E30" if is_credit else "E23"
        tax = converted(invoice.tax, invoice.fx_rate)
        if tax:
            entries.append(Entry("TAX_PAYABLE", -tax, **whom, event=event))
        gross = converted(invoice.gross, invoice.fx_rate)
        rest = -gross - sum(entry.amount for entry in entries)
        if rest:
            entries.append(Entry("ROUNDING", rest, **whom, event=event))
        owed = Entry(
            "AR", gross, amount_doc=invoice.gross, currency_doc=invoice.currency, event=event,
            **whom,
        )  # fmt: skip
        self.accounting.receivables.bill(invoice)
        source = ("AR", "credit_memo" if is_credit else "invoice", invoice.invoice_id)
        self.accounting.post(day, source, [owed, *entries], document_day=invoice.day)

    def _invoice_line(self, invoice: Invoice, line: InvoiceLine) -> list[Entry]:
        is_credit = invoice.kind == "credit_memo"
        facts: Facts = {
            "doc_line": str(line.line),
            "item": line.item,
            "party": invoice.customer,
            "party_role": "customer",
            "event": "E30" if is_credit else "E23",
        }
        amount = converted(line.net, invoice.fx_rate)
        role = ROLE_OF_LINE[line.kind]
        if is_credit and role == "REVENUE" and line.kind in ("item", "service"):
            role = "REFUND_LIAB" if self.accounting.rules.returns_reserve else "SALES_RETURNS"
            return [Entry(role, -amount, qty=-line.qty, **facts)] if amount else []
        if line.kind != "item" or is_credit:
            return [Entry(role, -amount, **facts)] if amount else []
        if not self.accounting.profile.earns_at_control:
            sale = [Entry("REVENUE", -amount, qty=-line.qty, **facts)] if amount else []
            return sale + self._cost_of(line, facts)
        return self._bill_goods(invoice, line, facts)

    def _bill_goods(self, invoice: Invoice, line: InvoiceLine, facts: Facts) -> list[Entry]:
        """The invoice clears the receivable at the rate it arose with; a leak stays in it (E4)."""
        key: Key = (line.order_id, line.order_line)
        if key not in self._rates and line.billable_event_id:
            key = ("event", line.billable_event_id)
        amount = converted(line.net, invoice.fx_rate)
        if key not in self._rates:  # billed before control passed
            self.deferred[key] = self.deferred.get(key, 0) + amount
            facts["event"] = "E24"
            return [Entry("DEFERRED_REV", -amount, qty=-line.qty, **facts)] if amount else []
        cleared = converted(line.net, self._rates[key])
        self.unbilled[key] = self.unbilled.get(key, 0) - cleared
        entries = [Entry("UNBILLED_AR", -cleared, qty=-line.qty, **facts)] if cleared else []
        if amount != cleared:
            entries.append(Entry("FX_GAIN_LOSS", cleared - amount, **facts))
        return entries

    def _cost_of(self, line: InvoiceLine, facts: Facts) -> list[Entry]:
        """Cost that waits for the invoice, or is turned round and booked anew with it."""
        profile = self.accounting.profile
        cost = self._cost_to_bill.take((line.order_id, line.order_line), line.qty)
        if profile.cost == "invoice":
            return pair("COGS", "INV_INTERIM", cost, qty=line.qty, **facts)
        if profile.rebooks_at_invoice:
            physical = pair("INV", "COGS", cost, qty=line.qty, **facts)
            return [*physical, *pair("COGS", "INV", cost, qty=line.qty, **facts)]
        return []


def _facts(shipment: Shipment, line: ShipmentLine) -> Facts:
    return {
        "doc_line": str(line.line),
        "item": line.item,
        "location": line.location or shipment.location,
        "party": shipment.customer,
        "party_role": "customer",
    }
