"""The general ledger: hears what happened and books what the posting profile asks for.

`control_transfer`: revenue and cost when goods leave (E19), the invoice clears the unbilled
receivable (E23), a receipt stands against GR/IR until the supplier bills it (E05, E10).
What should be booked is kept beside what the ledger really holds, which alone is told.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pipelines.sample.happenings import (
    CashReceived,
    Counted,
    Entry,
    GoodsReceived,
    Invoice,
    Journal,
    Shipment,
    SupplierInvoice,
    SupplierPaid,
)
from pipelines.sample.world.accounts import ACCOUNT_OF_ROLE, Balances
from pipelines.sample.world.company import Company

ENTERED_AT_MINUTE = 21 * 60
Facts = dict[str, Any]


class Accounting:
    """`actual` is the ledger as it is delivered, `expected` the ledger as it should be."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.actual = Balances()
        self.expected = Balances()
        self.should_be: list[Journal] = []
        for kind, hears in (
            (Shipment, self._shipped),
            (Invoice, self._invoiced),
            (GoodsReceived, self._received),
            (SupplierInvoice, self._supplier_invoiced),
            (CashReceived, self._cash),
            (SupplierPaid, self._paid),
            (Counted, self._counted),
        ):
            company.listen(kind, hears)

    def open(self, amounts: dict[str, int]) -> None:
        self.actual.open(amounts)
        self.expected.open(amounts)

    def post(
        self, day: date, source: tuple[str, str, str], entries: tuple[Entry, ...],
        *, is_missed: tuple[Entry, ...] = (),
    ) -> None:  # fmt: skip
        """Books in the evening of the day. `is_missed` should have been booked and was not."""
        at = self.company.moment(day, ENTERED_AT_MINUTE)
        everything = tuple(_with_account(entry) for entry in (*entries, *is_missed))
        assert sum(entry.amount for entry in everything) == 0, source
        if not everything:
            return
        journal = Journal(self.company.number("JE"), day, at, *source, everything)
        self.should_be.append(journal)
        self.expected.post(journal)
        if entries:
            booked = replace(journal, entries=everything[: len(entries)])
            self.actual.post(booked)
            self.company.tell(booked)

    def _shipped(self, shipment: Shipment) -> None:
        entries = []
        for line in shipment.lines:
            place: Facts = {
                "doc_line": str(line.line),
                "item": line.item,
                "location": shipment.location,
            }
            bearer = "MARKETING_EXP" if shipment.kind == "sample" else "COGS"
            entries.append(Entry(bearer, line.cost, qty=line.qty, **place))
            entries.append(Entry("INV", -line.cost, qty=-line.qty, **place))
            sales = line.qty * line.price
            if sales:
                whom: Facts = {"party": shipment.customer, "party_role": "customer"}
                entries.append(Entry("UNBILLED_AR", sales, **place, **whom))
                entries.append(Entry("REVENUE", -sales, qty=-line.qty, **place, **whom))
        self.post(shipment.day, ("INV", "shipment", shipment.shipment_id), tuple(entries))

    def _invoiced(self, invoice: Invoice) -> None:
        if invoice.status == "paid":  # a later version of what is booked already
            return
        whom: Facts = {"party": invoice.customer, "party_role": "customer"}
        entries = [Entry("AR", invoice.gross, **whom)]
        for line in invoice.lines:
            entries.append(
                Entry("UNBILLED_AR", -line.net, doc_line=str(line.line), item=line.item, **whom)
            )
        entries.append(Entry("TAX_PAYABLE", -invoice.tax, **whom))
        self.post(invoice.day, ("AR", "invoice", invoice.invoice_id), tuple(entries))

    def _received(self, receipt: GoodsReceived) -> None:
        booked: list[Entry] = []
        missed: list[Entry] = []
        for line in receipt.lines:
            place: Facts = {
                "doc_line": str(line.line),
                "item": line.purchase.item,
                "location": receipt.location,
                "party": receipt.supplier,
                "party_role": "supplier",
            }
            entries = booked if line.posted else missed
            entries.append(Entry("INV", line.value, qty=line.qty, **place))
            entries.append(Entry("GRIR", -line.value, qty=-line.qty, **place))
        source = ("PUR", "receipt", receipt.receipt_id)
        self.post(receipt.day, source, tuple(booked), is_missed=tuple(missed))

    def _supplier_invoiced(self, invoice: SupplierInvoice) -> None:
        if invoice.status == "paid":
            return
        whom: Facts = {"party": invoice.supplier, "party_role": "supplier"}
        entries = [
            Entry(
                "GRIR", line.net, str(line.line), line.purchase.item if line.purchase else "",
                qty=line.qty, **whom,
            )
            for line in invoice.lines
        ]  # fmt: skip
        entries.append(Entry("TAX_INPUT", invoice.tax, **whom))
        entries.append(Entry("AP", -invoice.gross, **whom))
        self.post(invoice.day, ("AP", "supplier_invoice", invoice.invoice_id), tuple(entries))

    def _cash(self, receipt: CashReceived) -> None:
        whom: Facts = {"party": receipt.customer, "party_role": "customer"}
        entries = (Entry("CASH", receipt.amount, **whom), Entry("AR", -receipt.amount, **whom))
        self.post(receipt.day, ("CASH", "cash_receipt", receipt.receipt_id), entries)

    def _paid(self, payment: SupplierPaid) -> None:
        whom: Facts = {"party": payment.supplier, "party_role": "supplier"}
        entries = (Entry("AP", payment.amount, **whom), Entry("CASH", -payment.amount, **whom))
        self.post(payment.day, ("CASH", "payment", payment.payment_id), entries)

    def _counted(self, count: Counted) -> None:
        change = count.counted - count.book
        if not change:
            return
        sign = 1 if change > 0 else -1
        place: Facts = {"doc_line": str(count.line), "item": count.item, "location": count.location}
        entries = (
            Entry("INV", sign * count.cost, qty=change, **place),
            Entry("INV_ADJ", -sign * count.cost, qty=-change, **place),
        )
        self.post(count.day, ("INV", "count", count.count_id), entries)


def _with_account(entry: Entry) -> Entry:
    return entry if entry.account else replace(entry, account=ACCOUNT_OF_ROLE[entry.role])
