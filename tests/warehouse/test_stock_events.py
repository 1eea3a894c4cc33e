"""What documents move: each story of supply_stories told to its end, rulings by their numbers."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.warehouse.test_stock_ledger import Rows, asked, events


def held(stock: duckdb.DuckDBPyConnection, company: str) -> Rows:
    """Item, place, state, owner and quantity of all that a company's ledger holds."""
    return asked(
        stock,
        "select item_id, location_id, stock_state, owner_id, qty_base from fct_stock_position"
        f" where company_id = '{company}' order by all",
    )


def flows(stock: duckdb.DuckDBPyConnection, company: str, document: str) -> Rows:
    """Event, states, quantity and day of the moves that a document says."""
    return asked(
        stock,
        "select event_code, from_state, to_state, qty_base, event_date from fct_stock_move"
        f" where company_id = '{company}' and source_movement_id = '{document}'"
        " order by event_date, move_id",
    )


def test_an_order_is_on_order_until_it_is_sent_and_what_is_cancelled_is_taken_back(stock):
    assert flows(stock, "SUPPLY", "order P1") == [
        ("E01", "EXT_SUPPLIER", "ON_ORDER", 100, date(2026, 3, 2)),
        ("E58", "ON_ORDER", "EXT_SUPPLIER", 10, date(2026, 3, 14)),
    ]
    assert asked(
        stock,
        "select reversal_of_move_id from fct_stock_move"
        " where company_id = 'SUPPLY' and move_id like '%order P1/1/cancelled'",
    ) == [("wms/SUPPLY/order P1/1",)]
    assert flows(stock, "SUPPLY", "order P5")[1:] == [
        ("E58", "ON_ORDER", "EXT_SUPPLIER", 30, date(2026, 3, 5))
    ]
    assert flows(stock, "SUPPLY", "order P6") == []
    assert flows(stock, "SUPPLY", "order P8") == [], "the supplier sends it to the customer"


def test_what_a_closed_notice_still_lacks_was_never_sent(stock):
    assert flows(stock, "SUPPLY", "notice N1") == [
        ("E03", "ON_ORDER", "IN_TRANSIT_IN", 60, date(2026, 3, 5)),
        ("E58", "IN_TRANSIT_IN", "ON_ORDER", 10, date(2026, 3, 10)),
    ]
    assert events(stock, "SUPPLY", "short") == "E05(IN_TRANSIT_IN>RECEIVED)"
    assert flows(stock, "SUPPLY", "notice N3") == [], "not sent yet"


def test_a_receipt_without_a_notice_takes_from_the_order_and_its_reversal_gives_back(stock):
    assert events(stock, "SUPPLY", "unannounced") == "E07(RECEIVED>ON_HAND)* E05(ON_ORDER>RECEIVED)"
    assert events(stock, "SUPPLY", "taken back") == "E58(ON_HAND>ON_ORDER)"


def test_more_than_was_ordered_was_ordered_when_it_came(stock):
    assert flows(stock, "SUPPLY", "order P4") == [
        ("E01", "EXT_SUPPLIER", "ON_ORDER", 4, date(2026, 3, 1)),
        ("E01", "EXT_SUPPLIER", "ON_ORDER", 2, date(2026, 3, 12)),
    ]


def test_title_that_passes_on_the_way_takes_the_notice_back_and_says_it_anew(stock):
    assert flows(stock, "SUPPLY", "notice N7") == [
        ("E03", "ON_ORDER", "IN_TRANSIT_IN", 9, date(2026, 3, 5)),
        ("E58", "IN_TRANSIT_IN", "ON_ORDER", 9, date(2026, 3, 8)),
        ("E02", "ON_ORDER", "IN_TRANSIT_IN", 9, date(2026, 3, 8)),
    ]


def test_supply_adds_up_by_state_and_owner(stock):
    assert held(stock, "SUPPLY") == [
        ("X", "A", "IN_TRANSIT_IN", "SUPPLY", 29),
        ("X", "A", "ON_HAND", "SUPPLY", 10),
        ("X", "A", "ON_ORDER", "SUP", 44),
        ("X", "A", "RECEIVED", "SUPPLY", 50),
    ]


def test_capability_92_goods_bought_at_origin_are_in_the_balance_of_the_month_they_left(stock):
    assert asked(
        stock,
        "select item_id, stock_state, qty_base, value_amount from fct_stock_position_daily"
        " where company_id = 'TITLE' and stock_state = 'IN_TRANSIT_IN' and date < '2026-03-01'"
        " order by all",
    ) == [("X", "IN_TRANSIT_IN", 10, 30), ("Y", "IN_TRANSIT_IN", 10, 0)]
    assert events(stock, "TITLE", "by origin").endswith("E04(IN_TRANSIT_IN>RECEIVED)")
    assert events(stock, "TITLE", "by arrival").endswith("E05(IN_TRANSIT_IN>RECEIVED)")
    assert held(stock, "TITLE") == [
        ("X", "A", "ON_HAND", "TITLE", 10),
        ("Y", "A", "ON_HAND", "TITLE", 10),
    ]


