"""Columns of the tables that the warehouse system delivers."""

from __future__ import annotations

from pipelines.sample.bulk.codes import (
    AMOUNT,
    APPROVER,
    AT,
    EACH,
    LINE,
    MOVEMENTS,
    NUMBER,
    ON,
    ONE,
    PRICE,
    QTY,
    REASONS,
    REFERENCES,
    Codes,
    Table,
)
from pipelines.sample.bulk.encoding import Always, words


def movement(codes: Codes) -> Table:
    return {
        "movement_id": NUMBER,
        "movement_line": ONE,
        "movement_type": words(MOVEMENTS),
        "event_at": AT,
        "posting_date": ON,
        "item_code": codes.items,
        "qty": QTY,
        "uom": EACH,
        "location_code": codes.places,
        "stock_status": Always("available"),
        "counter_location_code": codes.places,
        "linked_movement_id": NUMBER,
        "reason_code": words(REASONS),
        "unit_cost": PRICE,
        "ext_cost": AMOUNT,
        "cost_currency": words([str(codes.currency.value)]),
        "approved_by": words([APPROVER]),
    }


def movement_documents(codes: Codes) -> Table:
    return {
        "recorded_at": AT,
        "ref_doc_type": words(REFERENCES),
        "ref_doc_id": NUMBER,
        "ref_doc_line": LINE,
        "shipment_id": NUMBER,
        "shipment_line": LINE,
        "receipt_id": NUMBER,
        "receipt_line": LINE,
        "scan_method": Always("barcode"),
    }


def receipt_line(codes: Codes) -> Table:
    return {
        "receipt_id": NUMBER,
        "receipt_line": LINE,
        "receipt_type": Always("po"),
        "status": Always("posted"),
        "ref_order_id": NUMBER,
        "ref_order_line": LINE,
        "received_at": AT,
        "putaway_at": AT,
        "item_code": codes.items,
        "qty_received": QTY,
        "qty_rejected": QTY,
        "qty_accepted": QTY,
        "uom": EACH,
        "location_code": codes.places,
        "supplier_code": codes.suppliers,
        "unit_cost": PRICE,
        "cost_currency": codes.currency,
    }


def shipment(codes: Codes) -> Table:
    return {
        "shipment_id": NUMBER,
        "shipment_type": Always("sale"),
        "ship_from_location": codes.places,
        "customer_code": codes.customers,
        "ship_to_country": codes.country,
        "ship_to_region": codes.regions,
        "order_type": Always("standard"),
        "ship_confirm_at": AT,
        "recorded_at": AT,
        "carrier_code": Always("NORDSPED"),
        "freight_terms": Always("included"),
        "fob_point": Always("origin"),
        "status": Always("shipped"),
    }


def shipment_line(codes: Codes) -> Table:
    return {
        "shipment_id": NUMBER,
        "shipment_line": LINE,
        "order_id": NUMBER,
        "order_line": LINE,
        "item_code": codes.items,
        "location_code": codes.places,
        "qty_ordered": QTY,
        "qty_shipped": QTY,
        "uom": EACH,
        "no_charge_flag": Always(False),
    }
