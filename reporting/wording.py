"""The words people read instead of column names, table names and codes.

A name becomes words by rule: its parts are spelled out, and what the ending says about unit or
zone is put behind. Only what the rule would say badly is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableWords:
    """What a table is called on a page, what one of its rows is, which columns come first."""

    title: str
    row: str
    first: tuple[str, ...] = ()


TABLES: dict[str, TableWords] = {
    "mart_unbilled": TableWords(
        "Shipped or due, not billed",
        "One row per line that should be on an invoice and is not",
        (
            "company_id",
            "order_id",
            "order_line",
            "party_id",
            "item_id",
            "open_qty",
            "uom",
            "open_amount",
            "currency",
            "age_days",
            "cause",
            "shipment_id",
            "shipment_line",
            "expected_unit_price",
            "trigger_at",
            "due_by_at",
            "age_bucket",
        ),
    ),
    "fct_expected_billing": TableWords(
        "Lines that should be billed",
        "One row per shipped line or charge that should become an invoice line",
        (
            "company_id",
            "order_id",
            "order_line",
            "shipment_id",
            "shipment_line",
            "party_id",
            "item_id",
            "billing_state",
            "expected_qty",
            "actual_qty",
            "open_qty",
            "uom",
            "expected_amount",
            "actual_amount",
            "open_amount",
            "currency",
            "trigger_at",
            "due_by_at",
        ),
    ),
    "fct_exception": TableWords(
        "Exceptions",
        "One row per problem, however many runs have seen it",
        (
            "company_id",
            "code",
            "severity",
            "status",
            "exposure_amount",
            "currency",
            "owner_role",
            "evidence",
            "order_id",
            "order_line",
            "shipment_id",
            "shipment_line",
            "invoice_id",
            "invoice_line",
            "item_id",
            "location_id",
            "first_event_at",
            "sla_due_at",
            "age_hours",
            "business_key",
        ),
    ),
    "fct_stock_position": TableWords(
        "Stock by state",
        "One row per item, place, lot, state and owner with a quantity",
        (
            "company_id",
            "item_id",
            "location_id",
            "lot_number",
            "stock_state",
            "qty_base",
            "value_amount",
            "account_role",
            "owner_id",
        ),
    ),
    "fct_gl_tieout": TableWords(
        "Ledger against subledger",
        "One row per company, period, account and currency seen on either side",
        (
            "company_id",
            "fiscal_year",
            "fiscal_period",
            "account_code",
            "account_role",
            "currency",
            "expected_amount",
            "erp_subledger_amount",
            "actual_amount",
            "difference_amount",
            "classified_amount",
            "unexplained_amount",
            "status",
        ),
    ),
    "fct_feed_delivery": TableWords(
        "Deliveries of the feeds",
        "One row per file and table delivered",
        (
            "company_id",
            "feed",
            "source_system",
            "status",
            "file_name",
            "delivered_at",
            "due_at",
            "rows_read",
            "rows_accepted",
            "rows_rejected",
            "rows_repeated",
            "rows_filtered",
            "control_total_expected",
            "control_total_actual",
            "message",
        ),
    ),
    "mart_reorder": TableWords("What to reorder", "One row per item and place"),
    "mart_leakage": TableWords("Leakage by month", "One row per category and month"),
    "fct_invoice_line": TableWords("Invoice lines", "One row per invoice or credit line"),
    "fct_stock_move": TableWords("Stock movements", "One row per quantity that changed its state"),
    "fct_receipt_accrual": TableWords(
        "Received against invoiced", "One row per purchase order line"
    ),
    "fct_ar_item": TableWords("Receivables", "One row per open customer document"),
    "fct_journal_line": TableWords("Journal lines", "One row per line of a journal"),
    "dim_item": TableWords("Items", "One row per item"),
    "dim_location": TableWords("Places", "One row per place"),
    "dim_party": TableWords("Customers and suppliers", "One row per partner"),
}
# Said once on every page; in a grid they come last.
RUN_COLUMNS = ("as_of_at", "watermark_at")

COLUMNS: dict[str, str] = {
    "company_id": "Company",
    "item_id": "Item",
    "location_id": "Place",
    "party_id": "Partner",
    "owner_id": "Stock owner",
    "owner_role": "Who acts",
    "uom": "Unit",
    "qty_base": "Quantity",
    "code": "Problem",
    "sla_due_at": "Act by (UTC)",
    "due_by_at": "Bill by (UTC)",
    "trigger_at": "Billable since (UTC)",
    "expected_amount": "Expected amount",
    "actual_amount": "Actual amount",
    "erp_subledger_amount": "System's own subledger",
    "classified_amount": "Explained",
    "unexplained_amount": "Unexplained",
    "difference_amount": "Difference",
    "exposure_amount": "Amount at stake",
    "exposure_basis": "Amount is",
    "feed": "Feed",
    "business_key": "Key of what it concerns",
    "evidence": "Evidence",
    "as_of_at": "Run as of (UTC)",
    "watermark_at": "Data reaches to (UTC)",
    "order_line": "Order line",
    "is_unbilled": "Not billed",
    "l_code": "Category",
}
PARTS: dict[str, str] = {
    "qty": "quantity",
    "gl": "ledger",
    "ar": "receivables",
    "ap": "payables",
    "sku": "SKU",
    "erp": "system's",
    "uom": "unit",
    "sla": "SLA",
    "id": "",
    "xfer": "transfer",
    "rtv": "return to vendor",
    "qc": "quality check",
    "neg": "negative",
    "grir": "goods received / invoice received",
    "dup": "duplicate",
    "je": "journal entry",
    "ext": "outside:",
    "wip": "work in progress",
    "wms": "WMS",
    "it": "IT",
    "pod": "proof of delivery",
    "conf": "confirmation",
    "inv": "inventory",
    "doc": "(document currency)",
    "pct": "%",
    "fk": "",
    "hash": "fingerprint",
    "uncapitalised": "not capitalised",
}
CODE_COLUMNS = frozenset(
    {
        "code",
        "status",
        "severity",
        "stock_state",
        "from_state",
        "to_state",
        "billing_state",
        "owner_role",
        "account_role",
        "cause",
        "surplus_side",
        "line_kind",
        "exposure_basis",
        "item_class",
        "price_source",
        "feed",
    }
)


def table_words(table: str) -> TableWords:
    """The words for a table; by rule where nobody has chosen better ones."""
    if table in TABLES:
        return TABLES[table]
    return TableWords(title=_sentence(re.sub(r"^(fct|mart|dim)_", "", table)), row="")


def column_label(column: str) -> str:
    """The heading of a column."""
    if column in COLUMNS:
        return COLUMNS[column]
    if column.endswith("_at"):
        return f"{_sentence(column[:-3])} (UTC)"
    if column.startswith(("is_", "has_")):
        return f"{_sentence(column.split('_', 1)[1])}?"
    return _sentence(column)


def code_label(code: str | None) -> str:
    """A code as words: BILLED_NOT_SHIPPED becomes "Billed not shipped"."""
    return _sentence(code) if code else "Not said"


def is_code_column(column: str) -> bool:
    """Whether the values of a column are codes to be shown as words."""
    return column in CODE_COLUMNS


def _sentence(name: str) -> str:
    words = " ".join(PARTS.get(part, part) for part in name.lower().replace("_", " ").split())
    words = " ".join(words.split())
    return words[:1].upper() + words[1:]
