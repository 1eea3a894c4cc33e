"""Ledger against subledger: each story of ledger_stories told to its end."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pytest

Rows = list[tuple[object, ...]]
MARCH = "fiscal_year = 2026 and fiscal_period = 3"


def tied(ledger: duckdb.DuckDBPyConnection, story: str, account: str, columns: str) -> Rows:
    return ledger.sql(
        f"select {columns} from fct_gl_tieout where company_id = '{story}'"
        f" and account_code = '{account}' and {MARCH}"
    ).fetchall()


def test_e2_two_differences_stand_beside_each_other(ledger):
    # ours: 4 x 20 + 15 + 8 + 20; the ledger: 4 x 20 + 8 + 7; the system's own: its last extract
    assert tied(
        ledger,
        "BOOKS",
        "1200",
        "expected_amount, erp_subledger_amount, actual_amount, difference_amount,"
        " erp_difference_amount, unexplained_amount, status",
    ) == [(123, 111, 95, -28, -16, 0, "explained")]


def test_the_items_of_an_account_say_what_its_difference_is(ledger):
    assert ledger.sql(
        "select item_class, amount, receipt_id, journal_id from fct_gl_reconciling_item"
        f" where company_id = 'BOOKS' and account_code = '1200' and {MARCH} order by all"
    ).fetchall() == [
        ("MANUAL_JOURNAL", 7, None, "J6"),
        ("OPENING_DIFF", 8, None, None),
        ("RECEIPT_NOT_CAPITALISED", -15, "R5", None),
        ("TIMING_UNPOSTED", -20, "R7", None),
        ("WRONG_PERIOD", -8, "R6", None),
    ]


def test_e5_a_difference_of_february_is_carried_with_its_class(ledger):
    assert ledger.sql(
        "select item_class, origin_class, origin_fiscal_period, amount from fct_gl_reconciling_item"
        " where company_id = 'BOOKS' and account_code = '1200' and origin_fiscal_period = 2"
        " order by fiscal_period"
    ).fetchall() == [("WRONG_PERIOD", "WRONG_PERIOD", 2, 8), ("OPENING_DIFF", "WRONG_PERIOD", 2, 8)]


def test_e7_the_receipt_is_the_root_and_the_missing_entry_its_child(ledger):
    rows = ledger.sql(
        "select child.code, child.exposure_amount, root.code, root.exposure_amount"
        " from fct_exception as child inner join fct_exception as root"
        " on root.exception_id = child.root_exception_id where child.company_id = 'BOOKS'"
        " and child.code = 'GL_MISSING_IN_GL'"
    ).fetchall()
    assert rows == [("GL_MISSING_IN_GL", 0, "RECEIPT_NOT_CAPITALISED", 15)]


def test_e11_what_is_still_young_is_timing_and_not_missing(ledger):
    assert ledger.sql(
        "select code, count(*), sum(exposure_amount) from fct_exception"
        " where company_id = 'BOOKS' and root_exception_id is null group by code order by code"
    ).fetchall() == [
        ("CUTOFF_ERROR", 1, 8),
        ("GL_MANUAL_JOURNAL", 1, 7),
        ("GL_TIMING_UNPOSTED", 1, 20),
        ("RECEIPT_NOT_CAPITALISED", 1, 15),
    ]


def test_e6_revenue_starts_again_with_the_year(ledger):
    assert ledger.sql(
        "select fiscal_year, fiscal_period, actual_amount, actual_period_amount from fct_gl_tieout"
        " where company_id = 'LONELY' and account_code = '4000' order by all"
    ).fetchall() == [
        (2025, 12, -100, -100),
        (2026, 1, 0, 0),
        (2026, 2, -30, -30),
        (2026, 3, -30, 0),
    ]


def test_a_side_that_is_not_there_is_named_and_never_zero(ledger):
    assert tied(ledger, "LONELY", "1000", "expected_amount, difference_amount, status") == [
        (None, None, "no_subledger")
    ]
    assert tied(ledger, "NOBOOKS", "1200", "expected_amount, actual_amount, status") == [
        (20, None, "no_ledger")
    ]


def test_balances_count_before_journals(ledger):
    assert tied(
        ledger, "BALANCES", "1200", "actual_amount, actual_period_amount, is_actual_derived"
    ) == [(25, 20, False)]


def test_an_unbalanced_journal_is_reported_and_kept_in_the_balance(ledger):
    assert ledger.sql(
        "select code, journal_id, exposure_amount from fct_exception where company_id = 'LONELY'"
    ).fetchall() == [("JOURNAL_UNBALANCED", "J2", Decimal("0.0100"))]


def test_e25_lines_after_the_run_take_no_part(ledger):
    assert ledger.sql(
        "select count(*) from fct_gl_tieout where company_id = 'LONELY' and fiscal_period = 4"
    ).fetchone() == (0,)


def test_e15_what_waits_for_its_invoice(ledger):
    assert ledger.sql(
        "select count(*), sum(difference_qty), sum(difference_amount) from fct_receipt_accrual"
        " where company_id = 'BOOKS' and surplus_side = 'received_not_invoiced'"
    ).fetchone() == (6, 41, 103)


def test_what_differs_between_received_and_billed_has_its_cause(ledger):
    assert ledger.sql(
        "select purchase_order_id, cause, difference_qty, quantity_difference_amount,"
        " price_difference_amount, currency_difference_amount, proposed_action"
        " from mart_receipt_accrual where company_id = 'ACCRUE' order by all"
    ).fetchall() == [
        ("P1", "invoice missing", 10, 20, 0, 0, "chase the invoice"),
        ("P2", "price difference", 0, 0, -1, 0, "settle the price difference"),
        ("P3", "return not credited", -4, -8, 0, 0, "chase the credit"),
        ("P4", "invoice missing", 10, 20, 0, 0, "chase the invoice"),
        ("P5", "invoice missing", 10, 20, 0, 0, "chase the invoice"),
        ("P6", "currency difference", 0, 0, 0, -2, "post the currency difference"),
        ("P8", "receipt missing", -5, -10, 0, 0, "chase the receipt"),
    ], "P7 went straight to the customer: nothing is missing"


def test_a_receipt_that_only_movements_tell_waits_for_its_bill(ledger):
    assert ledger.sql(
        "select purchase_order_id, received_qty, received_amount, invoiced_amount, cause"
        " from fct_receipt_accrual where company_id = 'MOVES' order by all"
    ).fetchall() == [
        ("P1", 10, 20, 21, "price difference"),
        ("P2", 5, 10, 0, "invoice missing"),
    ]


def test_goods_kept_at_standard_are_owed_at_their_price(ledger):
    # 10 at 2.10 against a bill of 22.00; that stock holds them at 20.00 is a variance, no debt
    assert ledger.sql(
        "select received_amount, invoiced_amount, difference_amount, cause"
        " from fct_receipt_accrual where company_id = 'STANDARD'"
    ).fetchall() == [(21, 22, -1, "price difference")]


def test_e16_received_and_not_billed_is_aged_on_the_91st_day(ledger):
    # the last movement of P5 is 90 days old, that of P4 91
    assert ledger.sql(
        "select purchase_order_id, exposure_amount from fct_exception"
        " where company_id = 'ACCRUE' and code = 'GRIR_AGED'"
    ).fetchall() == [("P4", 20)]


def test_capability_87_what_is_not_billed_yet_is_accrued_at_the_end_of_the_period(ledger):
    assert ledger.sql(
        "select reclass_debit_role, reclass_credit_role, reclass_amount,"
        " cast(reclass_date as varchar), cast(reversal_date as varchar)"
        " from mart_receipt_accrual where company_id = 'ACCRUE'"
        " and purchase_order_id in ('P1', 'P8') order by purchase_order_id"
    ).fetchall() == [
        ("GRIR", "AP", 20, "2026-03-31", "2026-04-01"),
        ("SUPPLIER_PREPAYMENT", "GRIR", 10, "2026-03-31", "2026-04-01"),
    ]


def test_goods_and_entry_on_both_sides_of_a_month_end_are_a_cut_off_error(ledger):
    # R6 came on 1 March and was posted on 28 February; the wrong period is its child
    assert ledger.sql(
        "select document_id, direction, amount, days_apart from mart_cutoff"
        " where company_id = 'BOOKS'"
    ).fetchall() == [("R6", "posted too early", 8, -1)]
    assert ledger.sql(
        "select child.code, child.exposure_amount, root.code from fct_exception as child"
        " inner join fct_exception as root on root.exception_id = child.root_exception_id"
        " where child.company_id = 'BOOKS' and child.code = 'GL_WRONG_PERIOD'"
    ).fetchall() == [("GL_WRONG_PERIOD", 0, "CUTOFF_ERROR")]


def test_capability_43_days_to_close_against_the_month_before_and_who_was_last(ledger):
    assert ledger.sql(
        "select fiscal_period, status, days_to_close, prior_days_to_close from mart_close"
        " where company_id = 'CLOSED' and task_kind = 'period' order by fiscal_period"
    ).fetchall() == [
        (1, "closed", Decimal("8.5"), None),
        (2, "closed", 6, Decimal("8.5")),
        (3, "open", None, 6),
    ], "the close of March comes after the run"
    assert ledger.sql(
        "select task_kind, task_code, closed_by from mart_close"
        " where company_id = 'CLOSED' and fiscal_period = 2 and is_last"
    ).fetchall() == [("account", "1200", "carl")]


def test_capability_97_modules_of_a_period_close_on_different_days(ledger):
    assert ledger.sql(
        "select fiscal_period, module_spread_days from mart_close"
        " where company_id = 'CLOSED' and task_kind = 'period' order by fiscal_period"
    ).fetchall() == [(1, 3), (2, 1), (3, None)]


@pytest.mark.parametrize(
    ("period", "account", "status"),
    [
        (1, "1200", "decertified"),
        (1, "2050", "signed by too few people"),
        (2, "1200", "certified"),
        (2, "2050", "signed without the right to"),
        (3, "1200", "prepared"),
        (3, "2050", "certified automatically"),
    ],
)
def test_three_people_sign_and_what_moves_later_is_open_again(ledger, period, account, status):
    assert ledger.sql(
        "select certification_status from mart_account_reconciliation where company_id = 'CLOSED'"
        f" and fiscal_period = {period} and account_code = '{account}'"
    ).fetchall() == [(status,)]


def test_a_decertified_account_says_what_moved(ledger):
    assert ledger.sql(
        "select moved_since_signing_amount, first_later_journal_id, manual_amount"
        " from mart_account_reconciliation where company_id = 'CLOSED' and fiscal_period = 1"
        " and account_code = '1200'"
    ).fetchall() == [(5, "J3", 5)]


def test_d2_each_fault_of_a_document_has_its_class_and_its_amount(ledger):
    assert ledger.sql(
        "select code, shipment_id, journal_id, exposure_amount from fct_exception"
        " where company_id = 'SHIPS' and code like 'GL%' order by all"
    ).fetchall() == [
        ("GL_AMOUNT_COST", "H47", "JH47", 1),
        ("GL_DUPLICATE_POSTING", "H48", "JH48-2", 2),
        ("GL_MISSING_IN_GL", "H49", None, 2),
        ("GL_MISSING_IN_GL", "H50", None, 2),
        ("GL_WRONG_ACCOUNT", "H46", "JH46", 2),
    ], "H44 was answered with the entry that was proposed for it"


def test_d1_the_difference_is_items_and_nothing_else(ledger):
    # 100 received, 50 sent at 2.00: 100.00 is left. Two not posted, one twice, one with 1.00 too much
    assert tied(
        ledger,
        "SHIPS",
        "1200",
        "expected_amount, actual_amount, difference_amount, classified_amount, unexplained_amount",
    ) == [(100, 101, 1, 1, 0)]


def test_capability_26_what_was_sent_and_never_posted_is_proposed(ledger):
    assert ledger.sql(
        "select source_doc_id, account_code, debit_amount, credit_amount from mart_proposed_journal"
        " where company_id = 'SHIPS' and item_class = 'MISSING_IN_GL' order by all"
    ).fetchall() == [
        ("H49", "1200", 0, 2),
        ("H49", "5000", 2, 0),
        ("H50", "1200", 0, 2),
        ("H50", "5000", 2, 0),
    ]


def test_d7_every_proposal_balances_and_says_what_it_settles(ledger):
    assert ledger.sql(
        "select count(distinct proposal_key), count(*) filter (exception_ids is null),"
        " sum(debit_amount - credit_amount), max(length(proposal_key)) <= 18"
        " from mart_proposed_journal where company_id = 'SHIPS'"
    ).fetchall() == [(5, 0, 0, True)], "the reference of a line has 18 places in SAP"


def test_capability_72_the_second_entry_of_one_shipment_is_turned_round(ledger):
    assert ledger.sql(
        "select account_code, debit_amount, credit_amount from mart_proposed_journal"
        " where company_id = 'SHIPS' and item_class = 'DUPLICATE_POSTING' order by all"
    ).fetchall() == [("1200", 2, 0), ("5000", 0, 2)]


def test_capability_55_from_an_entry_to_the_movement_and_its_file_and_back(ledger):
    assert ledger.sql(
        "select moves.source_movement_id, lines.journal_id, matches.match_key"
        " from fct_journal_line as lines"
        " inner join fct_journal_match as matches using (company_id, journal_id, journal_line)"
        " inner join fct_expected_journal_line as expected"
        " using (company_id, expected_journal_id, line)"
        " inner join fct_stock_move as moves on moves.company_id = expected.company_id"
        " and moves.source_movement_id = expected.movement_id and moves.event_code = 'E19'"
        " where lines.company_id = 'SHIPS' and lines.account_code = '5000'"
        " and moves.shipment_id = 'H1'"
    ).fetchall() == [("OUT-H1", "JH1", "K1")]


def test_capability_42_28_of_31_days_agree_and_the_other_three_are_explained(ledger):
    assert ledger.sql(
        "select distinct period_days_in_band, period_days, period_days_explained"
        " from mart_ledger_agreement where company_id = 'DAYS' and tie_group = '1200'"
    ).fetchall() == [(28, 31, 3)]


def test_d8_what_may_not_be_posted_yet_stands_beside_the_tolerance(ledger):
    """20.00 of Sunday the 29th may be lacking until the end of Monday."""
    assert ledger.sql(
        "select date::varchar, difference_amount, lag_debit_amount, is_in_band, is_in_lag_band"
        " from mart_ledger_agreement where company_id = 'DAYS' and tie_group = '1200'"
        " and date >= date '2026-03-28' order by date"
    ).fetchall() == [
        ("2026-03-28", 0, 0, True, True),
        ("2026-03-29", -20, 20, False, True),
        ("2026-03-30", -20, 20, False, True),
        ("2026-03-31", -20, 0, False, False),
    ]


def test_d1_roll_forward_adds_up_to_both_balances(ledger):
    assert ledger.sql(
        "select step, expected_amount, actual_amount from mart_roll_forward"
        " where company_id = 'SHIPS' and account_code = '1200' and fiscal_period = 3 order by step"
    ).fetchall() == [
        ("issues", -100, -94),
        ("not_matched", 0, -5),
        ("opening", 0, 0),
        ("receipts", 200, 200),
    ]
