"""Sales, Warehouse and Finance numbers bridged, what feeds them, and how far each can be believed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from pipelines.warehouse.database import attach_computed
from tests.warehouse import control_stories, view_stories
from tests.warehouse.project_sql import Built
from tests.warehouse.small_warehouse import AS_OF, prepare

Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def views(
    tmp_path_factory: pytest.TempPathFactory, built: Built
) -> Iterator[duckdb.DuckDBPyConnection]:
    home = tmp_path_factory.mktemp("views")
    told = (view_stories.TABLES, control_stories.TABLES)
    tables = {
        name: [row for stories in told for row in stories.get(name, [])]
        for name in sorted({name for stories in told for name in stories})
    }
    database = prepare(
        home, tables, watermarks=[("wms_stock_movement", "WATCHED", AS_OF - timedelta(days=2))]
    )
    attach_computed(database, {"reorder": [view_stories.reorders(home)]})
    with built(database, *view_stories.BUILT) as connection:
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


def test_a_place_without_movements_has_no_bridge_and_nothing_unexplained(views):
    assert asked(
        views,
        "select location_id, step, qty from mart_view_bridge"
        " where company_id = 'ELSEWHERE' and step = 'finance_number'",
    ) == [("A", "finance_number", 10)]
    # its ledger opened with what no movement told, and for an account that no policy names
    codes = "select code from fct_exception where company_id = 'ELSEWHERE' order by code"
    assert asked(views, codes) == [("GL_OPENING_DIFF",), ("MASTER_MISSING",)]


def test_capability_12_five_days_above_the_reorder_point_is_on_watch(views):
    assert asked(
        views,
        "select position, reorder_point, days_to_reorder_point, is_on_watch, order_qty"
        " from mart_reorder where item_id = 'X' and location_id = 'A'",
    ) == [(150, 100, 5, True, 0)]


def test_what_a_planner_says_holds_beside_the_advice_until_it_ends(views):
    figures = "reorder_point, order_up_to, order_qty, advised_reorder_point, advised_order_qty"
    here = "where item_id = 'X' and location_id = 'B'"
    assert asked(views, f"select {figures} from mart_reorder {here}") == [(250, 450, 450, 100, 300)]
    told = f"select override_id, standing from mart_planning_override {here} order by 1"
    assert asked(views, told) == [("FAIR", "in_force"), ("SALE", "expired")]


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
    """W1's standard orders first; the wider pilot takes in the part shipments and backorders of B."""
    assert asked(
        views,
        "select scope, billing_rule_id, expected_lines, expected_amount from mart_scope_total"
        " where company_id = 'PILOT' and scope <> '' order by all",
    ) == [
        ("pilot", "BR-SHIP", 1, 50),
        ("wider", "BR-BACKORDER", 1, 40),
        ("wider", "BR-PARTIAL", 1, 60),
        ("wider", "BR-SHIP", 2, 100),
    ]
    assert asked(
        views,
        "select sum(expected_lines), sum(expected_amount) from mart_scope_total"
        " where company_id = 'PILOT' and scope = ''",
    ) == [(5, 200)]


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


def test_capability_14_every_link_of_an_order_has_its_ids_and_times_or_is_named_as_missing(views):
    """Nobody packs in A. The ledger has the cost of the goods and not the revenue."""
    told = asked(
        views,
        "select link_name, status, coalesce(first_document_id, reason), strftime(first_at, '%m-%d')"
        " from mart_trace where company_id = 'TRACED' and order_id = 'O1' order by link_number",
    )
    needs = "not available: needs"
    waiting = "nothing before it calls for it yet"
    assert [row for row in told if row[0] != "expected billing"] == [
        ("order line", "OK", "O1/1", "02-28"),
        ("promise", "OK", "2026-03-03", "02-28"),
        ("reservation", "OK", "M2", "03-01"),
        ("pick", "OK", "M3", "03-01"),
        ("pack", "NA", f"{needs} wms_stock_movement or wms_allocation", None),
        ("shipment", "OK", "M4", "03-02"),
        ("delivery", "NA", waiting, None),
        ("cost", "OK", "wms/TRACED/M4/1", None),
        ("invoice", "OK", "I1/1", "03-04"),
        ("revenue entry", "MISSING", "GL_MISSING_IN_GL", None),
        ("cost of sales entry", "OK", "J1/1", None),
        ("stock entry", "OK", "J1/2", None),
        ("receivable", "NA", f"{needs} billing_invoice and billing_cash_application", None),
        ("settlement", "NA", waiting, None),
        ("certified period", "NA", "2026-3", None),
    ]
    assert asked(
        views,
        "select link_name, qty, amount, cost_amount, source_row from mart_trace"
        " where company_id = 'TRACED' and order_id = 'O1' and link_number in (6, 8, 10)"
        " order by link_number",
    ) == [
        ("shipment", 10, None, None, "wms_stock_movement.csv#42"),
        ("cost", 10, None, 20, None),
        ("invoice", 10, 100, None, "billing_invoice_line.csv#3"),
    ]


def test_capability_14_an_order_promised_for_yesterday_misses_its_shipment_and_todays_does_not(
    views,
):
    assert asked(
        views,
        "select order_id, link_name, status from mart_trace where company_id = 'TRACED'"
        " and order_id in ('O2', 'O3') and status <> 'NA' and link_number > 2 order by all",
    ) == [("O2", "shipment", "MISSING")]


def test_capability_10_a_stale_feed_marks_what_is_made_of_it_with_its_own_watermark(views):
    for table in ("fct_stock_position", "mart_availability", "mart_physical_stock"):
        assert asked(
            views,
            "select distinct company_id, strftime(watermark_at, '%m-%d %H:%M'),"
            f" strftime(as_of_at, '%m-%d %H:%M') from {table}"
            " where company_id in ('WATCHED', 'VIEWS') order by all",
        ) == [
            ("VIEWS", "03-31 12:00", "03-31 12:00"),
            ("WATCHED", "03-29 12:00", "03-31 12:00"),
        ], table


def test_capability_88_goods_taken_back_without_a_credit_are_a_liability_after_the_fifth_day(views):
    """Accepted on Monday the 23rd and Tuesday the 24th; the fifth business day must have passed."""
    (found,) = asked(
        views,
        "select receipt_id, leakage_category, exposure_amount, evidence from fct_exception"
        " where company_id = 'RETURNED' and code = 'RETURN_NO_CREDIT'",
    )
    assert found[:-1] == ("R1", "L8", 30)
    assert json.loads(found[-1])["credit_due_date"] == "2026-03-30"
    assert asked(
        views,
        "select stock_state, qty_base from fct_stock_position where company_id = 'RETURNED'",
    ) == [("ON_HAND", 15)]
