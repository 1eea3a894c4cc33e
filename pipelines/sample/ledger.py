"""The general ledger of the story: control_transfer postings, and the balances they leave.

Revenue and cost are booked when goods leave (E19), the invoice clears the unbilled receivable
(E23), a receipt stands against GR/IR until the supplier bills it (E05, E10).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from pipelines.sample.happenings import (
    CashReceived,
    Counted,
    GoodsReceived,
    Invoice,
    Shipment,
    SupplierInvoice,
    SupplierPaid,
)
from pipelines.sample.journals import Entry, Journal
from pipelines.sample.month_end import AccountBalance

ACCOUNTS: tuple[tuple[str, str, str, str, bool], ...] = (
    ("1000", "Cash at bank", "asset", "CASH", False),
    ("1100", "Trade receivables", "asset", "AR", True),
    ("1150", "Goods shipped, not invoiced", "asset", "UNBILLED_AR", True),
    ("1200", "Merchandise", "asset", "INV", True),
    ("1290", "Input tax", "asset", "TAX_INPUT", False),
    ("2000", "Trade payables", "liability", "AP", True),
    ("2050", "Goods received, not invoiced", "liability", "GRIR", True),
    ("2100", "Value added tax payable", "liability", "TAX_PAYABLE", False),
    ("2900", "Equity", "equity", "EQUITY", False),
    ("4000", "Sales of merchandise", "revenue", "REVENUE", False),
    ("5000", "Cost of goods sold", "expense", "COGS", False),
    ("5100", "Purchase price differences", "expense", "PPV", False),
    ("5200", "Stock count differences", "expense", "INV_ADJ", False),
    ("5300", "Samples and advertising", "expense", "MARKETING_EXP", False),
)
Facts = dict[str, Any]
ACCOUNT_OF_ROLE = {role: number for number, _, _, role, _ in ACCOUNTS}


class Ledger:
    def __init__(self) -> None:
        self.balance: defaultdict[str, int] = defaultdict(int)
        self._opening: dict[str, int] = {}
        self._debit: defaultdict[str, int] = defaultdict(int)
        self._credit: defaultdict[str, int] = defaultdict(int)

    def open(self, amounts: dict[str, int]) -> None:
        assert sum(amounts.values()) == 0, "an opening balance sheet balances"
        self.balance.update(amounts)
        self._opening = dict(self.balance)

    def post(self, journal: Journal) -> Journal:
        assert sum(entry.amount for entry in journal.entries) == 0, journal.journal_id
        for entry in journal.entries:
            self.balance[entry.role] += entry.amount
            if entry.amount > 0:
                self._debit[entry.role] += entry.amount
            else:
                self._credit[entry.role] -= entry.amount
        return journal

    def close_month(self) -> tuple[AccountBalance, ...]:
        closed = tuple(
            AccountBalance(role, self._opening.get(role, 0), self._debit[role], self._credit[role])
            for _, _, _, role, _ in ACCOUNTS
        )
        self._opening = dict(self.balance)
        self._debit.clear()
        self._credit.clear()
        return closed


def shipment_entries(shipment: Shipment) -> tuple[Entry, ...]:
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
    return tuple(entries)


def invoice_entries(invoice: Invoice) -> tuple[Entry, ...]:
    whom: Facts = {"party": invoice.customer, "party_role": "customer"}
    entries = [Entry("AR", invoice.gross, **whom)]
    for line in invoice.lines:
        entries.append(
            Entry("UNBILLED_AR", -line.net, doc_line=str(line.line), item=line.item, **whom)
        )
    entries.append(Entry("TAX_PAYABLE", -invoice.tax, **whom))
    return tuple(entries)


def receipt_entries(receipt: GoodsReceived) -> tuple[Entry, ...]:
    entries = []
    for line in receipt.lines:
        if line.posted:
            place: Facts = {
                "doc_line": str(line.line),
                "item": line.purchase.item,
                "location": receipt.location,
                "party": receipt.supplier,
                "party_role": "supplier",
            }
            entries.append(Entry("INV", line.value, qty=line.qty, **place))
            entries.append(Entry("GRIR", -line.value, qty=-line.qty, **place))
    return tuple(entries)


def supplier_invoice_entries(invoice: SupplierInvoice) -> tuple[Entry, ...]:
    whom: Facts = {"party": invoice.supplier, "party_role": "supplier"}
    entries = [
        Entry("GRIR", line.value, str(position), line.purchase.item, qty=line.qty, **whom)
        for position, line in enumerate(invoice.lines, start=1)
    ]
    entries.append(Entry("TAX_INPUT", invoice.tax, **whom))
    entries.append(Entry("AP", -invoice.gross, **whom))
    return tuple(entries)


def cash_entries(receipt: CashReceived) -> tuple[Entry, ...]:
    whom: Facts = {"party": receipt.customer, "party_role": "customer"}
    return (Entry("CASH", receipt.amount, **whom), Entry("AR", -receipt.amount, **whom))


def payment_entries(payment: SupplierPaid) -> tuple[Entry, ...]:
    whom: Facts = {"party": payment.supplier, "party_role": "supplier"}
    return (Entry("AP", payment.amount, **whom), Entry("CASH", -payment.amount, **whom))


def count_entries(count: Counted) -> tuple[Entry, ...]:
    change, sign = count.counted - count.book, 1 if count.counted > count.book else -1
    place: Facts = {"doc_line": str(count.line), "item": count.item, "location": count.location}
    return (
        Entry("INV", sign * count.cost, qty=change, **place),
        Entry("INV_ADJ", -sign * count.cost, qty=-change, **place),
    )


def journal(
    number: str,
    day: date,
    at: datetime,
    *,
    source: tuple[str, str, str],
    entries: tuple[Entry, ...],
) -> Journal:
    """`source` is module, document type and document number."""
    return Journal(number, day, at, *source, entries)
