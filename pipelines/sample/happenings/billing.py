"""What happens between us and a customer's purse: invoices, credits, cash, disputes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pipelines.sample.world.catalogue_kinds import Price


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """Quantity in pieces, money in cents of the invoice's currency, `price` a piece; a credit has
    negative quantity and amounts. `in_advance`: billed before control of the goods passed."""

    line: int
    item: str
    qty: int
    price: int
    net: int
    tax: int
    order_id: str = ""
    order_line: int = 0
    shipment_id: str = ""
    shipment_line: str = ""
    kind: str = "item"
    billable_event_id: str = ""
    tax_code: str = "V19"
    uom: str = "EA"
    per_uom: int = 1
    price_source: str = ""
    manual_price: bool = False
    lot: str = ""
    description: str = ""
    in_advance: bool = False


@dataclass(frozen=True, slots=True)
class Invoice:
    """One version of an invoice (`kind` invoice, credit_memo or cancellation). `posted` is the
    ledger date, `day` the document's. Only the version with the status "sent" is news of a
    document; "paid" and "cancelled" are the same document again, and a cancellation is a document
    of its own that names what it takes back in `references`.

    `fx_rate` is the price of one unit of `currency` in company currency, in millionths."""

    invoice_id: str
    customer: str
    day: date
    created_at: datetime
    due: date
    purchase_reference: str
    lines: tuple[InvoiceLine, ...]
    status: str
    changed_at: datetime
    kind: str = "invoice"
    posted: date | None = None
    bill_to: str = ""
    currency: str = "EUR"
    fx_rate: int = 1_000_000
    terms: str = ""
    discount_until: date | None = None
    discount: int = 0
    references: str = ""
    reason: str = ""
    mode: str = "batch"
    created_by: str = "billing"
    approved_at: datetime | None = None

    @property
    def net(self) -> int:
        return sum(line.net for line in self.lines)

    @property
    def tax(self) -> int:
        return sum(line.tax for line in self.lines)

    @property
    def gross(self) -> int:
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class Application:
    """What one line of a payment does to an invoice; all parts together settle it. Cents."""

    invoice_id: str
    applied: int
    discount: int = 0
    deduction: int = 0
    deduction_reason: str = ""
    write_off: int = 0
    settled_by: str = "cash"
    settling_document: str = ""
    kind: str = "applied"
    stated_number: str = ""

    @property
    def settles(self) -> int:
        return self.applied + self.discount + self.deduction + self.write_off


@dataclass(frozen=True, slots=True)
class CashReceived:
    """One version of a payment: "cleared" when it comes in; "bounced" takes all of it back.

    Parts settled by a credit memo use up the credit and are no money of this payment."""

    receipt_id: str
    customer: str
    day: date
    at: datetime
    amount: int
    applied: tuple[Application, ...]
    currency: str = "EUR"
    fx_rate: int = 1_000_000
    value_day: date | None = None
    method: str = "wire"
    status: str = "cleared"
    payer_name: str = ""
    remittance: str = ""
    end_to_end: str = ""

    @property
    def unapplied(self) -> int:
        """Money on account: neither announcements nor credits are money of this payment."""
        return self.amount - sum(
            part.applied
            for part in self.applied
            if part.kind == "applied" and part.settled_by == "cash"
        )


@dataclass(frozen=True, slots=True)
class Dispute:
    """One version of a customer's objection."""

    dispute_id: str
    opened_at: datetime
    invoice_id: str
    invoice_line: int
    customer: str
    amount: int
    reason: str
    text: str
    status: str
    changed_at: datetime
    closed_at: datetime | None = None
    resolution: str = ""
    credit_invoice_id: str = ""
    currency: str = "EUR"
    owner: str = "customer service"


@dataclass(frozen=True, slots=True)
class CashApplied:
    """Money received earlier and not applied then is put against invoices, cents of its currency.

    `first_line` goes on counting where the applications of the receipt ended. `fx_rate` is the
    rate at which the receipt was booked."""

    receipt_id: str
    customer: str
    day: date
    at: datetime
    parts: tuple[Application, ...]
    first_line: int
    currency: str = "EUR"
    fx_rate: int = 1_000_000


@dataclass(frozen=True, slots=True)
class PriceSet:
    """A price row entered or changed during the year."""

    price: Price
    at: datetime
    approved_by: str = "controller"
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class RateFixed:
    """`rate`: company currency for one unit of `currency`, in millionths."""

    currency: str
    day: date
    at: datetime
    rate: int