def test_goods_of_ours_on_their_way_cost_what_their_receipt_brings(stock):
    assert asked(
        stock,
        "select event_code, movement_cost_amount, value_change_amount from fct_stock_move"
        " where company_id = 'TITLE' and item_id = 'X' and event_code in ('E02', 'E04')"
        " order by all",
    ) == [("E02", 30, 30), ("E04", 30, 0)]


def test_ruling_b4_a_shortage_is_lost_only_when_the_notice_is_closed(stock):
    assert flows(stock, "LOST", "notice N1") == [
        ("E40", "XFER_TRANSIT", "EXT_ADJUST", 3, date(2026, 3, 5))
    ]
    assert flows(stock, "LOST", "notice N2") == []
    assert held(stock, "LOST") == [
        ("X", "A", "ON_HAND", "LOST", 30),
        ("X", "B", "ON_HAND", "LOST", 23),
        ("X", "B", "XFER_TRANSIT", "LOST", 4),
    ]


def test_capability_29_a_transfer_takes_from_one_place_and_the_company_keeps_its_total(stock):
    total, origin, on_its_way = asked(
        stock,
        "select sum(qty_base), sum(case when location_id = 'A' then qty_base end),"
        " sum(case when stock_state = 'XFER_TRANSIT' then qty_base end)"
        " from fct_stock_position where company_id = 'TRANSFER'",
    )[0]
    assert (total, origin, on_its_way) == (60, 60 - 25 - 5, 25)
    assert asked(
        stock,
        "select in_transit_qty, position_qty from int_planning__position"
        " where company_id = 'TRANSFER' and location_id = 'B'",
    ) == [(25, 30)], "what is on its way is in the position, so that nothing is ordered twice"


def test_goods_used_at_a_customers_site_are_told_once(stock):
    assert events(stock, "SITE", "billing event B1") == "E44(CONSIGN_OUT>EXT_CUSTOMER)*"
    assert events(stock, "SITE", "billing event B2") == "", "the site sends what it uses itself"
    assert events(stock, "SITE", "used") == "E44(CONSIGN_OUT>EXT_CUSTOMER)"
    assert events(stock, "SITE", "fetched") == "E45(CONSIGN_OUT>RECEIVED)"
    assert held(stock, "SITE") == [
        ("X", "A", "ON_HAND", "SITE", 10),
        ("X", "A", "RECEIVED", "SITE", 3),
        ("X", "B", "CONSIGN_OUT", "SITE", 7),
        ("X", "CHI", "CONSIGN_OUT", "SITE", 3),
    ]


def test_what_is_billed_and_held_is_the_customers_and_told_once(stock):
    assert events(stock, "HELD", "set aside") == "E25(ON_HAND>BILL_HOLD)"
    assert events(stock, "HELD", "billing event B1") == ""
    assert events(stock, "HELD", "billing event B2") == "E25(ON_HAND>BILL_HOLD)*"
    assert events(stock, "HELD", "fetched") == "E26(BILL_HOLD>EXT_CUSTOMER)"
    assert held(stock, "HELD") == [
        ("X", "A", "BILL_HOLD", "C1", 3),
        ("X", "A", "ON_HAND", "HELD", 26),
        ("X", "B", "BILL_HOLD", "C1", 6),
        ("X", "B", "ON_HAND", "HELD", 24),
    ]


def test_ruling_a4_a_movement_out_of_the_hold_wins_over_the_disposition(stock):
    assert events(stock, "DECIDED", "receipt R1") == "E31(RETURN_QC>ON_HAND)*"
    assert events(stock, "DECIDED", "receipt R2") == ""
    assert events(stock, "DECIDED", "shelf 2") == "E31(RETURN_QC>ON_HAND)"
    assert events(stock, "DECIDED", "receipt R3") == "E32(RETURN_QC>EXT_SCRAPPED)*"
    assert events(stock, "DECIDED", "receipt R5") == (
        "E31(RETURN_QC>ON_HAND)* E33(ON_HAND>QUARANTINE)*"
    )
    assert held(stock, "DECIDED") == [
        ("X", "A", "ON_HAND", "DECIDED", 5),
        ("X", "A", "QUARANTINE", "DECIDED", 1),
        ("X", "A", "RETURN_QC", "DECIDED", 7),
    ]


def test_goods_lost_or_refused_on_the_way_are_not_the_customers(stock):
    assert events(stock, "REFUSED", "delivery S1") == "E27(IN_TRANSIT_OUT>RETURN_TRANSIT)*"
    assert events(stock, "REFUSED", "delivery S2") == "E27(IN_TRANSIT_OUT>EXT_ADJUST)*"
    assert events(stock, "REFUSED", "came back") == "E29(RETURN_TRANSIT>RETURN_QC)"
    assert held(stock, "REFUSED") == [
        ("X", "A", "ON_HAND", "REFUSED", 3),
        ("X", "B", "RETURN_QC", "REFUSED", 4),
    ]


