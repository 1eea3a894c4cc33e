"""What happens between us and a supplier: orders, notices, receipts, bills, landed cost, payments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One version of a purchase order line; `price` in cents of `currency` a piece."""

    po_id: str
    line: int
    supplier: str
    location: str
    item: str
    ordered: date
    promised: date
    qty: int
    price: int
    status: str
    changed_at: datetime
    kind: str = "standard"
    currency: str = "EUR"
    fob: str = "destination"
    from_location: str = ""
    transfer_price: int | None = None
    qty_cancelled: int = 0
    confirmed_at: datetime | None = None

    def changed(self, status: str, at: datetime, **values: Any) -> PurchaseLine:
        return replace(self, status=status, changed_at=at, **values)


@dataclass(frozen=True, slots=True)
class Inbound:
    """One version of an announced line: a supplier's notice, a transfer on its way, a return."""

    inbound_id: str
    line: int
    kind: str
    order_id: str
    order_line: int
    to_location: str
    item: str
    qty: int
    status: str
    changed_at: datetime
    supplier: str = ""
    from_location: str = ""
    fob: str = ""
    title_at: datetime | None = None
    shipped_at: datetime | None = None
    eta: datetime | None = None
    carrier: str = ""
    lot: str = ""

    def changed(self, status: str, at: datetime, **values: Any) -> Inbound:
        return replace(self, status=status, changed_at=at, **values)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """`posted`: the ledger heard of it. `value` in cents of company currency.

    `announced`: pieces on the supplier's notice, which it bills, where fewer came. `layer_id`: the
    move that brought the value, which is the receipt's or, where title passed before, that one.
    Inspection goes by line: what a later version says of it stands here.
    """

    line: int
    purchase: PurchaseLine
    qty: int
    posted: bool = True
    rejected: int = 0
    inbound_id: str = ""
    inbound_line: int = 0
    lot: str = ""
    expiry: date | None = None
    was_owned: bool = False  # title had passed when it was shipped (FOB origin)
    company_value: int | None = None
    movement_id: str = ""
    layer_id: str = ""
    announced: int = 0
    inspection: str = ""
    inspected_at: datetime | None = None
    disposition: str = ""
    putaway_at: datetime | None = None  # where it differs from that of the receipt
    stale_cost: int | None = None  # cents a piece at which it was taken in by mistake

    @property
    def short(self) -> int:
        return max(0, self.announced - self.qty)

    @property
    def value(self) -> int:
        if self.company_value is not None:
            return self.company_value
        return self.qty * self.purchase.price


@dataclass(frozen=True, slots=True)
class TitlePassed:
    """Goods bought FOB origin became ours when the supplier shipped them."""

    inbound_id: str
    day: date
    at: datetime
    lines: tuple[ReceiptLine, ...]


@dataclass(frozen=True, slots=True)
class GoodsReceived:
    """Goods of a supplier at the dock, told once; kind `consignment_in` stays the supplier's."""

    receipt_id: str
    supplier: str
    location: str
    day: date
    at: datetime
    putaway_at: datetime | None
    lines: tuple[ReceiptLine, ...]
    kind: str = "po"
    inspection: str = ""
    inspected_at: datetime | None = None
    disposition: str = ""
    status: str = "posted"
    reversal_of: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptInspected:
    """What inspection found out about a line: no event of the ledger, a new version of its row."""

    receipt: GoodsReceived
    line: ReceiptLine
    at: datetime


@dataclass(frozen=True, slots=True)
class SupplierInvoiceLine:
    """`net` in the invoice's currency; everything below in cents of company currency.

    `accrued` is what the line takes off GR/IR: all that it invoices, received or not, at the value
    it was (or would be) received with. The rest of `net` is a difference of price: `to_stock` went
    to pieces still here (the cost pool holds it), `to_cogs` to pieces gone, `fx_difference` is the
    rate alone, what is left is a purchase price difference (PPV). A line that names none of these
    clears GR/IR with its whole amount. `accrual`: another account role that the line stands
    against; "" is GRIR for goods, FREIGHT_IN_ACCR for inbound freight, duty, insurance and
    handling, EXPENSE for the rest. Freight between warehouses and to customers: FREIGHT_ACCR."""

    line: int
    kind: str
    net: int
    purchase: PurchaseLine | None = None
    receipt_id: str = ""
    receipt_line: int = 0
    qty: int | None = None
    price: int | None = None
    accrued: int = 0
    to_stock: int = 0
    to_cogs: int = 0
    fx_difference: int = 0
    accrual: str = ""
    item: str = ""  # where no order line says it


@dataclass(frozen=True, slots=True)
class SupplierInvoice:
    """One version of a supplier's bill or credit; cents of `currency`."""

    invoice_id: str
    supplier: str
    day: date
    due: date
    lines: tuple[SupplierInvoiceLine, ...]
    tax: int
    status: str
    changed_at: datetime
    kind: str = "invoice"
    currency: str = "EUR"
    fx_rate: int = 1_000_000
    posted: date | None = None

    @property
    def net(self) -> int:
        return sum(line.net for line in self.lines)

    @property
    def gross(self) -> int:
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class SupplierPaid:
    """One line of a payment; a credit memo taken off is a line with negative amounts.

    `amount` leaves the bank, `discount` is what we kept for paying early."""

    payment_id: str
    supplier: str
    day: date
    at: datetime
    invoice_id: str
    amount: int
    discount: int = 0
    currency: str = "EUR"
    fx_rate: int = 1_000_000
    line: int = 1


@dataclass(frozen=True, slots=True)
class LandedCost:
    """Freight, duty or handling on a receipt: an estimate, or the final cost that replaces it.

    `to_stock` and `to_cogs` are how much of the amount (for a final cost: of the difference) went
    to pieces still here and to pieces already sold; company currency, and the ledger books these
    parts: the estimate whole, of a final cost the difference alone, since its bill (a
    SupplierInvoice) clears the accrual with its whole amount."""

    landed_cost_id: str
    line: int
    component: str
    basis: str
    amount: int
    is_estimate: bool
    day: date
    at: datetime
    receipt_id: str
    supplier: str
    replaces: str = ""
    supplier_invoice_id: str = ""
    parts: tuple[tuple[int, str, int, int], ...] = ()  # receipt line, item, to stock, to cogs
    location: str = ""
    accrued: int = 0


@dataclass(frozen=True, slots=True)
class VendorReturned:
    """Rejected goods left for the supplier; `cost` as it left the books, `value` at receipt.

    The value goes to GR/IR, where the supplier's credit memo clears it; the difference between the
    two is PPV (ruling C8)."""

    shipment_id: str
    day: date
    at: datetime
    supplier: str
    location: str
    item: str
    qty: int
    purchase: PurchaseLine
    receipt_id: str
    receipt_line: int
    cost: int
    value: int
    was_invoiced: bool = False
    movement_id: str = ""
