"""Which columns each bulk table has; here those of the large master tables."""

from __future__ import annotations

from pipelines.sample.bulk import trade_tables, wms_tables
from pipelines.sample.bulk.codes import APPROVER, EACH, NUMBER, ON, PRICE, QTY, Codes, Table
from pipelines.sample.bulk.company import GROUPS, BulkCompany
from pipelines.sample.bulk.encoding import Always, words


def bulk_tables(company: BulkCompany) -> dict[tuple[str, str], Table]:
    """Columns by source system and table, in the order in which they are written."""
    codes = Codes(company)
    if company.parameters.feeds == "movements":
        return {
            ("erp", "master_item"): item(codes),
            ("wms", "wms_stock_movement"): wms_tables.movement(codes),
        }
    return {
        ("erp", "master_item"): item(codes),
        ("erp", "master_party"): party(codes),
        ("erp", "master_price"): price(codes),
        ("erp", "billing_order_line"): trade_tables.order_line(codes),
        ("erp", "billing_invoice"): trade_tables.invoice(codes),
        ("erp", "billing_invoice_line"): trade_tables.invoice_line(codes),
        ("erp", "purchasing_order_line"): trade_tables.purchase_line(codes),
        ("wms", "wms_stock_movement"): wms_tables.movement(codes)
        | wms_tables.movement_documents(codes),
        ("wms", "wms_receipt_line"): wms_tables.receipt_line(codes),
        ("wms", "wms_shipment"): wms_tables.shipment(codes),
        ("wms", "wms_shipment_line"): wms_tables.shipment_line(codes),
    }


def item(codes: Codes) -> Table:
    return {
        "item_id": codes.items,
        "description": codes.descriptions,
        "item_type": Always("stock"),
        "base_uom": EACH,
        "category": codes.categories,
        "abc_class": words("ABC"),
        "status": Always("active"),
        "valuation_class": Always("TRADE"),
        "tax_class": Always("V19"),
        "moq": QTY,
        "order_multiple": QTY,
    }


def party(codes: Codes) -> Table:
    return {
        "party_code": codes.parties,
        "party_role": words(["customer", "supplier"]),
        "party_name": codes.party_names,
        "payment_terms_code": codes.terms,
        "currency": codes.currency,
        "fob_default": words(["origin", "destination"]),
        "pod_required": Always(False),
        "po_required": Always(False),
        "invoice_policy": Always("per_shipment"),
        "partial_billing": Always("allowed"),
        "price_group": words(GROUPS),
        "country": codes.country,
        "region": codes.regions,
        "active": Always(True),
    }


def price(codes: Codes) -> Table:
    return {
        "price_id": NUMBER,
        "price_kind": words(["list", "group"]),
        "source_of_truth": Always("ERP"),
        "price_group": words(GROUPS),
        "item_code": codes.items,
        "uom": EACH,
        "currency": codes.currency,
        "unit_price": PRICE,
        "tax_inclusive": Always(False),
        "valid_from": ON,
        "valid_to": ON,
        "approved_by": Always(APPROVER),
    }
