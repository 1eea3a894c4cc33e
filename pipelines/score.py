"""What the product found, held against the answer key of a generated company.

A planted fault is found when an exception of its code names the same documents; each exception can
answer one planted fault, so what is found twice or without being planted lowers precision.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from pipelines.faults import UsageFault

DOCUMENTS = (
    "company_id",
    "order_id",
    "order_line",
    "shipment_id",
    "shipment_line",
    "invoice_id",
    "invoice_line",
    "receipt_id",
    "receipt_line",
    "movement_id",
    "file_name",
    "row_number",
)
# A child of another problem is explained by its root and is not counted again.
EXCEPTIONS = """
    select
        code,
        company_id,
        order_id,
        order_line,
        shipment_id,
        shipment_line,
        invoice_id,
        invoice_line,
        receipt_id,
        movement_id,
        json_extract_string(evidence, '$.file') as file_name,
        json_extract_string(evidence, '$.row') as row_number,
        coalesce(exposure_amount, 0) as exposure_amount
    from fct_exception
    where coalesce(root_exception_id, exception_id) = exception_id
    order by exception_id
"""


@dataclass(frozen=True, slots=True)
class CodeScore:
    """How one exception code did. Amounts in company currency; precision and recall 0..1 or none."""

    code: str
    planted: int
    found: int
    matched: int
    planted_amount: Decimal
    found_amount: Decimal
    matched_amount_error: Decimal

    @property
    def precision(self) -> Decimal | None:
        """Share of what was found that was planted; none where nothing was found."""
        return _share(self.matched, self.found)

    @property
    def recall(self) -> Decimal | None:
        """Share of what was planted that was found; none where nothing was planted."""
        return _share(self.matched, self.planted)


@dataclass(frozen=True, slots=True)
class TableScore:
    """Cells of one published table equal to the truth, or why they could not be compared."""

    table: str
    cells: int
    equal: int
    status: str


@dataclass(frozen=True, slots=True)
class Truth:
    """A truth file of the key beside the query over published tables that answers it."""

    file: str
    table: str
    key: tuple[str, ...]
    value: str
    query: str


TRUTHS = (
    Truth(
        "truth_stock",
        "fct_stock_position",
        ("company_id", "item_id", "location_id", "stock_state"),
        "qty",
        """
        select company_id, item_id, location_id, stock_state, sum(qty_base)
        from fct_stock_position group by all having sum(qty_base) <> 0
        """,
    ),
    Truth(
        "truth_ledger",
        "fct_gl_tieout",
        ("company_id", "date", "account"),
        "closing_amount",
        """
        select company_id, cast(period_end_date as varchar), account_code, sum(actual_amount)
        from fct_gl_tieout where actual_amount is not null group by all
        """,
    ),
    Truth(
        "truth_demand",
        "fct_demand",
        ("company_id", "date", "location_id", "item_id"),
        "qty",
        """
        select company_id, cast(date as varchar), location_id, item_id, demand_qty
        from fct_demand where demand_qty <> 0
        """,
    ),
    Truth(
        "truth_receivables",
        "fct_ar_item",
        ("company_id", "invoice_id"),
        "open_amount",
        "select company_id, invoice_id, open_amount from fct_ar_item where open_amount <> 0",
    ),
)
STATE_OF_STATUS = {
    "available": "ON_HAND",
    "received": "RECEIVED",
    "reserved": "RESERVED",
    "picked": "PICKED",
    "packed": "PACKED",
    "qc_hold": "QC_HOLD",
    "quarantine": "QUARANTINE",
    "damaged": "DAMAGED",
}


def score_codes(
    planted: Sequence[Mapping[str, str]], found: Sequence[Mapping[str, Any]]
) -> list[CodeScore]:
    """One line per code that was planted or found, in the order of the codes."""
    by_code: dict[str, tuple[list[Mapping[str, str]], list[Mapping[str, Any]]]] = defaultdict(
        lambda: ([], [])
    )
    for row in planted:
        by_code[row["code"]][0].append(row)
    for exception in found:
        by_code[exception["code"]][1].append(exception)
    return [_score_code(code, *by_code[code]) for code in sorted(by_code)]


def _score_code(
    code: str, planted: Sequence[Mapping[str, str]], found: Sequence[Mapping[str, Any]]
) -> CodeScore:
    left = list(found)
    matched, error = 0, Decimal(0)
    for fault in planted:
        answer = next((exception for exception in left if same_problem(fault, exception)), None)
        if answer is not None:
            left.remove(answer)
            matched += 1
            error += abs(answer["exposure_amount"] - Decimal(fault["exposure_amount"] or "0"))
    return CodeScore(
        code=code,
        planted=len(planted),
        found=len(found),
        matched=matched,
        planted_amount=_total(Decimal(fault["exposure_amount"] or "0") for fault in planted),
        found_amount=_total(exception["exposure_amount"] for exception in found),
        matched_amount_error=error,
    )


def same_problem(fault: Mapping[str, str], exception: Mapping[str, Any]) -> bool:
    """True when every document named on both sides is the same, beyond the company itself."""
    both = [
        name
        for name in DOCUMENTS
        if fault.get(name) not in (None, "") and exception.get(name) not in (None, "")
    ]
    return len(both) > 1 and all(str(fault[name]) == str(exception[name]) for name in both)


def score_tables(current: Path, key: Path) -> list[TableScore]:
    """One line per truth file, at the last date of it that the published version reaches."""
    return [_score_table(current, key / f"{truth.file}.csv", truth) for truth in TRUTHS]


def _score_table(current: Path, file: Path, truth: Truth) -> TableScore:
    table = current / f"{truth.table}.parquet"
    if not file.exists() or not table.exists():
        absent = file.name if not file.exists() else truth.table
        return TableScore(truth.table, 0, 0, f"not available: needs {absent}")
    with duckdb.connect() as connection:
        connection.sql("set TimeZone = 'UTC'")
        connection.sql(f"create view {truth.table} as from read_parquet('{table}')")
        rows = connection.sql(truth.query).fetchall()
        as_of = connection.sql(f"select cast(max(as_of_at) as date) from {truth.table}").fetchone()
    found = {tuple(row[:-1]): row[-1] for row in rows}
    expected = _expected(file, truth, str(as_of[0]) if as_of else "")
    cells = set(expected) | {cell for cell in found if "date" not in truth.key or cell in expected}
    equal = sum(1 for cell in cells if expected.get(cell, 0) == found.get(cell, 0))
    return TableScore(truth.table, len(cells), equal, "compared")


def _expected(file: Path, truth: Truth, as_of: str) -> dict[tuple[str, ...], Decimal]:
    """Cells of a truth file; a file of balances over time is taken at its last date by then."""
    rows = [row for row in read_key(file) if row["date"] <= as_of]
    if "date" not in truth.key:
        last = max((row["date"] for row in rows), default="")
        rows = [row for row in rows if row["date"] == last]
    for row in rows:
        if "stock_status" in row:
            row["stock_state"] = STATE_OF_STATUS[row["stock_status"]]
    values = {tuple(row[name] for name in truth.key): Decimal(row[truth.value]) for row in rows}
    return {cell: value for cell, value in values.items() if value or "date" in truth.key}


def read_key(file: Path) -> list[dict[str, str]]:
    """Rows of one file of the answer key; UsageFault where it is not there."""
    if not file.exists():
        raise UsageFault(f"{file} not found. Give the key's folder with --key DIR.")
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.001")) if whole else None


def _total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
