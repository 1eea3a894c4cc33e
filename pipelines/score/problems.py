"""A planted fault, a trap and an exception in one form: a code, an amount, and what it names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from pipelines.faults import UsageFault

COMPANY = "company_id"
# A document and the column of its line; a line says nothing where its document is not named.
LINES = {
    "order_id": "order_line",
    "shipment_id": "shipment_line",
    "invoice_id": "invoice_line",
    "receipt_id": "receipt_line",
    "purchase_order_id": "purchase_order_line",
    "journal_id": "journal_line",
    "movement_id": "",
    "transfer_id": "",
    "count_id": "",
    "cash_receipt_id": "",
    "file_name": "row_number",
}
# Not documents: many problems share an item, a place, a party or a feed.
MASTERS = ("item_id", "location_id", "party_id", "feed")
NAMES = (
    COMPANY,
    *(column for pair in LINES.items() for column in pair if column),
    *MASTERS,
)
# What fct_exception has no column for stands in its evidence, under these words.
IN_EVIDENCE = {
    "receipt_line": "receipt_line",
    "purchase_order_line": "purchase_order_line",
    "cash_receipt_id": "cash_receipt_id",
    "file_name": "file",
    "row_number": "row",
    "feed": "feed",
}
EXCEPTIONS = f"""
    select
        exception_id,
        coalesce(root_exception_id, exception_id) as root_id,
        code,
        {", ".join(name for name in NAMES if name not in IN_EVIDENCE)},
        {
    ", ".join(
        f"json_extract_string(evidence, '$.{word}') as {name}" for name, word in IN_EVIDENCE.items()
    )
},
        exposure_amount
    from fct_exception
    where is_found
    order by exception_id
"""
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Problem:
    """What was planted or found.

    named: column of NAMES -> value, in the order of NAMES, only what is named.
    amount: company currency, in cents; none where money is not the measure.
    is_child: it follows from another problem. id, root_id: of an exception, else empty.
    """

    code: str
    named: Mapping[str, str]
    amount: Decimal | None = None
    is_child: bool = False
    id: str = ""
    root_id: str = ""


def read_key(file: Path) -> list[dict[str, str]]:
    """Rows of one file of the answer key; UsageFault where it is not there."""
    if not file.exists():
        raise UsageFault(f"{file} not found. Give the key's folder with --key DIR.")
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def planted_problems(rows: Iterable[Mapping[str, str]]) -> list[Problem]:
    """Rows of planted.csv, in their order."""
    return [
        Problem(
            code=row["code"],
            named=names(row),
            amount=Decimal(row["exposure_amount"]) if row["exposure_amount"] else None,
            is_child=bool(row.get("root_code")),
        )
        for row in rows
    ]


def found_problems(rows: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Rows of the query EXCEPTIONS, in their order."""
    return [
        Problem(
            code=row["code"],
            named=names(row),
            amount=Decimal(row["exposure_amount"] or 0).quantize(CENT, ROUND_HALF_UP),
            is_child=row["root_id"] != row["exception_id"],
            id=row["exception_id"],
            root_id=row["root_id"],
        )
        for row in rows
    ]


def names(row: Mapping[str, Any]) -> dict[str, str]:
    """What a row names. An exception of company `*` names none: its row could not be read."""
    named = {name: str(row[name]) for name in NAMES if row.get(name) not in (None, "")}
    if named.get(COMPANY) == "*":
        del named[COMPANY]
    for document, line in LINES.items():
        if document not in named:
            named.pop(line, None)
    return named
