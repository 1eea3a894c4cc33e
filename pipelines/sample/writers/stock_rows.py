"""Rows about stock that no ordinary movement tells: returns, values, notes of bins."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.sample.happenings import CostOnly, GoodsReturned, WarehouseNote
from pipelines.sample.world.company import Company
from pipelines.sample.world.events import STATUS_OF_STATE
from pipelines.sample.writers.texts import Row, day, money, stamp
from pipelines.sample.writers.warehouse_rows import UNIT

# Only these change the value of stock by a row of their own (ruling C13).
VALUE_ROWS = {"E35": "nrv", "E56": "revaluation"}
RESULTS = {"": "pending", "restock": "pass", "scrap": "fail"}


class StockRows:
    def __init__(self, company: Company) -> None:
        self._spelling = {item.code: item.wms_code for item in company.catalogue.items}
        self._currency = company.parameters.currency

    def return_line(self, told: GoodsReturned) -> Row:
        """A return at the dock, and again when somebody decided (ruling A4)."""
        return {
            "receipt_id": told.receipt_id,
            "receipt_line": str(told.line),
            "receipt_type": "return",
            "status": "posted",
            "ref_order_id": told.rma,
            "ref_order_line": "1",
            "received_at": stamp(told.at),
            "item_code": self._spelling[told.item],
            "qty_received": str(told.qty),
            "uom": UNIT,
            "location_code": told.location,
            "inbound_id": told.inbound_id,
            "inbound_line": "1" if told.inbound_id else "",
            "inspection_result": RESULTS[told.disposition],
            "inspection_at": stamp(told.decided_at),
            "disposition": told.disposition,
            "return_reason_code": told.reason,
            "original_shipment_id": told.shipment_id,
            "original_shipment_line": str(told.shipment_line) if told.shipment_id else "",
            "lot_number": told.lot,
            "serial_number": told.serial,
            "source_updated_at": stamp(told.decided_at or told.at),
        }

    def value_row(self, told: CostOnly) -> Iterator[Row]:
        if told.event in VALUE_ROWS:
            yield {
                "movement_id": told.movement_id,
                "movement_line": "1",
                "movement_type": "cost_only",
                "event_at": stamp(told.at),
                "recorded_at": stamp(told.at),
                "posting_date": day(told.day),
                "item_code": self._spelling[told.item],
                "qty": "0",
                "uom": UNIT,
                "qty_base": "0",
                "location_code": told.location,
                "reason_code": VALUE_ROWS[told.event],
                "ext_cost": money(told.amount),
                "cost_currency": self._currency,
                "user_id": "u.petersen",
                "approved_by": told.approved_by,
                "source_updated_at": stamp(told.at),
            }

    def note(self, told: WarehouseNote) -> Row:
        return {
            "movement_id": told.movement_id,
            "movement_line": "1",
            "movement_type": told.kind,
            "event_at": stamp(told.at),
            "recorded_at": stamp(told.at),
            "posting_date": day(told.day),
            "item_code": self._spelling[told.item],
            "qty": str(told.qty),
            "uom": UNIT,
            "qty_base": str(told.qty),
            "location_code": told.location,
            "bin_code": told.bin,
            "stock_status": STATUS_OF_STATE[told.state],
            "from_stock_status": STATUS_OF_STATE[told.from_state] if told.from_state else "",
            "reason_code": told.reason,
            "scan_method": "barcode",
            "user_id": told.user,
            "source_updated_at": stamp(told.at),
        }
