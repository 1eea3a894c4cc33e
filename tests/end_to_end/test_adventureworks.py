"""AdventureWorks from an empty folder to published tables: what came in, what was billed, what it made."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.end_to_end.published import Answers
from tests.odd_files import ODD_NAME

pytestmark = [pytest.mark.real_data, pytest.mark.xdist_group("adventureworks")]

WHOLE_ORDERS = [
    *("SO51125", "SO51695", "SO57182", "SO61262", "SO61265"),
    *("SO63166", "SO65090", "SO67202", "SO69310", "SO71692"),
]
Ask = Callable[[str], list[tuple[Any, ...]]]


# ---- what came in


def test_no_row_is_rejected_and_every_row_is_accounted_for(aw: Answers) -> None:
    rejected, unaccounted = aw.row(f"""
        select sum(rows_rejected),
               sum(rows_read - rows_accepted - rows_rejected - rows_repeated - rows_filtered)
        from fct_feed_delivery where company_id = '{{company}}'
          and not regexp_matches(file_name, '{ODD_NAME}')
    """)
    assert (rejected, unaccounted) == (0, 0)


def test_documents_balances_and_journals_arrive_complete(aw: Answers) -> None:
    expected = {
        "wms_shipment": 31_465,
        "wms_shipment_line": 121_317,
        "billing_order_line": 121_317,
        "billing_invoice": 31_455,
        "billing_invoice_line": 121_253,
        "wms_inventory_snapshot": 776_286 + 1_069,
        "wms_stock_movement": 606 + 10_183 + 26_815,
        "purchasing_order_line": 8_845,
        "wms_receipt_line": 8_845,
        "gl_journal_line": 33_124,
    }
    counted = {
        table: aw.value(f"select count(*) from raw_{table} where company_id = '{{company}}'")
        for table in expected
    }
    assert counted == expected


def test_606_product_keys_resolve_to_504_items_with_none_unmatched(aw: Answers) -> None:
    keys, items, unknown = aw.row("""
        select count(*), count(distinct xref.item_id), count(*) filter (dim_item.item_id is null)
        from raw_master_item_xref as xref
        left join dim_item on dim_item.item_id = xref.item_id and dim_item.company_id = '{company}'
    """)
    assert (keys, items, unknown) == (606, 504, 0)


@pytest.mark.parametrize(
    "table", ["fct_invoice_line", "fct_expected_billing", "fct_stock_move", "fct_demand"]
)
def test_every_line_and_every_move_has_a_known_item(aw: Answers, table: str) -> None:
    lines, strangers = aw.row(f"""
        select count(*), count(*) filter (dim_item.item_id is null)
        from {table} as facts
        left join dim_item using (company_id, item_id) where company_id = '{{company}}'
    """)
    assert lines > 0
    assert strangers == 0


# ---- shipped and billed


def test_64_lines_of_138_units_worth_37107_22_in_23_orders_are_shipped_and_not_billed(
    aw: Answers,
) -> None:
    lines, units, amount, orders = aw.row("""
        select count(*), sum(open_qty), sum(open_amount), count(distinct order_id)
        from mart_unbilled where company_id = '{company}'
    """)
    assert (lines, units, orders) == (64, 138, 23)
    assert amount == Decimal("37107.2220"), "lines at four decimals"
    assert round(amount, 2) == Decimal("37107.22"), "rounded once"


def test_ten_of_these_orders_are_unbilled_as_a_whole_and_thirteen_in_part(aw: Answers) -> None:
    orders = aw.rows("""
        select order_id, bool_and(actual_qty = 0)
        from fct_expected_billing
        where company_id = '{company}'
          and order_id in (select order_id from mart_unbilled where company_id = '{company}')
        group by order_id
    """)
    assert sorted(order for order, is_whole in orders if is_whole) == WHOLE_ORDERS
    assert sum(not is_whole for _, is_whole in orders) == 13


def test_unbilled_lines_are_the_only_leakage_found(aw: Answers) -> None:
    found = aw.rows("""
        select code, leakage_category, count(*), sum(exposure_amount)
        from fct_exception
        where company_id = '{company}' and coalesce(leakage_category, '') <> ''
        group by code, leakage_category
    """)
    assert found == [("UNBILLED", "L1", 64, Decimal("37107.2220"))]


def test_nothing_is_billed_that_was_not_shipped(aw: Answers) -> None:
    billed, unmatched = aw.row("""
        with matched as (
            select distinct company_id, invoice_id, invoice_line from fct_billing_match)
        select count(*), count(*) filter (matched.invoice_id is null)
        from fct_invoice_line left join matched using (company_id, invoice_id, invoice_line)
        where company_id = '{company}'
    """)
    assert (billed, unmatched) == (121_253, 0)


def test_quantities_agree_on_all_121253_common_lines_and_amounts_to_the_fourth_decimal(
    aw: Answers,
) -> None:
    lines, other_quantity, largest = aw.row("""
        select count(*), count(*) filter (actual_qty <> expected_qty),
               max(abs(actual_amount - expected_amount))
        from fct_expected_billing where company_id = '{company}' and actual_qty <> 0
    """)
    assert (lines, other_quantity, largest) == (121_253, 0, 0)


def test_an_amount_as_the_source_delivers_it_is_within_half_a_ten_thousandth_of_the_invoice(
    aw_source: Ask,
) -> None:
    ((common, largest),) = aw_source("""
        with shipped as (
            select 'SO' || sales_order_id as order_id,
                   row_number() over (
                       partition by sales_order_id order by sales_order_detail_id) as line,
                   cast(line_total as decimal(20, 8)) as amount
            from salesorder_lines_with_header),
        billed as (
            select SalesOrderNumber, SalesOrderLineNumber, SalesAmount from FactInternetSales
            union all
            select SalesOrderNumber, SalesOrderLineNumber, SalesAmount from FactResellerSales)
        select count(*), max(abs(amount - SalesAmount)) from shipped inner join billed
            on SalesOrderNumber = order_id and SalesOrderLineNumber = line
    """)
    assert (common, largest) == (121_253, Decimal("0.00005"))


def test_price_is_amount_over_quantity_so_3282_odd_unit_prices_are_no_finding(
    aw: Answers,
) -> None:
    odd = aw.value("""
        select count(*) from raw_billing_invoice_line
        where company_id = '{company}' and unit_price * qty_billed <> net_amount
    """)
    found = aw.value("""
        select count(*) from fct_exception
        where company_id = '{company}' and code in ('UNDER_PRICED', 'OVER_PRICED')
    """)
    assert (odd, found) == (3_282, 0)


# ---- money


def test_order_headers_add_up_to_a_ten_thousandth_on_all_31465_orders(aw_source: Ask) -> None:
    ((orders, odd_lines, odd_totals, subtotal, tax, freight),) = aw_source("""
        with headers as (
            select any_value(cast(subtotal as decimal(20, 6))) as subtotal,
                   any_value(cast(tax_amount as decimal(20, 6))) as tax,
                   any_value(cast(freight as decimal(20, 6))) as freight,
                   any_value(cast(total_due as decimal(20, 6))) as total,
                   sum(cast(line_total as decimal(20, 6))) as lines
            from salesorder_lines_with_header group by sales_order_id)
        select count(*), count(*) filter (abs(subtotal - lines) > 0.0001),
               count(*) filter (abs(total - subtotal - tax - freight) > 0.0001),
               round(sum(subtotal), 2), round(sum(tax), 2), round(sum(freight), 2)
        from headers
    """)
    assert (orders, odd_lines, odd_totals) == (31_465, 0, 0)
    assert (subtotal, tax, freight) == (
        Decimal("109846381.40"),
        Decimal("10186974.46"),
        Decimal("3183430.25"),
    )


def test_margin_at_billed_cost_is_41_149_percent_online_and_0_585_at_resellers(
    aw: Answers,
) -> None:
    margins = dict(
        aw.rows("""
            select coalesce(channel, 'all'),
                   round(100 * (sum(revenue_amount) - sum(billed_cost_amount))
                         / sum(revenue_amount), 3)
            from fct_margin_line
            where company_id = '{company}' and not is_unbilled group by rollup (channel)
        """)
    )
    assert {channel: f"{margin:.3f}" for channel, margin in margins.items()} == {
        "web": "41.149",
        "wholesale": "0.585",
        "all": "11.430",
    }


def test_21829_lines_are_billed_below_standard_cost_all_to_resellers(aw: Answers) -> None:
    assert aw.rows("""
        select channel, count(*) from fct_margin_line
        where company_id = '{company}' and revenue_amount < billed_cost_amount group by channel
    """) == [("wholesale", 21_829)]


SILENT_MONTHS = [
    (2011, 2, Decimal("466334.9030")),
    (2011, 4, Decimal("502073.8458")),
    (2011, 6, Decimal("737839.8214")),
    (2013, 12, Decimal("1874360.2900")),
    (2014, 1, Decimal("45694.7200")),
]


def test_five_billed_months_have_no_posting_on_a_sales_account(aw: Answers) -> None:
    silent = aw.rows("""
        with billed as (
            select year(invoice_date) as year, month(invoice_date) as month,
                   sum(actual_amount) as amount
            from fct_invoice_line where company_id = '{company}' group by all),
        posted as (
            select distinct year(posting_date) as year, month(posting_date) as month
            from fct_journal_line
            where company_id = '{company}' and account_code in ('4200', '4500'))
        select year, month, amount from billed anti join posted using (year, month)
        order by year, month
    """)
    assert silent == SILENT_MONTHS
    assert [round(amount) for _, _, amount in silent] == [
        *(466_335, 502_074, 737_840, 1_874_360, 45_695),
    ]


def test_these_five_months_are_listed_as_missing_in_the_ledger(aw: Answers) -> None:
    listed = aw.rows("""
        select fiscal_year, fiscal_period, amount from fct_gl_reconciling_item
        where company_id = '{company}' and account_role = 'REVENUE'
          and item_class = 'MISSING_IN_GL'
        order by fiscal_year, fiscal_period
    """)
    reported = aw.value("""
        select count(*) from fct_exception inner join fct_gl_reconciling_item using (exception_id)
        where fct_exception.company_id = '{company}' and code = 'GL_MISSING_IN_GL'
          and account_role = 'REVENUE' and item_class = 'MISSING_IN_GL'
    """)
    # a ledger posts cents: what is missing there is each line of the invoices in cents
    in_cents = aw.rows("""
        select year(invoice_date), month(invoice_date), sum(round(actual_amount, 2))
        from fct_invoice_line
        where company_id = '{company}' and (year(invoice_date), month(invoice_date)) in (
            (2011, 2), (2011, 4), (2011, 6), (2013, 12), (2014, 1))
        group by 1, 2
        order by 1, 2
    """)
    assert listed == in_cents
    assert [
        abs(cents - exact) < Decimal("0.05")
        for (_, _, cents), (_, _, exact) in zip(listed, SILENT_MONTHS, strict=True)
    ] == [True] * 5
    assert reported == 5


def test_276_of_299_journals_do_not_balance_and_are_reported(aw: Answers) -> None:
    journals, unbalanced = aw.row("""
        with journals as (
            select journal_id, sum(actual_amount) as amount from fct_journal_line
            where company_id = '{company}' group by journal_id)
        select count(*), count(*) filter (amount <> 0) from journals
    """)
    reported = aw.value("""
        select count(distinct journal_id) from fct_exception
        where company_id = '{company}' and code = 'JOURNAL_UNBALANCED'
    """)
    assert (journals, unbalanced, reported) == (299, 276, 276)
