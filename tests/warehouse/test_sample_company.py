"""The published tables of the sample company against its answer key: all that was planted, once,
to the cent, and nothing else."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

KEYS = {
    "UNBILLED": ("shipment_id", "shipment_line"),
    "UNDER_PRICED": ("shipment_id", "shipment_line"),
    "QTY_SHORT_BILLED": ("shipment_id", "shipment_line"),
    "QTY_OVER_BILLED": ("invoice_id", "invoice_line"),
    "BILLED_NOT_SHIPPED": ("invoice_id", "invoice_line"),
    "RECEIPT_NOT_CAPITALISED": ("receipt_id",),
}


@pytest.fixture(scope="module")
def tables(demo_workspace: Path):
    serve = demo_workspace / "published" / "current" / "serve.duckdb"
    with duckdb.connect(str(serve), read_only=True) as connection:
        yield connection


def key_rows(workspace: Path, name: str) -> list[dict[str, str]]:
    with (workspace / "sample" / "key" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("code", KEYS)
def test_every_planted_fault_is_found_once_with_its_amount_and_nothing_else(
    demo_workspace, tables, code
):
    planted = {
        tuple(row[name] for name in KEYS[code]): Decimal(row["exposure_amount"])
        for row in key_rows(demo_workspace, "planted")
        if row["code"] == code
    }
    found = tables.execute(
        f"select {', '.join(KEYS[code])}, exposure_amount from fct_exception where code = ?", [code]
    ).fetchall()
    assert len(found) == len(planted), "one exception per problem"
    assert {row[:-1]: row[-1] for row in found} == planted


def test_no_other_problem_is_reported(demo_workspace, tables):
    planted = {row["code"] for row in key_rows(demo_workspace, "planted")}
    roots = tables.execute(
        "select code, count(*) from fct_exception where root_exception_id is null "
        "or root_exception_id = exception_id group by code"
    ).fetchall()
    assert {code for code, _ in roots} <= planted, roots


def test_no_trap_is_taken_for_a_fault(demo_workspace, tables):
    traps = key_rows(demo_workspace, "traps")
    assert {row["name"] for row in traps} == {"cancelled", "inside grace", "sample"}
    shipped = {(t["shipment_id"], t["shipment_line"]) for t in traps if t["shipment_id"]}
    reported = tables.sql("select shipment_id, shipment_line from fct_exception").fetchall()
    assert not shipped & set(reported)


def test_rejected_rows_and_the_repeated_file_are_counted(demo_workspace, tables):
    planted = key_rows(demo_workspace, "planted")
    rejected = Counter(row["file_name"] for row in planted if row["code"] == "FEED_REJECT")
    assert rejected == Counter(
        dict(
            tables.sql(
                "select file_name, rows_rejected from fct_feed_delivery where rows_rejected > 0"
            ).fetchall()
        )
    )
    repeated = tables.sql("select file_name from fct_feed_delivery where status = 'repeated'")
    assert [row["file_name"] for row in planted if row["code"] == "FEED_DUP"] == [
        name for (name,) in repeated.fetchall()
    ]


def test_stock_by_item_place_and_state_is_the_truth(demo_workspace, tables):
    state = {"available": "ON_HAND", "reserved": "RESERVED", "packed": "PACKED", "picked": "PICKED"}
    truth = {
        (row["item_id"], row["location_id"], state[row["stock_status"]]): Decimal(row["qty"])
        for row in key_rows(demo_workspace, "truth_stock")
        if row["date"] == "2025-12-31"
    }
    found = tables.sql(
        "select item_id, location_id, stock_state, sum(qty_base) from fct_stock_position "
        "group by all having sum(qty_base) <> 0"
    ).fetchall()
    assert {row[:3]: row[3] for row in found} == truth
    gaps = tables.sql("select count(*) from fct_stock_snapshot_check where difference_qty <> 0")
    assert gaps.fetchone() == (0,)


def test_ledger_differs_from_the_subledger_by_what_was_not_capitalised(demo_workspace, tables):
    missing = sum(
        Decimal(row["exposure_amount"])
        for row in key_rows(demo_workspace, "planted")
        if row["code"] == "RECEIPT_NOT_CAPITALISED"
    )
    found = dict(
        tables.sql(
            "select account_role, difference_amount from fct_gl_tieout "
            "where fiscal_year = 2025 and fiscal_period = 12 and difference_amount <> 0"
        ).fetchall()
    )
    assert found == {"INV": -missing, "GRIR": missing}


def test_ledger_balances_are_the_truth_in_every_month(demo_workspace, tables):
    truth = {
        (int(row["date"][5:7]), row["account"]): Decimal(row["closing_amount"])
        for row in key_rows(demo_workspace, "truth_ledger")
    }
    found = tables.sql(
        "select fiscal_period, account_code, actual_amount from fct_gl_tieout "
        "where fiscal_year = 2025 and fiscal_period <= 12"
    ).fetchall()
    assert {row[:2]: row[2] for row in found} == truth


def test_demand_is_what_customers_wanted(demo_workspace, tables):
    truth = {
        (row["date"], row["location_id"], row["item_id"]): Decimal(row["qty"])
        for row in key_rows(demo_workspace, "truth_demand")
        if row["date"] <= "2025-12-31"
    }
    found = tables.sql(
        "select cast(date as varchar), location_id, item_id, demand_qty from fct_demand "
        "where demand_qty <> 0 and date <= date '2025-12-31'"
    ).fetchall()
    assert {row[:3]: row[3] for row in found} == truth


def test_every_item_and_place_with_demand_has_a_reorder_point_and_its_reason(tables):
    missing = tables.sql(
        "select count(*) from mart_reorder where reorder_point is null or reason is null"
    ).fetchone()
    lines = tables.sql(
        "select (select count(*) from mart_reorder), "
        "(select count(distinct (item_id, location_id)) from fct_demand where demand_qty <> 0)"
    ).fetchone()
    assert missing == (0,)
    assert lines is not None and lines[0] == lines[1]
