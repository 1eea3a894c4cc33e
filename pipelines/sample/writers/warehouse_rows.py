"""Rows of the warehouse systems: movements, shipments, receipts, counts, snapshots."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.sample.company import Company
from pipelines.sample.happenings import (
    Counted,
    GoodsReceived,
    Shipment,
    StockMoved,
)
from pipelines.sample.month_end import MonthClosed
from pipelines.sample.writers.texts import Row, day, money, stamp

UNIT = "EA"


class WarehouseRows:
    def __init__(self, company: Company) -> None:
        self._spelling = {item.code: item.wms_code for item in company.catalogue.items}
        self._country = company.parameters.country
        self._currency = company.parameters.currency
        self._regions = {customer.code: customer.region for customer in company.catalogue.customers}

    def movement(self, moved: StockMoved) -> Row:
        return {
            "movement_id": moved.movement_id,
            "movement_line": "1",
            "movement_type": moved.kind,
            "event_at": stamp(moved.at),
            "recorded_at": stamp(moved.at),
            "posting_date": day(moved.day),
            "item_code": self._spelling[moved.item],
            "qty": str(moved.qty),
            "uom": UNIT,
            "qty_base": str(moved.qty),
            "location_code": moved.location,
            "stock_status": moved.status,
            "from_stock_status": moved.from_status,
            "reason_code": moved.reason,
            "ref_doc_type": moved.doc_type,
            "ref_doc_id": moved.doc_id,
            "ref_doc_line": moved.doc_line,
            "shipment_id": moved.shipment_id,
            "shipment_line": moved.shipment_line,
            "receipt_id": moved.receipt_id,
            "receipt_line": moved.receipt_line,
            "unit_cost": "" if moved.unit_cost is None else money(moved.unit_cost),
            "ext_cost": "" if moved.ext_cost is None else money(moved.ext_cost),
            "cost_currency": "" if moved.ext_cost is None else self._currency,
            "scan_method": "barcode",
            "source_updated_at": stamp(moved.at),
        }

    def shipment(self, shipment: Shipment) -> Row:
        return {
            "shipment_id": shipment.shipment_id,
            "shipment_type": shipment.kind,
            "ship_from_location": shipment.location,
            "customer_code": shipment.customer,
            "ship_to_country": self._country,
            "ship_to_region": self._regions[shipment.customer],
            "order_type": "sample" if shipment.kind == "sample" else "standard",
            "ship_confirm_at": stamp(shipment.at),
            "recorded_at": stamp(shipment.at),
            "carrier_code": "NORDSPED",
            "freight_terms": "included",
            "fob_point": "origin",
            "status": "shipped",
            "source_updated_at": stamp(shipment.at),
        }

    def shipment_lines(self, shipment: Shipment) -> Iterator[Row]:
        free = shipment.kind == "sample"
        for line in shipment.lines:
            yield {
                "shipment_id": shipment.shipment_id,
                "shipment_line": str(line.line),
                "order_id": line.order_id,
                "order_line": str(line.order_line),
                "item_code": self._spelling[line.item],
                "location_code": shipment.location,
                "qty_ordered": str(line.qty_ordered),
                "qty_shipped": str(line.qty),
                "uom": UNIT,
                "qty_short_reason": "no stock" if line.qty < line.qty_ordered else "",
                "no_charge_flag": "true" if free else "false",
                "no_charge_reason": "sample" if free else "",
                "source_updated_at": stamp(shipment.at),
            }

    def receipt_lines(self, receipt: GoodsReceived) -> Iterator[Row]:
        for line in receipt.lines:
            yield {
                "receipt_id": receipt.receipt_id,
                "receipt_line": str(line.line),
                "receipt_type": "po",
                "status": "posted",
                "ref_order_id": line.purchase.po_id,
                "ref_order_line": str(line.purchase.line),
                "received_at": stamp(receipt.at),
                "putaway_at": stamp(receipt.putaway_at),
                "item_code": self._spelling[line.purchase.item],
                "qty_received": str(line.qty),
                "qty_rejected": "0",
                "qty_accepted": str(line.qty),
                "uom": UNIT,
                "location_code": receipt.location,
                "supplier_code": receipt.supplier,
                "unit_cost": money(line.purchase.price),
                "cost_currency": self._currency,
                "source_updated_at": stamp(receipt.putaway_at),
            }

    def count_line(self, counted: Counted) -> Row:
        changed = counted.counted != counted.book
        return {
            "count_id": counted.count_id,
            "count_line": str(counted.line),
            "count_type": "cycle",
            "count_at": stamp(counted.at),
            "item_code": self._spelling[counted.item],
            "location_code": counted.location,
            "book_qty": str(counted.book),
            "counted_qty": str(counted.counted),
            "uom": UNIT,
            "adjustment_txn_id": counted.movement_id,
            "counted_by": "u.petersen",
            "approved_by": "m.albers" if changed else "",
            "approved_at": stamp(counted.at) if changed else "",
            "source_updated_at": stamp(counted.at),
        }

    def snapshot(self, closed: MonthClosed) -> Iterator[Row]:
        for level in closed.levels:
            yield {
                "snapshot_at": stamp(closed.counted_at),
                "item_code": self._spelling[level.item],
                "location_code": level.location,
                "stock_status": level.status,
                "qty": str(level.qty),
                "uom": UNIT,
            }
