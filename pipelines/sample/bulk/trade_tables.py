"""Columns of the tables that the billing and purchasing systems deliver."""

from __future__ import annotations

from pipelines.sample.bulk.codes import (
    AMOUNT,
    AT,
    EACH,
    LINE,
    NUMBER,
    ON,
    ORDER_STATUSES,
    PRICE,
    PURCHASE_STATUSES,
    QTY,
    Codes,
    Table,
)
from pipelines.sample.bulk.encoding import Always, words


def order_line(codes: Codes) -> Table:
    return {
        "order_id": NUMBER,
        "order_line": LINE,
        "order_type": Always("standard"),
        "order_at": AT,
        "confirmed_at": AT,
        "customer_code": codes.customers,
        "bill_to_code": codes.customers,
        "customer_po": NUMBER,
        "channel": Always("wholesale"),
        "item_code": codes.items,
        "qty_ordered": QTY,
        "qty_cancelled": QTY,
        "uom": EACH,
        "unit_price": PRICE,
        "price_uom": EACH,
        "net_amount": AMOUNT,
        "currency": codes.currency,
        "price_tax_inclusive": Always(False),
        "price_source": NUMBER,
        "requested_date": ON,
        "promised_date": ON,
        "ship_from_location": codes.places,
        "payment_terms_code": codes.terms,
        "freight_terms": Always("included"),
        "fob_point": Always("origin"),
        "credit_status": Always("ok"),
        "line_status": words(ORDER_STATUSES),
        "changed_at": AT,
    }


def invoice(codes: Codes) -> Table:
    return {
        "invoice_id": NUMBER,
        "invoice_number": NUMBER,
        "invoice_type": Always("invoice"),
        "invoice_date": ON,
        "created_at": AT,
        "sent_at": AT,
        "posting_date": ON,
        "customer_code": codes.customers,
        "bill_to_code": codes.customers,
        "currency": codes.currency,
        "net_amount": AMOUNT,
        "tax_amount": AMOUNT,
        "gross_amount": AMOUNT,
        "payment_terms_code": codes.terms,
        "due_date": ON,
        "customer_po": NUMBER,
        "status": Always("posted"),
        "creation_mode": Always("batch"),
    }


def invoice_line(codes: Codes) -> Table:
    return {
        "invoice_id": NUMBER,
        "invoice_line": LINE,
        "line_type": Always("item"),
        "item_code": codes.items,
        "qty_billed": QTY,
        "uom": EACH,
        "unit_price": PRICE,
        "price_uom": EACH,
        "net_amount": AMOUNT,
        "tax_code": Always("V19"),
        "tax_amount": AMOUNT,
        "order_id": NUMBER,
        "order_line": LINE,
        "shipment_id": NUMBER,
        "shipment_line": LINE,
    }


def purchase_line(codes: Codes) -> Table:
    return {
        "po_id": NUMBER,
        "po_line": LINE,
        "po_type": Always("standard"),
        "supplier_code": codes.suppliers,
        "item_code": codes.items,
        "order_date": ON,
        "promised_date": ON,
        "confirmed_at": AT,
        "to_location_code": codes.places,
        "qty_ordered": QTY,
        "uom": EACH,
        "unit_price": PRICE,
        "currency": codes.currency,
        "fob_point": Always("destination"),
        "status": words(PURCHASE_STATUSES),
        "source_updated_at": AT,
    }
