"""Movements in, moves and positions out: each story of stock_stories told to its end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pytest

Rows = list[tuple[object, ...]]


def asked(stock: duckdb.DuckDBPyConnection, query: str) -> Rows:
    """Answer with quantities as whole numbers where they are."""
    answer = stock.sql(query).fetchall()
    return [
        tuple(int(v) if isinstance(v, Decimal) and v == int(v) else v for v in row)
        for row in answer
    ]


def position(stock: duckdb.DuckDBPyConnection, company: str) -> Rows:
    return asked(
        stock,
        "select item_id, location_id, stock_state, qty_base, value_amount from fct_stock_position"
        f" where company_id = '{company}' order by all",
    )


def events(stock: duckdb.DuckDBPyConnection, company: str, movement: str) -> str:
    found = asked(
        stock,
        "select event_code, from_state, to_state, is_derived from fct_stock_move"
        f" where company_id = '{company}' and source_movement_id = '{movement}'"
        " order by is_derived desc, event_code, to_state",
    )
    return " ".join(
        f"{code}({source}>{target}){'*' if derived else ''}"
        for code, source, target, derived in found
    )


def test_ruling_a2_one_side_of_a_shipment_implies_the_steps_before_it(stock):
    assert events(stock, "ONESIDE", "ship") == (
        "E14(ON_HAND>RESERVED)* E16(RESERVED>PICKED)* E17(PICKED>PACKED)* E19(PACKED>EXT_CUSTOMER)"
    )
    assert events(stock, "ONESIDE", "receipt") == (
        "E01(EXT_SUPPLIER>ON_ORDER)* E07(RECEIVED>ON_HAND)* E05(ON_ORDER>RECEIVED)"
    )
    assert position(stock, "ONESIDE") == [("X", "A", "ON_HAND", 6, 15)]


def test_ruling_b1_goods_in_transfer_lie_at_the_receiver_and_the_total_stays(stock):
    assert position(stock, "TRANSFER") == [
        ("X", "A", "ON_HAND", 30, 90),
        ("X", "B", "ON_HAND", 5, 15),
        ("X", "B", "XFER_TRANSIT", 25, 75),
    ]


def test_a_reversal_mirrors_its_original_and_names_it(stock):
    assert events(stock, "REVERSAL", "unship") == "E58(EXT_CUSTOMER>ON_HAND)"
    assert asked(
        stock,
        "select reversal_of_move_id, qty_base, movement_cost_amount from fct_stock_move"
        " where company_id = 'REVERSAL' and source_movement_id = 'unship'",
    ) == [("wms/REVERSAL/ship/1", 3, 3)]
    assert position(stock, "REVERSAL") == [("X", "A", "ON_HAND", 8, 8)]


def test_ruling_a3_both_sides_make_one_move_and_a_change_of_bin_makes_none(stock):
    assert events(stock, "BOTHSIDES", "putaway") == "E07(RECEIVED>ON_HAND)"
    assert events(stock, "BOTHSIDES", "hold out") == "E33(ON_HAND>QUARANTINE)"
    for silent in ("hold in", "to bin", "from bin"):
        assert events(stock, "BOTHSIDES", silent) == ""
    assert position(stock, "BOTHSIDES") == [
        ("X", "A", "ON_HAND", 5, 10),
        ("X", "A", "QUARANTINE", 3, 6),
        ("X", "A", "RECEIVED", 2, 4),
    ]


def test_what_no_rule_covers_goes_to_people_and_never_to_a_default(stock):
    assert asked(
        stock,
        "select source_movement_id, reason from int_stock__unmapped_movement order by all",
    ) == [
        ("by weight", "unit KG does not convert to the base unit EA"),
        ("came back", "no event of type ship takes goods in to ON_HAND"),
        ("in transit", "no event of type count_adjust takes goods in to XFER_TRANSIT"),
        ("no such item", "item code GHOST is in no item master"),
    ]
    assert position(stock, "UNKNOWN") == [("X", "A", "ON_HAND", 1, None)]


def test_a_site_that_sends_documents_only_has_a_ledger(stock):
    assert position(stock, "DOCUMENTS") == [
        ("X", "A", "ON_HAND", 9, Decimal("13.5000")),
        ("X", "A", "RTV_STAGED", 2, 3),
        ("X", "B", "ON_HAND", 2, 3),
        ("X", "B", "XFER_TRANSIT", 1, Decimal("1.5000")),
        ("X", "C1", "DROPSHIP_TRANSIT", 100, 0),
    ]
    assert events(stock, "DOCUMENTS", "dropship S4") == "E47(EXT_SUPPLIER>DROPSHIP_TRANSIT)*"
    assert events(stock, "DOCUMENTS", "shipment S6").endswith("E54(PACKED>EXT_CUSTOMER)*")


def test_the_first_snapshot_opens_a_site_that_sends_documents_only(stock):
    # at B something left before anybody counted: the snapshot opens nothing and differs
    assert asked(
        stock,
        "select item_id, location_id, stock_state, qty_base from fct_stock_position"
        " where company_id = 'OPENED' order by all",
    ) == [("X", "A", "ON_HAND", 7), ("X", "B", "ON_HAND", -1), ("Y", "A", "DAMAGED", 2)]
    assert events(stock, "OPENED", "snapshot A") == (
        "E00(EXT_ADJUST>DAMAGED)* E00(EXT_ADJUST>ON_HAND)*"
    )
    assert asked(
        stock,
        "select location_id, source_item_code, cast(snapshot_at as date), stock_state,"
        " difference_qty from fct_stock_snapshot_check"
        " where company_id = 'OPENED' and check_status = 'differs' order by all",
    ) == [
        ("A", "X", date(2026, 3, 5), "ON_HAND", -1),
        ("A", "Y", date(2026, 3, 5), "DAMAGED", -2),
        ("B", "X", date(2026, 3, 5), "ON_HAND", 10),
    ]


def test_a_site_that_sends_both_is_counted_once_and_compared(stock):
    assert position(stock, "BOTHFEEDS") == [("X", "A", "ON_HAND", 6, 12)]
    assert asked(
        stock,
        "select flow, ledger_feed, movement_qty, document_qty, difference_qty, check_status"
        " from fct_stock_feed_check where company_id = 'BOTHFEEDS' order by all",
    ) == [
        ("issued", "movements", -4, -5, -1, "differs"),
        ("received", "movements", 10, 10, 0, "agrees"),
    ]


def test_rows_later_than_as_of_take_no_part(stock):
    assert position(stock, "LATE") == [("X", "A", "ON_HAND", 5, 5)]


def test_control_at_delivery_passes_when_the_carrier_says_so(stock):
    assert events(stock, "DELIVERY", "to arrive").endswith("E20(PACKED>IN_TRANSIT_OUT)")
    assert events(stock, "DELIVERY", "delivery S1") == "E21(IN_TRANSIT_OUT>EXT_CUSTOMER)*"
    assert events(stock, "DELIVERY", "said twice") == ""
    assert events(stock, "DELIVERY", "delivery S3") == ""
    assert position(stock, "DELIVERY") == [
        ("X", "A", "IN_TRANSIT_OUT", 6, 6),
        ("X", "A", "ON_HAND", 2, 2),
    ]


def test_ruling_a18_a_snapshot_says_zero_for_what_it_leaves_out(stock):
    assert asked(
        stock,
        "select location_id, source_item_code, cast(snapshot_at as date), ledger_qty,"
        " snapshot_qty, difference_qty, is_listed, check_status from fct_stock_snapshot_check"
        " where company_id = 'SNAPSHOT' order by all",
    ) == [
        ("A", "X", date(2026, 3, 4), 5, 5, 0, True, "agrees"),
        ("A", "X", date(2026, 3, 5), -1, 0, 1, True, "differs"),
        ("A", "Y", date(2026, 3, 4), 7, 0, -7, False, "differs"),
        ("A", "Y", date(2026, 3, 5), 7, 0, -7, False, "differs"),
        ("B", "X", date(2026, 3, 5), 0, 9, None, True, "not_compared"),
    ]


def test_returns_and_relabels_reach_the_state_they_name(stock):
    assert events(stock, "RETURNS", "to vendor") == (
        "E08(ON_HAND>RTV_STAGED)* E09(RTV_STAGED>EXT_SUPPLIER)"
    )
    assert events(stock, "RETURNS", "restocked") == (
        "E31(RETURN_QC>ON_HAND)* E29(EXT_CUSTOMER>RETURN_QC)"
    )
    assert [row[:4] for row in position(stock, "RETURNS")] == [
        ("X", "A", "ON_HAND", 5),
        ("X", "A", "RETURN_QC", 3),
        ("Y", "A", "ON_HAND", 4),
    ]


def test_what_a_supplier_owns_is_here_and_not_in_the_books(stock):
    assert asked(
        stock,
        "select location_id, stock_state, owner_id, qty_base, is_physical, is_valued,"
        " account_role from fct_stock_position where company_id = 'CONSIGNED' order by all",
    ) == [
        ("A", "CONSIGN_IN", "SUP", 8, True, False, None),
        ("B", "CONSIGN_OUT", "CONSIGNED", 5, False, True, "INV_CONSIGN"),
    ]


def test_units_convert_by_exact_ratios_in_both_directions(stock):
    assert asked(
        stock,
        "select source_movement_id, qty_base, movement_cost_amount from fct_stock_move"
        " where company_id = 'UNITS' and not is_derived order by all",
    ) == [
        ("cases", 24, 48),
        ("one tray", Decimal("3.333333"), Decimal("-6.67")),
    ]


def test_a_late_evening_belongs_to_the_day_of_its_place(stock):
    assert asked(
        stock, "select event_date, posting_date from fct_stock_move where company_id = 'CHICAGO'"
    ) == [(date(2026, 3, 2), date(2026, 3, 2))]


def test_positions_are_what_the_moves_leave_behind(stock):
    different = asked(
        stock,
        """
        with legs as (
            select company_id, item_id, to_location_id as location_id, to_state as state,
                qty_base as qty
            from fct_stock_move where to_location_id is not null
            union all
            select company_id, item_id, from_location_id, from_state, -qty_base
            from fct_stock_move where from_location_id is not null),
        left_behind as (
            select company_id, item_id, location_id, state, sum(qty) as qty
            from legs group by all having sum(qty) <> 0),
        held as (
            select company_id, item_id, location_id, stock_state, sum(qty_base) as qty
            from fct_stock_position group by all having sum(qty_base) <> 0)
        (select * from left_behind except select * from held)
        union all
        (select * from held except select * from left_behind)
        """,
    )
    assert different == []


def test_every_move_joins_two_states_its_event_may_join(stock):
    illegal = asked(
        stock,
        """
        select distinct event_code, from_state, to_state
        from fct_stock_move anti join event_transition using (event_code, from_state, to_state)
        where event_code <> 'E58'
        """,
    )
    assert illegal == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 2), (9, 0, "orders", False, 5)),
        (date(2026, 3, 3), (0, 0, "none", False, None)),
        (date(2026, 3, 4), (2, 8, "orders", False, None)),
        (date(2026, 3, 6), (5, 0, "orders", False, None)),
    ],
)
def test_demand_is_what_was_asked_for(stock, day, expected):
    assert asked(
        stock,
        "select demand_qty, shipped_qty, demand_basis, is_censored, price from fct_demand"
        f" where company_id = 'DEMAND' and date = date '{day}'",
    ) == [expected]


def test_the_position_counts_what_is_on_order_less_what_customers_wait_for(stock):
    assert asked(
        stock,
        "select on_hand_qty, on_order_qty, open_demand_qty, position_qty"
        " from int_planning__position where company_id = 'DEMAND'",
    ) == [(-8, 40, -8, 24)]


def test_a_sites_own_decision_holds_while_it_is_in_force(stock):
    assert asked(
        stock,
        "select policy_key, valid_from, valid_to, origin, decision from dim_policy"
        " where company_id = 'ONESIDE' and policy_key in ('price_abs|', 'price_pct|')"
        " order by policy_key, valid_from",
    ) == [
        ("price_abs|", date(1900, 1, 1), date(2026, 2, 28), "default", "within 0.01000000"),
        ("price_abs|", date(2026, 3, 1), date(2026, 3, 15), "site", "within 0.05000000"),
        ("price_abs|", date(2026, 3, 16), date(9999, 12, 31), "default", "within 0.01000000"),
        ("price_pct|", date(1900, 1, 1), date(2025, 12, 31), "default", "within 0.50000000"),
        ("price_pct|", date(2026, 1, 1), date(9999, 12, 31), "site", "within 1.00000000"),
    ]


def test_business_days_are_weekdays_without_a_holiday(stock):
    assert asked(
        stock,
        "select date, is_business_day, fiscal_period, is_period_derived from dim_calendar"
        " where company_id = 'ONESIDE' and date between date '2026-03-06' and date '2026-03-10'"
        " order by date",
    ) == [
        (date(2026, 3, 6), True, 3, True),
        (date(2026, 3, 7), False, 3, True),
        (date(2026, 3, 8), False, 3, True),
        (date(2026, 3, 9), True, 3, True),
        (date(2026, 3, 10), False, 3, True),
    ]
