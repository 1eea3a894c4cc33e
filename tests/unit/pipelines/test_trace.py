"""An order is followed through documents that hold other orders too."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.trace import trace_order

COLUMNS = (
    "invoice_id, invoice_line, order_id, order_line, invoice_type, invoice_date, posting_date,"
    " shipment_id, shipment_line, item_id, actual_qty, actual_amount, currency"
)
REST = "'invoice', date '2026-03-01', date '2026-03-01', 'S1', '1', 'X', 1, 10.00, 'EUR'"


def publish(folder: Path, *lines: str) -> Path:
    rows = ", ".join(f"({line}, {REST})" for line in lines)
    duckdb.sql(f"select * from (values {rows}) as told({COLUMNS})").write_parquet(
        str(folder / "fct_invoice_line.parquet")
    )
    return folder


def test_lines_of_other_orders_on_the_same_invoice_stay_out_and_lines_come_by_number(
    tmp_path: Path,
) -> None:
    current = publish(
        tmp_path,
        "'I1', '10', 'MINE', '1'",
        "'I1', '2', 'MINE', '2'",
        "'I1', '3', 'OTHER', '1'",
        "'I1', '4', null, null",
        "'I2', '1', null, null",
    )
    invoiced = next(link for link in trace_order(current, "MINE", None) if link.number == 10)
    assert invoiced.status == "OK"
    assert [(row["invoice_id"], row["invoice_line"]) for row in invoiced.rows] == [
        ("I1", "2"),
        ("I1", "4"),
        ("I1", "10"),
    ]
    of_line = next(link for link in trace_order(current, "MINE", "1") if link.number == 10)
    assert [row["invoice_line"] for row in of_line.rows] == ["4", "10"]
