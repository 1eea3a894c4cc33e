"""Entries between us and suppliers: goods, landed cost, bills, debit notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.sample.happenings import (
    Entry,
    GoodsReceived,
    LandedCost,
    ReceiptLine,
    SupplierInvoice,
    SupplierInvoiceLine,
    TitlePassed,
    VendorReturned,
)
from pipelines.sample.story.postings.sums import Facts, Held, converted, pair

if TYPE_CHECKING:
    from pipelines.sample.story.accounting import Accounting

LANDED_KINDS = ("freight", "duty", "insurance", "handling")


class PurchasingPostings:
    def __init__(self, accounting: Accounting) -> None:
        self.accounting = accounting
        self.on_the_water = Held()
        self._invoiced: dict[str, SupplierInvoice] = {}
        for kind, hears in (
            (TitlePassed, self._title_passed),
            (GoodsReceived, self._received),
            (VendorReturned, self._returned),
            (SupplierInvoice, self._billed),
            (LandedCost, self._landed),
        ):
            accounting.company.listen(kind, hears)

    def _title_passed(self, told: TitlePassed) -> None:
        """E02: ours since the supplier shipped them."""
        entries: list[Entry] = []
        for line in told.lines:
            facts = _facts(line, line.purchase.location, line.purchase.supplier, "E02")
            self.on_the_water.put(_notice(line, told.inbound_id), line.qty, line.value)
            entries += pair("INV_TRANSIT", "GRIR", line.value, qty=line.qty, **facts)
        self.accounting.post(told.day, ("PUR", "receipt", told.inbound_id), entries)

    def _received(self, receipt: GoodsReceived) -> None:
        """E04, E05; a reversed receipt carries negative pieces and books the mirror."""
        if receipt.kind != "po":
            return
        booked: list[Entry] = []
        missed: list[Entry] = []
        for line in receipt.lines:
            entries = booked if line.posted else missed
            entries += self._receipt_line(receipt, line)
        source = ("PUR", "receipt", receipt.receipt_id)
        self.accounting.post(receipt.day, source, booked, is_missed=missed)

    def _receipt_line(self, receipt: GoodsReceived, line: ReceiptLine) -> list[Entry]:
        event = "E04" if line.was_owned else "E05"
        facts = _facts(line, receipt.location, receipt.supplier, event)
        debit = "INV"
        profile, rules = self.accounting.profile, self.accounting.rules
        if profile.interim_until_invoiced or rules.interim_receipts:
            debit = "INV_INTERIM"
            key = ("receipt", receipt.receipt_id, str(line.line))
            self.accounting.interim.put(key, line.qty, line.value)
        if not line.was_owned:
            return pair(debit, "GRIR", line.value, qty=line.qty, **facts)
        value = self.on_the_water.take(_notice(line, line.inbound_id), line.qty)
        return [
            *pair(debit, "INV_TRANSIT", value, qty=line.qty, **facts),
            *pair(debit, "ROUNDING", line.value - value, **facts),
        ]

    def _returned(self, told: VendorReturned) -> None:
        """E09: what was received is turned round; a credit memo follows where it was invoiced.

        GR/IR is received net of returns less invoiced (ruling E15), so that it holds the claim
        until the credit memo comes."""
        facts: Facts = {
            "item": told.item,
            "location": told.location,
            "party": told.supplier,
            "party_role": "supplier",
            "event": "E09",
        }
        stock = "INV"
        if self.accounting.profile.interim_until_invoiced and not told.was_invoiced:
            key = ("receipt", told.receipt_id, str(told.receipt_line))
            interim = self.accounting.interim.take(key, told.qty)
            stock = "INV_INTERIM" if interim else "INV"
        entries = pair("GRIR", stock, told.value, qty=-told.qty, **facts)
        entries += pair("PPV", "INV", told.cost - told.value, **facts)
        self.accounting.post(told.day, ("INV", "shipment", told.shipment_id), entries)

    def _billed(self, invoice: SupplierInvoice) -> None:
        """E10; a parked bill takes part in nothing, a blocked one is booked and not paid."""
        first = self._invoiced.get(invoice.invoice_id)
        if first or invoice.status not in ("posted", "blocked", "paid"):
            return
        self._invoiced[invoice.invoice_id] = invoice
        day = invoice.posted or invoice.day
        entries: list[Entry] = []
        for line in invoice.lines:
            entries += self._bill_line(invoice, line)
        whom: Facts = {"party": invoice.supplier, "party_role": "supplier", "event": "E10"}
        tax = converted(invoice.tax, invoice.fx_rate)
        if tax:
            entries.append(Entry("TAX_INPUT", tax, **whom))
        payable = converted(invoice.gross, invoice.fx_rate)
        rest = payable - sum(entry.amount for entry in entries)
        if rest:
            entries.append(Entry("ROUNDING", rest, **whom))
        entries.append(
            Entry("AP", -payable, amount_doc=-invoice.gross, currency_doc=invoice.currency, **whom)
        )
        self.accounting.payables.bill(invoice)
        source = ("AP", "supplier_invoice", invoice.invoice_id)
        self.accounting.post(day, source, entries, document_day=invoice.day)

    def _bill_line(self, invoice: SupplierInvoice, line: SupplierInvoiceLine) -> list[Entry]:
        facts: Facts = {
            "doc_line": str(line.line),
            "item": line.purchase.item if line.purchase else line.item,
            "party": invoice.supplier,
            "party_role": "supplier",
            "event": "E10",
        }
        net = converted(line.net, invoice.fx_rate)
        if line.kind in LANDED_KINDS:
            role = line.accrual or "FREIGHT_IN_ACCR"
            return [Entry(role, net, **(facts | {"event": "E12"}))] if net else []
        if line.kind != "item":
            return [Entry(line.accrual or "EXPENSE", net, **facts)] if net else []
        if line.purchase:  # goods are billed for where they were ordered to
            facts |= {"location": line.purchase.location}
        known = line.accrued or line.to_stock or line.to_cogs or line.fx_difference
        waits = line.accrued if known else net
        entries = [Entry("GRIR", waits, qty=line.qty, **facts)] if waits else []
        rest = net - waits - line.to_stock - line.to_cogs - line.fx_difference
        for role, amount in (
            ("INV", line.to_stock),
            ("COGS", line.to_cogs),
            ("FX_GAIN_LOSS", line.fx_difference),
            ("PPV", rest),
        ):
            if amount:
                entries.append(Entry(role, amount, **facts))
        return entries + self._out_of_interim(line, facts)

    def _out_of_interim(self, line: SupplierInvoiceLine, facts: Facts) -> list[Entry]:
        if not self.accounting.profile.interim_until_invoiced:
            return []
        key = ("receipt", line.receipt_id, str(line.receipt_line))
        value = self.accounting.interim.take(key, line.qty or 0)
        return pair("INV", "INV_INTERIM", value, qty=line.qty, **facts)

    def _landed(self, cost: LandedCost) -> None:
        """E11, E12: the estimate at receipt, and what the final cost adds to it (ruling A14).

        The final bill itself goes against the accrual, so that only the difference is left for
        stock and cost of sales."""
        entries: list[Entry] = []
        event = "E11" if cost.is_estimate else "E12"
        for receipt_line, item, to_stock, to_cogs in cost.parts:
            facts: Facts = {"doc_line": str(receipt_line), "item": item, "event": event}
            facts |= {"location": cost.location, "party": cost.supplier, "party_role": "supplier"}
            entries += pair("INV", "FREIGHT_IN_ACCR", to_stock, **facts)
            entries += pair("COGS", "FREIGHT_IN_ACCR", to_cogs, **facts)
        self.accounting.post(cost.day, ("PUR", "receipt", cost.receipt_id), entries)


def _facts(line: ReceiptLine, location: str, supplier: str, event: str) -> Facts:
    return {
        "doc_line": str(line.line),
        "item": line.purchase.item,
        "location": location,
        "party": supplier,
        "party_role": "supplier",
        "event": event,
    }


def _notice(line: ReceiptLine, inbound_id: str) -> tuple[object, ...]:
    """One order line may come in several notices, each at a rate of its own."""
    return (inbound_id, line.purchase.po_id, line.purchase.line)
