"""Sales, Warehouse and Finance numbers bridged, and what is kept because figures are not believed."""

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
from tests.warehouse.small_warehouse import built, prepare
from tests.warehouse.view_stories import TABLES

BUILT = ("mart_view_bridge", "fct_exception", "mart_reorder", "mart_distrust_buffer")
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
    database = prepare(home, TABLES)
    attach_computed(database, {"reorder": [reorders(home)]})
    with built(database, *BUILT) as connection:
        yield connection


def asked(views: duckdb.DuckDBPyConnection, query: str) -> Rows:
    return [
        tuple(int(v) if isinstance(v, Decimal) and v == int(v) else v for v in row)
        for row in views.sql(query).fetchall()
    ]


def bridge(views: duckdb.DuckDBPyConnection, company: str, item: str = "X", place: str = "A"):
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
