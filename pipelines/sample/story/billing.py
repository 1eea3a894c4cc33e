"""Invoices by the next business day, the mistakes made on them, and the cash that follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from pipelines.sample.happenings import (
    Application,
    CashReceived,
    Invoice,
    InvoiceLine,
    OpenItem,
    OrderLine,
    Shipment,
    ShipmentLine,
)
from pipelines.sample.world.calendar import is_business_day, next_business_day
from pipelines.sample.world.company import Company

INVOICE_MINUTE, CASH_MINUTE = 9 * 60, 10 * 60 + 30


class Billing:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self.faults = company.faults
        self.unpaid: dict[str, Invoice] = {}
        self.waiting: list[tuple[date, Shipment]] = []
        self._cancelled: list[tuple[date, OrderLine]] = []
        self._pays_on: dict[str, date] = {}
        self._rng = rng
        company.listen(Shipment, self._hear_shipment)

    def _hear_shipment(self, shipment: Shipment) -> None:
        """Queues what left; a sample is never billed."""
        if shipment.kind == "sale":
            self.waiting.append((self._billing_day(shipment.day), shipment))
        else:
            self._remember_trap(shipment, "sample", "free of charge, nothing to bill")

    def hear(self, day: date, cancelled: list[OrderLine]) -> None:
        """A cancelled line is billed only by mistake."""
        for line in cancelled:
            claim = (line.customer, line.item)
            if self.faults.strikes("BILLED_NOT_SHIPPED", day=day, claim=claim):
                self._cancelled.append((next_business_day(day), line))
            else:
                self.faults.trap(
                    "cancelled", "cancelled before it shipped",
                    order_id=line.order_id, order_line=line.line,
                )  # fmt: skip

    def remember_open_at_the_end(self) -> None:
        for _, shipment in self.waiting:
            self._remember_trap(shipment, "inside grace", "shipped too late to be billed yet")

    def _remember_trap(self, shipment: Shipment, name: str, why: str) -> None:
        for line in shipment.lines:
            self.faults.trap(name, why, **_keys(shipment, line))

    def _billing_day(self, shipped: date) -> date:
        """Next business day; some days later now and then, but never into another month."""
        usual = next_business_day(shipped)
        if self._rng.random() >= self.company.parameters.money.late_invoice_share:
            return usual
        late = next_business_day(usual, steps=self._rng.randrange(1, 4))
        return late if late.month == shipped.month and late.day < 24 else usual

    def bill(self, day: date) -> None:
        if not is_business_day(day):
            return
        due = [shipment for bill_on, shipment in self.waiting if bill_on <= day]
        self.waiting = [entry for entry in self.waiting if entry[0] > day]
        mistaken = [line for bill_on, line in self._cancelled if bill_on <= day]
        self._cancelled = [entry for entry in self._cancelled if entry[0] > day]
        for position, shipment in enumerate(due):
            self._bill_shipment(day, INVOICE_MINUTE + min(position, 90), shipment)
        for line in mistaken:
            invoice_id = self.company.number("IN")
            billed = self._line(1, line.item, line.qty, line.price, (line.order_id, line.line))
            self._issue(day, INVOICE_MINUTE + 95, invoice_id, line.customer, (billed,))
            self.faults.plant(
                "BILLED_NOT_SHIPPED", billed.net, "the order was cancelled before it shipped",
                order_id=line.order_id, order_line=line.line,
                invoice_id=invoice_id, invoice_line=billed.line,
            )  # fmt: skip

    def _bill_shipment(self, day: date, minute: int, shipment: Shipment) -> None:
        named = self.company.customers[shipment.customer].names_shipment
        faults = self._faults(shipment) if named else {}
        invoice_id = ""
        lines: list[InvoiceLine] = []
        for line in shipment.lines:
            fault = faults.get(line.line, "")
            if fault == "UNBILLED":
                self.faults.plant(
                    fault, line.qty * line.price, "shipped, never billed", **_keys(shipment, line)
                )
                continue
            invoice_id = invoice_id or self.company.number("IN")
            billed = self._billed(len(lines) + 1, line, fault)
            if named:
                billed = replace(
                    billed, shipment_id=shipment.shipment_id, shipment_line=str(line.line)
                )
            lines.append(billed)
            if fault:
                self._plant_billed_wrong(fault, shipment, line, billed, invoice_id)
        if lines:
            self._issue(day, minute, invoice_id, shipment.customer, tuple(lines))

    def _faults(self, shipment: Shipment) -> dict[int, str]:
        """The fault of each line of a shipment, by line number; lines without one are absent."""
        chosen = {}
        for line in shipment.lines:
            claim = (shipment.customer, line.item)
            for code, possible in (
                ("UNBILLED", True),
                ("UNDER_PRICED", line.price >= 100),
                ("QTY_SHORT_BILLED", line.qty >= 2),
                ("QTY_OVER_BILLED", True),
            ):
                if possible and self.faults.strikes(code, day=shipment.day, claim=claim):
                    chosen[line.line] = code
                    break
        return chosen

    def _plant_billed_wrong(
        self, fault: str, shipment: Shipment, line: ShipmentLine, billed: InvoiceLine, invoice: str
    ) -> None:
        exposure = (
            (line.price - billed.price) * line.qty
            if fault == "UNDER_PRICED"
            else abs(billed.qty - line.qty) * line.price
        )
        note = (
            f"{billed.qty} billed at {billed.price / 100:.2f}, "
            f"{line.qty} shipped at {line.price / 100:.2f}"
        )
        self.faults.plant(
            fault, exposure, note, invoice_id=invoice, invoice_line=billed.line,
            **_keys(shipment, line),
        )  # fmt: skip

    def _billed(self, number: int, line: ShipmentLine, fault: str) -> InvoiceLine:
        qty, price = line.qty, line.price
        if fault == "UNDER_PRICED":
            price = price * self.faults.rng(fault).randrange(85, 97) // 100
        elif fault:
            part = max(1, qty * self.faults.rng(fault).randrange(8, 35) // 100)
            qty = qty + part if fault == "QTY_OVER_BILLED" else qty - part
        return self._line(number, line.item, qty, price, (line.order_id, line.order_line))

    def _line(
        self, number: int, item: str, qty: int, price: int, order: tuple[str, int]
    ) -> InvoiceLine:
        net = qty * price
        tax = (net * self.company.parameters.money.tax_percent + 50) // 100
        return InvoiceLine(number, item, qty, price, net, tax, *order)

    def _issue(
        self, day: date, minute: int, invoice_id: str, customer: str, lines: tuple[InvoiceLine, ...]
    ) -> None:
        buyer = self.company.customers[customer]
        at = self.company.moment(day, minute)
        due = day + timedelta(days=buyer.terms_days)
        reference = f"{customer}/{lines[0].order_id[2:]}"
        invoice = Invoice(invoice_id, customer, day, at, due, reference, lines, "sent", at)
        self.company.tell(invoice)
        self.unpaid[invoice_id] = invoice
        weights = self.company.parameters.money.days_late_weights
        drawn = self._rng.choices(range(-4, len(weights) - 4), weights)[0]
        late = max(-10, buyer.pays_late_by + drawn)
        self._pays_on[invoice_id] = next_business_day(due + timedelta(days=late - 1))

    def collect(self, day: date) -> None:
        """A customer pays all that is due for payment today in one transfer."""
        by_customer: dict[str, list[Invoice]] = {}
        for invoice in self.unpaid.values():
            if self._pays_on[invoice.invoice_id] <= day:
                by_customer.setdefault(invoice.customer, []).append(invoice)
        at = self.company.moment(day, CASH_MINUTE)
        for customer, invoices in by_customer.items():
            applied = tuple(Application(invoice.invoice_id, invoice.gross) for invoice in invoices)
            amount = sum(part.applied for part in applied)
            number = self.company.number("CR")
            receipt = CashReceived(number, customer, day, at, amount, applied)
            self.company.tell(receipt)
            for invoice in invoices:
                self.company.tell(replace(invoice, status="paid", changed_at=at))
                del self.unpaid[invoice.invoice_id]

    def receivables(self) -> tuple[OpenItem, ...]:
        return tuple(
            OpenItem(i.invoice_id, i.customer, i.day, i.due, i.gross, i.gross)
            for i in self.unpaid.values()
        )


def _keys(shipment: Shipment, line: ShipmentLine) -> dict[str, object]:
    return {
        "order_id": line.order_id,
        "order_line": line.order_line,
        "shipment_id": shipment.shipment_id,
        "shipment_line": line.line,
    }
