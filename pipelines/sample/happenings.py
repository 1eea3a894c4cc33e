"""What can happen in the sample company: plain records, told in order.

The story emits these and knows nothing of tables or files; a writer turns them into deliveries of
one shape. Money is whole cents, quantities are whole pieces, moments are UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from pipelines.sample.journals import Journal
from pipelines.sample.month_end import MonthClosed


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One version of an order line, told whenever it changes."""

    order_id: str
    line: int
    kind: str
    ordered_at: datetime
    customer: str
    location: str
    item: str
    qty: int
    price: int
    price_id: str
    purchase_reference: str
    requested: date
    status: str
    changed_at: datetime
    qty_cancelled: int = 0

    def changed(self, status: str, at: datetime, *, qty_cancelled: int = 0) -> OrderLine:
        return replace(self, status=status, changed_at=at, qty_cancelled=qty_cancelled)


@dataclass(frozen=True, slots=True)
class StockMoved:
    """`qty` is signed; with `from_status` it moves inside the building, else over its edge."""

    movement_id: str
    kind: str
    at: datetime
    day: date
    item: str
    location: str
    qty: int
    status: str
    from_status: str = ""
    doc_type: str = ""
    doc_id: str = ""
    doc_line: str = ""
    shipment_id: str = ""
    shipment_line: str = ""
    receipt_id: str = ""
    receipt_line: str = ""
    unit_cost: int | None = None
    ext_cost: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShipmentLine:
    line: int
    order_id: str
    order_line: int
    item: str
    qty_ordered: int
    qty: int
    price: int
    cost: int


@dataclass(frozen=True, slots=True)
class Shipment:
    shipment_id: str
    kind: str
    location: str
    customer: str
    day: date
    at: datetime
    lines: tuple[ShipmentLine, ...]


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    line: int
    item: str
    qty: int
    price: int
    net: int
    tax: int
    order_id: str
    order_line: int
    shipment_id: str = ""
    shipment_line: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    invoice_id: str
    customer: str
    day: date
    created_at: datetime
    due: date
    purchase_reference: str
    lines: tuple[InvoiceLine, ...]
    status: str
    changed_at: datetime

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
class CashReceived:
    receipt_id: str
    customer: str
    day: date
    at: datetime
    amount: int
    applied: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One version of a purchase order line."""

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

    def changed(self, status: str, at: datetime) -> PurchaseLine:
        return replace(self, status=status, changed_at=at)


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    line: int
    purchase: PurchaseLine
    qty: int
    posted: bool  # the ledger heard of it

    @property
    def value(self) -> int:
        return self.qty * self.purchase.price


@dataclass(frozen=True, slots=True)
class GoodsReceived:
    receipt_id: str
    supplier: str
    location: str
    day: date
    at: datetime
    putaway_at: datetime
    lines: tuple[ReceiptLine, ...]


@dataclass(frozen=True, slots=True)
class SupplierInvoice:
    """Bills the posted lines of one receipt, at the order's price."""

    invoice_id: str
    supplier: str
    day: date
    due: date
    receipt_id: str
    lines: tuple[ReceiptLine, ...]
    tax: int
    status: str
    changed_at: datetime

    @property
    def net(self) -> int:
        return sum(line.value for line in self.lines)

    @property
    def gross(self) -> int:
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class SupplierPaid:
    payment_id: str
    supplier: str
    day: date
    at: datetime
    invoice_id: str
    amount: int


@dataclass(frozen=True, slots=True)
class Counted:
    count_id: str
    line: int
    day: date
    at: datetime
    item: str
    location: str
    book: int
    counted: int
    movement_id: str
    cost: int


Happening = (
    OrderLine | StockMoved | Shipment | Invoice | CashReceived | PurchaseLine | GoodsReceived
    | SupplierInvoice | SupplierPaid | Counted | Journal | MonthClosed
)  # fmt: skip
