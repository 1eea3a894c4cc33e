"""The words people read instead of column names and codes.

A name becomes words by rule: its parts are spelled out, and what the ending says about unit or
zone is put behind. Only what the rule would say badly is listed.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.vocabulary import EXCEPTIONS, LEAKAGE_CATEGORIES


@dataclass(frozen=True, slots=True)
class TableWords:
    """What a table is called on a page, what one of its rows is, which columns come first."""

    title: str
    row: str
    first: tuple[str, ...] = ()
    # Columns that bring the rows that matter most to the top, the largest first.
    largest: tuple[str, ...] = ()


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
    "base_uom": "Unit",
    "abc_class": "ABC class",
    "promo": "Promotion",
    "qty_change": "Change",
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


def column_label(column: str) -> str:
    """The heading of a column."""
    if column in COLUMNS:
        return COLUMNS[column]
    if column.endswith("_at"):
        return f"{sentence(column[:-3])} (UTC)"
    if column.startswith(("is_", "has_")):
        return f"{sentence(column.split('_', 1)[1])}?"
    return sentence(column)


def code_label(code: str | None) -> str:
    """A code as words; a leak has the name of its category, a ledger class loses its GL_."""
    if not code:
        return "Not said"
    problem = EXCEPTIONS.get(code)
    if problem is not None and problem.leakage_category:
        return LEAKAGE_CATEGORIES[problem.leakage_category].name
    return sentence(code.removeprefix("GL_"))


def is_code_column(column: str) -> bool:
    """Whether the values of a column are codes to be shown as words."""
    return column in CODE_COLUMNS


def sentence(name: str) -> str:
    """The parts of a name spelled out, the first letter large."""
    words = " ".join(PARTS.get(part, part) for part in name.lower().replace("_", " ").split())
    words = " ".join(words.split())
    return words[:1].upper() + words[1:]
