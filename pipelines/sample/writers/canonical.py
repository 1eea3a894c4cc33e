"""The canonical shape: every happening becomes rows of contract tables, handed over at each cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from models.contracts import CONTRACTS
from pipelines.sample.happenings import (
    Allocated,
    BillableEvent,
    CalendarEvent,
    CarrierClaim,
    CarrierEvent,
    CashApplied,
    CashReceived,
    CostOnly,
    Counted,
    Dispute,
    GoodsReceived,
    GoodsReturned,
    GroupShipped,
    Happening,
    Inbound,
    Invoice,
    Journal,
    LandedCost,
    MethodSet,
    MonthClosed,
    OrderLine,
    PastDemand,
    PeriodChanged,
    PriceSet,
    PurchaseLine,
    RateFixed,
    ReceiptInspected,
    Shipment,
    Signal,
    StockMoved,
    SupplierInvoice,
    SupplierPaid,
    VendorReturned,
    WarehouseNote,
)
from pipelines.sample.world.calendar import month_close
from pipelines.sample.world.company import Company
from pipelines.sample.writers.billing_rows import BillingRows
from pipelines.sample.writers.group_rows import GroupRows
from pipelines.sample.writers.ledger_rows import LedgerRows
from pipelines.sample.writers.master_rows import MasterRows
from pipelines.sample.writers.order_rows import OrderRows
from pipelines.sample.writers.policy_rows import method_row
from pipelines.sample.writers.shipment_rows import ShipmentRows
from pipelines.sample.writers.stock_rows import StockRows
from pipelines.sample.writers.supply_rows import SupplyRows
from pipelines.sample.writers.texts import Row
from pipelines.sample.writers.warehouse_rows import WarehouseRows

# How a happening is written: system, table, and the rows of it.
Writes = tuple[str, str, Callable[[Any], Iterable[Row]]]


@dataclass(slots=True)
class Delivery:
    """What one cut of all systems of a company holds: rows by source system and table."""

    company_id: str
    cut_at: datetime
    day: date | None = None  # None: the master data that open the year
    tables: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    # First and last number of what a system numbers through, by system and table.
    sequences: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def only(self, system: str, table: str) -> Delivery:
        """A delivery of its own with one table of this one."""
        return replace(self, tables={(system, table): self.tables[system, table]}, sequences={})

    def add(self, system: str, table: str, rows: Iterable[Row]) -> None:
        held = self.tables.setdefault((system, table), [])
        held.extend(rows)
        if not held:
            del self.tables[system, table]


class CanonicalWriter:
    """Hears the story of one company; a row module says for each happening where its rows go."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._master = MasterRows(company)
        self._delivery = Delivery(
            company.parameters.company_id, company.moment(company.parameters.first_day, 0)
        )
        self._writes: dict[type, list[Writes]] = {}
        billing, supply = BillingRows(company), SupplyRows(company)
        orders, outbound = OrderRows(company), ShipmentRows(company)
        warehouse, ledger = WarehouseRows(company), LedgerRows(company)
        stock, group = StockRows(company), GroupRows(company)
        for kind, system, table, rows in (
            (StockMoved, "wms", "wms_stock_movement", warehouse.movements),
            (Allocated, "wms", "wms_allocation", lambda told: [outbound.allocation(told)]),
            (Shipment, "wms", "wms_shipment", lambda told: [outbound.shipment(told)]),
            (Shipment, "wms", "wms_shipment_line", outbound.shipment_lines),
            (CarrierEvent, "wms", "wms_delivery_event", lambda t: [outbound.delivery_event(t)]),
            (CarrierClaim, "erp", "purchasing_invoice", lambda t: [outbound.claim(t)]),
            (CarrierClaim, "erp", "purchasing_invoice_line", lambda t: [outbound.claim_line(t)]),
            (CalendarEvent, "erp", "demand_calendar_event", lambda t: [orders.calendar_event(t)]),
            (PastDemand, "erp", "demand_history", lambda told: [orders.past_demand(told)]),
            (Signal, "erp", "demand_signal", lambda told: [orders.signal(told)]),
            (CostOnly, "wms", "wms_stock_movement", stock.value_row),
            (WarehouseNote, "wms", "wms_stock_movement", lambda told: [stock.note(told)]),
            (GoodsReturned, "wms", "wms_receipt_line", lambda told: [stock.return_line(told)]),
            (Counted, "wms", "wms_count_line", lambda told: [warehouse.count_line(told)]),
            (GoodsReceived, "wms", "wms_receipt_line", supply.receipt_lines),
            (ReceiptInspected, "wms", "wms_receipt_line", lambda t: [supply.inspected_line(t)]),
            (Inbound, "wms", "wms_inbound_line", lambda told: [supply.inbound_line(told)]),
            (VendorReturned, "wms", "wms_shipment", lambda t: [supply.return_shipment(t)]),
            (VendorReturned, "wms", "wms_shipment_line", lambda t: [supply.return_line(t)]),
            (LandedCost, "erp", "purchasing_landed_cost", lambda t: [supply.landed_cost(t)]),
            (GoodsReceived, "erp", "demand_lead_time", supply.lead_times),
            (OrderLine, "erp", "billing_order_line", lambda told: [orders.order_line(told)]),
            (BillableEvent, "erp", "billing_billable_event", lambda t: [billing.billable_event(t)]),
            (Invoice, "erp", "billing_invoice", lambda told: [billing.invoice(told)]),
            (Invoice, "erp", "billing_invoice_line", billing.invoice_lines),
            (CashReceived, "erp", "billing_cash_receipt", lambda t: [billing.cash_receipt(t)]),
            (CashReceived, "erp", "billing_cash_application", billing.cash_applications),
            (CashApplied, "erp", "billing_cash_application", billing.cash_applied),
            (Dispute, "erp", "billing_dispute", lambda told: [billing.dispute(told)]),
            (PriceSet, "erp", "master_price", lambda told: [billing.price(told)]),
            (RateFixed, "erp", "master_fx_rate", lambda told: [billing.rate(told)]),
            (PurchaseLine, "erp", "purchasing_order_line", lambda t: [supply.purchase_line(t)]),
            (SupplierInvoice, "erp", "purchasing_invoice", lambda t: [supply.supplier_invoice(t)]),
            (SupplierInvoice, "erp", "purchasing_invoice_line", supply.supplier_invoice_lines),
            (SupplierPaid, "erp", "purchasing_payment", lambda told: [supply.payment(told)]),
            (GroupShipped, "erp", "billing_invoice", group.invoice),
            (GroupShipped, "erp", "billing_invoice_line", group.invoice_lines),
            (GroupShipped, "erp", "purchasing_invoice", group.supplier_invoice),
            (GroupShipped, "erp", "purchasing_invoice_line", group.supplier_invoice_lines),
            (Journal, "erp", "gl_journal_line", ledger.journal_lines),
            (MonthClosed, "wms", "wms_inventory_snapshot", warehouse.snapshot),
            (MethodSet, "erp", "policy_valuation", lambda t: [method_row(t, company.parameters)]),
            (MonthClosed, "erp", "gl_balance", ledger.balances),
            (MonthClosed, "erp", "gl_inventory_subledger", ledger.inventory),
            (MonthClosed, "erp", "gl_ar_open_item", ledger.receivables),
            (MonthClosed, "erp", "gl_ap_open_item", ledger.payables),
            (PeriodChanged, "erp", "master_fiscal_period", ledger.period),
        ):
            self._writes.setdefault(kind, []).append((system, table, rows))

    def opening(self) -> Delivery:
        for system, tables in (("erp", self._master.erp()), ("wms", self._master.wms())):
            for table, rows in tables.items():
                self._delivery.add(system, table, rows)
        return self._handed_over()

    def hear(self, happening: Happening) -> None:
        for system, table, rows in self._writes.get(type(happening), ()):
            self._delivery.add(system, table, rows(happening))

    def cut(self, day: date) -> Delivery:
        """All that is new since the last cut; the state at the end of `day`, local time."""
        self._delivery.cut_at = month_close(day, self._company.zone)
        self._delivery.day = day
        return self._handed_over()

    def _handed_over(self) -> Delivery:
        """A delivery holds the state at its cut: of several versions of a row, the last."""
        handed = self._delivery
        self._delivery = Delivery(handed.company_id, handed.cut_at)
        for (system, table), rows in handed.tables.items():
            handed.tables[system, table] = _latest(table, rows)
        return handed


def _latest(table: str, rows: list[Row]) -> list[Row]:
    parts = [name for name in CONTRACTS[table].key() if name not in ("source_system", "company_id")]
    parts = [part for part in parts if any(part in row for row in rows)]
    if not parts:  # one row a company
        return rows[-1:]
    latest: dict[object, Row]
    try:
        key_of = itemgetter(*parts)
        latest = {key_of(row): row for row in rows}
    except KeyError:  # an optional part that some rows do not give
        latest = {tuple(row.get(part, "") for part in parts): row for row in rows}
    return list(latest.values())
