"""Rows that break a contract on purpose, and files that come twice.

A bad row is always one on which nothing depends - a draft, a note about a bin, a row beside the
others - so that the answer key of all other findings stays true while it sits in quarantine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from pipelines.sample.parameters import Parameters
from pipelines.sample.writers.canonical import Delivery
from pipelines.sample.writers.texts import Row


@dataclass(frozen=True, slots=True)
class BadRow:
    system: str
    table: str
    what: str
    spoil: Callable[[Row, str], Row]


def _unknown_count_type(row: Row, number: str) -> Row:
    return {**row, "count_id": f"CX{number}", "count_line": "1", "count_type": "cycel",
            "counted_qty": row["book_qty"], "adjustment_txn_id": "", "approved_by": "",
            "approved_at": ""}  # fmt: skip


def _unknown_movement(row: Row, number: str) -> Row:
    empty = ("ref_doc_type", "ref_doc_id", "ref_doc_line", "shipment_id", "shipment_line",
             "receipt_id", "receipt_line", "unit_cost", "ext_cost", "cost_currency", "reason_code")  # fmt: skip
    return {**row, **dict.fromkeys(empty, ""), "movement_id": f"MX{number}",
            "movement_type": "bin_mvoe", "stock_status": "available",
            "from_stock_status": "available", "qty": "1", "qty_base": "1"}  # fmt: skip


def _draft_order_without_customer(row: Row, number: str) -> Row:
    return {**row, "order_id": f"SX{number}", "order_line": "1", "customer_code": "",
            "line_status": "draft", "qty_cancelled": "0"}  # fmt: skip


def _draft_shipment_from_nowhere(row: Row, number: str) -> Row:
    return {**row, "shipment_id": f"SHX{number}", "ship_from_location": "", "status": "draft",
            "ship_confirm_at": ""}  # fmt: skip


def _lead_time_too_exact(row: Row, number: str) -> Row:
    return {**row, "lead_time_id": f"LX{number}", "lead_time_days": "12.123456789"}


def _balance_without_currency(row: Row, number: str) -> Row:
    return {**row, "account": f"99{number}", "opening": "0.00", "debit": "0.00",
            "credit": "0.00", "closing": "0.00", "currency": ""}  # fmt: skip


BAD_ROWS = (
    BadRow("wms", "wms_count_line", "unknown code in count_type", _unknown_count_type),
    BadRow("erp", "billing_order_line", "customer_code missing", _draft_order_without_customer),
    BadRow("erp", "demand_lead_time", "too many decimals in lead_time_days", _lead_time_too_exact),
    BadRow("wms", "wms_stock_movement", "unknown code in movement_type", _unknown_movement),
    BadRow("wms", "wms_shipment", "ship_from_location missing", _draft_shipment_from_nowhere),
    BadRow("erp", "gl_balance", "currency missing", _balance_without_currency),
)
REPEATED = ("wms", "wms_shipment_line")


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A planted bad row: where it is, as a spreadsheet counts with the header as row 1, and what is wrong."""

    system: str
    table: str
    row_number: int
    what: str


class Blemishes:
    """Spread over all cuts but the last, whose repetition would come after the year."""

    def __init__(self, parameters: Parameters, rng: Random) -> None:
        self._rng = rng
        self._plan: dict[int, list[tuple[int, BadRow]]] = {}
        cut_months = parameters.cut_months
        months = cut_months[:-1] or cut_months
        for number in range(int(parameters.faults.of("FEED_REJECT"))):
            month = months[number % len(months)]
            self._plan.setdefault(month, []).append((number, BAD_ROWS[number % len(BAD_ROWS)]))
        repeated_files = int(parameters.faults.of("FEED_DUP"))
        self._repeats = set(rng.sample(list(months), min(repeated_files, len(months))))

    def spoil(self, delivery: Delivery) -> list[Spoilt]:
        """Puts the bad rows of a cut among the good ones, at a place of chance."""
        spoilt = []
        for number, bad in self._plan.get(delivery.day.month if delivery.day else 0, ()):
            rows = delivery.tables.get((bad.system, bad.table))
            if rows:
                at = self._rng.randrange(len(rows))
                rows.insert(at, bad.spoil(rows[at], str(number + 1)))
                spoilt.append(Spoilt(bad.system, bad.table, at + 2, bad.what))
        return spoilt

    def comes_twice(self, delivery: Delivery) -> tuple[str, str] | None:
        return REPEATED if delivery.day and delivery.day.month in self._repeats else None
