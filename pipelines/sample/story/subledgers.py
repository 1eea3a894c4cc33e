"""Open items of customers and suppliers, built from documents; their sum is the control account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.sample.happenings import CashReceived, Invoice, OpenItem, SupplierInvoice
from pipelines.sample.story.postings.sums import converted


@dataclass(slots=True)
class Item:
    """`original`, `open` in the document's currency; `carried` in company currency; debit +."""

    document_id: str
    party: str
    day: date
    due: date
    kind: str
    currency: str
    original: int
    open: int
    carried: int

    def settle(self, cents: int) -> int:
        """Takes `cents` off and returns what that takes off the account; the last takes all."""
        part = self.carried if cents == self.open else _share(self.carried, self.open, cents)
        self.open -= cents
        self.carried -= part
        return part


class OpenItems:
    """Both sides keep their items in debit sign: an invoice of a supplier is negative."""

    def __init__(self) -> None:
        self.items: dict[str, Item] = {}

    def add(self, item: Item) -> None:
        known = self.items.get(item.document_id)
        assert known is None or not known.open, item.document_id
        self.items[item.document_id] = item

    def settle(self, document_id: str, cents: int, rate: int) -> int:
        """What `cents` of a document take off the account; at `rate` where nobody knows it."""
        item = self.items.get(document_id)
        return item.settle(cents) if item else converted(cents, rate)

    def told(self, currency: str) -> Iterator[OpenItem]:
        for item in self.items.values():
            if item.open or item.carried:
                yield OpenItem(
                    item.document_id, item.party, item.day, item.due, item.original, item.open,
                    kind=item.kind, currency=item.currency or currency,
                    open_company=item.carried,
                )  # fmt: skip


class Receivables(OpenItems):
    def bill(self, invoice: Invoice) -> None:
        kind = "credit" if invoice.gross < 0 else "invoice"
        carried = converted(invoice.gross, invoice.fx_rate)
        self.add(
            Item(
                invoice.invoice_id, invoice.customer, invoice.day, invoice.due, kind,
                invoice.currency, invoice.gross, invoice.gross, carried,
            )
        )  # fmt: skip


class MoneyOnAccount(OpenItems):
    """Payments of customers, or parts of them, that settle nothing yet."""

    def keep(self, receipt: CashReceived, cents: int, carried: int) -> None:
        self.add(
            Item(
                receipt.receipt_id, receipt.customer, receipt.day, receipt.day, "cash",
                receipt.currency, -receipt.amount, -cents, -carried,
            )
        )  # fmt: skip


class Payables(OpenItems):
    def bill(self, invoice: SupplierInvoice) -> None:
        kind = "credit" if invoice.gross < 0 else "invoice"
        carried = converted(invoice.gross, invoice.fx_rate)
        self.add(
            Item(
                invoice.invoice_id, invoice.supplier, invoice.day, invoice.due, kind,
                invoice.currency, -invoice.gross, -invoice.gross, -carried,
            )
        )  # fmt: skip


def _share(amount: int, whole: int, part: int) -> int:
    """Half away from zero; whatever the signs."""
    top, bottom = amount * part, whole
    if not bottom:
        return 0
    sign = 1 if (top >= 0) == (bottom > 0) else -1
    top, bottom = abs(top), abs(bottom)
    return sign * ((2 * top + bottom) // (2 * bottom))
