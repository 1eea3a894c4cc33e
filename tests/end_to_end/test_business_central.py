"""CRONUS (Business Central) from an empty folder to published tables: every figure known about it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.end_to_end.published import Answers

pytestmark = pytest.mark.real_data

MONTHS = 19  # January 2025 to July 2026, the months with sales
LAST_PERIOD = "fiscal_year = 2027 and fiscal_period = 7"


# ---- what came in


def test_no_row_is_rejected_and_every_row_is_accounted_for(cronus: Answers) -> None:
    rejected, unaccounted = cronus.row("""
        select sum(rows_rejected),
               sum(rows_read - rows_accepted - rows_rejected - rows_repeated - rows_filtered)
        from fct_feed_delivery where company_id = '{company}'
    """)
    assert (rejected, unaccounted) == (0, 0)


def test_entries_of_the_whole_chain_arrive_complete(cronus: Answers) -> None:
    expected = {
        "wms_stock_movement": 826,
        "wms_shipment_line": 496,
        "wms_receipt_line": 285,
        "billing_invoice_line": 526,
        "gl_journal_line": 5_688,
    }
    counted = {
        table: cronus.value(f"select count(*) from raw_{table} where company_id = '{{company}}'")
        for table in expected
    }
    assert counted == expected


def test_a_blank_location_is_the_named_default_location(cronus: Answers) -> None:
    assert (
        cronus.value("""
            select count(*) from raw_wms_stock_movement
            where company_id = '{company}' and location_code = 'CRONUS'
        """)
        == 798
    )


def test_opening_stock_stays_an_adjustment_because_it_was_posted(cronus: Answers) -> None:
    assert cronus.rows("""
        select event_code, posting_date, count(*), sum(qty_base), sum(movement_cost_amount)
        from fct_stock_move where company_id = '{company}' and from_state = 'EXT_ADJUST'
        group by event_code, posting_date
    """) == [("E37", date(2025, 6, 1), 41, 12_120, Decimal("2174615.50"))]


# ---- shipped and invoiced


def test_2218_units_are_shipped_and_invoiced_and_none_of_496_lines_is_unbilled(
    cronus: Answers,
) -> None:
    lines, shipped, billed, open_qty = cronus.row("""
        select count(*), sum(expected_qty), sum(actual_qty), sum(open_qty)
        from fct_expected_billing where company_id = '{company}'
    """)
    assert (lines, shipped, billed, open_qty) == (496, 2_218, 2_218, 0)
    assert cronus.value("select count(*) from mart_unbilled where company_id = '{company}'") == 0


def test_every_line_is_matched_by_its_shipment_line(cronus: Answers) -> None:
    assert cronus.rows("""
        select match_level, count(*), sum(matched_qty) from fct_billing_match
        where company_id = '{company}' group by match_level
    """) == [("M1", 496, 2_218)]


def test_526_value_entries_are_496_lines_and_30_adjustments_without_quantity(
    cronus: Answers,
) -> None:
    assert cronus.rows("""
        select line_kind, count(*), sum(actual_qty), sum(actual_amount)
        from fct_invoice_line where company_id = '{company}'
        group by line_kind order by count(*) desc
    """) == [("goods", 496, 2_218, Decimal("857299.18")), ("adjustment", 30, 0, 0)]


def test_without_orders_prices_are_not_checked_and_no_leakage_is_found(cronus: Answers) -> None:
    priced = cronus.value("""
        select count(expected_unit_price) from fct_expected_billing where company_id = '{company}'
    """)
    leaks = cronus.value("""
        select count(*) from fct_exception
        where company_id = '{company}' and coalesce(leakage_category, '') <> ''
    """)
    assert (priced, leaks) == (0, 0)


def test_open_sales_orders_are_34_lines_398_units_133157_70(cronus: Answers) -> None:
    assert cronus.row("""
        select count(*), sum(qty_ordered), sum(net_amount) from raw_billing_order_line
        where company_id = '{company}' and line_status = 'open'
    """) == (34, 398, Decimal("133157.70"))


def test_margin_is_210618_18_or_24_568_percent(cronus: Answers) -> None:
    revenue, cost = cronus.row("""
        select sum(actual_amount), sum(billed_cost_amount)
        from fct_invoice_line where company_id = '{company}'
    """)
    assert (revenue, cost) == (Decimal("857299.18"), Decimal("646681.00"))
    assert revenue - cost == Decimal("210618.18")
    assert round(100 * (revenue - cost) / revenue, 3) == Decimal("24.568")


def test_each_invoice_line_shows_that_margin_beside_the_cost_by_movement(cronus: Answers) -> None:
    revenue, billed_cost, lines = cronus.row("""
        select sum(revenue_amount), sum(billed_cost_amount), count(*)
        from fct_margin_line where company_id = '{company}' and not is_unbilled
    """)
    assert revenue - billed_cost == Decimal("210618.18")
    assert lines == cronus.value(
        "select count(*) from fct_invoice_line where company_id = '{company}'"
    )
    assert cronus.rows("""
        select distinct cost_source from fct_margin_line
        where company_id = '{company}' and line_kind = 'goods' and item_id is not null
    """) == [("costing engine",)]


# ---- received and not invoiced


def test_24_receipt_lines_of_1250_units_worth_150495_are_received_and_not_invoiced(
    cronus: Answers,
) -> None:
    assert cronus.row("""
        select count(*), sum(received_qty - invoiced_qty), sum(received_amount - invoiced_amount)
        from fct_receipt_accrual
        where company_id = '{company}' and surplus_side = 'received_not_invoiced'
    """) == (24, 1_250, Decimal("150495.00"))


def test_each_of_them_names_its_order_and_is_reported_as_not_capitalised(cronus: Answers) -> None:
    lines, with_order = cronus.row("""
        select count(*), count(nullif(purchase_order_id, '')) from fct_receipt_accrual
        where company_id = '{company}' and surplus_side = 'received_not_invoiced'
    """)
    found, exposure = cronus.row("""
        select count(*), sum(exposure_amount) from fct_exception
        where company_id = '{company}' and code = 'RECEIPT_NOT_CAPITALISED'
    """)
    assert (lines, with_order) == (24, 24)
    assert (found, exposure) == (24, Decimal("150495.00"))


# ---- revenue and cost of sales


def test_revenue_of_the_account_group_agrees_in_each_of_19_months(cronus: Answers) -> None:
    months = cronus.rows("""
        select fiscal_year, fiscal_period,
               sum(coalesce(expected_period_amount, 0)), sum(coalesce(actual_period_amount, 0))
        from fct_gl_tieout
        where company_id = '{company}' and tie_group = 'Revenue'
        group by fiscal_year, fiscal_period
        having sum(coalesce(actual_period_amount, 0)) <> 0
        order by fiscal_year, fiscal_period
    """)
    assert len(months) == MONTHS
    assert [month for month in months if month[2] != month[3]] == []
    assert sum(month[3] for month in months) == Decimal("-857299.18")


def test_revenue_is_858249_90_on_40140_less_950_72_on_40910(cronus: Answers) -> None:
    assert cronus.rows("""
        select account_code, sum(actual_amount) from fct_journal_line
        where company_id = '{company}' and account_role = 'REVENUE'
        group by account_code order by account_code
    """) == [("40140", Decimal("-858249.90")), ("40910", Decimal("950.72"))]


def test_revenue_group_shows_no_difference_at_any_period_end(cronus: Answers) -> None:
    assert (
        cronus.value("""
            select count(*) from fct_gl_tieout
            where company_id = '{company}' and tie_group = 'Revenue'
              and group_difference_amount <> 0
        """)
        == 0
    )


def test_cost_of_sales_differs_in_june_2025_only_by_the_opening_stock(cronus: Answers) -> None:
    different = cronus.rows("""
        select fiscal_year, fiscal_period, actual_period_amount - expected_period_amount
        from fct_gl_tieout
        where company_id = '{company}' and account_code = '50110'
          and actual_period_amount <> expected_period_amount
    """)
    months, expected = cronus.row("""
        select count(*) filter (actual_period_amount <> 0), sum(expected_period_amount)
        from fct_gl_tieout where company_id = '{company}' and account_code = '50110'
    """)
    assert different == [(2025, 6, Decimal("-2174615.50"))]
    assert (months, expected) == (MONTHS, Decimal("646681.00"))


def test_opening_stock_on_cost_of_sales_is_reported_as_posted_to_a_wrong_account(
    cronus: Answers,
) -> None:
    assert cronus.rows("""
        select account_code, fiscal_year, fiscal_period, amount
        from fct_gl_reconciling_item
        where company_id = '{company}' and item_class = 'WRONG_ACCOUNT' and account_code = '50110'
    """) == [("50110", 2025, 6, Decimal("-2174615.50"))]
    assert (
        cronus.value("""
            select count(*) from fct_exception
            where company_id = '{company}' and code = 'GL_WRONG_ACCOUNT'
              and exposure_amount = 2174615.50
        """)
        == 1
    )


# ---- inventory


def test_ledger_less_the_systems_own_subledger_is_240_all_on_14140(cronus: Answers) -> None:
    assert cronus.rows(f"""
        select account_code, erp_subledger_amount, actual_amount, erp_difference_amount
        from fct_gl_tieout
        where company_id = '{{company}}' and tie_group = 'Inventory' and {LAST_PERIOD}
        order by account_code
    """) == [
        ("14110", Decimal("14115.50"), Decimal("14115.50"), 0),
        ("14140", Decimal("2241644.00"), Decimal("2241884.00"), Decimal("240.00")),
    ]


def test_the_240_is_invoice_108210_for_the_non_stock_item_cc_1000_posted_on_2026_04_06(
    cronus: Answers,
) -> None:
    assert cronus.rows("""
        select items.account_code, items.amount, items.posting_date, items.supplier_invoice_id,
               items.item_id, lines.line_text
        from fct_gl_reconciling_item as items
        inner join fct_journal_line as lines using (company_id, journal_id, journal_line)
        where company_id = '{company}' and items.item_class = 'MISSING_IN_SUBLEDGER'
          and items.account_role = 'INV'
    """) == [("14140", Decimal("240.00"), date(2026, 4, 6), "108210", "CC-1000", "Invoice 107213")]


def test_ledger_less_our_engine_is_minus_150255_of_which_150495_is_not_capitalised(
    cronus: Answers,
) -> None:
    expected, actual, difference, unexplained = cronus.row(f"""
        select sum(expected_amount), sum(actual_amount), sum(difference_amount),
               sum(unexplained_amount)
        from fct_gl_tieout
        where company_id = '{{company}}' and tie_group = 'Inventory' and {LAST_PERIOD}
    """)
    assert (expected, actual) == (Decimal("2406254.50"), Decimal("2255999.50"))
    assert (difference, unexplained) == (Decimal("-150255.00"), 0)
    assert cronus.rows(f"""
        select origin_class, sum(amount) from fct_gl_reconciling_item
        where company_id = '{{company}}' and tie_group = 'Inventory' and {LAST_PERIOD}
        group by origin_class order by origin_class
    """) == [
        ("MISSING_IN_SUBLEDGER", Decimal("240.00")),
        ("RECEIPT_NOT_CAPITALISED", Decimal("-150495.00")),
    ]


def test_stock_on_hand_is_valued_at_what_our_engine_expects_in_the_ledger(
    cronus: Answers,
) -> None:
    units = cronus.value("""
        select sum(qty_base) from fct_stock_position
        where company_id = '{company}' and is_physical
    """)
    assert units == 12_120 + 3_747 - 2_218


# ---- receivables and payables


def test_receivables_agree_with_13_open_invoices_of_70023_84(cronus: Answers) -> None:
    assert cronus.row(f"""
        select expected_amount, erp_subledger_amount, actual_amount, difference_amount
        from fct_gl_tieout
        where company_id = '{{company}}' and account_code = '15110' and {LAST_PERIOD}
    """) == (Decimal("70023.84"), Decimal("70023.84"), Decimal("70023.84"), 0)
    assert cronus.row("""
        select count(*), sum(open_amount) from fct_ar_item
        where company_id = '{company}' and open_amount <> 0
    """) == (13, Decimal("70023.84"))


def test_payables_differ_by_minus_2218_76_which_is_five_employee_postings(
    cronus: Answers,
) -> None:
    difference, erp_difference, unexplained = cronus.row(f"""
        select difference_amount, erp_difference_amount, unexplained_amount
        from fct_gl_tieout
        where company_id = '{{company}}' and account_code = '22100' and {LAST_PERIOD}
    """)
    assert (difference, erp_difference) == (Decimal("-2218.76"), Decimal("-2218.76"))
    assert unexplained == 0
    assert cronus.row("""
        select count(*), sum(items.amount), count(distinct lines.party_role), min(lines.party_role)
        from fct_gl_reconciling_item as items
        inner join fct_journal_line as lines using (company_id, journal_id, journal_line)
        where company_id = '{company}' and items.account_code = '22100'
          and items.item_class <> 'OPENING_DIFF'
    """) == (5, Decimal("-2218.76"), 1, "employee")


# ---- the ledger itself


def test_728_journals_all_balance_at_7269865_38(cronus: Answers) -> None:
    assert cronus.row("""
        select count(distinct journal_id), sum(actual_amount) filter (actual_amount > 0),
               -sum(actual_amount) filter (actual_amount < 0), max(posting_date)
        from fct_journal_line where company_id = '{company}'
    """) == (728, Decimal("7269865.38"), Decimal("7269865.38"), date(2027, 7, 1))
    assert (
        cronus.value("""
            select count(*) from fct_exception
            where company_id = '{company}' and code = 'JOURNAL_UNBALANCED'
        """)
        == 0
    )


def test_16_manual_lines_of_29132_97_clear_customer_invoices_against_revenue_40110(
    cronus: Answers,
) -> None:
    assert cronus.row("""
        select count(*), sum(revenue.actual_amount)
        from fct_journal_line as revenue
        inner join fct_journal_line as receivable
            on receivable.company_id = revenue.company_id
            and receivable.journal_id = revenue.journal_id
            and receivable.line_text = revenue.line_text
            and receivable.actual_amount = -revenue.actual_amount
            and receivable.account_role = 'AR'
        where revenue.company_id = '{company}' and revenue.account_code = '40110'
          and revenue.is_manual
    """) == (16, Decimal("29132.97"))


def test_these_16_are_reported_as_posted_to_a_wrong_account(cronus: Answers) -> None:
    assert cronus.row("""
        select count(*), sum(exposure_amount)
        from fct_exception inner join (
            select company_id, journal_id, journal_line from fct_journal_line
            where account_code = '40110' or account_role = 'AR')
            using (company_id, journal_id, journal_line)
        where company_id = '{company}' and code = 'GL_WRONG_ACCOUNT'
    """) == (16, Decimal("29132.97"))
