"""Sales, Warehouse and Finance numbers bridged, what feeds them, and how far each can be believed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from models.contracts import COMPUTED
from pipelines.warehouse.database import attach_computed
from tests.warehouse import control_stories, view_stories
from tests.warehouse.small_warehouse import built, prepare

BUILT = (
    "mart_view_bridge",
    "fct_exception",
    "fct_stock_position",
    "mart_availability",
    "mart_reorder",
    "mart_distrust_buffer",
    "mart_coverage",
    "mart_maturity",
    "mart_scope_total",
    "mart_handover_drift",
    "mart_receipt_not_capitalised",
)
Rows = list[tuple[Any, ...]]


def reorders(folder: Path) -> Path:
    """What the engine computed for WATCHED: 10 a day and order at 100, at both places."""
    told = {
        "company_id": "WATCHED",
        "reorder_point": Decimal(100),
        "safety_stock": Decimal(30),
        "order_up_to": Decimal(300),
        "lead_time_days": Decimal(7),
        "lead_time_sd_days": Decimal(0),
        "review_days": 0,
        "service_target": Decimal("0.95"),
        "service_kind": "cycle_service",
        "holding_rate": Decimal("0.2"),
        "demand_mean_daily": Decimal(10),
        "demand_sd_daily": Decimal(1),
        "forecaster": "mean",
        "policy_id": "",
        "policy_valid_from": date(2026, 1, 1),
        "reason": "Ten a day.",
        "origin_date": date(2026, 3, 30),
    }
    rows = [{**told, "item_id": item, "location_id": place} for item, place in ("XA", "YB")]
    path = folder / "reorder.parquet"
    types = COMPUTED["reorder"].polars_types()
    pl.DataFrame(rows, schema_overrides=types).select(*types).write_parquet(path)
    return path


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    home = tmp_path_factory.mktemp("views")
    told = (view_stories.TABLES, control_stories.TABLES)
    tables = {
        name: [row for stories in told for row in stories.get(name, [])]
        for name in sorted({name for stories in told for name in stories})
    }
    database = prepare(home, tables)
    attach_computed(database, {"reorder": [reorders(home)]})
    with built(database, *BUILT) as connection:
        yield connection


def asked(views: duckdb.DuckDBPyConnection, query: str) -> Rows:
    return [
        tuple(int(v) if isinstance(v, Decimal) and v == int(v) else v for v in row)
        for row in views.sql(query).fetchall()
    ]


def bridge(
    views: duckdb.DuckDBPyConnection, company: str, item: str = "X", place: str = "A"
) -> Rows:
    """Step and quantity of one item at one place, in the order of the bridge."""
    return asked(
        views,
        "select step, qty from mart_view_bridge"
        f" where company_id = '{company}' and item_id = '{item}' and location_id = '{place}'"
        " and step <> 'valuation_difference' order by step_number",
    )


def test_capability_76_sales_80_warehouse_100_finance_120_and_nothing_unexplained(views):
    assert bridge(views, "VIEWS") == [
        ("sales_number", 80),
        ("qc_hold", 20),
        ("warehouse_number", 100),
        ("in_transit_in", 20),
        ("unexplained", 0),
        ("finance_number", 120),
    ]
    assert asked(
        views,
        "select step, value_amount, running_value_amount from mart_view_bridge"
        " where company_id = 'VIEWS' and step_number >= 200 order by step_number",
    ) == [
        ("warehouse_number", 200, 200),
        ("in_transit_in", 40, 240),
        ("unexplained", 0, 240),
        ("valuation_difference", 1, 241),
        ("finance_number", 241, 241),
    ]


def test_capability_76_every_state_is_a_step_and_the_steps_sum(views):
    assert bridge(views, "HELD BACK") == [
        ("sales_number", 34),
        ("channel_protection", 34),
        ("safety_buffer", 10),
        ("reserved", 4),
        ("quarantine", 3),
        ("damaged", 2),
        ("damage_not_written_off", 1),
        ("bill_and_hold", 8),
        ("warehouse_number", 96),
        ("consigned_in", -7),
        ("bill_and_hold_sold", -8),
        ("unexplained", 0),
        ("finance_number", 81),
    ]
    assert bridge(views, "HELD BACK", place="B")[-3:] == [
        ("transfer_transit", 5),
        ("unexplained", 0),
        ("finance_number", 5),
    ]
    assert bridge(views, "HELD BACK", place="SITE")[-3] == ("consigned_out", 6)


def test_capability_76_what_nothing_explains_is_a_step_and_an_exception_of_its_own(views):
    assert bridge(views, "ADRIFT")[-2:] == [("unexplained", -3), ("finance_number", 7)]
    assert bridge(views, "ADRIFT", "Y")[-2:] == [("unexplained", 0), ("finance_number", 10)]
    (found,) = asked(
        views,
        "select problem.code, problem.item_id, problem.location_id, problem.exposure_amount,"
        " problem.evidence from fct_exception as problem inner join mart_view_bridge as step"
        " on problem.exception_id = step.exception_id where problem.company_id = 'ADRIFT'",
    )
    assert found[:-1] == ("GL_UNEXPLAINED", "X", "A", 6)
    assert json.loads(found[-1])["qty"] == "-3.000000"


def test_capability_80_received_and_never_posted_is_there_and_not_valued(views):
    assert bridge(views, "UNPOSTED") == [
        ("sales_number", 15),
        ("warehouse_number", 15),
        ("receipt_not_capitalised", -5),
        ("unexplained", 0),
        ("finance_number", 10),
    ]
    assert asked(
        views,
        "select code, receipt_id, exposure_amount from fct_exception"
        " where company_id = 'UNPOSTED' and code = 'RECEIPT_NOT_CAPITALISED'",
    ) == [("RECEIPT_NOT_CAPITALISED", "R2", 10)]


def test_what_came_after_finances_extract_is_a_step(views):
    assert bridge(views, "MONTHEND")[1:] == [
        ("warehouse_number", 6),
        ("after_extract", 4),
        ("unexplained", 0),
        ("finance_number", 10),
    ]


def test_one_figure_for_all_places_is_compared_with_all_of_them_together(views):
    assert bridge(views, "SPREAD")[-1] == ("finance_number", 10)
    assert bridge(views, "SPREAD", place="") == [
        ("sales_number", 0),
        ("warehouse_number", 0),
        ("unexplained", 1),
        ("finance_number", 1),
    ]
    assert bridge(views, "SPREAD", "Y", "") == []


def test_a_place_without_movements_has_no_bridge_and_no_exception(views):
    assert asked(
        views,
        "select location_id, step, qty from mart_view_bridge"
        " where company_id = 'ELSEWHERE' and step = 'finance_number'",
    ) == [("A", "finance_number", 10)]
    assert asked(views, "select * from fct_exception where company_id = 'ELSEWHERE'") == []


def test_capability_12_five_days_above_the_reorder_point_is_on_watch(views):
    assert asked(
        views,
        "select position, reorder_point, days_to_reorder_point, is_on_watch, order_qty"
        " from mart_reorder where item_id = 'X'",
    ) == [(150, 100, 5, True, 0)]


def test_capability_29_what_is_in_transit_keeps_an_order_from_being_made_and_the_row_says_so(views):
    ((position, order_qty, reason),) = asked(
        views, "select position, order_qty, reason from mart_reorder where item_id = 'Y'"
    )
    assert (position, order_qty) == (115, 0)
    assert reason.endswith("because of what is in transit.")


def test_capability_13_what_is_kept_for_inaccurate_and_for_late_figures(views):
    """Ten counts of 100, one of 110: relative deviation 0.03. One event came a day late."""
    assert asked(
        views,
        "select accuracy_by_count_pct, variance_sd, accuracy_buffer_qty, accuracy_buffer_amount,"
        " latency_days, latency_buffer_qty, latency_buffer_amount"
        " from mart_distrust_buffer where company_id = 'COUNTED'",
    ) == [(90, Decimal("0.03"), Decimal("4.95"), Decimal("9.9"), 1, 10, 20)]
    assert asked(
        views,
        "select accuracy_buffer_qty from mart_distrust_buffer where company_id = 'ADRIFT'",
    ) == [(None,), (None,)]


def test_capability_87_received_and_not_capitalised_ages_and_proposes_its_accrual(views):
    assert asked(
        views,
        "select receipt_id, age_days, age_bucket, amount, supplier_invoice_date, is_period_over,"
        " strftime(accrual_date, '%m-%d'), accrual_debit_role, accrual_credit_role, accrual_amount,"
        " strftime(accrual_reversal_date, '%m-%d') from mart_receipt_not_capitalised"
        " where company_id = 'UNPOSTED'",
    ) == [("R2", 28, "8-30", 10, None, False, "03-31", "INV", "GRIR", 10, "04-01")]


def test_capability_81_days_and_open_pieces_at_each_handover(views):
    assert asked(
        views,
        "select order_id, handover, handed_qty, taken_qty, open_qty, days from mart_handover_drift"
        " where company_id = 'DRIFT' order by order_id, handover_number",
    ) == [
        ("O1", "reservation to pick", 10, 10, 0, 0),
        ("O1", "pick to shipment", 10, 10, 0, 1),
        ("O1", "shipment to invoice", 10, 10, 0, 2),
        ("O2", "reservation to pick", 6, 4, 2, 2),
        ("O2", "pick to shipment", 4, 0, 4, 1),
    ]


def test_capability_94_a_site_that_finance_does_not_name_is_a_gap_and_its_numbers_are_partial(
    views,
):
    assert asked(
        views,
        "select location_id, coverage_status, gap, is_partial from mart_coverage"
        " where company_id = 'MAPPED' and module = 'finance' order by all",
    ) == [
        ("A", "for this place", None, True),
        ("B", "for this place", None, True),
        ("SHOP", "gap", "not available: needs gl_journal_line or gl_inventory_subledger", True),
    ]
    assert asked(
        views,
        "select distinct location_id, finance_basis, is_partial from mart_view_bridge"
        " where company_id in ('MAPPED', 'DRIFT') order by all",
    ) == [
        ("A", "own ledger", True),
        ("A", "subledger", True),
        ("B", "subledger", True),
        ("SHOP", "own ledger", True),
    ]


def test_capability_49_scan_coverage_of_a_pilot_is_below_its_target_and_the_gate_is_not_met(views):
    assert asked(
        views,
        "select scope, numerator, denominator, value_pct, target_pct, is_met, reason"
        " from mart_maturity where company_id = 'PILOT' and gate = 'scan_coverage' order by scope",
    ) == [
        ("", 7, 20, 35, 95, False, "35.00 % is below 95 %"),
        ("pilot", 7, 10, 70, 95, False, "70.00 % is below 95 %"),
        ("wider", 7, 20, 35, 95, False, "35.00 % is below 95 %"),
    ]
    assert asked(
        views,
        "select reason, is_phase_met from mart_maturity where company_id = 'PILOT'"
        " and scope = 'pilot' and gate = 'count_accuracy'",
    ) == [("not available: needs wms_count_line", False)]


def test_capability_49_a_pilot_counts_its_warehouse_and_orders_and_a_wider_one_adds_to_it(views):
    assert asked(
        views,
        "select scope, sum(expected_lines), sum(expected_amount) from mart_scope_total"
        " where company_id = 'PILOT' group by scope order by scope",
    ) == [("", 3, 100), ("pilot", 1, 50), ("wider", 2, 100)]


def test_capability_72_one_event_told_by_two_systems_is_kept_once_and_the_other_is_shown(views):
    assert asked(
        views,
        "select sum(qty_base) from fct_stock_position"
        " where company_id = 'CARRIED' and stock_state = 'ON_HAND'",
    ) == [(18,)]
    (found,) = asked(
        views,
        "select movement_id, exposure_amount, evidence from fct_exception"
        " where company_id = 'CARRIED' and code = 'DUP_EVENT'",
    )
    assert found[:2] == ("EVT-7", 18)
    evidence = json.loads(found[2])
    assert (evidence["first_movement"], evidence["first_system"], evidence["system"]) == (
        "M1", "wms", "bus",
    )  # fmt: skip


def test_capability_96_goods_in_inspection_are_shown_and_not_available(views):
    assert asked(
        views,
        "select available_now, qc_hold from mart_availability"
        " where company_id = 'VIEWS' and item_id = 'X' and location_id = 'A' and is_today",
    ) == [(80, 20)]


def test_capability_88_damage_of_31_days_stands_at_cost_with_what_it_would_still_bring(views):
    """Damaged on 28 February and 1 March; the limit is 30 days. Sold for 3 apiece in March."""
    (found,) = asked(
        views,
        "select movement_id, exposure_amount, evidence from fct_exception"
        " where company_id = 'SOLD OFF' and code = 'DAMAGE_NOT_VALUED'",
    )
    assert found[:2] == ("M2", 6)
    evidence = json.loads(found[2])
    assert (evidence["age_days"], evidence["recent_net_price"], evidence["nrv_estimate"]) == (
        "31", "3.00000000", "9.0000",
    )  # fmt: skip
