"""The canonical shape: every happening becomes rows of contract tables, delivered at month ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from pipelines.sample.calendar import month_close
from pipelines.sample.company import Company
from pipelines.sample.happenings import (
    CashReceived,
    Counted,
    GoodsReceived,
    Happening,
    Invoice,
    OrderLine,
    PurchaseLine,
    Shipment,
    StockMoved,
    SupplierInvoice,
    SupplierPaid,
)
from pipelines.sample.journals import Journal
from pipelines.sample.month_end import MonthClosed
from pipelines.sample.writers.ledger_rows import LedgerRows
from pipelines.sample.writers.master_rows import MasterRows
from pipelines.sample.writers.texts import Row
from pipelines.sample.writers.trade_rows import TradeRows
from pipelines.sample.writers.warehouse_rows import WarehouseRows

# Tables whose rows change: a delivery holds the state at its cut, once per key.
VERSIONED = {
    "billing_order_line": ("order_id", "order_line"),
    "billing_invoice": ("invoice_id",),
    "purchasing_order_line": ("po_id", "po_line"),
    "purchasing_invoice": ("supplier_invoice_id",),
}


@dataclass(slots=True)
class Delivery:
    """What one cut of all systems holds: rows by source system and table; month 0 opens the year."""

    cut_at: datetime
    month: int = 0
    tables: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

    def add(self, system: str, table: str, rows: Iterable[Row]) -> None:
        held = self.tables.setdefault((system, table), [])
        held.extend(rows)
        if not held:
            del self.tables[system, table]


def deliveries(company: Company, told: Iterable[Happening]) -> Iterator[Delivery]:
    """Master data before the first day, then all that is new at the end of each cut month."""
    writer, cut_months = CanonicalWriter(company), company.parameters.cut_months
    yield writer.opening()
    for happening in told:
        writer.hear(happening)
        if isinstance(happening, MonthClosed) and happening.day.month in cut_months:
            yield writer.cut(happening)


class CanonicalWriter:
    def __init__(self, company: Company) -> None:
        self._company = company
        self._master = MasterRows(company)
        self._warehouse = WarehouseRows(company)
        self._trade = TradeRows(company)
        self._ledger = LedgerRows(company)
        self._delivery = Delivery(company.moment(company.parameters.first_day, 0))

    def opening(self) -> Delivery:
        for system, tables in (("erp", self._master.erp()), ("wms", self._master.wms())):
            for table, rows in tables.items():
                self._delivery.add(system, table, rows)
        return self._handed_over()

    def hear(self, happening: Happening) -> None:
        for system, table, rows in self._rows(happening):
            self._delivery.add(system, table, rows)

    def _rows(self, told: Happening) -> Iterator[tuple[str, str, Iterable[Row]]]:
        trade = self._trade
        match told:
            case StockMoved():
                yield "wms", "wms_stock_movement", [self._warehouse.movement(told)]
            case Shipment():
                yield "wms", "wms_shipment", [self._warehouse.shipment(told)]
                yield "wms", "wms_shipment_line", self._warehouse.shipment_lines(told)
            case Counted():
                yield "wms", "wms_count_line", [self._warehouse.count_line(told)]
            case GoodsReceived():
                yield "wms", "wms_receipt_line", self._warehouse.receipt_lines(told)
                yield "erp", "demand_lead_time", trade.lead_times(told)
            case OrderLine():
                yield "erp", "billing_order_line", [trade.order_line(told)]
            case Invoice():
                yield "erp", "billing_invoice", [trade.invoice(told)]
                if told.status != "paid":
                    yield "erp", "billing_invoice_line", trade.invoice_lines(told)
            case CashReceived():
                yield "erp", "billing_cash_receipt", [trade.cash_receipt(told)]
                yield "erp", "billing_cash_application", trade.cash_applications(told)
            case PurchaseLine():
                yield "erp", "purchasing_order_line", [trade.purchase_line(told)]
            case SupplierInvoice():
                yield "erp", "purchasing_invoice", [trade.supplier_invoice(told)]
                if told.status != "paid":
                    lines = trade.supplier_invoice_lines(told, told.changed_at)
                    yield "erp", "purchasing_invoice_line", lines
            case SupplierPaid():
                yield "erp", "purchasing_payment", [trade.payment(told)]
            case Journal():
                yield "erp", "gl_journal_line", self._ledger.journal_lines(told)
            case MonthClosed():
                yield from self._month_end(told)

    def _month_end(self, closed: MonthClosed) -> Iterator[tuple[str, str, Iterable[Row]]]:
        yield "wms", "wms_inventory_snapshot", self._warehouse.snapshot(closed)
        yield "erp", "gl_balance", self._ledger.balances(closed)
        yield "erp", "gl_inventory_subledger", self._ledger.inventory(closed)
        yield "erp", "gl_ar_open_item", self._ledger.receivables(closed)
        yield "erp", "gl_ap_open_item", self._ledger.payables(closed)
        yield "erp", "master_fiscal_period", self._master.closed_period(closed)

    def cut(self, closed: MonthClosed) -> Delivery:
        self._delivery.cut_at = month_close(closed.day, self._company.zone)
        self._delivery.month = closed.day.month
        return self._handed_over()

    def _handed_over(self) -> Delivery:
        handed = self._delivery
        self._delivery = Delivery(handed.cut_at)
        for (system, table), rows in handed.tables.items():
            if table in VERSIONED:
                latest = {tuple(row[part] for part in VERSIONED[table]): row for row in rows}
                handed.tables[system, table] = list(latest.values())
        return handed
