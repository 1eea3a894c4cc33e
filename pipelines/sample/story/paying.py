"""How suppliers are paid: on the due day, or early where a discount is earned; credits go off."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from pipelines.sample.happenings import SupplierInvoice, SupplierPaid
from pipelines.sample.world.company import Company
from pipelines.sample.world.exchange import convert

PAYMENT_MINUTE = 15 * 60
BOOKED = ("posted", "blocked")


class Paying:
    def __init__(self, company: Company) -> None:
        self.company = company
        self._open: dict[str, SupplierInvoice] = {}
        self._credits: defaultdict[str, list[str]] = defaultdict(list)
        self._pay_on: defaultdict[date, list[str]] = defaultdict(list)
        company.listen(SupplierInvoice, self._hear)

    def _hear(self, invoice: SupplierInvoice) -> None:
        if invoice.status not in BOOKED:
            return
        is_new = invoice.invoice_id not in self._open
        self._open[invoice.invoice_id] = invoice
        if not is_new:
            return
        if invoice.gross < 0:
            self._credits[invoice.supplier].append(invoice.invoice_id)
        else:
            self._pay_on[self.payment_day(invoice)].append(invoice.invoice_id)

    def payment_day(self, invoice: SupplierInvoice) -> date:
        """The last business day of the discount, else the first on or after the due day."""
        early = self._discount_day(invoice)
        if early:
            while not self.company.is_business_day(early):
                early -= timedelta(days=1)
            return early
        day = invoice.due
        while not self.company.is_business_day(day):
            day += timedelta(days=1)
        return day

    def work(self, day: date) -> None:
        by_supplier: dict[str, list[SupplierInvoice]] = {}
        for invoice_id in self._pay_on.pop(day, []):
            invoice = self._open[invoice_id]
            by_supplier.setdefault(invoice.supplier, []).append(invoice)
        for supplier, invoices in by_supplier.items():
            self._pay(supplier, invoices, day)

    def _pay(self, supplier: str, invoices: list[SupplierInvoice], day: date) -> None:
        """One transfer a supplier and day; credits are taken off as long as something is paid."""
        left = sum(invoice.gross - self._discount(invoice, day) for invoice in invoices)
        settled = list(invoices)
        for credit_id in list(self._credits[supplier]):
            credit = self._open[credit_id]
            if left + credit.gross > 0:
                left += credit.gross
                settled.append(credit)
                self._credits[supplier].remove(credit_id)
        at = self.company.moment(day, PAYMENT_MINUTE)
        payment_id = self.company.number("PY")
        for number, invoice in enumerate(settled, start=1):
            discount = self._discount(invoice, day)
            self.company.tell(
                SupplierPaid(
                    payment_id, supplier, day, at, invoice.invoice_id, invoice.gross - discount,
                    discount, invoice.currency,
                    self.company.exchange.rate(invoice.currency, day), number,
                )
            )  # fmt: skip
            del self._open[invoice.invoice_id]
            self.company.tell(replace(invoice, status="paid", changed_at=at))

    def _discount_day(self, invoice: SupplierInvoice) -> date | None:
        supplier = self.company.suppliers[invoice.supplier]
        if not supplier.discount_percent or invoice.kind != "invoice":
            return None
        return invoice.day + timedelta(days=supplier.discount_days)

    def _discount(self, invoice: SupplierInvoice, day: date) -> int:
        until = self._discount_day(invoice)
        if until is None or day > until:
            return 0
        percent = self.company.suppliers[invoice.supplier].discount_percent
        return convert(invoice.gross, percent * 10_000)
