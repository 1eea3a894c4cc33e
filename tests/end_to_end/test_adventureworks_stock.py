"""AdventureWorks from an empty folder to published tables: stock ledger, balances, bins, purchases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.end_to_end.published import Answers

pytestmark = [pytest.mark.real_data, pytest.mark.xdist_group("adventureworks")]


def test_stock_out_equals_billed_on_all_26815_product_days_by_order_date(aw: Answers) -> None:
    days, units, different = aw.row(_out_against("fct_invoice_line", "invoice_date", "actual_qty"))
    assert (days, units, different) == (26_815, 274_776, 0)


def test_stock_out_equals_billed_by_source_key_too(aw: Answers) -> None:
    days, different = aw.row("""
        with stock_out as (
            select source_item_code as item_code, posting_date as day, sum(qty_base) as units
            from fct_stock_move
            where company_id = '{company}' and to_state = 'EXT_CUSTOMER' group by all),
        billed as (
            select item_code, invoice_date as day, sum(actual_qty) as units
            from fct_invoice_line where company_id = '{company}' group by all)
        select count(*), count(*) filter (stock_out.units is distinct from billed.units)
        from stock_out full join billed using (item_code, day)
    """)
    assert (days, different) == (26_815, 0)


def test_stock_out_does_not_match_the_ship_date_the_booking_date_trap(aw: Answers) -> None:
    days, _, different = aw.row(
        _out_against("fct_expected_billing", "cast(ship_confirm_at as date)", "expected_qty")
    )
    assert days > 26_815
    assert different > 20_000


def _out_against(table: str, day: str, qty: str) -> str:
    return f"""
        with stock_out as (
            select item_id, posting_date as day, sum(qty_base) as units
            from fct_stock_move
            where company_id = '{{company}}' and to_state = 'EXT_CUSTOMER' group by all),
        billed as (
            select item_id, {day} as day, sum({qty}) as units
            from {table} where company_id = '{{company}}' group by all)
        select count(*), sum(stock_out.units),
               count(*) filter (stock_out.units is distinct from billed.units)
        from stock_out full join billed using (item_id, day)
    """


def test_shipments_are_compared_with_the_stock_ledger_and_not_added_to_it(aw: Answers) -> None:
    assert aw.rows("""
        select ledger_feed, -sum(movement_qty), -sum(document_qty) from fct_stock_feed_check
        where company_id = '{company}' and location_id = 'AW-STOCK' and flow = 'issued'
        group by ledger_feed
    """) == [("movements", 274_776, 274_914)]
    assert (
        aw.value("""
            select sum(qty_base) from fct_stock_move
            where company_id = '{company}' and to_state = 'EXT_CUSTOMER'
        """)
        == 274_776
    )


def test_what_was_ordered_is_the_demand_of_its_order_day(aw: Answers) -> None:
    assert aw.row("""
        select sum(demand_qty), min(date), max(date)
        from fct_demand where company_id = '{company}'
    """) == (274_914, date(2010, 12, 29), date(2014, 1, 28))


SNAPSHOT = """
    select source_item_code as item_code, item_id, cast(snapshot_at as date) as day,
           ledger_qty, snapshot_qty, difference_qty
    from fct_stock_snapshot_check
    where company_id = '{company}' and location_id = 'AW-STOCK'
"""


def test_previous_plus_in_minus_out_is_the_balance_in_all_775680_steps(aw: Answers) -> None:
    days, first_days, breaks = aw.row(f"""
        select count(*), count(*) filter (day = date '2010-12-28'),
               count(*) filter (difference_qty is distinct from 0)
        from ({SNAPSHOT})
    """)
    assert (days - first_days, breaks) == (775_680, 0)


def test_3319_product_days_are_negative_on_115_keys_and_2215_on_68_items(aw: Answers) -> None:
    by_key = aw.row(f"""
        select count(*), count(distinct item_code) from ({SNAPSHOT}) where ledger_qty < 0
    """)
    by_item = aw.row(f"""
        with days as (select item_id, day, sum(ledger_qty) as qty from ({SNAPSHOT}) group by all)
        select count(*), count(distinct item_id) from days where qty < 0
    """)
    assert by_key == (3_319, 115)
    assert by_item == (2_215, 68)


def test_key_477_is_negative_longest_471_deepest_and_none_on_the_last_day(aw: Answers) -> None:
    longest = aw.rows(f"""
        select item_code, count(*) from ({SNAPSHOT}) where ledger_qty < 0
        group by item_code order by count(*) desc limit 1
    """)
    deepest = aw.rows(f"""
        select item_code, ledger_qty from ({SNAPSHOT}) order by ledger_qty limit 1
    """)
    last = aw.value(f"""
        select count(*) from ({SNAPSHOT}) where ledger_qty < 0 and day = date '2014-06-30'
    """)
    assert longest == [("477", 360)]
    assert deepest == [("471", -494)]
    assert last == 0


def test_no_stock_is_negative_at_the_end_so_none_is_reported(aw: Answers) -> None:
    assert (
        aw.value("""
            select count(*) from fct_stock_position
            where company_id = '{company}' and is_physical and qty_base < 0
        """)
        == 0
    )
    assert (
        aw.value("""
            select sum(qty_base) from fct_stock_position
            where company_id = '{company}' and is_physical
        """)
        == 258_981
    )


def test_bins_hold_335974_units_worth_20092679_17_at_standard_cost(aw: Answers) -> None:
    units, value = aw.row("""
        with standard as (
            select item_code, arg_max(unit_cost, valid_from) as unit_cost
            from raw_master_item_cost
            where company_id = '{company}' and valid_from <= date '2014-06-30' group by item_code)
        select sum(qty), sum(qty * unit_cost)
        from raw_wms_inventory_snapshot inner join standard using (item_code)
        where company_id = '{company}' and location_code like 'BIN-%'
    """)
    assert units == 335_974
    assert round(value, 2) == Decimal("20092679.17"), "rounded once"


def test_of_432_items_with_a_bin_7_are_below_reorder_point_and_69_below_safety_stock(
    aw: Answers,
) -> None:
    assert aw.row("""
        with bins as (
            select item_code as item_id, sum(qty) as qty from raw_wms_inventory_snapshot
            where company_id = '{company}' and location_code like 'BIN-%' group by item_code)
        select count(*), count(*) filter (qty < reorder_point),
               count(*) filter (qty < safety_stock)
        from bins inner join raw_master_item using (item_id) where company_id = '{company}'
    """) == (432, 7, 69)


def test_bins_stand_beside_the_stock_ledger_and_are_not_compared_with_it(aw: Answers) -> None:
    assert (
        aw.value("""
            select count(*) from fct_stock_snapshot_check
            where company_id = '{company}' and location_id like 'BIN-%'
              and coalesce(difference_qty, 0) <> 0
        """)
        == 0
    )


# ---- purchases


def test_380_purchase_lines_came_short_and_563_of_8845_had_rejects(aw: Answers) -> None:
    assert aw.row("""
        select count(*), count(*) filter (qty_received < qty_ordered),
               count(*) filter (qty_rejected > 0),
               sum(qty_ordered), sum(qty_received), sum(qty_rejected), sum(qty_accepted)
        from raw_purchasing_order_line as ordered
        inner join raw_wms_receipt_line as received
            on received.company_id = ordered.company_id
            and received.ref_order_id = ordered.po_id and received.ref_order_line = ordered.po_line
        where ordered.company_id = '{company}'
    """) == (8_845, 380, 563, 2_348_637, 2_327_299, 72_700, 2_254_599)
