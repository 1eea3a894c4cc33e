"""What can happen in the sample company: plain records, told in order.

The story emits these and knows nothing of tables or files; a writer turns them into deliveries of
one shape. Money is whole cents, quantities are whole pieces, moments are UTC.
"""

from pipelines.sample.happenings.billing import (
    Application,
    CashApplied,
    CashReceived,
    Dispute,
    Invoice,
    InvoiceLine,
    PriceSet,
    RateFixed,
)
from pipelines.sample.happenings.group import GroupLine, GroupSettled, GroupShipped
from pipelines.sample.happenings.ledger import Entry, Journal, MethodSet
from pipelines.sample.happenings.market import CalendarEvent, PastDemand, Signal
from pipelines.sample.happenings.month_end import (
    AccountBalance,
    MonthClosed,
    OpenItem,
    PeriodChanged,
    StockLevel,
    StockValue,
)
from pipelines.sample.happenings.purchasing import (
    GoodsReceived,
    Inbound,
    LandedCost,
    PurchaseLine,
    ReceiptInspected,
    ReceiptLine,
    SupplierInvoice,
    SupplierInvoiceLine,
    SupplierPaid,
    TitlePassed,
    VendorReturned,
)
from pipelines.sample.happenings.sales import (
    Allocated,
    BillableEvent,
    CarrierClaim,
    CarrierEvent,
    Delivered,
    DeliveryFailed,
    GoodsReturned,
    OrderLine,
    Shipment,
    ShipmentLine,
)
from pipelines.sample.happenings.stock import CostOnly, Counted, StockMoved, WarehouseNote

__all__ = [
    "AccountBalance",
    "Allocated",
    "Application",
    "BillableEvent",
    "CalendarEvent",
    "CarrierClaim",
    "CarrierEvent",
    "CashApplied",
    "CashReceived",
    "CostOnly",
    "Counted",
    "Delivered",
    "DeliveryFailed",
    "Dispute",
    "Entry",
    "GoodsReceived",
    "GoodsReturned",
    "GroupLine",
    "GroupSettled",
    "GroupShipped",
    "Inbound",
    "Invoice",
    "InvoiceLine",
    "Journal",
    "LandedCost",
    "MethodSet",
    "MonthClosed",
    "OpenItem",
    "OrderLine",
    "PastDemand",
    "PeriodChanged",
    "PriceSet",
    "PurchaseLine",
    "RateFixed",
    "ReceiptInspected",
    "ReceiptLine",
    "Shipment",
    "ShipmentLine",
    "Signal",
    "StockLevel",
    "StockMoved",
    "StockValue",
    "SupplierInvoice",
    "SupplierInvoiceLine",
    "SupplierPaid",
    "TitlePassed",
    "VendorReturned",
    "WarehouseNote",
]  # fmt: skip

Happening = object
