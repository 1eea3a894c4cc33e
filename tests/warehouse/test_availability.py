"""What may be promised, who promised too much, and where goods should come from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.warehouse.availability_stories import TABLES
from tests.warehouse.project_sql import Built
from tests.warehouse.small_warehouse import prepare

BUILT = (
    "mart_availability",
    "mart_fulfilment_advice",
    "mart_channel_feed",
    "mart_blind_window",
    "fct_exception",
)


@pytest.fixture(scope="module")
def sales(
    tmp_path_factory: pytest.TempPathFactory, built: Built
) -> Iterator[duckdb.DuckDBPyConnection]:
    home = tmp_path_factory.mktemp("availability")
    with built(prepare(home, TABLES), *BUILT) as connection:
        yield connection


def asked(sales: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return [
        tuple(int(v) if isinstance(v, Decimal) and v == int(v) else v for v in row)
        for row in sales.sql(query).fetchall()
    ]


def problems(sales: duckdb.DuckDBPyConnection, company: str) -> list[tuple[Any, ...]]:
    """Code, order, item and place, exposure and evidence of each problem of availability."""
    found = asked(
        sales,
        "select code, order_id, item_id, location_id, exposure_amount, evidence from fct_exception"
        " where code in ('DOUBLE_COMMIT', 'PROMISE_ON_THEORETICAL', 'BUFFER_BREACH',"
        f" 'OVERSTOCK_UNDERSTOCK') and company_id = '{company}' order by all",
    )
    return [(*row[:-1], json.loads(row[-1])) for row in found]


def days(sales: duckdb.DuckDBPyConnection, company: str, columns: str) -> list[tuple[Any, ...]]:
    return asked(
        sales,
        f"select channel, strftime(date, '%m-%d'), {columns} from mart_availability"
        f" where company_id = '{company}' and item_id = 'X' order by all",
    )


def test_capability_11_available_now_and_on_the_day_the_order_comes(sales):
    assert days(sales, "PROJECTED", "available_now, available_projected") == [
        ("*", "03-31", 60, 60),
        ("*", "04-05", 60, 110),
    ]


def test_capability_78_every_component_stands_in_a_column_of_its_own(sales):
    assert days(
        sales,
        "PROJECTED",
        "on_hand, reserved, safety_buffer, inbound_confirmed, on_order_confirmed,"
        " open_demand_unreserved, protected",
    ) == [("*", "03-31", 70, 30, 10, 0, 0, 0, 0), ("*", "04-05", 70, 30, 10, 0, 50, 0, 0)]


def test_capability_86_shares_divide_what_is_there_and_feeds_are_held_to_them_by_day(sales):
    assert days(sales, "SHARED", "available_now, protected") == [
        ("*", "03-31", 0, 100),
        ("store", "03-31", 40, 60),
        ("web", "03-31", 60, 40),
    ]
    assert asked(
        sales,
        "select channel, strftime(date, '%m-%d'), actual_available, expected_available, difference"
        " from mart_channel_feed where company_id = 'SHARED' order by all",
    ) == [
        ("store", "03-30", 35, 40, -5),
        ("web", "03-29", 70, 60, 10),
        ("web", "03-30", 60, 60, 0),
    ]
    assert problems(sales, "SHARED") == []


def test_ruling_b8_a_row_per_place_that_sells_and_channel_with_a_policy_and_one_for_the_rest(sales):
    assert asked(
        sales,
        "select location_id, location_group, channel, available_now, protected"
        " from mart_availability where company_id = 'GROUPED' and is_today order by all",
    ) == [("A", "front", "*", 25, 15), ("A", "front", "web", 40, 0)]


def test_capability_84_a_channel_that_shows_the_safety_stock(sales):
    (found,) = problems(sales, "SHOWN")
    assert found[:-1] == ("BUFFER_BREACH", None, "X", "A", 40)
    shown = {"broken_qty": "20", "shown_qty": "100", "available_qty": "80", "days": "2"}
    assert {name: str(int(float(found[-1][name]))) for name in shown} == shown


def test_capability_84_a_promise_out_of_the_safety_stock_is_found_and_the_last_free_piece_is_not(
    sales,
):
    assert [(*row[:-1], row[-1]["broken_qty"]) for row in problems(sales, "BUFFERED")] == [
        ("BUFFER_BREACH", "O2", "X", "A", 10, "1.000000")
    ]


def test_capability_85_sold_twice_names_both_orders(sales):
    (found,) = problems(sales, "TWICE")
    assert found[:-1] == ("DOUBLE_COMMIT", "O2", "X", "A", 20)
    assert found[-1]["broken_qty"] == "2.000000"
    assert found[-1]["other_order_id"] == "O1"
    assert (found[-1]["on_shelf_qty"], found[-1]["reserved_qty"]) == ("10.000000", "7.000000")


def test_capability_82_the_window_in_which_the_shelf_does_not_know_of_the_sale(sales):
    assert asked(
        sales,
        "select channel, open_lines, open_qty, longest_hours, overcommitted_qty"
        " from mart_blind_window where company_id = 'TWICE' order by all",
    ) == [("web", 1, 5, 36, 2), ("wholesale", 1, 7, 48, 0)]
    assert asked(
        sales,
        "select order_lines, open_lines, mean_hours from mart_blind_window"
        " where company_id = 'UNEVEN' and location_id = 'B'",
    ) == [(1, 0, 24)]


def test_capability_83_a_promise_on_goods_in_inspection_and_the_express_it_cost(sales):
    (found,) = problems(sales, "EARLY")
    assert found[:-1] == ("PROMISE_ON_THEORETICAL", "O1", "X", "A", 160)
    assert found[-1]["broken_qty"] == "8.000000"
    assert found[-1]["expedite_amount"] == "80.0000"
    assert found[-1]["days_late"] == "2"


def test_a_promise_that_says_nothing_may_wait_for_what_comes_until_its_day(sales):
    """Five lie here and five come on 3 April: the first order wants six on 1 April."""
    assert [(*row[:4], row[-1]["broken_qty"]) for row in problems(sales, "SOFT")] == [
        ("DOUBLE_COMMIT", "O1", "X", "A", "1.000000")
    ]


def test_capability_14_the_cheaper_place_that_has_all_of_it(sales):
    assert asked(
        sales,
        "select order_id, best_location_id, best_qty, best_cost_amount, runner_up_location_id,"
        " runner_up_cost_amount, reason from mart_fulfilment_advice"
        " where company_id = 'ADVISED' order by all",
    ) == [
        ("O1", "B", 20, 5, "A", 9, "has all of it and costs less than the next one"),
        ("O2", "A", 5, Decimal("30.2500"), None, None,
         "no place has all of it; this one has most for the cost"),
        ("O3", None, None, None, None, None, "no place has any of it free"),
    ]  # fmt: skip


def test_capability_14_what_is_put_aside_stays_where_it_is(sales):
    assert asked(
        sales,
        "select best_location_id, reason from mart_fulfilment_advice"
        " where company_id = 'PROJECTED'",
    ) == [("A", "put aside already")]


def test_capability_93_full_here_and_empty_there_with_what_transfers_cost(sales):
    (found,) = problems(sales, "UNEVEN")
    assert found[:4] == ("OVERSTOCK_UNDERSTOCK", None, "X", "B")
    evidence = found[-1]
    assert (evidence["surplus_location_id"], evidence["cover_days"]) == ("A", "0.00")
    assert evidence["surplus_cover_days"] == "300.00"
    assert evidence["paid_transfer_amount"] == "45.0000"


def test_without_a_stock_feed_nothing_is_available_or_missing(sales):
    for table in ("mart_availability", "mart_fulfilment_advice", "mart_blind_window"):
        silent = asked(sales, f"select count(*) from {table} where company_id = 'SILENT'")
        assert silent == [(0,)], table
    assert problems(sales, "SILENT") == []
