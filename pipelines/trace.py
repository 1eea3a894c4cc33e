"""The chain of one order through the published tables, as far as its links go.

A link that should be there and is not says MISSING; a link whose table is not published says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: its rows, and what their presence or absence means."""

    number: int
    name: str
    status: str
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _Step:
    number: int
    name: str
    table: str
    query: str


# A shipment or an invoice may hold lines of several orders: those that name another one stay out.
# Keys found on the way are kept in `documents`: kind -> id, so that a later link can use them.
STEPS = (
    _Step(
        6,
        "shipped",
        "fct_stock_move",
        """
        select event_code, event_at, posting_date, item_id, qty_base, order_line, shipment_id,
            shipment_line, source_system, source_movement_id, source_movement_line
        from fct_stock_move
        where order_id = $order_id
            or order_id is null
            and shipment_id in (select id from documents where kind = 'shipment')
        order by event_at, move_id
        """,
    ),
    _Step(
        9,
        "expected billing",
        "fct_expected_billing",
        """
        select expected_billing_id, billing_rule_id, trigger_at, due_by_at, order_line, shipment_id,
            shipment_line, item_id, expected_qty, expected_amount, open_qty, open_amount, currency,
            billing_state
        from fct_expected_billing
        where order_id = $order_id
        order by shipment_id, shipment_line, expected_billing_id
        """,
    ),
    _Step(
        10,
        "invoiced",
        "fct_invoice_line",
        """
        select invoice_id, invoice_line, invoice_type, invoice_date, posting_date, order_line,
            shipment_id, shipment_line, item_id, actual_qty, actual_amount, currency
        from fct_invoice_line
        where order_id = $order_id
            or order_id is null
            and invoice_id in (select id from documents where kind = 'invoice')
        order by invoice_id, try_cast(invoice_line as bigint), invoice_line
        """,
    ),
    _Step(
        11,
        "ledger",
        "fct_journal_line",
        """
        select journal_id, journal_line, posting_date, account_code, account_role, actual_amount,
            source_doc_type, source_doc_id, source_doc_line
        from fct_journal_line
        where source_doc_id in (select id from documents)
        order by journal_id, try_cast(journal_line as bigint), journal_line
        """,
    ),
    _Step(
        14,
        "receivable",
        "fct_ar_item",
        """
        select invoice_id, due_date, currency, original_amount, open_amount, days_past_due
        from fct_ar_item
        where invoice_id in (select id from documents where kind = 'invoice')
        order by invoice_id
        """,
    ),
    _Step(
        15,
        "exceptions",
        "fct_exception",
        """
        select code, severity, status, exposure_amount, currency, owner_role, business_key
        from fct_exception
        where order_id = $order_id
            or order_id is null
            and (
                invoice_id in (select id from documents where kind = 'invoice')
                or shipment_id in (select id from documents where kind = 'shipment')
            )
        order by code, business_key
        """,
    ),
)
DOCUMENTS = {
    "fct_expected_billing": "select distinct 'shipment', shipment_id from {table}"
    " where order_id = $order_id and shipment_id is not null",
    "fct_billing_match": "select distinct 'invoice', matched.invoice_id from {table} as matched"
    " join fct_expected_billing as expected using (expected_billing_id)"
    " where expected.order_id = $order_id",
    "fct_invoice_line": "select distinct 'invoice', invoice_id from {table}"
    " where order_id = $order_id",
}


def trace_order(current: Path, order_id: str, order_line: str | None) -> list[Link]:
    """Links of one order in the order of the chain; empty when no table knows the order."""
    with duckdb.connect() as connection:
        connection.sql("set TimeZone = 'UTC'")
        known = _views(connection, current, {step.table for step in STEPS} | set(DOCUMENTS))
        connection.sql("create table documents (kind varchar, id varchar)")
        for table, query in DOCUMENTS.items():
            if table in known:
                statement = f"insert into documents {query.format(table=table)}"
                connection.execute(statement, {"order_id": order_id})
        return [_link(connection, step, known, order_id, order_line) for step in STEPS]


def _views(connection: duckdb.DuckDBPyConnection, current: Path, tables: Iterable[str]) -> set[str]:
    """Make a view per table that is published; the names of those that are."""
    known = {table for table in tables if (current / f"{table}.parquet").exists()}
    for table in known:
        connection.sql(f"create view {table} as from read_parquet('{current / table}.parquet')")
    return known


def _link(
    connection: duckdb.DuckDBPyConnection,
    step: _Step,
    known: set[str],
    order_id: str,
    order_line: str | None,
) -> Link:
    if step.table not in known:
        return Link(step.number, step.name, f"not available: needs {step.table}", [])
    named = {"order_id": order_id} if "$order_id" in step.query else {}
    answer = connection.execute(step.query, named)
    columns = [column[0] for column in answer.description]
    rows = [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]
    if order_line is not None:
        rows = [row for row in rows if row.get("order_line") in (None, order_line)]
    absent = "none" if step.name == "exceptions" else "MISSING"
    return Link(step.number, step.name, "OK" if rows else absent, rows)