def test_goods_sold_inside_the_group_leave_one_set_of_books_and_enter_the_other(stock):
    assert events(stock, "GROUPA", "sold on") == "E42(PACKED>EXT_CUSTOMER)"
    assert flows(stock, "GROUPB", "notice N1") == [
        ("E42", "EXT_SUPPLIER", "XFER_TRANSIT", 10, date(2026, 3, 2))
    ]
    assert held(stock, "GROUPB") == [("X", "B", "RECEIVED", "GROUPB", 10)]
    assert asked(
        stock,
        "select movement_cost_amount from fct_stock_move"
        " where company_id = 'GROUPB' and event_code = 'E42'",
    ) == [(1200,)], "at the price between the companies"


def test_a_drop_shipment_is_on_its_way_until_its_order_is_closed(stock):
    assert flows(stock, "DIRECT", "billing event B1") == [
        ("E47", "EXT_SUPPLIER", "DROPSHIP_TRANSIT", 9, date(2026, 3, 2)),
        ("E47", "DROPSHIP_TRANSIT", "EXT_CUSTOMER", 9, date(2026, 3, 4)),
    ]
    assert held(stock, "DIRECT") == [("X", "A", "DROPSHIP_TRANSIT", "C1", 11)]


def test_capability_90_container_and_drop_shipment_are_states_with_owner_and_treatment(stock):
    assert asked(
        stock,
        "select company_id, stock_state, qty_base, owner_id, is_physical, is_valued, account_role"
        " from fct_stock_position where company_id in ('PLACES', 'DIRECT')"
        " and stock_state in ('IN_TRANSIT_IN', 'DROPSHIP_TRANSIT') order by all",
    ) == [
        ("DIRECT", "DROPSHIP_TRANSIT", 11, "C1", False, False, None),
        ("PLACES", "IN_TRANSIT_IN", 40, "PLACES", False, True, "INV_TRANSIT"),
    ]


def test_capability_9_two_centres_a_store_a_3pl_and_a_container_add_up_in_one_table(stock):
    places = held(stock, "PLACES")
    assert [row[1:3] + row[4:] for row in places] == [
        ("3PL", "ON_HAND", 20),
        ("A", "IN_TRANSIT_IN", 40),
        ("A", "ON_HAND", 100),
        ("B", "ON_HAND", 50),
        ("CHI", "ON_HAND", 7),
    ]
    assert sum(row[4] for row in places) == 100 + 50 + 7 + (25 - 5) + 40


@pytest.mark.parametrize(
    ("movement", "expected"),
    [
        ("own use", "E55(ON_HAND>EXT_CONSUMED)"),
        ("shrink", "E37(ON_HAND>EXT_ADJUST)"),
        ("to the line", "E50(ON_HAND>WIP)"),
        ("spoilt", "E53(WIP>EXT_SCRAPPED)"),
        ("made", "E52(WIP>ON_HAND)"),
        ("into a kit", "E48(ON_HAND>EXT_CONSUMED)"),
        ("the kit", "E48(EXT_CONSUMED>ON_HAND)"),
        ("apart again", "E49(ON_HAND>EXT_CONSUMED)"),
        ("its parts", "E49(EXT_CONSUMED>ON_HAND)"),
        ("not dropped", "E58(DAMAGED>ON_HAND)"),
    ],
)
def test_each_kind_of_movement_is_its_event(stock, movement, expected):
    assert events(stock, "KINDS", movement) == expected


def test_ruling_a1_a_negative_row_of_both_sides_takes_its_original_back(stock):
    assert asked(
        stock,
        "select from_state, to_state, qty_base, reversal_of_move_id from fct_stock_move"
        " where company_id = 'KINDS' and source_movement_id = 'not dropped'",
    ) == [("DAMAGED", "ON_HAND", 2, "wms/KINDS/dropped/1")]


def test_pieces_not_found_are_blocked_once(stock):
    assert events(stock, "PICKS", "allocation A1") == "E18(RESERVED>QUARANTINE)*"
    assert events(stock, "PICKS", "allocation A2") == "", "the site sends it itself"
    assert events(stock, "PICKS", "blocked 2") == "E18(RESERVED>QUARANTINE)"
    assert [row[2:] for row in held(stock, "PICKS")] == [
        ("ON_HAND", "PICKS", 8),
        ("PICKED", "PICKS", 9),
        ("QUARANTINE", "PICKS", 3),
    ]


def test_what_we_take_of_a_suppliers_goods_is_no_longer_its_own(stock):
    assert events(stock, "THEIRS", "received") == "E46(EXT_SUPPLIER>CONSIGN_IN)"
    assert events(stock, "THEIRS", "taken") == "E46(CONSIGN_IN>RESERVED)"
    assert held(stock, "THEIRS") == [
        ("X", "A", "CONSIGN_IN", "SUP", 5),
        ("X", "A", "RESERVED", "THEIRS", 4),
    ]
