"""What suppliers bill, a few days after their goods came, and how it is paid."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from pipelines.sample.happenings import (
    BillableEvent,
    GoodsReceived,
    PurchaseLine,
    ReceiptLine,
    SupplierInvoice,
    SupplierInvoiceLine,
    SupplierPaid,
)
from pipelines.sample.world.company import Company
from pipelines.sample.world.exchange import convert

INVOICE_MINUTE, PAYMENT_MINUTE = 11 * 60, 15 * 60
DIRECT_BILL_DAYS = 4  # business days from a supplier's despatch to our customer to its bill


class Payables:
    def __init__(self, company: Company, rng: Random) -> None:
        self.company = company
        self._rng = rng
        self._unpaid: dict[str, SupplierInvoice] = {}
        self._to_bill: defaultdict[date, list[GoodsReceived]] = defaultdict(list)
        self._pay_on: defaultdict[date, list[str]] = defaultdict(list)
        self._direct: dict[str, PurchaseLine] = {}  # drop-ship orders that were not billed yet
        self._direct_bills: defaultdict[date, list[PurchaseLine]] = defaultdict(list)
        company.listen(GoodsReceived, self._await_bill)
        company.listen(PurchaseLine, self._await_despatch)
        company.listen(BillableEvent, self._despatched)

    def _await_bill(self, receipt: GoodsReceived) -> None:
        if receipt.kind != "po" or not any(line.posted for line in receipt.lines):
            return
        fewest, most = self.company.parameters.supply.supplier_invoice_days
        steps = self._rng.randrange(fewest, most + 1)
        self._to_bill[self.company.next_business_day(receipt.day, steps=steps)].append(receipt)

    def _await_despatch(self, purchase: PurchaseLine) -> None:
        if purchase.kind == "dropship" and purchase.status != "invoiced":
            self._direct[purchase.po_id] = purchase

    def _despatched(self, event: BillableEvent) -> None:
        """What a supplier sent to our customer it bills as well; no receipt stands behind it."""
        if event.kind == "dropship_ship":
            on = self.company.next_business_day(event.day, steps=DIRECT_BILL_DAYS)
            self._direct_bills[on].append(self._direct.pop(event.purchase_id))

    def _bill_direct(self, purchase: PurchaseLine, day: date) -> None:
        supplier = self.company.suppliers[purchase.supplier]
        net, at = purchase.qty * purchase.price, self.company.moment(day, INVOICE_MINUTE)
        line = SupplierInvoiceLine(
            1, "item", net, purchase, qty=purchase.qty, price=purchase.price, accrued=net
        )
        due = day + timedelta(days=supplier.terms_days)
        self._book(
            SupplierInvoice(
                self.company.number("SI"), purchase.supplier, day, due, (line,),
                self.tax_on(net, supplier.country), "posted", at, currency=purchase.currency,
                posted=day,
            )
        )  # fmt: skip
        self.company.tell(purchase.changed("invoiced", at))

    def take_bills(self, day: date) -> None:
        """Before anything is shipped: a price difference changes what stock costs (ruling C2)."""
        for receipt in self._to_bill.pop(day, []):
            self._book(self._bill(receipt, day))
        for purchase in self._direct_bills.pop(day, []):
            self._bill_direct(purchase, day)

    def _bill(self, receipt: GoodsReceived, day: date) -> SupplierInvoice:
        supplier = self.company.suppliers[receipt.supplier]
        rate = self.company.exchange.rate(supplier.currency, day)
        lines = tuple(
            self._line(number, receipt.receipt_id, line, rate)
            for number, line in enumerate((r for r in receipt.lines if r.posted), start=1)
        )
        tax = self.tax_on(sum(line.net for line in lines), supplier.country)
        return SupplierInvoice(
            self.company.number("SI"), receipt.supplier, day,
            day + timedelta(days=supplier.terms_days), lines, tax, "posted",
            self.company.moment(day, INVOICE_MINUTE), currency=supplier.currency, fx_rate=rate,
            posted=day,
        )  # fmt: skip

    def _line(
        self, number: int, receipt_id: str, line: ReceiptLine, rate: int
    ) -> SupplierInvoiceLine:
        purchase = line.purchase
        net = line.qty * purchase.price
        to_stock, to_cogs = self.company.cost.add_value(
            purchase.item, line.layer_id, convert(net, rate) - line.value
        )
        return SupplierInvoiceLine(
            number, "item", net, purchase, receipt_id, line.line, line.qty, purchase.price,
            accrued=line.value, to_stock=to_stock, to_cogs=to_cogs,
        )  # fmt: skip

    def tax_on(self, net: int, country: str) -> int:
        """Input tax, half away from zero; a supplier abroad bills none."""
        if country != self.company.parameters.country:
            return 0
        return convert(net, self.company.parameters.money.tax_percent * 10_000)

    def _book(self, invoice: SupplierInvoice) -> None:
        self.company.tell(invoice)
        self._unpaid[invoice.invoice_id] = invoice
        pay_on = invoice.due
        while not self.company.is_business_day(pay_on):
            pay_on += timedelta(days=1)
        self._pay_on[pay_on].append(invoice.invoice_id)

    def pay(self, day: date) -> None:
        """Every invoice on the first business day on or after its due date."""
        at = self.company.moment(day, PAYMENT_MINUTE)
        for invoice_id in self._pay_on.pop(day, []):
            invoice = self._unpaid.pop(invoice_id)
            rate = self.company.exchange.rate(invoice.currency, day)
            self.company.tell(
                SupplierPaid(
                    self.company.number("PY"), invoice.supplier, day, at, invoice_id,
                    invoice.gross, currency=invoice.currency, fx_rate=rate,
                )
            )  # fmt: skip
            self.company.tell(replace(invoice, status="paid", changed_at=at))
