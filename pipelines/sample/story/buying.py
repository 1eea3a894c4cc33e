"""Replenishment by a planner who watches the shelf: purchase orders, receipts, supplier invoices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from pipelines.sample.happenings import (
    GoodsReceived,
    OpenItem,
    PurchaseLine,
    ReceiptLine,
    SupplierInvoice,
    SupplierInvoiceLine,
    SupplierPaid,
)
from pipelines.sample.world.calendar import is_business_day, next_business_day
from pipelines.sample.world.catalogue_kinds import Item, Location, Supplier
from pipelines.sample.world.company import Company

RECEIPT_MINUTE, ORDER_MINUTE, INVOICE_MINUTE, PAYMENT_MINUTE = 6 * 60, 18 * 60, 11 * 60, 15 * 60
SMOOTHING = 0.03


@dataclass(slots=True)
class Arrival:
    """Part of a purchase order line that is on its way; the last part closes the line."""

    due: date
    purchase: PurchaseLine
    qty: int
    is_last: bool


class Buying:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self.faults = company.faults
        self.unpaid: dict[str, SupplierInvoice] = {}
        self.not_capitalised: dict[tuple[str, str], int] = {}
        self._arrivals: list[Arrival] = []
        self._to_be_invoiced: list[tuple[date, GoodsReceived]] = []
        self._daily: dict[tuple[str, str], float] = {}
        self._rng = rng

    # --- planning ----------------------------------------------------------------------------

    def open_the_year(self, day: date, expected_daily: dict[tuple[str, str], float]) -> None:
        """Opening stock covers the first weeks; it is the balance the books start with."""
        self._daily = dict(expected_daily)
        cover = self.company.parameters.supply.opening_cover_days
        at = self.company.moment(day, RECEIPT_MINUTE)
        for location in self.company.warehouses:
            for item in self.company.bought:
                qty = round(self._daily[location.code, item.code] * cover)
                if item.launch or qty == 0:
                    continue
                qty = _rounded_up(qty, item.order_multiple)
                self.company.cost.receive(item.code, qty, qty * item.cost)
                self.company.move(
                    "E00", at, day, item=item.code, location=location.code, qty=qty,
                    unit_cost=item.cost, ext_cost=qty * item.cost,
                )  # fmt: skip

    def learn(self, day: date, demand: dict[tuple[date, str, str], int]) -> None:
        """The planner's idea of daily demand: exponential smoothing over calendar days."""
        for (location, item), mean in self._daily.items():
            seen = demand.get((day, location, item), 0)
            self._daily[location, item] = mean + SMOOTHING * (seen - mean)

    def review(self, day: date, back_orders: dict[tuple[str, str], int]) -> None:
        if day.weekday() not in self.company.parameters.supply.review_weekdays:
            return
        on_order: dict[tuple[str, str], int] = {}
        for arrival in self._arrivals:
            key = (arrival.purchase.location, arrival.purchase.item)
            on_order[key] = on_order.get(key, 0) + arrival.qty
        for location in self.company.warehouses:
            for supplier in self.company.catalogue.suppliers:
                self._order(day, location, supplier, on_order, back_orders)

    def _order(
        self, day: date, location: Location, supplier: Supplier,
        on_order: dict[tuple[str, str], int], back_orders: dict[tuple[str, str], int],
    ) -> None:  # fmt: skip
        wanted = []
        for item in self.company.bought:
            if item.supplier is supplier and self._is_stocked(item, day):
                key = (location.code, item.code)
                position = self.company.stock.in_building[key] + on_order.get(key, 0)
                qty = self._order_qty(item, key, position - back_orders.get(key, 0))
                if qty:
                    wanted.append((item, qty))
        if not wanted:
            return
        po_id = self.company.number("PO")
        at = self.company.moment(day, ORDER_MINUTE)
        spread = supplier.lead_spread
        lead = max(2, supplier.lead_days + self._rng.randrange(-spread, 2 * spread + 1))
        promised = next_business_day(day + timedelta(days=supplier.lead_days - 1))
        arrives = next_business_day(day + timedelta(days=lead - 1))
        for position, (item, qty) in enumerate(wanted, start=1):
            purchase = PurchaseLine(
                po_id, position, supplier.code, location.code, item.code, day, promised, qty,
                self._purchase_price(item, day), "open", at, confirmed_at=at,
            )  # fmt: skip
            self.company.tell(purchase)
            self.company.move(
                "E01", at, day, item=item.code, location=location.code, qty=qty,
                enters_owner=supplier.code, doc_type="PO", doc_id=po_id, doc_line=str(position),
            )  # fmt: skip
            self._arrivals.extend(self._parts(purchase, arrives))

    def _is_stocked(self, item: Item, day: date) -> bool:
        return item.launch is None or day >= item.launch - timedelta(days=35)

    def _order_qty(self, item: Item, key: tuple[str, str], position: int) -> int:
        supply = self.company.parameters.supply
        daily = self._daily[key]
        protected = item.supplier.lead_days + supply.safety_days
        if position > daily * protected:
            return 0
        short = daily * (protected + supply.order_cover_days) - position
        return _rounded_up(max(1, round(short)), item.order_multiple)

    def _purchase_price(self, item: Item, day: date) -> int:
        drift = self.company.parameters.supply.purchase_price_drift
        year_share = (day - self.company.parameters.first_day).days / 365
        return round(item.cost * (1 + drift * year_share))

    def _parts(self, purchase: PurchaseLine, arrives: date) -> list[Arrival]:
        share = self.company.parameters.supply.split_receipt_share
        first = purchase.qty * 3 // 5
        if first == 0 or self._rng.random() >= share:
            return [Arrival(arrives, purchase, purchase.qty, True)]
        later = next_business_day(arrives, steps=4)
        return [
            Arrival(arrives, purchase, first, False),
            Arrival(later, purchase, purchase.qty - first, True),
        ]

    # --- goods, bills and payments -------------------------------------------------------------

    def receive(self, day: date) -> None:
        if not is_business_day(day):
            return
        arrived: dict[str, list[Arrival]] = {}
        for arrival in self._arrivals:
            if arrival.due <= day:
                arrived.setdefault(arrival.purchase.po_id, []).append(arrival)
        self._arrivals = [arrival for arrival in self._arrivals if arrival.due > day]
        for position, parts in enumerate(arrived.values()):
            self._receive_delivery(day, RECEIPT_MINUTE + 4 * min(position, 10), parts)

    def _receive_delivery(self, day: date, minute: int, parts: list[Arrival]) -> None:
        receipt_id = self.company.number("GR")
        at, putaway_at = (self.company.moment(day, minute + wait) for wait in (0, 50))
        lines = []
        for number, part in enumerate(parts, start=1):
            plain = ReceiptLine(number, part.purchase, part.qty, True)
            missed = self._misses_the_ledger(day, plain)
            line = replace(plain, posted=not missed)
            self._put_away(receipt_id, line, day, at, putaway_at)
            if missed:
                self.faults.plant(
                    "RECEIPT_NOT_CAPITALISED", line.value, "received, no journal",
                    receipt_id=receipt_id, receipt_line=line.line,
                )  # fmt: skip
                key = (part.purchase.location, part.purchase.item)
                self.not_capitalised[key] = self.not_capitalised.get(key, 0) + line.qty
            self.company.tell(part.purchase.changed("received" if part.is_last else "partial", at))
            lines.append(line)
        first = parts[0].purchase
        receipt = GoodsReceived(
            receipt_id, first.supplier, first.location, day, at, putaway_at, tuple(lines)
        )
        self.company.tell(receipt)
        fewest, most = self.company.parameters.supply.supplier_invoice_days
        bill_on = next_business_day(day, steps=self._rng.randrange(fewest, most + 1))
        if any(line.posted for line in lines):
            self._to_be_invoiced.append((bill_on, receipt))

    def _misses_the_ledger(self, day: date, line: ReceiptLine) -> bool:
        """Late in the year, so that the missing value is still there at the end of it."""
        last = self.company.parameters.last_day
        if not last - timedelta(days=45) <= day <= last - timedelta(days=10):
            return False
        return line.value >= 20_000 and self.faults.strikes("RECEIPT_NOT_CAPITALISED")

    def _put_away(
        self, receipt_id: str, line: ReceiptLine, day: date, at: datetime, putaway_at: datetime
    ) -> None:
        purchase = line.purchase
        self.company.cost.receive(purchase.item, line.qty, line.value)
        staged = self.company.locations[purchase.location].reserves
        facts: dict[str, Any] = {
            "item": purchase.item, "location": purchase.location, "qty": line.qty,
            "doc_type": "PO", "doc_id": purchase.po_id, "doc_line": str(purchase.line),
            "receipt_id": receipt_id, "receipt_line": str(line.line),
        }  # fmt: skip
        self.company.move(
            "E05", at, day, leaves_owner=purchase.supplier, shown_as="" if staged else "available",
            unit_cost=purchase.price, ext_cost=line.value, **facts,
        )  # fmt: skip
        self.company.move("E07", putaway_at, day, kind=None if staged else "", **facts)

    def take_supplier_invoices(self, day: date) -> None:
        due = [receipt for bill_on, receipt in self._to_be_invoiced if bill_on <= day]
        self._to_be_invoiced = [entry for entry in self._to_be_invoiced if entry[0] > day]
        terms = {
            supplier.code: supplier.terms_days for supplier in self.company.catalogue.suppliers
        }
        at = self.company.moment(day, INVOICE_MINUTE)
        for receipt in due:
            lines = tuple(
                SupplierInvoiceLine(
                    number, "item", line.value, line.purchase, receipt.receipt_id, line.line,
                    line.qty, line.purchase.price, accrued=line.value,
                )
                for number, line in enumerate((r for r in receipt.lines if r.posted), start=1)
            )  # fmt: skip
            net = sum(line.net for line in lines)
            tax = (net * self.company.parameters.money.tax_percent + 50) // 100
            number = self.company.number("SI")
            pays_until = day + timedelta(days=terms[receipt.supplier])
            invoice = SupplierInvoice(
                number, receipt.supplier, day, pays_until, lines, tax, "posted", at
            )
            self.company.tell(invoice)
            self.unpaid[number] = invoice

    def pay(self, day: date) -> None:
        """Every invoice on the first business day on or after its due date."""
        if not is_business_day(day):
            return
        at = self.company.moment(day, PAYMENT_MINUTE)
        for invoice in [invoice for invoice in self.unpaid.values() if invoice.due <= day]:
            number = self.company.number("PY")
            payment = SupplierPaid(
                number, invoice.supplier, day, at, invoice.invoice_id, invoice.gross
            )
            self.company.tell(payment)
            self.company.tell(replace(invoice, status="paid", changed_at=at))
            del self.unpaid[invoice.invoice_id]

    def payables(self) -> tuple[OpenItem, ...]:
        return tuple(
            OpenItem(i.invoice_id, i.supplier, i.day, i.due, -i.gross, -i.gross)
            for i in self.unpaid.values()
        )


def _rounded_up(qty: int, multiple: int) -> int:
    return -(-qty // multiple) * multiple
